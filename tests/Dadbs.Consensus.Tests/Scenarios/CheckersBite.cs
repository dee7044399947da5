using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Scenarios;

/// <summary>A simulator that never complains proves nothing. Here a rule is taken out, and it must complain.</summary>
public sealed class CheckersBite
{
    [Fact]
    public void Without_S1_two_chains_are_finalized()
    {
        bool forked = false;
        for (int seed = 1; seed <= 200 && !forked; seed++)
        {
            try
            {
                Campaign.Run(seed, _ => new WithoutS1(), AdversaryKind.EquivocatingVoter);
            }
            catch (Exception found) when (found is SafetyViolation or InvariantBrokenException)
            {
                forked = found.Message.Contains("says Finalize and Nullify");
            }
        }
        Assert.True(forked);
    }

    private sealed class WithoutS1 : SafetyRules
    {
        protected override bool FinalizeForbidsNullify(OwnStatements own) => false;

        protected override bool NullifyForbidsFinalize(OwnStatements own) => false;
    }
}
