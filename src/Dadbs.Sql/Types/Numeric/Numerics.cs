using System.Numerics;
using System.Runtime.CompilerServices;

namespace Dadbs.Sql.Types;

/// <summary>
/// The two forms of a numeric Datum. Small: the mantissa in Bits, and as Ref one of 19 markers that names the display scale (0–18). Big: a
/// <see cref="BigNumeric"/>. A finite value that fits the small form always has it, so equal forms can be compared without unpacking.
/// </summary>
internal static class Numerics
{
    public const int SmallScaleMax = 18;

    /// <summary>NUMERIC_DSCALE_MAX</summary>
    public const int ScaleMax = 16383;

    /// <summary>NUMERIC_WEIGHT_MAX in decimal digits: no value has more before the point.</summary>
    public const int IntegralDigitsMax = 131072;

    /// <summary>NUMERIC_MAX_DISPLAY_SCALE: the most digits after the point that division and the transcendental functions produce.</summary>
    public const int DisplayScaleMax = 1000;

    /// <summary>NUMERIC_MIN_SIG_DIGITS: division and transcendental functions give at least this many.</summary>
    public const int SignificantDigitsMin = 16;

    private sealed class ScaleMarker(int scale)
    {
        public int Scale { get; } = scale;
    }

    private static readonly ScaleMarker[] Markers = [.. Enumerable.Range(0, SmallScaleMax + 1).Select(scale => new ScaleMarker(scale))];

    public static Datum Zero { get; } = Small(0, 0);

    public static Datum One { get; } = Small(1, 0);

    public static Datum NaN { get; } = Datum.FromObject(BigNumeric.NaN);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Datum Small(long mantissa, int scale) => new(Markers[scale], mantissa);

    public static Datum FromInt64(long value) => Small(value, 0);

    public static Datum FromInt128(Int128 mantissa, int scale) =>
        scale <= SmallScaleMax && mantissa == (long)mantissa ? Small((long)mantissa, scale) : FromBig((BigInteger)mantissa, scale);

    /// <summary>Any finite value; 22003 where it is past PostgreSQL's limits.</summary>
    public static Datum FromBig(BigInteger mantissa, int scale)
    {
        if (scale <= SmallScaleMax && mantissa >= long.MinValue && mantissa <= long.MaxValue)
            return Small((long)mantissa, scale);
        if (scale > ScaleMax || PowersOfTen.DigitsOf(mantissa) - scale > IntegralDigitsMax)
            throw Overflow();
        return Datum.FromObject(new BigNumeric(mantissa, scale));
    }

    public static SqlException Overflow() => new(SqlState.NumericValueOutOfRange, "value overflows numeric format");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TrySmall(Datum value, out long mantissa, out int scale)
    {
        if (value.Ref is ScaleMarker marker)
        {
            mantissa = value.Bits;
            scale = marker.Scale;
            return true;
        }
        mantissa = 0;
        scale = 0;
        return false;
    }

    public static NumericKind KindOf(Datum value) => value.Ref is BigNumeric big ? big.Kind : NumericKind.Finite;

    public static bool IsFinite(Datum value) => value.Ref is not BigNumeric big || big.Kind == NumericKind.Finite;

    public static bool IsNaN(Datum value) => value.Ref is BigNumeric { Kind: NumericKind.NaN };

    /// <summary>Mantissa and scale of a finite value.</summary>
    public static (BigInteger Mantissa, int Scale) Unpack(Datum value)
    {
        if (TrySmall(value, out var mantissa, out var scale))
            return (mantissa, scale);
        var big = value.As<BigNumeric>();
        return (big.Mantissa, big.Scale);
    }

    public static int ScaleOf(Datum value) => TrySmall(value, out _, out var scale) ? scale : value.As<BigNumeric>().Scale;

    /// <summary>-1, 0, 1; infinities have their sign, NaN 1.</summary>
    public static int SignOf(Datum value)
    {
        if (TrySmall(value, out var mantissa, out _))
            return Math.Sign(mantissa);
        var big = value.As<BigNumeric>();
        return big.Kind switch
        {
            NumericKind.Finite => big.Mantissa.Sign,
            NumericKind.NegativeInfinity => -1,
            _ => 1,
        };
    }

    public static int Compare(Datum left, Datum right)
    {
        if (TrySmall(left, out var a, out var scaleA) && TrySmall(right, out var b, out var scaleB))
        {
            if (scaleA == scaleB)
                return a.CompareTo(b);
            return scaleA < scaleB
                ? ((Int128)a * PowersOfTen.Int64(scaleB - scaleA)).CompareTo(b)
                : ((Int128)a).CompareTo((Int128)b * PowersOfTen.Int64(scaleA - scaleB));
        }
        var (kindA, kindB) = (Rank(left), Rank(right));
        if (kindA != kindB || kindA != 0)
            return kindA.CompareTo(kindB);
        return CompareFinite(Unpack(left), Unpack(right));
    }

    private static int CompareFinite((BigInteger Mantissa, int Scale) left, (BigInteger Mantissa, int Scale) right)
    {
        if (left.Mantissa.Sign != right.Mantissa.Sign || left.Mantissa.IsZero)
            return left.Mantissa.Sign.CompareTo(right.Mantissa.Sign);
        // Sizes first, so that 1e131071 against 1e-16000 multiplies nothing.
        var sizes = (PowersOfTen.DigitsOf(left.Mantissa) - left.Scale).CompareTo(PowersOfTen.DigitsOf(right.Mantissa) - right.Scale);
        if (sizes != 0)
            return sizes * left.Mantissa.Sign;
        return left.Scale <= right.Scale
            ? (left.Mantissa * PowersOfTen.Big(right.Scale - left.Scale)).CompareTo(right.Mantissa)
            : left.Mantissa.CompareTo(right.Mantissa * PowersOfTen.Big(left.Scale - right.Scale));
    }

    /// <summary>-∞ before finite before ∞ before NaN.</summary>
    private static int Rank(Datum value) => KindOf(value) switch
    {
        NumericKind.NegativeInfinity => -1,
        NumericKind.Finite => 0,
        NumericKind.PositiveInfinity => 1,
        _ => 2,
    };

    /// <summary>Rounds half away from zero; a negative scale rounds before the point and displays with scale 0.</summary>
    public static Datum Round(Datum value, int scale)
    {
        if (!IsFinite(value))
            return value;
        if (TrySmall(value, out var mantissa, out var from) && scale is >= 0 and <= SmallScaleMax)
        {
            if (scale == from)
                return value;
            if (scale < from)
                return Small(DivideRounding(mantissa, PowersOfTen.Int64(from - scale)), scale);
            return FromInt128((Int128)mantissa * PowersOfTen.Int64(scale - from), scale);
        }
        var (big, bigFrom) = Unpack(value);
        return FromBig(Rescale(big, bigFrom, scale), Math.Max(scale, 0));
    }

    /// <summary>The mantissa at another scale, rounded half away from zero; for a negative scale at scale 0.</summary>
    public static BigInteger Rescale(BigInteger mantissa, int from, int to)
    {
        var target = Math.Max(to, 0);
        var rounded = to >= from ? mantissa * PowersOfTen.Big(to - from) : DivideRounding(mantissa, PowersOfTen.Big(from - to));
        return to < 0 ? rounded * PowersOfTen.Big(target - to) : rounded;
    }

    public static Datum Truncate(Datum value, int scale)
    {
        if (!IsFinite(value))
            return value;
        var (mantissa, from) = Unpack(value);
        if (scale >= from)
            return Round(value, scale);
        var cut = BigInteger.Divide(mantissa, PowersOfTen.Big(from - scale));
        return FromBig(scale < 0 ? cut * PowersOfTen.Big(-scale) : cut, Math.Max(scale, 0));
    }

    public static long DivideRounding(long value, long divisor)
    {
        var quotient = Math.DivRem(value, divisor, out var rest);
        var magnitude = rest < 0 ? -rest : rest;
        if (magnitude >= divisor - magnitude)
            quotient += value < 0 ? -1 : 1;
        return quotient;
    }

    /// <summary>Half away from zero; the divisor may have any sign.</summary>
    public static BigInteger DivideRounding(BigInteger value, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(value, divisor, out var rest);
        if (BigInteger.Abs(rest) * 2 >= BigInteger.Abs(divisor))
            quotient += value.Sign * divisor.Sign;
        return quotient;
    }

    /// <summary>The value without trailing zeros: mantissa and power of ten. Zero gives (0, 0).</summary>
    public static (BigInteger Mantissa, int Exponent) Normalize(Datum value)
    {
        var (mantissa, scale) = Unpack(value);
        if (mantissa.IsZero)
            return (mantissa, 0);
        var exponent = -scale;
        // Big steps first: a value such as 1e100000 has many zeros to lose.
        for (var step = 4096; step >= 1; step /= 8)
        {
            while (true)
            {
                var quotient = BigInteger.DivRem(mantissa, PowersOfTen.Big(step), out var rest);
                if (!rest.IsZero)
                    break;
                mantissa = quotient;
                exponent += step;
            }
        }
        return (mantissa, exponent);
    }
}
