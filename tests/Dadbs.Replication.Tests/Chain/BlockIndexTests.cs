using Dadbs.Consensus;
using Dadbs.Replication.Tests.Hosting;
using Dadbs.Replication.Tests.Peers;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Chain;

/// <summary>The index on disk saves reading the chain at the start, and can do no more: whatever is wrong with it, the log is opened as without it.</summary>
public sealed class BlockIndexTests : IDisposable
{
    private const int PerFile = 4;

    private readonly string _directory = Directory.CreateTempSubdirectory("dadbs-index-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_start_reads_no_more_than_the_end_of_the_log()
    {
        (MemoryLog log, Genesis genesis) = await ChainAsync();
        BlockLog without = Open(log, genesis, index: false);
        Open(log, genesis);
        Assert.Equal(without.Height / PerFile, Directory.GetFiles(_directory).Length);

        var counted = new CountedLog(log);
        BlockLog again = Open(counted, genesis);
        Assert.InRange(counted.RecordsRead, 1, PerFile + 1);
        AssertSame(without, again);
    }

    [Fact]
    public async Task A_damaged_or_foreign_index_is_not_believed()
    {
        (MemoryLog log, Genesis genesis) = await ChainAsync();
        BlockLog without = Open(log, genesis, index: false);
        Open(log, genesis);
        string file = Directory.GetFiles(_directory).Order(StringComparer.Ordinal).First();
        byte[] good = await File.ReadAllBytesAsync(file);
        for (int at = 0; at < good.Length; at += 7)
        {
            byte[] damaged = [.. good];
            damaged[at] ^= 16;
            await File.WriteAllBytesAsync(file, damaged);
            AssertSame(without, Open(log, genesis));
            Assert.Equal(good, await File.ReadAllBytesAsync(file));
        }

        (MemoryLog other, Genesis otherGenesis) = await ChainAsync();
        var asked = new CountedLog(other);
        BlockLog opened = Open(asked, otherGenesis);
        Assert.Equal(0, asked.RecordsAskedFor);
        AssertSame(Open(other, otherGenesis, index: false), opened);
    }

    /// <summary>Reading the first bytes of a process's own memory is refused by the kernel with EIO.</summary>
    [Fact]
    public async Task An_index_that_cannot_be_read_is_as_if_it_were_not_there()
    {
        (MemoryLog log, Genesis genesis) = await ChainAsync();
        BlockLog without = Open(log, genesis, index: false);
        Open(log, genesis);
        string file = Directory.GetFiles(_directory).Order(StringComparer.Ordinal).First();
        File.Delete(file);
        File.CreateSymbolicLink(file, "/proc/self/mem");
        AssertSame(without, Open(log, genesis));
    }

    [Fact]
    public async Task A_long_record_leaves_no_buffer_of_its_length_behind()
    {
        (MemoryLog log, Genesis genesis) = await ChainAsync();
        BlockLog old = Open(log, genesis, index: false);
        BlockLog blocks = Open(new MemoryLog(), genesis, index: false);
        byte[] changes = new byte[2 * BlockLog.RecordBytesKept];
        for (long height = 1; height <= 3; height++)
        {
            StoredBlock stored = old.Read(height);
            blocks.Append(new DeliveredBlock(stored.Final.Block, stored.Final.Finalization, stored.Batches), height == 2 ? stored.Result with { ChangeSet = changes } : stored.Result);
        }

        blocks.Flush();
        Assert.InRange(blocks.RecordCapacity, 1, BlockLog.RecordBytesKept);
        Assert.Equal(changes.Length, blocks.Read(2).Result.ChangeSet.Length);
        Assert.Equal(old.Read(3).Final.Block.Digest, blocks.Read(3).Final.Block.Digest);
    }

    private static async Task<(MemoryLog Log, Genesis Genesis)> ChainAsync()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(1);
        TestNode node = cluster.Nodes[0];
        for (int i = 0; node.Node.DurableHeight < 2 * PerFile + 2; i++)
        {
            Hash256 id = await node.SubmitAsync($"transaction {i}");
            await PeerNetworkTests.Eventually(() => node.Machine.Contains(id));
        }

        await node.StopAsync();
        return (node.BlockLog, cluster.Genesis);
    }

    private BlockLog Open(IAppendLog log, Genesis genesis, bool index = true)
    {
        EpochScope scope = genesis.ToScope();
        return BlockLog.Open(log, scope, genesis.ToBlock(scope), index ? new BlockIndex(_directory, PerFile) : null);
    }

    private static void AssertSame(BlockLog right, BlockLog here)
    {
        Assert.Equal((right.Height, right.Head.Digest), (here.Height, here.Head.Digest));
        Assert.Equal(right.Cut[new ValidatorId(0)], here.Cut[new ValidatorId(0)]);
        for (long height = 1; height <= right.Height; height++)
            Assert.Equal(right.Read(height).Final.Block.Digest, here.Read(height).Final.Block.Digest);
    }

    private sealed class CountedLog(MemoryLog log) : IAppendLog
    {
        public int RecordsRead { get; private set; }

        public long FirstAddress => log.FirstAddress;

        public long NextAddress => log.NextAddress;

        public long Append(ReadOnlySpan<byte> record) => log.Append(record);

        public void Flush() => log.Flush();

        public IEnumerable<Storage.LogRecord> Read(long from)
        {
            foreach (Storage.LogRecord record in log.Read(from))
            {
                RecordsRead++;
                yield return record;
            }
        }

        /// <summary>Addresses that were taken for a record's, so that none there is damage.</summary>
        public int RecordsAskedFor { get; private set; }

        public bool TryRead(long address, out byte[] record)
        {
            RecordsAskedFor++;
            return log.TryRead(address, out record);
        }

        public bool TryProbe(long address, out byte[] record) => log.TryRead(address, out record);

        public void TruncateBefore(long address) => log.TruncateBefore(address);

        public void Dispose() => log.Dispose();
    }
}
