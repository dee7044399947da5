namespace Dadbs.Consensus.Tests.Rules;

/// <summary>V8: who does not hear whom. The replica is #0 of four; view 1 is led by #1.</summary>
public sealed class HearingTests
{
    private const int Leader = 1;
    private const int Listener = 3;

    private static List<int[]> ToldToAll(Bench bench) =>
        [.. bench.Effects.OfType<Effect.Broadcast>().Select(effect => effect.Message).OfType<Message.Unheard>().Select(unheard => unheard.Validators.Select(validator => validator.Value).ToArray())];

    private static List<Message> SentTo(Bench bench, int peer) => [.. bench.Effects.OfType<Effect.Send>().Where(send => send.To.Value == peer).Select(send => send.Message)];

    private static Message.Unheard Unheard(params int[] validators) => new([.. validators.Select(validator => new ValidatorId(validator))]);

    private static void HearAll(Bench bench)
    {
        foreach (int peer in (int[])[1, 2, 3])
            bench.Step(new Input.Heard(new ValidatorId(peer)));
    }

    [Fact]
    public void V8_a_node_says_whom_it_does_not_hear_and_when_it_does_again()
    {
        var bench = new Bench();
        bench.Step(new Input.LinkDown(new ValidatorId(Leader)));
        bench.EndTurn();
        Assert.Equal([[Leader]], ToldToAll(bench));
        bench.Effects.Clear();
        bench.Step(new Input.LinkUp(new ValidatorId(Leader)));
        bench.EndTurn();
        Assert.Equal([[]], ToldToAll(bench));
    }

    [Fact]
    public void V8_silence_counts_as_well_as_a_broken_link()
    {
        var bench = new Bench();
        bench.Ticks += ConsensusParameters.Default.SkipSilentLeaderTicks + 1;
        bench.Step(new Input.Heard(new ValidatorId(2)));
        bench.Step(new Input.Heard(new ValidatorId(3)));
        bench.Step(new Input.Tick());
        bench.EndTurn();
        Assert.Equal([[Leader]], ToldToAll(bench));
    }

    [Fact]
    public void V8_who_hears_no_quorum_says_nothing()
    {
        var bench = new Bench();
        bench.Step(new Input.LinkDown(new ValidatorId(1)));
        bench.EndTurn();
        bench.Effects.Clear();
        bench.Step(new Input.LinkDown(new ValidatorId(2)));
        bench.EndTurn();
        Assert.Empty(ToldToAll(bench));
    }

    [Fact]
    public void V8_a_new_link_is_told()
    {
        var bench = new Bench();
        bench.Step(new Input.LinkDown(new ValidatorId(Leader)));
        bench.Step(new Input.LinkUp(new ValidatorId(2)));
        Assert.Equal([new ValidatorId(Leader)], Assert.Single(SentTo(bench, 2).OfType<Message.Unheard>()).Validators);
    }

    /// <summary>As the leader signed it, checked, with its batch before it and the own vote after it.</summary>
    [Fact]
    public void V8_a_proposal_and_its_batch_are_passed_on_to_who_does_not_hear_the_leader()
    {
        var bench = new Bench(believesLinks: true);
        bench.Receive(Listener, Unheard(Leader));
        Batch batch = bench.BatchOf(Leader, 1, Digest.Zero, "a;");
        bench.ReceiveBatch(Leader, batch);
        Block block = bench.BlockOn(bench.Genesis, 1, cut: [new LaneTip(batch.Lane, batch.Tip)]);
        bench.Propose(block);
        List<Message> sent = SentTo(bench, Listener);
        Assert.Equal(batch.Digest, Assert.Single(sent.OfType<Message.BatchMessage>()).Batch.Digest);
        Assert.Equal(block.Digest, Assert.Single(sent.OfType<Message.Proposal>()).Block.Digest);
        Assert.Empty(SentTo(bench, 2).OfType<Message.Proposal>());
        bench.AssertOthersTakeWhatWasSent();
    }

    [Fact]
    public void V8_nothing_is_passed_on_any_more_when_the_leader_is_heard_again()
    {
        var bench = new Bench();
        bench.Receive(Listener, Unheard(Leader));
        bench.Receive(Listener, Unheard());
        bench.Propose(bench.BlockOn(bench.Genesis, 1));
        Assert.Empty(bench.Sent.OfType<Message.Proposal>());
    }

    /// <summary>What a peer said on a link that broke is void.</summary>
    [Fact]
    public void V8_nothing_is_passed_on_over_a_link_that_broke()
    {
        var bench = new Bench();
        bench.Receive(Listener, Unheard(Leader));
        bench.Step(new Input.LinkDown(new ValidatorId(Listener)));
        bench.Propose(bench.BlockOn(bench.Genesis, 1));
        Assert.Empty(bench.Sent.OfType<Message.Proposal>());
    }

    /// <summary>Of seven, f + 1 = 3 of those that hear both pass a proposal on: the first after the listener.</summary>
    [Theory]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void V8_no_more_pass_on_than_it_takes_for_one_to_be_honest(int self, bool passesOn)
    {
        var bench = new Bench(self, validators: 7);
        bench.Receive(2, Unheard(Leader));
        bench.Propose(bench.BlockOn(bench.Genesis, 1));
        Assert.Equal(passesOn, SentTo(bench, 2).OfType<Message.Proposal>().Any());
    }

    /// <summary>A signature that nobody else would take: a relay answers for what it passes on.</summary>
    [Fact]
    public void V8_a_proposal_that_is_signed_badly_is_not_passed_on()
    {
        var bench = new Bench(believesLinks: true);
        bench.Receive(Listener, Unheard(Leader));
        Block block = bench.BlockOn(bench.Genesis, 1);
        Vote vote = bench.VoteOf(Leader, VoteType.Notarize, 1, block.Digest);
        byte[] bytes = vote.Signature.Span.ToArray();
        bytes[7] ^= 1;
        bench.Receive(Leader, new Message.Proposal(block, vote with { Signature = new Signature(bytes) }, null, []));
        bench.EndTurn();
        Assert.True(bench.Said(VoteType.Notarize, 1));
        Assert.Empty(SentTo(bench, Listener).OfType<Message.Proposal>());
    }

    /// <summary>A leader that shows its proposals to the others only, over a link that lives.</summary>
    [Fact]
    public void V8_who_is_shown_no_proposal_does_not_hear_the_leader()
    {
        var bench = new Bench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Receive(2, new Message.Certified(bench.CertificateOf(VoteType.Notarize, 1, block.Digest, 1, 2, 3)));
        bench.EndTurn();
        Assert.Equal([[Leader]], ToldToAll(bench));
    }

    [Fact]
    public void V8_a_new_link_is_thought_well_of()
    {
        var bench = new Bench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Receive(2, new Message.Certified(bench.CertificateOf(VoteType.Notarize, 1, block.Digest, 1, 2, 3)));
        bench.EndTurn();
        bench.Effects.Clear();
        bench.Step(new Input.LinkDown(new ValidatorId(Leader)));
        bench.Step(new Input.LinkUp(new ValidatorId(Leader)));
        bench.EndTurn();
        Assert.Equal([[]], ToldToAll(bench));
    }

    [Fact]
    public void V8_who_was_shown_the_proposal_hears_its_leader()
    {
        var bench = new Bench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(block);
        bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 2);
        bench.Wait(ConsensusParameters.Default.GatherLimitTicks);
        Assert.Equal(2, bench.Replica.View.Value);
        Assert.Empty(ToldToAll(bench));
    }

    /// <summary>T2: one link less is no reason to skip a leader; f others who say the same are.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void T2_a_leader_is_skipped_for_silence_only_if_others_do_not_hear_it_either(bool saysAnother)
    {
        var bench = new Bench { Ticks = 31_100_000 };
        HearAll(bench);
        bench.Step(new Input.LinkDown(new ValidatorId(Leader)));
        if (saysAnother)
            bench.Receive(2, Unheard(Leader));
        bench.EndTurn();
        Assert.Equal(saysAnother, bench.Said(VoteType.Nullify, 1));
    }

    /// <summary>T2: it has to catch up before it can lead, and says how far it is.</summary>
    [Theory]
    [InlineData(1, 65, false)]
    [InlineData(1, 66, true)]
    [InlineData(0, 66, false)]
    public void T2_a_leader_that_says_it_executed_more_than_K_blocks_less_is_skipped(long said, long executed, bool isSkipped)
    {
        var bench = new Bench { Ticks = 31_100_000 };
        HearAll(bench);
        bench.Receive(Leader, new Message.Progress(new Height(said)));
        bench.Step(new Input.Executed(new ExecutedRoots(new Height(executed), Digest.Zero, Digest.Zero)));
        bench.Step(new Input.Tick());
        bench.EndTurn();
        Assert.Equal(isSkipped, bench.Said(VoteType.Nullify, 1));
    }
}
