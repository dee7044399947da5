namespace Dadbs.Replication;

/// <summary>
/// The one form of a signature: r then s, 32 bytes each, big-endian, both in [1, n), s at most n/2 (low-S). Exactly one byte string
/// per (key, digest, nonce) passes, so a signature cannot be altered by those who only saw it.
/// </summary>
public static class CompactSignature
{
    public const int Length = 64;

    /// <summary>Checked before any library sees the bytes.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> signature) =>
        signature.Length == Length
        && Secp256k1.IsScalar(signature[..32])
        && Secp256k1.IsScalar(signature[32..])
        && signature[32..].SequenceCompareTo(Secp256k1.HalfOrder) <= 0;
}
