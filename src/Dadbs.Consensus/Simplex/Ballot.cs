namespace Dadbs.Consensus;

/// <summary>
/// Where own votes come to be: signed, written, counted and said, in this order, after <see cref="SafetyRules"/> let them pass. With a vote goes what its
/// sender has executed (K1).
/// </summary>
internal sealed class Ballot(ReplicaOptions options, SimplexState state, Outbox outbox, CertificateStore certificates, PeerTable peers, Hearing hearing, DeliveryQueue deliveries)
{
    private readonly ReplicaOptions _options = options;
    private readonly EpochScope _scope = options.Scope;
    private readonly ConsensusParameters _parameters = options.Parameters;
    private readonly SimplexState _state = state;
    private readonly Outbox _outbox = outbox;
    private readonly List<ExecutedRoots> _unwrittenExecutions = [];
    private Height _lastHintSent;

    public void Cast(VoteType type, ViewState view, Digest digest)
    {
        foreach (ExecutedRoots roots in _unwrittenExecutions)
            _outbox.Persist(new LogRecord.OwnExecution(roots));
        _unwrittenExecutions.Clear();
        Signature signature = _options.Signer.Sign(SigningBytes.OfVote(_scope, type, view.View, digest).Span);
        var vote = new Vote(type, view.View, digest, _options.Self, _state.Execution.Executed, signature) { IsProven = true };
        _lastHintSent = vote.ExecutedHint;
        view.Remember(vote);
        _outbox.Persist(new LogRecord.OwnVote(vote));
        bool isLeaders = type == VoteType.Notarize && _scope.LeaderOf(view.View) == _options.Self;
        _outbox.Broadcast(isLeaders ? ProposalOf(view.Proposal!, vote, isFirst: true) : new Message.Voted(vote));
        if (view.View > _state.Tree.Head.Block.View)
            certificates.Count(vote);
    }

    /// <summary>V3 and D1: with a Notarize goes its block. X4: it is likely to become final.</summary>
    public void Notarize(ViewState view, Block block)
    {
        BlockNode node = _state.Tree.Add(block);
        deliveries.Speculate(node);
        certificates.Persist(node);
        PassOn(view, block);
        Cast(VoteType.Notarize, view, block.Digest);
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

    public void SayAgain(ValidatorId peer, ViewState view, Vote vote)
    {
        bool isProposal = vote.Type == VoteType.Notarize && _scope.LeaderOf(view.View) == _options.Self;
        bool canPropose = isProposal && _state.Tree.Find(vote.Digest) is { Cut: not null } node && node.Block.Header.ParentView >= _state.Tree.Head.Block.View;
        _outbox.Send(peer, canPropose ? ProposalOf(_state.Tree.Find(vote.Digest)!.Block, vote, isFirst: false) : new Message.Voted(vote));
    }

    /// <summary>V8: f + 1 do, of whom one is honest.</summary>
    private void PassOn(ViewState view, Block block)
    {
        ValidatorId leader = _scope.LeaderOf(view.View);
        foreach (ValidatorId listener in hearing.PassedOnTo(leader, _scope.OneHonest, _state.Now.Ticks))
        {
            if (view.Notarizes.VoteFor(leader, block.Digest) is { } leaderVote)
                _outbox.Send(listener, ProposalOf(block, leaderVote, isFirst: true));
        }
    }

    /// <summary>V2. Of a parent that all notarized all hold that, and who does not asks (V7): it is not proven for their sake.</summary>
    private Message.Proposal ProposalOf(Block block, Vote vote, bool isFirst)
    {
        BlockHeader header = block.Header;
        Certificate? parent = _state.Find(header.ParentView)?.Certifying(header.ParentDigest)
            ?? (_state.HighestFinalization?.Digest == header.ParentDigest ? _state.HighestFinalization : null);
        if (isFirst && parent is { IsProven: false } && peers.AllSeenIn(block.View))
            parent = null;
        return new Message.Proposal(block, vote, parent, _state.NullificationsBetween(header.ParentView, header.View));
    }
}
