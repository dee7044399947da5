namespace Dadbs.Consensus;

/// <summary>Votes of one type for one view: one per sender (M1). A second, different one is evidence and never counts.</summary>
internal sealed class VoteTally
{
    private readonly SortedDictionary<int, Vote> _votes = [];

    public int Count => _votes.Count;

    public bool Has(ValidatorId voter) => _votes.ContainsKey(voter.Value);

    public Digest? VoteOf(ValidatorId voter) => _votes.TryGetValue(voter.Value, out Vote? vote) ? vote.Digest : null;

    /// <summary>False when the voter has voted before; <paramref name="conflicts"/> tells whether it now says something else.</summary>
    public bool Add(Vote vote, out bool conflicts)
    {
        conflicts = _votes.TryGetValue(vote.Voter.Value, out Vote? before) && before.Digest != vote.Digest;
        return before is null && _votes.TryAdd(vote.Voter.Value, vote);
    }

    public int CountFor(Digest digest) => _votes.Values.Count(vote => vote.Digest == digest);

    /// <summary>Exactly <paramref name="quorum"/> votes, lowest validators first.</summary>
    public Certificate Certify(VoteType type, long epoch, View view, Digest digest, int quorum) => new(
        type, epoch, view, digest, [.. _votes.Values.Where(vote => vote.Digest == digest).Take(quorum).Select(vote => (vote.Voter, vote.Signature))]);
}
