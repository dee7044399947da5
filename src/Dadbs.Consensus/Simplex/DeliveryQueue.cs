namespace Dadbs.Consensus;

/// <summary>A final block with the cut before and after it.</summary>
internal sealed record FinalBlock(Block Block, Cut Before, Cut After, Certificate? Finalization);

/// <summary>
/// Final blocks on their way out: those whose batches are not all here yet, and those delivered but not yet durable in the block log. The last
/// durable one is where a checkpoint of the vote log starts.
/// </summary>
internal sealed class DeliveryQueue(EpochScope scope, ILaneSegments lanes, Outbox outbox, Block start, Cut cut, int lookahead, Func<ValidatorId> anyPeer)
{
    private readonly Queue<FinalBlock> _waiting = new();
    private readonly List<FinalBlock> _notDurable = [];
    private Effect.Speculate? _speculation;

    /// <summary>Through it the block log already holds everything; only above it is anything delivered.</summary>
    public Height Silent { get; set; } = start.Height;

    public Height Delivered { get; private set; } = start.Height;

    public int WaitingCount => _waiting.Count;

    public Block DurableBlock { get; private set; } = start;

    public Cut DurableCut { get; private set; } = cut;

    /// <summary>Ascending, above <see cref="DurableBlock"/>.</summary>
    public IEnumerable<FinalBlock> AboveDurable => _notDurable.Concat(_waiting);

    public void Add(FinalBlock block) => _waiting.Enqueue(block);

    /// <summary>X1: in order, each only when its cut is complete. What is missing further up is asked for at the same time.</summary>
    public bool Deliver()
    {
        if (_waiting.Count == 0)
            return false;
        bool delivered = false;
        while (_waiting.TryPeek(out FinalBlock? next) && (next.Block.Height <= Silent || IsComplete(next.Block, next.Before)))
        {
            _waiting.Dequeue();
            IReadOnlyList<Batch> batches = _speculation is { } ahead && ahead.Block.Digest == next.Block.Digest ? ahead.Batches : Flatten(next.Block, next.Before);
            _speculation = null;
            foreach (LaneTip advance in next.Block.Header.Cut)
                lanes.Commit(advance, next.Block.Height);
            lanes.Committed(batches, next.After);
            Delivered = next.Block.Height;
            _notDurable.Add(next);
            if (next.Block.Height > Silent)
                outbox.Emit(new Effect.Deliver(new DeliveredBlock(next.Block, next.Finalization, batches)));
            delivered = true;
        }
        foreach (FinalBlock waiting in _waiting.Take(lookahead))
        {
            foreach (LaneTip advance in waiting.Block.Header.Cut)
                lanes.Fetch(advance, waiting.Before[advance.Lane], waiting.Block.Height, anyPeer());
        }
        return delivered;
    }

    /// <summary>X4: a block that may become final, of which everything is here, can be executed while its votes are under way.</summary>
    public void Speculate(BlockNode node)
    {
        if (node is not { Cut: not null, Parent.Cut: { } before } || !node.Block.AdvancesCut || node.Block.Height <= Silent || !IsComplete(node.Block, before))
            return;
        _speculation = new Effect.Speculate(node.Block, Flatten(node.Block, before));
        outbox.Emit(_speculation);
    }

    public void BlockLogDurable(Height height)
    {
        int durable = _notDurable.TakeWhile(block => block.Block.Height <= height).Count();
        if (durable == 0)
            return;
        DurableBlock = _notDurable[durable - 1].Block;
        DurableCut = _notDurable[durable - 1].After;
        _notDurable.RemoveRange(0, durable);
    }

    private bool IsComplete(Block block, Cut before) => block.Header.Cut.All(advance => lanes.Holds(advance, before[advance.Lane]));

    /// <summary>X1: round i takes the batch at frontier + i of each lane, lanes in validator order starting at height mod n.</summary>
    private List<Batch> Flatten(Block block, Cut before)
    {
        var segments = new IReadOnlyList<Batch>[scope.ValidatorCount];
        foreach (LaneTip advance in block.Header.Cut)
            segments[advance.Lane.Value] = lanes.Segment(advance, before[advance.Lane]);
        var flat = new List<Batch>();
        int first = (int)(block.Height.Value % scope.ValidatorCount);
        int rounds = segments.Max(segment => segment?.Count ?? 0);
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < scope.ValidatorCount; turn++)
            {
                IReadOnlyList<Batch>? segment = segments[(first + turn) % scope.ValidatorCount];
                if (segment is not null && round < segment.Count)
                    flat.Add(segment[round]);
            }
        }
        return flat;
    }
}
