using Dadbs.Consensus;
using Dadbs.Replication.Tests.Peers;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Hosting;

/// <summary>Rule L4 on real parts: nodes in no validator slot follow the chain and hand their transactions over.</summary>
public sealed class ObserverTests
{
    [Fact]
    public async Task L4_an_observers_transactions_are_executed_everywhere_once_and_it_follows()
    {
        await using var cluster = new TestCluster(4, observers: 2);
        await StartAsync(cluster);
        var ids = new List<Hash256>();
        for (int i = 0; i < 40; i++)
        {
            ids.Add(await cluster.Observers[i % 2].SubmitAsync($"handed {i}"));
            ids.Add(await cluster.Nodes[i % 4].SubmitAsync($"own {i}"));
        }
        await TestCluster.AssertAgreed([.. cluster.Nodes, .. cluster.Observers], ids);
        Assert.True(cluster.Observers[0].Node.IsObserver);
        Assert.All(cluster.Observers, observer => Assert.True(observer.Node.HasQuorum));
        Assert.All(cluster.Nodes, node => Assert.Equal(3, node.Node.Status.Peers.Count));
    }

    [Fact]
    public async Task L4_with_its_home_stopped_an_observer_goes_on_through_another_validator()
    {
        await using var cluster = new TestCluster(4, observers: 1);
        await StartAsync(cluster);
        List<Hash256> ids = [await cluster.Observers[0].SubmitAsync("before")];
        await TestCluster.AssertAgreed([.. cluster.Nodes, .. cluster.Observers], ids);
        // The observer's index is 4, its first home 4 mod 4.
        await cluster.Nodes[0].StopAsync();
        for (int i = 0; i < 10; i++)
            ids.Add(await cluster.Observers[0].SubmitAsync($"after {i}"));
        await TestCluster.AssertAgreed([.. cluster.Nodes[1..], .. cluster.Observers], ids);
    }

    [Fact]
    public async Task An_observer_that_was_away_catches_up_from_its_own_block_log()
    {
        await using var cluster = new TestCluster(4, observers: 1);
        await StartAsync(cluster);
        List<Hash256> ids = [await cluster.Observers[0].SubmitAsync("first")];
        await TestCluster.AssertAgreed([.. cluster.Nodes, .. cluster.Observers], ids);
        await cluster.Observers[0].KillAsync();
        for (int i = 0; i < 50; i++)
        {
            ids.Add(await cluster.Nodes[i % 4].SubmitAsync($"meanwhile {i}"));
            await PeerNetworkTests.Eventually(() => cluster.Nodes[0].Machine.Contains(ids[^1]));
        }
        await cluster.Observers[0].RestartAsync();
        await TestCluster.AssertAgreed([.. cluster.Nodes, .. cluster.Observers], ids);
        ids.Add(await cluster.Observers[0].SubmitAsync("again"));
        await TestCluster.AssertAgreed([.. cluster.Nodes, .. cluster.Observers], ids);
    }

    [Fact]
    public async Task L4_nobody_hands_over_what_another_signed_and_an_observer_has_no_vote()
    {
        await using var cluster = new TestCluster(4, observers: 1);
        await Task.WhenAll(cluster.Nodes.Select(node => node.StartAsync()));
        using NodeKey key = TestChain.Key(4);
        await using var network = new PeerNetwork(
            cluster.Genesis, key, [.. cluster.Genesis.Validators.Select(validator => validator.Address)], new DeafHandler(), new PeerCounters(), TimeProvider.System);
        network.Start(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        await PeerNetworkTests.Eventually(() => network.Links[1]?.State == LinkState.Up);
        EpochScope scope = cluster.Genesis.ToScope();
        using NodeKey other = TestChain.Key(2);
        byte[] payload = BatchPayload.SignAndEncode([TestChain.Pending(cluster.Genesis, other, 0, "not mine"u8)], other);
        network.Send(1, PeerChannel.Consensus, EffectRunner.FrameOf(scope, new Message.HandedOver(1, 1, payload)));
        network.Send(1, PeerChannel.Consensus, EffectRunner.FrameOf(scope, new Message.ViewRequest(new View(1))));
        network.Flush();
        await PeerNetworkTests.Eventually(() => cluster.Nodes[1].Node.Status.Counters.Messages == 2);
        Assert.Equal(1, cluster.Nodes[1].Node.Status.Counters.Transactions);
        Hash256 id = await cluster.Nodes[0].SubmitAsync("goes on");
        await TestCluster.AssertAgreed(cluster.Nodes, [id]);
        Assert.Equal(1, cluster.Nodes[0].Machine.Count);
    }

    private static Task StartAsync(TestCluster cluster) => Task.WhenAll(cluster.Nodes.Concat(cluster.Observers).Select(node => node.StartAsync()));

    private sealed class DeafHandler : IPeerHandler
    {
        public void LinkUp(int peer)
        {
        }

        public void LinkDown(int peer)
        {
        }

        public void Heard(int peer)
        {
        }

        public void Received(int peer, ReadOnlyMemory<byte> message)
        {
            // Says what the test says, and nothing else.
        }
    }
}
