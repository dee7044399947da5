using System.Numerics;

namespace Dadbs.Sql.Types;

/// <summary>e^x and ln x on binary fixed-point integers: value · 2^bits. Errors are a few units of the last place; callers carry guard bits.</summary>
internal static class FixedPoint
{
    private const int ConstantBits = 16_384;

    /// <summary>ln 2 by a Machin-like sum of inverse hyperbolic tangents.</summary>
    private static readonly BigInteger LnTwoConstant = 18 * InverseTangentH(26) - 2 * InverseTangentH(4801) + 8 * InverseTangentH(8749);

    public static BigInteger LnTwo(int bits) => bits <= ConstantBits
        ? LnTwoConstant >> (ConstantBits - bits)
        : throw new SqlException(SqlState.ProgramLimitExceeded, "numeric calculation needs too many digits");

    /// <summary>artanh(1/n) at <see cref="ConstantBits"/>.</summary>
    private static BigInteger InverseTangentH(int n)
    {
        var power = (BigInteger.One << ConstantBits) / n;
        var square = n * n;
        var sum = power;
        for (var k = 3; !power.IsZero; k += 2)
        {
            power /= square;
            sum += power / k;
        }
        return sum;
    }

    /// <summary>e^x at the same bits; x may be negative.</summary>
    public static BigInteger Exp(BigInteger x, int bits)
    {
        var ln2 = LnTwo(bits);
        var k = (int)Floor(x, ln2);
        var rest = x - k * ln2;
        // Halving the argument makes the series short; squaring undoes it, at one guard bit each.
        var halvings = 4 + (int)NumericArithmetic.IntegerSquareRoot(bits / 4);
        var guard = halvings + 8;
        var work = bits + guard;
        rest = (rest << guard) >> halvings;
        var term = BigInteger.One << work;
        var sum = term;
        for (var i = 1; !term.IsZero; i++)
        {
            term = ((term * rest) >> work) / i;
            sum += term;
        }
        for (var i = 0; i < halvings; i++)
            sum = (sum * sum) >> work;
        sum >>= guard;
        return k >= 0 ? sum << k : sum >> -k;
    }

    /// <summary>ln x of a positive x.</summary>
    public static BigInteger Ln(BigInteger x, int bits)
    {
        // x = m · 2^e with m in [0.7, 1.4], so that values near one keep their relative precision.
        var e = (int)x.GetBitLength() - bits;
        var m = e >= 0 ? x >> e : x << -e;
        var one = BigInteger.One << bits;
        if (m * 10 < 7 * one)
        {
            e--;
            m = e >= 0 ? x >> e : x << -e;
        }
        var s = ((m - one) << bits) / (m + one);
        var square = (s * s) >> bits;
        var term = s;
        var sum = s;
        for (var i = 3; !term.IsZero && !(term == BigInteger.MinusOne); i += 2)
        {
            term = (term * square) >> bits;
            sum += term / i;
        }
        return 2 * sum + e * LnTwo(bits);
    }

    private static BigInteger Floor(BigInteger value, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(value, divisor, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }
}
