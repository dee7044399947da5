using System.Net;
using System.Net.Sockets;

namespace Dadbs.Replication;

/// <summary>
/// Waits for the sockets of many peers at once, for one thread that reads them all: what comes from several of them costs one wake. <see cref="Add"/> and
/// <see cref="Wake"/> may be called by any thread, the rest by that one.
/// </summary>
internal sealed class PeerPoller : IDisposable
{
    private readonly object _gate = new();
    private readonly List<PolledReader> _readers = [];
    private readonly List<PolledReader> _polled = [];
    private readonly List<Socket> _sockets = [];

    /// <summary>Null: nothing was ever polled, and who waits without sockets is woken without one.</summary>
    private Socket? _waker;
    private bool _hasSockets;
    private bool _isWoken;
    private volatile bool _isPolling;

    /// <summary>The thread waits; if it does not, it is busy, and what peers sent is not looked at.</summary>
    public bool IsPolling => _isPolling;

    /// <summary>The reader's socket is polled from now on, until it is closed or handed over.</summary>
    public void Add(PolledReader reader)
    {
        lock (_gate)
        {
            _waker ??= CreateWaker();
            _readers.Add(reader);
        }
        Wake();
    }

    /// <summary>Ends the wait under way, or else the next.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            if (_isWoken)
                return;
            _isWoken = true;
            if (!_isPolling)
                return;
            if (_hasSockets)
                _waker!.Send([0]);
            else
                Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits until a peer sent something or <see cref="Wake"/> was called, at most for the time given, in whole milliseconds.</summary>
    public void Poll(TimeSpan timeout)
    {
        lock (_gate)
        {
            Collect();
            _isPolling = true;
            if (_isWoken)
                timeout = TimeSpan.Zero;
            if (!_hasSockets && timeout > TimeSpan.Zero)
                Monitor.Wait(_gate, timeout);
        }
        if (_hasSockets)
            Select(timeout);
        lock (_gate)
            _isPolling = _isWoken = false;
    }

    /// <summary>Reads what the last <see cref="Poll"/> found. A reader that comes upon something longer goes on with it on its own thread.</summary>
    public void Read()
    {
        if (_sockets.Count == 0)
            return;
        foreach (PolledReader reader in _polled)
        {
            if (!_sockets.Contains(reader.Socket) || reader.Read())
                continue;
            lock (_gate)
                _readers.Remove(reader);
            reader.HandOver();
        }
    }

    public void Dispose() => _waker?.Dispose();

    /// <summary>Connected to itself: it receives what it sends, and nothing else. A descriptor that every platform polls.</summary>
    private static Socket CreateWaker()
    {
        var waker = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        waker.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        waker.Connect(waker.LocalEndPoint!);
        return waker;
    }

    private void Collect()
    {
        _readers.RemoveAll(static reader => reader.IsClosed);
        _polled.Clear();
        _polled.AddRange(_readers);
        _sockets.Clear();
        foreach (PolledReader reader in _polled)
            _sockets.Add(reader.Socket);
        _hasSockets = _sockets.Count > 0;
        if (_hasSockets)
            _sockets.Add(_waker!);
    }

    private void Select(TimeSpan timeout)
    {
        try
        {
            Socket.Select(_sockets, null, null, (int)Math.Min(Math.Ceiling(timeout.TotalMilliseconds) * 1000, int.MaxValue));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // A connection was closed under it, and is not among the next.
            _sockets.Clear();
        }
        if (_sockets.Remove(_waker!))
            _waker!.Receive(stackalloc byte[1]);
    }
}
