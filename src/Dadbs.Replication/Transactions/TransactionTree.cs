using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// The Merkle tree that lets one signature cover many transactions (docs/consensus.md, "Amortised signatures"). Its leaves are transaction
/// ids, which are hashes of bytes that begin with the tag DTX; inner nodes and root have the tags DTN and DTR, and the root covers the
/// number of leaves, so none can be taken for another. A node without a sibling moves up a level unchanged.
/// </summary>
public static class TransactionTree
{
    /// <summary>More leaves than any batch holds; bounds the path to 20 hashes.</summary>
    public const int LeavesMax = 1 << 20;

    private const int HashLength = 32;

    /// <summary>What is signed for these ids, in their order.</summary>
    public static Hash256 Root(ReadOnlySpan<Hash256> ids)
    {
        ArgumentOutOfRangeException.ThrowIfZero(ids.Length);
        if (ids.Length == 1)
            return Seal(ids[0], 1);
        var level = new Hash256[(ids.Length + 1) / 2];
        int count = Raise(ids, level);
        while (count > 1)
            count = Raise(level.AsSpan(0, count), level);
        return Seal(level[0], ids.Length);
    }

    /// <summary>The siblings that lead from one leaf to the top, lowest first.</summary>
    public static Hash256[] Path(ReadOnlySpan<Hash256> ids, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)ids.Length);
        var path = new Hash256[PathLength(ids.Length, index)];
        Hash256[] level = ids.ToArray();
        int filled = 0;
        for (int count = ids.Length; count > 1; index /= 2)
        {
            int sibling = index ^ 1;
            if (sibling < count)
                path[filled++] = level[sibling];
            count = Raise(level.AsSpan(0, count), level);
        }
        return path;
    }

    /// <summary>The root that a leaf with this place and path belongs to; the path's length must be <see cref="PathLength"/>.</summary>
    public static Hash256 RootFromPath(Hash256 id, int leafCount, int index, ReadOnlySpan<Hash256> path)
    {
        if (path.Length != PathLength(leafCount, index))
            throw new ArgumentException("a path has one hash per level with a sibling", nameof(path));
        Hash256 node = id;
        int used = 0;
        for (int count = leafCount; count > 1; count = (count + 1) / 2, index /= 2)
        {
            if ((index ^ 1) < count)
                node = (index & 1) == 0 ? Join(node, path[used++]) : Join(path[used++], node);
        }
        return Seal(node, leafCount);
    }

    /// <summary>How many siblings a leaf has on its way up.</summary>
    public static int PathLength(int leafCount, int index)
    {
        int length = 0;
        for (int count = leafCount; count > 1; count = (count + 1) / 2, index /= 2)
            length += (index ^ 1) < count ? 1 : 0;
        return length;
    }

    private static int Raise(ReadOnlySpan<Hash256> level, Span<Hash256> parents)
    {
        int count = 0;
        for (int i = 0; i + 1 < level.Length; i += 2)
            parents[count++] = Join(level[i], level[i + 1]);
        if ((level.Length & 1) == 1)
            parents[count++] = level[^1];
        return count;
    }

    private static Hash256 Join(in Hash256 left, in Hash256 right)
    {
        Span<byte> bytes = stackalloc byte[4 + 2 * HashLength];
        "DTN\u0001"u8.CopyTo(bytes);
        left.CopyTo(bytes[4..]);
        right.CopyTo(bytes[(4 + HashLength)..]);
        return Hash256.Sha256(bytes);
    }

    private static Hash256 Seal(in Hash256 top, int leafCount)
    {
        Span<byte> bytes = stackalloc byte[8 + HashLength];
        "DTR\u0001"u8.CopyTo(bytes);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes[4..], leafCount);
        top.CopyTo(bytes[8..]);
        return Hash256.Sha256(bytes);
    }
}
