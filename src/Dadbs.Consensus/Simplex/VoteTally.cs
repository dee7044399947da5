namespace Dadbs.Consensus;

/// <summary>Votes of one type for one view: one per sender (M1). A second, different one is evidence and never counts.</summary>
internal sealed class VoteTally
{
    private readonly SortedDictionary<int, Vote> _votes = [];

    public int Count => _votes.Count;

    public IEnumerable<Vote> Votes => _votes.Values;

    public bool Has(ValidatorId voter) => _votes.ContainsKey(voter.Value);

    public Digest? VoteOf(ValidatorId voter) => _votes.TryGetValue(voter.Value, out Vote? vote) ? vote.Digest : null;

    /// <summary>False when the voter has voted before; <paramref name="conflicts"/> tells whether it now says something else.</summary>
    public bool Add(Vote vote, out bool conflicts)
    {
        conflicts = _votes.TryGetValue(vote.Voter.Value, out Vote? before) && before.Digest != vote.Digest;
        return before is null && _votes.TryAdd(vote.Voter.Value, vote);
    }

    public int CountFor(Digest digest) => _votes.Values.Count(vote => vote.Digest == digest);

    /// <summary>Exactly <paramref name="count"/> votes for the digest, lowest validators first.</summary>
    public Certificate Certify(VoteType type, long epoch, View view, Digest digest, int count, bool isUnanimous = false) => new(
        type, epoch, view, digest, [.. _votes.Values.Where(vote => vote.Digest == digest).Take(count).Select(vote => (vote.Voter, vote.Signature))], isUnanimous);

    /// <summary>Exactly q Nullify, whatever they claim, lowest validators first.</summary>
    public Certificate CertifyNullification(EpochScope scope, View view) =>
        Certificate.Nullification(scope, view, [.. _votes.Values.Take(scope.Quorum).Select(vote => (vote.Voter, vote.Digest, vote.Signature))]);
}
