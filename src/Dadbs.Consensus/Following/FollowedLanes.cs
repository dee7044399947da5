namespace Dadbs.Consensus;

/// <summary>The lanes as a follower sees them: only batches that a final block names, each accepted by its digest.</summary>
internal sealed class FollowedLanes : ILaneSegments
{
    private readonly LaneChain[] _lanes;
    private readonly BatchFetcher _fetcher;
    private long _now;

    public FollowedLanes(EpochScope scope, ValidatorId? slot, ConsensusParameters parameters, Outbox outbox, Cut cut)
    {
        // In no validator slot: the id after the last one acknowledges nothing and is asked nothing.
        ValidatorId self = slot ?? new ValidatorId(scope.ValidatorCount);
        _lanes = [.. Enumerable.Range(0, scope.ValidatorCount).Select(lane => new LaneChain(scope, self, new ValidatorId(lane)))];
        _fetcher = new BatchFetcher(scope, self, _lanes, parameters, outbox);
        foreach (LaneChain chain in _lanes)
            chain.MoveFrontier(cut[chain.Lane]);
    }

    public long NextDeadlineTicks => _fetcher.NextDeadlineTicks;

    public long FrontierOf(ValidatorId lane) => _lanes[lane.Value].Frontier.Position;

    public void BeginStep(long now) => _now = now;

    public void Tick() => _fetcher.Tick(_now);

    public void TakeBatch(Message.BatchMessage message)
    {
        LaneChain chain = _lanes[message.Batch.Lane.Value];
        if (!_fetcher.IsWanted(message.Batch) || chain.Find(message.Batch.Digest) is not null)
            return;
        chain.Store(message.Batch, message.TransactionsValid);
        _fetcher.Refresh(chain.Lane);
    }

    public bool Holds(LaneTip tip, Tip above) => _lanes[tip.Lane.Value].FirstMissing(tip.Tip, above.Position) is null;

    public void Fetch(LaneTip tip, Tip above, Height height, ValidatorId first) => _fetcher.Want(tip.Lane, tip.Tip, above.Position, height, first, _now);

    public IReadOnlyList<Batch> Segment(LaneTip tip, Tip above) => _lanes[tip.Lane.Value].Segment(tip.Tip, above.Position);

    public void Commit(LaneTip tip, Height height)
    {
        _lanes[tip.Lane.Value].Commit(tip.Tip, height);
        _fetcher.Refresh(tip.Lane);
    }

    public void Committed(IReadOnlyList<Batch> batches, Cut cut)
    {
        // Nothing is proposed here.
    }

    public void Forget(Height durable)
    {
        foreach (LaneChain chain in _lanes)
            chain.Forget(durable);
    }
}
