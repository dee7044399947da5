using System.Globalization;
using System.Numerics;

namespace Dadbs.Replication;

/// <summary>Constants of the curve secp256k1 (SEC 2, section 2.4.1) and the little arithmetic that is done outside the libraries.</summary>
internal static class Secp256k1
{
    /// <summary>p, big-endian.</summary>
    public static ReadOnlySpan<byte> FieldPrime =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFC, 0x2F,
    ];

    /// <summary>n, the order of the group, big-endian.</summary>
    public static ReadOnlySpan<byte> Order =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE,
        0xBA, 0xAE, 0xDC, 0xE6, 0xAF, 0x48, 0xA0, 0x3B, 0xBF, 0xD2, 0x5E, 0x8C, 0xD0, 0x36, 0x41, 0x41,
    ];

    /// <summary>⌊n/2⌋, big-endian: the largest s of a low-S signature.</summary>
    public static ReadOnlySpan<byte> HalfOrder =>
    [
        0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0x5D, 0x57, 0x6E, 0x73, 0x57, 0xA4, 0x50, 0x1D, 0xDF, 0xE9, 0x2F, 0x46, 0x68, 0x1B, 0x20, 0xA0,
    ];

    private static readonly BigInteger P =
        BigInteger.Parse("0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static readonly BigInteger N =
        BigInteger.Parse("0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>1 ≤ value &lt; n, value big-endian in 32 bytes.</summary>
    public static bool IsScalar(ReadOnlySpan<byte> value) =>
        value.Length == 32 && value.ContainsAnyExcept((byte)0) && value.SequenceCompareTo(Order) < 0;

    /// <summary>y of the point with this x and parity, or false if there is none (SEC 1, section 2.3.4): y² = x³ + 7, p ≡ 3 mod 4.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> compressed, Span<byte> y)
    {
        if (!PublicKey.HasCanonicalForm(compressed))
            return false;
        var x = new BigInteger(compressed[1..], isUnsigned: true, isBigEndian: true);
        BigInteger square = (BigInteger.ModPow(x, 3, P) + 7) % P;
        BigInteger root = BigInteger.ModPow(square, (P + 1) / 4, P);
        if (BigInteger.ModPow(root, 2, P) != square)
            return false;
        if (root.IsEven != (compressed[0] == 2))
            root = P - root;
        WriteScalar(root, y);
        return true;
    }

    /// <summary>Replaces s by n − s where s is above the half: both verify, only the lower is canonical.</summary>
    public static void NormalizeToLowS(Span<byte> compactSignature)
    {
        Span<byte> s = compactSignature[32..];
        if (s.SequenceCompareTo(HalfOrder) <= 0)
            return;
        WriteScalar(N - new BigInteger(s, isUnsigned: true, isBigEndian: true), s);
    }

    private static void WriteScalar(BigInteger value, Span<byte> destination)
    {
        destination.Clear();
        int length = value.GetByteCount(isUnsigned: true);
        value.TryWriteBytes(destination[(32 - length)..], out _, isUnsigned: true, isBigEndian: true);
    }
}
