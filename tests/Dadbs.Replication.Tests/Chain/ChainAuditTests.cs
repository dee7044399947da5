using Dadbs.Replication.Tests.Hosting;
using Dadbs.Replication.Tests.Peers;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Chain;

public sealed class ChainAuditTests
{
    [Fact]
    public async Task A_cluster_leaves_a_chain_that_checks_on_every_node_and_replays_to_the_same_state()
    {
        await using TestCluster cluster = await Run(4, 60);
        foreach (TestNode node in cluster.Nodes)
        {
            var audit = new ChainAudit(node.BlockLog, cluster.Genesis);
            var machine = new HashChain(cluster.Genesis);
            foreach (BlockRecord record in audit.ReadAll())
                Assert.Equal(record.Result.StateRoot, machine.Execute(record.Block).StateRoot);
            Assert.Equal(machine.Height, audit.Height);
            Assert.Equal(node.Machine.RootAt(audit.Height), machine.RootAt(audit.Height));
            Assert.InRange(audit.FinalizedHeight, 1, audit.Height);
            Assert.InRange(audit.CertifiedHeight, 0, audit.FinalizedHeight);
        }
    }

    [Fact]
    public async Task Any_flipped_bit_of_a_block_log_is_found()
    {
        await using TestCluster cluster = await Run(1, 3);
        LogRecord[] records = [.. cluster.Nodes[0].BlockLog.Read(cluster.Nodes[0].BlockLog.FirstAddress)];
        for (int i = 0; i < records.Length; i++)
        {
            for (int position = 0; position < records[i].Bytes.Length; position += 3)
            {
                byte[] changed = records[i].Bytes.ToArray();
                changed[position] ^= 0x10;
                var log = new MemoryLog();
                for (int other = 0; other < records.Length; other++)
                    log.Append(other == i ? changed : records[other].Bytes.Span);
                var audit = new ChainAudit(log, cluster.Genesis);
                var machine = new HashChain(cluster.Genesis);
                Assert.True(IsRefused(audit, machine), $"record {i}, byte {position} of {changed.Length}");
            }
        }
    }

    [Fact]
    public async Task Another_genesis_is_refused()
    {
        await using TestCluster cluster = await Run(1, 1);
        var audit = new ChainAudit(cluster.Nodes[0].BlockLog, TestChain.Genesis(1));
        Assert.Throws<DamagedRecordException>(() => audit.ReadAll().Count());
    }

    private static bool IsRefused(ChainAudit audit, HashChain machine)
    {
        try
        {
            return audit.ReadAll().Any(record => Differs(machine.Execute(record.Block), record.Result)) || audit.FinalizedHeight < audit.Height;
        }
        catch (DamagedRecordException)
        {
            return true;
        }
    }

    private static bool Differs(ExecutedBlock replayed, ExecutedBlock recorded) =>
        replayed.StateRoot != recorded.StateRoot
        || replayed.ReceiptsRoot != recorded.ReceiptsRoot
        || !replayed.ChangeSet.Span.SequenceEqual(recorded.ChangeSet.Span);

    private static async Task<TestCluster> Run(int validators, int transactions)
    {
        TestCluster cluster = await TestCluster.StartAsync(validators);
        var ids = new List<Hash256>();
        for (int i = 0; i < transactions; i++)
        {
            ids.Add(await cluster.Nodes[i % validators].SubmitAsync($"transaction {i}"));
            if (i % 5 == 0)
                await PeerNetworkTests.Eventually(() => cluster.Nodes[i % validators].Machine.Contains(ids[^1]));
        }
        await TestCluster.AssertAgreed(cluster.Nodes, ids);
        foreach (TestNode node in cluster.Nodes)
            await node.StopAsync();
        return cluster;
    }
}
