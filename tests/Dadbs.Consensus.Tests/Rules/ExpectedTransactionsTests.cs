namespace Dadbs.Consensus.Tests.Rules;

/// <summary>Rule V2: how many transactions a leader waits for.</summary>
public sealed class ExpectedTransactionsTests
{
    private readonly Bench _bench = new();
    private readonly ExpectedTransactions _expected = new(4);

    [Fact]
    public void V2_as_many_as_the_last_block_held()
    {
        Order(lane: 1, transactions: 7);
        Assert.Equal(7, _expected.Count(_ => false));
    }

    [Fact]
    public void V2_nobody_waits_for_a_suspect_lane()
    {
        Order(lane: 1, transactions: 7);
        Assert.Equal(0, _expected.Count(lane => lane.Value == 1));
        Assert.Equal(7, _expected.Count(lane => lane.Value == 2));
    }

    [Fact]
    public void V2_who_missed_a_block_meets_the_others_in_the_next()
    {
        Order(lane: 1, transactions: 32);
        Order(lane: 2, transactions: 24, ahead: 8);
        Assert.Equal(32, _expected.Count(_ => false));
    }

    /// <summary>Whoever was answered before this node heard of the block is not one more.</summary>
    [Fact]
    public void V2_no_more_than_the_largest_block_of_late()
    {
        Order(lane: 1, transactions: 32);
        Order(lane: 2, transactions: 32, ahead: 8);
        Assert.Equal(32, _expected.Count(_ => false));
    }

    [Fact]
    public void V2_where_some_miss_every_block_there_are_more()
    {
        for (int block = 0; block < 3; block++)
            Order(lane: 1, transactions: 32, ahead: 8);
        Assert.Equal(40, _expected.Count(_ => false));
    }

    [Fact]
    public void V2_who_went_away_is_forgotten()
    {
        Order(lane: 1, transactions: 32);
        for (int block = 0; block < 8; block++)
            Order(lane: 1, transactions: 4);
        Order(lane: 1, transactions: 4, ahead: 8);
        Assert.Equal(4, _expected.Count(_ => false));
    }

    private void Order(int lane, int transactions, int ahead = 0) => _expected.Ordered([_bench.BatchOf(lane, 1, Digest.Zero, "t;", transactions)], ahead);
}
