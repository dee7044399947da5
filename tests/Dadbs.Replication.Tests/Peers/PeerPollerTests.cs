using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Dadbs.Replication.Tests.Peers;

/// <summary>One thread that reads several peers: real sockets on loopback, real TLS, and peers that would hold it up.</summary>
public sealed class PeerPollerTests : IAsyncDisposable
{
    private readonly Genesis _genesis = TestChain.Genesis(3, PeerNetworkTests.Ports(3));
    private readonly PeerPoller _poller = new();
    private readonly Handler _polled = new();
    private readonly PeerCounters _counters = new();
    private readonly List<PeerNetwork> _networks = [];
    private readonly List<NodeKey> _keys = [];
    private readonly Thread _thread;
    private volatile bool _stopping;

    public PeerPollerTests()
    {
        _thread = new Thread(() =>
        {
            while (!_stopping)
            {
                _poller.Poll(TimeSpan.FromHours(1));
                _poller.Read();
            }
        });
        _thread.Start();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (PeerNetwork network in _networks)
            await network.DisposeAsync();
        _stopping = true;
        _poller.Wake();
        _thread.Join();
        _poller.Dispose();
        _keys.ForEach(static key => key.Dispose());
    }

    /// <summary>What would take long is left to the connection's own thread, and nothing behind it overtakes it.</summary>
    [Fact]
    public async Task Brief_messages_come_on_the_polling_thread_longer_ones_on_their_own_all_in_order()
    {
        Start(0, _polled, _poller);
        PeerNetwork[] others = [Start(1, new Handler()), Start(2, new Handler())];
        await PeerNetworkTests.Eventually(() => _polled.Ups >= 2);
        for (int i = 0; i < 300; i++)
        {
            foreach (PeerNetwork network in others)
            {
                string kind = i % 50 == 49 ? "long" : "brief";
                network.Send(0, PeerChannel.Consensus, Frame($"{kind} {i} {new string('x', i % 100 == 99 ? 100_000 : i)}"));
                network.Flush();
            }
        }
        await PeerNetworkTests.Eventually(() => _polled.Received.Count == 600);
        for (int peer = 1; peer <= 2; peer++)
        {
            (int Thread, string[] Words)[] received = [.. _polled.Received.Where(message => message.Peer == peer).Select(message => (message.Thread, message.Text.Split(' ')))];
            Assert.Equal(Enumerable.Range(0, 300), received.Select(message => int.Parse(message.Words[1])));
            Assert.All(received.Where(message => message.Words[0] == "long"), message => Assert.NotEqual(_thread.ManagedThreadId, message.Thread));
            Assert.Contains(received, message => message.Thread == _thread.ManagedThreadId);
        }
        // Not for ever.
        await Repeatedly(others[0], "brief again", () => _polled.Received.Any(message => message.Text == "brief again" && message.Thread == _thread.ManagedThreadId));
    }

    /// <summary>The beginning of a record, and then nothing: a thread that blocked in reading it would hear nobody any more.</summary>
    [Fact]
    public async Task A_peer_that_sends_half_a_record_holds_nobody_up()
    {
        Start(0, _polled, _poller);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _genesis.Validators[0].Address.Port);
        using var handshake = new PeerHandshake(_genesis, Key(1));
        using SslStream greeted = handshake.Dial(new PolledStream(socket), 0, PeerChannel.Consensus)!;
        await socket.SendAsync(new byte[] { 0x17, 0x03, 0x03, 0x00, 0x40, 1, 2, 3 });
        PeerNetwork honest = Start(2, new Handler());
        await PeerNetworkTests.Eventually(() => _polled.Ups >= 1);
        await Repeatedly(honest, "brief heard", () => _polled.Received.Any(message => message.Text == "brief heard" && message.Thread == _thread.ManagedThreadId));
    }

    [Theory]
    [InlineData("malformed")]
    [InlineData("long malformed")]
    public async Task A_malformed_message_ends_its_connection_and_disturbs_nobody(string malformed)
    {
        Start(0, _polled, _poller);
        PeerNetwork liar = Start(1, new Handler());
        PeerNetwork honest = Start(2, new Handler());
        await PeerNetworkTests.Eventually(() => _polled.Ups >= 2);
        await Repeatedly(liar, malformed, () => _counters.Read().Frames >= 1 && _polled.Downs >= 1);
        await Repeatedly(honest, "brief heard", () => _polled.Received.Any(message => message.Text == "brief heard"));
    }

    private PeerNetwork Start(int index, Handler handler, PeerPoller? poller = null)
    {
        IPEndPoint endPoint = new(IPAddress.Loopback, _genesis.Validators[index].Address.Port);
        var network = new PeerNetwork(
            _genesis, Key(index), [.. _genesis.Validators.Select(validator => validator.Address)], handler, poller is null ? new PeerCounters() : _counters, TimeProvider.System, poller);
        _networks.Add(network);
        network.Start(endPoint);
        return network;
    }

    private NodeKey Key(int index)
    {
        NodeKey key = TestChain.Key(index);
        _keys.Add(key);
        return key;
    }

    /// <summary>Two that dial each other at once replace a connection, and what was sent on it is lost.</summary>
    private static Task Repeatedly(PeerNetwork sender, string text, Func<bool> condition) => PeerNetworkTests.Eventually(() =>
    {
        if (condition())
            return true;
        sender.Send(0, PeerChannel.Consensus, Frame(text));
        sender.Flush();
        return false;
    });

    private static ReadOnlyMemory<byte> Frame(string text)
    {
        var writer = new FrameWriter(FrameKind.Message);
        System.Buffers.BuffersExtensions.Write(writer, Encoding.UTF8.GetBytes(text));
        return writer.Finish();
    }

    private sealed class Handler : IPeerHandler
    {
        private int _ups;
        private int _downs;

        public int Ups => Volatile.Read(ref _ups);

        public int Downs => Volatile.Read(ref _downs);

        public ConcurrentQueue<(int Peer, int Thread, string Text)> Received { get; } = new();

        public void LinkUp(int peer) => Interlocked.Increment(ref _ups);

        public void LinkDown(int peer) => Interlocked.Increment(ref _downs);

        public void Heard(int peer)
        {
            // Pings say nothing here.
        }

        void IPeerHandler.Received(int peer, ReadOnlyMemory<byte> message) => Take(peer, Encoding.UTF8.GetString(message.Span));

        bool IPeerHandler.TryReceive(int peer, ReadOnlySpan<byte> message)
        {
            string text = Encoding.UTF8.GetString(message);
            if (text.StartsWith("long", StringComparison.Ordinal))
                return false;
            Take(peer, text);
            return true;
        }

        private void Take(int peer, string text)
        {
            if (text.EndsWith("malformed", StringComparison.Ordinal))
                throw new FormatException("as the test wishes");
            Received.Enqueue((peer, Environment.CurrentManagedThreadId, text));
        }
    }
}
