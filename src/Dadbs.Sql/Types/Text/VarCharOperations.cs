using System.Globalization;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>varchar(n): text of at most n characters. Modifier = n + 4.</summary>
public sealed class VarCharOperations : TextOperations
{
    internal const int ModifierOffset = 4;

    /// <summary>PostgreSQL's MaxAttrSize: the largest n.</summary>
    internal const int LengthMax = 10485760;

    public static new VarCharOperations Instance { get; } = new();

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) => ApplyModifier(Datum.FromUtf8(utf8), modifier, false);

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier) => ApplyModifier(base.ReadBinary(bytes, modifier), modifier, false);

    /// <summary>Excess blanks go silently, other excess only in an explicit cast (else 22001).</summary>
    public override Datum ApplyModifier(Datum value, int modifier, bool explicitCast)
    {
        var limit = modifier - ModifierOffset;
        var text = value.AsUtf8Span;
        if (modifier < ModifierOffset || text.Length <= limit)
            return value;
        var end = AsciiText.OffsetOfCharacter(text, limit);
        if (end == text.Length)
            return value;
        if (!explicitCast && text[end..].ContainsAnyExcept((byte)' '))
            throw new SqlException(SqlState.StringDataRightTruncation, $"value too long for type character varying({limit.ToString(NumberFormatInfo.InvariantInfo)})");
        return Datum.FromUtf8(value.As<byte[]>(), (int)(value.Bits >> 32), end);
    }

    public override int EncodeModifier(SqlType type, ReadOnlySpan<int> arguments) => EncodeLength("varchar", arguments);

    internal static int EncodeLength(string name, ReadOnlySpan<int> arguments)
    {
        if (arguments.Length != 1)
            throw new SqlException(SqlState.InvalidParameterValue, "invalid type modifier");
        if (arguments[0] < 1)
            throw new SqlException(SqlState.InvalidParameterValue, $"length for type {name} must be at least 1");
        if (arguments[0] > LengthMax)
            throw new SqlException(SqlState.InvalidParameterValue, $"length for type {name} cannot exceed {LengthMax}");
        return arguments[0] + ModifierOffset;
    }

    public override string FormatModifier(int modifier) => modifier >= ModifierOffset ? $"({modifier - ModifierOffset})" : "";
}

/// <summary>char(n): padded with blanks to n characters, compared without them. Modifier = n + 4.</summary>
public sealed class CharOperations : TextOperations
{
    public static new CharOperations Instance { get; } = new();

    public override bool KeyTellsValue => false;

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) => ApplyModifier(Datum.FromUtf8(utf8), modifier, false);

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier) => ApplyModifier(base.ReadBinary(bytes, modifier), modifier, false);

    public override Datum ApplyModifier(Datum value, int modifier, bool explicitCast)
    {
        if (modifier < VarCharOperations.ModifierOffset)
            return value;
        var limit = modifier - VarCharOperations.ModifierOffset;
        var text = value.AsUtf8Span;
        var characters = AsciiText.CountCharacters(text);
        if (characters == limit)
            return value;
        if (characters < limit)
        {
            var padded = new byte[text.Length + limit - characters];
            text.CopyTo(padded);
            padded.AsSpan(text.Length).Fill((byte)' ');
            return Datum.FromBytes(padded);
        }
        var end = AsciiText.OffsetOfCharacter(text, limit);
        if (!explicitCast && text[end..].ContainsAnyExcept((byte)' '))
            throw new SqlException(SqlState.StringDataRightTruncation, $"value too long for type character({limit})");
        return Datum.FromUtf8(value.As<byte[]>(), (int)(value.Bits >> 32), end);
    }

    public static ReadOnlySpan<byte> Trimmed(Datum value) => value.AsUtf8Span.TrimEnd((byte)' ');

    public override int Compare(Datum left, Datum right) => Trimmed(left).SequenceCompareTo(Trimmed(right));

    public override bool AreEqual(Datum left, Datum right) => Trimmed(left).SequenceEqual(Trimmed(right));

    public override ulong Hash(Datum value) => StableHash.Bytes(Trimmed(value));

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteBytes(Trimmed(value));

    public override int EncodeModifier(SqlType type, ReadOnlySpan<int> arguments) => VarCharOperations.EncodeLength("char", arguments);

    public override string FormatModifier(int modifier) =>
        modifier >= VarCharOperations.ModifierOffset ? $"({modifier - VarCharOperations.ModifierOffset})" : "";
}

/// <summary>name: an identifier of at most 63 bytes; longer input is cut at a character boundary.</summary>
public sealed class NameOperations : TextOperations
{
    public const int BytesMax = 63;

    public static new NameOperations Instance { get; } = new();

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) => Datum.FromUtf8(Cut(utf8));

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier)
    {
        CheckUtf8(bytes);
        if (bytes.Length > BytesMax)
            throw new SqlException(SqlState.NameTooLong, "identifier too long") { Detail = "Identifier must be less than 64 characters." };
        return Datum.FromUtf8(bytes);
    }

    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= BytesMax)
            return utf8;
        var end = BytesMax;
        while ((utf8[end] & 0xC0) == 0x80)
            end--;
        return utf8[..end];
    }
}

/// <summary>"char": one byte, of system catalogs. Zero prints as nothing.</summary>
public sealed class InternalCharOperations : TypeOperations
{
    public static InternalCharOperations Instance { get; } = new();

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) => Datum.FromInt64(utf8.Length == 0 ? 0 : utf8[0]);

    public override void FormatText(Datum value, System.Buffers.IBufferWriter<byte> output, TypeSettings settings)
    {
        if (value.Bits != 0)
            System.Buffers.BuffersExtensions.Write(output, [(byte)value.Bits]);
    }

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier) =>
        bytes.Length == 1 ? Datum.FromInt64(bytes[0]) : throw (bytes.Length == 0 ? InputErrors.InsufficientData() : InputErrors.InvalidBinary("incorrect binary data format"));

    public override void WriteBinary(Datum value, System.Buffers.IBufferWriter<byte> output) => System.Buffers.BuffersExtensions.Write(output, [(byte)value.Bits]);

    public override int Compare(Datum left, Datum right) => ((byte)left.Bits).CompareTo((byte)right.Bits);

    public override ulong Hash(Datum value) => StableHash.Mix((byte)value.Bits);

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteByte((byte)value.Bits);

    public override void EncodeRow(Datum value, System.Buffers.IBufferWriter<byte> output) => CompactInteger.Write((byte)value.Bits, output);

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => Datum.FromInt64((byte)CompactInteger.Read(buffer, offset, length));
}
