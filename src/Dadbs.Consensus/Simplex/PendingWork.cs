namespace Dadbs.Consensus;

/// <summary>P1: whether work is pending in the current view, since when, and what is then due next. The clock itself is the <see cref="Pacemaker"/>.</summary>
internal sealed class PendingWork(ReplicaOptions options, SimplexState state, Outbox outbox, ILanes lanes, Pacemaker pacemaker, PeerTable peers)
{
    private readonly ReplicaOptions _options = options;
    private readonly EpochScope _scope = options.Scope;
    private readonly ConsensusParameters _parameters = options.Parameters;
    private readonly SimplexState _state = state;
    private readonly Outbox _outbox = outbox;
    private readonly ILanes _lanes = lanes;
    private readonly Pacemaker _pacemaker = pacemaker;
    private readonly PeerTable _peers = peers;
    private long? _nullifyPressureTicks;
    private bool _proofsShown;

    /// <summary>A view begins.</summary>
    public void Entered()
    {
        _nullifyPressureTicks = null;
        _proofsShown = false;
    }

    public bool IsPending() => _pacemaker.PendingFrom(Grounds()) <= _state.Now.Ticks;

    /// <summary>P1 (a), and its one message: a proof that came late is shown to the leader once.</summary>
    public void SeePending()
    {
        ViewState here = _state.Here;
        BlockNode? parent = _state.ParentFor(_state.Current, out _, out _);
        Block extended = parent?.Block ?? _state.Tree.Head.Block;
        bool mayAdvance = extended.Height.Next.Value - _state.Execution.Nameable(extended).Height.Value <= _parameters.ExecutionLagBlocks;
        _pacemaker.SeeAhead(mayAdvance && _lanes.IsAhead((parent ?? _state.Tree.Head).Cut!), _state.Now.Ticks);
        if (here.Nullifies.Count >= _scope.OneHonest && _nullifyPressureTicks is null)
            _nullifyPressureTicks = _state.Now.Ticks;
        bool showNow = !_proofsShown && here.Proposal is null && _state.Leader != _options.Self && _state.Now.Ticks >= (_pacemaker.LateProofTicks ?? long.MaxValue);
        if (!showNow)
            return;
        _proofsShown = true;
        foreach (AvailabilityProof proof in _lanes.ProofsAhead(ExtendedCut()))
            _outbox.Send(_state.Leader, new Message.Available(proof));
    }

    public Cut ExtendedCut() => _state.ParentFor(_state.Current, out _, out _)?.Cut ?? _state.Tree.Head.Cut!;

    public PendingGrounds Grounds() => new(
        _state.Here.Proposal is null ? null : _state.Here.ProposalTicks,
        _nullifyPressureTicks,
        HasUnfinalizedAdvance(),
        _state.Tree.Head.Block.Header.Executed.Height < _state.LastAdvancingHeight || (_state.IsHeadUnprovable && _state.Leader == _options.Self),
        _scope.ValidatorCount == 1);

    /// <summary>When the current view calls for something next; while its Nullify is said, at <paramref name="repeatTicks"/>.</summary>
    public long Deadline(long repeatTicks)
    {
        long deadline = long.MaxValue;
        ViewState here = _state.Here;
        if (here.Own.Nullified)
            return repeatTicks;
        PendingGrounds grounds = Grounds();
        long pending = _pacemaker.PendingFrom(grounds);
        if (pending == long.MaxValue)
            return deadline;
        if (_pacemaker.SeesAhead && here.Proposal is null)
            deadline = Math.Min(deadline, Later(_peers.SilentFrom(_state.Leader)));
        if (here.Proposal is null && _state.Reputation.IsOnProbation(_state.Current))
            deadline = Math.Min(deadline, Later(_pacemaker.ProbationTicks));
        if (pending > _state.Now.Ticks)
            return Math.Min(deadline, pending);
        if (_pacemaker.HeartbeatFrom(grounds) is var heartbeat && heartbeat > _state.Now.Ticks && here.Proposal is null)
            deadline = Math.Min(deadline, heartbeat);
        if (here.Proposal is null)
            deadline = Math.Min(deadline, Math.Min(Later(pending + (2 * _pacemaker.Delta)), Later(_peers.SilentFrom(_state.Leader))));
        return Math.Min(deadline, Later(pending + (3 * _pacemaker.Delta)));
    }

    private bool HasUnfinalizedAdvance()
    {
        foreach (ViewState view in _state.Views)
        {
            if ((view.Notarization is { } notarization && Advances(notarization)) || (view.Locks.Count > 0 && view.Locks.Exists(Advances)))
                return true;
        }
        return false;
    }

    private bool Advances(Certificate certified) => _state.Tree.Find(certified.Digest)?.Block.AdvancesCut ?? true;

    private long Later(long ticks) => ticks > _state.Now.Ticks ? ticks : long.MaxValue;
}
