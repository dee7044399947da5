namespace Dadbs.Consensus;

/// <summary>What the Simplex core knows, apart from its timers: the time, views above the final head, blocks, executions.</summary>
internal sealed class SimplexState(EpochScope scope, ConsensusParameters parameters, ValidatorId self, Block head, Cut cut)
{
    private readonly SortedDictionary<View, ViewState> _views = [];

    public EpochScope Scope { get; } = scope;

    public ConsensusParameters Parameters { get; } = parameters;

    public BlockTree Tree { get; } = new(scope, head, cut);

    public ExecutionLedger Execution { get; } = new(scope, self);

    /// <summary>The time of this step.</summary>
    public Moment Now { get; set; }

    public View Current { get; set; } = head.View.Next;

    public ViewState Here => At(Current);

    public ValidatorId Leader => Scope.LeaderOf(Current);

    /// <summary>The last final block that advanced the cut.</summary>
    public Height LastAdvancingHeight { get; set; }

    /// <summary>D1: never vote at or below it.</summary>
    public View Floor { get; set; } = head.View;

    /// <summary>The certificate by which the current view was entered; null in the first view after genesis.</summary>
    public Certificate? Entry { get; set; }

    /// <summary>Covers the head, or a descendant that made it final. Null at genesis.</summary>
    public Certificate? HighestFinalization { get; set; }

    public IEnumerable<ViewState> Views => _views.Values;

    public ViewState? Find(View view) => _views.GetValueOrDefault(view);

    /// <summary>Only for views above the head: M1 bounds who may ask.</summary>
    public ViewState At(View view)
    {
        if (!_views.TryGetValue(view, out ViewState? state))
            _views.Add(view, state = new ViewState(view));
        return state;
    }

    public void ForgetThrough(View view)
    {
        foreach (View old in _views.Keys.TakeWhile(known => known <= view).ToArray())
            _views.Remove(old);
    }

    /// <summary>
    /// V2: the notarized block of the highest view below <paramref name="view"/>, with nullifications of all views between.
    /// <paramref name="missing"/> is the view whose certificate or block is not here.
    /// </summary>
    public BlockNode? ParentFor(View view, out View missing, out bool onlyBlockMissing)
    {
        onlyBlockMissing = false;
        missing = default;
        for (View below = view.Previous; below > Tree.Head.Block.View; below = below.Previous)
        {
            ViewState? state = Find(below);
            if ((state?.Finalization ?? state?.Notarization) is { } certificate)
            {
                if (Tree.Find(certificate.Digest) is { Cut: not null } node)
                    return node;
                missing = below;
                onlyBlockMissing = true;
                return null;
            }
            if (state?.Nullification is null)
            {
                missing = below;
                return null;
            }
        }
        return Tree.Head;
    }

    public IReadOnlyList<Certificate> NullificationsBetween(View parent, View view)
    {
        var skipped = new List<Certificate>();
        for (View between = parent.Next; between < view; between = between.Next)
            skipped.Add(Find(between)!.Nullification!);
        return skipped;
    }
}
