using System.Security.Cryptography;
using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// Checks consensus statements under the validators' keys. What verified once is remembered, so that a certificate made of votes that came
/// one by one costs no curve arithmetic. Thread-safe.
/// </summary>
internal sealed class StatementVerifier(Genesis genesis, PeerCounters counters) : IStatementVerifier
{
    /// <summary>Of each of the two halves; the older is forgotten when the younger is full.</summary>
    private const int RememberedMax = 16_384;

    private readonly Lock _gate = new();
    private HashSet<Statement> _young = [];
    private HashSet<Statement> _old = [];

    public bool Verify(ValidatorId signer, ReadOnlySpan<byte> signingBytes, Signature signature)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(signingBytes, digest);
        var statement = new Statement(signer.Value, new Digest(digest), signature);
        if (IsRemembered(statement))
            return true;
        counters.Work.SignatureVerified();
        if (!SignatureBackend.Default.Verify(genesis.Validators[signer.Value].Key, digest, signature.Span))
        {
            counters.RefuseSignature();
            return false;
        }
        Remember(statement);
        return true;
    }

    internal WorkCounters Work => counters.Work;

    /// <summary>A statement that is known to be good: verified, or made here.</summary>
    internal void Remember(in Statement statement)
    {
        lock (_gate)
        {
            if (_young.Count >= RememberedMax)
            {
                (_old, _young) = (_young, _old);
                _young.Clear();
            }
            _young.Add(statement);
        }
    }

    private bool IsRemembered(in Statement statement)
    {
        lock (_gate)
            return _young.Contains(statement) || _old.Contains(statement);
    }

    /// <summary>Who signed what, with which signature.</summary>
    internal readonly record struct Statement(int Signer, Digest Digest, Signature Signature);
}

/// <summary>Signs this node's statements: SHA-256 of the signing bytes, deterministic where libsecp256k1 is. The loop's.</summary>
internal sealed class StatementSigner(Genesis genesis, NodeKey key, StatementVerifier verifier) : IStatementSigner
{
    private readonly int _self = genesis.IndexOf(key.PublicKey);

    public Signature Sign(ReadOnlySpan<byte> signingBytes)
    {
        verifier.Work.SignatureMade();
        Span<byte> digest = stackalloc byte[32];
        Span<byte> bytes = stackalloc byte[CompactSignature.Length];
        SHA256.HashData(signingBytes, digest);
        key.Sign(digest, bytes);
        var signature = new Signature(bytes);
        verifier.Remember(new StatementVerifier.Statement(_self, new Digest(digest), signature));
        return signature;
    }
}
