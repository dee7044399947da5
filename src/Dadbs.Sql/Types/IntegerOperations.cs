using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>smallint, integer and bigint: two's complement in <see cref="Datum.Bits"/>, sign-extended, so that all three compare alike.</summary>
public abstract class IntegerOperations<T>(string typeName) : TypeOperations
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private static readonly long Lowest = long.CreateChecked(T.MinValue);
    private static readonly long Highest = long.CreateChecked(T.MaxValue);
    private static readonly int Size = long.CreateChecked(T.MaxValue) switch
    {
        short.MaxValue => 2,
        int.MaxValue => 4,
        _ => 8,
    };

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) => Datum.FromInt64(Parse(utf8));

    private long Parse(ReadOnlySpan<byte> utf8)
    {
        var text = AsciiText.Trim(utf8);
        var negative = text.Length > 0 && text[0] == '-';
        var i = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        if (i == text.Length)
            throw InputErrors.InvalidSyntax(typeName, utf8);
        // Accumulates downwards: the most negative number has no positive twin.
        long value = 0;
        var overflow = false;
        for (; i < text.Length; i++)
        {
            if (!AsciiText.IsDigit(text[i]))
                throw InputErrors.InvalidSyntax(typeName, utf8);
            var digit = text[i] - '0';
            if (value < (long.MinValue + digit) / 10)
                overflow = true;
            else
                value = value * 10 - digit;
        }
        if (!negative && value == long.MinValue)
            overflow = true;
        value = negative ? value : -value;
        if (overflow || value < Lowest || value > Highest)
            throw InputErrors.OutOfRange(typeName, utf8);
        return value;
    }

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings) => AsciiText.WriteInt64(value.AsInt64, output);

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier)
    {
        if (bytes.Length < Size)
            throw InputErrors.InsufficientData();
        if (bytes.Length > Size)
            throw InputErrors.InvalidBinary("incorrect binary data format");
        return Datum.FromInt64(Size switch
        {
            2 => BinaryPrimitives.ReadInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadInt64BigEndian(bytes),
        });
    }

    public override void WriteBinary(Datum value, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(8);
        if (Size == 2)
            BinaryPrimitives.WriteInt16BigEndian(span, value.AsInt16);
        else if (Size == 4)
            BinaryPrimitives.WriteInt32BigEndian(span, value.AsInt32);
        else
            BinaryPrimitives.WriteInt64BigEndian(span, value.AsInt64);
        output.Advance(Size);
    }

    public override int Compare(Datum left, Datum right) => left.Bits.CompareTo(right.Bits);

    public override bool AreEqual(Datum left, Datum right) => left.Bits == right.Bits;

    /// <summary>Equal across the three integer types.</summary>
    public override ulong Hash(Datum value) => StableHash.Mix((ulong)value.Bits);

    public override void EncodeRow(Datum value, IBufferWriter<byte> output) => CompactInteger.Write(value.Bits, output);

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => Datum.FromInt64(CompactInteger.Read(buffer, offset, length));
}

/// <summary>int2</summary>
public sealed class SmallIntOperations() : IntegerOperations<short>("smallint")
{
    public static SmallIntOperations Instance { get; } = new();

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteInt16(value.AsInt16);
}

/// <summary>int4</summary>
public sealed class IntegerOperations() : IntegerOperations<int>("integer")
{
    public static IntegerOperations Instance { get; } = new();

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteInt32(value.AsInt32);
}

/// <summary>int8</summary>
public sealed class BigIntOperations() : IntegerOperations<long>("bigint")
{
    public static BigIntOperations Instance { get; } = new();

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteInt64(value.AsInt64);
}

/// <summary>Integers in a row: the fewest little-endian bytes that give the value back when sign-extended; 0 takes none. The row keeps the length.</summary>
internal static class CompactInteger
{
    public static void Write(long value, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(8);
        BinaryPrimitives.WriteInt64LittleEndian(span, value);
        output.Advance(LengthOf(value));
    }

    public static int LengthOf(long value)
    {
        if (value == 0)
            return 0;
        var significant = 65 - BitOperations.LeadingZeroCount((ulong)(value ^ (value >> 63)));
        return (significant + 7) >> 3;
    }

    public static long Read(byte[] buffer, int offset, int length)
    {
        if (length == 0)
            return 0;
        long value = (sbyte)buffer[offset + length - 1];
        for (var i = length - 2; i >= 0; i--)
            value = (value << 8) | buffer[offset + i];
        return value;
    }
}
