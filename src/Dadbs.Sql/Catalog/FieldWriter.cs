using System.Buffers;
using System.Text;

namespace Dadbs.Sql.Catalog;

/// <summary>
/// Writes a record as numbered fields: a varint of number × 8 + kind, then a varint (kind 0) or a length and bytes (kind 2); the wire format
/// of Protocol Buffers, so that readers skip fields they do not know and fields can be added. Fields at their default are left out,
/// and numbers ascend: equal records have equal bytes.
/// </summary>
internal sealed class FieldWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private int _lastField;

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

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
        _bytes.Write(value);
    }

    public void Text(int field, string? value)
    {
        if (value is not null) Bytes(field, Encoding.UTF8.GetBytes(value));
    }

    private void Tag(int field, int kind)
    {
        System.Diagnostics.Debug.Assert(field >= _lastField, "fields are written in ascending order");
        _lastField = field;
        WriteVarint((ulong)((field << 3) | kind));
    }

    private void WriteVarint(ulong value)
    {
        Span<byte> span = _bytes.GetSpan(10);
        int length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        _bytes.Advance(length);
    }
}
