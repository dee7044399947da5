using System.Buffers;
using System.Text;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>bytea: bytes in a shared buffer; text form hex (<c>\x0aff</c>) or escape (<c>a\000b\\</c>).</summary>
public sealed class ByteaOperations : TypeOperations
{
    public static ByteaOperations Instance { get; } = new();

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) =>
        utf8.StartsWith("\\x"u8) ? Datum.FromBytes(ParseHex(utf8[2..])) : Datum.FromBytes(ParseEscape(utf8));

    /// <summary>Pairs of hex digits with blanks between pairs; 22023.</summary>
    public static byte[] ParseHex(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[(text.Length + 1) / 2];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r')
                continue;
            var high = HexDigit(text, i++);
            if (i == text.Length)
                throw new SqlException(SqlState.InvalidParameterValue, "invalid hexadecimal data: odd number of digits");
            bytes[count++] = (byte)(high << 4 | HexDigit(text, i));
        }
        return count == bytes.Length ? bytes : bytes[..count];
    }

    private static int HexDigit(ReadOnlySpan<byte> text, int at)
    {
        var b = text[at];
        if (AsciiText.IsDigit(b))
            return b - '0';
        var letter = b | 0x20;
        if (letter is >= 'a' and <= 'f')
            return letter - 'a' + 10;
        var length = Math.Min(AsciiText.CharacterLength(b), text.Length - at);
        throw new SqlException(SqlState.InvalidParameterValue, $"invalid hexadecimal digit: \"{Encoding.UTF8.GetString(text.Slice(at, length))}\"");
    }

    public static byte[] ParseEscape(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes[count++] = text[i];
            }
            else if (i + 1 < text.Length && text[i + 1] == '\\')
            {
                bytes[count++] = (byte)'\\';
                i++;
            }
            else if (i + 3 < text.Length && text[i + 1] is >= (byte)'0' and <= (byte)'3' && IsOctal(text[i + 2]) && IsOctal(text[i + 3]))
            {
                bytes[count++] = (byte)((text[i + 1] - '0') << 6 | (text[i + 2] - '0') << 3 | (text[i + 3] - '0'));
                i += 3;
            }
            else
            {
                throw new SqlException(SqlState.InvalidTextRepresentation, "invalid input syntax for type bytea");
            }
        }
        return count == bytes.Length ? bytes : bytes[..count];
    }

    private static bool IsOctal(byte b) => b is >= (byte)'0' and <= (byte)'7';

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings)
    {
        if (settings.ByteaOutput == ByteaOutput.Hex)
        {
            output.Write("\\x"u8);
            WriteHex(value.AsBytesSpan, output);
            return;
        }
        WriteEscape(value.AsBytesSpan, output);
    }

    public static void WriteHex(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(bytes.Length * 2);
        for (var i = 0; i < bytes.Length; i++)
        {
            span[2 * i] = "0123456789abcdef"u8[bytes[i] >> 4];
            span[2 * i + 1] = "0123456789abcdef"u8[bytes[i] & 15];
        }
        output.Advance(bytes.Length * 2);
    }

    public static void WriteEscape(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        foreach (var b in bytes)
        {
            if (b == '\\')
                output.Write("\\\\"u8);
            else if (b is < 0x20 or > 0x7E)
                output.Write([(byte)'\\', (byte)('0' + (b >> 6)), (byte)('0' + (b >> 3 & 7)), (byte)('0' + (b & 7))]);
            else
                output.Write([b]);
        }
    }

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier) => Datum.FromBytes(bytes.ToArray());

    public override void WriteBinary(Datum value, IBufferWriter<byte> output) => output.Write(value.AsBytesSpan);

    public override int Compare(Datum left, Datum right) => left.AsBytesSpan.SequenceCompareTo(right.AsBytesSpan);

    public override bool AreEqual(Datum left, Datum right) => left.AsBytesSpan.SequenceEqual(right.AsBytesSpan);

    public override ulong Hash(Datum value) => StableHash.Bytes(value.AsBytesSpan);

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteBytes(value.AsBytesSpan);

    public override void EncodeRow(Datum value, IBufferWriter<byte> output) => output.Write(value.AsBytesSpan);

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => Datum.FromBytes(buffer, offset, length);
}
