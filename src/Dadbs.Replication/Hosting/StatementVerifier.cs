using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// Checks consensus statements under the validators' keys. What verified once is remembered, so that a certificate made of votes that came
/// one by one costs no curve arithmetic. Thread-safe.
/// </summary>
internal sealed class StatementVerifier(Genesis genesis, PeerCounters counters) : IStatementVerifier
{
    /// <summary>Half of it is forgotten at a time.</summary>
    private const int RememberedMax = 16_384;

    private readonly Lock _turning = new();
    private ConcurrentDictionary<Statement, bool> _young = new();
    private ConcurrentDictionary<Statement, bool> _old = new();
    private int _count;

    public bool Verify(ValidatorId signer, ReadOnlySpan<byte> signingBytes, Signature signature)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(signingBytes, digest);
        var statement = new Statement(signer.Value, new Digest(digest), signature);
        if (_young.ContainsKey(statement) || _old.ContainsKey(statement))
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
        _young.TryAdd(statement, true);
        if (Interlocked.Increment(ref _count) < RememberedMax)
            return;
        lock (_turning)
        {
            if (_count < RememberedMax)
                return;
            _count = 0;
            _old = _young;
            _young = new ConcurrentDictionary<Statement, bool>();
        }
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
