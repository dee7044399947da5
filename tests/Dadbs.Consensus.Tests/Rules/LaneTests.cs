namespace Dadbs.Consensus.Tests.Rules;

/// <summary>Rules L1 to L5, and M1 where it speaks of lanes. The replica is #0 of four: f + 1 = 2.</summary>
public sealed class LaneTests
{
    /// <summary>What waits is sealed, not forwarded (<see cref="ForwardingTests"/>).</summary>
    private static readonly ConsensusParameters s_lanesOnly = ConsensusParameters.Default with { ForwardBytesMax = 0 };

    private static LaneTransaction Transaction(int bytes, byte fill = (byte)'t') =>
        new(Digest.Sha256([fill, (byte)bytes]), Enumerable.Repeat(fill, bytes).ToArray());

    private static List<Batch> Broadcast(Bench bench) =>
        [.. bench.Effects.OfType<Effect.Broadcast>().Select(effect => effect.Message).OfType<Message.BatchMessage>().Select(message => message.Batch)];

    [Fact]
    public void L1_an_idle_lane_seals_at_the_end_of_the_turn_and_waits_for_the_proof_of_the_last_batch()
    {
        var bench = new Bench(parameters: s_lanesOnly);
        bench.Step(new Input.Submitted(Transaction(1)));
        bench.Step(new Input.Submitted(Transaction(2)));
        bench.EndTurn();
        Batch first = Assert.Single(Broadcast(bench));
        Assert.Equal(2, first.Header.TransactionCount);
        bench.Step(new Input.Submitted(Transaction(3)));
        bench.EndTurn();
        Assert.Single(Broadcast(bench));
        bench.Wait(2_000);
        Assert.Single(Broadcast(bench));
        bench.Receive(2, new Message.Acknowledged(bench.AcknowledgementOf(2, new LaneTip(new ValidatorId(0), first.Tip))));
        bench.EndTurn();
        bench.Wait(ConsensusParameters.Default.OverlapLimitTicks);
        List<Batch> sealedBatches = Broadcast(bench);
        Assert.Equal(2, sealedBatches.Count);
        Assert.Equal(first.Digest, sealedBatches[1].Header.Parent);
    }

    [Fact]
    public void L1_while_a_batch_is_in_flight_the_next_gathers_for_a_while()
    {
        var bench = new Bench(parameters: s_lanesOnly);
        bench.Step(new Input.Submitted(Transaction(1)));
        bench.EndTurn();
        Batch first = Assert.Single(Broadcast(bench));
        bench.Receive(2, new Message.Acknowledged(bench.AcknowledgementOf(2, new LaneTip(new ValidatorId(0), first.Tip))));
        bench.Step(new Input.Submitted(Transaction(2)));
        bench.EndTurn();
        Assert.Single(Broadcast(bench));
        bench.Wait(ConsensusParameters.Default.GatherLimitTicks);
        Assert.Single(Broadcast(bench));
        bench.Wait(ConsensusParameters.Default.OverlapLimitTicks);
        Assert.Equal(2, Broadcast(bench).Count);
    }

    /// <summary>Whoever the last block answered is waited for, for a while, also where nobody else has to be told.</summary>
    [Fact]
    public void L1_a_single_validator_gathers_as_many_as_were_under_way()
    {
        var bench = new Bench(validators: 1);
        Submit(1);
        Submit(2);
        EndBlock();
        Assert.Equal([2], Delivered(bench));
        Submit(3);
        EndBlock();
        Assert.Equal([2], Delivered(bench));
        Assert.Equal(1, bench.Replica.SubmissionsWorthATurn);
        Submit(4);
        EndBlock();
        Assert.Equal([2, 2], Delivered(bench));
        Submit(5);
        EndBlock();
        bench.Wait(ConsensusParameters.Default.GatherLimitTicks);
        Assert.Equal([2, 2, 1], Delivered(bench));

        void Submit(byte number) => bench.Step(new Input.Submitted(Transaction(number)));

        void EndBlock()
        {
            bench.EndTurn();
            bench.Step(new Input.Executed(new ExecutedRoots(bench.Replica.Delivered, Digest.Sha256("state"u8), Digest.Zero)));
        }
    }

    private static List<int> Delivered(Bench bench) =>
        [.. bench.Effects.OfType<Effect.Deliver>().Select(deliver => deliver.Block.Batches.Sum(batch => batch.Header.TransactionCount)).Where(count => count > 0)];

    [Fact]
    public void L3_of_four_nodes_only_the_authors_are_told_of_an_acknowledgement()
    {
        var bench = new Bench(parameters: s_lanesOnly);
        bench.ReceiveBatch(2, bench.BatchOf(2, 1, Digest.Zero, "1"));
        bench.EndTurn();
        Assert.DoesNotContain(bench.Sent, message => message is Message.Acknowledged);
        bench.Wait(ConsensusParameters.Default.GatherLimitTicks);
        Effect.Send told = Assert.Single(bench.Effects.OfType<Effect.Send>(), send => send.Message is Message.Acknowledged);
        Assert.Equal(2, told.To.Value);
        Assert.DoesNotContain(bench.Effects, effect => effect is Effect.Broadcast { Message: Message.Acknowledged });
    }

    [Fact]
    public void L3_of_seven_nodes_all_are_told_of_an_acknowledgement()
    {
        var bench = new Bench(validators: 7);
        bench.ReceiveBatch(2, bench.BatchOf(2, 1, Digest.Zero, "1"));
        bench.EndTurn();
        Assert.Contains(bench.Effects, effect => effect is Effect.Broadcast { Message: Message.Acknowledged });
    }

    [Fact]
    public void M1_a_transaction_larger_than_a_batch_goes_alone()
    {
        var bench = new Bench(parameters: ConsensusParameters.Default with { ForwardBytesMax = 0, BatchBytes = 100 });
        foreach (int bytes in new[] { 10, 500, 20, 30 })
            bench.Step(new Input.Submitted(Transaction(bytes)));
        bench.EndTurn();
        Assert.Equal([10, 500], Broadcast(bench).Select(batch => batch.Payload.Length));
    }

    [Fact]
    public void L2_acknowledges_in_order_only_and_once_a_turn_for_all_lanes()
    {
        var bench = new Bench(parameters: s_lanesOnly);
        Batch one = bench.BatchOf(1, 1, Digest.Zero, "1");
        Batch two = bench.BatchOf(1, 2, one.Digest, "2");
        Batch other = bench.BatchOf(2, 1, Digest.Zero, "3");
        bench.ReceiveBatch(1, two);
        bench.EndTurn();
        Assert.DoesNotContain(bench.Sent, message => message is Message.Acknowledged);
        Assert.Contains(bench.Sent, message => message is Message.BatchRequest request && request.To == one.Tip);
        bench.ReceiveBatch(1, one);
        bench.ReceiveBatch(2, other);
        bench.EndTurn();
        bench.Wait(ConsensusParameters.Default.GatherLimitTicks);
        Acknowledgement acknowledgement = Assert.Single(bench.Sent.OfType<Message.Acknowledged>().Distinct()).Acknowledgement;
        Assert.Equal([two.Tip, other.Tip], acknowledgement.Leaves.Select(leaf => leaf.Tip));
        Assert.Equal(3, bench.Log.OfType<LogRecord.StoredBatch>().Count());
    }

    [Fact]
    public void L2_refuses_a_second_batch_at_a_position_and_a_batch_with_an_invalid_transaction()
    {
        var bench = new Bench(parameters: s_lanesOnly);
        bench.ReceiveBatch(1, bench.BatchOf(1, 1, Digest.Zero, "1"));
        bench.ReceiveBatch(1, bench.BatchOf(1, 1, Digest.Zero, "2"));
        bench.ReceiveBatch(2, bench.BatchOf(2, 1, Digest.Zero, "!bad"));
        bench.EndTurn();
        Assert.Single(bench.Log.OfType<LogRecord.StoredBatch>());
        Assert.Equal([AlarmKind.LaneEquivocation, AlarmKind.InvalidTransaction], bench.Effects.OfType<Effect.Alarm>().Select(alarm => alarm.Kind));
    }

    [Fact]
    public void L2_a_lane_beyond_its_window_is_not_stored()
    {
        var bench = new Bench(parameters: ConsensusParameters.Default with { ForwardBytesMax = 0, LaneWindowBatches = 3 });
        Digest parent = Digest.Zero;
        for (int position = 1; position <= 5; position++)
        {
            Batch batch = bench.BatchOf(1, position, parent, $"{position}");
            parent = batch.Digest;
            bench.ReceiveBatch(1, batch);
        }
        Assert.Equal(3, bench.Log.OfType<LogRecord.StoredBatch>().Count());
    }

    [Fact]
    public void L5_a_full_intake_says_so_and_opens_again()
    {
        var bench = new Bench(parameters: ConsensusParameters.Default with { ForwardBytesMax = 0, IntakeBytesMax = 100, BatchBytes = 60 });
        bench.Step(new Input.Submitted(Transaction(50)));
        Assert.True(bench.Replica.IntakeOpen);
        bench.Step(new Input.Submitted(Transaction(51)));
        Assert.False(bench.Replica.IntakeOpen);
        bench.EndTurn();
        Assert.True(bench.Replica.IntakeOpen);
    }

    [Fact]
    public void L3_where_f_is_0_a_tip_counts_only_once_this_node_has_checked_it()
    {
        var bench = new Bench(validators: 3);
        Batch batch = bench.BatchOf(2, 1, Digest.Zero, "x");
        bench.Receive(2, new Message.Available(new AvailabilityProof(batch, [])));
        bench.Propose(bench.BlockOn(bench.Genesis, 1, cut: [new LaneTip(new ValidatorId(2), batch.Tip)]));
        Assert.False(bench.Said(VoteType.Notarize, 1));
        bench.ReceiveBatch(2, batch);
        bench.EndTurn();
        Assert.True(bench.Said(VoteType.Notarize, 1));
    }

    [Fact]
    public void V7_a_new_link_gets_the_own_batches_that_its_peer_has_not_acknowledged()
    {
        var bench = new Bench(parameters: s_lanesOnly);
        bench.Step(new Input.Submitted(Transaction(1)));
        bench.EndTurn();
        Batch first = Assert.Single(Broadcast(bench));
        bench.Restart();
        bench.Receive(3, new Message.LinkStatus(new View(1), Height.Genesis, Height.Genesis, Tip.Origin));
        bench.Receive(2, new Message.LinkStatus(new View(1), Height.Genesis, Height.Genesis, first.Tip));
        Effect.Send send = Assert.Single(bench.Effects.OfType<Effect.Send>(), effect => effect.Message is Message.BatchMessage);
        Assert.Equal((3, first.Digest), (send.To.Value, ((Message.BatchMessage)send.Message).Batch.Digest));
    }

    [Fact]
    public void D1_own_batches_and_acknowledgements_survive_a_restart()
    {
        var bench = new Bench(parameters: s_lanesOnly);
        Batch theirs = bench.BatchOf(1, 1, Digest.Zero, "theirs");
        bench.ReceiveBatch(1, theirs);
        bench.Step(new Input.Submitted(Transaction(1)));
        bench.EndTurn();
        Batch own = Assert.Single(Broadcast(bench));
        bench.Restart();
        bench.ReceiveBatch(1, bench.BatchOf(1, 1, Digest.Zero, "another"));
        bench.Receive(1, new Message.Acknowledged(bench.AcknowledgementOf(1, new LaneTip(new ValidatorId(0), own.Tip))));
        bench.Step(new Input.Submitted(Transaction(2)));
        bench.Wait(10_000);
        bench.EndTurn();
        Assert.Equal(2, Broadcast(bench).Single().Position);
        Assert.All(bench.Log.OfType<LogRecord.OwnAcknowledgement>().SelectMany(record => record.Acknowledgement.Leaves), leaf => Assert.Equal(theirs.Tip, leaf.Tip));
    }

    /// <summary>V3: the proof of a tip says that an honest node holds the batch. Its author knows that of itself, and must not wait to be told.</summary>
    [Fact]
    public void V3_an_author_votes_for_its_own_tip_without_a_proof_from_others()
    {
        var bench = new Bench(parameters: s_lanesOnly);
        bench.Step(new Input.Submitted(Transaction(1)));
        bench.EndTurn();
        Batch own = Assert.Single(Broadcast(bench));
        Block block = bench.BlockOn(bench.Genesis, 1, cut: [new(new(0), own.Tip)]);
        bench.Propose(block);
        Assert.True(bench.Said(VoteType.Notarize, 1));
    }

    /// <summary>A batch that the proposal at hand names is worth a turn at once; while it is missing there is no vote.</summary>
    [Fact]
    public void V3_a_voter_says_how_many_batches_its_proposal_waits_for()
    {
        var bench = new Bench(parameters: s_lanesOnly);
        Batch missing = bench.BatchOf(2, 1, Digest.Zero, "1");
        Batch late = bench.BatchOf(3, 1, Digest.Zero, "2");
        Assert.Equal(int.MaxValue, bench.Replica.BatchesWorthATurn);
        bench.Propose(bench.BlockOn(bench.Genesis, 1, cut: [new(new(2), missing.Tip), new(new(3), late.Tip)]));
        Assert.Equal(2, bench.Replica.BatchesWorthATurn);
        bench.ReceiveBatch(2, missing);
        bench.EndTurn();
        Assert.Equal(1, bench.Replica.BatchesWorthATurn);
        Assert.False(bench.Said(VoteType.Notarize, 1));
        bench.ReceiveBatch(3, late);
        bench.EndTurn();
        Assert.True(bench.Said(VoteType.Notarize, 1));
        Assert.Equal(int.MaxValue, bench.Replica.BatchesWorthATurn);
    }

    /// <summary>V2: an author that withholds its batches is not waited for. With <paramref name="isWithheld"/> false the same lane is.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void V2_nobody_gathers_for_a_lane_whose_batches_have_to_be_asked_for(bool isWithheld)
    {
        var bench = new Bench(self: 2);
        Batch first = bench.BatchOf(3, 1, Digest.Zero, "1", transactions: 2);
        Block block = bench.BlockOn(bench.Genesis, 1, cut: [new(new(3), first.Tip)]);
        bench.Propose(block);
        if (isWithheld)
            bench.Wait(ConsensusParameters.Default.DeltaBaseTicks / 2);
        Assert.Equal(isWithheld, bench.Sent.Any(message => message is Message.BatchRequest));
        bench.ReceiveBatch(3, first);
        bench.EndTurn();
        bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 0, 3);
        bench.ReceiveVotes(VoteType.Finalize, 1, block.Digest, 0, 3);
        bench.Step(new Input.Executed(new ExecutedRoots(new Height(1), Digest.Sha256("state"u8), Digest.Zero)));
        bench.ReceiveBatch(0, bench.BatchOf(0, 1, Digest.Zero, "other"));
        bench.EndTurn();
        Assert.Equal(isWithheld, bench.Sent.Any(message => message is Message.Proposal));
    }

    /// <summary>V2: a leader takes an equivocator's lane along only when there is nothing else.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void V2_the_lane_of_an_equivocating_author_comes_last(bool hasOther)
    {
        var bench = new Bench(self: 1);
        if (hasOther)
            bench.ReceiveBatch(2, bench.BatchOf(2, 1, Digest.Zero, "other"));
        bench.ReceiveBatch(3, bench.BatchOf(3, 1, Digest.Zero, "one"));
        bench.ReceiveBatch(3, bench.BatchOf(3, 1, Digest.Zero, "two"));
        bench.EndTurn();
        bench.Wait(20_000);
        Message.Proposal proposal = bench.Sent.OfType<Message.Proposal>().First(proposal => proposal.Block.AdvancesCut);
        Assert.Equal(hasOther ? 2 : 3, Assert.Single(proposal.Block.Header.Cut).Lane.Value);
    }

    [Fact]
    public void X1_a_block_is_flattened_by_rounds_from_the_lane_of_its_height()
    {
        var bench = new Bench(parameters: s_lanesOnly);
        Batch a1 = bench.BatchOf(1, 1, Digest.Zero, "a1");
        Batch a2 = bench.BatchOf(1, 2, a1.Digest, "a2");
        Batch c1 = bench.BatchOf(3, 1, Digest.Zero, "c1");
        Batch b1 = bench.BatchOf(2, 1, Digest.Zero, "b1");
        foreach (Batch batch in new[] { a1, a2, b1, c1 })
            bench.ReceiveBatch(batch.Lane.Value, batch);
        bench.EndTurn();
        Block block = bench.BlockOn(bench.Genesis, 1, cut: [new(new(1), a2.Tip), new(new(2), b1.Tip), new(new(3), c1.Tip)]);
        bench.Propose(block);
        bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 2, 3);
        bench.ReceiveVotes(VoteType.Finalize, 1, block.Digest, 2, 3);
        Assert.Equal([a1, b1, c1, a2], bench.Effects.OfType<Effect.Deliver>().Single().Block.Batches, (left, right) => left.Digest == right.Digest);
    }
}
