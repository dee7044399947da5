using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Dadbs.PgWire.Backend;

/// <summary>
/// Where a session writes its answers: one growing piece of memory, so that lengths can be filled in behind what they measure and a
/// half-written message can be taken back. The connection drains it into its pipe. One owner; not thread-safe.
/// </summary>
public sealed class MessageBuffer : IBufferWriter<byte>, IDisposable
{
    private const int BytesFirst = 4096;

    /// <summary>A buffer that grew past this for one large row is given back once it was drained.</summary>
    private const int BytesKept = 1 << 18;

    private byte[] _bytes;
    private int _length;
    private int _messageStart = -1;

    public MessageBuffer()
    {
        _bytes = ArrayPool<byte>.Shared.Rent(BytesFirst);
    }

    /// <summary>Bytes written and not yet drained; also a mark for <see cref="TruncateTo"/>.</summary>
    public int Length => _length;

    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, _length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _length);

    /// <summary>Starts a message: its type, and room for its length.</summary>
    public void Begin(BackendMessageType type)
    {
        Span<byte> header = Take(5);
        header[0] = (byte)type;
        _messageStart = _length - 4;
    }

    /// <summary>Ends the message that <see cref="Begin"/> started by filling in its length.</summary>
    public void End()
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(_messageStart), _length - _messageStart);
        _messageStart = -1;
    }

    /// <summary>Writes a message without a body.</summary>
    public void WriteEmpty(BackendMessageType type)
    {
        Begin(type);
        End();
    }

    public void WriteByte(byte value) => Take(1)[0] = value;

    public void WriteInt16(int value) => BinaryPrimitives.WriteInt16BigEndian(Take(2), unchecked((short)value));

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(4), value);

    public void WriteOid(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Writes text and its terminator. An embedded zero, which no client could read past, becomes a space.</summary>
    public void WriteCString(string text)
    {
        Ensure(Encoding.UTF8.GetMaxByteCount(text.Length) + 1);
        int written = Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
        if (text.Contains('\0'))
        {
            _bytes.AsSpan(_length, written).Replace((byte)0, (byte)' ');
        }

        _length += written;
        WriteByte(0);
    }

    public void WriteCString(ReadOnlySpan<byte> utf8)
    {
        WriteBytes(utf8);
        WriteByte(0);
    }

    /// <summary>Leaves room for a length word and returns where it is.</summary>
    public int BeginField()
    {
        int at = _length;
        Take(4);
        return at;
    }

    /// <summary>Fills in the length of the field that began at <paramref name="at"/>: the bytes since, without the word itself.</summary>
    public void EndField(int at) => BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(at), _length - at - 4);

    /// <summary>Takes back everything written since the mark.</summary>
    public void TruncateTo(int mark)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mark, _length);
        _length = mark;
        _messageStart = -1;
    }

    /// <summary>Takes back the message that was begun and not ended, if there is one.</summary>
    public void Abandon()
    {
        if (_messageStart >= 0)
        {
            TruncateTo(_messageStart - 1);
        }
    }

    /// <summary>Forgets everything, which was drained.</summary>
    public void Clear()
    {
        _length = 0;
        _messageStart = -1;
        if (_bytes.Length > BytesKept)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = ArrayPool<byte>.Shared.Rent(BytesFirst);
        }
    }

    public void Advance(int count)
    {
        if ((uint)count > (uint)(_bytes.Length - _length))
        {
            throw new ArgumentOutOfRangeException(nameof(count));
        }

        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(_length);
    }

    public void Dispose()
    {
        byte[] bytes = _bytes;
        _bytes = [];
        _length = 0;
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private Span<byte> Take(int count)
    {
        Ensure(count);
        Span<byte> taken = _bytes.AsSpan(_length, count);
        _length += count;
        return taken;
    }

    private void Ensure(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Grow(count);
        }
    }

    private void Grow(int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_length + count), Math.Max(BytesFirst, _bytes.Length * 2)));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
