using System.Numerics;

namespace Dadbs.Sql.Functions;

/// <summary>
/// The transcendental functions of double precision in managed code: computed in double-double and rounded once, so results are correctly rounded in
/// all but very rare cases (error below 0.5001 units of the last place), and the same on every machine. The libm functions of
/// <see cref="Math"/> are banned: they differ between processors.
/// </summary>
internal static class Transcendentals
{
    private static readonly DoubleDouble LnTwo = new(0.6931471805599453, 2.3190468138462996e-17);
    private static readonly DoubleDouble LnTen = new(2.302585092994046, -2.1707562233822494e-16);
    private static readonly DoubleDouble Pi = new(3.141592653589793, 1.2246467991473532e-16);
    private static readonly DoubleDouble HalfPi = new(1.5707963267948966, 6.123233995736766e-17);

    // π/2 in pieces of 33 bits, so that a multiple below 2^20 is exact, and the rest.
    private static readonly double[] HalfPiPieces = SplitHalfPi();

    /// <summary>π/2 with 1,300 bits, for arguments of any size.</summary>
    private const int ReductionBits = 1300;
    private static readonly BigInteger HalfPiFixed = MachinHalfPi();

    public static double Exp(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (x > 709.79)
            return double.PositiveInfinity;
        if (x < -745.2)
            return 0;
        var (value, power) = ExpParts(x);
        return Finish(value, power);
    }

    /// <summary>Rounds once even where the result is denormal.</summary>
    private static double Finish(DoubleDouble value, int power)
    {
        if (power > -1000)
            return Math.ScaleB(value.Value, power);
        // Denormal: add a number whose last place is the denormal's, in double-double, before rounding.
        var scaled = value.Scale(power + 500);
        var anchor = Math.ScaleB(1.0, -1022 + 500);
        var rounded = (new DoubleDouble(anchor, 0) + scaled).Value - anchor;
        return Math.Abs(scaled.High) >= anchor ? Math.ScaleB(value.Value, power) : Math.ScaleB(rounded, -500);
    }

    private static (DoubleDouble Value, int Power) ExpParts(DoubleDouble x)
    {
        var k = Math.Round(x.High / LnTwo.High, MidpointRounding.ToEven);
        var rest = (x - LnTwo * k) * (1.0 / 256);
        DoubleDouble term = rest;
        var sum = rest;
        for (var i = 2; i <= 14; i++)
        {
            term = term * rest / i;
            sum += term;
        }
        // (1 + s)² − 1 = 2s + s²: squaring on the small part keeps its precision.
        for (var i = 0; i < 8; i++)
            sum = sum * 2 + sum * sum;
        return (sum + 1, (int)k);
    }

    public static double Log(double x) => x switch
    {
        double.NaN or < 0 => double.NaN,
        0 => double.NegativeInfinity,
        double.PositiveInfinity => x,
        _ => LogParts(x).Value,
    };

    public static double Log10(double x) => x is > 0 and < double.PositiveInfinity ? (LogParts(x) / LnTen).Value : Log(x);

    private static DoubleDouble LogParts(DoubleDouble x)
    {
        var power = 0;
        if (x.High < 2.2250738585072014e-308)
        {
            x = x.Scale(64);
            power = -64;
        }
        var exponent = (int)((BitConverter.DoubleToInt64Bits(x.High) >> 52) & 0x7FF) - 1023;
        x = x.Scale(-exponent);
        if (x.High > 1.4142135623730951)
        {
            x *= 0.5;
            exponent++;
        }
        var s = (x - 1) / (x + 1);
        var square = s * s;
        var sum = new DoubleDouble(0, 0);
        for (var i = 43; i >= 3; i -= 2)
            sum = (sum + (DoubleDouble)1 / i) * square;
        return s * 2 + s * 2 * sum + LnTwo * (exponent + power);
    }

    /// <summary>As C's pow, errors left to the caller.</summary>
    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1)
            return 1;
        if (double.IsNaN(x) || double.IsNaN(y))
            return double.NaN;
        var isInteger = Math.Floor(y) == y;
        var isOdd = isInteger && Math.Abs(y) < 9007199254740992 && Math.Floor(y / 2) * 2 != y;
        if (double.IsInfinity(y))
        {
            var magnitude = Math.Abs(x);
            return magnitude == 1 ? 1 : magnitude > 1 == y > 0 ? double.PositiveInfinity : 0;
        }
        if (x == 0 || double.IsInfinity(x))
        {
            var grows = x == 0 == y < 0;
            var result = grows ? double.PositiveInfinity : 0.0;
            return isOdd && double.IsNegative(x) ? -result : result;
        }
        if (x < 0 && !isInteger)
            return double.NaN;
        var power = PositivePow(Math.Abs(x), y);
        return x < 0 && isOdd ? -power : power;
    }

    private static double PositivePow(double x, double y)
    {
        // |ln x| is at least 1e-16 here, so such an exponent leaves the range for certain.
        if (Math.Abs(y) > 1e25)
            return x > 1 == y > 0 ? double.PositiveInfinity : 0;
        var product = LogParts(x) * y;
        if (product.High > 709.79)
            return double.PositiveInfinity;
        if (product.High < -745.2)
            return 0;
        var (value, power) = ExpParts(product);
        return Finish(value, power);
    }

    public static double Cbrt(double x)
    {
        if (x == 0 || !double.IsFinite(x))
            return x;
        // A tiny argument is brought up first, so that no partial product underflows.
        if (Math.Abs(x) < 1e-250)
            return Math.ScaleB(Cbrt(Math.ScaleB(x, 300)), -100);
        var magnitude = Math.Abs(x);
        var (value, power) = ExpParts(LogParts(magnitude) / 3);
        var root = value.Scale(power);
        // One Newton step takes the last doubt away.
        root = (root * 2 + (DoubleDouble)magnitude / (root * root)) / 3;
        return x < 0 ? -root.Value : root.Value;
    }

    public static double Sin(double x)
    {
        if (!double.IsFinite(x))
            return double.NaN;
        var (rest, quadrant) = Reduce(x);
        return Quarter(rest, quadrant);
    }

    public static double Cos(double x)
    {
        if (!double.IsFinite(x))
            return double.NaN;
        var (rest, quadrant) = Reduce(x);
        return Quarter(rest, quadrant + 1);
    }

    private static double Quarter(DoubleDouble rest, int quadrant)
    {
        var value = (quadrant & 1) == 0 ? SinSeries(rest) : CosSeries(rest);
        return (quadrant & 2) == 0 ? value.Value : -value.Value;
    }

    public static double Tan(double x) => double.IsFinite(x) ? TanParts(x).Value : double.NaN;

    public static double Cot(double x) => double.IsFinite(x) ? Math.Abs(x) < 1e-100 ? 1 / x : ((DoubleDouble)1 / TanParts(x)).Value : double.NaN;

    private static DoubleDouble TanParts(double x)
    {
        var (rest, quadrant) = Reduce(x);
        var (sine, cosine) = (SinSeries(rest), CosSeries(rest));
        return (quadrant & 1) == 0 ? sine / cosine : -(cosine / sine);
    }

    /// <summary>x − k·π/2 with |rest| ≤ π/4, and k modulo 4.</summary>
    private static (DoubleDouble Angle, int Quadrant) Reduce(double x)
    {
        if (Math.Abs(x) <= 0.7853981633974483)
            return (x, 0);
        if (Math.Abs(x) > 500_000)
            return ReduceLarge(x);
        var k = Math.Round(x / HalfPi.High, MidpointRounding.ToEven);
        DoubleDouble rest = x;
        foreach (var piece in HalfPiPieces)
            rest -= (DoubleDouble)k * piece;
        return (rest, (int)((long)k & 3));
    }

    private static (DoubleDouble Angle, int Quadrant) ReduceLarge(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(Math.Abs(x));
        var exponent = (int)(bits >> 52) - 1075;
        var mantissa = (BigInteger)((bits & 0xF_FFFF_FFFF_FFFF) | (1L << 52));
        var value = mantissa << (exponent + ReductionBits);
        var quotient = BigInteger.DivRem(value, HalfPiFixed, out var rest);
        if (rest * 2 > HalfPiFixed)
        {
            rest -= HalfPiFixed;
            quotient++;
        }
        var high = (double)(rest >> (ReductionBits - 1000));
        var low = (double)((rest >> (ReductionBits - 1000)) - (BigInteger)high);
        var reduced = new DoubleDouble(high, low).Scale(-1000);
        var quadrant = (int)(quotient & 3);
        return x < 0 ? (-reduced, (4 - quadrant) & 3) : (reduced, quadrant);
    }

    private static DoubleDouble SinSeries(DoubleDouble x)
    {
        var square = x * x;
        var term = x;
        var sum = x;
        for (var i = 2; i <= 28; i += 2)
        {
            term = -(term * square) / (i * (i + 1.0));
            sum += term;
        }
        return sum;
    }

    private static DoubleDouble CosSeries(DoubleDouble x)
    {
        var square = x * x;
        DoubleDouble term = 1;
        DoubleDouble sum = 1;
        for (var i = 1; i <= 27; i += 2)
        {
            term = -(term * square) / (i * (i + 1.0));
            sum += term;
        }
        return sum;
    }

    public static double Atan(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (Math.Abs(x) < 1e-100)
            return x;
        return Math.Abs(x) > 1e100 ? double.CopySign(HalfPi.High, x) : AtanParts(x).Value;
    }

    private static DoubleDouble AtanParts(DoubleDouble x)
    {
        if (Math.Abs(x.High) > 1)
        {
            var complement = AtanParts((DoubleDouble)1 / x);
            return x.High > 0 ? HalfPi - complement : -HalfPi - complement;
        }
        // Two halvings: atan x = 2 atan(x / (1 + √(1 + x²))).
        var halvings = Math.Abs(x.High) < 1e-4 ? 0 : 3;
        for (var i = 0; i < halvings; i++)
            x /= DoubleDouble.Sqrt(x * x + 1) + 1;
        var square = x * x;
        var sum = new DoubleDouble(0, 0);
        for (var i = 33; i >= 3; i -= 2)
            sum = -((sum + (DoubleDouble)1 / i) * square);
        return (x + x * sum).Scale(halvings);
    }

    public static double Atan2(double y, double x)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
            return double.NaN;
        if (y == 0)
            return double.IsNegative(x) ? double.CopySign(Pi.High, y) : y;
        if (x == 0)
            return y > 0 ? HalfPi.High : -HalfPi.High;
        if (double.IsInfinity(x) || double.IsInfinity(y))
            return AtanOfInfinity(y, x);
        return AtanOfQuotient(y, x).Value;
    }

    private static double AtanOfInfinity(double y, double x)
    {
        var angle = !double.IsInfinity(x) ? HalfPi.High : !double.IsInfinity(y) ? (x > 0 ? 0 : Pi.High) : x > 0 ? (Pi * 0.25).Value : (Pi * 0.75).Value;
        return double.CopySign(angle, y);
    }

    private static DoubleDouble AtanOfQuotient(DoubleDouble y, DoubleDouble x)
    {
        // Bring both near one, so that the quotient neither overflows nor loses bits.
        var shift = -(int)((BitConverter.DoubleToInt64Bits(Math.Max(Math.Abs(x.High), Math.Abs(y.High))) >> 52) & 0x7FF) + 1023;
        var (b, a) = (x.Scale(shift), y.Scale(shift));
        if (Math.Abs(a.High) > Math.Abs(b.High))
        {
            var complement = AtanParts(b / a);
            return a.High > 0 ? HalfPi - complement : -HalfPi - complement;
        }
        var angle = AtanParts(a / b);
        if (b.High > 0)
            return angle;
        return a.High < 0 ? angle - Pi : angle + Pi;
    }

    public static double Asin(double x) => Math.Abs(x) == 1 ? double.CopySign(HalfPi.High, x) : x == 0 ? x : AtanOfQuotient(x, Complement(x)).Value;

    public static double Acos(double x) => x == 1 ? 0 : x == -1 ? Pi.High : AtanOfQuotient(Complement(x), x == 0 ? 1e-300 : x) is var angle && x == 0 ? HalfPi.High : angle.Value;

    /// <summary>√(1 − x²).</summary>
    private static DoubleDouble Complement(double x) => DoubleDouble.Sqrt(((DoubleDouble)1 - x) * ((DoubleDouble)1 + x));

    public static double Sinh(double x)
    {
        if (!double.IsFinite(x) || x == 0)
            return x;
        if (Math.Abs(x) > 710.5)
            return double.CopySign(double.PositiveInfinity, x);
        if (Math.Abs(x) < 0.3)
        {
            var square = (DoubleDouble)x * x;
            DoubleDouble term = x;
            DoubleDouble sum = x;
            for (var i = 2; i <= 20; i += 2)
            {
                term = term * square / (i * (i + 1.0));
                sum += term;
            }
            return sum.Value;
        }
        var (up, power) = ExpParts(Math.Abs(x));
        var down = (DoubleDouble)1 / up;
        var result = Finish((up - down.Scale(-2 * power)) * 0.5, power);
        return x < 0 ? -result : result;
    }

    public static double Cosh(double x)
    {
        if (!double.IsFinite(x))
            return Math.Abs(x);
        if (Math.Abs(x) > 710.5)
            return double.PositiveInfinity;
        var (up, power) = ExpParts(Math.Abs(x));
        var down = (DoubleDouble)1 / up;
        return Finish((up + down.Scale(-2 * power)) * 0.5, power);
    }

    public static double Tanh(double x)
    {
        if (double.IsNaN(x) || x == 0)
            return x;
        if (Math.Abs(x) > 20)
            return double.CopySign(1, x);
        if (Math.Abs(x) < 1e-5)
            return (x - (DoubleDouble)x * x * x / 3).Value;
        var (value, power) = ExpParts((DoubleDouble)x * 2);
        var square = value.Scale(power);
        return ((square - 1) / (square + 1)).Value;
    }

    public static double Asinh(double x)
    {
        if (!double.IsFinite(x) || x == 0)
            return x;
        var magnitude = Math.Abs(x);
        if (magnitude < 1e-5)
            return (x - (DoubleDouble)x * x * x / 6).Value;
        var root = magnitude > 1e150 ? LogParts(magnitude) + LnTwo : LogParts(DoubleDouble.Sqrt((DoubleDouble)magnitude * magnitude + 1) + magnitude);
        return x < 0 ? -root.Value : root.Value;
    }

    public static double Acosh(double x) =>
        double.IsPositiveInfinity(x) ? x : x > 1e150 ? (LogParts(x) + LnTwo).Value : LogParts(DoubleDouble.Sqrt(((DoubleDouble)x - 1) * ((DoubleDouble)x + 1)) + x).Value;

    public static double Atanh(double x)
    {
        if (Math.Abs(x) < 1e-5)
            return x == 0 ? x : (x + (DoubleDouble)x * x * x / 3).Value;
        return (LogParts(((DoubleDouble)1 + x) / ((DoubleDouble)1 - x)) * 0.5).Value;
    }

    /// <summary>The sine of an angle in degrees, exact at multiples of 30.</summary>
    public static double SinDegrees(double degrees)
    {
        var angle = Math.IEEERemainder(degrees, 360);
        var magnitude = Math.Abs(angle);
        if (magnitude > 90)
            magnitude = 180 - magnitude;
        var sine = magnitude switch
        {
            0 => 0,
            30 => 0.5,
            90 => 1,
            _ => SinSeries((DoubleDouble)magnitude * Pi / 180).Value,
        };
        return angle < 0 ? -sine : sine;
    }

    public static double CosDegrees(double degrees)
    {
        var magnitude = Math.Abs(Math.IEEERemainder(degrees, 360));
        return magnitude switch
        {
            60 => 0.5,
            120 => -0.5,
            90 => 0,
            > 90 => -CosSeries((DoubleDouble)(180 - magnitude) * Pi / 180).Value,
            _ => CosSeries((DoubleDouble)magnitude * Pi / 180).Value,
        };
    }

    /// <summary>The tangent of an angle in degrees, exact at multiples of 45; infinite at the poles.</summary>
    public static double TanDegrees(double degrees)
    {
        var (angle, sign) = FirstQuadrant(degrees);
        return sign * TangentOf(angle);
    }

    public static double CotDegrees(double degrees)
    {
        var (angle, sign) = FirstQuadrant(degrees);
        return sign * (angle == 0 ? 1 / angle : TangentOf(90 - angle));
    }

    /// <summary>0 … 90, and the sign that tangent and cotangent have there; as dtand reduces, with the sign of a zero.</summary>
    private static (double Angle, int Sign) FirstQuadrant(double degrees)
    {
        var angle = degrees % 360;
        var sign = 1;
        if (angle < 0)
            (angle, sign) = (-angle, -sign);
        if (angle > 180)
            (angle, sign) = (360 - angle, -sign);
        if (angle > 90)
            (angle, sign) = (180 - angle, -sign);
        return (angle, sign);
    }

    private static double TangentOf(double degrees) => degrees switch
    {
        0 => degrees,
        45 => 1,
        90 => double.PositiveInfinity,
        > 45 => (CosSeries((DoubleDouble)(90 - degrees) * Pi / 180) / SinSeries((DoubleDouble)(90 - degrees) * Pi / 180)).Value,
        _ => (SinSeries((DoubleDouble)degrees * Pi / 180) / CosSeries((DoubleDouble)degrees * Pi / 180)).Value,
    };

    private static double[] SplitHalfPi()
    {
        var pieces = new double[5];
        var rest = MachinHalfPi();
        var shift = ReductionBits;
        for (var i = 0; i < pieces.Length; i++)
        {
            shift -= 33;
            var piece = rest >> shift;
            pieces[i] = Math.ScaleB((double)piece, shift - ReductionBits);
            rest -= piece << shift;
        }
        return pieces;
    }

    /// <summary>π/2 = 2 (4 arctan(1/5) − arctan(1/239)), fixed point.</summary>
    private static BigInteger MachinHalfPi() => 2 * (4 * InverseTangent(5) - InverseTangent(239)) >> 16;

    private static BigInteger InverseTangent(int n)
    {
        var power = (BigInteger.One << (ReductionBits + 16)) / n;
        var sum = power;
        for (var k = 3; !power.IsZero; k += 2)
        {
            power /= -(n * n);
            sum += power / k;
        }
        return sum;
    }
}
