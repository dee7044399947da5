using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Rules;

public sealed class RememberingVerifierTests
{
    [Fact]
    public void A_good_signature_is_verified_once_and_a_bad_one_is_refused_each_time()
    {
        var counting = new Counting();
        var verifier = new RememberingVerifier(counting, 2);
        var signer = new ValidatorId(1);
        Signature good = TestKeys.SignatureOf(signer, "statement"u8);
        Assert.True(verifier.Verify(signer, "statement"u8, good));
        Assert.True(verifier.Verify(signer, "statement"u8, good));
        Assert.Equal(1, counting.Calls);
        Assert.False(verifier.Verify(signer, "another"u8, good));
        Assert.False(verifier.Verify(new ValidatorId(2), "statement"u8, good));
        Assert.False(verifier.Verify(signer, "another"u8, good));
        Assert.Equal(4, counting.Calls);
    }

    private sealed class Counting : IStatementVerifier
    {
        private readonly TestKeys _keys = new();

        public int Calls { get; private set; }

        public bool Verify(ValidatorId signer, ReadOnlySpan<byte> signingBytes, Signature signature)
        {
            Calls++;
            return _keys.Verify(signer, signingBytes, signature);
        }
    }
}
