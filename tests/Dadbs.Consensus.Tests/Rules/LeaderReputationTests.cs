namespace Dadbs.Consensus.Tests.Rules;

/// <summary>Rule T2: who is passed over, for how long, and how many at most. Views 3, 7, 11 … are led by #3 of four.</summary>
public sealed class LeaderReputationTests
{
    private static readonly EpochScope Four = new(Digest.Sha256("reputation"u8), 1, 4);

    private static View Turn(int leader, int turn) => new((turn * 4) + leader);

    private static int TurnsPassedOver(LeaderReputation reputation, int leader, int from) =>
        Enumerable.Range(from, 2_000).TakeWhile(turn => reputation.IsPassedOver(Turn(leader, turn))).Count();

    [Fact]
    public void T2_each_failure_doubles_the_turns_that_a_leader_is_passed_over()
    {
        var reputation = new LeaderReputation(Four);
        int turn = 1;
        foreach (int expected in new[] { 1, 2, 4, 8, 16 })
        {
            reputation.Failed(Turn(3, turn));
            Assert.Equal(expected, TurnsPassedOver(reputation, 3, turn + 1));
            turn += expected + 1;
            Assert.False(reputation.IsPassedOver(Turn(3, turn)));
        }
    }

    [Fact]
    public void T2_who_contradicts_itself_is_passed_over_for_the_longest_time_at_once()
    {
        var reputation = new LeaderReputation(Four);
        reputation.Equivocated(Turn(3, 1));
        Assert.Equal(512, TurnsPassedOver(reputation, 3, 2));
    }

    [Fact]
    public void T2_a_turn_that_was_passed_over_is_no_new_failure()
    {
        var reputation = new LeaderReputation(Four);
        reputation.Failed(Turn(3, 1));
        reputation.Failed(Turn(3, 2));
        Assert.Equal(1, TurnsPassedOver(reputation, 3, 2));
    }

    [Fact]
    public void T2_never_more_than_f_are_passed_over_and_the_worst_is()
    {
        var reputation = new LeaderReputation(Four);
        for (int leader = 0; leader < 4; leader++)
            reputation.Failed(Turn(leader, 1));
        Assert.Single(Enumerable.Range(0, 4), leader => reputation.IsPassedOver(Turn(leader, 2)));
        reputation.Failed(Turn(2, 3));
        reputation.Failed(Turn(1, 3));
        reputation.Failed(Turn(1, 6));
        Assert.Equal([1], Enumerable.Range(0, 4).Where(leader => reputation.IsPassedOver(Turn(leader, 7))));
    }

    [Fact]
    public void T2_who_failed_often_is_on_probation_and_never_more_than_f()
    {
        var reputation = new LeaderReputation(Four);
        foreach (int turn in new[] { 1, 10, 20 })
        {
            Assert.False(reputation.IsOnProbation(Turn(3, turn)));
            reputation.Failed(Turn(3, turn));
        }
        Assert.True(reputation.IsOnProbation(Turn(3, 100)));
        foreach (int turn in new[] { 100, 110, 120, 130 })
            reputation.Failed(Turn(2, turn));
        Assert.Equal([2], Enumerable.Range(0, 4).Where(leader => reputation.IsOnProbation(Turn(leader, 200))));
    }

    /// <summary>The third turn that #1 lets pass is over Δ after a batch is ahead that came late; the first had 3Δ, one for the proof and two for the leader.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void T2_a_leader_on_probation_has_a_delta_to_propose(int failures)
    {
        var bench = new Bench();
        foreach (int view in new[] { 1, 9, 21 }.Take(failures))
            bench.Receive(2, new Message.Certified(bench.CertificateOf(VoteType.Nullify, view, Digest.Zero, 1, 2, 3)));
        bench.Receive(2, new Message.Certified(bench.CertificateOf(VoteType.Nullify, 40, Digest.Zero, 1, 2, 3)));
        bench.EndTurn();
        bench.Ticks += 1_000;
        bench.ReceiveBatch(2, bench.BatchOf(2, 1, Digest.Zero, "t"));
        bench.EndTurn();
        bench.Wait(bench.Replica.DeltaTicks - 1);
        Assert.False(bench.Said(VoteType.Nullify, 41));
        for (int peer = 1; peer < 4; peer++)
            bench.Step(new Input.Heard(new ValidatorId(peer)));
        bench.Wait(2);
        Assert.Equal(failures > 0, bench.Said(VoteType.Nullify, 41));
    }

    [Fact]
    public void T2_a_leader_pays_its_failures_off_slowly()
    {
        var reputation = new LeaderReputation(Four);
        reputation.Failed(Turn(3, 1));
        reputation.Failed(Turn(3, 5));
        for (int turn = 10; turn < 42; turn++)
            reputation.Served(Turn(3, turn));
        reputation.Failed(Turn(3, 50));
        Assert.Equal(1, TurnsPassedOver(reputation, 3, 51));
    }

    [Fact]
    public void T2_where_nobody_may_fail_nobody_is_passed_over()
    {
        var reputation = new LeaderReputation(new EpochScope(Digest.Sha256("two"u8), 1, 2));
        reputation.Failed(new View(1));
        Assert.False(reputation.IsPassedOver(new View(3)));
    }

    /// <summary>Nothing waits to be ordered yet: the Nullify leaves with the Finalize of the block before and costs no round. With <paramref name="hasFailed"/> false the leader gets its turn.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void T2_who_is_passed_over_is_nullified_together_with_the_Finalize_of_the_block_before(bool hasFailed)
    {
        var bench = new Bench();
        if (hasFailed)
            bench.Receive(2, new Message.Certified(bench.CertificateOf(VoteType.Nullify, 1, Digest.Zero, 1, 2, 3)));
        Batch batch = bench.BatchOf(2, 1, Digest.Zero, "t");
        bench.ReceiveBatch(2, batch);
        Block block = bench.BlockOn(bench.Genesis, 4, cut: [new(new(2), batch.Tip)]);
        bench.Receive(2, new Message.CertifiedBlock(block, bench.CertificateOf(VoteType.Notarize, 4, block.Digest, 1, 2, 3)));
        bench.EndTurn();
        bench.Wait(ConsensusParameters.Default.GatherLimitTicks);
        Assert.True(bench.Said(VoteType.Finalize, 4));
        Assert.Equal(hasFailed, bench.Said(VoteType.Nullify, 5));
    }
}
