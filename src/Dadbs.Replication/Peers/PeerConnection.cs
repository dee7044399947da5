using System.Buffers.Binary;
using System.Net.Security;

namespace Dadbs.Replication;

/// <summary>
/// One authenticated TLS connection after its hello. Sending is two steps, <see cref="Send"/> and <see cref="Flush"/>, so that a loop turn's
/// frames leave in few records; the flushing thread writes itself as long as the socket takes it, since a hop costs more than the write.
/// </summary>
internal sealed class PeerConnection
{
    private readonly SslStream _stream;
    private readonly Lock _gate = new();
    private readonly long _queueBytesMax;
    private readonly int _frameBytesMax;
    private readonly byte[] _coalesced = new byte[PeerLimits.CoalesceBytesMax];
    private readonly TimeProvider _time;

    private List<ReadOnlyMemory<byte>> _pending = [];
    private List<ReadOnlyMemory<byte>> _spare = [];
    private long _pendingBytes;
    private bool _writing;
    private bool _closed;
    private long _lastSent;
    private long _lastHeard;
    private long _bytesSent;
    private long _bytesReceived;
    private volatile bool _busy;

    public PeerConnection(SslStream stream, int peer, PeerChannel channel, bool dialledByLower, TimeProvider time)
    {
        _stream = stream;
        Peer = peer;
        Channel = channel;
        DialledByLower = dialledByLower;
        _time = time;
        _queueBytesMax = channel == PeerChannel.Consensus ? PeerLimits.ConsensusQueueBytesMax : PeerLimits.BatchQueueBytesMax;
        _frameBytesMax = channel == PeerChannel.Consensus ? PeerLimits.ConsensusFrameBytesMax : PeerLimits.BatchFrameBytesMax;
        _lastSent = _lastHeard = time.GetTimestamp();
    }

    public int Peer { get; }

    public PeerChannel Channel { get; }

    /// <summary>Of two connections between the same nodes this one stays.</summary>
    public bool DialledByLower { get; }

    public long BytesSent => Volatile.Read(ref _bytesSent);

    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    public TimeSpan SinceSent => _time.GetElapsedTime(Volatile.Read(ref _lastSent));

    /// <summary>Zero while the host holds the reader back: then the silence is ours.</summary>
    public TimeSpan SinceHeard => _busy ? TimeSpan.Zero : _time.GetElapsedTime(Volatile.Read(ref _lastHeard));

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
        bool large;
        lock (_gate)
        {
            if (_writing || _closed || _pending.Count == 0)
                return;
            _writing = true;
            large = _pendingBytes > PeerLimits.InlineWriteBytesMax;
        }
        _ = large ? Task.Run(WritePendingAsync) : WritePendingAsync();
    }

    /// <summary>Reads frames until the connection ends, for whatever reason; then it is closed.</summary>
    public async Task RunAsync(IPeerHandler handler, PeerCounters counters)
    {
        try
        {
            await ReadFramesAsync(handler).ConfigureAwait(false);
        }
        catch (FormatException)
        {
            counters.RefuseFrame();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side went away, or this one closed: the owner sees the connection end either way.
        }
        finally
        {
            Close();
        }
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
        }
        _stream.Dispose();
    }

    private async Task ReadFramesAsync(IPeerHandler handler)
    {
        byte[] buffer = new byte[32 * 1024];
        int filled = 0;
        while (true)
        {
            int read = await _stream.ReadAsync(buffer.AsMemory(filled)).ConfigureAwait(false);
            if (read == 0)
                return;
            Heard(read);
            filled += read;
            int consumed = 0;
            while (filled - consumed >= FrameWriter.HeaderLength)
            {
                int length = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(consumed));
                if (length < 1 || length > _frameBytesMax)
                    throw new FormatException("a frame's length is impossible");
                int available = Math.Min(length - 1, filled - consumed - FrameWriter.HeaderLength);
                if (available < length - 1 && length + 4 <= buffer.Length)
                    break;
                var kind = (FrameKind)buffer[consumed + 4];
                byte[] payload = GC.AllocateUninitializedArray<byte>(length - 1);
                buffer.AsSpan(consumed + FrameWriter.HeaderLength, available).CopyTo(payload);
                consumed += FrameWriter.HeaderLength + available;
                if (available < payload.Length)
                    await ReadRestAsync(payload.AsMemory(available)).ConfigureAwait(false);
                await DispatchAsync(handler, kind, payload).ConfigureAwait(false);
            }
            buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
            filled -= consumed;
        }
    }

    /// <summary>A frame longer than the buffer is read into its own memory.</summary>
    private async ValueTask ReadRestAsync(Memory<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            int read = await _stream.ReadAsync(rest).ConfigureAwait(false);
            if (read == 0)
                throw new EndOfStreamException();
            Heard(read);
            rest = rest[read..];
        }
    }

    private async ValueTask DispatchAsync(IPeerHandler handler, FrameKind kind, byte[] payload)
    {
        switch (kind)
        {
            case FrameKind.Ping when payload.Length == 0:
                if (Channel == PeerChannel.Consensus)
                    handler.Heard(Peer);
                return;
            case FrameKind.Message:
                ValueTask handled = handler.ReceivedAsync(Peer, payload);
                if (!handled.IsCompletedSuccessfully)
                {
                    _busy = true;
                    await handled.ConfigureAwait(false);
                    Volatile.Write(ref _lastHeard, _time.GetTimestamp());
                    _busy = false;
                }
                return;
            default:
                throw new FormatException("a frame of unknown kind");
        }
    }

    private void Heard(int bytes)
    {
        Volatile.Write(ref _bytesReceived, _bytesReceived + bytes);
        Volatile.Write(ref _lastHeard, _time.GetTimestamp());
    }

    private async Task WritePendingAsync()
    {
        try
        {
            while (TakePending() is { } frames)
            {
                await WriteFramesAsync(frames).ConfigureAwait(false);
                frames.Clear();
                _spare = frames;
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            Close();
        }
    }

    private List<ReadOnlyMemory<byte>>? TakePending()
    {
        lock (_gate)
        {
            if (_pending.Count == 0 || _closed)
            {
                _writing = false;
                return null;
            }
            List<ReadOnlyMemory<byte>> taken = _pending;
            _pending = _spare;
            _spare = [];
            _pendingBytes = 0;
            return taken;
        }
    }

    private async ValueTask WriteFramesAsync(List<ReadOnlyMemory<byte>> frames)
    {
        int filled = 0;
        foreach (ReadOnlyMemory<byte> frame in frames)
        {
            if (frame.Length > _coalesced.Length - filled && filled > 0)
            {
                await WriteAsync(_coalesced.AsMemory(0, filled)).ConfigureAwait(false);
                filled = 0;
            }
            if (frame.Length > _coalesced.Length || frames.Count == 1)
            {
                await WriteAsync(frame).ConfigureAwait(false);
                continue;
            }
            frame.CopyTo(_coalesced.AsMemory(filled));
            filled += frame.Length;
        }
        if (filled > 0)
            await WriteAsync(_coalesced.AsMemory(0, filled)).ConfigureAwait(false);
    }

    private ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        Volatile.Write(ref _bytesSent, _bytesSent + bytes.Length);
        Volatile.Write(ref _lastSent, _time.GetTimestamp());
        return _stream.WriteAsync(bytes);
    }
}
