using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// TLS refuses secp256k1 certificates, so a node shows a fresh P-256 certificate in which its secp256k1 key signed the P-256 key and the
/// chain id. TLS proves that the peer holds the P-256 key, the extension proves who lent it. Names, dates and issuers mean nothing here.
/// </summary>
internal static class PeerCertificate
{
    /// <summary>A UUID arc (ITU-T X.667), so that it collides with nobody's.</summary>
    public const string ExtensionOid = "2.25.214073568312";

    private const byte Version = 1;
    private const int ChainIdOffset = 1;
    private const int KeyOffset = ChainIdOffset + Hash256.Size;
    private const int SignatureOffset = KeyOffset + PublicKey.Length;
    private const int ExtensionLength = SignatureOffset + CompactSignature.Length;

    /// <summary>A new key and certificate for the life of one process.</summary>
    public static X509Certificate2 Create(NodeKey key, in Hash256 chainId)
    {
        using ECDsa transportKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=dadbs", transportKey, HashAlgorithmName.SHA256);
        byte[] extension = new byte[ExtensionLength];
        extension[0] = Version;
        chainId.CopyTo(extension.AsSpan(ChainIdOffset));
        key.PublicKey.Span.CopyTo(extension.AsSpan(KeyOffset));
        key.Sign(Binding(chainId, key.PublicKey, transportKey.ExportSubjectPublicKeyInfo()), extension.AsSpan(SignatureOffset));
        request.CertificateExtensions.Add(new X509Extension(ExtensionOid, extension, critical: false));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(30), DateTimeOffset.UnixEpoch.AddYears(130));
    }

    /// <summary>The validator key that vouches for this certificate on this chain, or null.</summary>
    public static PublicKey? VouchedBy(X509Certificate2 certificate, in Hash256 chainId)
    {
        X509Extension? extension = certificate.Extensions.FirstOrDefault(candidate => candidate.Oid?.Value == ExtensionOid);
        byte[]? bytes = extension?.RawData;
        if (bytes is null || bytes.Length != ExtensionLength || bytes[0] != Version)
            return null;
        if (Hash256.FromSpan(bytes.AsSpan(ChainIdOffset)) != chainId || !PublicKey.HasCanonicalForm(bytes.AsSpan(KeyOffset, PublicKey.Length)))
            return null;
        var key = new PublicKey(bytes.AsSpan(KeyOffset, PublicKey.Length));
        byte[] binding = Binding(chainId, key, certificate.PublicKey.ExportSubjectPublicKeyInfo());
        return SignatureBackend.Default.Verify(key, binding, bytes.AsSpan(SignatureOffset)) ? key : null;
    }

    private static byte[] Binding(in Hash256 chainId, in PublicKey key, ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        byte[] bytes = new byte[4 + Hash256.Size + PublicKey.Length + subjectPublicKeyInfo.Length];
        "DPC\u0001"u8.CopyTo(bytes);
        chainId.CopyTo(bytes.AsSpan(4));
        key.Span.CopyTo(bytes.AsSpan(4 + Hash256.Size));
        subjectPublicKeyInfo.CopyTo(bytes.AsSpan(4 + Hash256.Size + PublicKey.Length));
        return SHA256.HashData(bytes);
    }
}
