namespace Dadbs.Consensus.Tests.Rules;

/// <summary>S1, V3, V4, V5 over every combination of what a node can have said, and where it can stand.</summary>
public sealed class SafetyRulesTests
{
    private static readonly Digest A = Digest.Sha256("a"u8);
    private static readonly Digest B = Digest.Sha256("b"u8);
    private static readonly Digest?[] Digests = [null, A, B];
    private static readonly bool[] Booleans = [false, true];
    private readonly SafetyRules _rules = new();

    private static IEnumerable<(OwnStatements Own, View Current, View Floor)> EveryState()
    {
        foreach (Digest? notarized in Digests)
        {
            foreach (bool nullified in Booleans)
            {
                foreach (Digest? finalized in Digests)
                {
                    for (int current = 1; current <= 3; current++)
                    {
                        for (int floor = 0; floor <= 3; floor++)
                            yield return (new OwnStatements(new View(2), notarized, nullified, finalized), new View(current), new View(floor));
                    }
                }
            }
        }
    }

    [Fact]
    public void V3_notarizes_one_digest_in_the_current_view_and_never_after_Nullify()
    {
        foreach ((OwnStatements own, View current, View floor) in EveryState())
        {
            bool allowed = floor.Value < 2 && current.Value == 2 && own.Notarized is null && !own.Nullified;
            Assert.Equal(allowed, _rules.RefuseNotarize(own, current, floor) is null);
        }
    }

    [Fact]
    public void V3_notarizes_after_the_others_have_what_they_notarized()
    {
        foreach ((OwnStatements own, View current, View floor) in EveryState())
        {
            bool allowed = floor.Value < 2 && current.Value >= 2 && own.Notarized is null && !own.Nullified;
            Assert.Equal(allowed, _rules.RefuseNotarize(own, current, floor, isNotarized: true) is null);
        }
    }

    [Fact]
    public void S2_a_Nullify_claims_what_was_notarized()
    {
        foreach ((OwnStatements own, _, _) in EveryState())
            Assert.Equal(own.Notarized ?? Digest.Zero, _rules.ClaimOf(own));
    }

    [Fact]
    public void V5_nullifies_the_current_view_only_and_S1_never_after_Finalize()
    {
        foreach ((OwnStatements own, View current, View floor) in EveryState())
        {
            bool allowed = floor.Value < 2 && current.Value == 2 && own.Finalized is null;
            Assert.Equal(allowed, _rules.RefuseNullify(own, current, floor) is null);
        }
    }

    [Fact]
    public void V4_finalizes_what_is_notarized_durable_and_undisputed_and_S1_never_after_Nullify()
    {
        foreach ((OwnStatements own, _, View floor) in EveryState())
        {
            foreach (Digest? notarized in Digests)
            {
                foreach (bool durable in Booleans)
                {
                    foreach (bool equivocated in Booleans)
                    {
                        foreach (bool differs in Booleans)
                        {
                            var grounds = new FinalizeGrounds(notarized, durable, equivocated, differs);
                            bool allowed = floor.Value < 2 && !own.Nullified && own.Finalized is null && notarized == A && durable && !equivocated && !differs;
                            Assert.Equal(allowed, _rules.RefuseFinalize(own, A, grounds, floor) is null);
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Every_refusal_has_its_name()
    {
        var fresh = new OwnStatements(new View(2), null, false, null);
        var good = new FinalizeGrounds(A, true, false, false);
        View two = new(2);
        View zero = View.Genesis;
        Assert.Equal(Refusal.BelowFloor, _rules.RefuseNotarize(fresh, two, two));
        Assert.Equal(Refusal.NotCurrentView, _rules.RefuseNotarize(fresh, new View(3), zero));
        Assert.Equal(Refusal.AlreadyNotarized, _rules.RefuseNotarize(fresh with { Notarized = A }, two, zero));
        Assert.Equal(Refusal.AlreadyNullified, _rules.RefuseNotarize(fresh with { Nullified = true }, two, zero));
        Assert.Equal(Refusal.FinalizedBefore, _rules.RefuseNullify(fresh with { Finalized = A }, two, zero));
        Assert.Equal(Refusal.NullifiedBefore, _rules.RefuseFinalize(fresh with { Nullified = true }, A, good, zero));
        Assert.Equal(Refusal.AlreadyFinalized, _rules.RefuseFinalize(fresh with { Finalized = A }, A, good, zero));
        Assert.Equal(Refusal.NotNotarized, _rules.RefuseFinalize(fresh, B, good, zero));
        Assert.Equal(Refusal.BatchesMissing, _rules.RefuseFinalize(fresh, A, good with { BatchesDurable = false }, zero));
        Assert.Equal(Refusal.LeaderEquivocated, _rules.RefuseFinalize(fresh, A, good with { LeaderEquivocated = true }, zero));
        Assert.Equal(Refusal.ExecutedDiffers, _rules.RefuseFinalize(fresh, A, good with { ExecutedDiffers = true }, zero));
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 0, 2)]
    [InlineData(3, 0, 2)]
    [InlineData(4, 1, 3)]
    [InlineData(7, 2, 5)]
    [InlineData(100, 33, 67)]
    public void Quorum_and_faulty_follow_from_the_number_of_validators(int validators, int faulty, int quorum)
    {
        var scope = new EpochScope(Digest.Zero, 0, validators);
        Assert.Equal((faulty, quorum), (scope.Faulty, scope.Quorum));
    }
}
