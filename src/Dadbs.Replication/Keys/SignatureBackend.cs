namespace Dadbs.Replication;

/// <summary>
/// secp256k1 ECDSA over a SHA-256 digest that the caller computed. Two implementations, libsecp256k1 and OpenSSL, with one format:
/// each verifies what the other signs. Thread-safe.
/// </summary>
public abstract class SignatureBackend
{
    private static readonly Lazy<SignatureBackend> Chosen = new(static () => LibSecp256k1Backend.TryLoad() ?? (SignatureBackend)new OpenSslBackend());

    /// <summary>libsecp256k1 where it is found, else OpenSSL (about nine times slower).</summary>
    public static SignatureBackend Default => Chosen.Value;

    /// <summary>What <c>dadbs status</c> shows.</summary>
    public abstract string Name { get; }

    /// <summary>False for anything but a canonical signature of <paramref name="digest"/> under <paramref name="key"/>; never throws on bytes from outside.</summary>
    public bool Verify(in PublicKey key, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature) =>
        digest.Length == 32 && CompactSignature.IsCanonical(signature) && VerifyCanonical(key, digest, signature);

    /// <summary>Whether the key is a point of the curve. Parsed keys are cached, so this is paid once per key.</summary>
    public abstract bool IsOnCurve(in PublicKey key);

    /// <summary>Writes 64 canonical bytes.</summary>
    public abstract void Sign(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> digest, Span<byte> signature);

    /// <summary>The public key of a secret scalar that has been checked to be in range.</summary>
    public abstract PublicKey DerivePublicKey(ReadOnlySpan<byte> secret);

    protected abstract bool VerifyCanonical(in PublicKey key, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature);
}
