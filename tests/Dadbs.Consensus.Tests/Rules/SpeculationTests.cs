namespace Dadbs.Consensus.Tests.Rules;

/// <summary>Rule X4: what is likely to become final can be executed while its votes are under way.</summary>
public sealed class SpeculationTests
{
    [Fact]
    public void X4_a_block_that_this_node_notarizes_is_offered_with_its_batches()
    {
        var bench = new Bench();
        Batch batch = bench.BatchOf(2, 1, Digest.Zero, "one");
        bench.ReceiveBatch(2, batch);
        bench.EndTurn();
        Block block = bench.BlockOn(bench.Genesis, 1, cut: [new LaneTip(batch.Lane, batch.Tip)]);
        bench.Propose(block);
        Effect.Speculate offered = Assert.Single(bench.Effects.OfType<Effect.Speculate>());
        Assert.Equal(block.Digest, offered.Block.Digest);
        Assert.Same(batch, Assert.Single(offered.Batches));
        Assert.Empty(bench.Effects.OfType<Effect.Deliver>());
        bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 1, 2, 3);
        Assert.Same(batch, Assert.Single(Assert.Single(bench.Effects.OfType<Effect.Deliver>()).Block.Batches));
    }

    [Fact]
    public void X4_what_is_not_voted_for_or_orders_nothing_is_not_offered()
    {
        var bench = new Bench();
        Batch missing = bench.BatchOf(2, 1, Digest.Zero, "one");
        bench.Propose(bench.BlockOn(bench.Genesis, 1, cut: [new LaneTip(missing.Lane, missing.Tip)]));
        Assert.False(bench.Said(VoteType.Notarize, 1));
        Assert.Empty(bench.Effects.OfType<Effect.Speculate>());
        bench = new Bench();
        bench.Propose(bench.BlockOn(bench.Genesis, 1));
        Assert.True(bench.Said(VoteType.Notarize, 1));
        Assert.Empty(bench.Effects.OfType<Effect.Speculate>());
    }
}
