using Dadbs.Consensus;
using Dadbs.Replication;
using Dadbs.Replication.Tests.Peers;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Hosting;

/// <summary>Whole nodes in one process: real cores, TLS on loopback, a trivial state machine.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task One_validator_orders_and_executes_without_a_peer_port()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(1);
        List<Hash256> ids = await SubmitAll(cluster.Nodes, 50);
        await TestCluster.AssertAgreed(cluster.Nodes, ids);
        Assert.True(cluster.Nodes[0].Node.HasQuorum);
        Assert.Empty(cluster.Nodes[0].Node.Status.Peers);
    }

    [Fact]
    public async Task Four_validators_execute_one_order()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(4);
        List<Hash256> ids = await SubmitAll(cluster.Nodes, 100);
        await TestCluster.AssertAgreed(cluster.Nodes, ids);
        Assert.All(cluster.Nodes, node => Assert.True(node.Node.HasQuorum));
        Assert.All(cluster.Nodes, node => Assert.All(node.Node.Status.Peers, peer => Assert.Equal(LinkState.Up, peer.Link)));
    }

    [Fact]
    public async Task A_stopped_validator_does_not_stop_the_others_and_catches_up()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(4);
        List<Hash256> ids = await SubmitAll(cluster.Nodes, 20);
        await TestCluster.AssertAgreed(cluster.Nodes, ids);

        await cluster.Nodes[2].StopAsync();
        TestNode[] others = [cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[3]];
        ids.AddRange(await SubmitAll(others, 40));
        await TestCluster.AssertAgreed(others, ids);

        await cluster.Nodes[2].RestartAsync();
        await TestCluster.AssertAgreed(cluster.Nodes, ids);
        ids.Add(await cluster.Nodes[2].SubmitAsync("after the restart"));
        await TestCluster.AssertAgreed(cluster.Nodes, ids);
    }

    [Fact]
    public async Task A_validator_that_was_never_there_catches_up_over_the_block_log()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(4);
        await cluster.Nodes[3].KillAsync();
        TestNode[] others = cluster.Nodes[..3];
        var ids = new List<Hash256>();
        for (int round = 0; round < 30; round++)
        {
            ids.AddRange(await SubmitAll(others, 5));
            await PeerNetworkTests.Eventually(() => others.All(node => node.Machine.Contains(ids[^1])));
        }
        await PeerNetworkTests.Eventually(() => others.All(node => node.Node.DurableHeight > 10));
        await cluster.Nodes[3].RestartAsync();
        await TestCluster.AssertAgreed(cluster.Nodes, ids);
    }

    [Fact]
    public async Task All_killed_under_load_go_on_with_nothing_lost_that_was_executed()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(4);
        var executed = new List<Hash256>();
        for (int round = 0; round < 3; round++)
        {
            List<Hash256> ids = await SubmitAll(cluster.Nodes, 30);
            await PeerNetworkTests.Eventually(() => cluster.Nodes.Any(node => ids.Count(node.Machine.Contains) > 10));
            executed.AddRange(cluster.Nodes.SelectMany(node => node.Machine.Order).Distinct());
            if (round == 2) await PeerNetworkTests.Eventually(() => cluster.Nodes.Any(node => node.Node.DurableHeight > 0));
            await Task.WhenAll(cluster.Nodes.Select(node => node.KillAsync()));
            await Task.WhenAll(cluster.Nodes.Select(node => node.RestartAsync()));
            await TestCluster.AssertAgreed(cluster.Nodes, executed);
        }
        executed.AddRange(await SubmitAll(cluster.Nodes, 30));
        await TestCluster.AssertAgreed(cluster.Nodes, executed);
        Assert.Contains(cluster.Nodes, node => node.Machine.Replayed > 0);
    }

    [Fact]
    public async Task A_block_is_read_back_with_what_it_led_to()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(1);
        Hash256 id = await cluster.Nodes[0].SubmitAsync("a");
        await TestCluster.AssertAgreed(cluster.Nodes, [id]);
        await PeerNetworkTests.Eventually(() => FindRecord(cluster.Nodes[0], id) is not null);
        BlockRecord record = FindRecord(cluster.Nodes[0], id)!;
        Assert.Equal("a"u8.ToArray(), record.Block.Transactions.Single(transaction => transaction.Id == id).Body.ToArray());
        Assert.Equal(cluster.Nodes[0].Machine.RootAt(record.Block.Height), record.Result.StateRoot);
        Assert.Equal(record.Result.StateRoot.ToArray(), record.Result.ChangeSet.ToArray());
        Assert.Null(cluster.Nodes[0].Node.ReadBlock(0));
        Assert.Null(cluster.Nodes[0].Node.ReadBlock(1_000_000));
    }

    /// <summary>Rule X3.</summary>
    [Fact]
    public async Task A_validator_whose_machine_differs_stops_itself()
    {
        await using var cluster = new TestCluster(4);
        cluster.Nodes[1].Machine = new HashChain(cluster.Genesis) { WrongFrom = 1 };
        await Task.WhenAll(cluster.Nodes.Select(node => node.StartAsync()));
        TestNode[] right = [cluster.Nodes[0], cluster.Nodes[2], cluster.Nodes[3]];
        List<Hash256> ids = await SubmitAll(right, 20);
        await TestCluster.AssertAgreed(right, ids);
        await PeerNetworkTests.Eventually(() => cluster.Nodes[1].Failures.OfType<DivergenceException>().Any());
        Assert.False(cluster.Nodes[1].Node.Status.IsSigning);
    }

    /// <summary>Rule D1.</summary>
    [Fact]
    public async Task A_failed_flush_ends_the_node_and_nothing_more_is_said()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(1);
        cluster.Nodes[0].VoteLog.FailFlush = true;
        Hash256 id = await cluster.Nodes[0].SubmitAsync("never acknowledged");
        await PeerNetworkTests.Eventually(() => cluster.Nodes[0].Failures.OfType<StorageFailedException>().Any());
        Assert.False(cluster.Nodes[0].Machine.Contains(id));
        await Assert.ThrowsAsync<ReplicationException>(() => cluster.Nodes[0].SubmitAsync("too late"));
    }

    [Fact]
    public async Task A_tampered_transaction_of_a_lying_validator_is_executed_nowhere()
    {
        await using var cluster = new TestCluster(4);
        TestNode[] honest = cluster.Nodes[..3];
        await Task.WhenAll(honest.Select(node => node.StartAsync()));
        Genesis genesis = cluster.Genesis;
        using NodeKey liar = TestChain.Key(3);
        await using var network = new PeerNetwork(
            genesis, liar, [.. genesis.Validators.Select(validator => validator.Address)], new SilentHandler(), new PeerCounters(), TimeProvider.System);
        network.Start(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, genesis.Validators[3].Address.Port));
        await PeerNetworkTests.Eventually(() => network.Links.All(link => link is null || link.State == LinkState.Up));

        byte[] payload = BatchPayload.SignAndEncode([TestChain.Pending(genesis, liar, 0, "pay me"u8)], liar);
        payload[^1] ^= 1;
        Hash256 tampered = BatchPayload.Decode(payload)[0].Id;
        EpochScope scope = genesis.ToScope();
        var header = new BatchHeader(0, new ValidatorId(3), 1, Digest.Zero, Digest.Sha256(payload), payload.Length, 1);
        var signer = new StatementSigner(genesis, liar, new StatementVerifier(genesis, new PeerCounters()));
        Signature signature = signer.Sign(SigningBytes.OfBatch(scope, Batch.DigestOf(scope, header)).Span);
        var message = new Message.BatchMessage(Batch.Create(scope, header, signature, payload), null);
        for (int peer = 0; peer < 3; peer++)
            network.Send(peer, PeerChannel.Batches, EffectRunner.FrameOf(scope, message));
        network.Flush();

        await PeerNetworkTests.Eventually(() => honest.All(node => node.Node.Status.Counters.Transactions == 1));
        List<Hash256> ids = await SubmitAll(honest, 10);
        await TestCluster.AssertAgreed(honest, ids);
        Assert.All(honest, node => Assert.False(node.Machine.Contains(tampered)));
    }

    private static BlockRecord? FindRecord(TestNode node, Hash256 id)
    {
        for (long height = 1; node.Node.ReadBlock(height) is { } record; height++)
        {
            if (record.Block.Transactions.Any(transaction => transaction.Id == id))
                return record;
        }
        return null;
    }

    private static async Task<List<Hash256>> SubmitAll(IReadOnlyList<TestNode> nodes, int count)
    {
        var ids = new List<Hash256>();
        for (int i = 0; i < count; i++)
            ids.Add(await nodes[i % nodes.Count].SubmitAsync($"transaction {i}"));
        return ids;
    }

    private sealed class SilentHandler : IPeerHandler
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
            // Says and hears nothing.
        }
    }
}
