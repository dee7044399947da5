using System.Buffers;
using System.Text;

namespace Dadbs.Sql.Catalog;

/// <summary>
/// Writes a record as numbered fields: a varint of number × 8 + kind, then a varint (kind 0) or a length and bytes (kind 2); the wire format
/// of Protocol Buffers, so that readers skip fields they do not know and fields can be added. Fields at their default are left out,
/// and numbers ascend: equal records have equal bytes. <see cref="ToArray"/> ends the writing: the buffer is the next writer's.
/// </summary>
internal sealed class FieldWriter
{
    private const int BytesFirst = 256;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(BytesFirst);
    private int _length;
    private int _lastField;

    public byte[] ToArray()
    {
        byte[] record = _bytes.AsSpan(0, _length).ToArray();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
        return record;
    }

    /// <summary>A byte that belongs to no field: a version before the first, a mark before the bytes of a record that is none.</summary>
    public void Byte(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    public void Unsigned(int field, ulong value)
    {
        if (value == 0) return;
        Tag(field, 0);
        WriteVarint(value);
    }

    /// <summary>Zigzag, so that small negative numbers stay short.</summary>
    public void Signed(int field, long value) => Unsigned(field, (ulong)((value << 1) ^ (value >> 63)));

    public void Boolean(int field, bool value) => Unsigned(field, value ? 1UL : 0);

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, 2);
        WriteVarint((ulong)value.Length);
        Raw(value);
    }

    public void Text(int field, string? value)
    {
        if (value is null) return;
        Tag(field, 2);
        int length = Encoding.UTF8.GetByteCount(value);
        WriteVarint((ulong)length);
        Reserve(length);
        _length += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_length));
    }

    /// <summary>A field whose bytes are a record of its own: what is written from here to <see cref="End"/>.</summary>
    public Nested Begin(int field)
    {
        Tag(field, 2);
        _lastField = 0;
        return new Nested(_length, field);
    }

    /// <summary>The nested record is whole. Its length goes before it, so its bytes move: records are short.</summary>
    public void End(Nested nested)
    {
        int length = _length - nested.Start;
        WriteVarint((ulong)length);
        int prefix = _length - nested.Start - length;
        Span<byte> written = stackalloc byte[prefix];
        _bytes.AsSpan(_length - prefix, prefix).CopyTo(written);
        _bytes.AsSpan(nested.Start, length).CopyTo(_bytes.AsSpan(nested.Start + prefix));
        written.CopyTo(_bytes.AsSpan(nested.Start));
        _lastField = nested.Field;
    }

    /// <summary>Bytes of the nested record that is being written, or of a field that was begun.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Tag(int field, int kind)
    {
        System.Diagnostics.Debug.Assert(field >= _lastField, "fields are written in ascending order");
        _lastField = field;
        WriteVarint((ulong)((field << 3) | kind));
    }

    private void WriteVarint(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _bytes[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[_length++] = (byte)value;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length >= count) return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + count));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    /// <summary>A nested record that was begun.</summary>
    /// <param name="Start">Where its bytes begin.</param>
    /// <param name="Field">Of the record around it.</param>
    public readonly record struct Nested(int Start, int Field);
}
