using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Dadbs.Replication;

/// <summary>
/// One authenticated TLS connection after its hello, read by a thread of its own, or by one that polls many. Sending is two steps, <see cref="Send"/> and <see cref="Flush"/>, so
/// that a loop turn's frames leave in few records; the flushing thread writes itself as long as the socket has room, since a hop costs more
/// than the write. What is large, or finds no room, is written by a second thread, which begins when it is first needed.
/// </summary>
internal sealed class PeerConnection
{
    private readonly Socket _socket;
    private readonly SslStream _stream;
    private readonly object _gate = new();
    private readonly long _queueBytesMax;
    private readonly int _frameBytesMax;
    private readonly byte[] _coalesced = new byte[PeerLimits.CoalesceBytesMax];
    private readonly PeerCounters _counters;
    private readonly TimeProvider _time;

    private List<ReadOnlyMemory<byte>> _pending = [];
    private List<ReadOnlyMemory<byte>> _spare = [];
    private long _pendingBytes;
    private bool _writing;
    private bool _handedOver;
    private bool _hasWriter;
    private bool _closed;
    private long _lastSent;
    private long _lastHeard;
    private long _bytesSent;
    private long _bytesReceived;
    private volatile bool _busy;
    private volatile PolledReader? _reader;
    private IPeerHandler? _handler;

    public PeerConnection(
        Socket socket, SslStream stream, int peer, PeerChannel channel, bool dialledByLower, PeerCounters counters, TimeProvider time)
    {
        _socket = socket;
        _stream = stream;
        Peer = peer;
        Channel = channel;
        DialledByLower = dialledByLower;
        _counters = counters;
        _time = time;
        _queueBytesMax = channel == PeerChannel.Consensus ? PeerLimits.ConsensusQueueBytesMax : PeerLimits.BatchQueueBytesMax;
        _frameBytesMax = channel == PeerChannel.Consensus ? PeerLimits.ConsensusFrameBytesMax : PeerLimits.BatchFrameBytesMax;
        _lastSent = _lastHeard = time.GetTimestamp();
        socket.SendTimeout = (int)PeerLimits.SilenceMax.TotalMilliseconds;
    }

    public int Peer { get; }

    /// <summary>It ended because of what the peer said.</summary>
    public bool Misbehaved { get; private set; }

    public PeerChannel Channel { get; }

    /// <summary>Of two connections between the same nodes this one stays.</summary>
    public bool DialledByLower { get; }

    public long BytesSent => Volatile.Read(ref _bytesSent);

    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    public TimeSpan SinceSent => _time.GetElapsedTime(Volatile.Read(ref _lastSent));

    /// <summary>Zero while the host holds the reader back: then the silence is ours.</summary>
    public TimeSpan SinceHeard => _busy || _reader is { IsHeldUp: true } ? TimeSpan.Zero : _time.GetElapsedTime(Volatile.Read(ref _lastHeard));

    /// <summary>Queues a whole frame. False if the connection is closed or its queue was full, which closes it.</summary>
    public bool Send(ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            if (_pendingBytes + frame.Length <= _queueBytesMax)
            {
                _pending.Add(frame);
                _pendingBytes += frame.Length;
                return true;
            }
        }
        Close();
        return false;
    }

    public void Flush()
    {
        lock (_gate)
        {
            if (_writing || _closed || _pending.Count == 0)
                return;
            _writing = true;
        }
        WritePending(mayHandOver: true);
    }

    /// <summary>Reads frames until the connection ends, for whatever reason; then it is closed.</summary>
    /// <param name="handler">Gets the messages.</param>
    /// <param name="polled">How the connection is read by the thread that polls; null: only by the calling thread.</param>
    public void Run(IPeerHandler handler, Func<PeerConnection, PolledReader>? polled = null)
    {
        _handler = handler;
        try
        {
            if (polled is null)
                ReadFrames();
            else
                ReadPolled(polled(this));
        }
        catch (FormatException)
        {
            _counters.RefuseFrame();
            Misbehaved = true;
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The other side went away, or this one closed: the owner sees the connection end either way.
        }
        finally
        {
            Close();
        }
    }

    /// <summary>What <see cref="PolledReader"/> read.</summary>
    public void NoteRead(int bytes)
    {
        _counters.Work.SocketRead();
        Volatile.Write(ref _bytesReceived, _bytesReceived + bytes);
        Volatile.Write(ref _lastHeard, _time.GetTimestamp());
    }

    /// <summary>The length of a frame behind its first field, as that says.</summary>
    /// <exception cref="FormatException">It is impossible.</exception>
    public int CheckLength(int length) => length < 1 || length > _frameBytesMax ? throw new FormatException("a frame's length is impossible") : length;

    /// <summary>A whole frame came. False, where <paramref name="mayWait"/> is too: handing it over would take long or wait, and did not begin.</summary>
    public bool TryDispatch(FrameKind kind, ReadOnlySpan<byte> payload, bool mayWait)
    {
        if (!mayWait && kind == FrameKind.Message)
            return _handler!.TryReceive(Peer, payload);
        Dispatch(kind, payload.ToArray());
        return true;
    }

    public void Close()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            _pending.Clear();
            _pendingBytes = 0;
            Monitor.PulseAll(_gate);
        }
        // First: a socket that is gone is not polled any more.
        _reader?.Close();
        _socket.Dispose();
        _stream.Dispose();
    }

    private void ReadPolled(PolledReader reader)
    {
        _reader = reader;
        // Whoever closed before saw no reader.
        lock (_gate)
        {
            if (_closed)
                return;
        }
        reader.Run();
    }

    private void ReadFrames()
    {
        byte[] buffer = new byte[32 * 1024];
        int filled = 0;
        while (true)
        {
            int read = _stream.Read(buffer.AsSpan(filled));
            if (read == 0)
                return;
            NoteRead(read);
            filled += read;
            int consumed = 0;
            while (filled - consumed >= FrameWriter.HeaderLength)
            {
                int length = CheckLength(BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(consumed)));
                int available = Math.Min(length - 1, filled - consumed - FrameWriter.HeaderLength);
                if (available < length - 1 && length + 4 <= buffer.Length)
                    break;
                var kind = (FrameKind)buffer[consumed + 4];
                byte[] payload = GC.AllocateUninitializedArray<byte>(length - 1);
                buffer.AsSpan(consumed + FrameWriter.HeaderLength, available).CopyTo(payload);
                consumed += FrameWriter.HeaderLength + available;
                if (available < payload.Length)
                    ReadRest(payload.AsSpan(available));
                Dispatch(kind, payload);
            }
            buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
            filled -= consumed;
        }
    }

    /// <summary>A frame longer than the buffer is read into its own memory.</summary>
    private void ReadRest(Span<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            int read = _stream.Read(rest);
            if (read == 0)
                throw new EndOfStreamException();
            NoteRead(read);
            rest = rest[read..];
        }
    }

    private void Dispatch(FrameKind kind, byte[] payload)
    {
        switch (kind)
        {
            case FrameKind.Ping when payload.Length == 0:
                if (Channel == PeerChannel.Consensus)
                    _handler!.Heard(Peer);
                return;
            case FrameKind.Message:
                _busy = true;
                _handler!.Received(Peer, payload);
                _busy = false;
                Volatile.Write(ref _lastHeard, _time.GetTimestamp());
                return;
            default:
                throw new FormatException("a frame of unknown kind");
        }
    }

    /// <summary>Whoever set <see cref="_writing"/> writes until nothing is pending, or hands over to the thread that may wait.</summary>
    private void WritePending(bool mayHandOver)
    {
        try
        {
            while (TakePending(mayHandOver) is { } frames)
            {
                WriteFrames(frames);
                frames.Clear();
                _spare = frames;
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            Close();
        }
    }

    private List<ReadOnlyMemory<byte>>? TakePending(bool mayHandOver)
    {
        lock (_gate)
        {
            if (_pending.Count == 0 || _closed)
            {
                _writing = false;
                return null;
            }
            if (mayHandOver && (_pendingBytes > PeerLimits.InlineWriteBytesMax || !HasRoom()))
            {
                HandOverLocked();
                return null;
            }
            List<ReadOnlyMemory<byte>> taken = _pending;
            _pending = _spare;
            _spare = [];
            _pendingBytes = 0;
            return taken;
        }
    }

    /// <summary>A socket that can be written to has a third of its buffer free, more than is written without asking again.</summary>
    private bool HasRoom()
    {
        try
        {
            return _socket.Poll(0, SelectMode.SelectWrite);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void HandOverLocked()
    {
        _handedOver = true;
        if (!_hasWriter)
        {
            _hasWriter = true;
            new Thread(WriteWhenHandedOver) { Name = "dadbs peer writer", IsBackground = true }.Start();
        }
        Monitor.PulseAll(_gate);
    }

    private void WriteWhenHandedOver()
    {
        while (AwaitHandOver())
            WritePending(mayHandOver: false);
    }

    private bool AwaitHandOver()
    {
        lock (_gate)
        {
            while (!_handedOver && !_closed)
                Monitor.Wait(_gate);
            _handedOver = false;
            return !_closed;
        }
    }

    /// <summary>What reading and writing throw when a connection ends, whoever ended it.</summary>
    public static bool IsEnd(Exception exception) =>
        exception is IOException or ObjectDisposedException or InvalidOperationException or SocketException or AuthenticationException;

    private void WriteFrames(List<ReadOnlyMemory<byte>> frames)
    {
        int filled = 0;
        foreach (ReadOnlyMemory<byte> frame in frames)
        {
            if (frame.Length > _coalesced.Length - filled && filled > 0)
            {
                Write(_coalesced.AsSpan(0, filled));
                filled = 0;
            }
            if (frame.Length > _coalesced.Length || frames.Count == 1)
            {
                Write(frame.Span);
                continue;
            }
            frame.CopyTo(_coalesced.AsMemory(filled));
            filled += frame.Length;
        }
        if (filled > 0)
            Write(_coalesced.AsSpan(0, filled));
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _counters.Work.SocketWrite();
        Volatile.Write(ref _bytesSent, _bytesSent + bytes.Length);
        Volatile.Write(ref _lastSent, _time.GetTimestamp());
        _stream.Write(bytes);
    }
}
