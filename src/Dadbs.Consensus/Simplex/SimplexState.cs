namespace Dadbs.Consensus;

/// <summary>What the Simplex core knows, apart from its timers: the time, views above the final head, blocks, executions.</summary>
internal sealed class SimplexState(EpochScope scope, ConsensusParameters parameters, ValidatorId self, Block head, Cut cut, Prover prover)
{
    /// <summary>Ascending, and few: looked through from the newest on.</summary>
    private readonly List<ViewState> _views = [];

    public EpochScope Scope { get; } = scope;

    public Prover Prover { get; } = prover;

    public ConsensusParameters Parameters { get; } = parameters;

    /// <summary>T2.</summary>
    public LeaderReputation Reputation { get; } = new(scope);

    public BlockTree Tree { get; } = new(scope, head, cut);

    public ExecutionLedger Execution { get; } = new(scope, parameters, self);

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

    /// <summary>C1: the head is final by a certificate that cannot be shown to others.</summary>
    public bool IsHeadUnprovable => Prover.Unprovable?.View == Tree.Head.Block.View;

    /// <summary>What is known of the head's own view; null after a start or a jump. Of later views <see cref="Find"/> tells.</summary>
    public ViewState? HeadView { get; private set; }

    /// <summary>Ascending. Looked through many times a step, hence the list itself; only this type changes it.</summary>
    public List<ViewState> Views => _views;

    public ViewState? Find(View view)
    {
        int place = PlaceOf(view);
        return place >= 0 && _views[place].View == view ? _views[place] : null;
    }

    /// <summary>Only for views above the head: M1 bounds who may ask.</summary>
    public ViewState At(View view)
    {
        int place = PlaceOf(view);
        if (place >= 0 && _views[place].View == view)
            return _views[place];
        var state = new ViewState(view, Scope.ValidatorCount);
        _views.Insert(place + 1, state);
        return state;
    }

    public void ForgetThrough(View view)
    {
        HeadView = Find(view);
        _views.RemoveRange(0, PlaceOf(view) + 1);
    }

    /// <summary>Where the highest view that is not above this one stands; −1: nowhere.</summary>
    private int PlaceOf(View view)
    {
        int place = _views.Count - 1;
        while (place >= 0 && _views[place].View > view)
            place--;
        return place;
    }

    /// <summary>
    /// V2: the certified block of the highest view below <paramref name="view"/>, with nullifications of all views between that allow to skip them. A view that is
    /// nullified both ways is skipped only for want of the block that the other is locked on (S2).
    /// <paramref name="missing"/> is the view whose certificate or block is not here.
    /// </summary>
    public BlockNode? ParentFor(View view, out View missing, out bool onlyBlockMissing)
    {
        onlyBlockMissing = false;
        missing = default;
        for (View below = view.Previous; below > Tree.Head.Block.View; below = below.Previous)
        {
            missing = below;
            if (Find(below) is not { } state)
                return null;
            if ((state.Finalization ?? state.Notarization) is { } certificate)
            {
                if (Tree.Find(certificate.Digest) is { Cut: not null } node)
                    return node;
                onlyBlockMissing = true;
                return null;
            }
            foreach (Certificate locked in state.Locks)
            {
                if (Tree.Find(locked.Digest) is { Cut: not null } node)
                    return node;
            }
            if (state.Nullification is null)
            {
                onlyBlockMissing = state.Locks.Count > 0;
                return null;
            }
        }
        return Tree.Head;
    }

    /// <summary>The view of the highest block that is not here, of this one and those below it; null: none above the head.</summary>
    public View? MissingBelow(View view, Digest digest)
    {
        while (Tree.Find(digest) is { } node)
        {
            view = node.Block.Header.ParentView;
            digest = node.Block.Header.ParentDigest;
        }
        return view > Tree.Head.Block.View ? view : null;
    }

    public IReadOnlyList<Certificate> NullificationsBetween(View parent, View view)
    {
        var skipped = new List<Certificate>();
        for (View between = parent.Next; between < view; between = between.Next)
            skipped.Add(Find(between)!.Nullification!);
        return skipped;
    }
}
