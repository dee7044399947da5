namespace Dadbs.Consensus;

/// <summary>
/// When a vote is called for: V3 (Notarize), V4 (Finalize), V5 and T2 (Nullify). Whether it may be cast is asked of <see cref="SafetyRules"/>, once, each time.
/// </summary>
internal sealed class Voting(
    ReplicaOptions options,
    SimplexState state,
    Outbox outbox,
    ILanes lanes,
    CertificateStore certificates,
    Ballot ballot,
    Pacemaker pacemaker,
    PendingWork pending,
    Hearing hearing,
    CatchUp catchUp,
    Unanimity unanimity)
{
    private readonly ReplicaOptions _options = options;
    private readonly EpochScope _scope = options.Scope;
    private readonly SimplexState _state = state;
    private readonly Outbox _outbox = outbox;
    private readonly ILanes _lanes = lanes;
    private readonly Pacemaker _pacemaker = pacemaker;
    private readonly Hearing _hearing = hearing;
    private readonly CatchUp _catchUp = catchUp;
    private readonly Unanimity _unanimity = unanimity;

    /// <summary>T2: how small a part of Δ a leader's own batch may come after its proposal.</summary>
    private const int OwnBatchShare = 4;

    /// <summary>V2: how small a part of Δ the votes have that make what a proposal stands on.</summary>
    private const int AskShare = 8;

    /// <summary>When a Finalize that waits for the last Notarize is said.</summary>
    public long FinalizeDueTicks { get; private set; } = long.MaxValue;

    /// <summary>When the Notarize of a quorum are verified that wait for the last.</summary>
    public long ProveDueTicks { get; private set; } = long.MaxValue;

    /// <summary>When a leader that is ahead is asked how it got there.</summary>
    public long AskDueTicks { get; private set; } = long.MaxValue;

    /// <summary>When the Nullify of the current view is said again.</summary>
    public long RepeatTicks { get; private set; }

    /// <summary>V3.</summary>
    public bool Notarize()
    {
        ViewState here = _state.Here;
        if (here.Proposal is not { } block || here.Invalid is not null || IsConvicted() || _options.Safety.RefuseNotarize(here.Own, _state.Current, _state.Floor) is not null)
            return false;
        switch (ProposalRules.Judge(block, _state, _lanes, _state.Now.UtcMicros))
        {
            case Verdict.Valid:
                ballot.Notarize(here, block);
                return true;
            case Verdict.Invalid invalid:
                here.Invalid = invalid.Reason;
                return true;
            case Verdict.MissingView missing:
                _catchUp.AskView(missing.View, _state.Leader, _state.Now.Ticks);
                return false;
            case Verdict.MissingTip missing:
                // A tip of the leader's own lane that it did not send along is its fault alone (T2); the view still waits, as V3 says.
                if (missing.Tip.Lane == _state.Leader && _state.Now.Ticks >= here.ProposalTicks + (_pacemaker.Delta / OwnBatchShare))
                    _state.Reputation.Failed(_state.Current);
                _lanes.Fetch(missing.Tip, missing.Above, Height.Genesis, _state.Leader);
                return false;
            default:
                return false;
        }
    }

    /// <summary>V3 and C1: the others were faster, and may be waiting for the last vote.</summary>
    public bool NotarizeLate()
    {
        foreach (ViewState view in _state.Views)
        {
            if (view.Proposal is not { } block || view.Notarization?.Digest != block.Digest || view.Finalization is not null
                || _options.Safety.RefuseNotarize(view.Own, _state.Current, _state.Floor, isNotarized: true) is not null
                || ProposalRules.Judge(block, _state, _lanes, _state.Now.UtcMicros) is not Verdict.Valid)
                continue;
            ballot.Notarize(view, block);
            return true;
        }
        return false;
    }

    /// <summary>
    /// V4, M1: what a quorum said over their own links is verified when the last of all n is not worth waiting for or was waited for in vain. Who left the view for dead is not waited with.
    /// </summary>
    public bool ProveNotarizes()
    {
        ProveDueTicks = long.MaxValue;
        foreach (ViewState view in _state.Views)
        {
            if (view is not { QuorumDigest: { } digest, QuorumTicks: { } quorumTicks, Notarization: null, Finalization: null })
                continue;
            long due = _unanimity.WaitsUntil(view, digest, quorumTicks, _pacemaker.Delta);
            // A view that is skipped anyhow is skipped the sooner: who enters it says so.
            bool isHurried = view.Nullifies.Count > 0 || _state.Reputation.IsPassedOver(view.View.Next);
            if (due > _state.Now.Ticks && !isHurried)
                ProveDueTicks = Math.Min(ProveDueTicks, due);
            else if (certificates.ProveQuorum(view))
                return true;
        }
        return false;
    }

    /// <summary>
    /// V4, C1: the head is final because all notarized it, and that cannot be shown to others, since somebody signed badly. They have to come to it by Finalize, and this node's may be
    /// needed. S1 holds as ever.
    /// </summary>
    public bool FinalizeHead()
    {
        BlockNode head = _state.Tree.Head;
        if (!_state.IsHeadUnprovable || _state.HeadView is not { } view)
            return false;
        Digest digest = head.Block.Digest;
        var grounds = new FinalizeGrounds(digest, head.BatchesDurable, view.LeaderEquivocated, ExecutedDiffers(view, head.Block));
        if (_options.Safety.RefuseFinalize(view.Own, digest, grounds, _state.Floor) is not null)
            return false;
        ballot.Cast(VoteType.Finalize, view, digest);
        return true;
    }

    /// <summary>V4, the second half: Finalize for every notarized view whose data is here, also after leaving it; a moment later if the last Notarize may yet make it needless.</summary>
    public bool Finalize()
    {
        FinalizeDueTicks = long.MaxValue;
        foreach (ViewState view in _state.Views)
        {
            if (view.Notarization is not { } notarization || view.Own.Finalized is not null || view.Finalization is not null)
                continue;
            Digest digest = notarization.Digest;
            if (_state.Tree.Find(digest) is not { Cut: not null } node)
                continue;
            var grounds = new FinalizeGrounds(digest, BatchesDurable(node), view.LeaderEquivocated, ExecutedDiffers(view, node.Block));
            if (_options.Safety.RefuseFinalize(view.Own, digest, grounds, _state.Floor) is not null)
                continue;
            if (_unanimity.WaitsUntil(view, digest, view.NotarizedTicks, _pacemaker.Delta) is var due && due > _state.Now.Ticks)
            {
                FinalizeDueTicks = Math.Min(FinalizeDueTicks, due);
                continue;
            }
            _unanimity.Over(view);
            certificates.Persist(node);
            ballot.Cast(VoteType.Finalize, view, digest);
            return true;
        }
        return false;
    }

    /// <summary>
    /// V4 and S2: what is certified may be built upon, so its block is asked for, and those below it. A notarized block most likely comes by itself.
    /// </summary>
    public void AskForCertified()
    {
        AskDueTicks = long.MaxValue;
        foreach (ViewState view in _state.Views)
        {
            if (view.View > _state.Current && view.Proposal is not null)
                AskHowToEnter(view);
            bool isLate = view.View.Next < _state.Current || _state.Now.Ticks > _pacemaker.EnteredTicks + _pacemaker.Delta;
            if (view.Notarization is { } notarization && isLate)
                AskFor(notarization);
            foreach (Certificate locked in view.Locks)
                AskFor(locked);
        }
    }

    /// <summary>V5 and T2.</summary>
    public bool Nullify()
    {
        ViewState here = _state.Here;
        if (here.Own.Nullified || !HasReasonToNullify(here) || _options.Safety.RefuseNullify(here.Own, _state.Current, _state.Floor) is not null)
            return false;
        // What is notarized is left, not given up.
        if (certificates.ProveQuorum(here))
            return true;
        RepeatTicks = _state.Now.Ticks + _pacemaker.Delta;
        ballot.Cast(VoteType.Nullify, here, _options.Safety.ClaimOf(here.Own));
        return true;
    }

    /// <summary>V5: until the view is left, the Nullify again, how this view was entered, and the proofs that make the work pending.</summary>
    public void Repeat()
    {
        ViewState here = _state.Here;
        if (!here.Own.Nullified || _state.Now.Ticks < RepeatTicks)
            return;
        RepeatTicks = _state.Now.Ticks + _pacemaker.Delta;
        if (_state.Entry is { } entry)
            _outbox.Broadcast(new Message.Certified(entry));
        foreach (Vote vote in here.OwnVotes)
            _outbox.Broadcast(new Message.Voted(vote));
        foreach (AvailabilityProof proof in _lanes.ProofsAhead(pending.ExtendedCut()))
            _outbox.Broadcast(new Message.Available(proof));
    }

    /// <summary>V2: a proposal without its parent's certificate supposes that all have it.</summary>
    private void AskHowToEnter(ViewState view)
    {
        long due = view.ProposalTicks + (_pacemaker.Delta / AskShare);
        if (due > _state.Now.Ticks)
            AskDueTicks = Math.Min(AskDueTicks, due);
        else
            _catchUp.AskView(view.View.Previous, _scope.LeaderOf(view.View), _state.Now.Ticks);
    }

    private void AskFor(Certificate certified)
    {
        if (_state.Tree.Find(certified.Digest) is not { Cut: not null } && _state.MissingBelow(certified.View, certified.Digest) is { } missing)
            _catchUp.AskView(missing, null, _state.Now.Ticks);
    }

    private bool BatchesDurable(BlockNode node)
    {
        if (node.BatchesDurable)
            return true;
        if (node.Parent is not { } parent || !BatchesDurable(parent))
            return false;
        bool all = true;
        foreach (LaneTip advance in node.Block.Header.Cut)
        {
            if (_lanes.Holds(advance, parent.Cut![advance.Lane]))
                continue;
            all = false;
            _lanes.Fetch(advance, parent.Cut![advance.Lane], Height.Genesis, _scope.LeaderOf(node.Block.View));
        }
        return node.BatchesDurable = all;
    }

    private bool ExecutedDiffers(ViewState view, Block block)
    {
        bool differs = _state.Execution.ResultAt(block.Header.Executed.Height) is { } own && own != block.Header.Executed;
        if (differs && !view.AlarmedExecutedDiffers)
        {
            view.AlarmedExecutedDiffers = true;
            _outbox.Emit(new Effect.Alarm(AlarmKind.ExecutedDiffers, null, $"{block} names roots at {block.Header.Executed.Height} that this node did not compute"));
        }
        return differs;
    }

    /// <summary>T2. What this node knows of itself only the others can act on.</summary>
    private bool IsConvicted() => _state.Leader != _options.Self && _state.Reputation.IsConvicted(_state.Current);

    private bool IsAbsent(ValidatorId leader) =>
        _hearing.Hears(leader, _state.Current, _state.Now.Ticks) ? _state.Execution.IsBehind(leader) : _hearing.IsAway(leader, _state.Now.Ticks);

    private bool HasReasonToNullify(ViewState here)
    {
        // Who was told so votes against it on entering, so that its turn is over before anything waits for it; and in the turn itself, whatever was voted before, for the others are split.
        if (IsConvicted())
            return true;
        if (here.Invalid is not null || here.Nullifies.Count >= _scope.OneHonest || here.Nullifies.Has(_state.Leader))
            return true;
        PendingGrounds grounds = pending.Grounds();
        long since = _pacemaker.PendingFrom(grounds);
        // A block that is not final yet calls for a next one: whoever is skipped anyhow is skipped together with the Finalize of that block, which costs no round of its own.
        bool mightSkip = here.Proposal is null && (since <= _state.Now.Ticks || _pacemaker.SeesAhead || grounds.UnfinalizedAdvance);
        if (mightSkip && IsAbsent(_state.Leader))
            return true;
        // On entering, so that its turn is over before anything waits for it.
        bool mightPassOver = here.Own.Notarized is null && _state.Leader != _options.Self;
        if (mightPassOver && _state.Reputation.IsPassedOver(_state.Current))
            return true;
        bool isGivenUp = here.Proposal is null && _state.Leader != _options.Self && _state.Now.Ticks >= _pacemaker.ProbationTicks;
        if (isGivenUp && _state.Reputation.IsOnProbation(_state.Current))
            return true;
        bool noProposal = here.Proposal is null && _state.Now.Ticks >= since + (2 * _pacemaker.Delta);
        return since <= _state.Now.Ticks && (noProposal || _state.Now.Ticks >= since + (3 * _pacemaker.Delta));
    }
}
