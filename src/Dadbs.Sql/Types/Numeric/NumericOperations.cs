using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>
/// numeric: exact decimals, NaN and ±Infinity. Modifier = ((precision &lt;&lt; 16) | (scale &amp; 0x7FF)) + 4. Keys drop trailing zeros, so 1.0 and 1.00
/// are one key while rows keep their display.
/// </summary>
public sealed class NumericOperations : TypeOperations
{
    private const int PrecisionMax = 1000;

    // Row form: the first byte is the scale 0–18 of a small value, whose mantissa follows as a compact integer, or one of these.
    private const byte RowBig = 0x20;
    private const byte RowNaN = 0x21;
    private const byte RowPositiveInfinity = 0x22;
    private const byte RowNegativeInfinity = 0x23;

    // Key form: the first byte orders the kinds.
    private const byte KeyNegativeInfinity = 0x08;
    private const byte KeyNegative = 0x10;
    private const byte KeyZero = 0x18;
    private const byte KeyPositive = 0x20;
    private const byte KeyPositiveInfinity = 0x28;
    private const byte KeyNaN = 0x30;

    public static NumericOperations Instance { get; } = new();

    public override bool KeyTellsValue => false;

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) => Coerce(NumericText.Parse(utf8), modifier);

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings) => NumericText.Format(value, output);

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier) => Coerce(NumericBinary.Read(bytes), modifier);

    public override void WriteBinary(Datum value, IBufferWriter<byte> output) => NumericBinary.Write(value, output);

    public override int Compare(Datum left, Datum right) => Numerics.Compare(left, right);

    public override ulong Hash(Datum value)
    {
        if (Numerics.TrySmall(value, out var mantissa, out var scale))
        {
            while (scale > 0 && mantissa % 10 == 0)
            {
                mantissa /= 10;
                scale--;
            }
            if (mantissa == 0)
                return StableHash.Mix(0);
            if (scale > 0)
                return StableHash.Combine((ulong)scale, (ulong)mantissa);
            // Integers of any size must agree with their big form: trailing zeros go there too.
            var exponent = 0;
            while (mantissa % 10 == 0)
            {
                mantissa /= 10;
                exponent--;
            }
            return StableHash.Combine((ulong)(long)exponent, (ulong)mantissa);
        }
        if (!Numerics.IsFinite(value))
            return StableHash.Mix(0x4E61_4E00UL + (ulong)Numerics.KindOf(value));
        var (big, power) = Numerics.Normalize(value);
        if (big >= long.MinValue && big <= long.MaxValue)
            return big.IsZero ? StableHash.Mix(0) : StableHash.Combine((ulong)-(long)power, (ulong)(long)big);
        return StableHash.Combine((ulong)-(long)power, StableHash.Bytes(big.ToByteArray()));
    }

    public override Datum ApplyModifier(Datum value, int modifier, bool explicitCast) => Coerce(value, modifier);

    private static Datum Coerce(Datum value, int modifier)
    {
        if (modifier < 4)
            return value;
        var (precision, scale) = Split(modifier);
        if (!Numerics.IsFinite(value))
        {
            if (Numerics.IsNaN(value))
                return value;
            throw new SqlException(SqlState.NumericValueOutOfRange, "numeric field overflow")
            {
                Detail = $"A field with precision {precision}, scale {scale} cannot hold an infinite value.",
            };
        }
        var rounded = Numerics.Round(value, scale);
        var digitsMax = precision - scale;
        if (IntegralDigits(rounded) > digitsMax)
        {
            throw new SqlException(SqlState.NumericValueOutOfRange, "numeric field overflow")
            {
                Detail = $"A field with precision {precision}, scale {scale} must round to an absolute value less than {(digitsMax != 0 ? "10^" : "")}{(digitsMax != 0 ? digitsMax : 1)}.",
            };
        }
        return rounded;
    }

    /// <summary>Digits before the point; negative counts zeros right after it; a zero fits everywhere.</summary>
    private static int IntegralDigits(Datum value)
    {
        if (Numerics.TrySmall(value, out var mantissa, out var scale))
            return mantissa == 0 ? int.MinValue : PowersOfTen.DigitsOf(mantissa) - scale;
        var big = value.As<BigNumeric>();
        return big.Mantissa.IsZero ? int.MinValue : PowersOfTen.DigitsOf(big.Mantissa) - big.Scale;
    }

    /// <summary>(precision, scale) of a modifier; the scale may be negative.</summary>
    public static (int Precision, int Scale) Split(int modifier)
    {
        var bare = modifier - 4;
        return ((bare >> 16) & 0xFFFF, ((bare & 0x7FF) ^ 1024) - 1024);
    }

    public override int EncodeModifier(SqlType type, ReadOnlySpan<int> arguments)
    {
        if (arguments.Length is < 1 or > 2)
            throw new SqlException(SqlState.InvalidParameterValue, "invalid NUMERIC type modifier");
        var precision = arguments[0];
        var scale = arguments.Length == 2 ? arguments[1] : 0;
        if (precision is < 1 or > PrecisionMax)
            throw new SqlException(SqlState.InvalidParameterValue, $"NUMERIC precision {precision} must be between 1 and {PrecisionMax}");
        if (scale is < -1000 or > 1000)
            throw new SqlException(SqlState.InvalidParameterValue, $"NUMERIC scale {scale} must be between -1000 and 1000");
        return ((precision << 16) | (scale & 0x7FF)) + 4;
    }

    public override string FormatModifier(int modifier)
    {
        if (modifier < 4)
            return "";
        var (precision, scale) = Split(modifier);
        return $"({precision},{scale})";
    }

    public override void EncodeKey(Datum value, ref KeyWriter writer)
    {
        switch (Numerics.KindOf(value))
        {
            case NumericKind.NaN:
                writer.WriteByte(KeyNaN);
                return;
            case NumericKind.PositiveInfinity:
                writer.WriteByte(KeyPositiveInfinity);
                return;
            case NumericKind.NegativeInfinity:
                writer.WriteByte(KeyNegativeInfinity);
                return;
        }
        var sign = Numerics.SignOf(value);
        writer.WriteByte(sign == 0 ? KeyZero : sign < 0 ? KeyNegative : KeyPositive);
        if (sign != 0)
            EncodeMagnitude(value, sign < 0, ref writer);
    }

    /// <summary>
    /// 0.d₁d₂… · 10^exponent: the exponent, then pairs of digits plus one, then zero; all inverted for a negative value. The exponent is one byte
    /// around 0x80, or 0x00 / 0xFF before four bytes where it is far out.
    /// </summary>
    private static void EncodeMagnitude(Datum value, bool negative, ref KeyWriter writer)
    {
        var (mantissa, power) = Numerics.Normalize(value);
        var digits = BigInteger.Abs(mantissa).ToString("D", System.Globalization.NumberFormatInfo.InvariantInfo);
        var exponent = digits.Length + power;
        var flip = negative ? (byte)0xFF : (byte)0;
        if (exponent is > -120 and < 120)
        {
            writer.WriteByte((byte)((exponent + 0x80) ^ flip));
        }
        else
        {
            writer.WriteByte((byte)((exponent < 0 ? 0x00 : 0xFF) ^ flip));
            writer.WriteUInt32((uint)(exponent ^ int.MinValue) ^ (negative ? uint.MaxValue : 0));
        }
        for (var i = 0; i < digits.Length; i += 2)
        {
            var pair = (digits[i] - '0') * 10 + (i + 1 < digits.Length ? digits[i + 1] - '0' : 0);
            writer.WriteByte((byte)((pair + 1) ^ flip));
        }
        writer.WriteByte(flip);
    }

    public override void EncodeRow(Datum value, IBufferWriter<byte> output)
    {
        if (Numerics.TrySmall(value, out var mantissa, out var scale))
        {
            output.Write([(byte)scale]);
            CompactInteger.Write(mantissa, output);
            return;
        }
        var big = value.As<BigNumeric>();
        if (big.Kind != NumericKind.Finite)
        {
            output.Write([big.Kind switch
            {
                NumericKind.NaN => RowNaN,
                NumericKind.PositiveInfinity => RowPositiveInfinity,
                _ => RowNegativeInfinity,
            }]);
            return;
        }
        var bytes = big.Mantissa.GetByteCount();
        var span = output.GetSpan(3 + bytes);
        span[0] = RowBig;
        BinaryPrimitives.WriteUInt16LittleEndian(span[1..], (ushort)big.Scale);
        big.Mantissa.TryWriteBytes(span[3..], out _);
        output.Advance(3 + bytes);
    }

    public override Datum DecodeRow(byte[] buffer, int offset, int length)
    {
        var head = buffer[offset];
        if (head <= Numerics.SmallScaleMax)
            return Numerics.Small(CompactInteger.Read(buffer, offset + 1, length - 1), head);
        return head switch
        {
            RowNaN => Numerics.NaN,
            RowPositiveInfinity => Datum.FromObject(BigNumeric.PositiveInfinity),
            RowNegativeInfinity => Datum.FromObject(BigNumeric.NegativeInfinity),
            _ => Datum.FromObject(new BigNumeric(new BigInteger(buffer.AsSpan(offset + 3, length - 3)), BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(offset + 1)))),
        };
    }
}
