using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// Signatures of consensus statements with the validators' keys. What verified once is remembered, so that a certificate made of votes that
/// came one by one costs no curve arithmetic. Thread-safe; own statements are remembered when they are made.
/// </summary>
internal sealed class Statements(Genesis genesis, NodeKey key, PeerCounters counters) : IStatementSigner, IStatementVerifier
{
    private const int RememberedMax = 32_768;

    private int _remembered;
    private readonly int _self = genesis.IndexOf(key.PublicKey);
    private readonly ConcurrentDictionary<(int Signer, Digest Statement, Signature Signature), bool> _verified = new();

    public Signature Sign(ReadOnlySpan<byte> signingBytes)
    {
        Span<byte> digest = stackalloc byte[32];
        Span<byte> bytes = stackalloc byte[CompactSignature.Length];
        SHA256.HashData(signingBytes, digest);
        key.Sign(digest, bytes);
        var signature = new Signature(bytes);
        Remember((_self, new Digest(digest), signature));
        return signature;
    }

    public bool Verify(ValidatorId signer, ReadOnlySpan<byte> signingBytes, Signature signature)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(signingBytes, digest);
        var statement = (signer.Value, new Digest(digest), signature);
        if (_verified.ContainsKey(statement))
            return true;
        if (!SignatureBackend.Default.Verify(genesis.Validators[signer.Value].Key, digest, signature.Span))
        {
            counters.RefuseSignature();
            return false;
        }
        Remember(statement);
        return true;
    }

    private void Remember((int Signer, Digest Statement, Signature Signature) statement)
    {
        if (Interlocked.Increment(ref _remembered) % RememberedMax == 0)
            _verified.Clear();
        _verified.TryAdd(statement, true);
    }
}
