namespace Dadbs.Consensus;

/// <summary>V2 and K1: what this node proposes as the leader of a view, and when.</summary>
internal sealed class Proposing(
    ReplicaOptions options, SimplexState state, ILanes lanes, Ballot ballot, Pacemaker pacemaker, PendingWork pending, CatchUp catchUp)
{
    private readonly ReplicaOptions _options = options;
    private readonly EpochScope _scope = options.Scope;
    private readonly ConsensusParameters _parameters = options.Parameters;
    private readonly SimplexState _state = state;
    private readonly ILanes _lanes = lanes;
    private readonly Pacemaker _pacemaker = pacemaker;
    private readonly CatchUp _catchUp = catchUp;
    private IReadOnlyList<LaneTip> _activeLanes = [];
    private long _lastAdvanceProposalTicks = long.MinValue / 2;
    private BlockNode? _settled;
    private long _settledTicks = long.MinValue / 2;

    /// <summary>When a proposal that was put off falls due.</summary>
    public long DueTicks { get; private set; } = long.MaxValue;

    public bool IsMine => _state.Leader == _options.Self;

    /// <summary>See <see cref="Replica.BatchesWorthATurn"/>: those that the proposal at hand names and that are not here, or those that the own one waits for.</summary>
    public int BatchesWorthATurn
    {
        get
        {
            ViewState here = _state.Here;
            if (here.Proposal is { } proposal)
                return here.Own.Notarized is null ? Math.Max(1, proposal.Header.Cut.Count(advance => !_lanes.MayVoteFor(advance, _state.Leader))) : int.MaxValue;
            if (!IsMine || _state.ParentFor(_state.Current, out _, out _) is not { } parent || !IsSettled(parent))
                return int.MaxValue;
            int awaited = _activeLanes.Count(active => active.Lane != _options.Self && !_lanes.ComesLate(active.Lane) && _lanes.ProposableTip(active.Lane, parent.Cut![active.Lane]) is null);
            return Math.Max(1, awaited);
        }
    }

    /// <summary>The same for transactions: how many more make the own proposal.</summary>
    public int SubmissionsWorthATurn =>
        _state.ParentFor(_state.Current, out _, out _) is { } parent && IsSettled(parent)
            ? Math.Max(1, _lanes.TransactionsExpected - _lanes.TransactionsAhead(parent.Cut!))
            : int.MaxValue;

    /// <summary>What V2 paces blocks by: when the cut last advanced, and in which lanes.</summary>
    public void NoteAdvance(Block block)
    {
        if (!block.AdvancesCut)
            return;
        _lastAdvanceProposalTicks = _state.Now.Ticks;
        _activeLanes = block.Header.Cut;
    }

    /// <summary>V2.</summary>
    public bool Propose()
    {
        DueTicks = long.MaxValue;
        ViewState here = _state.Here;
        bool isMine = _state.Leader == _options.Self && here.Proposal is null;
        if (!isMine || _options.Safety.RefuseNotarize(here.Own, _state.Current, _state.Floor) is not null)
            return false;
        BlockNode? parent = _state.ParentFor(_state.Current, out View missing, out bool onlyBlockMissing);
        if (parent is null)
        {
            _catchUp.AskView(missing, null, _state.Now.Ticks);
            if (!onlyBlockMissing && pending.IsPending())
                here.Invalid = "certificates missing: this leader cannot propose";
            return false;
        }
        if (_settled != parent && IsSettled(parent))
            (_settled, _settledTicks) = (parent, _state.Now.Ticks);
        List<LaneTip> advances = Advances(parent, out ExecutedRoots executed);
        bool holdsOwn = _lanes.HoldsForProposal && MayAdvance(parent, executed);
        if ((advances.Count > 0 || holdsOwn) && AdvanceFrom(parent, advances) is var due && due > _state.Now.Ticks)
        {
            DueTicks = due;
            advances = [];
        }
        else if (holdsOwn)
        {
            _lanes.SealForProposal();
            advances = Advances(parent, out executed);
        }
        if (advances.Count == 0 && _state.Now.Ticks < _pacemaker.HeartbeatFrom(pending.Grounds()))
            return false;
        ProposeBlock(here, parent, advances, executed);
        return true;
    }

    private void ProposeBlock(ViewState here, BlockNode parent, List<LaneTip> advances, ExecutedRoots executed)
    {
        var block = Block.Create(_scope, new BlockHeader
        {
            Epoch = _scope.Epoch,
            View = here.View,
            Height = parent.Block.Height.Next,
            ParentView = parent.Block.View,
            ParentDigest = parent.Block.Digest,
            Cut = advances,
            CutDigest = parent.Cut!.Advance(advances).DigestIn(_scope),
            Executed = executed,
            TimeMicros = Math.Max(parent.Block.Header.TimeMicros + 1, _state.Now.UtcMicros),
        });
        NoteAdvance(block);
        here.Proposal = block;
        here.ProposalTicks = _state.Now.Ticks;
        ballot.Notarize(here, block);
    }

    /// <summary>V2 and K1: each lane's highest proven tip and the own newest; none when the block would run too far ahead of execution.</summary>
    private List<LaneTip> Advances(BlockNode parent, out ExecutedRoots executed)
    {
        executed = _state.Execution.Nameable(parent.Block);
        var advances = new List<LaneTip>();
        if (!MayAdvance(parent, executed))
            return advances;
        for (int lane = 0; lane < _scope.ValidatorCount; lane++)
        {
            var id = new ValidatorId(lane);
            if (_lanes.ProposableTip(id, parent.Cut![id]) is { } tip)
                advances.Add(new LaneTip(id, tip));
        }
        // A forked lane makes others wait for batches of the fork that they do not hold: it is taken along when there is nothing else to do.
        if (advances.Exists(advance => !_lanes.Equivocated(advance.Lane)))
            advances.RemoveAll(advance => _lanes.Equivocated(advance.Lane));
        return advances;
    }

    /// <summary>
    /// V2: at once when nothing is in flight (the parent is final and executed here) and every lane that the last block advanced is ahead again or comes late anyhow, else
    /// at the gathering limit after the parent's execution: whoever it answered is back by then. Clients so meet in the next block, instead of in two small
    /// ones. While the parent is under way, a second block follows it at the overlap limit.
    /// </summary>
    private long AdvanceFrom(BlockNode parent, List<LaneTip> advances)
    {
        if (!IsSettled(parent))
            return _lastAdvanceProposalTicks + Math.Max(_parameters.BlockIntervalTicks, _parameters.OverlapLimitTicks);
        if (_activeLanes.Count > 1 && _activeLanes.All(active => _lanes.ComesLate(active.Lane) || advances.Exists(advance => advance.Lane == active.Lane)))
            return _state.Now.Ticks;
        if (_lanes.TransactionsAhead(parent.Cut!) >= _lanes.TransactionsExpected)
            return _state.Now.Ticks;
        return Math.Max(_settledTicks + _parameters.GatherLimitTicks, _lastAdvanceProposalTicks + _parameters.BlockIntervalTicks);
    }

    private bool MayAdvance(BlockNode parent, ExecutedRoots executed) =>
        parent.Block.Height.Next.Value - executed.Height.Value <= _parameters.ExecutionLagBlocks;

    private bool IsSettled(BlockNode parent) => parent == _state.Tree.Head && _state.Execution.Executed >= parent.Block.Height;
}
