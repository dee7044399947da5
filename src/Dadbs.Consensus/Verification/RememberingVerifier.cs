using System.Security.Cryptography;

namespace Dadbs.Consensus;

/// <summary>
/// Remembers good signatures of late, so that none is verified twice: a certificate is made of votes that mostly came one by one before, and it comes
/// from several peers. Remembered by the hash of signer, statement and signature; bad ones are not. Any thread. Bounded: two
/// generations, the older is dropped when the younger is full.
/// </summary>
public sealed class RememberingVerifier(IStatementVerifier inner, int remembered = 4096) : IStatementVerifier
{
    private readonly Lock _lock = new();
    private HashSet<Digest> _young = [];
    private HashSet<Digest> _old = [];

    public bool Verify(ValidatorId signer, ReadOnlySpan<byte> signingBytes, Signature signature)
    {
        Digest key = KeyOf(signer, signingBytes, signature);
        lock (_lock)
        {
            if (_young.Contains(key) || _old.Contains(key))
                return true;
        }
        if (!inner.Verify(signer, signingBytes, signature))
            return false;
        lock (_lock)
        {
            if (_young.Count >= remembered)
                (_old, _young) = (_young, []);
            _young.Add(key);
        }
        return true;
    }

    private static Digest KeyOf(ValidatorId signer, ReadOnlySpan<byte> signingBytes, Signature signature)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> fixedPart = stackalloc byte[4 + Signature.Length];
        BitConverter.TryWriteBytes(fixedPart, signer.Value);
        signature.Span.CopyTo(fixedPart[4..]);
        hash.AppendData(fixedPart);
        hash.AppendData(signingBytes);
        Span<byte> digest = stackalloc byte[Digest.Length];
        hash.GetHashAndReset(digest);
        return new Digest(digest);
    }
}
