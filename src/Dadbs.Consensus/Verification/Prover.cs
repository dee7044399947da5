namespace Dadbs.Consensus;

/// <summary>
/// Verifies late what was believed at the word of a link (M1): before it is used to convince somebody else, or when a certificate has to do without some vote. Whoever
/// signed badly is named by an alarm and not believed again (<see cref="LinkTrust"/>).
/// </summary>
internal sealed class Prover(ReplicaOptions options, Outbox outbox)
{
    private readonly EpochScope _scope = options.Scope;
    private readonly IStatementVerifier _verifier = options.Verifier;
    private readonly LinkTrust _links = options.Links;
    private Certificate? _failed;
    private Certificate? _remains;

    /// <summary>C1: the newest unanimous certificate that turned out to hold a bad signature. What it says is final all the same; nobody else can be shown so.</summary>
    public Certificate? Unprovable { get; private set; }

    /// <summary>The vote with its signature checked; null: it is bad.</summary>
    public Vote? Prove(Vote vote)
    {
        if (vote.IsProven)
            return vote;
        return IsGood(vote.Voter, vote.Type, vote.View, vote.Digest, vote.Signature) ? vote with { IsProven = true } : null;
    }

    /// <summary>A vote as it came: null if its voter is not believed any more and it is bad.</summary>
    public Vote? Admit(Vote vote) => _links.Holds(vote.Voter) ? vote : Prove(vote);

    /// <summary>B1: the word of the view's leader, before it is passed on.</summary>
    public bool IsProven(View view, LeaderWord word) => IsGood(_scope.LeaderOf(view), VoteType.Notarize, view, word.Digest, word.Signature);

    /// <summary>
    /// What others may be sent in place of the certificate: itself, if all its signatures are good; else the ordinary notarization that remains of a unanimous one, since n − f are honest and
    /// make a quorum; null: nothing.
    /// </summary>
    public Certificate? Prove(Certificate certificate)
    {
        if (certificate.IsProven)
            return certificate;
        if (certificate == _failed)
            return _remains;
        var good = new List<(ValidatorId, Signature)>(certificate.Signers.Count);
        for (int i = 0; i < certificate.Signers.Count; i++)
        {
            if (IsGood(certificate.Signers[i], certificate.VotesType, certificate.View, certificate.SaidBy(i), certificate.Signatures[i]))
                good.Add((certificate.Signers[i], certificate.Signatures[i]));
        }
        if (good.Count == certificate.Signers.Count)
        {
            certificate.MarkProven();
            return certificate;
        }
        _failed = certificate;
        _remains = null;
        if (!certificate.IsUnanimous)
            return null;
        if (Unprovable is null || Unprovable.View < certificate.View)
            Unprovable = certificate;
        if (good.Count < _scope.Quorum)
            return null;
        _remains = new Certificate(VoteType.Notarize, certificate.Epoch, certificate.View, certificate.Digest, good[.._scope.Quorum]);
        _remains.MarkProven();
        return _remains;
    }

    /// <summary>Nothing that was not proven leaves. Null: the message says nothing without it.</summary>
    public Message? Prove(Message message)
    {
        switch (message)
        {
            case Message.Certified certified:
                return Prove(certified.Certificate) is { } proven ? new Message.Certified(proven) : null;
            case Message.CertifiedBlock block:
                return Prove(block.Certificate) is { } certifying ? block with { Certificate = certifying } : null;
            case Message.Proposal proposal:
                // Who misses a certificate asks for it.
                Certificate? parent = proposal.Parent is { } certificate ? Prove(certificate) : null;
                return Prove(proposal.LeaderVote) is not { } leaderVote ? null : proposal with { LeaderVote = leaderVote, Parent = parent, Skipped = [.. proposal.Skipped.Select(Prove).OfType<Certificate>()] };
            case Message.Voted voted:
                Invariant.Check(voted.Vote.IsProven, "a node says its own votes only");
                return voted;
            default:
                return message;
        }
    }

    private bool IsGood(ValidatorId signer, VoteType type, View view, Digest digest, Signature signature)
    {
        if (_verifier.Verify(signer, SigningBytes.OfVote(_scope, type, view, digest).Span, signature))
            return true;
        if (_links.Withdraw(signer))
            outbox.Emit(new Effect.Alarm(AlarmKind.BadSignature, signer, $"{signer} at {view}: a vote that came over its own link is signed badly"));
        return false;
    }
}
