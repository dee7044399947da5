using System.Collections.Concurrent;
using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// The checks of Rule L2 that depend on a transaction's bytes and the chain's constants alone: form, size, chain id, canonical key, and the
/// signature under the key that it carries. Remembers roots that it found signed, so that the transactions of one tree cost one
/// verification wherever they come from. Thread-safe.
/// </summary>
public sealed class TransactionVerifier(Genesis genesis, SignatureBackend? backend = null)
{
    private const int RootsMax = 16_384;

    private readonly SignatureBackend _backend = backend ?? SignatureBackend.Default;
    private readonly Hash256 _chainId = genesis.ChainId;
    private readonly long _transactionBytes = genesis.Parameters.TransactionBytes;
    private readonly ConcurrentDictionary<(PublicKey Key, Hash256 Root, Hash256 Signature), bool> _signedRoots = new();

    /// <summary>Why the transaction is refused, or null.</summary>
    public string? Refuse(SignedTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return RefuseForm(transaction)
            ?? (IsSigned(transaction.PublicKey, transaction.SignedRoot, transaction.SignedRoot.RootFrom(transaction.Id, transaction.LeafIndex))
                ? null
                : "the signature is not that of its key");
    }

    /// <summary>
    /// Why a batch's transactions are refused, or null if every one of them is valid. A tree under one key is checked once; the tree that <paramref name="batch"/> itself signs
    /// must be its author's, and is signed because the batch is.
    /// </summary>
    internal string? RefuseAny(IReadOnlyList<SignedTransaction> transactions, Batch? batch = null)
    {
        SignedRoot? tree = null;
        Hash256 root = default;
        PublicKey key = default;
        bool holdsContent = false;
        foreach (SignedTransaction transaction in transactions)
        {
            if (RefuseForm(transaction) is { } reason)
                return reason;
            bool sameTree = ReferenceEquals(tree, transaction.SignedRoot);
            if (sameTree && key == transaction.PublicKey)
                continue;
            if (!sameTree)
                root = transaction.SignedRoot.RootFrom(transaction.Id, transaction.LeafIndex);
            tree = transaction.SignedRoot;
            key = transaction.PublicKey;
            if (batch is not null && tree.Seal?.Batch == batch.Digest)
            {
                if (key != genesis.Validators[batch.Lane.Value].Key)
                    return "the batch's author signed it, but it is of another key";
                if (root.ToDigest() != batch.Header.Content)
                    return "the batch's content is not the root of its transactions";
                holdsContent = true;
            }
            else if (!IsSigned(key, tree, root))
            {
                return "the signature is not that of its key";
            }
        }
        return batch is null || holdsContent || batch.Header.Content == Digest.Zero ? null : "the batch has a content and no transactions under it";
    }

    /// <summary>Signed here: it needs no check when it comes back.</summary>
    internal void Remember(SignedTransaction transaction) =>
        Remember(KeyOf(transaction.PublicKey, transaction.SignedRoot, SignedBy(transaction.SignedRoot, transaction.SignedRoot.RootFrom(transaction.Id, transaction.LeafIndex))));

    private string? RefuseForm(SignedTransaction transaction)
    {
        if (transaction.ChainId != _chainId)
            return "it is for another chain";
        return transaction.Core.Length > _transactionBytes ? "it is larger than a transaction may be" : null;
    }

    private bool IsSigned(in PublicKey key, SignedRoot tree, in Hash256 root)
    {
        Hash256 signed = SignedBy(tree, root);
        (PublicKey, Hash256, Hash256) known = KeyOf(key, tree, signed);
        if (_signedRoots.ContainsKey(known))
            return true;
        Span<byte> digest = stackalloc byte[Hash256.Size];
        signed.CopyTo(digest);
        if (!_backend.Verify(key, digest, tree.Signature.Span))
            return false;
        Remember(known);
        return true;
    }

    private Hash256 SignedBy(SignedRoot tree, in Hash256 root) => tree.Seal?.SignedDigest(_chainId, root) ?? root;

    private static (PublicKey Key, Hash256 Root, Hash256 Signature) KeyOf(in PublicKey key, SignedRoot tree, in Hash256 signed) =>
        (key, signed, Hash256.Sha256(tree.Signature.Span));

    private void Remember((PublicKey Key, Hash256 Root, Hash256 Signature) root)
    {
        if (_signedRoots.Count >= RootsMax)
            _signedRoots.Clear();
        _signedRoots.TryAdd(root, true);
    }
}
