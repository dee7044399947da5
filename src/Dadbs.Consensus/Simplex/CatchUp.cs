namespace Dadbs.Consensus;

/// <summary>
/// What is asked of others because it is missing: a view's certificate and block (V7), or finalized blocks from the head on. Each question
/// is put again after Δ, to another peer, as long as the core still needs the answer.
/// </summary>
internal sealed class CatchUp(EpochScope scope, ConsensusParameters parameters, PeerTable peers, Outbox outbox)
{
    private readonly Dictionary<View, long> _askedViews = [];
    private long _blocksAskAgainTicks = long.MaxValue;
    private long? _gapSinceTicks;
    private bool _held;

    public long NextDeadlineTicks
    {
        get
        {
            long views = _askedViews.Count == 0 ? long.MaxValue : _askedViews.Values.Min();
            return _gapSinceTicks is null || _held ? views : Math.Min(views, _blocksAskAgainTicks);
        }
    }

    public void Tick(long now)
    {
        foreach ((View view, long againTicks) in _askedViews)
        {
            if (againTicks <= now)
                _askedViews.Remove(view);
        }
    }

    /// <summary>Views at or below the final head are no longer of interest.</summary>
    public void Forget(View head)
    {
        foreach (View view in _askedViews.Keys)
        {
            if (view <= head)
                _askedViews.Remove(view);
        }
    }

    public void AskView(View view, ValidatorId? first, long now)
    {
        if (scope.ValidatorCount == 1 || !_askedViews.TryAdd(view, now + parameters.DeltaBaseTicks))
            return;
        outbox.Send(first ?? peers.NextToAsk(), new Message.ViewRequest(view));
    }

    /// <summary>
    /// A finalization is known whose chain is not. A short grace first: in step with the others the block is only a moment late. The view is
    /// asked for as well, since a block log may not hold yet what was finalized just now.
    /// </summary>
    public void AskBlocks(Height from, View? missing, long now)
    {
        if (scope.ValidatorCount == 1)
            return;
        _held = false;
        if (_gapSinceTicks is null)
        {
            _gapSinceTicks = now;
            _blocksAskAgainTicks = now + (parameters.DeltaBaseTicks / 8);
        }
        if (now < _blocksAskAgainTicks)
            return;
        outbox.Send(peers.NextToAsk(), new Message.BlocksRequest(from));
        if (missing is { } view)
            AskView(view, null, now);
        _blocksAskAgainTicks = now + parameters.DeltaBaseTicks;
    }

    /// <summary>An answer moved the head, and there is more to come.</summary>
    public void AskOnAtOnce(long now)
    {
        if (_gapSinceTicks is not null)
            _blocksAskAgainTicks = now;
    }

    /// <summary>Enough blocks wait for their batches: the next question is due when some were delivered, and no clock runs until then.</summary>
    public void Hold() => _held = true;

    public void GapClosed() => _gapSinceTicks = null;
}
