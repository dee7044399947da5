using System.Buffers;
using System.Buffers.Binary;

namespace Dadbs.Storage;

/// <summary>
/// Builds one key of one or more columns. Set <see cref="Descending"/> before a column whose order is reversed: the bytes of its
/// value are then inverted; NULL markers never are, since NULLS FIRST and LAST say where they go. Starts in the caller's
/// scratch span and moves to a pooled array when that is full; Dispose returns it.
/// </summary>
/// <example><code>
/// var writer = new KeyWriter(stackalloc byte[256]);
/// writer.WriteNotNull(); writer.WriteInt32(42); tree.TryGet(relation, writer.Written, out value); writer.Dispose();
/// </code></example>
public ref struct KeyWriter
{
    private Span<byte> _buffer;
    private byte[]? _pooled;
    private int _length;

    public KeyWriter(Span<byte> scratch) => _buffer = scratch;

    /// <summary>Values written from now on sort in reverse.</summary>
    public bool Descending { get; set; }

    public readonly int Length => _length;

    /// <summary>What was written so far; valid until the next write.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    public readonly byte[] ToArray() => Written.ToArray();

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear() => (_length, Descending) = (0, false);

    /// <summary>Back to an earlier <see cref="Length"/>: several keys that share a prefix.</summary>
    public void TruncateTo(int length) => _length = length;

    public void Dispose()
    {
        if (_pooled is not null)
            ArrayPool<byte>.Shared.Return(_pooled);
        _pooled = null;
        _buffer = default;
        _length = 0;
    }

    public void WriteNull(bool nullsFirst) => Reserve(1)[0] = nullsFirst ? KeyCodec.NullFirst : KeyCodec.NullLast;

    public void WriteNotNull() => Reserve(1)[0] = KeyCodec.NotNull;

    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    public void WriteByte(byte value) => Reserve(1)[0] = Descending ? (byte)~value : value;

    public void WriteInt16(short value) => WriteUInt16((ushort)(value ^ short.MinValue));

    public void WriteInt32(int value) => WriteUInt32((uint)(value ^ int.MinValue));

    public void WriteInt64(long value) => WriteUInt64((ulong)(value ^ long.MinValue));

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), Descending ? (ushort)~value : value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), Descending ? ~value : value);

    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), Descending ? ~value : value);

    /// <summary>PostgreSQL's order: −0 equals 0 (and reads back as 0), NaN is above everything.</summary>
    public void WriteSingle(float value) => WriteUInt32(KeyCodec.ToOrderedBits(value));

    /// <inheritdoc cref="WriteSingle"/>
    public void WriteDouble(double value) => WriteUInt64(KeyCodec.ToOrderedBits(value));

    /// <summary>A byte string of any length, escaped and terminated, so that further columns may follow.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteBytesPrefix(value);
        WriteByte(KeyCodec.Escape);
        WriteByte(KeyCodec.Terminator);
    }

    /// <summary>The beginning that all strings starting with <paramref name="value"/> share: for range bounds (LIKE 'abc%').</summary>
    public void WriteBytesPrefix(ReadOnlySpan<byte> value)
    {
        while (true)
        {
            int zero = value.IndexOf((byte)0);
            if (zero < 0)
                break;
            WriteRaw(value[..zero]);
            WriteByte(KeyCodec.Escape);
            WriteByte(KeyCodec.EscapedZero);
            value = value[(zero + 1)..];
        }

        WriteRaw(value);
    }

    /// <summary>Bytes as they are (inverted when descending): for columns of fixed length, or the last one.</summary>
    public void WriteRaw(ReadOnlySpan<byte> value)
    {
        Span<byte> destination = Reserve(value.Length);
        if (!Descending)
        {
            value.CopyTo(destination);
            return;
        }

        for (int i = 0; i < value.Length; i++)
            destination[i] = (byte)~value[i];
    }

    /// <summary>Bytes that are a key already, never inverted: a primary key at the end of an index key.</summary>
    public void WriteEncoded(ReadOnlySpan<byte> key) => key.CopyTo(Reserve(key.Length));

    private Span<byte> Reserve(int count)
    {
        int start = _length;
        if (_buffer.Length - start < count)
            Grow(count);
        _length = start + count;
        return _buffer.Slice(start, count);
    }

    private void Grow(int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + count, Math.Max(64, _buffer.Length * 2)));
        Written.CopyTo(larger);
        if (_pooled is not null)
            ArrayPool<byte>.Shared.Return(_pooled);
        _buffer = _pooled = larger;
    }
}
