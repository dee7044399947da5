using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Scenarios;

/// <summary>
/// M1: one validator signs its Notarize badly, and its link is believed. What all said is final where it was heard; whoever has to be convinced is, and nobody honest is taken for a liar: the
/// simulator complains when an honest node's message is refused, or an honest validator accused.
/// </summary>
public sealed class BadSignatures
{
    private const long Second = 1_000_000;

    /// <summary>Which of the others get bad signatures.</summary>
    public static TheoryData<int[]> Victims => [[0, 1, 2], [0], [1, 2], [0, 2]];

    private static Simulation.Simulation Cluster(int seed, int[] victims, int observers = 0)
    {
        var simulation = new Simulation.Simulation(seed, observers: observers);
        simulation.Nodes[3].Adversary = Adversary.SignsBadlyTo(to => victims.Contains(to.Value));
        simulation.BootAll();
        for (int count = 0; count < 1_500; count++)
        {
            int number = count;
            simulation.At(number * 4_000, () => simulation.Nodes[number % 3].Submit($"t{number}"));
        }
        return simulation;
    }

    private static bool IsEven(Simulation.Simulation simulation) =>
        simulation.Honest.All(node => node.IsAlive) && simulation.Honest.Select(node => node.DeliveredHeight).Distinct().Count() == 1;

    private static bool Comes(Simulation.Simulation simulation, string text)
    {
        simulation.Nodes[0].Submit(text);
        return simulation.RunUntil(() => simulation.Checkers.Ordered.Contains(text) && IsEven(simulation), 5 * Second);
    }

    [Theory]
    [MemberData(nameof(Victims))]
    public void A_cluster_keeps_going(int[] victims)
    {
        Simulation.Simulation simulation = Cluster(200, victims);
        simulation.Run(5 * Second);
        long height = simulation.Nodes[0].DeliveredHeight;
        Assert.True(height > 150, $"{height} blocks");
        Assert.True(Comes(simulation, "last"));
        // Once found out, by one verification in so many blocks at the latest, it costs them no more than a validator that is away.
        Assert.All(victims, victim => Assert.Contains(simulation.Nodes[victim].Alarms, alarm => alarm.Kind == AlarmKind.BadSignature && alarm.Culprit?.Value == 3));
    }

    [Theory]
    [MemberData(nameof(Victims))]
    public void A_validator_that_was_away_and_one_that_restarts_catch_up(int[] victims)
    {
        Simulation.Simulation simulation = Cluster(210, victims);
        simulation.Run(Second);
        simulation.Isolate(1);
        simulation.Run(Second);
        simulation.HealAll();
        Assert.True(simulation.RunUntil(() => simulation.Nodes[1].DeliveredHeight > simulation.Nodes[0].DeliveredHeight - 5, 5 * Second));
        simulation.Crash(2);
        simulation.Run(Second);
        simulation.Boot(2);
        Assert.True(simulation.RunUntil(() => simulation.Nodes[2].DeliveredHeight > simulation.Nodes[0].DeliveredHeight - 5, 5 * Second));
        simulation.Run(3 * Second);
        Assert.True(Comes(simulation, "last"));
    }

    [Theory]
    [MemberData(nameof(Victims))]
    public void All_restart_at_once_and_go_on(int[] victims)
    {
        Simulation.Simulation simulation = Cluster(220, victims);
        for (int round = 1; round <= 4; round++)
        {
            simulation.Run(300_000);
            for (int node = 0; node < 4; node++)
                simulation.Crash(node);
            for (int node = 0; node < 4; node++)
                simulation.Boot(node);
            Assert.True(Comes(simulation, $"round {round}"));
        }
    }

    /// <summary>It is heard of nothing for a while, then asks; and it follows to the end when all is quiet.</summary>
    [Theory]
    [MemberData(nameof(Victims))]
    public void An_observer_catches_up(int[] victims)
    {
        Simulation.Simulation simulation = Cluster(230, victims, observers: 1);
        simulation.Filter = (from, to, _) => from.Value < 4 && to.Value < 4;
        simulation.Run(3 * Second);
        simulation.Filter = null;
        simulation.Run(5 * Second);
        Assert.True(Comes(simulation, "last"));
        long height = simulation.Nodes[0].DeliveredHeight;
        Assert.True(simulation.RunUntil(() => simulation.Observers[0].Follower.Delivered.Value >= height, 40 * Second));
    }

    [Theory]
    [InlineData(AdversaryKind.BadSigner)]
    [InlineData(AdversaryKind.BadSignerToSome)]
    [InlineData(AdversaryKind.BadSignerAtTimes)]
    public void In_all_weathers_nothing_forks_or_stands_still(AdversaryKind kind)
    {
        (int first, int count) = Campaign.Seeds(15);
        Parallel.For(first, first + count, seed => Campaign.Run(seed, adversary: kind));
    }
}
