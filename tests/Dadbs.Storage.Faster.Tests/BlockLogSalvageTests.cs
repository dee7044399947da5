using Dadbs.Storage.Faster.Devices;
using Dadbs.Storage.Tests;

namespace Dadbs.Storage.Faster.Tests;

/// <summary>What a damaged block log still gives: every record that no damaged sector touches, and nothing that was never written.</summary>
public sealed class BlockLogSalvageTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Blocks => Path.Combine(_directory.Path, "blocks");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_sound_log_is_read_as_the_log_reads_it()
    {
        List<byte[]> records = Fill(60, i => i % 20 == 7 ? 900_000 : 40 + i);
        LogRecord[] salvaged = [.. new BlockLogSalvage(Blocks).Read()];
        Assert.Equal(records, salvaged.Select(record => record.Bytes.ToArray()));
        for (int i = 0; i < records.Count; i += 11)
            Assert.Equal(records[i..], new BlockLogSalvage(Blocks).Read(salvaged[i].Address).Select(record => record.Bytes.ToArray()));
    }

    [Fact]
    public void Several_files_are_read_in_their_order()
    {
        var options = new FasterBlockLogOptions { PageSizeBits = 20, MemorySizeBits = 22, SegmentSizeBits = 21 };
        List<byte[]> records = Fill(30, i => 100_000 + (i * 10_000), options);
        Assert.True(Directory.GetFiles(Blocks, "blocks.log.*").Length > 1);
        Assert.Equal(records, new BlockLogSalvage(Blocks, options).Read().Select(record => record.Bytes.ToArray()));
    }

    [Fact]
    public void A_flipped_bit_costs_the_records_of_its_sector_only()
    {
        List<byte[]> records = Fill(60, _ => 200);
        string file = Assert.Single(Directory.GetFiles(Blocks, "blocks.log.*"));
        byte[] good = File.ReadAllBytes(file);
        const int recordsPerSectorMax = 4;
        for (int at = 0; at < good.Length; at += 531)
        {
            byte[] damaged = [.. good];
            damaged[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(file, damaged);
            AssertSubset(records, recordsPerSectorMax);
        }
    }

    [Fact]
    public void A_long_record_is_lost_as_a_whole()
    {
        List<byte[]> records = Fill(5, _ => 900_000);
        string file = Assert.Single(Directory.GetFiles(Blocks, "blocks.log.*"));
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Equal(records.Where((_, i) => i != 2), new BlockLogSalvage(Blocks).Read().Select(record => record.Bytes.ToArray()));
    }

    [Fact]
    public void A_cut_leaves_what_is_before_it_and_commits_do_not_matter()
    {
        List<byte[]> records = Fill(60, _ => 200);
        Directory.Delete(Directory.GetDirectories(Blocks).Single(), recursive: true);
        Assert.Equal(records, new BlockLogSalvage(Blocks).Read().Select(record => record.Bytes.ToArray()));
        string file = Assert.Single(Directory.GetFiles(Blocks, "blocks.log.*"));
        using (var stream = new FileStream(file, FileMode.Open)) stream.SetLength(2 * SectorLayout.BlockBytes);
        LogRecord[] left = [.. new BlockLogSalvage(Blocks).Read()];
        Assert.InRange(left.Length, 25, 35);
        Assert.Equal(records[..left.Length], left.Select(record => record.Bytes.ToArray()));
    }

    [Fact]
    public void What_is_set_aside_is_found_again_newest_first()
    {
        for (int i = 0; i < 2; i++)
        {
            Fill(3, _ => 10);
            BlockLogSalvage.SetAside(Blocks);
        }

        Assert.False(Directory.Exists(Blocks));
        Assert.Equal([Blocks + ".damaged-2", Blocks + ".damaged-1"], BlockLogSalvage.FindSetAside(Blocks));
        Assert.Equal(3, new BlockLogSalvage(Blocks + ".damaged-1").Read().Count());
    }

    private List<byte[]> Fill(int count, Func<int, int> length, FasterBlockLogOptions? options = null)
    {
        using FasterBlockLog log = FasterBlockLog.Open(Blocks, options);
        var records = new List<byte[]>();
        for (int i = 0; i < count; i++)
        {
            byte[] record = new byte[length(i)];
            new Random(i).NextBytes(record);
            records.Add(record);
            log.Append(record);
            if (i % 10 == 9)
                log.Flush();
        }

        log.Flush();
        return records;
    }

    private void AssertSubset(List<byte[]> records, int lostMax)
    {
        int next = 0;
        int found = 0;
        foreach (LogRecord record in new BlockLogSalvage(Blocks).Read())
        {
            next = records.FindIndex(next, expected => expected.AsSpan().SequenceEqual(record.Bytes.Span)) + 1;
            Assert.True(next > 0);
            found++;
        }

        Assert.InRange(found, records.Count - lostMax, records.Count);
    }
}
