namespace Dadbs.Consensus;

/// <summary>
/// Votes of one type for one view: one per sender (M1). A second, different one is evidence and never counts. Notarize that came over their voters' own links wait here
/// unverified, for the last of all n or for <see cref="TryProve"/>.
/// </summary>
internal sealed class VoteTally(int validators)
{
    /// <summary>By voter.</summary>
    private readonly Vote?[] _votes = new Vote?[validators];

    public int Count { get; private set; }

    /// <summary>Lowest validators first.</summary>
    public IEnumerable<Vote> Votes => _votes.OfType<Vote>();

    public bool Has(ValidatorId voter) => _votes[voter.Value] is not null;

    public Digest? VoteOf(ValidatorId voter) => _votes[voter.Value]?.Digest;

    /// <summary>Its vote, if it is for this digest.</summary>
    public Vote? VoteFor(ValidatorId voter, Digest digest) => _votes[voter.Value] is { } vote && vote.Digest == digest ? vote : null;

    /// <summary>False when the voter has voted before; <paramref name="conflicts"/> tells whether it now says something else.</summary>
    public bool Add(Vote vote, out bool conflicts)
    {
        Vote? before = _votes[vote.Voter.Value];
        conflicts = before is not null && before.Digest != vote.Digest;
        if (before is not null && (conflicts || before.IsProven || !vote.IsProven))
            return false;
        _votes[vote.Voter.Value] = vote;
        Count += before is null ? 1 : 0;
        return true;
    }

    /// <summary>How many said so.</summary>
    public int CountFor(Digest digest)
    {
        int count = 0;
        foreach (Vote? vote in _votes)
            count += vote?.Digest == digest ? 1 : 0;
        return count;
    }

    /// <summary>Of how many the signature was checked.</summary>
    public int CountProvenFor(Digest digest)
    {
        int count = 0;
        foreach (Vote? vote in _votes)
            count += vote is { IsProven: true } && vote.Digest == digest ? 1 : 0;
        return count;
    }

    /// <summary>Verifies votes for the digest until <paramref name="needed"/> are good, and forgets those that are not. False: there are not so many.</summary>
    public bool TryProve(Digest digest, int needed, Prover prover)
    {
        int proven = CountProvenFor(digest);
        for (int voter = 0; voter < _votes.Length && proven < needed; voter++)
        {
            if (_votes[voter] is not { IsProven: false } vote || vote.Digest != digest)
                continue;
            _votes[voter] = prover.Prove(vote);
            if (_votes[voter] is null)
                Count--;
            else
                proven++;
        }
        return proven >= needed;
    }

    /// <summary>Exactly <paramref name="count"/> proven votes for the digest, lowest validators first.</summary>
    public Certificate Certify(VoteType type, long epoch, View view, Digest digest, int count)
    {
        var votes = new List<(ValidatorId, Signature)>(count);
        foreach (Vote? vote in _votes)
        {
            if (vote is { IsProven: true } && vote.Digest == digest && votes.Count < count)
                votes.Add((vote.Voter, vote.Signature));
        }
        var certificate = new Certificate(type, epoch, view, digest, votes);
        certificate.MarkProven();
        return certificate;
    }

    /// <summary>C1: the Notarize of all; proven only if all of them were verified.</summary>
    public Certificate CertifyUnanimous(long epoch, View view, Digest digest)
    {
        var certificate = new Certificate(VoteType.Finalize, epoch, view, digest, [.. Votes.Select(vote => (vote.Voter, vote.Signature))], isUnanimous: true);
        if (CountProvenFor(digest) == _votes.Length)
            certificate.MarkProven();
        return certificate;
    }

    /// <summary>Exactly q Nullify, whatever they claim, lowest validators first.</summary>
    public Certificate CertifyNullification(EpochScope scope, View view)
    {
        Certificate nullification = Certificate.Nullification(scope, view, [.. Votes.Take(scope.Quorum).Select(vote => (vote.Voter, vote.Digest, vote.Signature))]);
        nullification.MarkProven();
        return nullification;
    }
}
