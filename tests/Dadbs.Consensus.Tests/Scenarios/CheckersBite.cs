using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Scenarios;

/// <summary>A simulator that never complains proves nothing. Here a rule is taken out, and it must complain.</summary>
public sealed class CheckersBite
{
    [Fact]
    public void Without_S1_the_log_shows_Finalize_and_Nullify_of_one_view() =>
        Assert.True(AnySeedSays("says Finalize and Nullify", watchStatements: true));

    [Fact]
    public void Without_S1_two_chains_are_finalized() => Assert.Contains(Enumerable.Range(1, 300), seed => Forks(seed, new WithoutS1()));

    [Fact]
    public void With_S1_the_same_haste_forks_nothing() => Assert.DoesNotContain(Enumerable.Range(1, 20), seed => Forks(seed, new SafetyRules()));

    /// <summary>Timers far shorter than the messages' way: every view is voted on and nullified at once. Safety must not care.</summary>
    private static bool Forks(int seed, SafetyRules rules)
    {
        var parameters = ConsensusParameters.Default with { DeltaBaseTicks = 2_000, DeltaMaxTicks = 3_000 };
        var simulation = new Simulation.Simulation(seed, 4, parameters, _ => rules)
        {
            Weather = new Weather { Reorder = true, LatencyMinTicks = 300, LatencyMaxTicks = 15_000, Loss = 0.1 },
        };
        simulation.Checkers.WatchStatements = false;
        simulation.Nodes[seed % 4].Adversary = Adversary.Make(AdversaryKind.EquivocatingVoter);
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
        catch (InvariantBrokenException)
        {
            return false;
        }
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

    private sealed class WithoutS1 : SafetyRules
    {
        protected override bool FinalizeForbidsNullify(OwnStatements own) => false;

        protected override bool NullifyForbidsFinalize(OwnStatements own) => false;
    }
}
