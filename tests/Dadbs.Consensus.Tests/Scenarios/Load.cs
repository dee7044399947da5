using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Scenarios;

public sealed class Load
{
    [Fact]
    public void Under_load_a_block_orders_many_batches_and_every_transaction_once_in_the_order_of_its_session()
    {
        var simulation = new Simulation.Simulation(30);
        simulation.BootAll();
        simulation.Run(500_000);
        const int Transactions = 4_000;
        for (int count = 0; count < Transactions; count++)
        {
            int number = count;
            simulation.At(simulation.Now + (number * 250), () => simulation.Nodes[number % 4].Submit($"s{number % 4}-{number}", session: 1));
        }
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Count == Transactions, 5_000_000));
        Assert.Equal(Transactions, simulation.Checkers.Ordered.Distinct().Count());
        foreach (IGrouping<string, string> session in simulation.Checkers.Ordered.GroupBy(transaction => transaction[..2]))
        {
            int[] numbers = [.. session.Select(transaction => int.Parse(transaction[3..]))];
            Assert.Equal(numbers.Order(), numbers);
        }
        // Whoever delivered last was perhaps another: a moment later every view had its block.
        simulation.Run(20_000);
        Assert.Equal(simulation.Nodes[0].DeliveredHeight + 1, simulation.Nodes[0].Replica.View.Value);
    }
}
