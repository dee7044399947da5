using System.Buffers;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>boolean: false before true.</summary>
public sealed class BooleanOperations : TypeOperations
{
    public static BooleanOperations Instance { get; } = new();

    /// <summary>Unique prefixes of true, false, yes, no, and on, off, 1, 0 in any case.</summary>
    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings)
    {
        return TryParse(AsciiText.Trim(utf8)) is { } value ? Datum.FromBool(value) : throw InputErrors.InvalidSyntax("boolean", utf8);
    }

    internal static bool? TryParse(ReadOnlySpan<byte> text)
    {
        if (text.Length == 0)
            return null;
        return AsciiText.ToLower(text[0]) switch
        {
            (byte)'t' when IsPrefix(text, "true"u8) => true,
            (byte)'f' when IsPrefix(text, "false"u8) => false,
            (byte)'y' when IsPrefix(text, "yes"u8) => true,
            (byte)'n' when IsPrefix(text, "no"u8) => false,
            (byte)'o' when AsciiText.EqualsIgnoreCase(text, "on"u8) => true,
            (byte)'o' when text.Length > 1 && IsPrefix(text, "off"u8) => false,
            (byte)'1' when text.Length == 1 => true,
            (byte)'0' when text.Length == 1 => false,
            _ => null,
        };
    }

    private static bool IsPrefix(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length <= word.Length && AsciiText.EqualsIgnoreCase(text, word[..text.Length]);

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings) => output.Write(value.AsBool ? "t"u8 : "f"u8);

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier)
    {
        if (bytes.Length != 1)
            throw bytes.Length == 0 ? InputErrors.InsufficientData() : InputErrors.InvalidBinary("incorrect binary data format");
        return Datum.FromBool(bytes[0] != 0);
    }

    public override void WriteBinary(Datum value, IBufferWriter<byte> output) => output.Write(value.AsBool ? [1] : [0]);

    public override int Compare(Datum left, Datum right) => left.Bits.CompareTo(right.Bits);

    public override ulong Hash(Datum value) => StableHash.Mix((ulong)value.Bits);

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteBoolean(value.AsBool);

    public override void EncodeRow(Datum value, IBufferWriter<byte> output)
    {
        if (value.AsBool)
            output.Write([(byte)1]);
    }

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => Datum.FromBool(length != 0);
}
