namespace Dadbs.Consensus.Tests.Simulation;

/// <summary>One random life of a cluster: faults for some seconds, then none; the checkers look on throughout, liveness is asked at the end.</summary>
internal static class Campaign
{
    private const long FaultyTicks = 6_000_000;
    private const long HealingTicks = 25_000_000;

    /// <summary>DADBS_CONSENSUS_SEEDS=first-count, or as many as the tests run.</summary>
    public static (int First, int Count) Seeds(int count) =>
        Environment.GetEnvironmentVariable("DADBS_CONSENSUS_SEEDS") is { } range && range.Split('-') is [var from, var many] ? (int.Parse(from), int.Parse(many)) : (1, count);

    public static Simulation Run(int seed, Func<int, SafetyRules?>? rules = null, AdversaryKind? adversary = null, bool watchStatements = true)
    {
        var dice = new Random(seed * 7919);
        var parameters = ConsensusParameters.Default with { CheckpointLogBytes = dice.Next(2) == 0 ? 30_000 : 4_000_000, ExecutionLagBlocks = dice.Next(3) == 0 ? 4 : 64 };
        int validators = dice.Next(20) switch { 0 or 1 => 7, 2 when adversary is null => 3, 3 when adversary is null => 2, 4 when adversary is null => 1, _ => 4 };
        var simulation = new Simulation(seed, validators, parameters, rules);
        simulation.Checkers.WatchStatements = watchStatements;
        if (adversary is null && validators >= 4 && dice.Next(3) > 0)
            adversary = (AdversaryKind)dice.Next(Enum.GetValues<AdversaryKind>().Length);
        if (adversary is { } kind)
            simulation.Nodes[dice.Next(validators)].Adversary = Adversary.Make(kind);
        bool lossy = dice.Next(2) == 0;
        simulation.Weather = new Weather
        {
            Loss = lossy ? dice.NextDouble() * 0.2 : 0,
            Duplication = dice.NextDouble() * 0.1,
            Reorder = lossy,
            LatencyMaxTicks = dice.Next(3) == 0 ? 60_000 : 2_000,
        };
        for (int node = 0; node < validators; node++)
            simulation.ClockSkewMicros[node] = dice.Next(-200_000, 200_000);
        ScheduleFaults(simulation, dice, validators);
        ScheduleClients(simulation, dice, validators);
        simulation.BootAll();
        simulation.Run(FaultyTicks);
        Heal(simulation);
        return simulation;
    }

    private static void ScheduleFaults(Simulation simulation, Random dice, int validators)
    {
        for (long time = 300_000; time < FaultyTicks; time += dice.Next(200_000, 1_500_000))
        {
            int node = dice.Next(validators);
            int other = dice.Next(validators);
            long length = dice.Next(100_000, 2_000_000);
            switch (dice.Next(5))
            {
                case 0:
                    simulation.At(time, () => simulation.Crash(node));
                    simulation.At(time + length, () => Reboot(simulation, node));
                    break;
                case 1:
                    simulation.At(time, () => simulation.Isolate(node));
                    simulation.At(time + length, simulation.HealAll);
                    break;
                case 2 when node != other:
                    simulation.At(time, () => simulation.Cut(node, other));
                    simulation.At(time + length, () => simulation.Heal(node, other));
                    break;
                case 3:
                    simulation.At(time, () => CrashAll(simulation));
                    break;
                default:
                    break;
            }
        }
    }

    private static void ScheduleClients(Simulation simulation, Random dice, int validators)
    {
        int count = 0;
        for (long time = 100_000; time < FaultyTicks; time += dice.Next(10) == 0 ? dice.Next(500_000, 1_500_000) : dice.Next(1_000, 100_000))
        {
            int node = dice.Next(validators);
            string text = $"t{++count}";
            simulation.At(time, () => simulation.Nodes[node].Submit(text));
        }
    }

    private static void CrashAll(Simulation simulation)
    {
        for (int node = 0; node < simulation.Nodes.Count; node++)
            simulation.Crash(node);
        for (int node = 0; node < simulation.Nodes.Count; node++)
        {
            int id = node;
            simulation.After(simulation.Random.Next(1000, 300_000), () => Reboot(simulation, id));
        }
    }

    private static void Reboot(Simulation simulation, int node)
    {
        if (!simulation.Nodes[node].IsAlive)
            simulation.Boot(node);
    }

    /// <summary>The faults end. Every honest node must come to hold the same chain, with what is submitted now in it.</summary>
    private static void Heal(Simulation simulation)
    {
        simulation.Weather = new Weather();
        simulation.HealAll();
        for (int node = 0; node < simulation.Nodes.Count; node++)
            Reboot(simulation, node);
        simulation.Run(1_000_000);
        string[] last = [.. simulation.Honest.Select(node => $"last{node.Id.Value}")];
        foreach (SimulatedNode node in simulation.Honest)
            Submit(simulation, node);
        bool live = simulation.RunUntil(
            () => last.All(simulation.Checkers.Ordered.Contains) && simulation.Honest.Select(node => node.DeliveredHeight).Distinct().Count() == 1, HealingTicks);
        string heights = string.Join(" ", simulation.Nodes.Select(node => $"{node.Id}:{node.Replica.View}/{node.Replica.Finalized.Height}/{node.DeliveredHeight}"));
        simulation.Checkers.Require(live, $"no progress after the faults ended: {heights}");
    }

    private static void Submit(Simulation simulation, SimulatedNode node)
    {
        if (!node.Submit($"last{node.Id.Value}"))
            simulation.After(100_000, () => Submit(simulation, node));
    }
}
