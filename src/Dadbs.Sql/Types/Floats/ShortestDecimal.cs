using System.Numerics;

namespace Dadbs.Sql.Types;

/// <summary>
/// The shortest decimal that reads back as the same float, closest to it among those (Raffaello Giulietti's Schubfach). As PostgreSQL's Ryu, a
/// decimal exactly on the rounding boundary is not taken, so 2^-44 prints 5.684341886080802e-14.
/// </summary>
internal static class ShortestDecimal
{
    private const int PowerMin = -292;
    private const int PowerMax = 324;

    /// <summary>10^k scaled to 128 bits, rounded up.</summary>
    private static readonly UInt128[] Powers = BuildPowers();

    /// <summary>Digits · 10^Exponent for the finite, non-zero significand · 2^exponent. Trailing zeros are stripped.</summary>
    public static (ulong Digits, int Exponent) Of(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var fraction = bits & 0xF_FFFF_FFFF_FFFF;
        var biased = (int)(bits >> 52) & 0x7FF;
        return biased == 0 ? Search(fraction, -1074, false) : Search(fraction | (1UL << 52), biased - 1075, fraction == 0 && biased > 1);
    }

    public static (ulong Digits, int Exponent) Of(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        ulong fraction = bits & 0x7F_FFFF;
        var biased = (int)(bits >> 23) & 0xFF;
        return biased == 0 ? Search(fraction, -149, false) : Search(fraction | (1UL << 23), biased - 150, fraction == 0 && biased > 1);
    }

    private static (ulong Digits, int Exponent) Search(ulong c, int q, bool lowerBoundaryIsCloser)
    {
        if (q <= 0 && -q < 64 && (c & ((1UL << -q) - 1)) == 0)
            return Strip(c >> -q, 0);
        var k = (q * 1262611 - (lowerBoundaryIsCloser ? 524031 : 0)) >> 22;
        var h = q + ((-k * 1741647) >> 19) + 1;
        var power = Powers[-k - PowerMin];
        var lower = RoundToOdd(power, (4 * c - 2 + (lowerBoundaryIsCloser ? 1UL : 0)) << h) + 1;
        var middle = RoundToOdd(power, (4 * c) << h);
        var upper = RoundToOdd(power, (4 * c + 2) << h) - 1;
        var s = middle / 4;
        if (s >= 10)
        {
            var tens = s / 10;
            var below = lower <= 40 * tens;
            var above = 40 * tens + 40 <= upper;
            if (below != above)
                return Strip(tens + (above ? 1UL : 0), k + 1);
        }
        var floorFits = lower <= 4 * s;
        var ceilingFits = 4 * s + 4 <= upper;
        if (floorFits != ceilingFits)
            return Strip(s + (ceilingFits ? 1UL : 0), k);
        var half = 4 * s + 2;
        var roundUp = middle > half || (middle == half && (s & 1) != 0);
        return Strip(s + (roundUp ? 1UL : 0), k);
    }

    private static ulong RoundToOdd(UInt128 power, ulong c)
    {
        var low = (UInt128)(ulong)power * c;
        var high = (UInt128)(ulong)(power >> 64) * c + (low >> 64);
        return (ulong)(high >> 64) | ((ulong)high > 1 ? 1UL : 0);
    }

    private static (ulong, int) Strip(ulong digits, int exponent)
    {
        while (digits % 10 == 0 && digits != 0)
        {
            digits /= 10;
            exponent++;
        }
        return (digits, exponent);
    }

    private static UInt128[] BuildPowers()
    {
        var powers = new UInt128[PowerMax - PowerMin + 1];
        for (var k = PowerMin; k <= PowerMax; k++)
        {
            // 2^127 ≤ 10^k · 2^(127 - floor(log2 10^k)) < 2^128
            var shift = 127 - ((k * 1741647) >> 19);
            var numerator = k >= 0 ? BigInteger.Pow(10, k) : BigInteger.One;
            var denominator = k >= 0 ? BigInteger.One : BigInteger.Pow(10, -k);
            if (shift >= 0)
                numerator <<= shift;
            else
                denominator <<= -shift;
            powers[k - PowerMin] = (UInt128)BigInteger.Divide(numerator + denominator - 1, denominator);
        }
        return powers;
    }
}
