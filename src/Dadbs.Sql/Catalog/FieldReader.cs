using System.Text;
using Dadbs.Storage;

namespace Dadbs.Sql.Catalog;

/// <summary>Reads what <see cref="FieldWriter"/> wrote, field by field.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;
    private ulong _number;
    private ReadOnlySpan<byte> _bytes;

    public int Field { get; private set; }

    public readonly ulong Unsigned => _number;

    public readonly long Signed => (long)(_number >> 1) ^ -(long)(_number & 1);

    public readonly bool Boolean => _number != 0;

    public readonly ReadOnlySpan<byte> Bytes => _bytes;

    public readonly string Text => Encoding.UTF8.GetString(_bytes);

    /// <summary>Steps to the next field; false at the end.</summary>
    public bool Read()
    {
        if (_rest.IsEmpty) return false;
        ulong tag = Varint();
        Field = (int)(tag >> 3);
        _number = 0;
        _bytes = default;
        switch (tag & 7)
        {
            case 0:
                _number = Varint();
                return true;
            case 2:
                ulong length = Varint();
                if (length > (ulong)_rest.Length) throw new MalformedBytesException("a field is longer than its record");
                _bytes = _rest[..(int)length];
                _rest = _rest[(int)length..];
                return true;
            default:
                throw new MalformedBytesException($"a field of kind {tag & 7}");
        }
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0, i = 0; i < _rest.Length && shift < 64; shift += 7, i++)
        {
            byte b = _rest[i];
            value |= (ulong)(b & 0x7F) << shift;
            if (b >= 0x80) continue;
            _rest = _rest[(i + 1)..];
            return value;
        }

        throw new MalformedBytesException("a number does not end");
    }
}
