using System.Text;
using Dadbs.Storage;

namespace Dadbs.Sql.Catalog;

/// <summary>
/// Reads what <see cref="FieldWriter"/> wrote, field by field. A strict reader takes nothing that the writer would not have written:
/// fields ascend, only those in the mask repeat, numbers are not zero and as short as can be.
/// </summary>
internal ref struct FieldReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly bool _isStrict;
    private readonly ulong _repeated;
    private ReadOnlySpan<byte> _rest;
    private ulong _number;
    private bool _isBytes;
    private ReadOnlySpan<byte> _bytes;

    public FieldReader(ReadOnlySpan<byte> bytes)
    {
        _rest = bytes;
    }

    private FieldReader(ReadOnlySpan<byte> bytes, ulong repeated)
    {
        _rest = bytes;
        _isStrict = true;
        _repeated = repeated;
    }

    public int Field { get; private set; }

    public readonly ulong Unsigned => _isBytes ? throw OtherKind() : _number;

    public readonly long Signed => (long)(Unsigned >> 1) ^ -(long)(Unsigned & 1);

    public readonly bool Boolean => Unsigned != 0;

    public readonly ReadOnlySpan<byte> Bytes => _isBytes ? _bytes : throw OtherKind();

    public readonly string Text => _isStrict ? StrictUtf8.GetString(Bytes) : Encoding.UTF8.GetString(Bytes);

    /// <param name="bytes">The record.</param>
    /// <param name="repeated">Bit n: field n may stand there more than once.</param>
    public static FieldReader Strict(ReadOnlySpan<byte> bytes, ulong repeated = 0) => new(bytes, repeated);

    /// <summary>Steps to the next field; false at the end.</summary>
    public bool Read()
    {
        if (_rest.IsEmpty) return false;
        ulong tag = Varint();
        int field = (int)Math.Min(tag >> 3, int.MaxValue);
        if (_isStrict && (field < Field || (field == Field && (_repeated & (1UL << Math.Min(field, 63))) == 0)))
            throw new MalformedBytesException("fields of a record are out of order");
        Field = field;
        _number = 0;
        _bytes = default;
        switch (tag & 7)
        {
            case 0:
                _isBytes = false;
                _number = Varint();
                if (_isStrict && _number == 0) throw new MalformedBytesException("a field of a record is at its default");
                return true;
            case 2:
                _isBytes = true;
                ulong length = Varint();
                if (length > (ulong)_rest.Length) throw new MalformedBytesException("a field is longer than its record");
                _bytes = _rest[..(int)length];
                _rest = _rest[(int)length..];
                return true;
            default:
                throw new MalformedBytesException($"a field of kind {tag & 7}");
        }
    }

    /// <summary>How many fields of this number follow one another, this one included.</summary>
    public readonly int Repeats()
    {
        FieldReader ahead = this;
        int count = 1;
        while (ahead.Read() && ahead.Field == Field) count++;
        return count;
    }

    private readonly MalformedBytesException OtherKind() => new($"field {Field} of a record is of another kind");

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0, i = 0; i < _rest.Length && shift < 64; shift += 7, i++)
        {
            byte b = _rest[i];
            value |= (ulong)(b & 0x7F) << shift;
            if (b >= 0x80) continue;
            if (_isStrict && ((b == 0 && i > 0) || (i == 9 && b > 1))) throw new MalformedBytesException("a number of a record is longer than it must be");
            _rest = _rest[(i + 1)..];
            return value;
        }

        throw new MalformedBytesException("a number does not end");
    }
}
