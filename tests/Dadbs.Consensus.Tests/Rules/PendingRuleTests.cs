namespace Dadbs.Consensus.Tests.Rules;

/// <summary>P1 moment by moment: from when work is pending in a view, so that its timers run. A view is entered at 1,000,000.</summary>
public sealed class PendingRuleTests
{
    private const long Entered = 1_000_000;
    private static readonly ConsensusParameters Parameters = ConsensusParameters.Default;
    private static readonly PendingGrounds Nothing = new(null, null, UnfinalizedAdvance: false, UnnamedExecution: false, Single: true);

    [Fact]
    public void P1_with_nothing_pending_no_timer_runs()
    {
        Assert.Equal(long.MaxValue, InView().PendingFrom(Nothing));
    }

    /// <summary>P1 (a): held while entering.</summary>
    [Fact]
    public void P1_a_a_proof_held_at_entry_counts_from_entry()
    {
        Pacemaker pacemaker = InView();
        pacemaker.SeeAhead(true, Entered);
        Assert.Equal(Entered, pacemaker.PendingFrom(Nothing));
        Assert.Null(pacemaker.LateProofTicks);
    }

    /// <summary>P1 (a): come later; then it is also shown to the leader. One that is overtaken counts no more.</summary>
    [Fact]
    public void P1_a_a_later_proof_counts_after_delta()
    {
        Pacemaker pacemaker = InView();
        pacemaker.SeeAhead(true, Entered + 7);
        pacemaker.SeeAhead(true, Entered + 9);
        Assert.Equal(Entered + 7 + Parameters.DeltaBaseTicks, pacemaker.PendingFrom(Nothing));
        Assert.Equal(Entered + 7 + Parameters.DeltaBaseTicks, pacemaker.LateProofTicks);
        pacemaker.SeeAhead(false, Entered + 10);
        Assert.Equal(long.MaxValue, pacemaker.PendingFrom(Nothing));
    }

    /// <summary>P1 (b).</summary>
    [Fact]
    public void P1_b_a_block_that_advanced_the_cut_and_is_not_final_counts_delta_after_entry()
    {
        Assert.Equal(Entered + Parameters.DeltaBaseTicks, InView().PendingFrom(Nothing with { UnfinalizedAdvance = true }));
    }

    /// <summary>P1 (c): 1 s after the last block to name an executed height, else 30 s, and never for one validator alone.</summary>
    [Fact]
    public void P1_c_a_heartbeat_comes_after_the_last_block()
    {
        Pacemaker pacemaker = InView();
        pacemaker.LastBlockTicks = Entered - 10;
        Assert.Equal(Entered - 10 + 1_000_000, pacemaker.PendingFrom(Nothing with { UnnamedExecution = true }));
        Assert.Equal(Entered - 10 + 30_000_000, pacemaker.PendingFrom(Nothing with { Single = false }));
        pacemaker.LastBlockTicks = Entered - 2_000_000;
        Assert.Equal(Entered, pacemaker.PendingFrom(Nothing with { UnnamedExecution = true }));
    }

    /// <summary>P1 (d): and what came before the view was entered counts from entry.</summary>
    [Fact]
    public void P1_d_a_proposal_or_the_nullifies_of_one_honest_node_count_at_once()
    {
        Assert.Equal(Entered + 5, InView().PendingFrom(Nothing with { ProposalTicks = Entered + 5 }));
        Assert.Equal(Entered + 6, InView().PendingFrom(Nothing with { NullifyPressureTicks = Entered + 6 }));
        Assert.Equal(Entered, InView().PendingFrom(Nothing with { ProposalTicks = Entered - 5 }));
    }

    private static Pacemaker InView()
    {
        var pacemaker = new Pacemaker(Parameters);
        pacemaker.Enter(Entered, afterNullification: false);
        return pacemaker;
    }
}
