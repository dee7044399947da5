using System.Text;
using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Scenarios;

/// <summary>Rule L4 in a cluster: four validators, and a node in no validator slot that hands its transactions over. f + 1 = 2.</summary>
public sealed class HandingOver
{
    private const long Second = 1_000_000;

    private static Simulation.Simulation Running(int seed, out SimulatedObserver observer)
    {
        var simulation = new Simulation.Simulation(seed, observers: 1);
        simulation.BootAll();
        simulation.Run(Second / 2);
        observer = simulation.Observers[0];
        return simulation;
    }

    private static IEnumerable<string> TextsOf(Message.HandedOver message) =>
        TestPayloads.Decode(message.Payload).Select(transaction => Encoding.UTF8.GetString(transaction.Bytes.Span[..^1]));

    [Fact]
    public void L4_a_node_without_a_lane_has_its_transaction_ordered_by_one_validator_and_follows_to_it()
    {
        Simulation.Simulation simulation = Running(70, out SimulatedObserver observer);
        Assert.True(observer.Submit("t"));
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Contains("t") && !observer.Follower.HandsOver, Second));
        Assert.Equal(simulation.Nodes[0].DeliveredHeight, observer.DeliveredHeight);
        simulation.Run(5 * Second);
        Assert.Equal((1, 0L), (observer.Handed.Count, observer.Follower.HandOverRetries));
        Assert.Single(simulation.Checkers.Ordered, text => text == "t");
    }

    [Fact]
    public void L4_what_the_first_validator_withholds_is_ordered_through_the_second()
    {
        Simulation.Simulation simulation = Running(71, out SimulatedObserver observer);
        simulation.Nodes[0].TakesHandedOver = false;
        observer.Submit("t");
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Contains("t"), 2 * Second));
        Assert.Equal([0, 1], observer.Handed.Select(handed => handed.To.Value));
        Assert.True(observer.Handed[1].Time - observer.Handed[0].Time >= simulation.Parameters.HandOverRetryTicks);
        // Its home is the one that served it: the next one meets no T.
        long before = simulation.Now;
        observer.Submit("u");
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Contains("u"), Second / 2));
        Assert.Equal(1, observer.Handed[^1].To.Value);
        Assert.True(simulation.Now - before < simulation.Parameters.HandOverRetryTicks);
    }

    [Fact]
    public void L4_no_more_than_f_plus_1_validators_are_tried()
    {
        Simulation.Simulation simulation = Running(72, out SimulatedObserver observer);
        foreach (SimulatedNode node in simulation.Nodes)
            node.TakesHandedOver = false;
        observer.Submit("t");
        simulation.Run(20 * Second);
        Assert.Equal([0, 1], observer.Handed.Select(handed => handed.To.Value));
    }

    /// <summary>A slow first one orders it too: one id, so whoever executes by id executes it once (X1a).</summary>
    [Fact]
    public void L4_ordered_by_two_validators_it_has_one_id()
    {
        Simulation.Simulation simulation = Running(73, out SimulatedObserver observer);
        bool hold = true;
        simulation.Filter = (from, _, message) => !hold || from.Value != 0 || message is not Message.BatchMessage;
        observer.Submit("t");
        simulation.Run(3 * Second / 2);
        hold = false;
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Count(text => text == "t") == 2, 5 * Second));
        Assert.Single(simulation.Nodes[1].BlockLog.SelectMany(block => block.Batches).SelectMany(batch => TestPayloads.Decode(batch.Payload)).Select(transaction => transaction.Id).Distinct());
        Assert.False(observer.Follower.HandsOver);
    }

    [Fact]
    public void L4_a_sessions_transactions_keep_their_order_although_the_first_is_withheld()
    {
        Simulation.Simulation simulation = Running(74, out SimulatedObserver observer);
        bool first = true;
        simulation.Filter = (_, to, message) =>
        {
            bool swallow = message is Message.HandedOver && to.Value == 0 && first;
            first &= !swallow;
            return !swallow;
        };
        for (int count = 0; count < 5; count++)
        {
            observer.Submit($"a{count}", session: 1);
            observer.Submit($"b{count}", session: 2);
        }
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Count == 10, 10 * Second));
        Assert.Equal(["a0", "a1", "a2", "a3", "a4"], simulation.Checkers.Ordered.Where(text => text[0] == 'a'));
        Assert.Equal(["b0", "b1", "b2", "b3", "b4"], simulation.Checkers.Ordered.Where(text => text[0] == 'b'));
    }

    [Fact]
    public void L4_nothing_goes_to_one_more_validator_while_the_first_pushes_back()
    {
        Simulation.Simulation simulation = Running(75, out SimulatedObserver observer);
        simulation.Nodes[0].PushesBack = true;
        observer.Submit("t");
        simulation.Run(3 * Second);
        Assert.All(observer.Handed, handed => Assert.Equal(0, handed.To.Value));
        Assert.InRange(observer.Handed.Count, 10, 25);
        simulation.Nodes[0].PushesBack = false;
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Contains("t"), Second / 2));
        Assert.Equal(0, observer.Follower.HandOverRetries);
    }

    [Fact]
    public void L4_a_validator_that_pushes_back_for_ever_is_left_for_another()
    {
        Simulation.Simulation simulation = Running(76, out SimulatedObserver observer);
        simulation.Nodes[0].PushesBack = true;
        observer.Submit("t");
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Contains("t"), 6 * Second));
        Assert.Equal(["t"], simulation.Nodes[1].HandedOver);
        Assert.Equal(0, observer.Follower.HandOverRetries);
    }

    /// <summary>A tenth of what was handed over, and one in Δ.</summary>
    [Fact]
    public void L4_retries_are_at_most_a_tenth()
    {
        Simulation.Simulation simulation = Running(77, out SimulatedObserver observer);
        simulation.Filter = (_, to, message) => message is not Message.HandedOver || to.Value != 0;
        for (int count = 0; count < 200; count++)
            observer.Submit($"t{count}");
        long before = simulation.Now;
        simulation.Run(2 * Second);
        long retried = observer.Follower.HandOverRetries;
        long allowed = 1 + (200 / 10) + ((simulation.Now - before) / simulation.Parameters.DeltaBaseTicks);
        Assert.InRange(retried, 20, allowed);
        Assert.Equal(retried, observer.Handed.Skip(1).Where(handed => handed.To.Value == 1).SelectMany(handed => TextsOf(handed.Message)).Count());
    }

    [Fact]
    public void L4_a_broken_link_is_no_reason_to_wait_for_T()
    {
        Simulation.Simulation simulation = Running(78, out SimulatedObserver observer);
        simulation.Nodes[0].TakesHandedOver = false;
        observer.Submit("t");
        simulation.Run(10_000);
        observer.Input(new Input.LinkDown(new ValidatorId(0)));
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Contains("t"), Second / 2));
        Assert.Equal(1, observer.Handed[^1].To.Value);
    }

    [Fact]
    public void L5_an_observer_with_too_much_on_its_way_makes_its_writers_wait()
    {
        Simulation.Simulation simulation = Running(79, out SimulatedObserver observer);
        foreach (SimulatedNode node in simulation.Nodes)
            node.PushesBack = true;
        int taken = 0;
        while (observer.Submit($"t{taken}"))
            taken++;
        Assert.Equal(simulation.Parameters.HandOverCountMax, taken);
        foreach (SimulatedNode node in simulation.Nodes)
            node.PushesBack = false;
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Count >= taken, 10 * Second), $"{simulation.Checkers.Ordered.Count} of {taken}, {observer.Handed.Count} messages, home {observer.Handed[^1].To}, {observer.Follower.HandsOver}");
        Assert.True(simulation.RunUntil(() => observer.Follower.IntakeOpen, Second));
    }

    [Fact]
    public void A_follower_that_was_cut_off_catches_up_and_believes_no_single_announcement()
    {
        Simulation.Simulation simulation = Running(80, out SimulatedObserver observer);
        simulation.Filter = (_, to, _) => to != observer.Id;
        for (int count = 0; count < 100; count++)
        {
            simulation.Nodes[count % 4].Submit($"t{count}");
            simulation.Run(20_000);
        }
        simulation.Filter = null;
        simulation.Nodes[0].Submit("wake");
        Assert.True(simulation.RunUntil(() => observer.DeliveredHeight == simulation.Nodes[0].DeliveredHeight && observer.DeliveredHeight > 50, 5 * Second));
        simulation.Run(5 * Second);
        int requests = 0;
        simulation.Filter = (from, _, message) => from != observer.Id || message is not Message.BlocksRequest || ++requests < 0;
        simulation.Send(new ValidatorId(1), observer.Id, new Message.Progress(new Height(1_000_000)));
        simulation.Run(5 * Second);
        Assert.Equal(0, requests);
    }

    /// <summary>A validator that is far behind hands over too, and goes back to its own lane when it has caught up.</summary>
    [Fact]
    public void L4_a_syncing_validator_hands_over()
    {
        var simulation = new Simulation.Simulation(81, 4, ConsensusParameters.Default with { ExecutionLagBlocks = 8, ForwardBytesMax = 0 });
        simulation.BootAll();
        simulation.Run(Second / 2);
        simulation.Isolate(3);
        for (int count = 0; count < 100; count++)
        {
            simulation.Nodes[count % 3].Submit($"t{count}");
            simulation.Run(20_000);
        }
        simulation.Filter = (_, to, message) => to.Value != 3 || message is not (Message.FinalizedBlocks or Message.CertifiedBlock);
        simulation.HealAll();
        simulation.Run(Second / 2);
        simulation.Nodes[0].Submit("hint");
        simulation.Run(Second / 2);
        Assert.True(simulation.Nodes[3].Replica.IsSyncing);
        Assert.True(simulation.Nodes[3].Submit("mine"));
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Contains("mine"), 3 * Second));
        Assert.Contains("mine", simulation.Nodes.Take(3).SelectMany(node => node.HandedOver));
        // What others gave it before they knew: nobody hands on what another signed.
        simulation.Send(new ValidatorId(0), new ValidatorId(3), new Message.HandedOver(1, 1, "theirs;"u8.ToArray()));
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Contains("theirs"), 3 * Second));
        Assert.DoesNotContain("theirs", simulation.Nodes.Take(3).SelectMany(node => node.HandedOver));
        simulation.Filter = null;
        Assert.True(simulation.RunUntil(() => !simulation.Nodes[3].Replica.IsSyncing && !simulation.Nodes[3].Replica.HandsOver, 5 * Second));
        simulation.Nodes[3].Submit("own");
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Contains("own"), Second));
        Assert.DoesNotContain("own", simulation.Nodes.Take(3).SelectMany(node => node.HandedOver));
    }
}
