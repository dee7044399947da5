using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;

namespace Dadbs.Replication;

/// <summary>
/// Reads the frames of one connection, mostly on the thread that polls all of them. That one must not wait for a peer or be held by it for long: what the
/// connection cannot be rid of at once is taken over, with all that was read behind it, by the connection's own thread, which else sleeps in <see cref="Run"/>.
/// </summary>
internal sealed class PolledReader(PeerConnection connection, Socket socket, SslStream stream, PolledStream bytes, PeerPoller poller)
{
    private const int BufferBytes = 32 * 1024;

    /// <summary>A peer that once said too much for the polling thread is likely to go on: each change of threads costs both a wake.</summary>
    private static readonly TimeSpan ApartFor = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private byte[] _buffer = new byte[BufferBytes];
    private int _filled;

    /// <summary>The read under way, if one was begun.</summary>
    private ValueTask<int> _reading;
    private bool _isReading;
    private bool _isHandedOver;
    private volatile bool _isClosed;
    private ExceptionDispatchInfo? _end;

    public Socket Socket => socket;

    public bool IsClosed => _isClosed;

    /// <summary>Nobody looks at the socket just now: that a peer is silent says nothing about it.</summary>
    public bool IsHeldUp => !poller.IsPolling;

    /// <summary>The own thread's body: returns when the connection was closed.</summary>
    /// <exception cref="FormatException">The peer sent what it must not.</exception>
    /// <exception cref="IOException">The connection ended.</exception>
    public void Run()
    {
        ReadOn(mayWait: true);
        poller.Add(this);
        while (AwaitHandOver())
        {
            ReadApart();
            poller.Add(this);
        }
    }

    /// <summary>The polling thread's, when the socket has something. False: the own thread must go on (<see cref="HandOver"/>).</summary>
    public bool Read()
    {
        try
        {
            TakeReadable();
            return ReadOn(mayWait: false);
        }
        catch (Exception exception) when (exception is FormatException || PeerConnection.IsEnd(exception))
        {
            // It ends where the connection is owned.
            _end = ExceptionDispatchInfo.Capture(exception);
            return false;
        }
    }

    /// <summary>Wakes the own thread. The polling thread is done with the connection before.</summary>
    public void HandOver()
    {
        lock (_gate)
        {
            _isHandedOver = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>The own thread's, for a while.</summary>
    private void ReadApart()
    {
        long since = Stopwatch.GetTimestamp();
        ReadOn(mayWait: true);
        for (TimeSpan left = ApartFor; left > TimeSpan.Zero; left = ApartFor - Stopwatch.GetElapsedTime(since))
        {
            if (!socket.Poll(left, SelectMode.SelectRead))
                continue;
            TakeReadable();
            ReadOn(mayWait: true);
        }
    }

    /// <summary>Peers have no reason to shake hands once more, which would go on on other threads.</summary>
    private void TakeReadable()
    {
        if (!bytes.Readable())
            throw new FormatException("a peer does not go on with TLS as it was agreed");
    }

    private bool AwaitHandOver()
    {
        lock (_gate)
        {
            while (!_isHandedOver && !_isClosed)
                Monitor.Wait(_gate);
            _isHandedOver = false;
        }
        _end?.Throw();
        return !_isClosed;
    }

    /// <summary>Hands over frames until there is nothing more to read. False: the next one could not be handed over without waiting.</summary>
    private bool ReadOn(bool mayWait)
    {
        while (true)
        {
            if (!_isReading)
            {
                if (!Dispatch(mayWait))
                    return false;
#pragma warning disable CA2012 // Its result is taken once, when it is there: _isReading says so. A task for each read would only be garbage.
                _reading = stream.ReadAsync(_buffer.AsMemory(_filled));
#pragma warning restore CA2012
                _isReading = true;
            }
            if (!_reading.IsCompleted)
                return true;
            _isReading = false;
            int read = _reading.GetAwaiter().GetResult();
            if (read == 0)
                throw new EndOfStreamException();
            connection.NoteRead(read);
            _filled += read;
        }
    }

    private bool Dispatch(bool mayWait)
    {
        int consumed = 0;
        bool goesOn = true;
        while (goesOn && _filled - consumed >= FrameWriter.HeaderLength)
        {
            int frame = 4 + connection.CheckLength(BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(consumed)));
            if (_filled - consumed < frame)
            {
                MakeRoom(frame);
                break;
            }
            goesOn = connection.TryDispatch((FrameKind)_buffer[consumed + 4], _buffer.AsSpan(consumed + FrameWriter.HeaderLength, frame - FrameWriter.HeaderLength), mayWait);
            consumed += goesOn ? frame : 0;
        }
        _buffer.AsSpan(consumed, _filled - consumed).CopyTo(_buffer);
        _filled -= consumed;
        if (_filled == 0 && _buffer.Length > BufferBytes)
            _buffer = new byte[BufferBytes];
        return goesOn;

        void MakeRoom(int frame)
        {
            if (_buffer.Length >= consumed + frame)
                return;
            byte[] larger = new byte[Math.Max(BufferBytes, frame)];
            _buffer.AsSpan(consumed, _filled - consumed).CopyTo(larger);
            (_buffer, _filled, consumed) = (larger, _filled - consumed, 0);
        }
    }
}
