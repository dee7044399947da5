namespace Dadbs.Consensus;

/// <summary>
/// Rule C1, the fast way: whether the last of all n Notarize is worth waiting for before those of a quorum are verified (M1) and Finalize is said. It saves a round, a flush and a signature of everybody where
/// all are well; where one is slow, away or lying, waiting for it costs a moment, and is left off for twice as many views each time. A matter of time, never of safety.
/// </summary>
internal sealed class Unanimity(EpochScope scope, ConsensusParameters parameters)
{
    /// <summary>Views, as a power of two: a moment lost in so many is not felt.</summary>
    private const int PauseLogMax = 9;

    /// <summary>Votes in time that pay off one that was missing: more than a liar can afford that is late every other time.</summary>
    private const int InTimeForOne = 16;

    /// <summary>How small a part of Δ is waited at most, where a notarization takes long.</summary>
    private const int PatienceShare = 4;

    private readonly int[] _failures = new int[scope.ValidatorCount];
    private readonly int[] _inTime = new int[scope.ValidatorCount];
    private readonly int[] _pause = new int[scope.ValidatorCount];

    /// <summary>Nobody was waited for in vain lately.</summary>
    public bool IsExpected => Array.TrueForAll(_pause, views => views == 0);

    /// <summary>As long again as the quorum took, which was there at <paramref name="quorumTicks"/>, at least the gathering limit. In the past when nobody's vote is worth it.</summary>
    public long WaitsUntil(ViewState view, Digest digest, long quorumTicks, long delta)
    {
        for (int validator = 0; validator < scope.ValidatorCount; validator++)
        {
            if (IsMissing(view, digest, validator) && (_pause[validator] > 0 || view.Nullifies.Has(new ValidatorId(validator))))
                return long.MinValue;
        }
        long took = view.Proposal is null ? 0 : quorumTicks - view.ProposalTicks;
        return quorumTicks + Math.Clamp(took, parameters.GatherLimitTicks, Math.Max(parameters.GatherLimitTicks, delta / PatienceShare));
    }

    /// <summary>The view has all n votes, or Finalize has to be said, or it is final by those of others. Counted once a view.</summary>
    public void Over(ViewState view)
    {
        if (view.IsUnanimityOver || (view.Notarization ?? view.Finalization) is not { } certificate)
            return;
        view.IsUnanimityOver = true;
        for (int validator = 0; validator < scope.ValidatorCount; validator++)
        {
            bool isMissing = view.Finalization is not { IsUnanimous: true } && IsMissing(view, certificate.Digest, validator);
            if (_pause[validator] > 0)
                _pause[validator]--;
            else if (isMissing)
            {
                _failures[validator] = Math.Min(PauseLogMax, _failures[validator] + 1);
                _pause[validator] = 1 << _failures[validator];
            }
            // In a row: who is late in every fourth view only, as beside a leader that it does not hear, pays nothing off.
            if (isMissing)
                _inTime[validator] = 0;
            if (isMissing || _failures[validator] == 0 || ++_inTime[validator] < InTimeForOne)
                continue;
            _inTime[validator] = 0;
            _failures[validator]--;
        }
    }

    private static bool IsMissing(ViewState view, Digest digest, int validator) => view.Notarizes.VoteOf(new ValidatorId(validator)) != digest;
}
