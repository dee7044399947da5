using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Rules;

/// <summary>The pitfalls of docs/consensus.md that one replica can fall into, each under its name. The replica is #0; view 1 is led by #1.</summary>
public sealed class Pitfalls
{
    private static LaneTip Lane(int lane, Batch batch) => new(new ValidatorId(lane), batch.Tip);

    [Fact]
    public void Finalize_after_nullify_across_a_crash()
    {
        var bench = new Bench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Receive(2, new Message.Voted(bench.VoteOf(2, VoteType.Nullify, 1)));
        bench.Receive(3, new Message.Voted(bench.VoteOf(3, VoteType.Nullify, 1)));
        Assert.True(bench.Said(VoteType.Nullify, 1));
        bench.Restart();
        bench.Propose(block);
        bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 2, 3);
        bench.Wait(5_000_000);
        Assert.False(bench.Said(VoteType.Notarize, 1));
        Assert.False(bench.Said(VoteType.Finalize, 1));
    }

    [Fact]
    public void Nullify_after_finalize_across_a_crash()
    {
        var bench = new Bench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(block);
        bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 2);
        bench.Wait(ConsensusParameters.Default.GatherLimitTicks);
        Assert.True(bench.Said(VoteType.Finalize, 1));
        bench.Restart();
        bench.ReceiveVotes(VoteType.Nullify, 1, Digest.Zero, 1, 2, 3);
        bench.Wait(5_000_000);
        Assert.False(bench.Said(VoteType.Nullify, 1));
    }

    [Fact]
    public void A_restart_does_not_make_it_notarize_a_second_block()
    {
        var bench = new Bench();
        Block first = bench.BlockOn(bench.Genesis, 1);
        Block second = bench.BlockOn(bench.Genesis, 1, change: header => header with { TimeMicros = header.TimeMicros + 1 });
        bench.Propose(first);
        bench.Restart();
        bench.Propose(second);
        Assert.Equal(first.Digest, Assert.Single(bench.OwnVotes, vote => vote.Type == VoteType.Notarize).Digest);
    }

    [Fact]
    public void Rejecting_because_data_is_missing()
    {
        var bench = new Bench();
        Batch batch = bench.BatchOf(1, 1, Digest.Zero, "x");
        bench.Propose(bench.BlockOn(bench.Genesis, 1, cut: [Lane(1, batch)]));
        Assert.Empty(bench.OwnVotes);
        Assert.DoesNotContain(bench.Sent, message => message is Message.BatchRequest);
        bench.Wait(ConsensusParameters.Default.DeltaBaseTicks / 16);
        Assert.Contains(bench.Sent, message => message is Message.BatchRequest request && request.To == batch.Tip);
        bench.ReceiveBatch(1, batch);
        bench.EndTurn();
        Assert.True(bench.Said(VoteType.Notarize, 1));
        Assert.False(bench.Said(VoteType.Nullify, 1));
    }

    /// <summary>An author that has shown this node another batch, valid or not, shows it no better one when it is asked.</summary>
    [Theory]
    [InlineData("valid")]
    [InlineData("! not valid")]
    public void What_others_name_in_a_lane_whose_author_is_two_faced_is_asked_of_everybody_at_once(string shownPayload)
    {
        var bench = new Bench();
        Batch shown = bench.BatchOf(1, 1, Digest.Zero, shownPayload);
        Batch named = bench.BatchOf(1, 1, Digest.Zero, "named");
        bench.ReceiveBatch(1, shown);
        bench.EndTurn();
        bench.Propose(bench.BlockOn(bench.Genesis, 1, cut: [Lane(1, named)]));
        bench.EndTurn();
        Assert.Contains(bench.Effects, effect => effect is Effect.Broadcast { Message: Message.BatchRequest request } && request.To == named.Tip);
        bench.ReceiveBatch(2, named);
        bench.EndTurn();
        Assert.Contains(bench.Effects.OfType<Effect.Persist>(), persist => persist.Records.OfType<LogRecord.StoredBatch>().Any(stored => stored.Batch.Digest == named.Digest));
    }

    [Fact]
    public void A_withheld_ancestor_of_a_tip_forbids_finalize_until_it_is_here()
    {
        var bench = new Bench();
        Batch lower = bench.BatchOf(2, 1, Digest.Zero, "lower");
        Batch upper = bench.BatchOf(2, 2, lower.Digest, "upper");
        bench.ReceiveBatch(2, upper);
        bench.EndTurn();
        bench.Receive(3, new Message.Acknowledged(bench.AcknowledgementOf(3, Lane(2, upper))));
        Block block = bench.BlockOn(bench.Genesis, 1, cut: [Lane(2, upper)]);
        bench.Propose(block);
        Assert.True(bench.Said(VoteType.Notarize, 1));
        bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 2);
        Assert.Equal(2, bench.Replica.View.Value);
        bench.Wait(ConsensusParameters.Default.GatherLimitTicks);
        Assert.False(bench.Said(VoteType.Finalize, 1));
        bench.ReceiveBatch(3, lower);
        Assert.True(bench.Said(VoteType.Finalize, 1));
    }

    [Fact]
    public void A_colluders_tip_without_PoA_gets_no_vote()
    {
        var bench = new Bench(validators: 7);
        Batch batch = bench.BatchOf(2, 1, Digest.Zero, "of the leader's friend");
        bench.ReceiveBatch(2, batch);
        bench.EndTurn();
        bench.Propose(bench.BlockOn(bench.Genesis, 1, cut: [Lane(2, batch)]));
        Assert.False(bench.Said(VoteType.Notarize, 1));
        bench.Receive(3, new Message.Acknowledged(bench.AcknowledgementOf(3, Lane(2, batch))));
        Assert.True(bench.Said(VoteType.Notarize, 1));
    }

    [Fact]
    public void Two_PoAs_at_one_position()
    {
        var bench = new Bench();
        Batch here = bench.BatchOf(2, 1, Digest.Zero, "one");
        Batch there = bench.BatchOf(2, 1, Digest.Zero, "other");
        bench.ReceiveBatch(2, here);
        bench.EndTurn();
        bench.ReceiveBatch(2, there);
        bench.EndTurn();
        Assert.Contains(bench.Effects, effect => effect is Effect.Alarm { Kind: AlarmKind.LaneEquivocation });
        LaneTip[] leaves = [Lane(2, there)];
        var acknowledgement = bench.AcknowledgementOf(3, leaves);
        var proof = new AvailabilityProof(there, [new TipAcknowledgement(new ValidatorId(3), 1, 0, [], acknowledgement.Signature)]);
        Block block = bench.BlockOn(bench.Genesis, 1, cut: [Lane(2, there)]);
        bench.Propose(block);
        bench.Receive(3, new Message.Available(proof));
        Assert.True(bench.Said(VoteType.Notarize, 1));
        bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 2, 3);
        bench.ReceiveBatch(3, there);
        bench.ReceiveVotes(VoteType.Finalize, 1, block.Digest, 2, 3);
        Effect.Deliver delivered = Assert.Single(bench.Effects.OfType<Effect.Deliver>());
        Assert.Equal(there.Digest, Assert.Single(delivered.Block.Batches).Digest);
        Batch next = bench.BatchOf(2, 2, here.Digest, "goes on from the one that was not ordered");
        bench.ReceiveBatch(2, next);
        bench.EndTurn();
        bench.Wait(ConsensusParameters.Default.GatherLimitTicks);
        LogRecord.OwnAcknowledgement last = bench.Log.OfType<LogRecord.OwnAcknowledgement>().Last();
        Assert.Equal(next.Tip, Assert.Single(last.Acknowledgement.Leaves).Tip);
        Assert.DoesNotContain(bench.Log.OfType<LogRecord.OwnAcknowledgement>(), record => record.Acknowledgement.Leaves.Any(leaf => leaf.Tip == there.Tip));
    }

    [Fact]
    public void A_cut_moving_back_through_a_stale_parent_is_nullified()
    {
        var bench = new Bench();
        Batch one = bench.BatchOf(2, 1, Digest.Zero, "1");
        Batch two = bench.BatchOf(2, 2, one.Digest, "2");
        bench.ReceiveBatch(2, one);
        bench.ReceiveBatch(2, two);
        bench.EndTurn();
        Block first = bench.BlockOn(bench.Genesis, 1, cut: [Lane(2, two)]);
        bench.Propose(first);
        bench.ReceiveVotes(VoteType.Notarize, 1, first.Digest, 2, 3);
        Cut after = Cut.Empty(4).Advance(first.Header.Cut);
        bench.Propose(bench.BlockOn(first, 2, after, [Lane(2, one)]));
        Assert.True(bench.Said(VoteType.Nullify, 2));
        Assert.False(bench.Said(VoteType.Notarize, 2));
    }

    [Fact]
    public void Flooding_of_future_views_leaves_nothing_behind()
    {
        var bench = new Bench();
        for (int view = 1; view < 5_000; view++)
            bench.Receive(3, new Message.Voted(bench.VoteOf(3, VoteType.Nullify, view)));
        for (int view = 20; view < 1_000; view++)
            Assert.False(bench.Replica.IsUseful(new ValidatorId(3), new Message.Certified(bench.CertificateOf(VoteType.Nullify, -1, Digest.Zero))));
        bench.Step(new Input.LinkDown(new ValidatorId(3)));
        Assert.Equal(1, bench.Replica.View.Value);
        Assert.True(bench.Replica.KnownViews <= ConsensusParameters.Default.ViewWindow + 1, $"{bench.Replica.KnownViews} views kept");
    }

    [Fact]
    public void Certificates_replayed_across_epochs_or_chains_are_refused()
    {
        var bench = new Bench();
        Certificate certificate = bench.CertificateOf(VoteType.Nullify, 1, Digest.Zero, 1, 2, 3);
        var keys = new TestKeys();
        Assert.True(new MessageVerifier(bench.Scope, keys, new TestPayloads()).IsValid(certificate));
        var otherEpoch = new EpochScope(bench.Scope.ChainId, 2, 4);
        Assert.False(new MessageVerifier(otherEpoch, keys, new TestPayloads()).IsValid(certificate));
        var otherChain = new EpochScope(Digest.Sha256("elsewhere"u8), 1, 4);
        Assert.False(new MessageVerifier(otherChain, keys, new TestPayloads()).IsValid(certificate));
    }

    [Fact]
    public void Malleable_signatures_are_not_counted_as_two_votes()
    {
        var bench = new Bench();
        var verifier = new MessageVerifier(bench.Scope, new TestKeys(), new TestPayloads());
        Certificate twice = bench.CertificateOf(VoteType.Nullify, 1, Digest.Zero, 2, 2, 3);
        Assert.False(verifier.IsValid(twice));
        for (int again = 0; again < 5; again++)
            bench.Receive(3, new Message.Voted(bench.VoteOf(3, VoteType.Nullify, 1)));
        Assert.False(bench.Said(VoteType.Nullify, 1));
        Assert.Equal(1, bench.Replica.View.Value);
    }

    [Fact]
    public void Clock_skew_in_block_time_waits_until_the_own_clock_is_there()
    {
        var bench = new Bench();
        long ahead = bench.UtcMicros + ConsensusParameters.Default.ClockDriftMicros + 100_000;
        bench.Propose(bench.BlockOn(bench.Genesis, 1, change: header => header with { TimeMicros = ahead }));
        Assert.Empty(bench.OwnVotes);
        bench.UtcMicros += 100_001;
        bench.Step(new Input.Tick());
        Assert.True(bench.Said(VoteType.Notarize, 1));
    }

    [Fact]
    public void Time_not_after_the_parents_is_nullified()
    {
        var bench = new Bench();
        bench.Propose(bench.BlockOn(bench.Genesis, 1, change: header => header with { TimeMicros = bench.Genesis.Header.TimeMicros }));
        Assert.True(bench.Said(VoteType.Nullify, 1));
    }

    [Fact]
    public void A_leader_that_executed_ahead_of_all_is_waited_for_and_a_wrong_result_is_nullified()
    {
        Bench bench = WithFirstBlockFinal(out Block first);
        var roots = new ExecutedRoots(new Height(1), Digest.Sha256("state"u8), Digest.Zero);
        bench.Propose(bench.BlockOn(first, 2, change: header => header with { Executed = roots }));
        Assert.False(bench.Said(VoteType.Notarize, 2));
        Assert.False(bench.Said(VoteType.Nullify, 2));
        bench.Step(new Input.Executed(roots));
        Assert.True(bench.Said(VoteType.Notarize, 2));

        Bench other = WithFirstBlockFinal(out first);
        other.Step(new Input.Executed(roots));
        other.Propose(other.BlockOn(first, 2, change: header => header with { Executed = roots with { StateRoot = Digest.Sha256("lie"u8) } }));
        Assert.True(other.Said(VoteType.Nullify, 2));
    }

    [Fact]
    public void A_result_that_differs_from_the_own_forbids_finalize_and_raises_the_alarm()
    {
        Bench bench = WithFirstBlockFinal(out Block first);
        bench.Step(new Input.Executed(new ExecutedRoots(new Height(1), Digest.Sha256("mine"u8), Digest.Zero)));
        Block second = bench.BlockOn(first, 2, change: header => header with { Executed = new ExecutedRoots(new Height(1), Digest.Sha256("theirs"u8), Digest.Zero) });
        bench.Propose(second);
        bench.ReceiveVotes(VoteType.Notarize, 2, second.Digest, 1, 3);
        Assert.Equal(3, bench.Replica.View.Value);
        Assert.False(bench.Said(VoteType.Finalize, 2));
        Assert.Contains(bench.Effects, effect => effect is Effect.Alarm { Kind: AlarmKind.ExecutedDiffers });
    }

    /// <summary>K1: one hint a sender, none by hearsay. What a quorum did not say is not named.</summary>
    [Fact]
    public void A_peer_lying_about_its_height_makes_no_proposer_name_what_a_quorum_did_not_execute()
    {
        var bench = new Bench(self: 2);
        Block first = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(first);
        bench.Receive(3, new Message.Proposal(first, bench.VoteOf(1, VoteType.Notarize, 1, first.Digest, executed: 1_000_000), null, []));
        bench.Receive(3, new Message.Progress(new Height(2_000_000)));
        bench.Receive(3, new Message.LinkStatus(new View(9), new Height(1_000_000), new Height(1_000_000), new Tip(1_000_000, Digest.Sha256("lie"u8))));
        bench.ReceiveVotes(VoteType.Notarize, 1, first.Digest, 0, 3);
        bench.ReceiveVotes(VoteType.Finalize, 1, first.Digest, 0, 3);
        bench.Step(new Input.Executed(new ExecutedRoots(new Height(1), Digest.Sha256("state"u8), Digest.Zero)));
        bench.Step(new Input.Submitted(new LaneTransaction(Digest.Sha256("t"u8), "t;"u8.ToArray())));
        bench.EndTurn();
        Message.Proposal proposal = Assert.Single(bench.Sent.OfType<Message.Proposal>());
        Assert.Equal((1, Height.Genesis), (proposal.Block.Header.Cut.Count, proposal.Block.Header.Executed.Height));
    }

    /// <summary>
    /// L2, L3: of batches that were stored before a restart nobody knows any more whether their transactions are valid; where f = 0 no proof stands in for the own
    /// acknowledgement. They must come again from the first that is not acknowledged, not only from the tip, or two nodes stand still for ever.
    /// </summary>
    [Fact]
    public void Batches_stored_before_a_restart_and_never_acknowledged_are_asked_for_again_where_f_is_0()
    {
        var bench = new Bench(validators: 2);
        Batch first = bench.BatchOf(1, 1, Digest.Zero, "a");
        Batch second = bench.BatchOf(1, 2, first.Digest, "b");
        Batch third = bench.BatchOf(1, 3, second.Digest, "c");
        bench.ReceiveBatch(1, second);
        bench.ReceiveBatch(1, third);
        bench.EndTurn();
        bench.Restart();
        bench.ReceiveBatch(1, first);
        bench.EndTurn();
        bench.Effects.Clear();
        bench.Propose(bench.BlockOn(bench.Genesis, 1, cut: [Lane(1, third)]));
        Assert.False(bench.Said(VoteType.Notarize, 1));
        Message.BatchRequest request = Assert.Single(bench.Sent.OfType<Message.BatchRequest>());
        Assert.Equal((2, third.Tip), (request.From, request.To));
        bench.ReceiveBatch(1, third);
        bench.ReceiveBatch(1, second);
        bench.EndTurn();
        Assert.True(bench.Said(VoteType.Notarize, 1));
    }

    [Fact]
    public void An_equivocating_leader_gets_no_finalize()
    {
        var bench = new Bench();
        Block first = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(first);
        bench.Propose(bench.BlockOn(bench.Genesis, 1, change: header => header with { TimeMicros = header.TimeMicros + 1 }));
        bench.ReceiveVotes(VoteType.Notarize, 1, first.Digest, 2, 3);
        Assert.Equal(2, bench.Replica.View.Value);
        Assert.False(bench.Said(VoteType.Finalize, 1));
        Assert.Contains(bench.Effects, effect => effect is Effect.Alarm { Kind: AlarmKind.Equivocation });
    }

    [Fact]
    public void The_last_frame_torn_and_a_frame_in_the_middle_damaged_do_not_decode()
    {
        var bench = new Bench();
        bench.Propose(bench.BlockOn(bench.Genesis, 1));
        var writer = new System.Buffers.ArrayBufferWriter<byte>();
        LogRecord.EncodeFrame(bench.Scope, bench.Log, writer);
        byte[] frame = writer.WrittenSpan.ToArray();
        Assert.Equal(bench.Log.Count, LogRecord.DecodeFrame(bench.Scope, frame)!.Count);
        for (int length = 1; length < frame.Length; length++)
        {
            IReadOnlyList<LogRecord>? torn = LogRecord.DecodeFrame(bench.Scope, frame.AsMemory(0, length));
            Assert.True(torn is null || torn.Count < bench.Log.Count);
        }
    }

    [Fact]
    public void Never_votes_in_a_view_at_or_below_the_logs_floor()
    {
        var bench = new Bench();
        var floor = new LogRecord.Floor(bench.Genesis, Cut.Empty(4), new View(5), Tip.Origin, Cut.Empty(4));
        Replica replica = Replica.Recover(bench.Options, [floor], Height.Genesis);
        Assert.Equal(6, replica.View.Value);
    }

    private static Bench WithFirstBlockFinal(out Block first)
    {
        var bench = new Bench();
        first = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(first);
        bench.ReceiveVotes(VoteType.Notarize, 1, first.Digest, 2, 3);
        bench.ReceiveVotes(VoteType.Finalize, 1, first.Digest, 2, 3);
        Assert.Equal(1, bench.Replica.Delivered.Value);
        return bench;
    }

    /// <summary>V1, V4: everybody makes the notarization out of the same votes; it goes to those who do not show in time that they did.</summary>
    [Fact]
    public void A_notarization_is_passed_on_to_whom_was_not_seen_beyond_it_and_to_nobody_else()
    {
        var bench = new Bench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(block);
        bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 2);
        bench.EndTurn();
        Assert.Equal(2, bench.Replica.View.Value);
        bench.ReceiveVotes(VoteType.Finalize, 1, block.Digest, 2);
        Assert.DoesNotContain(bench.Sent, message => message is Message.Certified);
        bench.Wait(ConsensusParameters.Default.DeltaBaseTicks / 8);
        int[] told = [.. bench.Effects.OfType<Effect.Send>().Where(send => send.Message is Message.Certified).Select(send => send.To.Value)];
        Assert.Equal([1, 3], told);
        bench.Wait(ConsensusParameters.Default.DeltaBaseTicks);
        Assert.Equal(2, bench.Effects.OfType<Effect.Send>().Count(send => send.Message is Message.Certified));
    }

    /// <summary>V6: a nullification shows nobody's entering, so all are told.</summary>
    [Fact]
    public void A_nullification_is_passed_on_at_once()
    {
        var bench = new Bench();
        bench.ReceiveVotes(VoteType.Nullify, 1, Digest.Zero, 1, 2, 3);
        Assert.Contains(bench.Effects, effect => effect is Effect.Broadcast { Message: Message.Certified { Certificate.Type: VoteType.Nullify } });
    }

    /// <summary>V7: a node that holds as many undelivered blocks as it may asks for no more, and waits for their batches without a timer that is always due.</summary>
    [Fact]
    public void V7_a_node_whose_blocks_wait_for_batches_does_not_wake_without_end()
    {
        var bench = new Bench(parameters: ConsensusParameters.Default with { CatchUpBlocks = 1 });
        Batch withheld = bench.BatchOf(3, 1, Digest.Zero, "1");
        LaneTip[] cut = [new(new(3), withheld.Tip)];
        Block first = bench.BlockOn(bench.Genesis, 1, cut: cut);
        Block second = bench.BlockOn(first, 2, Cut.Empty(4).Advance(cut));
        Block unknown = bench.BlockOn(second, 3, Cut.Empty(4).Advance(cut));
        bench.Receive(1, new Message.Certified(bench.CertificateOf(VoteType.Finalize, 3, unknown.Digest, 1, 2, 3)));
        bench.Receive(1, new Message.FinalizedBlocks([new FinalizedBlock(first, bench.CertificateOf(VoteType.Finalize, 1, first.Digest, 1, 2, 3))]));
        bench.EndTurn();
        bench.Effects.Clear();
        bench.Wait(10 * ConsensusParameters.Default.DeltaBaseTicks);
        Assert.DoesNotContain(bench.Sent, message => message is Message.BlocksRequest);
        bench.ReceiveBatch(2, withheld);
        bench.EndTurn();
        Assert.Contains(bench.Sent, message => message is Message.BlocksRequest request && request.From == new Height(2));
    }
}
