using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Rules;

/// <summary>
/// M1 and C1: what all say over their own links is final before a signature is checked, and nothing leaves that was not. The replica is #0; view 1 is led by #1, view 2 by #2, view 4 by #0.
/// #3 signs badly where a test says so.
/// </summary>
public sealed class LinkTrustTests
{
    private static readonly long Patience = ConsensusParameters.Default.GatherLimitTicks;

    private static Bench NewBench(ConsensusParameters? parameters = null) => new(parameters: parameters, believesLinks: true);

    private static Signature Spoilt(Signature signature)
    {
        byte[] bytes = signature.Span.ToArray();
        bytes[7] ^= 1;
        return new Signature(bytes);
    }

    private static Message.Voted Notarize(Bench bench, int voter, Block block, bool isGood = true)
    {
        Vote vote = bench.VoteOf(voter, VoteType.Notarize, block.View.Value, block.Digest);
        return new Message.Voted(isGood ? vote : vote with { Signature = Spoilt(vote.Signature) });
    }

    /// <summary>All four say Notarize, #3, also as the leader, with a signature that is good or not.</summary>
    private static Block ByAll(Bench bench, Block parent, long view, bool isGood)
    {
        Block block = bench.BlockOn(parent, view);
        int leader = bench.Scope.LeaderOf(block.View).Value;
        bench.Receive(leader, new Message.Proposal(block, Notarize(bench, leader, block, isGood || leader != 3).Vote, null, []));
        bench.EndTurn();
        foreach (int voter in new[] { 1, 2, 3 }.Where(voter => voter != leader))
            bench.Receive(voter, Notarize(bench, voter, block, isGood || voter != 3));
        bench.EndTurn();
        return block;
    }

    private static bool Accuses(Bench bench, int culprit) => bench.Effects.Any(effect => effect is Effect.Alarm { Kind: AlarmKind.BadSignature } alarm && alarm.Culprit?.Value == culprit);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void C1_what_all_say_over_their_links_is_final_without_a_verification(bool isGood)
    {
        Bench bench = NewBench();
        Block first = ByAll(bench, bench.Genesis, 1, isGood: true);
        long verified = bench.Verifications;
        Block block = ByAll(bench, first, 2, isGood);
        Assert.Equal(block.Digest, bench.Replica.Finalized.Digest);
        Assert.Equal(3, bench.Replica.View.Value);
        Assert.Equal(verified, bench.Verifications);
        bench.Wait(Patience);
        Assert.False(bench.Said(VoteType.Finalize, 2));
    }

    [Fact]
    public void M1_those_of_a_quorum_are_verified_when_the_last_was_waited_for_in_vain_and_Finalize_is_said_at_once()
    {
        Bench bench = NewBench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(block);
        bench.Receive(2, Notarize(bench, 2, block));
        bench.EndTurn();
        bench.Wait(Patience - 1);
        Assert.Equal((1, 0), (bench.Replica.View.Value, bench.Verifications));
        bench.Wait(1);
        Assert.Equal((2, 2), (bench.Replica.View.Value, bench.Verifications));
        Assert.True(bench.Said(VoteType.Finalize, 1));
    }

    [Fact]
    public void M1_where_nobody_is_worth_waiting_for_they_are_verified_at_once()
    {
        Bench bench = NewBench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(block);
        bench.Receive(2, Notarize(bench, 2, block));
        bench.EndTurn();
        Assert.True(bench.Replica.ExpectsUnanimity);
        bench.Wait(Patience);
        Assert.False(bench.Replica.ExpectsUnanimity);
        bench.ReceiveVotes(VoteType.Finalize, 1, block.Digest, 1, 2);
        bench.EndTurn();
        Block next = bench.BlockOn(block, 2);
        bench.Propose(next);
        bench.Receive(1, Notarize(bench, 1, next));
        bench.EndTurn();
        Assert.Equal(3, bench.Replica.View.Value);
        Assert.True(bench.Said(VoteType.Finalize, 2));
    }

    [Fact]
    public void M1_a_bad_vote_counts_for_no_quorum_and_its_voter_is_verified_from_then_on()
    {
        Bench bench = NewBench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(block);
        bench.Receive(3, Notarize(bench, 3, block, isGood: false));
        bench.EndTurn();
        bench.Wait(Patience);
        Assert.Equal(1, bench.Replica.View.Value);
        Assert.True(Accuses(bench, 3));
        Assert.False(bench.TryReceive(3, Notarize(bench, 3, block, isGood: false)));
        Assert.True(bench.TryReceive(3, Notarize(bench, 3, block)));
        bench.EndTurn();
        bench.Wait(Patience);
        Assert.Equal(2, bench.Replica.View.Value);
        Assert.True(bench.Said(VoteType.Finalize, 1));
    }

    /// <summary>The rim may be asked a moment before the core withdraws its trust.</summary>
    [Fact]
    public void M1_what_passed_the_rim_before_its_voter_was_found_out_is_verified_by_the_core()
    {
        Bench bench = NewBench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        var verifier = new MessageVerifier(bench.Scope, bench.Options.Verifier, new TestPayloads(), links: bench.Options.Links);
        Verified<Message> vote = verifier.TryVerify(new ValidatorId(3), Notarize(bench, 3, block, isGood: false))!;
        Verified<Message> proposal = verifier.TryVerify(new ValidatorId(1), new Message.Proposal(block, Notarize(bench, 1, block, isGood: false).Vote, null, []))!;
        bench.Options.Links.Withdraw(new ValidatorId(3));
        bench.Options.Links.Withdraw(new ValidatorId(1));
        bench.Step(new Input.Received(new ValidatorId(1), proposal));
        bench.Step(new Input.Received(new ValidatorId(3), vote));
        bench.EndTurn();
        Assert.Empty(bench.OwnVotes);
        bench.Propose(block);
        bench.Receive(2, Notarize(bench, 2, block));
        bench.EndTurn();
        Assert.Equal(0, bench.Replica.Finalized.Height.Value);
    }

    [Fact]
    public void M1_one_vote_a_voter_and_view_and_a_verified_one_takes_the_place_of_the_same_unverified()
    {
        Bench bench = NewBench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        Block twin = bench.BlockOn(bench.Genesis, 1, change: header => header with { TimeMicros = header.TimeMicros + 1 });
        bench.Receive(3, Notarize(bench, 3, block, isGood: false));
        bench.Receive(3, Notarize(bench, 3, twin));
        Assert.Contains(bench.Effects, effect => effect is Effect.Alarm { Kind: AlarmKind.Equivocation, Culprit.Value: 3 });
        bench.Options.Links.Withdraw(new ValidatorId(3));
        bench.Receive(3, Notarize(bench, 3, block));
        bench.Propose(block);
        bench.Wait(Patience);
        Assert.Equal(2, bench.Replica.View.Value);
        Assert.False(Accuses(bench, 3));
        bench.Receive(3, Notarize(bench, 3, bench.BlockOn(block, 200)));
        Assert.InRange(bench.Replica.KnownViews, 1, 3);
    }

    [Fact]
    public void M1_another_passes_no_vote_of_a_leader_off_as_said_over_its_link()
    {
        Bench bench = NewBench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        var proposal = new Message.Proposal(block, Notarize(bench, 1, block, isGood: false).Vote, null, []);
        Assert.False(bench.TryReceive(2, proposal));
        Assert.False(bench.TryReceive(2, Notarize(bench, 1, block)));
        Assert.False(bench.TryReceive(2, new Message.Voted(bench.VoteOf(2, VoteType.Nullify, 1) with { Signature = Spoilt(bench.VoteOf(2, VoteType.Nullify, 1).Signature) })));
        Assert.True(bench.TryReceive(1, proposal));
        bench.EndTurn();
        Assert.True(bench.Said(VoteType.Notarize, 1));
    }

    /// <summary>V5: a quorum that waits for the last vote is a quorum.</summary>
    [Fact]
    public void V5_who_holds_the_votes_of_a_quorum_leaves_the_view_by_them_and_does_not_nullify_it()
    {
        Bench bench = NewBench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(block);
        bench.Receive(2, Notarize(bench, 2, block));
        bench.ReceiveVotes(VoteType.Nullify, 1, Digest.Zero, 3);
        bench.EndTurn();
        Assert.Equal(2, bench.Replica.View.Value);
        Assert.False(bench.Said(VoteType.Nullify, 1));
    }

    public static TheoryData<string, bool> Ways
    {
        get
        {
            var ways = new TheoryData<string, bool>();
            foreach (string way in new[] { "link", "view", "finalize", "said before", "late", "repeat", "restart", "checkpoint", "log" })
            {
                ways.Add(way, true);
                ways.Add(way, false);
            }
            return ways;
        }
    }

    /// <summary>M1: each way by which a certificate leaves. With a bad signature it leaves as the notarization that remains, and this node says Finalize, which the others need.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void M1_a_certificate_leaves_proven(string way, bool isGood)
    {
        Bench bench = NewBench(ConsensusParameters.Default with { CheckpointLogBytes = way == "checkpoint" ? 1 : 1_000_000 });
        if (way == "said before")
            bench.ReceiveVotes(VoteType.Finalize, 2, bench.BlockOn(bench.BlockOn(bench.Genesis, 1), 2).Digest, 2);
        Block block = ByAll(bench, ByAll(bench, bench.Genesis, 1, isGood: true), 2, isGood);
        Assert.Equal(block.Digest, bench.Replica.Finalized.Digest);
        if (way != "said before")
            bench.Effects.Clear();
        switch (way)
        {
            case "link":
                bench.Step(new Input.LinkUp(new ValidatorId(2)));
                break;
            case "view":
                bench.Receive(2, new Message.ViewRequest(new View(2)));
                break;
            case "finalize":
                bench.ReceiveVotes(VoteType.Finalize, 2, block.Digest, 2);
                break;
            case "late":
                bench.ReceiveVotes(VoteType.Nullify, 1, Digest.Zero, 2);
                break;
            case "repeat":
                bench.ReceiveVotes(VoteType.Nullify, 3, Digest.Zero, 3);
                bench.EndTurn();
                bench.Wait(bench.Replica.DeltaTicks);
                break;
            case "restart":
                bench.Restart();
                break;
            case "checkpoint":
                bench.Step(new Input.BlockLogDurable(new Height(2)));
                bench.Restart(blockLogHeight: 2);
                break;
            case "log":
                bench.Step(new Input.Doubted(bench.Log.OfType<LogRecord.KnownCertificate>().Last().Certificate));
                bench.Step(new Input.LinkUp(new ValidatorId(1)));
                break;
        }
        bench.EndTurn();
        bench.AssertOthersTakeWhatWasSent();
        Certificate[] sent = [.. bench.Sent.Select(message => message switch
        {
            Message.Certified certified => certified.Certificate,
            Message.CertifiedBlock certified => certified.Certificate,
            _ => null,
        }).OfType<Certificate>().Where(certificate => certificate.View == block.View)];
        Assert.NotEmpty(sent);
        Assert.All(sent, certificate => Assert.Equal((isGood ? VoteType.Finalize : VoteType.Notarize, block.Digest), (certificate.Type, certificate.Digest)));
        Assert.Equal(!isGood, Accuses(bench, 3));
        // D1: below the floor that a checkpoint sets nothing is said any more.
        Assert.Equal(!isGood && way != "checkpoint", bench.Said(VoteType.Finalize, 2));
        Assert.Equal(block.Digest, bench.Replica.Finalized.Digest);
    }

    /// <summary>S1: who said Nullify of the view says no Finalize of it, whoever needs it.</summary>
    [Fact]
    public void S1_holds_when_the_head_cannot_be_proven()
    {
        Bench bench = NewBench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(block);
        bench.ReceiveVotes(VoteType.Nullify, 1, Digest.Zero, 1);
        bench.EndTurn();
        Assert.True(bench.Said(VoteType.Nullify, 1));
        bench.Receive(2, Notarize(bench, 2, block));
        bench.Receive(3, Notarize(bench, 3, block, isGood: false));
        bench.EndTurn();
        Assert.Equal(block.Digest, bench.Replica.Finalized.Digest);
        bench.Step(new Input.LinkUp(new ValidatorId(2)));
        bench.EndTurn();
        bench.AssertOthersTakeWhatWasSent();
        Assert.True(Accuses(bench, 3));
        Assert.False(bench.Said(VoteType.Finalize, 1));
    }

    /// <summary>V2: of a parent that all notarized all hold that. A link that was broken is told.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void V2_a_proposal_leaves_an_unproven_parent_certificate_out_and_a_new_link_gets_it_proven(bool isGood)
    {
        Bench bench = NewBench();
        Block block = bench.Genesis;
        for (long view = 1; view <= 3; view++)
            block = ByAll(bench, block, view, isGood || view < 3);
        long verified = bench.Verifications;
        bench.Wait(ConsensusParameters.Default.HeartbeatIdleTicks);
        Message.Proposal proposal = Assert.Single(bench.Sent.OfType<Message.Proposal>());
        Assert.Null(proposal.Parent);
        Assert.Equal(verified, bench.Verifications);
        bench.Effects.Clear();
        bench.Step(new Input.LinkUp(new ValidatorId(1)));
        bench.AssertOthersTakeWhatWasSent();
        Certificate parent = Assert.Single(bench.Sent.OfType<Message.Proposal>()).Parent!;
        Assert.Equal((isGood, block.Digest), (parent.IsUnanimous, parent.Digest));
    }

    /// <summary>V2, V7: who lacks what the proposal stands on asks its leader.</summary>
    [Fact]
    public void V2_who_is_not_where_a_proposal_supposes_it_asks()
    {
        Bench bench = NewBench();
        Block first = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(first);
        bench.Propose(bench.BlockOn(first, 2));
        bench.Wait(bench.Replica.DeltaTicks / 4);
        Assert.Contains(bench.Effects, effect => effect is Effect.Send { To.Value: 2, Message: Message.ViewRequest { View.Value: 1 } });
        bench.Receive(2, new Message.CertifiedBlock(first, bench.UnanimousOf(1, first.Digest, 0, 1, 2, 3)));
        bench.EndTurn();
        Assert.True(bench.Said(VoteType.Notarize, 2));
    }

    /// <summary>B1: a leader's word is passed on if it proves itself; else it convicts nobody, and its leader is verified from then on.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void B1_no_word_of_a_leader_is_passed_on_unverified(bool isGood, bool isTwinHeard)
    {
        Bench bench = NewBench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        Block twin = bench.BlockOn(bench.Genesis, 1, change: header => header with { TimeMicros = header.TimeMicros + 1 });
        bench.Receive(1, new Message.Proposal(block, Notarize(bench, 1, block, isGood).Vote, null, []));
        bench.EndTurn();
        bench.Effects.Clear();
        if (isTwinHeard)
            bench.Receive(1, new Message.Proposal(twin, Notarize(bench, 1, twin).Vote, null, []));
        else
            bench.Receive(2, Notarize(bench, 2, twin));
        bench.EndTurn();
        bench.AssertOthersTakeWhatWasSent();
        Assert.Equal(isGood && isTwinHeard, bench.Sent.Any(message => message is Message.Contradiction));
        Assert.Equal(isGood && !isTwinHeard, bench.Sent.Any(message => message is Message.LeaderSaid));
        Assert.Equal(!isGood, Accuses(bench, 1));
    }

    /// <summary>V7: what is served has one finalization, the last, though no block advances a lane.</summary>
    [Fact]
    public void V7_a_run_whose_blocks_hold_nothing_is_well_formed()
    {
        Bench bench = NewBench();
        var run = new List<FinalizedBlock>();
        Block block = bench.Genesis;
        for (long view = 1; view <= 1000; view++)
            run.Add(new FinalizedBlock(block = bench.BlockOn(block, view), null));
        run[^1] = run[^1] with { Finalization = bench.UnanimousOf(1000, block.Digest, 0, 1, 2, 3) };
        Message? heard = Message.Decode(bench.Scope, new Message.FinalizedBlocks(run).ToBytes(bench.Scope));
        bench.Receive(2, Assert.IsType<Message.FinalizedBlocks>(heard));
        bench.EndTurn();
        Assert.Equal(block.Digest, bench.Replica.Finalized.Digest);
    }

    /// <summary>M1: who catches up finds one finalization in so many that proves what is before it, whatever was signed.</summary>
    [Fact]
    public void M1_of_what_goes_into_the_block_log_one_finalization_in_so_many_is_proven()
    {
        Bench bench = NewBench(ConsensusParameters.Default with { CatchUpBlocks = 4 });
        Block block = ByAll(bench, bench.Genesis, 1, isGood: true);
        var isKept = new List<bool>();
        for (long view = 2; view < 10 && isKept.Count < 4; view++)
        {
            bench.Effects.Clear();
            if (view % 4 == 0)
            {
                bench.Receive(1, new Message.Certified(bench.CertificateOf(VoteType.Nullify, view, Digest.Zero, 1, 2, 3)));
                continue;
            }
            block = ByAll(bench, block, view, isGood: false);
            isKept.Add(bench.Effects.OfType<Effect.Deliver>().Single().Block.Finalization is not null);
        }
        Assert.Equal([true, true, true, false], isKept);
        Assert.True(Accuses(bench, 3));
        Assert.True(bench.Said(VoteType.Finalize, block.View.Value));
    }
}
