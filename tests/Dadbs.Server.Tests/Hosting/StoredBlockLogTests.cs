using Dadbs.Replication;
using Dadbs.Server.Configuration;
using Dadbs.Server.Hosting;
using Dadbs.Storage;
using Dadbs.Storage.Faster;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dadbs.Server.Tests.Hosting;

/// <summary>
/// A block log was damaged and set aside, and the log begun anew is damaged in its turn before it is whole. Whichever way that shows, the node is told, so that it opens once more without
/// an operator; that opening sets the second log aside as well and begins a third.
/// </summary>
public sealed class StoredBlockLogTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("dadbs-blocks-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Where its opening does not look: FASTER reads the last pages of a log.</summary>
    [Fact]
    public void A_bad_sector_met_while_the_salvage_is_copied_is_healed_by_opening_again()
    {
        byte[] record = new byte[20 << 20];
        record.AsSpan().Fill(1);
        var data = HalfHealed(record);
        using (var file = new FileStream(Path.Combine(data.BlockLogDirectory, "blocks.log.0"), FileMode.Open))
        {
            file.Position = 5000;
            int old = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(old ^ 1));
        }

        AssertHealedBySecondOpening<CorruptionException>(data, "blocks.log.0");
    }

    [Fact]
    public void A_record_that_is_no_block_met_while_the_salvage_is_copied_is_healed_by_opening_again() =>
        AssertHealedBySecondOpening<BlockLogDamagedException>(HalfHealed("not a block"u8), "unknown format");

    /// <summary>The directory of a validator with peers: a log set aside, another begun with the record given.</summary>
    private DataDirectory HalfHealed(ReadOnlySpan<byte> record)
    {
        var data = ClusterInitialization.Create(_root, nodes: 4, observers: 0, port: 10_000, hosts: [])[0];
        using (FasterBlockLog.Open(data.BlockLogDirectory)) { }
        BlockLogSalvage.SetAside(data.BlockLogDirectory);
        using var log = FasterBlockLog.Open(data.BlockLogDirectory);
        log.Append(record);
        log.Flush();
        using var votes = SegmentedLog.Open(data.VoteLogDirectory);
        votes.Append("said"u8);
        votes.Flush();
        return data;
    }

    private static void AssertHealedBySecondOpening<T>(DataDirectory data, string what)
        where T : Exception
    {
        var told = new List<string>();
        NodeStorage Open() => NodeStorage.Open(data, new NodeConfiguration { PeerPort = 1 }, damage => told.Add(damage.Message), NullLogger.Instance);
        Assert.Throws<T>(() => Open().Dispose());
        Assert.Contains(what, Assert.Single(told), StringComparison.Ordinal);
        using var storage = Open();
        Assert.Contains(what, Assert.Single(storage.Repairs), StringComparison.Ordinal);
        Assert.Equal([data.BlockLogDirectory + ".damaged-2", data.BlockLogDirectory + ".damaged-1"], BlockLogSalvage.FindSetAside(data.BlockLogDirectory));
        Assert.Empty(storage.BlockLog.Read(0));
        Assert.Single(told);
    }
}
