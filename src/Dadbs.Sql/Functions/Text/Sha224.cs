using System.Buffers.Binary;
using System.Numerics;

namespace Dadbs.Sql.Functions;

/// <summary>SHA-224 (FIPS 180-4), which the framework lacks: SHA-256's rounds from other initial words, cut to 28 bytes.</summary>
internal static class Sha224
{
    private static readonly uint[] Rounds = FractionsOfCubeRoots();

    public static byte[] HashData(ReadOnlySpan<byte> message)
    {
        Span<uint> state = [0xC1059ED8, 0x367CD507, 0x3070DD17, 0xF70E5939, 0xFFC00B31, 0x68581511, 0x64F98FA7, 0xBEFA4FA4];
        var padded = new byte[(message.Length + 72) / 64 * 64];
        message.CopyTo(padded);
        padded[message.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - 8), (ulong)message.Length * 8);
        for (var i = 0; i < padded.Length; i += 64)
            Compress(state, padded.AsSpan(i, 64));
        var digest = new byte[28];
        for (var i = 0; i < 7; i++)
            BinaryPrimitives.WriteUInt32BigEndian(digest.AsSpan(i * 4), state[i]);
        return digest;
    }

    private static void Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (var i = 0; i < 16; i++)
            w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * 4)..]);
        for (var i = 16; i < 64; i++)
        {
            var s0 = BitOperations.RotateRight(w[i - 15], 7) ^ BitOperations.RotateRight(w[i - 15], 18) ^ w[i - 15] >> 3;
            var s1 = BitOperations.RotateRight(w[i - 2], 17) ^ BitOperations.RotateRight(w[i - 2], 19) ^ w[i - 2] >> 10;
            w[i] = unchecked(w[i - 16] + s0 + w[i - 7] + s1);
        }
        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (var i = 0; i < 64; i++)
        {
            var s1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            var first = unchecked(h + s1 + ((e & f) ^ (~e & g)) + Rounds[i] + w[i]);
            var s0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            var second = unchecked(s0 + ((a & b) ^ (a & c) ^ (b & c)));
            (h, g, f, e, d, c, b, a) = (g, f, e, unchecked(d + first), c, b, a, unchecked(first + second));
        }
        ReadOnlySpan<uint> delta = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < 8; i++)
            state[i] = unchecked(state[i] + delta[i]);
    }

    /// <summary>The first 32 bits of the fractions of the cube roots of the first 64 primes, by exact integer roots.</summary>
    private static uint[] FractionsOfCubeRoots()
    {
        var rounds = new uint[64];
        var count = 0;
        for (var n = 2; count < rounds.Length; n++)
        {
            var isPrime = true;
            for (var d = 2; d * d <= n; d++)
                isPrime &= n % d != 0;
            if (isPrime)
                rounds[count++] = CubeRootFraction(n);
        }
        return rounds;
    }

    private static uint CubeRootFraction(int prime)
    {
        var target = (BigInteger)prime << 96;
        BigInteger low = 0;
        for (var bit = 36; bit >= 0; bit--)
        {
            var candidate = low + (BigInteger.One << bit);
            if (candidate * candidate * candidate <= target)
                low = candidate;
        }
        return (uint)(low & uint.MaxValue);
    }
}
