using System.Security.Cryptography;

namespace Dadbs.Replication;

/// <summary>A private secp256k1 key in memory, with its public half. Signing is thread-safe; the secret is wiped on disposal.</summary>
public sealed class NodeKey : IDisposable
{
    private readonly byte[] _secret;
    private readonly SignatureBackend _backend;

    private NodeKey(byte[] secret, SignatureBackend backend)
    {
        _secret = secret;
        _backend = backend;
        PublicKey = backend.DerivePublicKey(secret);
    }

    public PublicKey PublicKey { get; }

    public static NodeKey Generate(SignatureBackend? backend = null)
    {
        byte[] secret = new byte[32];
        do
        {
            RandomNumberGenerator.Fill(secret);
        }
        while (!Secp256k1.IsScalar(secret));
        return new NodeKey(secret, backend ?? SignatureBackend.Default);
    }

    /// <exception cref="FormatException">The secret is not 32 bytes in [1, n).</exception>
    public static NodeKey FromSecret(ReadOnlySpan<byte> secret, SignatureBackend? backend = null)
    {
        if (!Secp256k1.IsScalar(secret))
            throw new FormatException("a secret is 32 bytes, not zero and below the order of the curve");
        return new NodeKey(secret.ToArray(), backend ?? SignatureBackend.Default);
    }

    /// <summary>Signs a 32-byte digest that the caller separated by domain; writes 64 canonical bytes.</summary>
    public void Sign(ReadOnlySpan<byte> digest, Span<byte> signature) => _backend.Sign(_secret, digest, signature);

    public byte[] Sign(ReadOnlySpan<byte> digest)
    {
        byte[] signature = new byte[CompactSignature.Length];
        Sign(digest, signature);
        return signature;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_secret);

    /// <summary>For <see cref="KeyFile"/> only.</summary>
    internal ReadOnlySpan<byte> Secret => _secret;
}
