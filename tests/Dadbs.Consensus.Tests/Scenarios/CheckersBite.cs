using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Scenarios;

/// <summary>A simulator that never complains proves nothing. Here a rule is taken out, and it must complain.</summary>
public sealed class CheckersBite
{
    [Fact]
    public void Without_S1_the_log_shows_Finalize_and_Nullify_of_one_view() =>
        Assert.True(AnySeedSays("says Finalize and Nullify", watchStatements: true));

    [Fact]
    public void Without_S1_two_chains_are_finalized() => Assert.Contains(Enumerable.Range(1, 300), seed => Forks(seed, new WithoutS1(), AdversaryKind.EquivocatingVoter));

    [Fact]
    public void Without_S2_what_one_saw_all_notarize_is_passed_by()
    {
        SafetyViolationException found = Assert.Throws<SafetyViolationException>(() => SeenFinalByOne(new WithoutS2()));
        Assert.Contains("fork at", found.Message);
    }

    [Fact]
    public void With_S2_what_one_saw_all_notarize_is_final_for_all() => Assert.Equal(["t", "u"], SeenFinalByOne(new SafetyRules()).Checkers.Ordered);

    /// <summary>DADBS_CONSENSUS_SEEDS=first-count runs more of them.</summary>
    [Fact]
    public void With_S1_and_S2_the_same_haste_forks_nothing()
    {
        (int first, int count) = Campaign.Seeds(20);
        AdversaryKind[] kinds = [AdversaryKind.EquivocatingVoter, AdversaryKind.EquivocatingLeader];
        Assert.Empty(Enumerable.Range(first, count).AsParallel().Where(seed => Forks(seed, new SafetyRules(), kinds[seed / 4 % 2])));
    }

    /// <summary>Timers far shorter than the messages' way: every view is voted on and nullified at once, and nobody waits long for a last vote. Safety must not care.</summary>
    private static bool Forks(int seed, SafetyRules rules, AdversaryKind kind)
    {
        var parameters = ConsensusParameters.Default with { DeltaBaseTicks = 2_000, DeltaMaxTicks = 3_000, GatherLimitTicks = 500 };
        var simulation = new Simulation.Simulation(seed, 4, parameters, _ => rules)
        {
            Weather = new Weather { Reorder = true, LatencyMinTicks = 300, LatencyMaxTicks = 15_000, Loss = 0.1 },
        };
        simulation.Checkers.WatchStatements = false;
        simulation.Nodes[seed % 4].Adversary = Adversary.Make(kind);
        for (int count = 0; count < 100; count++)
        {
            int number = count;
            simulation.At(number * 5_000, () => simulation.Nodes[number % 4].Submit($"t{number}"));
        }
        try
        {
            simulation.BootAll();
            simulation.Run(600_000);
            return false;
        }
        catch (SafetyViolationException found) when (found.Message.Contains("fork at"))
        {
            return true;
        }
        catch (InvariantBrokenException) when (rules.GetType() != typeof(SafetyRules))
        {
            return false;
        }
    }

    /// <summary>
    /// All four notarize a block, one of them sees it and has it final, and is not heard for some seconds. The others saw no quorum, nullify the view and go on: what they
    /// order next must stand on that block.
    /// </summary>
    private static Simulation.Simulation SeenFinalByOne(SafetyRules rules)
    {
        var simulation = new Simulation.Simulation(5, parameters: ConsensusParameters.Default with { ForwardBytesMax = 0 }, rules: _ => rules);
        simulation.BootAll();
        simulation.Run(2_000_000);
        SimulatedNode alone = simulation.Nodes[(int)((simulation.Nodes[0].Replica.View.Value + 2) % 4)];
        SimulatedNode other = simulation.Nodes[(int)((simulation.Nodes[0].Replica.View.Value + 1) % 4)];
        simulation.Filter = (from, to, message) => to == alone.Id || (message is not Message.Voted { Vote.Type: VoteType.Notarize } && (from != alone.Id || message is Message.BatchMessage or Message.Acknowledged));
        other.Submit("t");
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Contains("t"), 1_000_000));
        Assert.Single(simulation.Nodes, node => node.DeliveredHeight == alone.DeliveredHeight);
        simulation.Filter = (from, _, _) => from != alone.Id;
        other.Submit("u");
        simulation.Run(3_000_000);
        simulation.Filter = null;
        Assert.True(simulation.RunUntil(() => simulation.Checkers.Ordered.Contains("u") && simulation.Nodes.All(node => node.DeliveredHeight == alone.DeliveredHeight), 5_000_000));
        return simulation;
    }

    private static bool AnySeedSays(string complaint, bool watchStatements)
    {
        for (int seed = 1; seed <= 300; seed++)
        {
            try
            {
                Campaign.Run(seed, _ => new WithoutS1(), AdversaryKind.EquivocatingVoter, watchStatements);
            }
            catch (Exception found) when (found is SafetyViolationException or InvariantBrokenException)
            {
                if (found.Message.Contains(complaint))
                    return true;
            }
        }
        return false;
    }

    private sealed class WithoutS2 : SafetyRules
    {
        public override Digest ClaimOf(OwnStatements own) => Digest.Zero;
    }

    private sealed class WithoutS1 : SafetyRules
    {
        protected override bool FinalizeForbidsNullify(OwnStatements own) => false;

        protected override bool NullifyForbidsFinalize(OwnStatements own) => false;
    }
}
