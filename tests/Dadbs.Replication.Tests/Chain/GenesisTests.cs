using Dadbs.Replication;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Chain;

public sealed class GenesisTests
{
    [Fact]
    public void Bytes_and_json_lead_back_to_the_same_chain()
    {
        Genesis genesis = TestChain.Genesis(4);
        Assert.Equal(genesis.ChainId, Genesis.Decode(genesis.Encoded).ChainId);
        Genesis parsed = GenesisJson.Parse(GenesisJson.Write(genesis));
        Assert.Equal(genesis.ChainId, parsed.ChainId);
        Assert.Equal(genesis.Validators, parsed.Validators);
        Assert.Equal(genesis.Parameters, parsed.Parameters);
        Assert.Equal(1, genesis.FaultsTolerated);
        Assert.Equal(2, genesis.IndexOf(TestChain.Key(2).PublicKey));
        Assert.Equal(-1, genesis.IndexOf(TestChain.Key(9).PublicKey));
    }

    [Fact]
    public void Chain_id_is_the_hash_of_bytes_that_do_not_change()
    {
        Genesis genesis = TestChain.Genesis(1);
        Assert.Equal(Hash256.Sha256(genesis.Encoded), genesis.ChainId);
        Assert.Equal(GenesisVector, genesis.ChainId.ToHex());
    }

    [Fact]
    public void Every_field_changes_the_chain_id()
    {
        Genesis basis = TestChain.Genesis(2);
        Genesis[] others =
        [
            new(2, basis.Parameters, basis.Validators, basis.TimeMicros, basis.InitialStateRoot),
            new(1, basis.Parameters with { SkipSilentLeaderMicros = 5 }, basis.Validators, basis.TimeMicros, basis.InitialStateRoot),
            new(1, basis.Parameters, basis.Validators.Reverse(), basis.TimeMicros, basis.InitialStateRoot),
            new(1, basis.Parameters, basis.Validators, basis.TimeMicros + 1, basis.InitialStateRoot),
            new(1, basis.Parameters, basis.Validators, basis.TimeMicros, Hash256.Zero),
        ];
        Assert.Equal(6, others.Select(genesis => genesis.ChainId).Append(basis.ChainId).Distinct().Count());
    }

    [Fact]
    public void Any_truncation_is_refused()
    {
        byte[] bytes = TestChain.Genesis(2).Encoded.ToArray();
        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<FormatException>(() => Genesis.Decode(bytes.AsSpan(0, length)));
        Assert.Throws<FormatException>(() => Genesis.Decode([.. bytes, 0]));
    }

    [Theory]
    [InlineData("\"engineLevel\": 1", "\"engineLevel\": 2", "chain id")]
    [InlineData("\"format\": 1", "\"format\": 2", "version")]
    [InlineData("\"executionLag\": 64", "\"executionLag\": 0", "positive")]
    [InlineData("\"executionLag\": 64", "\"executionLog\": 64", "executionLog")]
    [InlineData("\"sealedEvery\": 1", "\"sealedEvery\": 2", "every height is sealed")]
    [InlineData("127.0.0.1:6432", "127.0.0.1", "host:port")]
    [InlineData("\"timeMicros\"", "\"time2\"", "'timeMicros' is missing")]
    public void Json_that_says_something_else_is_refused(string written, string changed, string reason)
    {
        string json = GenesisJson.Write(TestChain.Genesis(2)).Replace(written, changed, StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Throws<FormatException>(() => GenesisJson.Parse(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_validators_with_one_key_are_refused()
    {
        GenesisValidator validator = TestChain.Genesis(1).Validators[0];
        Assert.Throws<FormatException>(() => new Genesis(1, new ChainParameters(), [validator, validator], 1, Hash256.Zero));
        Assert.Throws<FormatException>(() => new Genesis(1, new ChainParameters(), [], 1, Hash256.Zero));
    }

    private const string GenesisVector = "5467fb17643a01e2917f321775767d5eaec1c7e710397e5e36a813614a70958f";

    [Fact]
    public void Observers_survive_both_forms_and_make_another_chain()
    {
        Genesis without = TestChain.Genesis(2);
        Genesis with = TestChain.Genesis(2, observers: 2);
        Assert.NotEqual(without.ChainId, with.ChainId);
        Assert.Equal((1, 2), (without.Encoded[3], with.Encoded[3]));
        Assert.Equal(with.ChainId, Genesis.Decode(with.Encoded).ChainId);
        Genesis read = GenesisJson.Parse(GenesisJson.Write(with));
        Assert.Equal(with.Observers, read.Observers);
        Assert.Equal((-1, 3), (read.IndexOf(with.Observers[1]), read.PeerIndexOf(with.Observers[1])));
        Assert.DoesNotContain("observers", GenesisJson.Write(without));
        Assert.Throws<FormatException>(() => new Genesis(1, new ChainParameters(), without.Validators, 1, Hash256.Zero, [without.Validators[0].Key]));
    }
}
