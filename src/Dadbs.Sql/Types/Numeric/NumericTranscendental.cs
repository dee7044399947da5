using System.Numerics;
using Dadbs.Sql.Functions;

namespace Dadbs.Sql.Types;

/// <summary>exp, ln, log and power of numeric, with the result scales that numeric.c chooses (16 significant digits at least, 1000 decimals at most).</summary>
internal static class NumericTranscendental
{
    /// <summary>NUMERIC_MAX_RESULT_SCALE: the largest decimal weight that a result may have.</summary>
    private const int ResultScaleMax = 2000;
    private const int GuardDigits = 12;

    public static Datum Exp(EvaluationContext context, Datum value)
    {
        switch (Numerics.KindOf(value))
        {
            case NumericKind.NegativeInfinity:
                return Numerics.Zero;
            case NumericKind.PositiveInfinity or NumericKind.NaN:
                return value;
        }
        var weight = Math.Clamp(ApproximateDouble(value) * 0.434294481903252, -ResultScaleMax, ResultScaleMax);
        var scale = ClampScale(Numerics.SignificantDigitsMin - (int)weight, Numerics.ScaleOf(value));
        return ExpAt(context, value, scale);
    }

    private static int ClampScale(int scale, params ReadOnlySpan<int> operandScales)
    {
        foreach (var operand in operandScales)
            scale = Math.Max(scale, operand);
        return Math.Clamp(scale, 0, Numerics.DisplayScaleMax);
    }

    private static Datum ExpAt(EvaluationContext context, Datum value, int scale)
    {
        var x = ApproximateDouble(value);
        if (Math.Abs(x) >= ResultScaleMax * 3)
            return x > 0 ? throw Numerics.Overflow() : Numerics.FromBig(0, scale);
        var bits = BitsFor(scale + Math.Max(0, (int)(x * 0.4343)) + GuardDigits);
        context.Budget.Step(bits);
        return FromFixed(FixedPoint.Exp(ToFixed(value, bits), bits), bits, scale);
    }

    /// <summary>2201E for zero and below.</summary>
    public static Datum Ln(EvaluationContext context, Datum value)
    {
        CheckLogarithm(value);
        if (!Numerics.IsFinite(value))
            return value;
        var scale = ClampScale(Numerics.SignificantDigitsMin - LnWeight(value), Numerics.ScaleOf(value));
        return LnAt(context, value, scale);
    }

    private static void CheckLogarithm(Datum value)
    {
        if (Numerics.IsNaN(value) || Numerics.SignOf(value) > 0)
            return;
        throw new SqlException(SqlState.InvalidArgumentForLog, Numerics.SignOf(value) == 0 ? "cannot take logarithm of zero" : "cannot take logarithm of a negative number");
    }

    private static Datum LnAt(EvaluationContext context, Datum value, int scale)
    {
        var (x, bits) = LnFixed(context, value, scale);
        return FromFixed(x, bits, scale);
    }

    /// <summary>ln with enough bits for a number of decimals, whatever the argument's size.</summary>
    private static (BigInteger Value, int Bits) LnFixed(EvaluationContext context, Datum value, int decimals)
    {
        // The argument is brought near one by a power of ten first: tiny and huge arguments lose nothing.
        var (mantissa, argumentScale) = Numerics.Unpack(value);
        var shift = PowersOfTen.DigitsOf(mantissa) - argumentScale - 1;
        if (shift is >= -2 and <= 2)
            shift = 0;
        var bits = BitsFor(decimals + GuardDigits) + 32;
        context.Budget.Step(bits * 4L);
        var near = ToFixed(mantissa, argumentScale + shift, bits);
        var result = FixedPoint.Ln(near, bits);
        if (shift != 0)
            result += shift * FixedPoint.Ln((BigInteger)10 << bits, bits);
        return (result, bits);
    }

    /// <summary>log(b, x): 2201E; log(1, x) divides by zero.</summary>
    public static Datum Log(EvaluationContext context, Datum logBase, Datum value)
    {
        if (Numerics.IsNaN(logBase) || Numerics.IsNaN(value))
            return Numerics.NaN;
        CheckLogarithm(logBase);
        CheckLogarithm(value);
        if (!Numerics.IsFinite(logBase) || !Numerics.IsFinite(value))
            return Numerics.IsFinite(value) ? Numerics.Zero : Numerics.IsFinite(logBase) ? value : Numerics.NaN;
        var weight = LnWeight(value) - LnWeight(logBase);
        var scale = ClampScale(Numerics.SignificantDigitsMin - weight, Numerics.ScaleOf(logBase), Numerics.ScaleOf(value));
        var decimals = scale + Math.Abs(LnWeight(logBase)) * 2 + Math.Abs(weight) + 8;
        var (numerator, bits) = LnFixed(context, value, decimals);
        var (denominator, _) = LnFixed(context, logBase, decimals);
        if (denominator.IsZero)
            throw InputErrors.DivisionByZero();
        return FromFixed((numerator << bits) / denominator, bits, scale);
    }

    public static Datum Power(EvaluationContext context, Datum radix, Datum exponent)
    {
        if (SpecialPower(radix, exponent) is { } special)
            return special;
        var (mantissa, power) = Numerics.Normalize(exponent);
        var isInteger = power >= 0;
        if (isInteger && PowersOfTen.DigitsOf(mantissa) + power <= 10 && (mantissa * PowersOfTen.Big(power)) is var whole && whole >= int.MinValue && whole <= int.MaxValue)
            return IntegerPower(context, radix, (int)whole);
        if (Numerics.SignOf(radix) == 0)
            return Numerics.FromBig(0, Numerics.SignificantDigitsMin);
        var negative = Numerics.SignOf(radix) < 0;
        if (negative && !isInteger)
            throw new SqlException(SqlState.InvalidArgumentForPowerFunction, "a negative number raised to a non-integer power yields a complex result");
        var result = RealPower(context, negative ? NumericArithmetic.Negate(radix) : radix, exponent);
        return negative && power == 0 && !mantissa.IsEven ? NumericArithmetic.Negate(result) : result;
    }

    private static Datum RealPower(EvaluationContext context, Datum radix, Datum exponent)
    {
        var estimate = NumericArithmetic.Multiply(LnAt(context, radix, ClampScale(8 - LnWeight(radix))), exponent);
        var x = ApproximateDouble(estimate);
        if (Math.Abs(x) > ResultScaleMax * 3.01)
            return x > 0 ? throw Numerics.Overflow() : Numerics.FromBig(0, Numerics.DisplayScaleMax);
        var weight = x * 0.434294481903252;
        var scale = ClampScale(Numerics.SignificantDigitsMin - (int)weight, Numerics.ScaleOf(radix), Numerics.ScaleOf(exponent));
        var exponentDigits = PowersOfTen.DigitsOf(Numerics.Unpack(exponent).Mantissa) - Numerics.ScaleOf(exponent);
        var (ln, bits) = LnFixed(context, radix, scale + Math.Max(0, (int)weight) + Math.Max(0, exponentDigits) + 8);
        var (m, s) = Numerics.Unpack(exponent);
        return FromFixed(FixedPoint.Exp(ln * m / PowersOfTen.Big(s), bits), bits, scale);
    }

    /// <summary>The rules for NaN, infinities and zero (IEEE pow, with errors where SQL demands them); null for the ordinary case.</summary>
    private static Datum? SpecialPower(Datum radix, Datum exponent)
    {
        if (Numerics.IsNaN(radix))
            return Numerics.IsFinite(exponent) && Numerics.SignOf(exponent) == 0 ? Numerics.One : Numerics.NaN;
        if (Numerics.IsNaN(exponent))
            return Numerics.IsFinite(radix) && Numerics.Compare(radix, Numerics.One) == 0 ? Numerics.One : Numerics.NaN;
        if (Numerics.SignOf(radix) == 0 && Numerics.SignOf(exponent) < 0)
            throw new SqlException(SqlState.InvalidArgumentForPowerFunction, "zero raised to a negative power is undefined");
        if (Numerics.IsFinite(radix) && Numerics.IsFinite(exponent))
            return null;
        var infinity = Datum.FromObject(BigNumeric.PositiveInfinity);
        if (Numerics.IsFinite(exponent))
        {
            if (Numerics.SignOf(exponent) == 0)
                return Numerics.One;
            if (Numerics.SignOf(radix) > 0)
                return Numerics.SignOf(exponent) > 0 ? radix : Numerics.Zero;
            var (mantissa, power) = Numerics.Normalize(exponent);
            if (power < 0)
                throw new SqlException(SqlState.InvalidArgumentForPowerFunction, "a negative number raised to a non-integer power yields a complex result");
            if (Numerics.SignOf(exponent) < 0)
                return Numerics.Zero;
            return power == 0 && !mantissa.IsEven ? radix : infinity;
        }
        var magnitude = Numerics.SignOf(radix) < 0 ? NumericArithmetic.Negate(radix) : radix;
        var order = Numerics.Compare(magnitude, Numerics.One);
        if (order == 0)
            return Numerics.One;
        return order > 0 == Numerics.SignOf(exponent) > 0 ? infinity : Numerics.Zero;
    }

    private static Datum IntegerPower(EvaluationContext context, Datum radix, int exponent)
    {
        var log = Numerics.SignOf(radix) == 0 ? 0 : exponent * ApproximateLog10(radix);
        if (log >= Numerics.IntegralDigitsMax)
            throw Numerics.Overflow();
        var scale = ClampScale(Numerics.SignificantDigitsMin, Numerics.ScaleOf(radix));
        if (log + 1 < -scale)
            return Numerics.FromBig(0, scale);
        switch (exponent)
        {
            case 0:
                return Numerics.Round(Numerics.One, scale);
            case 1:
                return Numerics.Round(radix, scale);
            case -1:
                return NumericArithmetic.DivideAt(Numerics.One, radix, scale);
            case 2:
                return Numerics.Round(NumericArithmetic.Multiply(radix, radix), scale);
        }
        if (Numerics.SignOf(radix) == 0)
            return Numerics.FromBig(0, scale);
        return RepeatedSquaring(context, radix, exponent, scale, (int)log);
    }

    /// <summary>Square and multiply, keeping no more digits than the result shows and a guard.</summary>
    private static Datum RepeatedSquaring(EvaluationContext context, Datum radix, int exponent, int scale, int log)
    {
        var digits = Math.Max(scale + log + 30, 40);
        var (mantissa, from) = Numerics.Unpack(radix);
        var (square, squarePower) = (mantissa, -from);
        var (result, resultPower) = (BigInteger.One, 0);
        for (var bits = (uint)Math.Abs((long)exponent); bits != 0; bits >>= 1)
        {
            context.Budget.Step(1 + digits / 8L * (digits / 64));
            if ((bits & 1) != 0)
                (result, resultPower) = Cut(result * square, resultPower + squarePower, digits);
            if (bits > 1)
                (square, squarePower) = Cut(square * square, 2 * squarePower, digits);
        }
        if (exponent < 0)
        {
            // 1 / (result · 10^power) at the scale.
            var shift = scale - resultPower;
            return shift >= 0
                ? Numerics.FromBig(Numerics.DivideRounding(PowersOfTen.Big(scale) * PowersOfTen.Big(Math.Max(0, -resultPower)), result * PowersOfTen.Big(Math.Max(0, resultPower))), scale)
                : Numerics.FromBig(0, scale);
        }
        return Numerics.FromBig(Numerics.Rescale(resultPower > 0 ? result * PowersOfTen.Big(resultPower) : result, Math.Max(0, -resultPower), scale), scale);
    }

    private static (BigInteger, int) Cut(BigInteger value, int power, int digits)
    {
        var excess = PowersOfTen.DigitsOf(value) - digits;
        return excess <= 0 ? (value, power) : (Numerics.DivideRounding(value, PowersOfTen.Big(excess)), power + excess);
    }

    private static double ApproximateLog10(Datum value)
    {
        var (mantissa, scale) = Numerics.Unpack(value);
        var digits = PowersOfTen.DigitsOf(mantissa);
        var leading = digits > 17 ? BigInteger.Abs(mantissa) / PowersOfTen.Big(digits - 17) : BigInteger.Abs(mantissa) * PowersOfTen.Big(17 - digits);
        return Transcendentals.Log10((double)(ulong)leading) - 17 + digits - scale;
    }

    /// <summary>estimate_ln_dweight: the decimal weight of ln x.</summary>
    private static int LnWeight(Datum value)
    {
        if (!Numerics.IsFinite(value) || Numerics.SignOf(value) <= 0)
            return 0;
        if (Numerics.Compare(value, Numerics.Small(9, 1)) >= 0 && Numerics.Compare(value, Numerics.Small(11, 1)) <= 0)
        {
            var distance = NumericArithmetic.Subtract(value, Numerics.One);
            if (Numerics.SignOf(distance) == 0)
                return 0;
            var (weight, first) = NumericArithmetic.LeadingDigit(distance);
            return weight * 4 + PowersOfTen.DigitsOf((long)first) - 1;
        }
        var ln = ApproximateLog10(value) * 2.302585092994046;
        return (int)Transcendentals.Log10(Math.Abs(ln));
    }

    /// <summary>To double, infinite when far out; only for estimates.</summary>
    public static double ApproximateDouble(Datum value)
    {
        var (mantissa, scale) = Numerics.Unpack(value);
        if (mantissa.IsZero)
            return 0;
        if (PowersOfTen.DigitsOf(mantissa) - scale > 300)
            return mantissa.Sign * double.PositiveInfinity;
        return double.Parse(NumericText.ToString(value), System.Globalization.NumberFormatInfo.InvariantInfo);
    }

    /// <summary>3.33 bits a digit.</summary>
    private static int BitsFor(int digits) => digits * 10 / 3 + 16;

    private static BigInteger ToFixed(Datum value, int bits)
    {
        var (mantissa, scale) = Numerics.Unpack(value);
        return ToFixed(mantissa, scale, bits);
    }

    private static BigInteger ToFixed(BigInteger mantissa, int scale, int bits) =>
        scale >= 0 ? (mantissa << bits) / PowersOfTen.Big(scale) : (mantissa << bits) * PowersOfTen.Big(-scale);

    private static Datum FromFixed(BigInteger value, int bits, int scale) =>
        Numerics.FromBig(Numerics.DivideRounding(value * PowersOfTen.Big(scale), BigInteger.One << bits), scale);
}
