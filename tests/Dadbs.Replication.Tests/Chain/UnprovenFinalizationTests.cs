using System.Buffers;
using Dadbs.Consensus;
using Dadbs.Replication.Tests.Hosting;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Chain;

/// <summary>
/// Rule M1: the block log may hold finalizations that were believed at the word of links, with bad signatures in them. Whoever reads it to serve, to audit or to heal takes such a one for none.
/// </summary>
public sealed class UnprovenFinalizationTests
{
    private static async Task<TestCluster> RunAsync()
    {
        TestCluster cluster = await TestCluster.StartAsync(4);
        var ids = new List<Hash256>();
        for (int count = 0; count < 12; count++)
        {
            ids.Add(await cluster.Nodes[count % 4].SubmitAsync($"t{count}"));
            await Peers.PeerNetworkTests.Eventually(() => cluster.Nodes.All(node => node.Machine.Contains(ids[^1])));
        }
        await cluster.Nodes[0].StopAsync();
        return cluster;
    }

    private static List<StoredBlock> BlocksOf(TestCluster cluster) =>
        [.. cluster.Nodes[0].BlockLog.Read(0).Select(record => StoredBlock.Decode(cluster.Genesis.ToScope(), record.Bytes))];

    /// <summary>As if validator 3, or more of them, had signed badly what all said.</summary>
    private static StoredBlock Spoil(StoredBlock stored, int bad = 1)
    {
        Certificate good = stored.Final.Finalization!;
        (ValidatorId, Signature)[] votes = [.. good.Signers.Zip(good.Signatures)];
        for (int i = votes.Length - bad; i < votes.Length; i++)
        {
            byte[] bytes = votes[i].Item2.Span.ToArray();
            bytes[7] ^= 1;
            votes[i].Item2 = new Signature(bytes);
        }
        return stored with { Final = stored.Final with { Finalization = new Certificate(good.Type, good.Epoch, good.View, good.Digest, votes, good.IsUnanimous) } };
    }

    private static MemoryLog LogOf(TestCluster cluster, IEnumerable<StoredBlock> blocks)
    {
        var log = new MemoryLog();
        foreach (StoredBlock stored in blocks)
        {
            var writer = new ArrayBufferWriter<byte>();
            StoredBlock.Encode(cluster.Genesis.ToScope(), new DeliveredBlock(stored.Final.Block, stored.Final.Finalization, stored.Batches), stored.Result, writer);
            log.Append(writer.WrittenSpan);
        }
        log.Flush();
        return log;
    }

    private static MessageVerifier VerifierOf(TestCluster cluster) =>
        new(cluster.Genesis.ToScope(), new StatementVerifier(cluster.Genesis, new PeerCounters()), new NoPayloads());

    private static int LastUnanimous(List<StoredBlock> blocks, int below) => blocks.FindLastIndex(below - 1, stored => stored.Final.Finalization is { IsUnanimous: true });

    [Fact]
    public async Task A_run_ends_with_the_last_that_proves_itself_and_the_node_is_told_of_the_others_once()
    {
        await using TestCluster cluster = await RunAsync();
        List<StoredBlock> blocks = BlocksOf(cluster);
        int last = LastUnanimous(blocks, blocks.Count);
        int before = LastUnanimous(blocks, last);
        Assert.True(before > 0);
        blocks = [.. blocks.Take(last + 1)];
        blocks[last] = Spoil(blocks[last]);
        MessageVerifier verifier = VerifierOf(cluster);
        var doubted = new List<View>();
        var served = new ServedBlocks(height => height <= blocks.Count ? blocks[(int)height - 1] : null, verifier.IsValid, certificate => doubted.Add(certificate.View));
        for (int time = 0; time < 2; time++)
        {
            Message.FinalizedBlocks answer = served.Blocks(new Height(1), 64)!;
            Assert.InRange(answer.Blocks.Count, before + 1, last);
            Assert.NotNull(verifier.TryVerify(new ValidatorId(0), answer));
            Assert.Null(served.Blocks(blocks[last].Final.Block.Height, 64));
        }
        Assert.Equal([blocks[last].Final.Block.View], doubted);
    }

    [Fact]
    public async Task A_run_goes_on_beyond_its_length_to_one_that_proves_itself()
    {
        await using TestCluster cluster = await RunAsync();
        List<StoredBlock> blocks = BlocksOf(cluster);
        int last = LastUnanimous(blocks, blocks.Count);
        for (int i = 0; i < last; i++)
            blocks[i] = blocks[i].Final.Finalization is { IsUnanimous: true } ? Spoil(blocks[i]) : blocks[i] with { Final = blocks[i].Final with { Finalization = null } };
        MessageVerifier verifier = VerifierOf(cluster);
        Message.FinalizedBlocks answer = new ServedBlocks(height => height <= blocks.Count ? blocks[(int)height - 1] : null, verifier.IsValid).Blocks(new Height(1), 2)!;
        Assert.Equal(last + 1, answer.Blocks.Count);
        Assert.NotNull(verifier.TryVerify(new ValidatorId(0), answer));
    }

    [Fact]
    public async Task An_audit_takes_it_for_none_and_one_that_no_quorum_signed_for_damage()
    {
        await using TestCluster cluster = await RunAsync();
        List<StoredBlock> blocks = BlocksOf(cluster);
        int last = LastUnanimous(blocks, blocks.Count);
        blocks = [.. blocks.Take(last + 1)];
        StoredBlock good = blocks[last];
        var whole = new ChainAudit(LogOf(cluster, blocks), cluster.Genesis);
        Assert.Equal(blocks.Count, whole.ReadAll().Count());
        Assert.Equal(blocks.Count, whole.FinalizedHeight);
        blocks[last] = Spoil(good);
        var audit = new ChainAudit(LogOf(cluster, blocks), cluster.Genesis);
        Assert.Equal(blocks.Count, audit.ReadAll().Count());
        Assert.InRange(audit.FinalizedHeight, 1, blocks.Count - 1);
        blocks[last] = Spoil(good, bad: 2);
        Assert.Throws<DamagedRecordException>(() => new ChainAudit(LogOf(cluster, blocks), cluster.Genesis).ReadAll().Count());
    }

    [Fact]
    public async Task Salvaged_logs_prove_themselves_through_the_last_that_checks()
    {
        await using TestCluster cluster = await RunAsync();
        List<StoredBlock> blocks = BlocksOf(cluster);
        int last = LastUnanimous(blocks, blocks.Count);
        blocks = [.. blocks.Take(last + 1)];
        Assert.Equal(last + 1, SalvagedChain.Read(cluster.Genesis, [LogOf(cluster, blocks).Read]).FinalizedHeight);
        blocks[last] = Spoil(blocks[last]);
        Assert.InRange(SalvagedChain.Read(cluster.Genesis, [LogOf(cluster, blocks).Read]).FinalizedHeight, 1, last);
    }
}
