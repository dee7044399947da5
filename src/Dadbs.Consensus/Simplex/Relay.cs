namespace Dadbs.Consensus;

/// <summary>
/// What others are told so that nobody stays behind: the certificate that entered a view is passed on (V1), a new link hears what a broken one may have lost, who speaks
/// from below is shown the way, requests are answered (V7).
/// </summary>
internal sealed class Relay(ReplicaOptions options, SimplexState state, Outbox outbox, Ballot ballot, Pacemaker pacemaker, PeerTable peers, Hearing hearing, DeliveryQueue deliveries)
{
    /// <summary>V1: how small a part of Δ the others have to show that they entered a view.</summary>
    private const int PassOnShare = 8;

    private readonly ReplicaOptions _options = options;
    private readonly ConsensusParameters _parameters = options.Parameters;
    private readonly SimplexState _state = state;
    private readonly Outbox _outbox = outbox;
    private readonly Pacemaker _pacemaker = pacemaker;
    private readonly PeerTable _peers = peers;
    private readonly DeliveryQueue _deliveries = deliveries;
    private readonly View[] _finalizeAnswered = new View[options.Scope.ValidatorCount];
    private View _passOnView;

    /// <summary>When it is seen who has not entered the view.</summary>
    public long PassOnTicks { get; private set; } = long.MaxValue;

    /// <summary>V1: the certificate that entered the current view. An ordinary notarization only goes to those who do not soon show that they have it.</summary>
    public void Entered(Certificate certificate, bool isOrdinary)
    {
        if (!isOrdinary)
            _outbox.Broadcast(new Message.Certified(certificate));
        else if (PassOnTicks == long.MaxValue)
            PassOnLater();
    }

    /// <summary>V1: who has not been seen in the view by now is given the newest certificate, which leads there or further.</summary>
    public void PassOn()
    {
        if (PassOnTicks == long.MaxValue)
            return;
        if (_state.Now.Ticks >= PassOnTicks)
        {
            PassOnTicks = long.MaxValue;
            foreach (ValidatorId peer in _peers.NotSeenIn(_passOnView))
                _outbox.Send(peer, new Message.Certified(_state.Entry!));
            if (_state.Current > _passOnView)
                PassOnLater();
        }
        if (_peers.AllSeenIn(_state.Current))
            PassOnTicks = long.MaxValue;
    }

    /// <summary>V7: everything that a broken link may have lost, said again.</summary>
    public void OnLinkUp(ValidatorId peer, Tip acknowledged)
    {
        _peers.Up(peer, _state.Now.Ticks);
        hearing.LinkUp(peer);
        _outbox.Send(peer, new Message.LinkStatus(_state.Current, _state.Tree.Head.Block.Height, _state.Execution.Executed, acknowledged));
        Answer(peer);
        foreach (ViewState view in _state.Views.TakeLast(_parameters.ViewWindow))
        {
            foreach (Vote vote in view.OwnVotes)
                ballot.SayAgain(peer, view, vote);
        }
        if (_state.IsHeadUnprovable && _state.HeadView is { Own.Finalized: not null } head)
            ballot.SayAgain(peer, head, head.OwnVotes.Find(vote => vote.Type == VoteType.Finalize)!);
    }

    /// <summary>
    /// V7: who speaks of a view below this one is shown the way, once per Δ. One view below is ordinary: the last votes of a view arrive after
    /// its quorum; a Nullify of it is not.
    /// </summary>
    public void AnswerLate(ValidatorId peer, View senderIn)
    {
        if (peer != _options.Self && senderIn.Next < _state.Current && _peers.MayAnswer(peer, _state.Now.Ticks, _pacemaker.Delta))
            Answer(peer);
    }

    /// <summary>V7: the highest finalization and the certificate that entered the current view.</summary>
    public void Answer(ValidatorId peer)
    {
        if (_state.HighestFinalization is { } finalization)
            _outbox.Send(peer, new Message.Certified(finalization));
        if (_state.Entry is { } entry && entry != _state.HighestFinalization)
            _outbox.Send(peer, new Message.Certified(entry));
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
        IReadOnlyList<Certificate> certifying = (known.Finalization ?? known.Notarization) is { } certificate ? [certificate] : known.Locks;
        foreach (Certificate certified in certifying)
            _outbox.Send(from, _state.Tree.Find(certified.Digest) is { } node ? new Message.CertifiedBlock(node.Block, certified) : new Message.Certified(certified));
        if (known.Nullification is { } nullification)
            _outbox.Send(from, new Message.Certified(nullification));
    }

    /// <summary>
    /// C1: who says Finalize of a view has not seen all n Notarize of it. Here they were seen, and no Finalize was said for them to be added to. Once a view and peer.
    /// </summary>
    public void AnswerFinalize(Vote vote)
    {
        Certificate? certificate = vote.View > _state.Tree.Head.Block.View ? _state.Find(vote.View)?.Finalization : _state.HighestFinalization;
        if (vote.Voter == _options.Self || certificate is not { IsUnanimous: true } || certificate.View < vote.View || _finalizeAnswered[vote.Voter.Value] >= vote.View)
            return;
        _finalizeAnswered[vote.Voter.Value] = vote.View;
        _outbox.Send(vote.Voter, new Message.Certified(certificate));
    }

    /// <summary>C1: and who said so before.</summary>
    public void AnswerFinalizes(ViewState view)
    {
        foreach (Vote vote in view.Finalizes.Votes)
            AnswerFinalize(vote);
    }

    public void OnBlocksRequest(ValidatorId from, Height height)
    {
        if (height <= _deliveries.Delivered)
            _outbox.Emit(new Effect.ServeBlocks(from, height, _parameters.CatchUpBlocks));
    }

    private void PassOnLater()
    {
        _passOnView = _state.Current;
        PassOnTicks = _state.Now.Ticks + (_pacemaker.Delta / PassOnShare);
    }
}
