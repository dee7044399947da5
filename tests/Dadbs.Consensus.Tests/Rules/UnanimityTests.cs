namespace Dadbs.Consensus.Tests.Rules;

/// <summary>C1, the fast way, and S2, which makes it safe. The replica is #0; view 1 is led by #1, view 2 by #2.</summary>
public sealed class UnanimityTests
{
    private static readonly long Patience = ConsensusParameters.Default.GatherLimitTicks;

    private static long Final(Bench bench) => bench.Replica.Finalized.Height.Value;

    /// <summary>Everybody's Notarize of a block, up to <paramref name="voters"/> of the four; the own one is made by the replica.</summary>
    private static Block Notarized(Bench bench, Block parent, long view, params int[] voters)
    {
        Block block = bench.BlockOn(parent, view);
        bench.Propose(block);
        bench.ReceiveVotes(VoteType.Notarize, view, block.Digest, voters);
        bench.EndTurn();
        return block;
    }

    [Fact]
    public void C1_the_Notarize_of_all_is_a_finalization_and_nobody_says_Finalize()
    {
        var bench = new Bench();
        Block block = Notarized(bench, bench.Genesis, 1, 2, 3);
        Assert.Equal(block.Digest, bench.Replica.Finalized.Digest);
        bench.Wait(Patience);
        Assert.False(bench.Said(VoteType.Finalize, 1));
    }

    [Fact]
    public void C1_the_last_Notarize_is_waited_for_no_longer_than_the_gathering_limit()
    {
        var bench = new Bench();
        Block block = Notarized(bench, bench.Genesis, 1, 2);
        Assert.False(bench.Said(VoteType.Finalize, 1));
        bench.Wait(Patience);
        Assert.True(bench.Said(VoteType.Finalize, 1));
        bench.ReceiveVotes(VoteType.Finalize, 1, block.Digest, 1, 2);
        Assert.Equal(1, Final(bench));
    }

    [Fact]
    public void C1_who_was_missing_is_not_waited_for_again_for_a_number_of_views_that_doubles()
    {
        var bench = new Bench();
        Block parent = bench.Genesis;
        var waited = new List<long>();
        for (long view = 1; view <= 31; view++)
        {
            if (view % 4 is 0 or 3)
            {
                // #0 and #3 are leaders that have nothing to say here.
                bench.Receive(1, new Message.Certified(bench.CertificateOf(VoteType.Nullify, view, Digest.Zero, 1, 2, 3)));
                continue;
            }
            int leader = (int)(view % 4);
            Block block = bench.BlockOn(parent, view);
            bench.Propose(block);
            bench.ReceiveVotes(VoteType.Notarize, view, block.Digest, 3 - leader);
            bench.EndTurn();
            if (!bench.Said(VoteType.Finalize, view))
                waited.Add(view);
            bench.Wait(Patience);
            bench.ReceiveVotes(VoteType.Finalize, view, block.Digest, 1, 2);
            bench.EndTurn();
            Assert.Equal(block.Digest, bench.Replica.Finalized.Digest);
            parent = block;
        }
        // Views with a block: 1 2 5 6 9 10 13 14 17 18 … Of these the first, the fourth (after 2) and the ninth (after 4) are waited for.
        Assert.Equal([1, 6, 17], waited);
    }

    [Fact]
    public void C1_who_says_Finalize_of_a_view_that_all_notarized_is_given_the_certificate_once()
    {
        var bench = new Bench();
        Block block = Notarized(bench, bench.Genesis, 1, 2, 3);
        bench.Effects.Clear();
        Assert.True(bench.Replica.IsUseful(new ValidatorId(3), new Message.Voted(bench.VoteOf(3, VoteType.Finalize, 1, block.Digest))));
        bench.ReceiveVotes(VoteType.Finalize, 1, block.Digest, 3, 3);
        Effect.Send sent = Assert.Single(bench.Effects.OfType<Effect.Send>());
        Assert.Equal(3, sent.To.Value);
        Assert.True(Assert.IsType<Message.Certified>(sent.Message).Certificate.IsUnanimous);
    }

    [Fact]
    public void C1_who_said_Finalize_before_the_last_Notarize_came_is_given_the_certificate()
    {
        var bench = new Bench();
        Block block = Notarized(bench, bench.Genesis, 1, 2);
        bench.ReceiveVotes(VoteType.Finalize, 1, block.Digest, 2);
        bench.Effects.Clear();
        bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 3);
        bench.EndTurn();
        Assert.Contains(bench.Effects, effect => effect is Effect.Send { To.Value: 2, Message: Message.Certified { Certificate.IsUnanimous: true } });
    }

    [Fact]
    public void C1_a_certificate_of_all_is_believed_and_one_of_a_quorum_is_not()
    {
        var bench = new Bench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        var verifier = new MessageVerifier(bench.Scope, new Simulation.TestKeys(), new Simulation.TestPayloads());
        Assert.True(verifier.IsValid(bench.UnanimousOf(1, block.Digest, 0, 1, 2, 3)));
        Assert.False(verifier.IsValid(bench.UnanimousOf(1, block.Digest, 1, 2, 3)));
        bench.Receive(1, new Message.CertifiedBlock(block, bench.UnanimousOf(1, block.Digest, 0, 1, 2, 3)));
        Assert.Equal(block.Digest, bench.Replica.Finalized.Digest);
        Assert.Equal(2, bench.Replica.View.Value);
    }

    [Fact]
    public void V3_who_comes_late_adds_the_last_Notarize()
    {
        var bench = new Bench();
        Batch batch = bench.BatchOf(2, 1, Digest.Zero, "late");
        Block block = bench.BlockOn(bench.Genesis, 1, cut: [new(new(2), batch.Tip)]);
        bench.Propose(block);
        bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 2, 3);
        bench.EndTurn();
        Assert.Equal(2, bench.Replica.View.Value);
        Assert.False(bench.Said(VoteType.Notarize, 1));
        bench.ReceiveBatch(2, batch);
        bench.EndTurn();
        Assert.True(bench.Said(VoteType.Notarize, 1));
        Assert.Equal(1, Final(bench));
    }

    [Fact]
    public void S2_a_Nullify_claims_the_block_that_was_notarized_across_a_crash_too()
    {
        var bench = new Bench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(block);
        bench.Restart();
        bench.ReceiveVotes(VoteType.Nullify, 1, Digest.Zero, 2, 3);
        bench.EndTurn();
        Assert.Equal(block.Digest, Assert.Single(bench.OwnVotes, vote => vote.Type == VoteType.Nullify).Digest);
    }

    [Fact]
    public void S2_a_view_whose_nullification_is_locked_is_extended_and_not_skipped()
    {
        var bench = new Bench();
        Block first = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(first);
        bench.ReceiveVotes(VoteType.Nullify, 1, first.Digest, 2);
        bench.ReceiveVotes(VoteType.Nullify, 1, Digest.Zero, 3);
        bench.EndTurn();
        // Own claim, #2's, and none of #3's: two of three.
        Assert.Equal(2, bench.Replica.View.Value);
        bench.Propose(bench.BlockOn(bench.Genesis, 2));
        Assert.False(bench.Said(VoteType.Notarize, 2));

        var other = new Bench();
        other.Propose(first);
        Certificate locked = other.NullificationOf(1, (0, first.Digest), (2, first.Digest), (3, Digest.Zero));
        Assert.Equal(first.Digest, locked.Digest);
        Block second = other.BlockOn(first, 2);
        other.Propose(second, locked);
        Assert.True(other.Said(VoteType.Notarize, 2));
        other.ReceiveVotes(VoteType.Notarize, 2, second.Digest, 1, 3);
        other.EndTurn();
        Assert.Equal(2, Final(other));
    }

    [Fact]
    public void S2_a_view_with_a_nullification_of_each_kind_may_be_skipped()
    {
        var bench = new Bench();
        Block first = bench.BlockOn(bench.Genesis, 1);
        bench.Receive(1, new Message.Certified(bench.NullificationOf(1, (0, first.Digest), (2, first.Digest), (3, Digest.Zero))));
        Certificate skipping = bench.NullificationOf(1, (1, first.Digest), (2, Digest.Zero), (3, Digest.Zero));
        bench.Propose(bench.BlockOn(bench.Genesis, 2), null, skipping);
        Assert.True(bench.Said(VoteType.Notarize, 2));
    }

    [Fact]
    public void S2_claims_are_under_the_signatures()
    {
        var bench = new Bench();
        Digest block = Digest.Sha256("block"u8);
        var verifier = new MessageVerifier(bench.Scope, new Simulation.TestKeys(), new Simulation.TestPayloads());
        Assert.True(verifier.IsValid(bench.NullificationOf(1, (0, block), (1, Digest.Zero), (2, Digest.Zero))));
        Vote[] votes = [bench.VoteOf(0, VoteType.Nullify, 1, block), bench.VoteOf(1, VoteType.Nullify, 1), bench.VoteOf(2, VoteType.Nullify, 1)];
        Assert.False(verifier.IsValid(Certificate.Nullification(bench.Scope, new View(1), [.. votes.Select(vote => (vote.Voter, Digest.Zero, vote.Signature))])));
        Assert.False(verifier.IsValid(Certificate.Nullification(bench.Scope, new View(1), [.. votes.Select(vote => (vote.Voter, block, vote.Signature))])));
    }

    /// <summary>D1: what a checkpoint of the vote log keeps of a view holds both kinds.</summary>
    [Fact]
    public void S2_locks_survive_a_restart()
    {
        var bench = new Bench();
        Block first = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(first);
        bench.Receive(1, new Message.Certified(bench.NullificationOf(1, (0, first.Digest), (2, first.Digest), (3, Digest.Zero))));
        bench.Restart();
        Assert.Equal(2, bench.Replica.View.Value);
        bench.Propose(bench.BlockOn(first, 2));
        Assert.True(bench.Said(VoteType.Notarize, 2));
    }

    [Fact]
    public void S2_the_block_of_a_lock_is_asked_for_and_shown()
    {
        var bench = new Bench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        Certificate locked = bench.NullificationOf(1, (1, block.Digest), (2, Digest.Zero), (3, block.Digest));
        bench.Receive(2, new Message.Certified(locked));
        bench.EndTurn();
        Assert.Contains(bench.Sent, message => message is Message.ViewRequest { View.Value: 1 });
        bench.Receive(3, new Message.CertifiedBlock(block, locked));
        bench.Effects.Clear();
        bench.Receive(2, new Message.ViewRequest(new View(1)));
        var shown = Assert.IsType<Message.CertifiedBlock>(Assert.Single(bench.Sent));
        Assert.Equal((block.Digest, locked.Key), (shown.Block.Digest, shown.Certificate.Key));
    }

    /// <summary>A leader that contradicts itself can leave a lock on each of its blocks: whoever extends one or the other is followed.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S2_of_two_locks_of_a_view_either_may_be_extended(bool isFirst)
    {
        var bench = new Bench();
        Block one = bench.BlockOn(bench.Genesis, 1);
        Block other = bench.BlockOn(bench.Genesis, 1, change: header => header with { TimeMicros = header.TimeMicros + 1 });
        bench.Propose(one);
        bench.Receive(2, new Message.CertifiedBlock(one, bench.NullificationOf(1, (1, one.Digest), (2, one.Digest), (3, other.Digest))));
        bench.Receive(2, new Message.CertifiedBlock(other, bench.NullificationOf(1, (1, other.Digest), (2, one.Digest), (3, other.Digest))));
        bench.Propose(bench.BlockOn(isFirst ? one : other, 2));
        Assert.True(bench.Said(VoteType.Notarize, 2));
    }

    /// <summary>D1: the log was cut at the head, and nobody says their votes for it again.</summary>
    [Fact]
    public void V7_who_restarts_at_the_head_still_shows_what_made_it_final()
    {
        var bench = new Bench(parameters: ConsensusParameters.Default with { CheckpointLogBytes = 1 });
        Block block = Notarized(bench, bench.Genesis, 1, 2, 3);
        bench.Step(new Input.BlockLogDurable(new Height(1)));
        bench.Restart(blockLogHeight: 1);
        Assert.Equal(block.Digest, bench.Replica.Finalized.Digest);
        Assert.Contains(bench.Sent, message => message is Message.Certified { Certificate: { IsUnanimous: true, View.Value: 1 } });
    }

    [Fact]
    public void C1_one_validator_finalizes_with_its_Notarize_alone()
    {
        var bench = new Bench(validators: 1);
        bench.Step(new Input.Executed(bench.Genesis.Header.Executed));
        bench.Step(new Input.Submitted(new LaneTransaction(Digest.Sha256("t"u8), "t"u8.ToArray())));
        bench.EndTurn();
        bench.Wait(Patience);
        Assert.Equal(1, Final(bench));
        Assert.DoesNotContain(bench.OwnVotes, vote => vote.Type == VoteType.Finalize);
    }
}
