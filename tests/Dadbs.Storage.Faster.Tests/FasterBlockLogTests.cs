using System.Globalization;
using Dadbs.Storage.Faster.Devices;
using Dadbs.Storage.Tests.Logs;

namespace Dadbs.Storage.Faster.Tests;

public sealed class FasterBlockLogTests : AppendLogContract
{
    private int _crashes;

    private string Blocks => Path.Combine(Place, $"blocks{_crashes}");

    protected override IAppendLog Open() => FasterBlockLog.Open(Blocks);

    /// <summary>What is in the files at this moment is what the next process finds, before any tidy closing.</summary>
    protected override void Crash(IAppendLog log)
    {
        string before = Blocks;
        _crashes++;
        CopiedDirectory.Copy(before, Blocks);
        log.Dispose();
    }

    private List<long> Fill(int count)
    {
        using IAppendLog log = Open();
        var addresses = new List<long>();
        for (int i = 0; i < count; i++)
        {
            addresses.Add(log.Append(Record(i)));
            if (i % 10 == 9)
                log.Flush();
        }

        log.Flush();
        return addresses;
    }

    [Fact]
    public void What_was_not_committed_is_lost_without_a_trace()
    {
        List<long> addresses = Fill(20);
        using (IAppendLog log = Open())
            log.Append(Record(99));
        using IAppendLog again = Open();
        Assert.Equal(addresses, again.Read(again.FirstAddress).Select(record => record.Address));
    }

    [Fact]
    public void Reading_only_shows_the_same_and_changes_nothing()
    {
        List<long> addresses = Fill(50);
        // FASTER deletes the commits before the newest on a thread of the pool, after the flush and even after the log was closed.
        string[] files = [];
        Assert.True(SpinWait.SpinUntil(() => (files = Directory.GetFiles(Blocks, "*", SearchOption.AllDirectories)).Length == 2, TimeSpan.FromMinutes(1)));
        using (FasterBlockLog log = FasterBlockLog.Open(Blocks, new FasterBlockLogOptions { ReadOnly = true }))
        {
            Assert.Equal(addresses, log.Read(log.FirstAddress).Select(record => record.Address));
            Assert.True(log.TryRead(addresses[7], out byte[] record));
            Assert.Equal(Record(7), record);
            Assert.Throws<InvalidOperationException>(() => log.Append([1]));
        }

        Assert.Equal(files, Directory.GetFiles(Blocks, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Damage_is_reported_and_nothing_wrong_is_served()
    {
        const int EntryHeaderBytes = 12;
        List<long> addresses = Fill(50);
        string file = Assert.Single(Directory.GetFiles(Blocks, "blocks.log*"));
        byte[] good = File.ReadAllBytes(file);
        for (int offset = 0; offset < EntryHeaderBytes + 13 + 40; offset++)
        {
            byte[] damaged = [.. good];
            damaged[addresses[20] + offset] ^= (byte)(1 << (offset % 8));
            File.WriteAllBytes(file, damaged);
            using FasterBlockLog log = FasterBlockLog.Open(Blocks, new FasterBlockLogOptions { ReadOnly = true });
            bool reported = false;
            try
            {
                int i = 0;
                foreach (LogRecord record in log.Read(log.FirstAddress))
                    Assert.Equal(Record(i++), record.Bytes.ToArray());
                Assert.Equal(50, i);
            }
            catch (CorruptionException)
            {
                reported = true;
            }

            // FasterLog's own header repeats what ours says; a flip there may do no harm.
            Assert.True(reported || offset < EntryHeaderBytes, $"offset {offset}");
            if (reported)
                Assert.Throws<CorruptionException>(() => log.TryRead(addresses[20], out _));
        }
    }

    [Fact]
    public void Zeroed_sectors_are_damage_and_not_the_end()
    {
        List<long> addresses = Fill(50);
        string file = Assert.Single(Directory.GetFiles(Blocks, "blocks.log*"));
        byte[] bytes = File.ReadAllBytes(file);
        bytes.AsSpan((int)addresses[20]).Clear();
        File.WriteAllBytes(file, bytes);
        Assert.Equal(file, Assert.Throws<CorruptionException>(ReadAll).File);
    }

    [Fact]
    public void Bits_that_flip_under_an_open_log_are_met_by_who_reads_them_and_told()
    {
        int told = 0;
        using FasterBlockLog log = FasterBlockLog.Open(Blocks, new FasterBlockLogOptions { DamageFound = _ => told++ });
        var addresses = new List<long>();
        for (int i = 0; i < 60; i++)
        {
            addresses.Add(log.Append(Record(i, 400_000)));
            log.Flush();
        }

        string file = Assert.Single(Directory.GetFiles(Blocks, "blocks.log*"));
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
        {
            for (long at = 0; at < stream.Length / 2; at += 8 * SectorLayout.BlockBytes)
            {
                stream.Position = at;
                int old = stream.ReadByte();
                stream.Position = at;
                stream.WriteByte((byte)(old ^ 4));
            }
        }

        int damaged = 0;
        for (int i = 59; i >= 0; i--)
        {
            try
            {
                Assert.True(log.TryRead(addresses[i], out byte[] record));
                Assert.Equal(Record(i, 400_000), record);
            }
            catch (CorruptionException e)
            {
                Assert.Equal(file, e.File);
                damaged++;
            }
        }

        Assert.InRange(damaged, 20, 35);
        Assert.Equal(damaged, told);
    }

    [Fact]
    public void Probing_an_address_that_is_no_records_tells_of_no_damage()
    {
        List<long> addresses = Fill(30);
        int told = 0;
        using IAppendLog log = FasterBlockLog.Open(Blocks, new FasterBlockLogOptions { DamageFound = _ => told++ });
        for (long address = -8; address < log.NextAddress + 16; address += 4)
        {
            int index = addresses.IndexOf(address);
            Assert.Equal(index >= 0, log.TryProbe(address, out byte[] record));
            Assert.Equal(index >= 0 ? Record(index) : [], record);
        }

        Assert.Equal(0, told);
    }

    /// <summary>Reading the first bytes of a process's own memory is refused by the kernel with EIO, as a disk refuses a bad sector.</summary>
    [Fact]
    public void Sectors_that_the_disk_refuses_to_read_are_damage_and_told()
    {
        var told = new List<CorruptionException>();
        var options = new FasterBlockLogOptions { PageSizeBits = 16, MemorySizeBits = 18, SegmentSizeBits = 18, DamageFound = told.Add };
        long first;
        long last = 0;
        using (FasterBlockLog log = FasterBlockLog.Open(Blocks, options))
        {
            first = log.Append(Record(0));
            for (int i = 1; i < 300; i++)
                last = log.Append(Record(i, 4000));
            log.Flush();
        }

        string file = Path.Combine(Blocks, "blocks.log.0");
        File.Delete(file);
        File.CreateSymbolicLink(file, "/proc/self/mem");
        using FasterBlockLog again = FasterBlockLog.Open(Blocks, options);
        Assert.True(again.TryRead(last, out byte[] record));
        Assert.Equal(Record(299, 4000), record);
        Assert.Empty(told);
        Assert.Equal(file, Assert.Throws<CorruptionException>(() => again.TryRead(first, out _)).File);
        Assert.Equal(file, Assert.Single(told).File);
    }

    private void ReadAll()
    {
        using IAppendLog log = Open();
        foreach (LogRecord _ in log.Read(log.FirstAddress))
        {
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_the_log_is_reported_with_its_file_and_place()
    {
        Fill(50);
        string file = Assert.Single(Directory.GetFiles(Blocks, "blocks.log*"));
        byte[] good = File.ReadAllBytes(file);
        for (int at = 0; at < good.Length; at += 37)
        {
            if (at % SectorLayout.BlockBytes >= SectorLayout.SlotsPerBlock * SectorLayout.SlotBytes)
                continue;
            byte[] damaged = [.. good];
            damaged[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(file, damaged);
            CorruptionException e = Assert.Throws<CorruptionException>(ReadAll);
            Assert.Equal((file, at / SectorLayout.BlockBytes * SectorLayout.BlockBytes + at % SectorLayout.BlockBytes / SectorLayout.SlotBytes * SectorLayout.SlotBytes), (e.File, e.Position));
        }
    }

    [Fact]
    public void A_damaged_commit_is_reported_and_not_answered_with_an_older_one()
    {
        Fill(30);
        string newest = Directory.GetFiles(Blocks, "commit.*", SearchOption.AllDirectories).MaxBy(file => int.Parse(Path.GetFileName(file).Split('.')[1], CultureInfo.InvariantCulture))!;
        byte[] bytes = File.ReadAllBytes(newest);
        bytes[bytes.Length / 3] ^= 8;
        File.WriteAllBytes(newest, bytes);
        Assert.Equal(newest, Assert.Throws<CorruptionException>(ReadAll).File);
    }

    [Fact]
    public void A_failed_flush_poisons_the_log()
    {
        bool fails = false;
        var options = new FasterBlockLogOptions { FlushContent = _ => { if (fails) throw new IOException("no space left on device"); } };
        using FasterBlockLog log = FasterBlockLog.Open(Blocks, options);
        log.Append(Record(1));
        log.Flush();
        fails = true;
        log.Append(Record(2));
        Assert.Throws<StorageFailedException>(log.Flush);
        fails = false;
        Assert.Throws<StorageFailedException>(() => log.Append(Record(3)));
        Assert.Throws<StorageFailedException>(log.Flush);
    }
}
