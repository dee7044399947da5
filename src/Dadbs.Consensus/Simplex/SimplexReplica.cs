namespace Dadbs.Consensus;

/// <summary>
/// Agreement on lane tips, rules V1 to V7, P1, C1, K1, T1, T2. Handlers take in what came; <see cref="Evaluate"/> then says whatever the rules
/// now call for, until nothing more follows. Whether a vote may be cast is decided in <see cref="SafetyRules"/> alone.
/// Long because one step may trigger any rule after any other, all on one state: what can stand alone (safety, proposals, pacing, catch-up) has its own file.
/// </summary>
internal sealed class SimplexReplica
{
    /// <summary>One step follows at most a handful of views; thousands mean a rule that answers itself.</summary>
    private const int RoundsMax = 10_000;

    /// <summary>V1: how small a part of Δ the others have to show that they entered a view.</summary>
    private const int PassOnShare = 8;

    private readonly ReplicaOptions _options;
    private readonly EpochScope _scope;
    private readonly ConsensusParameters _parameters;
    private readonly Outbox _outbox;
    private readonly ILanes _lanes;
    private readonly SimplexState _state;
    private readonly Pacemaker _pacemaker;
    private readonly PeerTable _peers;
    private readonly CatchUp _catchUp;
    private readonly DeliveryQueue _deliveries;
    private readonly List<ExecutedRoots> _unwrittenExecutions = [];
    private IReadOnlyList<LaneTip> _activeLanes = [];
    private Height _lastAdvancingHeight;
    private Height _lastHintSent;
    private long _lastAdvanceProposalTicks = long.MinValue / 2;
    private long _nullifyPressureTicks = long.MaxValue;
    private long _repeatTicks;
    private long _proposeDueTicks = long.MaxValue;
    private long _passOnTicks = long.MaxValue;
    private View _passOnView;
    private bool _proofsShown;
    private Moment _now;

    public SimplexReplica(ReplicaOptions options, Outbox outbox, ILanes lanes, Block head, Cut cut)
    {
        _options = options;
        _scope = options.Scope;
        _parameters = options.Parameters;
        _outbox = outbox;
        _lanes = lanes;
        _state = new SimplexState(_scope, _parameters, options.Self, head, cut);
        _pacemaker = new Pacemaker(_parameters);
        _peers = new PeerTable(_scope, options.Self, _parameters);
        _catchUp = new CatchUp(_scope, _parameters, _peers, outbox);
        _deliveries = new DeliveryQueue(_scope, lanes, outbox, head, cut, _parameters.CatchUpBlocks);
        _lastAdvancingHeight = head.Height;
    }

    public SimplexState State => _state;

    public DeliveryQueue Deliveries => _deliveries;

    public long Delta => _pacemaker.Delta;

    public long NextDeadlineTicks { get; private set; } = long.MaxValue;

    private ViewState Here => _state.At(_state.Current);

    private ValidatorId Leader => _scope.LeaderOf(_state.Current);

    public void BeginStep(Moment now) => _now = now;

    public void Start()
    {
        _pacemaker.Enter(_now.Ticks, false);
        _pacemaker.LastBlockTicks = _now.Ticks;
    }

    public void Tick() => _catchUp.Tick(_now.Ticks);

    public void OnHeard(ValidatorId peer) => _peers.Heard(peer, _now.Ticks);

    public void OnLinkDown(ValidatorId peer) => _peers.Down(peer);

    /// <summary>V7: everything that a broken link may have lost, said again.</summary>
    public void OnLinkUp(ValidatorId peer, Tip acknowledged)
    {
        _peers.Up(peer, _now.Ticks);
        _outbox.Send(peer, new Message.LinkStatus(_state.Current, _state.Tree.Head.Block.Height, _state.Execution.Executed, acknowledged));
        Answer(peer);
        foreach (ViewState view in _state.Views.Reverse().Take(_parameters.ViewWindow).Reverse())
        {
            foreach (Vote vote in view.OwnVotes)
                SayAgain(peer, view, vote);
        }
    }

    public void OnLinkStatus(ValidatorId from, Message.LinkStatus status)
    {
        _peers.Shows(from, status.View);
        _state.Execution.Hint(from, status.ExecutedHint);
        if (status.View < _state.Current && _peers.MayAnswer(from, _now.Ticks, Delta))
            Answer(from);
    }

    public void OnProgress(ValidatorId from, Message.Progress progress)
    {
        _peers.Shows(from, progress.InView);
        _state.Execution.Hint(from, progress.ExecutedHint);
    }

    public void OnProposal(ValidatorId from, Message.Proposal proposal)
    {
        foreach (Certificate skipped in proposal.Skipped)
            OnCertificate(skipped);
        if (proposal.Parent is { } parent)
            OnCertificate(parent);
        Block block = proposal.Block;
        _peers.Shows(from, block.View);
        if (block.View <= _state.Tree.Head.Block.View || block.View.Value > _state.Current.Value + _parameters.ViewWindow)
        {
            AnswerLate(from, block.View);
            return;
        }
        ViewState view = _state.At(block.View);
        if (view.Proposal is null)
        {
            view.Proposal = block;
            view.ProposalTicks = _now.Ticks;
            Known(_state.Tree.Add(block));
            NoteAdvance(block);
        }
        else if (view.Proposal.Digest != block.Digest)
        {
            Accuse(view, proposal.LeaderVote.Voter, "two proposals of one view");
            view.LeaderEquivocated = true;
        }
        OnVote(from, proposal.LeaderVote);
    }

    public void OnVote(ValidatorId from, Vote vote)
    {
        _state.Execution.Hint(vote.Voter, vote.ExecutedHint);
        View senderIn = vote.Type == VoteType.Finalize ? vote.View.Next : vote.View;
        _peers.Shows(from, senderIn);
        AnswerLate(from, vote.Type == VoteType.Nullify ? senderIn.Previous : senderIn);
        if (vote.View > _state.Tree.Head.Block.View && vote.View.Value <= _state.Current.Value + _parameters.ViewWindow)
            Count(vote);
    }

    public void OnCertificate(ValidatorId from, Certificate certificate)
    {
        _peers.Shows(from, certificate.View.Next);
        OnCertificate(certificate);
    }

    public void OnCertificate(Certificate certificate)
    {
        if (certificate.View <= _state.Tree.Head.Block.View || !Record(certificate))
            return;
        _outbox.Persist(new LogRecord.KnownCertificate(certificate));
        if (certificate.Type != VoteType.Nullify && _state.Tree.Find(certificate.Digest) is { } node)
            Known(node);
        if (certificate.View >= _state.Current)
            Enter(certificate);
    }

    public void OnCertifiedBlock(Message.CertifiedBlock certified)
    {
        if (certified.Block.View <= _state.Tree.Head.Block.View)
            return;
        BlockNode node = _state.Tree.Add(certified.Block);
        OnCertificate(certified.Certificate);
        Known(node);
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
            Persist(node);
            if (block.Finalization is { } finalization)
                OnCertificate(finalization);
        }
        _catchUp.AskOnAtOnce(_now.Ticks);
    }

    /// <summary>V7: any certificate of the view answers it; below the head the finalization does.</summary>
    public void OnViewRequest(ValidatorId from, View view)
    {
        if (view <= _state.Tree.Head.Block.View)
        {
            Block head = _state.Tree.Head.Block;
            if (_state.HighestFinalization is { } final)
                _outbox.Send(from, final.Digest == head.Digest ? new Message.CertifiedBlock(head, final) : new Message.Certified(final));
            return;
        }
        if (_state.Find(view) is not { } known)
            return;
        if ((known.Finalization ?? known.Notarization) is { } certificate)
            _outbox.Send(from, _state.Tree.Find(certificate.Digest) is { } node ? new Message.CertifiedBlock(node.Block, certificate) : new Message.Certified(certificate));
        if (known.Nullification is { } nullification)
            _outbox.Send(from, new Message.Certified(nullification));
    }

    public void OnBlocksRequest(ValidatorId from, Height height)
    {
        if (height <= _deliveries.Delivered)
            _outbox.Emit(new Effect.ServeBlocks(from, height, _parameters.CatchUpBlocks));
    }

    public void OnExecuted(ExecutedRoots roots)
    {
        _state.Execution.Record(roots);
        _unwrittenExecutions.Add(roots);
        if (roots.Height.Value - _lastHintSent.Value < Math.Max(1, _parameters.ExecutionLagBlocks / 4))
            return;
        _lastHintSent = roots.Height;
        _outbox.Broadcast(new Message.Progress(roots.Height));
    }

    /// <summary>Says everything that the rules call for now, and sets the next deadline.</summary>
    public void Evaluate()
    {
        bool again = true;
        for (int round = 0; again; round++)
        {
            Invariant.Check(round < RoundsMax, "a step comes to an end");
            SeePending();
            again = Commit();
            again |= _deliveries.Deliver(_peers.NextToAsk);
            again |= Notarize();
            again |= Propose();
            again |= Finalize();
            again |= Nullify();
        }
        Repeat();
        PassOn();
        NextDeadlineTicks = Math.Min(Deadline(), _passOnTicks);
    }

    public void RestoreVote(Vote vote)
    {
        if (vote.View <= _state.Tree.Head.Block.View)
            return;
        ViewState view = _state.At(vote.View);
        view.Remember(vote);
        if (vote.Type == VoteType.Notarize)
            view.Proposal ??= _state.Tree.Find(vote.Digest)?.Block;
        view.TallyOf(vote.Type).Add(vote, out _);
        if (vote.Type != VoteType.Finalize && vote.View > _state.Current)
            _state.Current = vote.View;
    }

    public void RestoreBlock(Block block)
    {
        if (block.Height <= _state.Tree.Head.Block.Height)
            return;
        _state.Tree.Add(block).Persisted = true;
    }

    public void RestoreCertificate(Certificate certificate)
    {
        if (certificate.View <= _state.Tree.Head.Block.View || !Record(certificate) || certificate.View < _state.Current)
            return;
        _state.Current = certificate.View.Next;
        _state.Entry = certificate;
    }

    public void RestoreFloor(View floor)
    {
        _state.Floor = floor;
        if (_state.Current <= floor)
            _state.Current = floor.Next;
    }

    /// <summary>D1: all that is still needed, from the last block that the block log holds for good.</summary>
    public List<LogRecord> RecordsToKeep(LogRecord.Floor floor)
    {
        var records = new List<LogRecord> { floor };
        records.AddRange(_deliveries.AboveDurable.Select(final => new LogRecord.KnownBlock(final.Block)));
        records.AddRange(_state.Tree.Above.Where(node => node.Persisted).Select(node => new LogRecord.KnownBlock(node.Block)));
        records.AddRange(_deliveries.AboveDurable.Where(final => final.Finalization is not null).Select(final => new LogRecord.KnownCertificate(final.Finalization!)));
        if (_state.HighestFinalization is { } highest)
            records.Add(new LogRecord.KnownCertificate(highest));
        foreach (ViewState view in _state.Views)
        {
            foreach (Certificate? certificate in new[] { view.Notarization, view.Nullification, view.Finalization })
            {
                if (certificate is not null)
                    records.Add(new LogRecord.KnownCertificate(certificate));
            }
            records.AddRange(view.OwnVotes.Select(vote => new LogRecord.OwnVote(vote)));
        }
        records.AddRange(_state.Execution.All.Select(roots => new LogRecord.OwnExecution(roots)));
        return records;
    }

    // ---- What is known -------------------------------------------------------------------------------------------------------------

    /// <summary>M1: one vote of each type per sender and view. V4, V6, C1: q of them are a certificate.</summary>
    private void Count(Vote vote)
    {
        ViewState view = _state.At(vote.View);
        VoteTally tally = view.TallyOf(vote.Type);
        if (!tally.Add(vote, out bool conflicts))
        {
            if (conflicts)
                Accuse(view, vote.Voter, $"two {vote.Type} votes of one view");
            return;
        }
        ValidatorId leader = _scope.LeaderOf(vote.View);
        if (vote.Type == VoteType.Notarize && vote.Voter == leader && view.Proposal is { } proposal && proposal.Digest != vote.Digest)
            view.LeaderEquivocated = true;
        if ((vote.Type == VoteType.Nullify && view.Finalizes.Has(vote.Voter)) || (vote.Type == VoteType.Finalize && view.Nullifies.Has(vote.Voter)))
            Accuse(view, vote.Voter, "Finalize and Nullify of one view");
        if (view.CertificateOf(vote.Type) is null && tally.CountFor(vote.Digest) >= _scope.Quorum)
            OnCertificate(tally.Certify(vote.Type, _scope.Epoch, vote.View, vote.Digest, _scope.Quorum));
    }

    /// <summary>False when a certificate of this type and view is held already.</summary>
    private bool Record(Certificate certificate)
    {
        ViewState view = _state.At(certificate.View);
        if (view.CertificateOf(certificate.Type) is { } held)
        {
            Invariant.Check(held.Digest == certificate.Digest, "two certificates of one type and view name one digest: more than f validators lie");
            return false;
        }
        switch (certificate.Type)
        {
            case VoteType.Notarize:
                view.Notarization = certificate;
                break;
            case VoteType.Nullify:
                view.Nullification = certificate;
                break;
            default:
                view.Finalization = certificate;
                break;
        }
        return true;
    }

    /// <summary>D1: the body of a block that is proposed or certified is kept, so that all nodes killed at once can go on.</summary>
    private void Known(BlockNode node)
    {
        if (_state.Find(node.Block.View)?.Certifying(node.Block.Digest) is not null)
            Persist(node);
    }

    private void Persist(BlockNode node)
    {
        if (node.Persisted)
            return;
        node.Persisted = true;
        _outbox.Persist(new LogRecord.KnownBlock(node.Block));
    }

    /// <summary>
    /// V1: enter the view after the certificate's, pass the certificate on. A notarization of the view that is left is made by everybody out of the
    /// same votes, so it is only told to those who do not soon show that they have it.
    /// </summary>
    private void Enter(Certificate certificate)
    {
        bool isOrdinary = certificate.Type == VoteType.Notarize && certificate.View == _state.Current;
        _state.Current = certificate.View.Next;
        _state.Entry = certificate;
        _pacemaker.Enter(_now.Ticks, certificate.Type == VoteType.Nullify);
        if (certificate.Type != VoteType.Nullify)
            _pacemaker.LastBlockTicks = _now.Ticks;
        _nullifyPressureTicks = long.MaxValue;
        _proofsShown = false;
        if (!isOrdinary)
            _outbox.Broadcast(new Message.Certified(certificate));
        else if (_passOnTicks == long.MaxValue)
            PassOnLater();
    }

    private void PassOnLater()
    {
        _passOnView = _state.Current;
        _passOnTicks = _now.Ticks + (Delta / PassOnShare);
    }

    /// <summary>V1: who has not been seen in the view by now is given the newest certificate, which leads there or further.</summary>
    private void PassOn()
    {
        if (_passOnTicks == long.MaxValue)
            return;
        if (_now.Ticks >= _passOnTicks)
        {
            _passOnTicks = long.MaxValue;
            foreach (ValidatorId peer in _peers.NotSeenIn(_passOnView))
                _outbox.Send(peer, new Message.Certified(_state.Entry!));
            if (_state.Current > _passOnView)
                PassOnLater();
        }
        if (!_peers.NotSeenIn(_state.Current).Any())
            _passOnTicks = long.MaxValue;
    }

    /// <summary>What V2 paces blocks by: when the cut last advanced, and in which lanes.</summary>
    private void NoteAdvance(Block block)
    {
        if (!block.AdvancesCut)
            return;
        _lastAdvanceProposalTicks = _now.Ticks;
        _activeLanes = block.Header.Cut;
    }

    private void Accuse(ViewState view, ValidatorId culprit, string what) =>
        _outbox.Emit(new Effect.Alarm(AlarmKind.Equivocation, culprit, $"{culprit} at {view.View}: {what}"));

    // ---- Saying --------------------------------------------------------------------------------------------------------------------

    private void Cast(VoteType type, ViewState view, Digest digest)
    {
        foreach (ExecutedRoots roots in _unwrittenExecutions)
            _outbox.Persist(new LogRecord.OwnExecution(roots));
        _unwrittenExecutions.Clear();
        Signature signature = _options.Signer.Sign(SigningBytes.OfVote(_scope, type, view.View, digest).Span);
        var vote = new Vote(type, view.View, digest, _options.Self, _state.Execution.Executed, signature);
        _lastHintSent = vote.ExecutedHint;
        view.Remember(vote);
        _outbox.Persist(new LogRecord.OwnVote(vote));
        bool isLeaders = type == VoteType.Notarize && _scope.LeaderOf(view.View) == _options.Self;
        _outbox.Broadcast(isLeaders ? ProposalOf(view.Proposal!, vote) : new Message.Voted(vote));
        Count(vote);
    }

    private Message.Proposal ProposalOf(Block block, Vote vote)
    {
        BlockHeader header = block.Header;
        Certificate? parent = _state.Find(header.ParentView)?.Certifying(header.ParentDigest)
            ?? (_state.HighestFinalization?.Digest == header.ParentDigest ? _state.HighestFinalization : null);
        return new Message.Proposal(block, vote, parent, _state.NullificationsBetween(header.ParentView, header.View));
    }

    private void SayAgain(ValidatorId peer, ViewState view, Vote vote)
    {
        bool isProposal = vote.Type == VoteType.Notarize && _scope.LeaderOf(view.View) == _options.Self;
        bool canPropose = isProposal && _state.Tree.Find(vote.Digest) is { Cut: not null } node && node.Block.Header.ParentView >= _state.Tree.Head.Block.View;
        _outbox.Send(peer, canPropose ? ProposalOf(_state.Tree.Find(vote.Digest)!.Block, vote) : new Message.Voted(vote));
    }

    /// <summary>V7: the highest finalization and the certificate that entered the current view.</summary>
    private void Answer(ValidatorId peer)
    {
        if (_state.HighestFinalization is { } finalization)
            _outbox.Send(peer, new Message.Certified(finalization));
        if (_state.Entry is { } entry && entry != _state.HighestFinalization)
            _outbox.Send(peer, new Message.Certified(entry));
    }

    /// <summary>
    /// V7: who speaks of a view below this one is shown the way, once per Δ. One view below is ordinary: the last votes of a view arrive after
    /// its quorum; a Nullify of it is not.
    /// </summary>
    private void AnswerLate(ValidatorId peer, View senderIn)
    {
        if (peer != _options.Self && senderIn.Next < _state.Current && _peers.MayAnswer(peer, _now.Ticks, Delta))
            Answer(peer);
    }

    // ---- The rules -----------------------------------------------------------------------------------------------------------------

    /// <summary>C1: a finalization makes its block and all its ancestors final, whenever it comes.</summary>
    private bool Commit()
    {
        ViewState? highest = _state.Views.LastOrDefault(view => view.Finalization is not null);
        if (highest is null)
        {
            _catchUp.GapClosed();
            return false;
        }
        foreach (ViewState view in _state.Views.Where(view => view.Finalization is not null).Reverse())
        {
            if (_state.Tree.Find(view.Finalization!.Digest) is { Cut: not null } node && _state.Tree.ChainTo(node) is { } chain)
            {
                MakeFinal(chain, view.Finalization);
                return true;
            }
        }
        if (_deliveries.WaitingCount < _parameters.CatchUpBlocks)
            _catchUp.AskBlocks(_state.Tree.Head.Block.Height.Next, MissingBelow(highest), _now.Ticks);
        return false;
    }

    private View? MissingBelow(ViewState finalized)
    {
        View view = finalized.View;
        Digest digest = finalized.Finalization!.Digest;
        while (_state.Tree.Find(digest) is { } node)
        {
            view = node.Block.Header.ParentView;
            digest = node.Block.Header.ParentDigest;
        }
        return view > _state.Tree.Head.Block.View ? view : null;
    }

    private void MakeFinal(IReadOnlyList<BlockNode> chain, Certificate finalization)
    {
        Cut before = _state.Tree.Head.Cut!;
        foreach (BlockNode node in chain)
        {
            Persist(node);
            Certificate? own = _state.Find(node.Block.View)?.Finalization;
            _deliveries.Add(new FinalBlock(node.Block, before, node.Cut!, own?.Digest == node.Block.Digest ? own : null));
            before = node.Cut!;
            if (node.Block.AdvancesCut)
                _lastAdvancingHeight = node.Block.Height;
        }
        BlockNode head = chain[^1];
        _state.Tree.Advance(head);
        _state.HighestFinalization = finalization;
        _state.ForgetThrough(head.Block.View);
        _state.Execution.Forget(head.Block.Header.Executed.Height);
        _catchUp.Forget(head.Block.View);
        _pacemaker.Finalized();
        if (_state.Current <= head.Block.View)
            Enter(finalization);
    }

    /// <summary>V3.</summary>
    private bool Notarize()
    {
        ViewState here = Here;
        if (here.Proposal is not { } block || here.Invalid is not null || _options.Safety.RefuseNotarize(here.Own, _state.Current, _state.Floor) is not null)
            return false;
        switch (ProposalRules.Judge(block, _state, _lanes, _now.UtcMicros))
        {
            case Verdict.Valid:
                Persist(_state.Tree.Add(block));
                Cast(VoteType.Notarize, here, block.Digest);
                return true;
            case Verdict.Invalid invalid:
                here.Invalid = invalid.Reason;
                return true;
            case Verdict.MissingView missing:
                _catchUp.AskView(missing.View, Leader, _now.Ticks);
                return false;
            case Verdict.MissingTip missing:
                _lanes.Fetch(missing.Tip, missing.Above, Height.Genesis, Leader);
                return false;
            default:
                return false;
        }
    }

    /// <summary>V2.</summary>
    private bool Propose()
    {
        _proposeDueTicks = long.MaxValue;
        ViewState here = Here;
        bool isMine = Leader == _options.Self && here.Proposal is null;
        if (!isMine || _options.Safety.RefuseNotarize(here.Own, _state.Current, _state.Floor) is not null)
            return false;
        BlockNode? parent = _state.ParentFor(_state.Current, out View missing, out bool onlyBlockMissing);
        if (parent is null)
        {
            _catchUp.AskView(missing, null, _now.Ticks);
            if (!onlyBlockMissing && IsPending())
                here.Invalid = "certificates missing: this leader cannot propose";
            return false;
        }
        List<LaneTip> advances = Advances(parent, out ExecutedRoots executed);
        if (advances.Count > 0 && AdvanceFrom(parent, advances) is var due && due > _now.Ticks)
        {
            _proposeDueTicks = due;
            advances = [];
        }
        if (advances.Count == 0 && _now.Ticks < _pacemaker.HeartbeatFrom(Grounds()))
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
            TimeMicros = Math.Max(parent.Block.Header.TimeMicros + 1, _now.UtcMicros),
        });
        NoteAdvance(block);
        here.Proposal = block;
        here.ProposalTicks = _now.Ticks;
        Persist(_state.Tree.Add(block));
        Cast(VoteType.Notarize, here, block.Digest);
    }

    /// <summary>V2 and K1: each lane's highest proven tip and the own newest; none when the block would run too far ahead of execution.</summary>
    private List<LaneTip> Advances(BlockNode parent, out ExecutedRoots executed)
    {
        executed = _state.Execution.Nameable(parent.Block);
        var advances = new List<LaneTip>();
        if (parent.Block.Height.Next.Value - executed.Height.Value > _parameters.ExecutionLagBlocks)
            return advances;
        for (int lane = 0; lane < _scope.ValidatorCount; lane++)
        {
            var id = new ValidatorId(lane);
            if (_lanes.ProposableTip(id, parent.Cut![id]) is { } tip)
                advances.Add(new LaneTip(id, tip));
        }
        return advances;
    }

    /// <summary>
    /// V2: at once when nothing is in flight (the parent is final and executed here) and every lane that the last block advanced is ahead again, else
    /// at the gathering limit. Clients that were answered by one block so meet in the next, instead of in two small ones.
    /// </summary>
    private long AdvanceFrom(BlockNode parent, List<LaneTip> advances)
    {
        if (IsSettled(parent) && _activeLanes.All(active => advances.Exists(advance => advance.Lane == active.Lane)))
            return _now.Ticks;
        return _lastAdvanceProposalTicks + Math.Max(_parameters.BlockIntervalTicks, _parameters.GatherLimitTicks);
    }

    private bool IsSettled(BlockNode parent) => parent == _state.Tree.Head && _state.Execution.Executed >= parent.Block.Height;

    /// <summary>See <see cref="Replica.BatchesWorthATurn"/>.</summary>
    public int BatchesWorthATurn
    {
        get
        {
            if (Leader != _options.Self || Here.Proposal is not null || _state.ParentFor(_state.Current, out _, out _) is not { } parent || !IsSettled(parent))
                return int.MaxValue;
            int awaited = _activeLanes.Count(active => active.Lane != _options.Self && _lanes.ProposableTip(active.Lane, parent.Cut![active.Lane]) is null);
            return Math.Max(1, awaited);
        }
    }

    /// <summary>V4, the second half: Finalize for every notarized view whose data is here, also after leaving it.</summary>
    private bool Finalize()
    {
        bool cast = false;
        if (_deliveries.WaitingCount == 0)
            _state.Tree.Head.BatchesDurable = true;
        foreach (ViewState view in _state.Views.Where(view => view.Notarization is not null && view.Own.Finalized is null).ToArray())
        {
            Digest digest = view.Notarization!.Digest;
            if (_state.Tree.Find(digest) is not { Cut: not null } node)
            {
                if (view.View.Next < _state.Current || _now.Ticks > _pacemaker.EnteredTicks + Delta)
                    _catchUp.AskView(view.View, null, _now.Ticks);
                continue;
            }
            var grounds = new FinalizeGrounds(digest, BatchesDurable(node), view.LeaderEquivocated, ExecutedDiffers(view, node.Block));
            if (_options.Safety.RefuseFinalize(view.Own, digest, grounds, _state.Floor) is not null)
                continue;
            Persist(node);
            Cast(VoteType.Finalize, view, digest);
            cast = true;
            break;
        }
        return cast;
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

    /// <summary>V5 and T2.</summary>
    private bool Nullify()
    {
        ViewState here = Here;
        if (here.Own.Nullified || !HasReasonToNullify(here) || _options.Safety.RefuseNullify(here.Own, _state.Current, _state.Floor) is not null)
            return false;
        _repeatTicks = _now.Ticks + Delta;
        Cast(VoteType.Nullify, here, Digest.Zero);
        return true;
    }

    private bool HasReasonToNullify(ViewState here)
    {
        if (here.Invalid is not null || here.Nullifies.Count >= _scope.OneHonest || here.Nullifies.Has(Leader))
            return true;
        long pending = _pacemaker.PendingFrom(Grounds());
        bool mightSkip = here.Proposal is null && (pending <= _now.Ticks || _pacemaker.SeesAhead);
        if (mightSkip && _peers.IsSilent(Leader, _now.Ticks))
            return true;
        bool noProposal = here.Proposal is null && _now.Ticks >= pending + (2 * Delta);
        return pending <= _now.Ticks && (noProposal || _now.Ticks >= pending + (3 * Delta));
    }

    /// <summary>V5: until the view is left, the Nullify again, how this view was entered, and the proofs that make the work pending.</summary>
    private void Repeat()
    {
        ViewState here = Here;
        if (!here.Own.Nullified || _now.Ticks < _repeatTicks)
            return;
        _repeatTicks = _now.Ticks + Delta;
        if (_state.Entry is { } entry)
            _outbox.Broadcast(new Message.Certified(entry));
        foreach (Vote vote in here.OwnVotes)
            _outbox.Broadcast(new Message.Voted(vote));
        foreach (AvailabilityProof proof in _lanes.ProofsAhead(ExtendedCut()))
            _outbox.Broadcast(new Message.Available(proof));
    }

    // ---- P1 ------------------------------------------------------------------------------------------------------------------------

    private bool IsPending() => _pacemaker.PendingFrom(Grounds()) <= _now.Ticks;

    /// <summary>P1 (a), and its one message: a proof that came late is shown to the leader once.</summary>
    private void SeePending()
    {
        ViewState here = Here;
        BlockNode? parent = _state.ParentFor(_state.Current, out _, out _);
        Block extended = parent?.Block ?? _state.Tree.Head.Block;
        bool mayAdvance = extended.Height.Next.Value - _state.Execution.Nameable(extended).Height.Value <= _parameters.ExecutionLagBlocks;
        _pacemaker.SeeAhead(mayAdvance && _lanes.IsAhead(ExtendedCut()), _now.Ticks);
        if (here.Nullifies.Count >= _scope.OneHonest && _nullifyPressureTicks == long.MaxValue)
            _nullifyPressureTicks = _now.Ticks;
        bool showNow = !_proofsShown && here.Proposal is null && Leader != _options.Self && _now.Ticks >= (_pacemaker.LateProofTicks ?? long.MaxValue);
        if (!showNow)
            return;
        _proofsShown = true;
        foreach (AvailabilityProof proof in _lanes.ProofsAhead(ExtendedCut()))
            _outbox.Send(Leader, new Message.Available(proof));
    }

    private Cut ExtendedCut() => _state.ParentFor(_state.Current, out _, out _)?.Cut ?? _state.Tree.Head.Cut!;

    private PendingGrounds Grounds() => new(
        Here.Proposal is null ? null : Here.ProposalTicks,
        _nullifyPressureTicks == long.MaxValue ? null : _nullifyPressureTicks,
        _state.Views.Any(view => view.Notarization is { } notarization && (_state.Tree.Find(notarization.Digest)?.Block.AdvancesCut ?? true)),
        _state.Tree.Head.Block.Header.Executed.Height < _lastAdvancingHeight,
        _scope.ValidatorCount == 1);

    private long Deadline()
    {
        long deadline = Math.Min(_catchUp.NextDeadlineTicks, _proposeDueTicks);
        ViewState here = Here;
        if (here.Own.Nullified)
            return Math.Min(deadline, _repeatTicks);
        PendingGrounds grounds = Grounds();
        long pending = _pacemaker.PendingFrom(grounds);
        if (pending == long.MaxValue)
            return deadline;
        if (_pacemaker.SeesAhead && here.Proposal is null)
            deadline = Math.Min(deadline, Later(_peers.SilentFrom(Leader)));
        if (pending > _now.Ticks)
            return Math.Min(deadline, pending);
        if (_pacemaker.HeartbeatFrom(grounds) is var heartbeat && heartbeat > _now.Ticks && here.Proposal is null)
            deadline = Math.Min(deadline, heartbeat);
        if (here.Proposal is null)
            deadline = Math.Min(deadline, Math.Min(Later(pending + (2 * Delta)), Later(_peers.SilentFrom(Leader))));
        return Math.Min(deadline, Later(pending + (3 * Delta)));
    }

    private long Later(long ticks) => ticks > _now.Ticks ? ticks : long.MaxValue;
}
