using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Rules;

/// <summary>Rule L4 among validators with open lanes. The replica is #0 of four, the leader of view 1 is #1, of view 4 it is #0.</summary>
public sealed class ForwardingTests
{
    private const int Leader = 1;

    private static LaneTransaction Transaction(int number, int bytes = 100)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes($"t{number}".PadRight(bytes - 1) + ";");
        return new LaneTransaction(Digest.Sha256(text), text);
    }

    private static List<(ValidatorId To, Message.HandedOver Message)> Forwarded(Bench bench) =>
        [.. bench.Effects.OfType<Effect.Send>().Where(send => send.Message is Message.HandedOver).Select(send => (send.To, (Message.HandedOver)send.Message))];

    private static List<Batch> Sealed(Bench bench) =>
        [.. bench.Effects.OfType<Effect.Broadcast>().Select(effect => effect.Message).OfType<Message.BatchMessage>().Select(message => message.Batch)];

    private static void Submit(Bench bench, params LaneTransaction[] transactions)
    {
        foreach (LaneTransaction transaction in transactions)
            bench.Step(new Input.Submitted(transaction));
        bench.EndTurn();
    }

    /// <summary>Block 1, of the lane of view 1's leader, is final and executed.</summary>
    private static void OrderBlockOf(Bench bench, int transactions)
    {
        Batch batch = bench.BatchOf(Leader, 1, Digest.Zero, "a;b;c;", transactions);
        bench.ReceiveBatch(Leader, batch);
        Block block = bench.BlockOn(bench.Genesis, view: 1, cut: [new LaneTip(batch.Lane, batch.Tip)]);
        bench.Propose(block);
        bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 0, 3);
        bench.EndTurn();
        Assert.Equal(block.Digest, bench.Replica.Finalized.Digest);
        bench.Step(new Input.Executed(new ExecutedRoots(block.Height, Digest.Zero, Digest.Zero)));
        bench.EndTurn();
        bench.Effects.Clear();
    }

    [Fact]
    public void L4_a_few_transactions_go_to_the_leader_instead_of_a_batch()
    {
        var bench = new Bench();
        Submit(bench, Transaction(1), Transaction(2));
        (ValidatorId to, Message.HandedOver message) = Assert.Single(Forwarded(bench));
        Assert.Equal(Leader, to.Value);
        Assert.Equal(2, message.Count);
        Assert.Empty(Sealed(bench));
        Assert.True(bench.Replica.HandsOver);
        bench.Step(new Input.Ordered([Transaction(1).Id, Transaction(2).Id]));
        Assert.False(bench.Replica.HandsOver);
        bench.Wait(ConsensusParameters.Default.ForwardRetryTicks);
        Assert.Empty(Sealed(bench));
    }

    [Fact]
    public void L4_many_bytes_go_into_the_own_lane()
    {
        var bench = new Bench();
        Submit(bench, Transaction(1, (int)ConsensusParameters.Default.ForwardBytesMax + 1));
        Assert.Empty(Forwarded(bench));
        Assert.Single(Sealed(bench));
    }

    [Theory]
    [InlineData(TransactionSource.HandedOver)]
    [InlineData(TransactionSource.Forwarded)]
    public void L4_nobody_forwards_what_another_signed(TransactionSource source)
    {
        var bench = new Bench();
        Submit(bench, Transaction(1) with { Source = source });
        bench.Wait(ConsensusParameters.Default.GatherLimitTicks);
        Assert.Empty(Forwarded(bench));
        Assert.Single(Sealed(bench));
    }

    /// <summary>The lane keeps their order.</summary>
    [Fact]
    public void L4_what_keeps_the_order_of_its_session_is_not_forwarded()
    {
        var bench = new Bench();
        Submit(bench, Transaction(1) with { Session = 7 });
        Assert.Empty(Forwarded(bench));
        Assert.Single(Sealed(bench));
    }

    [Fact]
    public void L4_what_the_leader_does_not_order_goes_into_the_own_lane_and_the_leader_is_left_out_for_a_while()
    {
        var bench = new Bench();
        Submit(bench, Transaction(1));
        Assert.Single(Forwarded(bench));
        bench.Wait(ConsensusParameters.Default.ForwardRetryTicks);
        Batch batch = Assert.Single(Sealed(bench));
        Assert.Equal(Transaction(1).Id, Assert.Single(TestPayloads.Decode(batch.Payload)).Id);
        Assert.False(bench.Replica.HandsOver);
        bench.Effects.Clear();
        bench.Receive(2, new Message.Acknowledged(bench.AcknowledgementOf(2, new LaneTip(new ValidatorId(0), batch.Tip))));
        Submit(bench, Transaction(2));
        bench.Wait(ConsensusParameters.Default.OverlapLimitTicks);
        Assert.Empty(Forwarded(bench));
        Assert.Single(Sealed(bench));
    }

    [Fact]
    public void L4_a_broken_link_and_a_push_back_are_no_reason_to_wait()
    {
        var bench = new Bench();
        Submit(bench, Transaction(1));
        bench.Step(new Input.LinkDown(new ValidatorId(Leader)));
        bench.EndTurn();
        Assert.Single(Sealed(bench));

        bench = new Bench();
        Submit(bench, Transaction(1));
        bench.Receive(Leader, new Message.PushedBack(Assert.Single(Forwarded(bench)).Message.Number));
        bench.EndTurn();
        Assert.Single(Sealed(bench));
    }

    /// <summary>Another validator cannot push back what it did not get.</summary>
    [Fact]
    public void L4_only_whom_it_was_sent_to_pushes_back()
    {
        var bench = new Bench();
        Submit(bench, Transaction(1));
        bench.Receive(2, new Message.PushedBack(Assert.Single(Forwarded(bench)).Message.Number));
        bench.EndTurn();
        Assert.Empty(Sealed(bench));
    }

    [Fact]
    public void V6_what_was_forwarded_for_a_view_that_came_to_nothing_goes_into_the_own_lane_at_once()
    {
        var bench = new Bench();
        Submit(bench, Transaction(1));
        bench.ReceiveVotes(VoteType.Nullify, 1, Digest.Zero, 1, 2, 3);
        bench.EndTurn();
        Assert.Equal(2, bench.Replica.View.Value);
        Assert.Single(Sealed(bench));
    }

    /// <summary>The batch leaves with the proposal, in one flush.</summary>
    [Fact]
    public void V2_a_leader_seals_what_waits_when_it_proposes()
    {
        var bench = new Bench(self: Leader);
        Submit(bench, Transaction(1), Transaction(2) with { Source = TransactionSource.Forwarded });
        Batch batch = Assert.Single(Sealed(bench));
        Assert.Equal(2, batch.Header.TransactionCount);
        Message.Proposal proposal = Assert.Single(bench.Sent.OfType<Message.Proposal>());
        Assert.Equal(batch.Tip, Assert.Single(proposal.Block.Header.Cut).Tip);
    }

    [Fact]
    public void V2_a_leader_waits_for_as_many_as_the_last_block_answered()
    {
        var bench = new Bench(self: 2);
        OrderBlockOf(bench, transactions: 3);
        Submit(bench, Transaction(1), Transaction(2) with { Source = TransactionSource.Forwarded });
        Assert.Empty(Sealed(bench));
        Assert.Equal(1, bench.Replica.SubmissionsWorthATurn);
        Submit(bench, Transaction(3));
        Assert.Equal(3, Assert.Single(Sealed(bench)).Header.TransactionCount);
    }

    [Fact]
    public void V2_and_no_longer_than_the_gathering_limit()
    {
        var bench = new Bench(self: 2);
        OrderBlockOf(bench, transactions: 3);
        Submit(bench, Transaction(1));
        bench.Wait(ConsensusParameters.Default.GatherLimitTicks - 1);
        Assert.Empty(Sealed(bench));
        bench.Wait(1);
        Assert.Single(Sealed(bench));
    }
}
