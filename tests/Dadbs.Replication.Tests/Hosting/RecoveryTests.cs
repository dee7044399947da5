using Dadbs.Replication;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Hosting;

/// <summary>What a node refuses to start on.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task A_missing_vote_log_beside_a_block_log_is_never_voted_on()
    {
        await using TestCluster cluster = await StoppedAfterOneTransaction();
        cluster.Nodes[0].VoteLog = new MemoryLog();
        await Assert.ThrowsAsync<VoteLogMissingException>(cluster.Nodes[0].StartAsync);
    }

    [Fact]
    public async Task A_missing_vote_log_beside_a_recovered_state_is_never_voted_on()
    {
        await using var cluster = new TestCluster(1);
        cluster.Nodes[0].Machine = new HashChain(cluster.Genesis) { Recovered = new ExecutedState(3, Hash256.Zero, Hash256.Zero) };
        await Assert.ThrowsAsync<VoteLogMissingException>(cluster.Nodes[0].StartAsync);
    }

    [Fact]
    public async Task A_block_log_below_the_recovered_state_is_damage()
    {
        await using TestCluster cluster = await StoppedAfterOneTransaction();
        cluster.Nodes[0].Machine = new HashChain(cluster.Genesis) { Recovered = new ExecutedState(1_000, Hash256.Zero, Hash256.Zero) };
        await Assert.ThrowsAsync<BlockLogDamagedException>(cluster.Nodes[0].StartAsync);
    }

    [Fact]
    public async Task A_replay_with_another_result_is_a_divergence()
    {
        await using TestCluster cluster = await StoppedAfterOneTransaction();
        cluster.Nodes[0].Machine = new HashChain(cluster.Genesis) { WrongFrom = 1 };
        await Assert.ThrowsAsync<DivergenceException>(cluster.Nodes[0].StartAsync);
    }

    [Fact]
    public async Task Logs_of_another_chain_are_refused()
    {
        await using TestCluster cluster = await StoppedAfterOneTransaction();
        await using var other = new TestCluster(1, new ChainParameters { ExecutionLag = 60 });
        other.Nodes[0].VoteLog = cluster.Nodes[0].VoteLog;
        await Assert.ThrowsAsync<WrongChainException>(other.Nodes[0].StartAsync);
        other.Nodes[0].BlockLog = cluster.Nodes[0].BlockLog;
        await Assert.ThrowsAnyAsync<ReplicationException>(other.Nodes[0].StartAsync);
    }

    [Fact]
    public void A_key_that_is_no_validator_is_refused()
    {
        using NodeKey key = TestChain.Key(50);
        Genesis genesis = TestChain.Genesis(2);
        Assert.Throws<WrongChainException>(() => ReplicationNode.Open(
            new ReplicationOptions { Genesis = genesis, Key = key, VoteLog = new MemoryLog(), BlockLog = new MemoryLog(), Fatal = _ => { } },
            new HashChain(genesis)));
    }

    private static async Task<TestCluster> StoppedAfterOneTransaction()
    {
        TestCluster cluster = await TestCluster.StartAsync(1);
        Hash256 id = await cluster.Nodes[0].SubmitAsync("one");
        await TestCluster.AssertAgreed(cluster.Nodes, [id]);
        await cluster.Nodes[0].StopAsync();
        cluster.Nodes[0].Machine = new HashChain(cluster.Genesis);
        return cluster;
    }

    /// <summary>A peer says a vote once on a link: linked to a node that does not know its view yet, it would be dropped as too far ahead.</summary>
    [Fact]
    public async Task Peers_are_linked_only_when_the_replica_is_recovered()
    {
        await using var cluster = new TestCluster(4);
        TestNode node = cluster.Nodes[0];
        int port = cluster.Genesis.Validators[0].Address.Port;
        bool? isListening = null;
        node.Core = core =>
        {
            isListening = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(place => place.Port == port);
            return core;
        };
        await node.StartAsync();
        Assert.False(isListening);
        Assert.Contains(System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), place => place.Port == port);
    }
}
