using System.Buffers;

namespace Dadbs.Consensus;

/// <summary>
/// A binary Merkle tree over lane tips. Leaf, node and root carry separate tags, so that none can pass for another; an odd node moves up
/// alone. The leaf count is signed beside the root.
/// </summary>
public static class MerkleTree
{
    private const byte LeafTag = 0;
    private const byte NodeTag = 1;

    public static Digest LeafOf(LaneTip tip)
    {
        var writer = new ArrayBufferWriter<byte>(64);
        writer.WriteByte(LeafTag);
        writer.WriteInt32(tip.Lane.Value);
        writer.WriteInt64(tip.Tip.Position);
        writer.WriteDigest(tip.Tip.Digest);
        return Digest.Sha256(writer.WrittenSpan);
    }

    public static Digest RootOf(IReadOnlyList<LaneTip> leaves)
    {
        Digest[] level = [.. leaves.Select(LeafOf)];
        while (level.Length > 1)
            level = LevelAbove(level);
        return level[0];
    }

    /// <summary>The siblings from the leaf at <paramref name="index"/> upwards.</summary>
    public static IReadOnlyList<Digest> PathOf(IReadOnlyList<LaneTip> leaves, int index)
    {
        var path = new List<Digest>();
        Digest[] level = [.. leaves.Select(LeafOf)];
        for (; level.Length > 1; level = LevelAbove(level), index /= 2)
        {
            int sibling = index ^ 1;
            if (sibling < level.Length)
                path.Add(level[sibling]);
        }
        return path;
    }

    /// <summary>The root that a path leads to, or null when it does not fit the leaf count and index.</summary>
    public static Digest? Climb(LaneTip leaf, int leafCount, int index, IReadOnlyList<Digest> path)
    {
        if (leafCount < 1 || index < 0 || index >= leafCount)
            return null;
        Digest node = LeafOf(leaf);
        int used = 0;
        for (int width = leafCount; width > 1; width = (width + 1) / 2, index /= 2)
        {
            int sibling = index ^ 1;
            if (sibling >= width)
                continue;
            if (used == path.Count)
                return null;
            Digest other = path[used++];
            node = sibling < index ? NodeOf(other, node) : NodeOf(node, other);
        }
        return used == path.Count ? node : null;
    }

    private static Digest[] LevelAbove(Digest[] level)
    {
        var above = new Digest[(level.Length + 1) / 2];
        for (int i = 0; i < above.Length; i++)
            above[i] = (2 * i) + 1 < level.Length ? NodeOf(level[2 * i], level[(2 * i) + 1]) : level[2 * i];
        return above;
    }

    private static Digest NodeOf(Digest left, Digest right)
    {
        Span<byte> bytes = stackalloc byte[1 + (2 * Digest.Length)];
        bytes[0] = NodeTag;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + Digest.Length)..]);
        return Digest.Sha256(bytes);
    }
}
