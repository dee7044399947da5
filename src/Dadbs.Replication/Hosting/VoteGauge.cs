using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// Counts, at the rim, how many votes were passed to the loop for each certificate in the making, to tell the vote that completes it with this
/// node's own from those before it: a quorum's, or that of all. A guess that saves wakes: it is wrong where votes repeat or the own is missing, and then the loop wakes a
/// moment sooner or later. Thread-safe.
/// </summary>
internal sealed class VoteGauge(EpochScope scope, ValidatorId self)
{
    /// <summary>A view needs two; older ones are overwritten.</summary>
    private const int Places = 64;

    private readonly Lock _gate = new();
    private readonly (CertificateKey Key, int Votes)[] _counts = new (CertificateKey, int)[Places];

    /// <param name="vote">The vote that came.</param>
    /// <param name="expectsUnanimity">Of Notarize, the last of all n is waited for (C1).</param>
    public bool Completes(Vote vote, bool expectsUnanimity)
    {
        var key = new CertificateKey(vote.Type, vote.View, vote.Digest);
        // A leader's Notarize comes in its proposal, not as a vote.
        bool leaderVotedApart = vote.Type == VoteType.Notarize && scope.LeaderOf(vote.View) != self;
        int needed = vote.Type == VoteType.Notarize && expectsUnanimity ? scope.ValidatorCount : scope.Quorum;
        int expected = needed - (leaderVotedApart ? 2 : 1);
        lock (_gate)
        {
            ref (CertificateKey Key, int Votes) count = ref _counts[(int)(((vote.View.Value * 2) + (vote.Type == VoteType.Finalize ? 1 : 0)) % Places)];
            count = count.Key == key ? (key, count.Votes + 1) : (key, 1);
            return count.Votes >= expected;
        }
    }
}
