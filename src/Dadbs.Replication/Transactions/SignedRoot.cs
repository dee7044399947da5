using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// A signature over the root of a transaction tree, and what is known of the tree: all its leaves (the transactions came together), or the
/// path of one (it came alone). Shared by all transactions that came together.
/// </summary>
internal sealed class SignedRoot
{
    private readonly Hash256[] _hashes;
    private readonly bool _holdsLeaves;

    private SignedRoot(ReadOnlyMemory<byte> signature, BatchSeal? seal, int leafCount, Hash256[] hashes, bool holdsLeaves)
    {
        Seal = seal;
        Signature = signature;
        LeafCount = leafCount;
        _hashes = hashes;
        _holdsLeaves = holdsLeaves;
    }

    /// <summary>64 bytes whose form has not been checked yet.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>The batch whose signature covers the root; null: the root was signed by itself.</summary>
    public BatchSeal? Seal { get; }

    public int LeafCount { get; }

    public static SignedRoot OfLeaves(ReadOnlyMemory<byte> signature, Hash256[] leaves, BatchSeal? seal = null) =>
        new(signature, seal, leaves.Length, leaves, holdsLeaves: true);

    public static SignedRoot OfPath(ReadOnlyMemory<byte> signature, int leafCount, Hash256[] path, BatchSeal? seal = null) =>
        new(signature, seal, leafCount, path, holdsLeaves: false);

    /// <summary>What was signed, as seen from one leaf.</summary>
    public Hash256 RootFrom(in Hash256 id, int index) =>
        _holdsLeaves ? TransactionTree.Root(_hashes) : TransactionTree.RootFromPath(id, LeafCount, index, _hashes);

    public Hash256[] PathOf(int index) => _holdsLeaves ? TransactionTree.Path(_hashes, index) : _hashes;
}

/// <summary>
/// The batch whose author signed it and the root of its transactions in one (<see cref="SigningBytes.OfBatch"/>): all that a transaction which left its batch needs to show
/// the signature.
/// </summary>
internal readonly record struct BatchSeal(long Epoch, Digest Batch)
{
    /// <summary>What the author's key signed, given the tree's root.</summary>
    public Hash256 SignedDigest(in Hash256 chainId, in Hash256 root)
    {
        var scope = new EpochScope(chainId.ToDigest(), Epoch, validatorCount: 1);
        return Hash256.Sha256(SigningBytes.OfBatch(scope, Batch, root.ToDigest()).Span);
    }
}
