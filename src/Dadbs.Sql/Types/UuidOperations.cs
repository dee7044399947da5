using System.Buffers;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>uuid: 16 bytes in network order, ordered by memcmp.</summary>
public sealed class UuidOperations : TypeOperations
{
    private const int Size = 16;

    public static UuidOperations Instance { get; } = new();

    /// <summary>32 hex digits, a hyphen allowed after any group of four, braces around the whole.</summary>
    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings)
    {
        var text = utf8;
        var braced = text.Length > 0 && text[0] == '{';
        var at = braced ? 1 : 0;
        var bytes = new byte[Size];
        for (var i = 0; i < Size; i++)
        {
            if (at + 1 >= text.Length || !IsHex(text[at]) || !IsHex(text[at + 1]))
                throw InputErrors.InvalidSyntax("uuid", utf8);
            bytes[i] = (byte)(Hex(text[at]) << 4 | Hex(text[at + 1]));
            at += 2;
            if (i % 2 == 1 && i < Size - 1 && at < text.Length && text[at] == '-')
                at++;
        }
        if (braced && (at >= text.Length || text[at++] != '}') || at != text.Length)
            throw InputErrors.InvalidSyntax("uuid", utf8);
        return Datum.FromBytes(bytes);
    }

    private static bool IsHex(byte b) => AsciiText.IsDigit(b) || (b | 0x20) is >= 'a' and <= 'f';

    private static int Hex(byte b) => AsciiText.IsDigit(b) ? b - '0' : (b | 0x20) - 'a' + 10;

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings)
    {
        var bytes = value.AsBytesSpan;
        ByteaOperations.WriteHex(bytes[..4], output);
        foreach (var (from, to) in new[] { (4, 6), (6, 8), (8, 10), (10, 16) })
        {
            output.Write("-"u8);
            ByteaOperations.WriteHex(bytes[from..to], output);
        }
    }

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier) => bytes.Length == Size
        ? Datum.FromBytes(bytes.ToArray())
        : throw (bytes.Length < Size ? InputErrors.InsufficientData() : InputErrors.InvalidBinary("incorrect binary data format"));

    public override void WriteBinary(Datum value, IBufferWriter<byte> output) => output.Write(value.AsBytesSpan);

    public override int Compare(Datum left, Datum right) => left.AsBytesSpan.SequenceCompareTo(right.AsBytesSpan);

    public override bool AreEqual(Datum left, Datum right) => left.AsBytesSpan.SequenceEqual(right.AsBytesSpan);

    public override ulong Hash(Datum value) => StableHash.Bytes(value.AsBytesSpan);

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteRaw(value.AsBytesSpan);

    public override void EncodeRow(Datum value, IBufferWriter<byte> output) => output.Write(value.AsBytesSpan);

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => Datum.FromBytes(buffer, offset, length);
}
