namespace Dadbs.Consensus;

/// <summary>
/// Rule B1 as far as it concerns leaders, and T2 that acts on it. The words of the leaders of late, in whatever they came: a proposal, a vote, a notarization. Two of one view are a contradiction,
/// which every other node checks for itself. A leader that splits the others shows each of them one word only, so who votes for another block than the leader's here is shown the word
/// that this node has; and a contradiction, found or received, is passed on to all, so that all convict at about the same time.
/// <para>
/// Independent of the final head: the second word may come when the view is final. Bounded (M1): one word for each of the views kept; to each peer one message for each view, and to all one contradiction
/// for each sentence of a leader.
/// </para>
/// </summary>
internal sealed class LeaderEvidence(SimplexState state, ValidatorId self, Outbox outbox)
{
    private readonly SimplexState _state = state;
    private readonly Outbox _outbox = outbox;
    private readonly EpochScope _scope = state.Scope;

    /// <summary>As many as there are views of interest at one moment: a view's turn takes the place of one that was left long ago.</summary>
    private readonly Turn?[] _turns = new Turn?[state.Parameters.EvidenceViews + state.Parameters.ViewWindow];
    private readonly Message.Contradiction?[] _proven = new Message.Contradiction?[state.Scope.ValidatorCount];

    /// <summary>A vote in whatever view, checked or from its voter's own link.</summary>
    public void Heard(Vote vote)
    {
        if (vote.Type != VoteType.Notarize)
            return;
        if (vote.Voter == _scope.LeaderOf(vote.View))
            Saw(vote.View, new LeaderWord(vote.Digest, vote.Signature), vote.IsProven);
        else if (At(vote.View) is { } turn)
            Answer(turn, vote.View, vote.Voter, vote.Digest);
    }

    /// <summary>Only for a certificate that is recorded here: what merely has the key of one that was held has signatures that nobody checked.</summary>
    public void Recorded(Certificate certificate)
    {
        if (certificate.VotesType != VoteType.Notarize)
            return;
        ValidatorId leader = _scope.LeaderOf(certificate.View);
        for (int i = 0; i < certificate.Signers.Count; i++)
        {
            if (certificate.Signers[i] == leader)
                Saw(certificate.View, new LeaderWord(certificate.Digest, certificate.Signatures[i]), certificate.IsProven);
        }
    }

    /// <summary>A word of the view's leader, its signature checked or not: no word is passed on unchecked, since others would count a bad one against this node.</summary>
    public void Saw(View view, LeaderWord word, bool isProven)
    {
        if (At(view) is not { } turn || _scope.LeaderOf(view) == self)
            return;
        if (turn.Word is { } before && before.Digest == word.Digest)
        {
            if (isProven)
                turn.Hear(word, isProven);
            return;
        }
        if (turn.Word is { } other)
        {
            if (!isProven && !_state.Prover.IsProven(view, word))
                return;
            if (IsProven(turn))
            {
                Take(Message.Contradiction.Of(view, other, word));
                return;
            }
            isProven = true;
        }
        turn.Hear(word, isProven);
        // Votes may overtake the proposal.
        if (_state.Find(view)?.Notarizes is not { } votes)
            return;
        for (int voter = 0; voter < _scope.ValidatorCount; voter++)
        {
            if (votes.VoteOf(new ValidatorId(voter)) is { } digest)
                Answer(turn, view, new ValidatorId(voter), digest);
        }
    }

    /// <summary>
    /// Found here or received. The newest of a leader counts, so that its sentence ends at all nodes with the same view. While it serves one, nothing more is said of it: else it could have messages
    /// sent for each of its views. Whoever misses something by that is told when it votes (<see cref="Answer"/>).
    /// </summary>
    public void Take(Message.Contradiction contradiction)
    {
        View view = contradiction.View;
        ValidatorId leader = _scope.LeaderOf(view);
        Message.Contradiction? before = _proven[leader.Value];
        if (view.Value > _state.Current.Value + _state.Parameters.ViewWindow || IsOver(view) || before?.View >= view)
            return;
        _proven[leader.Value] = contradiction;
        _state.Reputation.Equivocated(view);
        if (before is not null && !IsOver(before.View))
            return;
        _outbox.Emit(new Effect.Alarm(AlarmKind.Equivocation, leader, $"{leader} at {view}: as its leader it signed {contradiction.First.Digest} and {contradiction.Second.Digest}"));
        _outbox.Broadcast(contradiction);
        if (At(view) is { } turn)
            turn.ToldAll = true;
    }

    /// <summary>V7: what a broken link may have lost, or a restart made the peer forget.</summary>
    public void OnLinkUp(ValidatorId peer)
    {
        foreach (Message.Contradiction? proven in _proven)
        {
            if (proven is not null && !IsOver(proven.View))
                _outbox.Send(peer, proven);
        }
    }

    /// <summary>The sentence for a contradiction in this view has been served.</summary>
    private bool IsOver(View view) => _state.Current >= LeaderReputation.SentenceOf(_scope, view);

    /// <summary>The contradiction for which the leader is passed over in this turn.</summary>
    private Message.Contradiction? SentencedFor(View turn) =>
        _proven[_scope.LeaderOf(turn).Value] is { } proven && proven.View <= turn && turn < LeaderReputation.SentenceOf(_scope, proven.View) ? proven : null;

    /// <summary>A peer voted in a leader's view. It is told what it cannot know, judged by its vote, once.</summary>
    private void Answer(Turn turn, View view, ValidatorId voter, Digest digest)
    {
        if (turn.ToldAll || voter == self || voter == _scope.LeaderOf(view))
            return;
        Message? news = SentencedFor(view);
        if (news is null && turn.Word is { } word && word.Digest != digest && IsProven(turn))
            news = new Message.LeaderSaid(view, word);
        if (news is not null && turn.Told.Add(voter))
            _outbox.Send(voter, news);
    }

    /// <summary>False: the word that was heard is signed badly, and forgotten.</summary>
    private bool IsProven(Turn turn)
    {
        if (turn.IsWordProven)
            return true;
        if (turn.Word is { } word && _state.Prover.IsProven(turn.View, word))
            turn.Hear(word, isProven: true);
        else
            turn.Word = null;
        return turn.IsWordProven;
    }

    /// <summary>Null for a view that is not of interest: too far ahead, or long left.</summary>
    private Turn? At(View view)
    {
        if (view.Value <= _state.Current.Value - _state.Parameters.EvidenceViews || view.Value > _state.Current.Value + _state.Parameters.ViewWindow)
            return null;
        ref Turn? turn = ref _turns[view.Value % _turns.Length];
        if (turn?.View != view)
            turn = new Turn(view, _scope.ValidatorCount);
        return turn;
    }

    private sealed class Turn(View view, int validators)
    {
        public View View { get; } = view;

        public LeaderWord? Word { get; set; }

        public bool IsWordProven { get; private set; }

        public SignerSet Told { get; } = new(validators);

        public bool ToldAll { get; set; }

        public void Hear(LeaderWord word, bool isProven) => (Word, IsWordProven) = (word, isProven);
    }
}
