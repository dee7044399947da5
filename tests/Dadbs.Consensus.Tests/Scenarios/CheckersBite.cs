using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Scenarios;

/// <summary>A simulator that never complains proves nothing. Here a rule is taken out, and it must complain.</summary>
public sealed class CheckersBite
{
    [Fact]
    public void Without_S1_the_log_shows_Finalize_and_Nullify_of_one_view() =>
        Assert.True(AnySeedSays("says Finalize and Nullify", watchStatements: true));

    [Fact]
    public void Without_S1_two_chains_are_finalized() => Assert.True(AnySeedSays("fork at", watchStatements: false));

    private static bool AnySeedSays(string complaint, bool watchStatements)
    {
        for (int seed = 1; seed <= 300; seed++)
        {
            try
            {
                Campaign.Run(seed, _ => new WithoutS1(), AdversaryKind.EquivocatingVoter, watchStatements);
            }
            catch (Exception found) when (found is SafetyViolation or InvariantBrokenException)
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
