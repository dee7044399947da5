namespace Dadbs.Consensus;

/// <summary>
/// Agreement on lane tips, rules V1 to V7, P1, C1, K1, T1, T2. Handlers take in what came; <see cref="Evaluate"/> then says whatever the rules
/// now call for, until nothing more follows: one step may trigger any rule after any other, all on one <see cref="SimplexState"/>. Each rule has its own file;
/// whether a vote may be cast is decided in <see cref="SafetyRules"/> alone.
/// </summary>
internal sealed class SimplexReplica
{
    /// <summary>One step follows at most a handful of views; thousands mean a rule that answers itself.</summary>
    private const int RoundsMax = 10_000;

    private readonly ConsensusParameters _parameters;
    private readonly Outbox _outbox;
    private readonly ILanes _lanes;
    private readonly ValidatorId _self;
    private readonly SimplexState _state;
    private readonly Pacemaker _pacemaker;
    private readonly PeerTable _peers;
    private readonly Hearing _hearing;
    private readonly CatchUp _catchUp;
    private readonly DeliveryQueue _deliveries;
    private readonly CertificateStore _certificates;
    private readonly Ballot _ballot;
    private readonly PendingWork _pending;
    private readonly Unanimity _unanimity;
    private readonly Voting _voting;
    private readonly Proposing _proposing;
    private readonly Committing _committing;

    public SimplexReplica(ReplicaOptions options, Outbox outbox, ILanes lanes, PeerTable peers, Hearing hearing, Block head, Cut cut)
    {
        _parameters = options.Parameters;
        _outbox = outbox;
        _lanes = lanes;
        _self = options.Self;
        var prover = new Prover(options, outbox);
        outbox.Prove = prover.Prove;
        _state = new SimplexState(options.Scope, _parameters, options.Self, head, cut, prover) { LastAdvancingHeight = head.Height };
        _pacemaker = new Pacemaker(_parameters);
        _peers = peers;
        _hearing = hearing;
        _catchUp = new CatchUp(options.Scope, _parameters, _peers, outbox);
        _deliveries = new DeliveryQueue(options.Scope, lanes, outbox, head, cut, _parameters.CatchUpBlocks, _peers.NextToAsk);
        _certificates = new CertificateStore(_state, outbox, prover, Learn);
        _ballot = new Ballot(options, _state, outbox, _certificates, _peers, _hearing, _deliveries);
        _pending = new PendingWork(options, _state, outbox, lanes, _pacemaker, _peers);
        _unanimity = new Unanimity(options.Scope, _parameters);
        _voting = new Voting(options, _state, outbox, lanes, _certificates, _ballot, _pacemaker, _pending, _hearing, _catchUp, _unanimity);
        _proposing = new Proposing(options, _state, lanes, _ballot, _pacemaker, _pending, _catchUp);
        _committing = new Committing(_state, _certificates, _deliveries, _pacemaker, _catchUp, Enter);
        Relay = new Relay(options, _state, outbox, _ballot, _pacemaker, _peers, _hearing, _deliveries);
        Evidence = new LeaderEvidence(_state, options.Self, outbox);
        Recovery = new SimplexRecovery(_state, _certificates, _deliveries);
    }

    public SimplexState State => _state;

    public DeliveryQueue Deliveries => _deliveries;

    /// <summary>Links and requests.</summary>
    public Relay Relay { get; }

    /// <summary>Leaders that contradict themselves.</summary>
    public LeaderEvidence Evidence { get; }

    /// <summary>The vote log.</summary>
    public SimplexRecovery Recovery { get; }

    public long Delta => _pacemaker.Delta;

    /// <summary>See <see cref="Replica.BatchesWorthATurn"/>.</summary>
    public int BatchesWorthATurn => _proposing.BatchesWorthATurn;

    /// <summary>See <see cref="Replica.SubmissionsWorthATurn"/>, where this node proposes next.</summary>
    public int SubmissionsWorthATurn => _proposing.SubmissionsWorthATurn;

    /// <summary>The current view's proposal is this node's to make.</summary>
    public bool IsToPropose => _proposing.IsMine && _state.Here.Proposal is null;

    /// <summary>L4: the view whose proposal can hold what is not in a batch yet; null: its leader is not expected to make one, or is alone and seals as L1 says.</summary>
    public View? NextProposal
    {
        get
        {
            View view = _state.Here.Proposal is null && !_state.Here.Own.Nullified ? _state.Current : _state.Current.Next;
            ValidatorId leader = _state.Scope.LeaderOf(view);
            bool isLinked = leader == _self || _hearing.Hears(leader, view, _state.Now.Ticks);
            bool isExpected = isLinked && !_state.Execution.IsBehind(leader) && !_state.Reputation.IsPassedOver(view) && !_state.Reputation.IsOnProbation(view);
            return isExpected && _state.Scope.ValidatorCount > 1 ? view : null;
        }
    }

    /// <summary>See <see cref="Replica.AwaitsExecution"/>.</summary>
    public bool AwaitsExecution => _state.Here is { Proposal: null } ? _proposing.IsMine : _state.Here.Own.Notarized is null;

    /// <summary>See <see cref="IConsensusCore.ExpectsUnanimity"/>.</summary>
    public bool ExpectsUnanimity => _unanimity.IsExpected;

    public long NextDeadlineTicks { get; private set; } = long.MaxValue;

    public void BeginStep(Moment now) => _state.Now = now;

    public void Start()
    {
        _pacemaker.Enter(_state.Now.Ticks, false);
        _pacemaker.LastBlockTicks = _state.Now.Ticks;
    }

    public void Tick() => _catchUp.Tick(_state.Now.Ticks);

    public void OnHeard(ValidatorId peer, long agoTicks) => _peers.Heard(peer, _state.Now.Ticks - agoTicks);

    public void OnLinkDown(ValidatorId peer)
    {
        _peers.Down(peer);
        _hearing.LinkDown(peer);
    }

    public void OnExecuted(ExecutedRoots roots) => _ballot.OnExecuted(roots);

    public void OnProposal(ValidatorId from, Message.Proposal proposal)
    {
        if (_state.Prover.Admit(proposal.LeaderVote) is not { } leaderVote)
            return;
        foreach (Certificate skipped in proposal.Skipped)
            OnCertificate(skipped);
        if (proposal.Parent is { } parent)
            OnCertificate(parent);
        Block block = proposal.Block;
        _peers.Shows(from, block.View);
        Evidence.Heard(leaderVote);
        if (block.View <= _state.Tree.Head.Block.View || block.View.Value > _state.Current.Value + _parameters.ViewWindow)
        {
            Relay.AnswerLate(from, block.View);
            return;
        }
        ViewState view = _state.At(block.View);
        if (from == leaderVote.Voter && !view.IsShownByLeader)
        {
            view.IsShownByLeader = true;
            _hearing.Shown(from);
        }
        if (view.Proposal is null)
        {
            view.Proposal = block;
            view.ProposalTicks = _state.Now.Ticks;
            _certificates.Known(_state.Tree.Add(block));
            _proposing.NoteAdvance(block);
        }
        else if (view.Proposal.Digest != block.Digest)
        {
            view.LeaderEquivocated = true;
        }
        OnVote(from, leaderVote);
    }

    public void OnVote(ValidatorId from, Vote said)
    {
        if (_state.Prover.Admit(said) is not { } vote)
            return;
        // The hint is not signed: only its own sender can give it, not who passes a proposal on.
        if (from == vote.Voter)
            _state.Execution.Hint(from, vote.ExecutedHint);
        View senderIn = vote.Type == VoteType.Finalize ? vote.View.Next : vote.View;
        _peers.Shows(from, senderIn);
        Relay.AnswerLate(from, vote.Type == VoteType.Nullify ? senderIn.Previous : senderIn);
        if (vote.Type == VoteType.Finalize)
            Relay.AnswerFinalize(vote);
        Evidence.Heard(vote);
        if (vote.View > _state.Tree.Head.Block.View && vote.View.Value <= _state.Current.Value + _parameters.ViewWindow)
            _certificates.Count(vote);
    }

    public void OnCertificate(ValidatorId from, Certificate certificate)
    {
        _peers.Shows(from, certificate.View.Next);
        OnCertificate(certificate);
    }

    /// <summary>A peer's. The rim did not check one whose key was held when it came: if that has been let go of since, it says nothing.</summary>
    public void OnCertificate(Certificate certificate)
    {
        if (certificate.IsProven)
            Learn(certificate);
    }

    /// <summary>A stored finalization turned out to be one that others would refuse (M1).</summary>
    public void OnDoubted(Certificate certificate) => _state.Prover.Prove(certificate);

    private void Learn(Certificate certificate)
    {
        if (certificate.View <= _state.Tree.Head.Block.View || !_certificates.Record(certificate))
            return;
        _outbox.Persist(new LogRecord.KnownCertificate(certificate));
        Evidence.Recorded(certificate);
        Judge(certificate);
        if (_state.Tree.Find(certificate.Digest) is { } node)
            _certificates.Known(node);
        if (certificate.IsUnanimous)
            OnUnanimous(certificate);
        else if (certificate.Type == VoteType.Finalize && _state.At(certificate.View) is { QuorumTicks: not null } waited)
            _unanimity.Over(waited);
        if (certificate.View >= _state.Current)
            Enter(certificate);
    }

    public void OnCertifiedBlock(Message.CertifiedBlock certified)
    {
        Certificate certificate = certified.Certificate;
        if (certified.Block.View <= _state.Tree.Head.Block.View || (!certificate.IsProven && _state.Find(certificate.View)?.Held(certificate.Key) is null))
            return;
        BlockNode node = _state.Tree.Add(certified.Block);
        OnCertificate(certificate);
        _certificates.Known(node);
    }

    /// <summary>Catching up: a run of final blocks that joins on to the head.</summary>
    public void OnFinalizedBlocks(IReadOnlyList<FinalizedBlock> blocks)
    {
        Block head = _state.Tree.Head.Block;
        FinalizedBlock[] above = [.. blocks.Where(block => block.Block.Height > head.Height)];
        if (above.Length == 0 || above[0].Block.Header.ParentDigest != head.Digest)
            return;
        foreach (FinalizedBlock block in above)
        {
            BlockNode node = _state.Tree.Add(block.Block);
            _certificates.Persist(node);
            if (block.Finalization is { } finalization)
                OnCertificate(finalization);
        }
        _catchUp.AskOnAtOnce(_state.Now.Ticks);
    }

    public void OnLinkStatus(ValidatorId from, Message.LinkStatus status)
    {
        _peers.Shows(from, status.View);
        _state.Execution.Hint(from, status.ExecutedHint);
        if (status.View < _state.Current && _peers.MayAnswer(from, _state.Now.Ticks, _pacemaker.Delta))
            Relay.Answer(from);
    }

    public void OnProgress(ValidatorId from, Message.Progress progress)
    {
        _peers.Shows(from, progress.InView);
        _state.Execution.Hint(from, progress.ExecutedHint);
    }

    /// <summary>Says everything that the rules call for now, and sets the next deadline.</summary>
    public void Evaluate()
    {
        _hearing.Say(_state.Current, _state.Now.Ticks);
        do
        {
            SayWhatFollows();
            _voting.AskForCertified();
            _voting.Repeat();
            Relay.PassOn();
        }
        // What was to be shown to others may have turned out to be unprovable.
        while (_voting.FinalizeHead());
        long others = Math.Min(_catchUp.NextDeadlineTicks, Relay.PassOnTicks);
        long own = Math.Min(Math.Min(_proposing.DueTicks, _voting.FinalizeDueTicks), _pending.Deadline(_voting.RepeatTicks));
        long late = Math.Min(_voting.ProveDueTicks, _voting.AskDueTicks);
        NextDeadlineTicks = Math.Min(Math.Min(others, own), late);
    }

    private void SayWhatFollows()
    {
        bool again = true;
        for (int round = 0; again; round++)
        {
            Invariant.Check(round < RoundsMax, "a step comes to an end");
            _pending.SeePending();
            again = _voting.FinalizeHead();
            again |= _voting.ProveNotarizes();
            again |= _committing.Commit();
            again |= _deliveries.Deliver();
            again |= _voting.Notarize();
            again |= _voting.NotarizeLate();
            again |= _proposing.Propose();
            again |= Finalize();
            again |= _voting.Nullify();
        }
    }

    private bool IsAbsent(ValidatorId leader) =>
        _hearing.Hears(leader, _state.Current, _state.Now.Ticks) ? _state.Execution.IsBehind(leader) : _peers.IsSilent(leader, _state.Now.Ticks);

    /// <summary>T2. A leader that cannot be heard has not failed, it is away; nor has one that has to catch up.</summary>
    private void Judge(Certificate certificate)
    {
        if (certificate.Type == VoteType.Notarize || (certificate.IsUnanimous && _state.At(certificate.View).Notarization is null))
            _state.Reputation.Served(certificate.View);
        else if (certificate.Type == VoteType.Nullify && !IsAbsent(_state.Scope.LeaderOf(certificate.View)))
            _state.Reputation.Failed(certificate.View);
    }

    /// <summary>Everybody told everybody: all are where this certificate leads, except those who said Finalize and hear of it now.</summary>
    private void OnUnanimous(Certificate certificate)
    {
        _unanimity.Over(_state.At(certificate.View));
        foreach (ValidatorId signer in certificate.Signers)
            _peers.Shows(signer, certificate.View.Next);
        Relay.AnswerFinalizes(_state.At(certificate.View));
    }

    /// <summary>V4: while nothing waits for delivery, every batch of the final chain is here.</summary>
    private bool Finalize()
    {
        if (_deliveries.WaitingCount == 0)
            _state.Tree.Head.BatchesDurable = true;
        return _voting.Finalize();
    }

    /// <summary>V8: others have the leader's proposal, and over its own link it did not come. Who is many views behind has missed more than that.</summary>
    private void NoteMissed(Certificate certificate)
    {
        ValidatorId leader = _state.Scope.LeaderOf(certificate.View);
        bool isNext = certificate.View.Value < _state.Current.Value + _state.Scope.ValidatorCount;
        if (isNext && certificate.Type != VoteType.Nullify && _peers.IsHeard(leader, _state.Now.Ticks) && !_state.At(certificate.View).IsShownByLeader)
            _hearing.Missed(certificate.View);
    }

    /// <summary>
    /// V1: enter the view after the certificate's, pass the certificate on. A notarization of the view that is left is made by everybody out of the
    /// same votes, so it is only told to those who do not soon show that they have it.
    /// </summary>
    private void Enter(Certificate certificate)
    {
        bool isOrdinary = certificate.VotesType == VoteType.Notarize && certificate.View == _state.Current;
        NoteMissed(certificate);
        _state.Current = certificate.View.Next;
        _state.Entry = certificate;
        _pacemaker.Enter(_state.Now.Ticks, certificate.Type == VoteType.Nullify);
        if (certificate.Type == VoteType.Nullify)
            _lanes.ViewFailed(certificate.View);
        else
            _pacemaker.LastBlockTicks = _state.Now.Ticks;
        _pending.Entered();
        Relay.Entered(certificate, isOrdinary);
    }
}
