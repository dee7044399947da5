using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Rules;

/// <summary>Rule B1 for leaders: #1 leads views 1, 5, 9 … of four and says two things in view 1. The replica is #0.</summary>
public sealed class LeaderEvidenceTests
{
    private static Block TwinOf(Bench bench, Block block, long later = 1) =>
        bench.BlockOn(bench.Genesis, block.View.Value, change: header => header with { TimeMicros = header.TimeMicros + later });

    private static LeaderWord WordOf(Bench bench, Block block) =>
        new(block.Digest, bench.VoteOf(bench.Scope.LeaderOf(block.View).Value, VoteType.Notarize, block.View.Value, block.Digest).Signature);

    private static Message.Contradiction ContradictionAt(Bench bench, long view)
    {
        Block block = bench.BlockOn(bench.Genesis, view);
        return Message.Contradiction.Of(block.View, WordOf(bench, block), WordOf(bench, TwinOf(bench, block)));
    }

    private static IEnumerable<Message.Contradiction> ToldToAll(Bench bench) =>
        bench.Effects.OfType<Effect.Broadcast>().Select(effect => effect.Message).OfType<Message.Contradiction>();

    private static IEnumerable<Message> ToldTo(Bench bench, int peer) =>
        bench.Effects.OfType<Effect.Send>().Where(effect => effect.To.Value == peer && effect.Message is Message.LeaderSaid or Message.Contradiction).Select(effect => effect.Message);

    private static void Nullify(Bench bench, long view) => bench.Receive(2, new Message.Certified(bench.CertificateOf(VoteType.Nullify, view, Digest.Zero, 0, 2, 3)));

    public enum Second
    {
        Proposal,
        Notarization,
        WordShown,
        LateProposal,
    }

    /// <summary>B1: whatever the second word comes in, the contradiction is told to all once, and proves itself.</summary>
    [Theory]
    [InlineData(Second.Proposal)]
    [InlineData(Second.Notarization)]
    [InlineData(Second.WordShown)]
    [InlineData(Second.LateProposal)]
    public void B1_who_holds_two_words_of_a_leader_tells_all(Second second)
    {
        var bench = new Bench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        Block twin = TwinOf(bench, block);
        var notarization = new Message.Certified(bench.CertificateOf(VoteType.Notarize, 1, twin.Digest, 1, 2, 3));
        if (second == Second.LateProposal)
            bench.Receive(2, notarization);
        bench.Propose(block);
        if (second == Second.Proposal)
            bench.Propose(twin);
        else if (second == Second.Notarization)
            bench.Receive(2, notarization);
        else if (second == Second.WordShown)
            bench.Receive(2, new Message.LeaderSaid(twin.View, WordOf(bench, twin)));
        bench.EndTurn();
        bench.Receive(3, new Message.LeaderSaid(twin.View, WordOf(bench, twin)));
        bench.EndTurn();
        Message.Contradiction told = Assert.Single(ToldToAll(bench));
        Assert.True(new MessageVerifier(bench.Scope, new TestKeys(), new TestPayloads()).IsProof(told));
        Assert.Contains(bench.Effects, effect => effect is Effect.Alarm { Kind: AlarmKind.Equivocation, Culprit.Value: 1 });
    }

    /// <summary>B1: a notarization that the leader did not sign says nothing about it.</summary>
    [Fact]
    public void B1_a_notarization_without_the_leader_is_no_word_of_it()
    {
        var bench = new Bench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(block);
        bench.Receive(2, new Message.Certified(bench.CertificateOf(VoteType.Notarize, 1, TwinOf(bench, block).Digest, 0, 2, 3)));
        bench.EndTurn();
        Assert.Empty(ToldToAll(bench));
    }

    /// <summary>B1: the word of one turn is never held against another's, as many views as may lie between: words are kept for a number of views only.</summary>
    [Fact]
    public void B1_words_of_two_turns_contradict_at_no_distance()
    {
        var bench = new Bench();
        for (long view = 1; view < 2 * (ConsensusParameters.Default.EvidenceViews + ConsensusParameters.Default.ViewWindow); view += 4)
        {
            Block block = bench.BlockOn(bench.Genesis, view);
            bench.Receive(2, new Message.LeaderSaid(block.View, WordOf(bench, block)));
            bench.EndTurn();
            Nullify(bench, view + 3);
        }
        Assert.Empty(ToldToAll(bench));
    }

    /// <summary>B1: at or below the final head, too.</summary>
    [Fact]
    public void B1_the_second_word_counts_when_the_view_is_final()
    {
        var bench = new Bench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(block);
        bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 2, 3);
        bench.ReceiveVotes(VoteType.Finalize, 1, block.Digest, 2, 3);
        bench.EndTurn();
        Assert.Equal(block.Digest, bench.Replica.Finalized.Digest);
        bench.Propose(TwinOf(bench, block));
        Assert.Single(ToldToAll(bench));
        bench.Receive(2, new Message.Certified(bench.CertificateOf(VoteType.Nullify, 4, Digest.Zero, 0, 2, 3)));
        bench.EndTurn();
        Assert.True(bench.Said(VoteType.Nullify, 5));
    }

    /// <summary>B1: the vote may come before the proposal, or when the view is final.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void B1_who_votes_for_another_block_is_shown_once_what_the_leader_said_here(bool voteFirst, bool isFinal)
    {
        var bench = new Bench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        Digest twin = TwinOf(bench, block).Digest;
        if (voteFirst)
            bench.ReceiveVotes(VoteType.Notarize, 1, twin, 2);
        bench.Propose(block);
        if (isFinal)
            bench.Receive(3, new Message.CertifiedBlock(block, bench.CertificateOf(VoteType.Finalize, 1, block.Digest, 0, 1, 3)));
        bench.EndTurn();
        bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 3);
        bench.ReceiveVotes(VoteType.Notarize, 1, twin, 2);
        bench.ReceiveVotes(VoteType.Notarize, 1, TwinOf(bench, block, 2).Digest, 2);
        bench.EndTurn();
        Assert.Equal([new Message.LeaderSaid(block.View, WordOf(bench, block))], ToldTo(bench, 2));
        Assert.Empty(ToldTo(bench, 3));
    }

    /// <summary>B1, M1: while a leader serves its sentence, more of the same makes nobody send anything.</summary>
    [Fact]
    public void B1_a_contradiction_is_passed_on_and_a_second_one_during_the_sentence_is_not()
    {
        var bench = new Bench();
        Message.Contradiction first = ContradictionAt(bench, 1);
        bench.Receive(2, first);
        bench.Receive(3, first);
        bench.Receive(3, ContradictionAt(bench, 5));
        bench.Receive(3, first);
        bench.EndTurn();
        Assert.Equal([first], ToldToAll(bench));
        Assert.Single(bench.Effects.OfType<Effect.Alarm>());
    }

    /// <summary>B1: nobody can convict another, and who tries is refused at the rim.</summary>
    [Fact]
    public void B1_what_proves_nothing_is_refused()
    {
        var bench = new Bench();
        var verifier = new MessageVerifier(bench.Scope, new TestKeys(), new TestPayloads());
        bool IsTaken(Message message) => verifier.TryVerify(new ValidatorId(3), message) is not null;
        Message.Contradiction good = ContradictionAt(bench, 1);
        Assert.True(IsTaken(good));
        Assert.True(IsTaken(new Message.LeaderSaid(good.View, good.First)));
        Assert.False(IsTaken(good with { Second = good.First }));
        Assert.False(IsTaken(good with { First = good.Second, Second = good.First }));
        Assert.False(IsTaken(good with { View = new View(5) }));
        Assert.False(IsTaken(good with { Second = good.Second with { Signature = good.First.Signature } }));
        Assert.False(IsTaken(new Message.LeaderSaid(new View(2), good.First)));
        // Another's Notarize, and the leader's Finalize, are no words of the leader.
        Assert.False(IsTaken(new Message.LeaderSaid(good.View, good.First with { Signature = bench.VoteOf(3, VoteType.Notarize, 1, good.First.Digest).Signature })));
        Assert.False(IsTaken(new Message.LeaderSaid(good.View, good.First with { Signature = bench.VoteOf(1, VoteType.Finalize, 1, good.First.Digest).Signature })));
    }

    /// <summary>M1: a liar signs as many of its future turns as it likes.</summary>
    [Fact]
    public void B1_what_a_leader_said_far_ahead_is_not_taken()
    {
        var bench = new Bench();
        bench.Receive(3, ContradictionAt(bench, 41));
        bench.EndTurn();
        Assert.Empty(ToldToAll(bench));
    }

    /// <summary>V7, B1: a peer that was away, or forgot it by a restart.</summary>
    [Theory]
    [InlineData(2, true)]
    [InlineData(2_049, true)]
    [InlineData(2_050, false)]
    public void B1_a_new_link_is_told_as_long_as_the_sentence_runs(long view, bool isTold)
    {
        var bench = new Bench();
        Message.Contradiction contradiction = ContradictionAt(bench, 1);
        bench.Receive(3, contradiction);
        Nullify(bench, view - 1);
        bench.EndTurn();
        Assert.Equal(view, bench.Replica.View.Value);
        bench.Step(new Input.LinkUp(new ValidatorId(2)));
        Assert.Equal(isTold ? [contradiction] : [], ToldTo(bench, 2));
    }

    /// <summary>B1: who votes for it in its turn does not know yet; told once each turn.</summary>
    [Fact]
    public void B1_who_votes_for_a_convicted_leader_is_told_once_a_turn()
    {
        var bench = new Bench();
        Message.Contradiction contradiction = ContradictionAt(bench, 1);
        bench.Receive(3, contradiction);
        Nullify(bench, 4);
        Block block = bench.BlockOn(bench.Genesis, 5);
        bench.ReceiveVotes(VoteType.Notarize, 5, block.Digest, 2);
        bench.ReceiveVotes(VoteType.Notarize, 5, block.Digest, 2);
        Assert.Equal([contradiction], ToldTo(bench, 2));
        bench.ReceiveVotes(VoteType.Notarize, 9, block.Digest, 2);
        Assert.Equal([contradiction, contradiction], ToldTo(bench, 2));
    }

    /// <summary>T2: nothing is pending, and the block is there to be notarized: another may hold another.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void T2_a_convicted_leader_gets_no_Notarize_and_its_turn_is_nullified_on_entering(bool isProposalHere)
    {
        var bench = new Bench();
        bench.Receive(3, ContradictionAt(bench, 1));
        if (isProposalHere)
            bench.Propose(bench.BlockOn(bench.Genesis, 5));
        Assert.False(bench.Said(VoteType.Nullify, 5));
        foreach (long view in new[] { 1, 2, 3, 4 })
            Nullify(bench, view);
        bench.EndTurn();
        Assert.False(bench.Said(VoteType.Notarize, 5));
        Assert.True(bench.Said(VoteType.Nullify, 5));
        Nullify(bench, 5);
        bench.EndTurn();
        Assert.False(bench.Said(VoteType.Nullify, 6));
    }

    /// <summary>V5: the votes of the others are split, so the turn is not waited for; S1 holds as ever.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void V5_the_turn_in_which_the_contradiction_comes_is_nullified_at_once_unless_Finalize_was_said(bool isFinalizeSaid)
    {
        var bench = new Bench();
        Block block = bench.BlockOn(bench.Genesis, 1);
        bench.Propose(block);
        Assert.True(bench.Said(VoteType.Notarize, 1));
        if (isFinalizeSaid)
            bench.ReceiveVotes(VoteType.Notarize, 1, block.Digest, 2);
        bench.EndTurn();
        bench.Wait(ConsensusParameters.Default.GatherLimitTicks);
        bench.Receive(3, ContradictionAt(bench, 1));
        bench.EndTurn();
        Assert.Equal(isFinalizeSaid, bench.Said(VoteType.Finalize, 1));
        Assert.Equal(!isFinalizeSaid, bench.Said(VoteType.Nullify, 1));
    }
}
