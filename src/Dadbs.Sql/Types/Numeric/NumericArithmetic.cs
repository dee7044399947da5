using System.Numerics;
using Dadbs.Sql.Functions;

namespace Dadbs.Sql.Types;

/// <summary>
/// The four operations, modulo and square root, exact, with PostgreSQL's result scales (numeric.c: add keeps the larger scale, multiply adds
/// them, divide uses select_div_scale) and its rules for NaN and the infinities.
/// </summary>
internal static class NumericArithmetic
{
    public static Datum Add(Datum left, Datum right)
    {
        if (Numerics.TrySmall(left, out var a, out var scaleA) && Numerics.TrySmall(right, out var b, out var scaleB))
        {
            if (scaleA == scaleB)
            {
                var sum = a + b;
                return ((a ^ sum) & (b ^ sum)) >= 0 ? Numerics.Small(sum, scaleA) : Numerics.FromInt128((Int128)a + b, scaleA);
            }
            return scaleA < scaleB
                ? Numerics.FromInt128((Int128)a * PowersOfTen.Int64(scaleB - scaleA) + b, scaleB)
                : Numerics.FromInt128(a + (Int128)b * PowersOfTen.Int64(scaleA - scaleB), scaleA);
        }
        return AddBig(left, right);
    }

    private static Datum AddBig(Datum left, Datum right)
    {
        var (kindLeft, kindRight) = (Numerics.KindOf(left), Numerics.KindOf(right));
        if (kindLeft != NumericKind.Finite || kindRight != NumericKind.Finite)
        {
            if (kindLeft == NumericKind.NaN || kindRight == NumericKind.NaN)
                return Numerics.NaN;
            if (kindLeft == NumericKind.Finite)
                return right;
            return kindRight == NumericKind.Finite || kindRight == kindLeft ? left : Numerics.NaN;
        }
        var (a, scaleA) = Numerics.Unpack(left);
        var (b, scaleB) = Numerics.Unpack(right);
        var scale = Math.Max(scaleA, scaleB);
        return Numerics.FromBig(a * PowersOfTen.Big(scale - scaleA) + b * PowersOfTen.Big(scale - scaleB), scale);
    }

    public static Datum Negate(Datum value)
    {
        if (Numerics.TrySmall(value, out var mantissa, out var scale))
            return Numerics.FromInt128(-(Int128)mantissa, scale);
        var big = value.As<BigNumeric>();
        return big.Kind switch
        {
            NumericKind.PositiveInfinity => Datum.FromObject(BigNumeric.NegativeInfinity),
            NumericKind.NegativeInfinity => Datum.FromObject(BigNumeric.PositiveInfinity),
            NumericKind.NaN => value,
            _ => Numerics.FromBig(-big.Mantissa, big.Scale),
        };
    }

    public static Datum Subtract(Datum left, Datum right)
    {
        if (Numerics.TrySmall(left, out var a, out var scaleA) && Numerics.TrySmall(right, out var b, out var scaleB) && scaleA == scaleB)
        {
            var difference = a - b;
            return ((a ^ b) & (a ^ difference)) >= 0 ? Numerics.Small(difference, scaleA) : Numerics.FromInt128((Int128)a - b, scaleA);
        }
        return Add(left, Negate(right));
    }

    public static Datum Multiply(Datum left, Datum right)
    {
        if (Numerics.TrySmall(left, out var a, out var scaleA) && Numerics.TrySmall(right, out var b, out var scaleB))
            return Numerics.FromInt128((Int128)a * b, scaleA + scaleB);
        return MultiplyBig(left, right);
    }

    private static Datum MultiplyBig(Datum left, Datum right)
    {
        if (!Numerics.IsFinite(left) || !Numerics.IsFinite(right))
        {
            if (Numerics.IsNaN(left) || Numerics.IsNaN(right))
                return Numerics.NaN;
            return Infinity(Numerics.SignOf(left) * Numerics.SignOf(right));
        }
        var (a, scaleA) = Numerics.Unpack(left);
        var (b, scaleB) = Numerics.Unpack(right);
        var scale = scaleA + scaleB;
        var product = a * b;
        if (scale <= Numerics.ScaleMax)
            return Numerics.FromBig(product, scale);
        return Numerics.FromBig(Numerics.Rescale(product, scale, Numerics.ScaleMax), Numerics.ScaleMax);
    }

    /// <summary>Sign 0 gives NaN: zero times infinity.</summary>
    private static Datum Infinity(int sign) =>
        Datum.FromObject(sign > 0 ? BigNumeric.PositiveInfinity : sign < 0 ? BigNumeric.NegativeInfinity : BigNumeric.NaN);

    public static Datum Divide(Datum left, Datum right)
    {
        if (SpecialQuotient(left, right) is { } special)
            return special;
        return DivideAt(left, right, SelectDivisionScale(left, right));
    }

    /// <summary>The quotient at a scale, rounded half away from zero; finite operands, divisor not zero.</summary>
    public static Datum DivideAt(Datum left, Datum right, int scale)
    {
        var (a, scaleA) = Numerics.Unpack(left);
        var (b, scaleB) = Numerics.Unpack(right);
        if (b.IsZero)
            throw InputErrors.DivisionByZero();
        var shift = scale - scaleA + scaleB;
        return shift >= 0
            ? Numerics.FromBig(Numerics.DivideRounding(a * PowersOfTen.Big(shift), b), scale)
            : Numerics.FromBig(Numerics.DivideRounding(a, b * PowersOfTen.Big(-shift)), scale);
    }

    /// <summary>div(): the quotient cut to an integer.</summary>
    public static Datum DivideTruncating(Datum left, Datum right)
    {
        if (SpecialQuotient(left, right) is { } special)
            return special;
        var (a, scaleA) = Numerics.Unpack(left);
        var (b, scaleB) = Numerics.Unpack(right);
        if (b.IsZero)
            throw InputErrors.DivisionByZero();
        var scale = Math.Max(scaleA, scaleB);
        return Numerics.FromBig(BigInteger.Divide(a * PowersOfTen.Big(scale - scaleA), b * PowersOfTen.Big(scale - scaleB)), 0);
    }

    /// <summary>The remainder of truncating division: the dividend's sign.</summary>
    public static Datum Modulo(Datum left, Datum right)
    {
        if (!Numerics.IsFinite(left) || !Numerics.IsFinite(right))
        {
            if (Numerics.IsNaN(left) || Numerics.IsNaN(right))
                return Numerics.NaN;
            if (!Numerics.IsFinite(left))
                return Numerics.SignOf(right) == 0 ? throw InputErrors.DivisionByZero() : Numerics.NaN;
            return left;
        }
        if (Numerics.TrySmall(left, out var smallLeft, out var smallScale) && Numerics.TrySmall(right, out var smallRight, out var otherScale)
            && smallScale == otherScale && smallRight is not 0 and not -1)
            return Numerics.Small(smallLeft % smallRight, smallScale);
        var (a, scaleA) = Numerics.Unpack(left);
        var (b, scaleB) = Numerics.Unpack(right);
        if (b.IsZero)
            throw InputErrors.DivisionByZero();
        var scale = Math.Max(scaleA, scaleB);
        return Numerics.FromBig(BigInteger.Remainder(a * PowersOfTen.Big(scale - scaleA), b * PowersOfTen.Big(scale - scaleB)), scale);
    }

    private static Datum? SpecialQuotient(Datum left, Datum right)
    {
        if (Numerics.IsFinite(left) && Numerics.IsFinite(right))
            return null;
        if (Numerics.IsNaN(left) || Numerics.IsNaN(right))
            return Numerics.NaN;
        if (Numerics.IsFinite(left))
            return Numerics.Zero;
        if (!Numerics.IsFinite(right))
            return Numerics.NaN;
        var sign = Numerics.SignOf(right);
        return sign == 0 ? throw InputErrors.DivisionByZero() : Infinity(Numerics.SignOf(left) * sign);
    }

    /// <summary>
    /// select_div_scale: at least 16 significant digits and both operands' scales. It counts in base-10000 digits, which is why the result depends on
    /// where the decimal point lies modulo 4.
    /// </summary>
    public static int SelectDivisionScale(Datum left, Datum right)
    {
        var (weightLeft, firstLeft) = LeadingDigit(left);
        var (weightRight, firstRight) = LeadingDigit(right);
        var quotientWeight = weightLeft - weightRight;
        if (firstLeft <= firstRight)
            quotientWeight--;
        var scale = Numerics.SignificantDigitsMin - quotientWeight * 4;
        scale = Math.Max(Math.Max(scale, Numerics.ScaleOf(left)), Math.Max(Numerics.ScaleOf(right), 0));
        return Math.Min(scale, Numerics.DisplayScaleMax);
    }

    /// <summary>The weight (power of 10000) and value (1 … 9999) of the first base-10000 digit; (0, 0) for zero.</summary>
    public static (int Weight, int First) LeadingDigit(Datum value)
    {
        var (mantissa, scale) = Numerics.Unpack(value);
        if (mantissa.IsZero)
            return (0, 0);
        var digits = PowersOfTen.DigitsOf(mantissa);
        var exponent = digits - scale - 1;
        var weight = exponent >= 0 ? exponent / 4 : -((3 - exponent) / 4);
        var kept = exponent - weight * 4 + 1;
        var magnitude = BigInteger.Abs(mantissa);
        var first = digits >= kept ? magnitude / PowersOfTen.Big(digits - kept) : magnitude * PowersOfTen.Big(kept - digits);
        return (weight, (int)first);
    }

    /// <summary>2201F for a negative argument.</summary>
    public static Datum SquareRoot(Datum value)
    {
        var kind = Numerics.KindOf(value);
        if (kind is NumericKind.NaN or NumericKind.PositiveInfinity)
            return value;
        if (Numerics.SignOf(value) < 0)
            throw new SqlException(SqlState.InvalidArgumentForPowerFunction, "cannot take square root of a negative number");
        var weight = LeadingDigit(value).Weight;
        var rootWeight = (weight + 1) * 4 / 2 - 1;
        var scale = Math.Max(Math.Max(Numerics.SignificantDigitsMin - rootWeight, Numerics.ScaleOf(value)), 0);
        return SquareRootAt(value, Math.Min(scale, Numerics.DisplayScaleMax));
    }

    /// <summary>The root of a finite, non-negative value, rounded to a scale.</summary>
    public static Datum SquareRootAt(Datum value, int scale)
    {
        var (mantissa, from) = Numerics.Unpack(value);
        var shift = 2 * (scale + 1) - from;
        var radicand = shift >= 0 ? mantissa * PowersOfTen.Big(shift) : mantissa / PowersOfTen.Big(-shift);
        return Numerics.FromBig(Numerics.DivideRounding(IntegerSquareRoot(radicand), 10), scale);
    }

    /// <summary>Newton's iteration from above: the floor of the root.</summary>
    public static BigInteger IntegerSquareRoot(BigInteger value)
    {
        if (value.IsZero)
            return value;
        var guess = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (guess + value / guess) >> 1;
            if (next >= guess)
                return guess;
            guess = next;
        }
    }

    /// <summary>Counts the work of operations whose cost grows with their operands.</summary>
    public static void Count(EvaluationContext context, Datum left, Datum right)
    {
        if (left.Ref is BigNumeric a && right.Ref is BigNumeric b)
            context.Budget.Step(1 + a.Mantissa.GetByteCount() / 8L * (b.Mantissa.GetByteCount() / 8L));
    }
}
