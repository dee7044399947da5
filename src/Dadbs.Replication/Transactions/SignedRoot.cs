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

    private SignedRoot(ReadOnlyMemory<byte> signature, int leafCount, Hash256[] hashes, bool holdsLeaves)
    {
        Signature = signature;
        LeafCount = leafCount;
        _hashes = hashes;
        _holdsLeaves = holdsLeaves;
    }

    /// <summary>64 bytes whose form has not been checked yet.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    public int LeafCount { get; }

    public static SignedRoot OfLeaves(ReadOnlyMemory<byte> signature, Hash256[] leaves) => new(signature, leaves.Length, leaves, holdsLeaves: true);

    public static SignedRoot OfPath(ReadOnlyMemory<byte> signature, int leafCount, Hash256[] path) => new(signature, leafCount, path, holdsLeaves: false);

    /// <summary>What was signed, as seen from one leaf.</summary>
    public Hash256 RootFrom(in Hash256 id, int index) =>
        _holdsLeaves ? TransactionTree.Root(_hashes) : TransactionTree.RootFromPath(id, LeafCount, index, _hashes);

    public Hash256[] PathOf(int index) => _holdsLeaves ? TransactionTree.Path(_hashes, index) : _hashes;
}
