using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Scenarios;

public sealed class FirstLight
{
    /// <summary>V2: at once after idleness; batch, proposal, notarize, finalize.</summary>
    [Fact]
    public void A_transaction_is_ordered_on_all_four_nodes_without_waiting_for_a_timer()
    {
        var simulation = new Simulation.Simulation(1) { Weather = new Weather { LatencyMinTicks = 1000, LatencyMaxTicks = 1000 } };
        simulation.BootAll();
        simulation.Run(2_000_000);
        long before = simulation.Now;
        Assert.True(simulation.Nodes[2].Submit("t1"));
        Assert.True(simulation.RunUntil(() => simulation.Nodes.All(node => node.DeliveredHeight > 0 && simulation.Checkers.Ordered.Contains("t1")), 1_000_000));
        long hops = (simulation.Now - before) / 1000;
        Assert.True(hops <= 6, $"{hops} hops of 1 ms");
    }

    [Fact]
    public void A_single_node_commits_with_one_flush_and_then_writes_nothing()
    {
        var simulation = new Simulation.Simulation(1, 1);
        simulation.BootAll();
        simulation.Run(10_000_000);
        SimulatedNode node = simulation.Nodes[0];
        long flushes = node.Flushes;
        Assert.True(node.Submit("t1"));
        Assert.True(simulation.RunUntil(() => node.DeliveredHeight == 1, 1_000_000));
        Assert.Equal(flushes + 1, node.Flushes);
        simulation.Run(10_000_000);
        flushes = node.Flushes;
        simulation.Run(600_000_000);
        Assert.Equal(flushes, node.Flushes);
    }
}
