using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Scenarios;

/// <summary>B1: however a leader divides its blocks among the others, all of them come to hold two of its words, and pass it over together.</summary>
public sealed class EvidenceSpreads
{
    private const long Second = 1_000_000;

    public static TheoryData<int, int[]> Splits => new()
    {
        // Which block each of the others sees; the last validator leads.
        { 4, [0, 1, 0] },
        { 4, [0, 1, 1] },
        { 4, [0, 1, 2] },
        { 7, [0, 1, 0, 1, 0, 1] },
        { 7, [0, 0, 0, 0, 0, 1] },
        { 7, [0, 1, 2, 3, 4, 5] },
    };

    private static Simulation.Simulation Split(int seed, int[] seen)
    {
        var simulation = new Simulation.Simulation(seed, seen.Length + 1);
        simulation.Nodes[^1].Adversary = Adversary.LeaderWithTwins(peer => seen[peer.Value]);
        simulation.BootAll();
        for (int count = 0; count < 3_000; count++)
        {
            int number = count;
            simulation.At(number * 3_000, () => simulation.Nodes[number % seen.Length].Submit($"t{number}"));
        }
        return simulation;
    }

    private static bool Convicts(SimulatedNode node) =>
        node.Alarms.Any(alarm => alarm.Kind == AlarmKind.Equivocation && alarm.Culprit == node.Simulation.Nodes[^1].Id);

    private static IEnumerable<View> TurnsServed(Simulation.Simulation simulation) =>
        simulation.Nodes[0].BlockLog.Select(block => block.Block.View).Where(view => simulation.Scope.LeaderOf(view) == simulation.Nodes[^1].Id);

    [Theory]
    [MemberData(nameof(Splits))]
    public void All_convict_in_the_first_turn_and_no_later_one_is_served(int validators, int[] seen)
    {
        Simulation.Simulation simulation = Split(90 + validators, seen);
        Assert.True(simulation.RunUntil(() => simulation.Honest.Any(Convicts), Second));
        long first = simulation.Now;
        Assert.True(simulation.RunUntil(() => simulation.Honest.All(Convicts), Second));
        // A hop and a flush or two of virtual time.
        Assert.True(simulation.Now - first < 10_000, $"{simulation.Now - first} ticks");
        int served = TurnsServed(simulation).Count();
        Assert.True(served <= 1, $"{served} turns");
        simulation.Run(3 * Second);
        Assert.Equal(simulation.Honest.Max(node => node.DeliveredHeight), simulation.Nodes[0].DeliveredHeight, 2.0);
        Assert.True(TurnsServed(simulation).Count() <= 1);
        Assert.True(simulation.Nodes[0].DeliveredHeight > 200, $"{simulation.Nodes[0].DeliveredHeight} blocks");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Where_messages_are_lost_and_overtake_each_other_all_convict_in_the_end(int seed)
    {
        Simulation.Simulation simulation = Split(110 + seed, [0, 1, 0]);
        simulation.Weather = new Weather { Loss = 0.2, Reorder = true, Duplication = 0.1 };
        Assert.True(simulation.RunUntil(() => simulation.Honest.All(Convicts), 5 * Second));
    }

    /// <summary>What a node knows of leaders is in no log: others tell it again.</summary>
    [Fact]
    public void A_node_that_restarts_is_told_again()
    {
        Simulation.Simulation simulation = Split(120, [0, 1, 0]);
        Assert.True(simulation.RunUntil(() => simulation.Honest.All(Convicts), Second));
        simulation.Nodes[0].Alarms.Clear();
        simulation.Crash(0);
        simulation.Run(100_000);
        simulation.Nodes[3].Adversary = Adversary.LeaderWithTwins(_ => 0);
        simulation.Boot(0);
        Assert.True(simulation.RunUntil(() => Convicts(simulation.Nodes[0]), Second));
    }
}
