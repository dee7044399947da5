namespace Dadbs.Consensus;

/// <summary>Votes of one type for one view: one per sender (M1). A second, different one is evidence and never counts.</summary>
internal sealed class VoteTally(int validators)
{
    /// <summary>By voter.</summary>
    private readonly Vote?[] _votes = new Vote?[validators];

    public int Count { get; private set; }

    /// <summary>Lowest validators first.</summary>
    public IEnumerable<Vote> Votes => _votes.OfType<Vote>();

    public bool Has(ValidatorId voter) => _votes[voter.Value] is not null;

    public Digest? VoteOf(ValidatorId voter) => _votes[voter.Value]?.Digest;

    /// <summary>False when the voter has voted before; <paramref name="conflicts"/> tells whether it now says something else.</summary>
    public bool Add(Vote vote, out bool conflicts)
    {
        Vote? before = _votes[vote.Voter.Value];
        conflicts = before is not null && before.Digest != vote.Digest;
        if (before is not null)
            return false;
        _votes[vote.Voter.Value] = vote;
        Count++;
        return true;
    }

    public int CountFor(Digest digest)
    {
        int count = 0;
        foreach (Vote? vote in _votes)
            count += vote?.Digest == digest ? 1 : 0;
        return count;
    }

    /// <summary>Exactly <paramref name="count"/> votes for the digest, lowest validators first.</summary>
    public Certificate Certify(VoteType type, long epoch, View view, Digest digest, int count, bool isUnanimous = false)
    {
        var votes = new List<(ValidatorId, Signature)>(count);
        foreach (Vote? vote in _votes)
        {
            if (vote?.Digest == digest && votes.Count < count)
                votes.Add((vote.Voter, vote.Signature));
        }
        return new Certificate(type, epoch, view, digest, votes, isUnanimous);
    }

    /// <summary>Exactly q Nullify, whatever they claim, lowest validators first.</summary>
    public Certificate CertifyNullification(EpochScope scope, View view) =>
        Certificate.Nullification(scope, view, [.. Votes.Take(scope.Quorum).Select(vote => (vote.Voter, vote.Digest, vote.Signature))]);
}
