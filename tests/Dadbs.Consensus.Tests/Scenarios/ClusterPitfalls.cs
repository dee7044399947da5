using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Scenarios;

/// <summary>The pitfalls of docs/consensus.md that need a cluster, each under its name.</summary>
public sealed class ClusterPitfalls
{
    private const long Second = 1_000_000;

    private static Simulation.Simulation Running(int seed, int validators = 4)
    {
        var simulation = new Simulation.Simulation(seed, validators);
        simulation.BootAll();
        simulation.Run(Second / 2);
        return simulation;
    }

    private static bool AllHave(Simulation.Simulation simulation, string transaction) =>
        simulation.Checkers.Ordered.Contains(transaction) && simulation.Honest.Select(node => node.DeliveredHeight).Distinct().Count() == 1;

    /// <summary>Without these everybody sees a quorum and nobody sees all (C1): the vote of the validator after the leader, and to that one the vote of the next.</summary>
    private static bool IsLastNotarize(ValidatorId from, ValidatorId to, Message message)
    {
        if (message is not Message.Voted { Vote: { Type: VoteType.Notarize } vote })
            return false;
        long afterLeader = (vote.View.Value + 1) % 4;
        return from.Value == afterLeader || (to.Value == afterLeader && from.Value == (afterLeader + 1) % 4);
    }

    private static bool IsVote(Message message, VoteType type) => message is Message.Voted { Vote: { } vote } && vote.Type == type;

    /// <summary>D1: certificates and bodies are kept.</summary>
    [Fact]
    public void All_killed_between_notarization_and_finalization()
    {
        Simulation.Simulation simulation = Running(11);
        simulation.Filter = (from, to, message) => !IsVote(message, VoteType.Finalize) && !IsLastNotarize(from, to, message);
        simulation.Nodes[1].Submit("t");
        Assert.True(simulation.RunUntil(() => simulation.Nodes.All(node => node.Replica.View.Value >= 2), Second));
        simulation.Run(50_000);
        Assert.DoesNotContain("t", simulation.Checkers.Ordered);
        for (int node = 0; node < 4; node++)
            simulation.Crash(node);
        simulation.Filter = null;
        for (int node = 0; node < 4; node++)
            simulation.Boot(node);
        Assert.True(simulation.RunUntil(() => AllHave(simulation, "t"), 5 * Second));
    }

    /// <summary>V1, V7: whoever entered by it passes the notarization on.</summary>
    [Fact]
    public void Half_the_nodes_hold_the_notarization_and_half_do_not()
    {
        Simulation.Simulation simulation = Running(12);
        simulation.Filter = (_, to, message) => to.Value < 2 || !(IsVote(message, VoteType.Notarize) || IsVote(message, VoteType.Finalize) || message is Message.Certified);
        simulation.Nodes[3].Submit("t");
        simulation.Run(2 * Second);
        simulation.Filter = null;
        Assert.True(simulation.RunUntil(() => AllHave(simulation, "t"), 10 * Second));
    }

    /// <summary>V6, S1: both certificates of one view may exist; only one of finalization and nullification.</summary>
    [Fact]
    public void Half_the_nodes_hold_the_notarization_and_half_the_nullification_of_a_view()
    {
        for (int seed = 1; seed <= 15; seed++)
        {
            var simulation = new Simulation.Simulation(seed);
            simulation.Nodes[seed % 4].Adversary = Adversary.Make(AdversaryKind.EquivocatingVoter);
            simulation.BootAll();
            simulation.Run(Second / 2);
            simulation.Filter = (_, to, message) => !(to.Value < 2 ? IsVote(message, VoteType.Nullify) : IsVote(message, VoteType.Notarize) || message is Message.Proposal);
            SimulatedNode author = simulation.Honest.First();
            author.Submit("t");
            simulation.Run(Second);
            simulation.Filter = null;
            Assert.True(simulation.RunUntil(() => AllHave(simulation, "t"), 20 * Second), $"seed {seed}");
        }
    }

    /// <summary>P1 (b), C1: a later finalization takes its ancestors along.</summary>
    [Fact]
    public void An_unfinalized_tail_on_an_idle_cluster_is_finalized_by_a_following_block()
    {
        Simulation.Simulation simulation = Running(13);
        bool lose = true;
        simulation.Filter = (from, to, message) => !lose || (!IsVote(message, VoteType.Finalize) && !IsLastNotarize(from, to, message));
        simulation.Nodes[1].Submit("t");
        simulation.Run(100_000);
        lose = false;
        Assert.True(simulation.RunUntil(() => AllHave(simulation, "t"), 2 * Second));
    }

    /// <summary>V7.</summary>
    [Fact]
    public void A_node_that_reconnects_to_an_idle_cluster_learns_what_it_missed()
    {
        Simulation.Simulation simulation = Running(14);
        simulation.Isolate(3);
        for (int count = 0; count < 200; count++)
        {
            simulation.Nodes[count % 3].Submit($"t{count}");
            simulation.Run(20_000);
        }
        simulation.Run(5 * Second);
        Assert.Equal(0, simulation.Nodes[3].DeliveredHeight);
        long height = simulation.Nodes[0].DeliveredHeight;
        simulation.HealAll();
        Assert.True(simulation.RunUntil(() => simulation.Nodes[3].DeliveredHeight == height, Second));
        Assert.Equal(height, simulation.Nodes[0].DeliveredHeight);
    }

    [Fact]
    public void A_node_that_was_down_for_hundreds_of_blocks_follows_again_under_load()
    {
        Simulation.Simulation simulation = Running(15);
        simulation.Crash(2);
        for (int count = 0; count < 400; count++)
        {
            simulation.Nodes[count % 2].Submit($"t{count}");
            simulation.Run(20_000);
        }
        simulation.Boot(2);
        for (int count = 400; count < 500; count++)
        {
            simulation.Nodes[count % 2].Submit($"t{count}");
            simulation.Run(20_000);
        }
        Assert.True(simulation.Nodes[0].DeliveredHeight > 300, $"{simulation.Nodes[0].DeliveredHeight} blocks");
        Assert.True(simulation.RunUntil(() => AllHave(simulation, "t499"), 3 * Second), $"{simulation.Nodes[2].DeliveredHeight} of {simulation.Nodes[0].DeliveredHeight}");
    }

    /// <summary>V5, V7.</summary>
    [Fact]
    public void A_vote_given_to_one_node_only_whose_link_then_breaks()
    {
        Simulation.Simulation simulation = Running(16);
        simulation.Isolate(3);
        simulation.Filter = (from, to, message) => from.Value != 1 || to.Value == 0 || !IsVote(message, VoteType.Notarize);
        simulation.Nodes[1].Submit("t");
        simulation.Run(20_000);
        simulation.Isolate(0);
        simulation.Filter = null;
        simulation.Run(Second);
        simulation.HealAll();
        Assert.True(simulation.RunUntil(() => AllHave(simulation, "t"), 10 * Second));
    }

    [Theory]
    [InlineData(AdversaryKind.Liar)]
    [InlineData(AdversaryKind.Withholder)]
    [InlineData(AdversaryKind.EquivocatingLane)]
    [InlineData(AdversaryKind.Silent)]
    [InlineData(AdversaryKind.Nullifier)]
    [InlineData(AdversaryKind.EquivocatingLeader)]
    [InlineData(AdversaryKind.Replayer)]
    public void One_of_four_cannot_stop_the_others(AdversaryKind kind)
    {
        var simulation = new Simulation.Simulation((int)kind + 50);
        simulation.Nodes[1].Adversary = Adversary.Make(kind);
        simulation.BootAll();
        for (int count = 0; count < 100; count++)
        {
            int number = count;
            simulation.At(number * 30_000, () => simulation.Nodes[number % 4].Submit($"t{number}"));
        }
        simulation.Run(3 * Second);
        Assert.True(simulation.RunUntil(() => AllHave(simulation, "t98") && AllHave(simulation, "t99"), 20 * Second));
    }

    /// <summary>T1: the bound does not grow for it.</summary>
    [Fact]
    public void A_leader_always_just_inside_the_timeout_costs_its_own_turns_only()
    {
        Simulation.Simulation simulation = Running(17);
        var late = new HashSet<Message>(ReferenceEqualityComparer.Instance);
        simulation.Filter = (from, to, message) =>
        {
            if (from.Value != 2 || message is not Message.Proposal || late.Contains(message))
                return true;
            late.Add(message);
            simulation.After(280_000, () => simulation.Send(from, to, message));
            return false;
        };
        for (int count = 0; count < 100; count++)
        {
            simulation.Nodes[count % 4].Submit($"t{count}");
            simulation.Run(100_000);
        }
        Assert.True(simulation.RunUntil(() => AllHave(simulation, "t99"), 10 * Second));
        Assert.All(simulation.Nodes, node => Assert.Equal(simulation.Parameters.DeltaBaseTicks, node.Replica.DeltaTicks));
    }

    /// <summary>K1.</summary>
    [Fact]
    public void Slow_execution_slows_intake_and_costs_no_view()
    {
        var simulation = new Simulation.Simulation(18, 4, ConsensusParameters.Default with { ExecutionLagBlocks = 4 });
        simulation.BootAll();
        simulation.Run(Second / 2);
        foreach (SimulatedNode node in simulation.Nodes)
            node.Executes = false;
        for (int count = 0; count < 60; count++)
        {
            simulation.Nodes[count % 4].Submit($"t{count}");
            simulation.Run(10_000);
        }
        Assert.True(simulation.Nodes[0].BlockLog.Count(block => block.Block.AdvancesCut) <= 4);
        Assert.Equal(simulation.Nodes[0].BlockLog.Count + 1, simulation.Nodes[0].Replica.View.Value);
        foreach (SimulatedNode node in simulation.Nodes)
            node.Executes = true;
        Assert.True(simulation.RunUntil(() => AllHave(simulation, "t59"), 5 * Second));
        Assert.Equal(simulation.Nodes[0].BlockLog.Count + 1, simulation.Nodes[0].Replica.View.Value);
    }

    /// <summary>P1 (c).</summary>
    [Fact]
    public void An_idle_cluster_says_one_heartbeat_in_thirty_seconds()
    {
        Simulation.Simulation simulation = Running(19);
        simulation.Nodes[0].Submit("t");
        simulation.Run(10 * Second);
        long messages = simulation.MessagesSent;
        long height = simulation.Nodes[0].DeliveredHeight;
        Assert.True(simulation.Nodes[0].BlockLog[^1].Block.Header.Executed.Height.Value >= 1, "the root of the last transaction is named");
        simulation.Run(20 * Second);
        Assert.Equal(messages, simulation.MessagesSent);
        simulation.Run(280 * Second);
        Assert.InRange(simulation.Nodes[0].DeliveredHeight - height, 8, 11);
    }

    /// <summary>T2.</summary>
    [Fact]
    public void A_dead_leader_is_skipped_without_waiting_for_its_timer()
    {
        Simulation.Simulation simulation = Running(20);
        simulation.Crash(2);
        simulation.Run(Second);
        for (int count = 0; count < 12; count++)
        {
            long before = simulation.Now;
            simulation.Nodes[0].Submit($"t{count}");
            Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Contains($"t{count}"), Second));
            Assert.True(simulation.Now - before < simulation.Parameters.DeltaBaseTicks, $"{simulation.Now - before} ticks");
            simulation.Run(5_000);
        }
    }
}
