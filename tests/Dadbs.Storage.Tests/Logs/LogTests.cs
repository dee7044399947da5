using Dadbs.Storage.Logs;

namespace Dadbs.Storage.Tests.Logs;

public sealed class MemoryLogTests : AppendLogContract
{
    private MemoryLog? _crashed;

    protected override IAppendLog Open() => _crashed ?? new MemoryLog();

    protected override void Crash(IAppendLog log) => _crashed = ((MemoryLog)log).Crash();

    [Fact]
    public void A_crash_loses_what_was_not_flushed()
    {
        using var log = new MemoryLog();
        log.Append([1]);
        log.Flush();
        log.Append([2]);
        Assert.Single(log.Crash().Read(0));
    }

    [Fact]
    public void A_failed_flush_poisons_the_log()
    {
        using var log = new MemoryLog { FailFlush = true };
        log.Append([1]);
        Assert.Throws<StorageFailedException>(log.Flush);
        log.FailFlush = false;
        Assert.Throws<StorageFailedException>(log.Flush);
        Assert.Throws<StorageFailedException>(() => log.Append([1]));
        Assert.Empty(log.Crash().Read(0));
    }
}

public sealed class SegmentedLogTests : AppendLogContract
{
    private static readonly SegmentedLogOptions Small = new() { SegmentBytes = 64 * 1024 };

    protected override IAppendLog Open() => SegmentedLog.Open(Place, Small);

    protected override void Crash(IAppendLog log) => ((SegmentedLog)log).Abandon();

    [Fact]
    public void A_buffer_that_a_long_record_made_grow_goes_with_the_flush()
    {
        using IAppendLog log = Open();
        long address = log.Append(new byte[2 * SegmentedLog.PendingBytesKept]);
        log.Flush();
        Assert.InRange(((SegmentedLog)log).PendingCapacity, 0, SegmentedLog.PendingBytesKept);
        log.Append([7]);
        log.Flush();
        Assert.Equal([2 * SegmentedLog.PendingBytesKept, 1], log.Read(address).Select(record => record.Bytes.Length));
    }

    [Fact]
    public void A_segment_that_cannot_be_made_leaves_no_file_that_takes_room()
    {
        using LogSegment first = LogSegment.Create(Place, 0, 0, 64 * 1024);
        Assert.Throws<IOException>(() => LogSegment.Create(Place, 0, 0, 64 * 1024));
        Assert.Equal(first.Path, Assert.Single(Directory.GetFiles(Place)));
    }

    [Theory]
    [InlineData(28, true)]
    [InlineData(122, true)]
    [InlineData(5, false)]
    public void No_space_and_a_used_up_quota_are_a_full_disk(int error, bool isFull) =>
        Assert.Equal(isFull, DiskFullException.IsReasonOf(new IOException("a write failed", error)));

    private string LastSegment => Directory.GetFiles(Place, "*.seg").Order(StringComparer.Ordinal).Last();

    private static void Damage(string file, long offset)
    {
        using FileStream stream = File.Open(file, FileMode.Open);
        stream.Position = offset;
        int old = stream.ReadByte();
        stream.Position = offset;
        stream.WriteByte((byte)(old ^ 0x40));
    }

    /// <summary>Leaves the log as the end of the process would.</summary>
    private List<long> Fill(int count, bool flushEach)
    {
        IAppendLog log = Open();
        var addresses = new List<long>();
        for (int i = 0; i < count; i++)
        {
            addresses.Add(log.Append(Record(i)));
            if (flushEach)
                log.Flush();
        }

        log.Flush();
        Crash(log);
        return addresses;
    }

    [Fact]
    public void After_a_tidy_close_a_bad_last_frame_is_damage_and_not_torn()
    {
        List<long> addresses = Fill(10, flushEach: true);
        Open().Dispose();
        using (IAppendLog log = Open())
            Assert.Equal(addresses, log.Read(log.FirstAddress).Select(record => record.Address));
        Damage(LastSegment, addresses[9] + 20);
        Assert.Equal(addresses[9], Assert.Throws<CorruptionException>(Open).Position);
    }

    [Fact]
    public void A_closing_mark_is_no_record_and_the_log_goes_on_after_it()
    {
        List<long> addresses = Fill(2, flushEach: true);
        for (int i = 0; i < 3; i++)
        {
            using IAppendLog log = Open();
            Assert.Equal(addresses, log.Read(log.FirstAddress).Select(record => record.Address));
            addresses.Add(log.Append(Record(i)));
            log.Flush();
        }

        using IAppendLog last = Open();
        Assert.Equal(addresses, last.Read(last.FirstAddress).Select(record => record.Address));
        Assert.False(last.TryRead(last.NextAddress - 16, out _));
    }

    [Fact]
    public void Frames_have_the_documented_bytes()
    {
        using (IAppendLog log = Open())
        {
            Assert.Equal(40, log.Append("dadbs"u8));
            log.Flush();
        }

        byte[] file = File.ReadAllBytes(LastSegment);
        Assert.Equal(Small.SegmentBytes, file.Length);
        Assert.Equal(
            "44414442534C4F47" + "02000000" + "0000000000000000" + "0000000000000000" + "0000010000000000" + "60431684"
            + "05000000" + "DAF2630D" + "2800000000000000" + "6461646273" + "000000",
            Convert.ToHexString(file.AsSpan(0, 64)));
    }

    [Fact]
    public void A_torn_last_frame_is_dropped_and_its_place_used_again()
    {
        List<long> addresses = Fill(10, flushEach: true);
        Damage(LastSegment, addresses[9] + 20);
        using (SegmentedLog reader = SegmentedLog.Open(Place, new SegmentedLogOptions { ReadOnly = true }))
            Assert.Equal(9, reader.Read(0).Count());
        using IAppendLog log = Open();
        Assert.Equal(addresses[..9], log.Read(log.FirstAddress).Select(record => record.Address));
        Assert.Equal(addresses[9], log.Append(Record(77)));
        log.Flush();
        Assert.Equal(10, log.Read(log.FirstAddress).Count());
    }

    [Fact]
    public void A_torn_write_of_several_frames_is_dropped_as_a_whole()
    {
        Fill(3, flushEach: true);
        List<long> lost = [];
        IAppendLog log = Open();
        for (int i = 0; i < 5; i++)
            lost.Add(log.Append(Record(i)));
        log.Flush();
        Crash(log);

        Damage(LastSegment, lost[1] + 20);
        using IAppendLog again = Open();
        Assert.Equal(lost[1], again.NextAddress);
        // Nothing of the dropped frames may be found later, at whatever length the next one has.
        again.Append(Record(9, 1));
        again.Flush();
        Assert.Equal(5, again.Read(again.FirstAddress).Count());
    }

    [Fact]
    public void Damage_before_a_durable_frame_is_reported_and_not_dropped()
    {
        List<long> addresses = Fill(10, flushEach: true);
        Damage(LastSegment, addresses[5] + 20);
        CorruptionException e = Assert.Throws<CorruptionException>(Open);
        Assert.Equal(addresses[5], e.Position);
        Assert.Equal(LastSegment, e.File);
    }

    [Fact]
    public void Damage_in_an_older_segment_is_reported_when_it_is_read()
    {
        List<long> addresses = Fill(3000, flushEach: false);
        string first = Directory.GetFiles(Place, "*.seg").Order(StringComparer.Ordinal).First();
        Damage(first, addresses[100] + 20);
        using IAppendLog log = Open();
        Assert.True(log.TryRead(addresses[99], out _));
        Assert.Throws<CorruptionException>(() => log.TryRead(addresses[100], out _));
        Assert.Throws<CorruptionException>(() => log.Read(log.FirstAddress).Count());
        Assert.NotEmpty(log.Read(addresses[101]));
    }

    [Fact]
    public void Damage_in_a_segment_header_and_a_missing_segment_are_reported()
    {
        Fill(5000, flushEach: false);
        string[] files = [.. Directory.GetFiles(Place, "*.seg").Order(StringComparer.Ordinal)];
        Assert.True(files.Length > 2);
        Damage(files[1], 14);
        Assert.Throws<CorruptionException>(Open);
        File.Delete(files[1]);
        Assert.Throws<CorruptionException>(Open);
    }

    [Fact]
    public void A_segment_that_was_cut_is_damage_wherever_it_was_cut()
    {
        List<long> addresses = Fill(10, flushEach: true);
        byte[] whole = File.ReadAllBytes(LastSegment);
        foreach (int length in (int[])[0, 20, (int)addresses[4], (int)addresses[9], 4096, whole.Length - 1])
        {
            File.WriteAllBytes(LastSegment, whole[..length]);
            Assert.Equal(LastSegment, Assert.Throws<CorruptionException>(Open).File);
        }
    }

    [Fact]
    public void Truncation_deletes_whole_segment_files()
    {
        List<long> addresses = Fill(5000, flushEach: false);
        int before = Directory.GetFiles(Place).Length;
        using IAppendLog log = Open();
        log.TruncateBefore(addresses[2500]);
        Assert.InRange(Directory.GetFiles(Place).Length, 1, before / 2 + 1);
        Assert.InRange(log.FirstAddress, addresses[1], addresses[2500]);
        Assert.False(log.TryRead(addresses[0], out _));
    }

    [Fact]
    public void A_failed_flush_throws_and_poisons_the_log()
    {
        bool fail = false;
        var options = new SegmentedLogOptions
        {
            FlushContent = _ =>
            {
                if (fail)
                    throw new IOException("no space left");
            },
        };
        using SegmentedLog log = SegmentedLog.Open(Place, options);
        log.Append([1]);
        log.Flush();
        fail = true;
        log.Append([2]);
        Assert.Throws<StorageFailedException>(log.Flush);
        fail = false;
        Assert.Throws<StorageFailedException>(log.Flush);
        Assert.Throws<StorageFailedException>(() => log.Append([3]));
        Assert.True(log.TryRead(40, out _));
    }

    [Fact]
    public void Unflushed_records_can_be_read()
    {
        using IAppendLog log = Open();
        log.Append("a"u8);
        log.Flush();
        long b = log.Append("b"u8);
        Assert.True(log.TryRead(b, out byte[] record));
        Assert.Equal("b"u8.ToArray(), record);
        Assert.Equal(2, log.Read(log.FirstAddress).Count());
        Assert.Single(log.Read(b));
    }

    [Fact]
    public void Reading_only_changes_nothing()
    {
        List<long> addresses = Fill(20, flushEach: true);
        byte[] before = File.ReadAllBytes(LastSegment);
        using (SegmentedLog log = SegmentedLog.Open(Place, new SegmentedLogOptions { ReadOnly = true }))
        {
            Assert.Equal(addresses, log.Read(log.FirstAddress).Select(record => record.Address));
            Assert.Throws<InvalidOperationException>(() => log.Append([1]));
            Assert.Throws<InvalidOperationException>(() => log.TruncateBefore(long.MaxValue));
        }

        Assert.Equal(before, File.ReadAllBytes(LastSegment));
    }
}
