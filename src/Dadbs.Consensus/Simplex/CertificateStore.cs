namespace Dadbs.Consensus;

/// <summary>
/// The votes and certificates of each view, and the bodies that go with them: q votes of one kind are a certificate, all n Notarize another (V4, V6, C1), one vote of each kind
/// counts per sender and view (M1), what is certified is kept (D1).
/// </summary>
internal sealed class CertificateStore(SimplexState state, Outbox outbox, Prover prover, Action<Certificate> learned)
{
    private readonly SimplexState _state = state;
    private readonly Outbox _outbox = outbox;
    private readonly EpochScope _scope = state.Scope;

    /// <summary>M1: one vote of each type per sender and view. V4, V6, C1: q of them are a certificate.</summary>
    public void Count(Vote vote)
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
        Certify(view, tally, vote);
    }

    /// <summary>V4, M1: the Notarize of a quorum, believed at the word of its links, are verified and become a notarization. False: there was nothing to verify.</summary>
    public bool ProveQuorum(ViewState view)
    {
        if (view.QuorumDigest is not { } digest || view.Notarization is not null || view.Finalization is not null)
            return false;
        view.QuorumDigest = null;
        if (view.Notarizes.TryProve(digest, _scope.Quorum, prover))
            learned(view.Notarizes.Certify(VoteType.Notarize, _scope.Epoch, view.View, digest, _scope.Quorum));
        return true;
    }

    /// <summary>V4, V6, C1. All n Notarize are a finalization, and need no notarization beside it, nor a check: what all said is final whether or not they signed it well.</summary>
    private void Certify(ViewState view, VoteTally tally, Vote last)
    {
        if (last.Type == VoteType.Nullify)
        {
            if (!view.IsNullified && tally.Count >= _scope.Quorum)
                learned(tally.CertifyNullification(_scope, view.View));
            return;
        }
        bool isUnanimous = last.Type == VoteType.Notarize && tally.CountFor(last.Digest) == _scope.ValidatorCount;
        if (isUnanimous && view.Finalization is null)
            learned(tally.CertifyUnanimous(_scope.Epoch, view.View, last.Digest));
        else if (view.Held(new CertificateKey(last.Type, view.View, last.Digest)) is null)
            CertifyQuorum(view, tally, last);
    }

    private void CertifyQuorum(ViewState view, VoteTally tally, Vote last)
    {
        if (tally.CountProvenFor(last.Digest) >= _scope.Quorum)
            learned(tally.Certify(last.Type, _scope.Epoch, view.View, last.Digest, _scope.Quorum));
        else if (view.QuorumDigest is null && tally.CountFor(last.Digest) >= _scope.Quorum)
            (view.QuorumDigest, view.QuorumTicks) = (last.Digest, _state.Now.Ticks);
    }

    /// <summary>False when a certificate of this type and view is held already.</summary>
    public bool Record(Certificate certificate)
    {
        ViewState view = _state.At(certificate.View);
        if (view.Held(certificate.Key) is { } held)
        {
            Invariant.Check(held.Digest == certificate.Digest, "two certificates of one type and view name one digest: more than f validators lie");
            return false;
        }
        switch (certificate.Type)
        {
            case VoteType.Notarize:
                view.Notarization = certificate;
                view.NotarizedTicks = view.QuorumTicks ?? _state.Now.Ticks;
                break;
            case VoteType.Nullify:
                if (certificate.Digest == Digest.Zero)
                    view.Nullification = certificate;
                else
                    view.Locks.Add(certificate);
                break;
            default:
                view.Finalization = certificate;
                break;
        }
        return true;
    }

    /// <summary>D1: the body of a block that is proposed or certified is kept, so that all nodes killed at once can go on.</summary>
    public void Known(BlockNode node)
    {
        if (_state.Find(node.Block.View)?.Certifying(node.Block.Digest) is not null)
            Persist(node);
    }

    public void Persist(BlockNode node)
    {
        if (node.Persisted)
            return;
        node.Persisted = true;
        _outbox.Persist(new LogRecord.KnownBlock(node.Block));
    }

    public void Accuse(ViewState view, ValidatorId culprit, string what) =>
        _outbox.Emit(new Effect.Alarm(AlarmKind.Equivocation, culprit, $"{culprit} at {view.View}: {what}"));
}
