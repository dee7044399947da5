using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// Counts, at the rim, how many votes were passed to the loop for each certificate in the making, to tell the vote that completes a quorum with this
/// node's own from those before it. A guess that saves wakes: it is wrong where votes repeat or the own is missing, and then the loop wakes a
/// moment sooner or later. Thread-safe.
/// </summary>
internal sealed class VoteGauge(EpochScope scope, ValidatorId self)
{
    /// <summary>A view needs two; older ones are overwritten.</summary>
    private const int Places = 64;

    private readonly Lock _gate = new();
    private readonly (CertificateKey Key, int Votes)[] _counts = new (CertificateKey, int)[Places];

    public bool CompletesQuorum(Vote vote)
    {
        var key = new CertificateKey(vote.Type, vote.View, vote.Digest);
        // A leader's Notarize comes in its proposal, not as a vote.
        bool leaderVotedApart = vote.Type == VoteType.Notarize && scope.LeaderOf(vote.View) != self;
        int expected = scope.Quorum - (leaderVotedApart ? 2 : 1);
        lock (_gate)
        {
            ref (CertificateKey Key, int Votes) count = ref _counts[(int)(((vote.View.Value * 2) + (vote.Type == VoteType.Finalize ? 1 : 0)) % Places)];
            count = count.Key == key ? (key, count.Votes + 1) : (key, 1);
            return count.Votes >= expected;
        }
    }
}
