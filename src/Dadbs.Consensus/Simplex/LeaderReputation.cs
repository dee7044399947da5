namespace Dadbs.Consensus;

/// <summary>
/// Rule T2, the half that each node keeps for itself: a leader whose view came to nothing, or whose proposal waited for a batch that its author alone could have sent, is passed over for
/// a number of its turns that doubles with each failure and is paid off slowly. At most f leaders at a time, so that nobody can have the honest ones passed over. To pass over is to
/// say Nullify early: a matter of time, never of safety.
/// </summary>
internal sealed class LeaderReputation(EpochScope scope)
{
    /// <summary>Turns, as a power of two: at network speed half a minute or so.</summary>
    private const int SentenceLogMax = 9;

    /// <summary>Good turns that pay off one failure: more than a liar can afford that fails every other turn.</summary>
    private const int ServedForOne = 16;

    /// <summary>After so many failures that are not paid off a leader is trusted less in its own turns, too.</summary>
    private const int ProbationFailures = 3;

    private readonly int[] _failures = new int[scope.ValidatorCount];
    private readonly int[] _served = new int[scope.ValidatorCount];
    private readonly View[] _passedUntil = new View[scope.ValidatorCount];
    private readonly View[] _convictedUntil = new View[scope.ValidatorCount];

    /// <summary>The first view after the sentence of a leader that contradicted itself in this one.</summary>
    public static View SentenceOf(EpochScope scope, View view) => new(view.Value + ((long)scope.ValidatorCount << SentenceLogMax) + 1);

    /// <summary>Nothing came of the view. A turn that was passed over is no failure of its leader.</summary>
    public void Failed(View view)
    {
        int leader = scope.LeaderOf(view).Value;
        if (scope.Faulty == 0 || view < _passedUntil[leader])
            return;
        _failures[leader] = Math.Max(_failures[leader], Math.Min(SentenceLogMax + 1, _failures[leader] + 1));
        _served[leader] = 0;
        _passedUntil[leader] = new View(view.Value + ((long)scope.ValidatorCount << Math.Min(SentenceLogMax, _failures[leader] - 1)) + 1);
    }

    /// <summary>It contradicted itself over its own signature (B1): no accident that time could mend, so it has the longest sentence at once, and is worse than all who merely failed.</summary>
    public void Equivocated(View view)
    {
        int leader = scope.LeaderOf(view).Value;
        if (scope.Faulty == 0)
            return;
        _failures[leader] = SentenceLogMax + 2;
        _served[leader] = 0;
        View until = SentenceOf(scope, view);
        if (until > _passedUntil[leader])
            _passedUntil[leader] = until;
        if (until > _convictedUntil[leader])
            _convictedUntil[leader] = until;
    }

    /// <summary>The view was notarized.</summary>
    public void Served(View view)
    {
        int leader = scope.LeaderOf(view).Value;
        if (_failures[leader] == 0 || ++_served[leader] < ServedForOne)
            return;
        _served[leader] = 0;
        _failures[leader]--;
    }

    /// <summary>Its sentence may be over, but it failed often, and it is one of the f that failed most: the others keep all their time.</summary>
    public bool IsOnProbation(View view)
    {
        int leader = scope.LeaderOf(view).Value;
        return _failures[leader] >= ProbationFailures && Enumerable.Range(0, scope.ValidatorCount).Count(other => IsWorse(other, leader)) < scope.Faulty;
    }

    /// <summary>The leader of the view is one of the f with the most failures among those that are passed over now.</summary>
    public bool IsPassedOver(View view)
    {
        int leader = scope.LeaderOf(view).Value;
        if (view >= _passedUntil[leader])
            return false;
        int worse = 0;
        for (int other = 0; other < scope.ValidatorCount; other++)
        {
            // Its next turn may be later than this view: what counts is one round of turns.
            if (view.Value < _passedUntil[other].Value + scope.ValidatorCount && IsWorse(other, leader))
                worse++;
        }
        return worse < scope.Faulty;
    }

    /// <summary>It is passed over, and for what it said, not for what came of its turns: no block of it is worth a vote.</summary>
    public bool IsConvicted(View view) => view < _convictedUntil[scope.LeaderOf(view).Value] && IsPassedOver(view);

    private bool IsWorse(int other, int leader) =>
        _failures[other] > _failures[leader] || (_failures[other] == _failures[leader] && other < leader);
}
