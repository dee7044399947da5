using Dadbs.Consensus;

namespace Dadbs.Replication.Tests.Hosting;

/// <summary>What a signature costs the second time: nothing for a while, and what is remembered has an end.</summary>
public sealed class StatementVerifierTests
{
    private static readonly byte[] Said = [1, 2, 3];

    private readonly Genesis _genesis = TestChain.Genesis(4);
    private readonly PeerCounters _counters = new();
    private readonly StatementVerifier _verifier;

    public StatementVerifierTests() => _verifier = new StatementVerifier(_genesis, _counters);

    private long SignaturesVerified => _counters.Work.ToArray()[Array.IndexOf(WorkCounters.Names, "signatures verified")];

    [Fact]
    public void What_verified_once_is_remembered_with_its_signer_and_its_words()
    {
        Signature signature = Sign();
        Assert.True(_verifier.Verify(new ValidatorId(1), Said, signature));
        Assert.True(_verifier.Verify(new ValidatorId(1), Said, signature));
        Assert.Equal(1, SignaturesVerified);
        Assert.False(_verifier.Verify(new ValidatorId(2), Said, signature));
        Assert.False(_verifier.Verify(new ValidatorId(1), [1, 2, 4], signature));
        Assert.Equal(3, SignaturesVerified);
    }

    [Theory]
    [InlineData(16_384, 1)]
    [InlineData(40_000, 2)]
    public void What_was_said_long_ago_is_forgotten(int saidSince, int verified)
    {
        Signature signature = Sign();
        Assert.True(_verifier.Verify(new ValidatorId(1), Said, signature));
        for (int i = 0; i < saidSince; i++)
            _verifier.Remember(new StatementVerifier.Statement(0, Digest.Sha256(BitConverter.GetBytes(i)), signature));
        Assert.True(_verifier.Verify(new ValidatorId(1), Said, signature));
        Assert.Equal(verified, SignaturesVerified);
    }

    /// <summary>As validator 1 does, whose own verifier is another.</summary>
    private Signature Sign()
    {
        using NodeKey key = TestChain.Key(1);
        return new StatementSigner(_genesis, key, new StatementVerifier(_genesis, new PeerCounters())).Sign(Said);
    }
}
