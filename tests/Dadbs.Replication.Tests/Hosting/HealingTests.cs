using Dadbs.Consensus;
using Dadbs.Replication.Tests.Peers;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Hosting;

/// <summary>
/// A block log that lost blocks, of a node whose vote log is whole: what is missing comes from peers, each block under its finalization's certificate, and only then does the
/// node vote. What must never happen: a wrong block in the log, or a vote of a node that does not have what its votes stand on.
/// </summary>
public sealed class HealingTests
{
    [Fact]
    public async Task A_block_log_behind_the_vote_log_is_fetched_from_peers_before_the_node_votes()
    {
        await using var cluster = new TestCluster(4);
        foreach (TestNode node in cluster.Nodes) node.VoteLogBytes = 2_000;
        List<Hash256> ids = await RunAsync(cluster, 40);
        TestNode victim = cluster.Nodes[0];
        await victim.StopAsync();
        long floor = FloorOf(cluster, victim);
        Assert.InRange(floor, 5, long.MaxValue);
        (victim.BlockLog, _) = Salvage(cluster, victim, lost: height => height > 2);
        await victim.RestartAsync();
        await AssertWholeAsync(cluster, victim, ids);
    }

    [Fact]
    public async Task One_lost_block_costs_that_block_only()
    {
        await using var cluster = new TestCluster(4);
        List<Hash256> ids = await RunAsync(cluster, 40);
        TestNode victim = cluster.Nodes[0];
        await victim.StopAsync();
        long served = 0;
        cluster.Nodes[1].Core = core => new SpyCore(core, effect => Interlocked.Add(ref served, effect is Effect.ServeBatches ? 1 : 0));
        await cluster.Nodes[1].RestartAsync();
        await cluster.Nodes[2].StopAsync();
        await cluster.Nodes[3].StopAsync();
        (victim.BlockLog, victim.Salvage) = Salvage(cluster, victim, lost: height => height == 3);
        await victim.RestartAsync();
        Assert.True(victim.Node.ReadBlock(4) is not null);
        Assert.InRange(Interlocked.Read(ref served), 0, 8);
        await cluster.Nodes[2].RestartAsync();
        await cluster.Nodes[3].RestartAsync();
        await AssertWholeAsync(cluster, victim, ids);
    }

    [Fact]
    public async Task All_that_lost_another_block_each_heal_from_each_other()
    {
        await using var cluster = new TestCluster(4);
        List<Hash256> ids = await RunAsync(cluster, 40);
        for (int i = 0; i < 4; i++)
        {
            TestNode node = cluster.Nodes[i];
            await node.StopAsync();
            (node.BlockLog, node.Salvage) = Salvage(cluster, node, lost: height => height == 2 + i);
            node.Machine = new HashChain(cluster.Genesis);
        }
        await Task.WhenAll(cluster.Nodes.Select(node => node.StartAsync()));
        foreach (TestNode node in cluster.Nodes)
            await AssertWholeAsync(cluster, node, ids);
    }

    [Fact]
    public async Task A_peer_that_serves_wrong_blocks_is_refused()
    {
        await using var cluster = new TestCluster(4);
        List<Hash256> ids = await RunAsync(cluster, 40);
        TestNode victim = cluster.Nodes[0];
        await victim.StopAsync();
        (victim.BlockLog, victim.Salvage) = Salvage(cluster, victim, lost: height => height > 2 && height < 6);
        await cluster.Nodes[3].StopAsync();
        foreach (TestNode liar in cluster.Nodes[1..3])
        {
            await liar.StopAsync();
            StoredBlock[] blocks = BlocksOf(cluster, liar);
            liar.Core = core => new SpyCore(core, lie: effect => Lie(cluster.Genesis.ToScope(), effect, blocks));
            await liar.RestartAsync();
        }
        Task healing = victim.RestartAsync();
        await PeerNetworkTests.Eventually(() => victim.Node.Status.Peers.Sum(peer => peer.Refused) > 2);
        Assert.False(healing.IsCompleted);
        await cluster.Nodes[3].RestartAsync();
        await healing;
        await AssertWholeAsync(cluster, victim, ids);
    }

    [Fact]
    public async Task What_no_peer_has_ends_the_start_and_nothing_was_said()
    {
        await using var cluster = new TestCluster(4);
        await RunAsync(cluster, 20);
        await Task.WhenAll(cluster.Nodes.Select(node => node.StopAsync()));
        TestNode victim = cluster.Nodes[0];
        int said = victim.VoteLog.Read(0).Count();
        (victim.BlockLog, victim.Salvage) = Salvage(cluster, victim, lost: height => height == 3);
        victim.HealingPatience = TimeSpan.FromMilliseconds(300);
        var refusal = await Assert.ThrowsAsync<DamagedRecordException>(victim.RestartAsync);
        Assert.Contains("height 3", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(said, victim.VoteLog.Read(0).Count());
    }

    [Fact]
    public async Task A_single_validator_has_nobody_to_heal_from()
    {
        await using var cluster = new TestCluster(1);
        cluster.Nodes[0].VoteLogBytes = 1_000;
        await RunAsync(cluster, 30);
        TestNode victim = cluster.Nodes[0];
        await victim.StopAsync();
        Assert.InRange(FloorOf(cluster, victim), 3, long.MaxValue);
        (victim.BlockLog, _) = Salvage(cluster, victim, lost: height => height > 2);
        await Assert.ThrowsAsync<DamagedRecordException>(victim.RestartAsync);
    }

    [Fact]
    public async Task An_observer_heals_as_a_validator_does()
    {
        await using var cluster = new TestCluster(4, observers: 1);
        TestNode observer = cluster.Observers[0];
        await observer.StartAsync();
        List<Hash256> ids = await RunAsync(cluster, 30);
        await TestCluster.AssertAgreed([observer], ids);
        await PeerNetworkTests.Eventually(() => observer.Node.DurableHeight > 6);
        await observer.StopAsync();
        (observer.BlockLog, observer.Salvage) = Salvage(cluster, observer, lost: height => height == 4);
        await observer.RestartAsync();
        await AssertWholeAsync(cluster, observer, ids);
    }

    /// <summary>Transactions one after the other, so that they make blocks of their own, until all have them on disk.</summary>
    private static async Task<List<Hash256>> RunAsync(TestCluster cluster, int count)
    {
        await Task.WhenAll(cluster.Nodes.Select(node => node.StartAsync()));
        var ids = new List<Hash256>();
        for (int i = 0; i < count; i++)
        {
            ids.Add(await cluster.Nodes[i % cluster.Nodes.Length].SubmitAsync($"transaction {i} {new string('x', 100)}"));
            if (i % 3 == 0) await PeerNetworkTests.Eventually(() => cluster.Nodes.All(node => node.Machine.Contains(ids[^1])));
        }
        await TestCluster.AssertAgreed(cluster.Nodes, ids);
        await PeerNetworkTests.Eventually(() => cluster.Nodes.All(node => node.Node.DurableHeight > 8));
        return ids;
    }

    /// <summary>The log begun anew with what joins on, and the rest, as the server does it with the files.</summary>
    private static (MemoryLog Log, SalvagedChain Salvage) Salvage(TestCluster cluster, TestNode node, Func<long, bool> lost)
    {
        EpochScope scope = cluster.Genesis.ToScope();
        MemoryLog damaged = node.BlockLog;
        var salvage = SalvagedChain.Read(cluster.Genesis, [from => damaged.Read(from).Where(record => !lost(StoredBlock.Decode(scope, record.Bytes).Height))]);
        var log = new MemoryLog();
        long height = salvage.CopyTo(log);
        Assert.True(lost(height + 1));
        return (log, salvage);
    }

    private static StoredBlock[] BlocksOf(TestCluster cluster, TestNode node) =>
        [.. node.BlockLog.Read(0).Select(record => StoredBlock.Decode(cluster.Genesis.ToScope(), record.Bytes))];

    private static long FloorOf(TestCluster cluster, TestNode node)
    {
        using NodeKey key = TestChain.Key(Array.IndexOf(cluster.Nodes, node));
        var log = new VoteLog(node.VoteLog, cluster.Genesis.ToScope(), cluster.Genesis, key.PublicKey);
        return log.Recover() is [Consensus.LogRecord.Floor floor, ..] ? floor.Base.Height.Value : 0;
    }

    /// <summary>Every block is the others', nothing failed, and the node takes part.</summary>
    private static async Task AssertWholeAsync(TestCluster cluster, TestNode healed, List<Hash256> ids)
    {
        ids.Add(await cluster.Nodes[1].SubmitAsync("and on"));
        if (!healed.Node.IsObserver) ids.Add(await healed.SubmitAsync("and on it goes"));
        await TestCluster.AssertAgreed([.. cluster.Nodes, healed], ids);
        await PeerNetworkTests.Eventually(() => cluster.Nodes[1].Node.DurableHeight == healed.Node.DurableHeight && healed.Node.ReadBlock(healed.Node.DurableHeight) is not null);
        for (long height = 1; height <= healed.Node.DurableHeight; height++)
        {
            (BlockRecord right, BlockRecord here) = (cluster.Nodes[1].Node.ReadBlock(height)!, healed.Node.ReadBlock(height)!);
            Assert.Equal(right.Block.BlockDigest, here.Block.BlockDigest);
            Assert.Equal(right.Block.Transactions.Select(transaction => transaction.Id), here.Block.Transactions.Select(transaction => transaction.Id));
            Assert.Equal(right.Result.StateRoot, here.Result.StateRoot);
            Assert.Equal(right.Result.ChangeSet.ToArray(), here.Result.ChangeSet.ToArray());
        }
    }

    /// <summary>Another block under the right one's certificate; another batch than was asked for.</summary>
    private static Effect Lie(EpochScope scope, Effect effect, StoredBlock[] blocks)
    {
        switch (effect)
        {
            case Effect.ServeBlocks serve:
                StoredBlock real = blocks.Last(block => block.Final.Finalization is not null);
                var forged = Block.Create(scope, real.Final.Block.Header with { Height = serve.From, TimeMicros = real.Final.Block.Header.TimeMicros + 1 });
                var relabelled = new Certificate(
                    VoteType.Finalize, 0, forged.View, forged.Digest, [.. real.Final.Finalization!.Signers.Zip(real.Final.Finalization.Signatures)]);
                return new Effect.Send(serve.To, new Message.FinalizedBlocks([new FinalizedBlock(forged, relabelled)]));
            case Effect.ServeBatches serve:
                Batch other = blocks.SelectMany(block => block.Batches).First(batch => batch.Lane != serve.Lane);
                return new Effect.Send(serve.To, new Message.BatchMessage(other, null));
            default:
                return effect;
        }
    }

    /// <summary>An honest core whose effects are seen, or changed.</summary>
    private sealed class SpyCore(IConsensusCore core, Action<Effect>? seen = null, Func<Effect, Effect>? lie = null) : IConsensusCore
    {
        public long NextDeadlineTicks => core.NextDeadlineTicks;

        public bool IntakeOpen => core.IntakeOpen;

        public bool HandsOver => core.HandsOver;

        public View View => core.View;

        public int BatchesWorthATurn => core.BatchesWorthATurn;

        public int SubmissionsWorthATurn => core.SubmissionsWorthATurn;

        public bool AwaitsExecution => core.AwaitsExecution;

        public bool ExpectsUnanimity => core.ExpectsUnanimity;

        public Tip OwnAvailable => core.OwnAvailable;

        public Block Finalized => core.Finalized;

        public long FrontierOf(ValidatorId lane) => core.FrontierOf(lane);

        public bool Holds(CertificateKey key) => core.Holds(key);

        public IReadOnlyList<Effect> Step(Moment now, Input input, bool more = false)
        {
            IReadOnlyList<Effect> effects = core.Step(now, input, more);
            foreach (Effect effect in effects)
                seen?.Invoke(effect);
            return lie is null ? effects : [.. effects.Select(lie)];
        }
    }
}
