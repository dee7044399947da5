using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Dadbs.Replication;

/// <summary>
/// All links of a node: listens, dials, greets, redials with growing pauses, pings, closes what fell silent. Knows frames and validators,
/// nothing of what the messages say.
/// </summary>
internal sealed class PeerNetwork : IAsyncDisposable
{
    private static readonly ReadOnlyMemory<byte> PingFrame = new FrameWriter(FrameKind.Ping, 0).Finish();

    private readonly Genesis _genesis;
    private readonly int _self;
    private readonly IReadOnlyList<PeerAddress> _addresses;
    private readonly IPeerHandler _handler;
    private readonly PeerCounters _counters;
    private readonly TimeProvider _time;
    private readonly PeerPoller? _poller;
    private readonly PeerHandshake _handshake;
    private readonly PeerLink?[] _links;
    private readonly CancellationTokenSource _stopping = new();
    private readonly HandshakeBudgets _handshakes;
    private readonly SemaphoreSlim _strangers = new(PeerLimits.StrangersMax, PeerLimits.StrangersMax);
    private readonly List<Task> _tasks = [];
    private Socket? _listener;
    private Thread? _pulse;

    public PeerNetwork(
        Genesis genesis, NodeKey key, IReadOnlyList<PeerAddress> addresses, IPeerHandler handler, PeerCounters counters, TimeProvider time, PeerPoller? poller = null)
    {
        _poller = poller;
        _genesis = genesis;
        _self = genesis.PeerIndexOf(key.PublicKey);
        _addresses = addresses;
        _handler = handler;
        _counters = counters;
        _time = time;
        _handshake = new PeerHandshake(genesis, key);
        _handshakes = new HandshakeBudgets(time);
        _links = new PeerLink?[genesis.Validators.Count + genesis.Observers.Count];
        for (int peer = 0; peer < _links.Length; peer++)
            _links[peer] = AreLinked(genesis, _self, peer) ? new PeerLink(peer, handler, time) : null;
    }

    /// <summary>Validators with each other and with observers; observers not among themselves.</summary>
    public static bool AreLinked(Genesis genesis, int left, int right) => left != right && Math.Min(left, right) < genesis.Validators.Count;

    /// <summary>By index of validator, then of observer; null where there is no link, as at this node's own.</summary>
    public IReadOnlyList<PeerLink?> Links => _links;

    /// <summary>Binds the peer port and begins to dial. A node that is alone does neither, an observer only dials, and nobody dials an observer.</summary>
    public void Start(IPEndPoint endPoint)
    {
        if (_links.Length == 1)
            return;
        if (_self < _genesis.Validators.Count)
            Listen(endPoint);
        foreach (PeerLink? link in _links)
        {
            if (link is null || link.Peer >= _genesis.Validators.Count)
                continue;
            _tasks.Add(Task.Run(() => DialAsync(link, PeerChannel.Consensus)));
            _tasks.Add(Task.Run(() => DialAsync(link, PeerChannel.Batches)));
        }
        // Not a timer: each time it would wake the timers' thread, workers of the pool and their overseer.
        _pulse = new Thread(Pulse) { Name = "dadbs peer pulse", IsBackground = true };
        _pulse.Start();
    }

    private void Listen(IPEndPoint endPoint)
    {
        _listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
            _listener.DualMode = true;
        try
        {
            _listener.Bind(endPoint);
        }
        catch (SocketException exception)
        {
            throw new ReplicationException($"peer port {endPoint}: {exception.Message}", exception);
        }
        _listener.Listen(backlog: 128);
        _tasks.Add(Task.Run(AcceptAsync));
    }

    /// <summary>Queues a frame; nothing leaves before <see cref="Flush"/>. Without the connection it is lost, which a new link makes good (Rule V7).</summary>
    public void Send(int peer, PeerChannel channel, ReadOnlyMemory<byte> frame)
    {
        if (_links[peer]?[channel] is not { } connection || !connection.Send(frame))
            _counters.DropSend();
        else
            _counters.Work.MessageSent();
    }

    public void Flush()
    {
        foreach (PeerLink? link in _links)
        {
            // A proposal may name the batch that leaves in the same turn: who has the batch first need not ask for it.
            link?[PeerChannel.Batches]?.Flush();
            link?[PeerChannel.Consensus]?.Flush();
        }
    }

    /// <summary>Closes a link whose peer misbehaved; it may dial again.</summary>
    public void Disconnect(int peer)
    {
        _links[peer]?[PeerChannel.Consensus]?.Close();
        _links[peer]?[PeerChannel.Batches]?.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _listener?.Dispose();
        for (int peer = 0; peer < _links.Length; peer++)
            Disconnect(peer);
        _pulse?.Join();
        await Task.WhenAll(_tasks).ConfigureAwait(false);
        _handshake.Dispose();
        _strangers.Dispose();
        _stopping.Dispose();
    }

    private void Pulse()
    {
        WaitHandle stopping = _stopping.Token.WaitHandle;
        while (!stopping.WaitOne(PeerLimits.ConsensusPing))
            KeepAlive();
    }

    private void KeepAlive()
    {
        foreach (PeerLink? link in _links)
        {
            // Half of it: looked at once an interval, a connection is never silent for longer than one and a half.
            KeepAlive(link?[PeerChannel.Consensus], PeerLimits.ConsensusPing / 2);
            KeepAlive(link?[PeerChannel.Batches], PeerLimits.BatchPing);
        }
    }

    private static void KeepAlive(PeerConnection? connection, TimeSpan interval)
    {
        if (connection is null)
            return;
        if (connection.SinceHeard > PeerLimits.SilenceMax)
        {
            connection.Close();
        }
        else if (connection.SinceSent >= interval)
        {
            connection.Send(PingFrame);
            connection.Flush();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                if (await AcceptOneAsync().ConfigureAwait(false) is not { } socket)
                    continue;
                if (_handshakes.TrySpend(AddressOf(socket)) && _strangers.Wait(0, CancellationToken.None))
                {
                    _ = OnOwnThread(() => Greet(socket));
                }
                else
                {
                    _counters.RefuseConnection();
                    socket.Dispose();
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // Stopping closes the listener under the wait.
        }
    }

    private async ValueTask<Socket?> AcceptOneAsync()
    {
        try
        {
            return await _listener!.AcceptAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // The stranger was gone before it was accepted, or descriptors ran out: neither is a reason to stop listening.
            _counters.RefuseConnection();
            await Task.Delay(PeerLimits.RedialFirst, _time, _stopping.Token).ConfigureAwait(false);
            return null;
        }
    }

    private static IPAddress AddressOf(Socket socket)
    {
        try
        {
            return ((IPEndPoint)socket.RemoteEndPoint!).Address;
        }
        catch (SocketException)
        {
            // Gone already; its handshake fails.
            return IPAddress.None;
        }
    }

    private bool Greet(Socket socket)
    {
        (SslStream Stream, int Peer, PeerChannel Channel)? greeted;
        var bytes = new PolledStream(socket);
        try
        {
            socket.NoDelay = true;
            using (DisposeIfSlow(socket))
                greeted = _handshake.Accept(bytes);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            greeted = null;
        }
        finally
        {
            ReleaseStranger();
        }
        if (greeted is not { } peer)
        {
            _counters.RefuseConnection();
            return false;
        }
        Run(socket, bytes, peer.Stream, _links[peer.Peer]!, peer.Channel, dialled: false);
        return true;
    }

    /// <summary>Disposing a socket ends what blocks on it, which is how a handshake is bounded in time.</summary>
    private HandshakeLimit DisposeIfSlow(Socket socket) => new(socket, _stopping.Token);

    private void ReleaseStranger()
    {
        if (!_stopping.IsCancellationRequested)
            _strangers.Release();
    }

    private async Task DialAsync(PeerLink link, PeerChannel channel)
    {
        bool lower = _genesis.PeerKey(_self).CompareTo(_genesis.PeerKey(link.Peer)) < 0;
        TimeSpan pause = PeerLimits.RedialFirst;
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                await Task.Delay(lower ? pause : pause + PeerLimits.RedialHandicap, _time, _stopping.Token).ConfigureAwait(false);
                if (!link.WhenVacant(channel).IsCompleted)
                {
                    // The peer dialled. Waiting wakes nobody, as looking again and again would, on every node for every peer.
                    pause = PeerLimits.RedialFirst;
                    await link.WhenVacant(channel).WaitAsync(_stopping.Token).ConfigureAwait(false);
                    continue;
                }
                if (link.IsBanned)
                {
                    pause = PeerLimits.RedialFirst;
                    await Task.Delay(PeerLimits.RedialHandicap, _time, _stopping.Token).ConfigureAwait(false);
                    continue;
                }
                long dialled = _time.GetTimestamp();
                bool connected = await OnOwnThread(() => DialOnce(link, channel)).ConfigureAwait(false);
                // A peer that greets and closes does not want this node now, and each greeting costs both a handshake.
                bool lasted = connected && _time.GetElapsedTime(dialled) >= PeerLimits.RedialMax;
                pause = lasted ? PeerLimits.RedialFirst : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, PeerLimits.RedialMax.Ticks));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    /// <summary>Dials, and stays until the connection ends. False if none came about.</summary>
    private bool DialOnce(PeerLink link, PeerChannel channel)
    {
        PeerAddress address = _addresses[link.Peer];
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var bytes = new PolledStream(socket);
        SslStream? stream = null;
        try
        {
            using (DisposeIfSlow(socket))
            {
                socket.Connect(address.Host, address.Port);
                stream = _handshake.Dial(bytes, link.Peer, channel);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or ArgumentException or InvalidOperationException)
        {
            socket.Dispose();
        }
        if (stream is null)
            return false;
        Run(socket, bytes, stream, link, channel, dialled: true);
        return true;
    }

    private void Run(Socket socket, PolledStream bytes, SslStream stream, PeerLink link, PeerChannel channel, bool dialled)
    {
        bool lower = _genesis.PeerKey(_self).CompareTo(_genesis.PeerKey(link.Peer)) < 0;
        PeerConnection connection;
        try
        {
            connection = new PeerConnection(socket, stream, link.Peer, channel, dialledByLower: dialled == lower, _counters, _time);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Whoever stops, or finds the handshake slow, closes the socket at any moment.
            stream.Dispose();
            return;
        }

        if (_stopping.IsCancellationRequested || !link.TryAdd(connection))
        {
            connection.Close();
            return;
        }
        try
        {
            // Stopping may have passed over the link a moment before it held this connection.
            if (_stopping.IsCancellationRequested)
                connection.Close();
            connection.Run(_handler, MayBePolled(link.Peer, channel) ? polled => new PolledReader(polled, socket, stream, bytes, _poller!) : null);
            if (connection.Misbehaved)
                link.Ban();
        }
        finally
        {
            link.Remove(connection);
        }
    }

    /// <summary>Votes and what is as short. Batches and observers have threads that may be held up.</summary>
    private bool MayBePolled(int peer, PeerChannel channel) => _poller is not null && channel == PeerChannel.Consensus && peer < _genesis.Validators.Count;

    /// <summary>
    /// A thread for each connection: a reader that blocks costs one wake a message. A socket that was never used asynchronously is in no
    /// event queue, so no other thread wakes for it either.
    /// </summary>
    private static Task<T> OnOwnThread<T>(Func<T> body) =>
        Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    private sealed class HandshakeLimit : IDisposable
    {
        private readonly CancellationTokenSource _timeout;
        private readonly CancellationTokenRegistration _registration;

        public HandshakeLimit(Socket socket, CancellationToken stopping)
        {
            _timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            _timeout.CancelAfter(PeerLimits.HandshakeTimeout);
            _registration = _timeout.Token.Register(socket.Dispose);
        }

        public void Dispose()
        {
            _registration.Dispose();
            _timeout.Dispose();
        }
    }
}
