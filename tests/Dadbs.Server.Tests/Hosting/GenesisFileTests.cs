using Dadbs.Replication;
using Dadbs.Server.Hosting;

namespace Dadbs.Server.Tests.Hosting;

public sealed class GenesisFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_chain_of_this_engine_level_is_read()
    {
        Write(GenesisExecution.EngineLevel);
        Assert.Equal(GenesisExecution.EngineLevel, GenesisExecution.Read(_file).EngineLevel);
    }

    /// <summary>It would execute the same transactions to other roots, and stop at the first block.</summary>
    [Fact]
    public void A_chain_of_another_engine_level_is_refused_by_name()
    {
        Write(GenesisExecution.EngineLevel - 1);
        var refused = Assert.Throws<FormatException>(() => GenesisExecution.Read(_file));
        Assert.Contains($"{_file}: the chain is executed by engine level {GenesisExecution.EngineLevel - 1}", refused.Message);
    }

    private void Write(uint engineLevel)
    {
        using var key = NodeKey.Generate();
        var validator = new GenesisValidator(key.PublicKey, new PeerAddress("127.0.0.1", 6432));
        var genesis = new Genesis(engineLevel, new ChainParameters(), [validator], 1_700_000_000_000_000, GenesisExecution.ComputeRoot([key.PublicKey]), []);
        File.WriteAllText(_file, GenesisJson.Write(genesis));
    }
}
