namespace Dadbs.Consensus;

/// <summary>What V3 makes of a proposal. A closed family: vote, nullify, or wait (and fetch).</summary>
internal abstract record Verdict
{
    private Verdict()
    {
    }

    public sealed record Valid : Verdict
    {
        public static Valid Instance { get; } = new();
    }

    /// <summary>Nullify at once.</summary>
    public sealed record Invalid(string Reason) : Verdict;

    /// <summary>No vote, timers run on. Missing data is never a vote against.</summary>
    public sealed record Waiting(string Reason) : Verdict;

    /// <summary>Waiting for the certificate or the block of a view.</summary>
    public sealed record MissingView(View View) : Verdict;

    /// <summary>Waiting for a batch, or for its proof.</summary>
    public sealed record MissingTip(LaneTip Tip, Tip Above) : Verdict;
}

/// <summary>
/// Rule V3, the part about the proposal: first everything that can be told from the block and its parent, each a named reason, then what
/// has to be waited for. The leader's signature and vote were checked at the rim.
/// </summary>
internal static class ProposalRules
{
    public static Verdict Judge(Block block, SimplexState state, ILanes lanes, long utcMicros)
    {
        BlockHeader header = block.Header;
        if (header.Evidence.Length > 0 || header.Reconfiguration.Length > 0)
            return new Verdict.Invalid("evidence and reconfiguration have no meaning in this version");
        if (header.ParentView >= header.View)
            return new Verdict.Invalid("parent view not below the view");
        if (FindParent(block, state, out BlockNode parent) is { } missing)
            return missing;
        return JudgeAgainstParent(block, parent, state) ?? JudgeExecuted(header, parent.Block.Header, state)
            ?? JudgeClock(header, utcMicros, state) ?? JudgeTips(header, parent, lanes, state) ?? Verdict.Valid.Instance;
    }

    /// <summary>The parent's block and certificate, and a nullification of every view between.</summary>
    private static Verdict? FindParent(Block block, SimplexState state, out BlockNode parent)
    {
        BlockHeader header = block.Header;
        BlockNode head = state.Tree.Head;
        parent = head;
        if (header.ParentView < head.Block.View)
            return new Verdict.Waiting("parent below the final block");
        for (View view = header.View.Previous; view > header.ParentView; view = view.Previous)
        {
            if (state.Find(view)?.Nullification is null)
                return new Verdict.MissingView(view);
        }
        bool certified = header.ParentDigest == head.Block.Digest || state.Find(header.ParentView)?.Certifying(header.ParentDigest) is not null;
        if (!certified)
            return new Verdict.MissingView(header.ParentView);
        if (state.Tree.Find(header.ParentDigest) is not { Cut: not null } found)
            return new Verdict.MissingView(state.MissingBelow(header.ParentView, header.ParentDigest) ?? header.ParentView);
        parent = found;
        return null;
    }

    private static Verdict? JudgeAgainstParent(Block block, BlockNode parent, SimplexState state)
    {
        BlockHeader header = block.Header;
        if (header.ParentView != parent.Block.View || header.Height != parent.Block.Height.Next)
            return new Verdict.Invalid("height or parent view wrong");
        if (header.TimeMicros <= parent.Block.Header.TimeMicros)
            return new Verdict.Invalid("time not after the parent's");
        int previousLane = -1;
        int stepMax = Math.Min(state.Parameters.LaneWindowBatches, state.Parameters.BatchesPerLaneAndBlock);
        foreach (LaneTip advance in header.Cut)
        {
            long from = parent.Cut![advance.Lane].Position;
            if (advance.Lane.Value <= previousLane || advance.Tip.Position <= from)
                return new Verdict.Invalid("cut behind the parent's or out of order");
            if (advance.Tip.Position > from + stepMax)
                return new Verdict.Invalid("cut too far ahead of the parent's");
            previousLane = advance.Lane.Value;
        }
        if (header.CutDigest != parent.Cut!.Advance(header.Cut).DigestIn(state.Scope))
            return new Verdict.Invalid("digest of the full cut wrong");
        return null;
    }

    private static Verdict? JudgeExecuted(BlockHeader header, BlockHeader parent, SimplexState state)
    {
        ExecutedRoots named = header.Executed;
        if (named.Height < parent.Executed.Height || (named.Height == parent.Executed.Height && named != parent.Executed))
            return new Verdict.Invalid("executed behind or beside the parent's");
        if (named.Height > parent.Height)
            return new Verdict.Invalid("executed above the parent");
        if (header.Cut.Count > 0 && header.Height.Value - named.Height.Value > state.Parameters.ExecutionLagBlocks)
            return new Verdict.Invalid("cut advanced too far above the executed height (K1)");
        if (named == parent.Executed)
            return null;
        if (state.Execution.ResultAt(named.Height) is not { } own)
            return new Verdict.Waiting("own execution of the named height");
        return own == named ? null : new Verdict.Invalid("executed differs from the own result");
    }

    private static Verdict? JudgeClock(BlockHeader header, long utcMicros, SimplexState state) =>
        header.TimeMicros > utcMicros + state.Parameters.ClockDriftMicros ? new Verdict.Waiting("time ahead of the own clock") : null;

    private static Verdict? JudgeTips(BlockHeader header, BlockNode parent, ILanes lanes, SimplexState state)
    {
        ValidatorId leader = state.Scope.LeaderOf(header.View);
        foreach (LaneTip advance in header.Cut)
        {
            if (!lanes.MayVoteFor(advance, leader))
                return new Verdict.MissingTip(advance, parent.Cut![advance.Lane]);
        }
        return null;
    }
}
