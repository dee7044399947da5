using System.Numerics;

namespace Dadbs.Sql.Types;

/// <summary>10^n for exact decimal arithmetic, and the number of decimal digits of an integer.</summary>
internal static class PowersOfTen
{
    private const int CachedMax = 1024;

    private static readonly long[] Small = BuildSmall();
    private static readonly BigInteger[] Cached = BuildCached();

    /// <summary>0 ≤ n ≤ 18.</summary>
    public static long Int64(int n) => Small[n];

    public static BigInteger Big(int n) => n < CachedMax ? Cached[n] : BigInteger.Pow(10, n);

    /// <summary>Decimal digits of |value|; 0 has none.</summary>
    public static int DigitsOf(BigInteger value)
    {
        if (value.IsZero)
            return 0;
        var magnitude = BigInteger.Abs(value);
        // log10(2) as a fraction that is never too large: the estimate is right or one too small.
        var digits = (int)((long)(magnitude.GetBitLength() - 1) * 30102999L / 100000000L) + 1;
        return magnitude >= Big(digits) ? digits + 1 : digits;
    }

    public static int DigitsOf(long value)
    {
        var magnitude = value < 0 ? (ulong)-value : (ulong)value;
        var digits = 0;
        while (digits <= 18 && magnitude >= (ulong)Small[digits])
            digits++;
        return digits;
    }

    private static long[] BuildSmall()
    {
        var powers = new long[19];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }

    private static BigInteger[] BuildCached()
    {
        var powers = new BigInteger[CachedMax];
        powers[0] = BigInteger.One;
        for (var i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
