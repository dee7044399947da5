namespace Dadbs.Consensus;

/// <summary>C1: blocks become final, and leave for delivery; what is missing of a final chain is asked for.</summary>
internal sealed class Committing(
    SimplexState state, CertificateStore certificates, DeliveryQueue deliveries, Pacemaker pacemaker, CatchUp catchUp, Action<Certificate> enter)
{
    private readonly SimplexState _state = state;
    private readonly ConsensusParameters _parameters = state.Parameters;
    private readonly DeliveryQueue _deliveries = deliveries;
    private readonly Pacemaker _pacemaker = pacemaker;
    private readonly CatchUp _catchUp = catchUp;
    private int _unproven = state.Parameters.CatchUpBlocks;

    /// <summary>C1: a finalization makes its block and all its ancestors final, whenever it comes.</summary>
    public bool Commit()
    {
        Certificate? highest = null;
        for (int i = _state.Views.Count - 1; i >= 0; i--)
        {
            if (_state.Views[i].Finalization is not { } finalization)
                continue;
            if (_state.Tree.Find(finalization.Digest) is { Cut: not null } node && _state.Tree.ChainTo(node) is { } chain)
            {
                MakeFinal(chain, finalization);
                return true;
            }
            highest ??= finalization;
        }
        if (highest is null)
            _catchUp.GapClosed();
        else if (_deliveries.WaitingCount < _parameters.CatchUpBlocks)
            _catchUp.AskBlocks(_state.Tree.Head.Block.Height.Next, _state.MissingBelow(highest.View, highest.Digest), _state.Now.Ticks);
        else
            _catchUp.Hold();
        return false;
    }

    private void MakeFinal(IReadOnlyList<BlockNode> chain, Certificate finalization)
    {
        Cut before = _state.Tree.Head.Cut!;
        foreach (BlockNode node in chain)
        {
            certificates.Persist(node);
            Certificate? own = _state.Find(node.Block.View)?.Finalization;
            _deliveries.Add(new FinalBlock(node.Block, before, node.Cut!, own?.Digest == node.Block.Digest ? ForTheLog(own) : null));
            before = node.Cut!;
            if (node.Block.AdvancesCut)
                _state.LastAdvancingHeight = node.Block.Height;
        }
        BlockNode head = chain[^1];
        _state.Tree.Advance(head);
        _state.HighestFinalization = finalization;
        _state.ForgetThrough(head.Block.View);
        _state.Execution.Forget(head.Block.Header.Executed.Height);
        _catchUp.Forget(head.Block.View);
        _pacemaker.Finalized();
        if (_state.Current <= head.Block.View)
            enter(finalization);
    }

    /// <summary>
    /// M1: of the finalizations that go into the block log one in so many is proven, so that who catches up always finds one that proves what is before it, and who signs badly is
    /// found out.
    /// </summary>
    private Certificate? ForTheLog(Certificate finalization)
    {
        if (!finalization.IsProven && ++_unproven < _parameters.CatchUpBlocks)
            return finalization;
        if (_state.Prover.Prove(finalization) != finalization)
            return null;
        _unproven = 0;
        return finalization;
    }
}
