namespace Dadbs.Consensus;

/// <summary>A block and its place: the full cut after it once its ancestors down to the final head are known.</summary>
internal sealed class BlockNode(Block block)
{
    public Block Block { get; } = block;

    public BlockNode? Parent { get; set; }

    /// <summary>Null while an ancestor is missing.</summary>
    public Cut? Cut { get; set; }

    /// <summary>Every batch of it and its ancestors above the delivered block was seen durable here (V4); never unlearned.</summary>
    public bool BatchesDurable { get; set; }

    public bool Persisted { get; set; }
}

/// <summary>The final head and every known block above it.</summary>
internal sealed class BlockTree
{
    private readonly EpochScope _scope;
    private readonly Dictionary<Digest, BlockNode> _nodes = [];

    public BlockTree(EpochScope scope, Block head, Cut cut)
    {
        _scope = scope;
        Head = new BlockNode(head) { Cut = cut, BatchesDurable = true, Persisted = true };
        _nodes.Add(head.Digest, Head);
    }

    public BlockNode Head { get; private set; }

    public BlockNode? Find(Digest digest) => _nodes.GetValueOrDefault(digest);

    public IEnumerable<BlockNode> Above => _nodes.Values.Where(node => node != Head).OrderBy(node => node.Block.Height).ThenBy(node => node.Block.View).ThenBy(node => node.Block.Digest);

    /// <summary>Known blocks join on by parent digest in whatever order they come.</summary>
    public BlockNode Add(Block block)
    {
        if (_nodes.TryGetValue(block.Digest, out BlockNode? known))
            return known;
        var node = new BlockNode(block);
        _nodes.Add(block.Digest, node);
        Connect(node);
        return node;
    }

    /// <summary>From just above the head up to <paramref name="node"/>; null when it does not descend from the head.</summary>
    public IReadOnlyList<BlockNode>? ChainTo(BlockNode node)
    {
        var chain = new List<BlockNode>();
        BlockNode? next = node;
        for (; next is not null && next != Head; next = next.Parent)
            chain.Add(next);
        if (next is null)
            return null;
        chain.Reverse();
        return chain;
    }

    /// <summary>Makes a descendant the final head and forgets what does not descend from it.</summary>
    public void Advance(BlockNode head)
    {
        Head = head;
        head.Parent = null;
        foreach (BlockNode node in _nodes.Values)
        {
            if (node != head && (node.Block.Height <= head.Block.Height || (node.Cut is not null && ChainTo(node) is null)))
                _nodes.Remove(node.Block.Digest);
        }
    }

    private void Connect(BlockNode node)
    {
        if (_nodes.TryGetValue(node.Block.Header.ParentDigest, out BlockNode? parent) && parent.Cut is not null && parent.Block.Height.Next == node.Block.Height)
        {
            node.Parent = parent;
            node.Cut = parent.Cut.Advance(node.Block.Header.Cut);
        }
        if (node.Cut is null)
            return;
        foreach (BlockNode child in _nodes.Values)
        {
            if (child.Cut is null && child.Block.Header.ParentDigest == node.Block.Digest)
                Connect(child);
        }
    }
}
