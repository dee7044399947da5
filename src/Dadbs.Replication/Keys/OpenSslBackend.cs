using System.Security.Cryptography;

namespace Dadbs.Replication;

/// <summary>
/// The platform's own ECDSA, for platforms without libsecp256k1. Verification differs in nothing but time; its nonces are random, so the
/// same digest signed twice gives two signatures, both canonical.
/// </summary>
internal sealed class OpenSslBackend : SignatureBackend
{
    private const int KeysMax = 1024;

    private static readonly ECCurve Curve = ECCurve.CreateFromValue("1.3.132.0.10");

    private readonly ParsedKeyCache<ParsedKey> _keys = new(KeysMax);

    public override string Name => "OpenSSL";

    public override bool IsOnCurve(in PublicKey key) => _keys.GetOrParse(key, Parse) is not null;

    public override void Sign(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> digest, Span<byte> signature)
    {
        using ECDsa key = Import(secret);
        if (!key.TrySignHash(digest, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out int written) || written != CompactSignature.Length)
            throw new ReplicationException("OpenSSL refused to sign");
        Secp256k1.NormalizeToLowS(signature);
    }

    public override PublicKey DerivePublicKey(ReadOnlySpan<byte> secret)
    {
        using ECDsa key = Import(secret);
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        Span<byte> compressed = stackalloc byte[PublicKey.Length];
        compressed[0] = (byte)(2 + (point.Y![^1] & 1));
        point.X.CopyTo(compressed[1..]);
        return new PublicKey(compressed);
    }

    protected override bool VerifyCanonical(in PublicKey key, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        ParsedKey? parsed = _keys.GetOrParse(key, Parse);
        if (parsed is null)
            return false;
        ECDsa ecdsa = parsed.Rent();
        bool valid = ecdsa.VerifyHash(digest, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        parsed.Return(ecdsa);
        return valid;
    }

    private static ECDsa Import(ReadOnlySpan<byte> secret)
    {
        if (!Secp256k1.IsScalar(secret))
            throw new FormatException("the secret is no scalar of the curve");
        byte[] copy = secret.ToArray();
        try
        {
            return ECDsa.Create(new ECParameters { Curve = Curve, D = copy });
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    private static ParsedKey? Parse(PublicKey key)
    {
        byte[] y = new byte[32];
        return Secp256k1.TryDecompress(key.Span, y) ? new ParsedKey(new ECPoint { X = key.Span[1..].ToArray(), Y = y }) : null;
    }

    /// <summary>An <see cref="ECDsa"/> object may not be used by two threads at once: each borrows one, one more is made when all are out.</summary>
    private sealed class ParsedKey(ECPoint point)
    {
        private ECDsa? _idle;

        public ECDsa Rent() => Interlocked.Exchange(ref _idle, null) ?? ECDsa.Create(new ECParameters { Curve = Curve, Q = point });

        public void Return(ECDsa ecdsa)
        {
            if (Interlocked.CompareExchange(ref _idle, ecdsa, null) is not null)
                ecdsa.Dispose();
        }
    }
}
