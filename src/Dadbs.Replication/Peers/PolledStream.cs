using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Dadbs.Replication;

/// <summary>
/// The bytes of a peer's socket beneath TLS. Read synchronously it blocks, as a handshake wants it. Read asynchronously it takes bytes only when
/// <see cref="Readable"/> says that there are some, on the thread that says so, and there whatever awaits them goes on: so one thread serves many
/// sockets, of which none can hold it. One read at a time; the socket is never used asynchronously, so it is in no event queue.
/// </summary>
internal sealed class PolledStream(Socket socket) : Stream, IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _read;
    private Memory<byte> _wanted;
    private bool _isAwaited;
    private bool _isReadable;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The socket has bytes, its end or an error: the read that waits takes them now. False: none waits, TLS is busy with something else than reading.</summary>
    public bool Readable()
    {
        if (!_isAwaited)
            return false;
        _isReadable = true;
        _isAwaited = false;
        try
        {
            _read.SetResult(Take(_wanted.Span));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            _read.SetException(exception);
        }
        return true;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isReadable)
            return new ValueTask<int>(Take(buffer.Span));
        _read.Reset();
        _wanted = buffer;
        _isAwaited = true;
        return new ValueTask<int>(this, _read.Version);
    }

    public override int Read(Span<byte> buffer) => Receive(buffer);

    public override int Read(byte[] buffer, int offset, int count) => Receive(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            while (!buffer.IsEmpty)
                buffer = buffer[socket.Send(buffer)..];
        }
        catch (SocketException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public int GetResult(short token) => _read.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _read.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            socket.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Does not block. A read of nothing asks whether there is something.</summary>
    private int Take(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        _isReadable = false;
        return Receive(buffer);
    }

    private int Receive(Span<byte> buffer)
    {
        try
        {
            return socket.Receive(buffer);
        }
        catch (SocketException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }
}
