using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace Dadbs.Sql.Types;

/// <summary>The wire's binary numeric: int16 digit count, weight, sign, display scale, then base-10000 digits (PostgreSQL numeric_recv, numeric_send).</summary>
internal static class NumericBinary
{
    private const ushort Negative = 0x4000;
    private const ushort SignNaN = 0xC000;
    private const ushort SignPositiveInfinity = 0xD000;
    private const ushort SignNegativeInfinity = 0xF000;

    /// <summary>What PostgreSQL sends as the scale of an infinity, from bits of its header.</summary>
    private const int InfinityScale = 0x20;

    public static Datum Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8)
            throw InputErrors.InsufficientData();
        var count = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var weight = BinaryPrimitives.ReadInt16BigEndian(bytes[2..]);
        var sign = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        var scale = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        if (sign is not (0 or Negative or SignNaN or SignPositiveInfinity or SignNegativeInfinity))
            throw InputErrors.InvalidBinary("invalid sign in external \"numeric\" value");
        if (scale > Numerics.ScaleMax)
            throw InputErrors.InvalidBinary("invalid scale in external \"numeric\" value");
        var digits = bytes[8..];
        if (digits.Length < count * 2)
            throw InputErrors.InsufficientData();
        if (digits.Length > count * 2)
            throw InputErrors.InvalidBinary("incorrect binary data format");
        return sign switch
        {
            SignNaN => Numerics.NaN,
            SignPositiveInfinity => Datum.FromObject(BigNumeric.PositiveInfinity),
            SignNegativeInfinity => Datum.FromObject(BigNumeric.NegativeInfinity),
            _ => ReadFinite(digits, count, weight, sign == Negative, scale),
        };
    }

    private static Datum ReadFinite(ReadOnlySpan<byte> digits, int count, int weight, bool negative, int scale)
    {
        BigInteger mantissa = 0;
        for (var i = 0; i < count; i++)
        {
            var digit = BinaryPrimitives.ReadUInt16BigEndian(digits[(i * 2)..]);
            if (digit >= 10000)
                throw InputErrors.InvalidBinary("invalid digit in external \"numeric\" value");
            mantissa = mantissa * 10000 + digit;
        }
        // The mantissa so far counts units of 10000^(weight - count + 1). The sender's scale cuts what it does not cover.
        var exponent = (weight - count + 1) * 4 + scale;
        mantissa = exponent >= 0 ? mantissa * PowersOfTen.Big(exponent) : BigInteger.Divide(mantissa, PowersOfTen.Big(-exponent));
        return Numerics.FromBig(negative ? -mantissa : mantissa, scale);
    }

    public static void Write(Datum value, IBufferWriter<byte> output)
    {
        switch (Numerics.KindOf(value))
        {
            case NumericKind.NaN:
                WriteHeader(0, 0, SignNaN, 0, output);
                return;
            case NumericKind.PositiveInfinity:
                WriteHeader(0, 0, SignPositiveInfinity, InfinityScale, output);
                return;
            case NumericKind.NegativeInfinity:
                WriteHeader(0, 0, SignNegativeInfinity, InfinityScale, output);
                return;
            default:
                WriteFinite(value, output);
                return;
        }
    }

    private static void WriteFinite(Datum value, IBufferWriter<byte> output)
    {
        var (mantissa, scale) = Numerics.Unpack(value);
        if (mantissa.IsZero)
        {
            WriteHeader(0, 0, 0, scale, output);
            return;
        }
        // Align the point to a base-10000 digit, then take digits from the right.
        var padding = (4 - scale % 4) % 4;
        var rest = BigInteger.Abs(mantissa) * PowersOfTen.Big(padding);
        var digits = ToBase10000(rest);
        var weight = digits.Count - 1 - (scale + padding) / 4;
        var first = 0;
        while (digits[first] == 0)
        {
            first++;
            weight--;
        }
        var last = digits.Count;
        while (digits[last - 1] == 0)
            last--;
        WriteHeader(last - first, weight, mantissa.Sign < 0 ? Negative : (ushort)0, scale, output);
        var span = output.GetSpan((last - first) * 2);
        for (var i = first; i < last; i++)
            BinaryPrimitives.WriteUInt16BigEndian(span[((i - first) * 2)..], digits[i]);
        output.Advance((last - first) * 2);
    }

    /// <summary>Most significant first.</summary>
    private static List<ushort> ToBase10000(BigInteger value)
    {
        var digits = new List<ushort>();
        if (value <= ulong.MaxValue)
        {
            for (var small = (ulong)value; small != 0; small /= 10000)
                digits.Add((ushort)(small % 10000));
        }
        else
        {
            var text = value.ToString("D", System.Globalization.NumberFormatInfo.InvariantInfo);
            for (var end = text.Length; end > 0; end -= 4)
                digits.Add(ushort.Parse(text.AsSpan(Math.Max(0, end - 4), Math.Min(4, end)), System.Globalization.NumberFormatInfo.InvariantInfo));
        }
        digits.Reverse();
        return digits;
    }

    private static void WriteHeader(int count, int weight, ushort sign, int scale, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(8);
        BinaryPrimitives.WriteInt16BigEndian(span, (short)count);
        BinaryPrimitives.WriteInt16BigEndian(span[2..], (short)weight);
        BinaryPrimitives.WriteUInt16BigEndian(span[4..], sign);
        BinaryPrimitives.WriteUInt16BigEndian(span[6..], (ushort)scale);
        output.Advance(8);
    }
}
