using System.Runtime.CompilerServices;
using Dadbs.Storage.Tests.Pages;

namespace Dadbs.Storage.Faster.Tests;

public sealed class FasterPageStoreTests : PageStoreContract
{
    private static readonly FasterPageStoreOptions Small = new() { IndexBuckets = 1 << 10, LogMemorySizeBits = 24 };

    private int _crashes;

    private string Pages => Path.Combine(Place, $"pages{_crashes}");

    protected override IPageStore Open() => FasterPageStore.Open(Pages, Small);

    /// <summary>What is in the files at this moment is what the next process finds, before any tidy closing.</summary>
    protected override void Crash(IPageStore store)
    {
        string before = Pages;
        _crashes++;
        CopiedDirectory.Copy(before, Pages);
        store.Dispose();
    }

    [Fact]
    public void Damaged_bytes_on_disk_are_reported_and_never_served()
    {
        string manifests = Path.Combine(Place, "manifests");
        var key = new byte[] { 1, 2 };
        using (StateStore store = StateStore.Open(new StateStoreOptions(), Open(), manifests))
        {
            var overlay = new Overlay(store.Current);
            overlay.Put(new RelationId(1, 1), key, "dadbs was here"u8);
            store.Apply(overlay.ToChangeSet(), 0);
            store.Checkpoint();
        }

        string file = Assert.Single(Directory.GetFiles(Pages, "pages.log*"));
        byte[] bytes = File.ReadAllBytes(file);
        int place = bytes.AsSpan().IndexOf("dadbs was here"u8);
        Assert.True(place > 0);
        bytes[place] ^= 1;
        File.WriteAllBytes(file, bytes);
        CorruptionException e = Assert.Throws<CorruptionException>(() =>
        {
            using StateStore again = StateStore.Open(new StateStoreOptions(), Open(), manifests);
            again.Current.TryGet(new RelationId(1, 1), key, out _);
        });
        Assert.Equal(file, e.File);
    }

    /// <summary>FASTER's own files and its record headers have no checksums of their own.</summary>
    [Fact]
    public void A_flipped_bit_or_a_cut_in_any_file_is_reported_with_its_name_or_does_no_harm()
    {
        const int PageCount = 300;
        byte[] token;
        using (IPageStore store = Open())
        {
            for (long id = 1; id <= PageCount; id++)
                store.Write(new PageId(id), Page(id));
            store.Checkpoint();
            store.Write(new PageId(PageCount + 1), Page(PageCount + 1));
            token = store.Checkpoint();
        }

        var random = new Random(5);
        int reported = 0;
        string[] files = Directory.GetFiles(Pages, "*", SearchOption.AllDirectories);
        Assert.True(files.Length >= 4);
        foreach (string file in files)
        {
            byte[] good = File.ReadAllBytes(file);
            for (int damage = 0; damage < 12; damage++)
            {
                byte[] bytes = [.. good];
                if (damage % 4 == 3)
                    bytes = bytes[..random.Next(bytes.Length)];
                else
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(file, bytes);
                try
                {
                    using IPageStore damaged = Open();
                    damaged.Recover(token);
                    for (long id = 1; id <= PageCount + 1; id++)
                    {
                        Assert.Equal(PageReadOutcome.Found, damaged.Read(new PageId(id), mayWait: true, out byte[] page));
                        Assert.True(Page(id).AsSpan().SequenceEqual(page));
                    }
                }
                catch (CorruptionException e)
                {
                    Assert.Equal(file, e.File);
                    reported++;
                }
            }

            File.WriteAllBytes(file, good);
        }

        Assert.True(reported > files.Length * 6, $"{reported}");
    }

    [Fact]
    public void A_checkpoint_whose_flush_fails_is_none()
    {
        bool fails = false;
        using IPageStore store = FasterPageStore.Open(Pages, Small with { FlushContent = _ => { if (fails) throw new IOException("no space left on device"); } });
        store.Write(new PageId(1), [1, 2, 3]);
        store.Checkpoint();
        fails = true;
        store.Write(new PageId(2), [1, 2, 3]);
        Assert.Throws<StorageFailedException>(store.Checkpoint);
        Assert.Equal(PageReadOutcome.Found, store.Read(new PageId(1), mayWait: true, out _));
    }

    private static readonly FasterPageStoreOptions Compacting = new()
    {
        IndexBuckets = 1 << 12,
        LogPageSizeBits = 22,
        LogMemorySizeBits = 24,
        LogSegmentSizeBits = 22,
        CompactionSlackBytes = 4 << 20,
        CompactionStepBytes = 2 << 20,
        FreeDiskReserveBytes = 0,
    };

    private static readonly StateStoreOptions Collecting = new() { PageCacheBytes = 1 << 20, CollectInBackground = false };

    private StateStore OpenCollecting(string manifests) => StateStore.Open(Collecting, FasterPageStore.Open(Pages, Compacting), manifests);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UpdateAll(StateStore store, long height, int rows)
    {
        var overlay = new Overlay(store.Current);
        var value = new byte[100];
        for (int row = 0; row < rows; row++)
        {
            value.AsSpan().Fill((byte)(row + height));
            overlay.Put(new RelationId(5, 16384), [(byte)(row >> 16), (byte)(row >> 8), (byte)row], value);
        }

        store.Apply(overlay.ToChangeSet(), height);
    }

    // Not inlined: a temporary in the test's own frame would keep its era, and with it all later garbage.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AssertHolds(StateStore store, int rows)
    {
        Snapshot state = store.Current;
        int row = 0;
        using RangeCursor cursor = state.Scan(new RelationId(5, 16384), KeyRange.All);
        for (; cursor.MoveNext(); row++)
            Assert.True(!cursor.Value.Span.ContainsAnyExcept((byte)(row + state.Height)));
        Assert.Equal(rows, row);
    }

    private long BytesOnDisk => Directory.GetFiles(Pages, "pages.log*").Sum(file => new FileInfo(file).Length);

    [Fact]
    public void Updating_the_same_rows_many_times_keeps_the_files_bounded_through_restarts()
    {
        const int Rows = 15_000;
        string manifests = Path.Combine(Place, "manifests");
        StateStore store = OpenCollecting(manifests);
        long largest = 0;
        for (int height = 0; height < 60; height++)
        {
            UpdateAll(store, height, Rows);
            store.Checkpoint();
            GC.Collect();
            store.Collect();
            largest = Math.Max(largest, BytesOnDisk);
            if (height % 13 != 12)
                continue;
            AssertHolds(store, Rows);
            // As a kill would leave it: the files of this moment, opened by another process.
            string before = Pages;
            _crashes++;
            CopiedDirectory.Copy(before, Pages);
            store.Dispose();
            store = OpenCollecting(manifests);
            Assert.Equal(height, store.CheckpointHeight);
            AssertHolds(store, Rows);
        }

        AssertHolds(store, Rows);
        store.Dispose();
        // Two million bytes of rows, sixty times over.
        Assert.True(largest < 40_000_000, $"{largest} bytes");
    }

    [Theory]
    [InlineData(1 << 9, 23)]
    [InlineData(1 << 12, 25)]
    public void Another_size_of_index_and_write_buffer_recovers_what_the_first_wrote(long buckets, int memoryBits)
    {
        const int Count = 3000;
        byte[] token;
        using (IPageStore store = Open())
        {
            for (long id = 1; id <= Count; id++)
                store.Write(new PageId(id), Page(id));
            token = store.Checkpoint();
        }

        using IPageStore again = FasterPageStore.Open(Pages, Small with { IndexBuckets = buckets, LogMemorySizeBits = memoryBits });
        again.Recover(token);
        for (long id = 1; id <= Count; id++)
        {
            Assert.Equal(PageReadOutcome.Found, again.Read(new PageId(id), mayWait: true, out byte[] page));
            Assert.True(Page(id).AsSpan().SequenceEqual(page));
        }
    }

    [Fact]
    public void Compaction_of_what_is_all_alive_ends_although_more_deletions_were_counted_than_there_were_pages()
    {
        const int Count = 8000;
        byte[] page = new byte[4000];
        using FasterPageStore store = FasterPageStore.Open(Pages, Compacting);
        for (int id = 1; id <= Count; id++)
            store.Write(new PageId(id), page);
        for (int id = 1; id <= Count; id++)
            store.Delete(new PageId(Count + id));
        store.Checkpoint();

        int steps = 0;
        while (store.Compact())
            Assert.True(++steps < 100, "the log is copied round and round");

        Assert.InRange(steps, 1, 99);
        Assert.InRange(store.LiveBytes, Count * page.Length, store.LogBytes);
        for (int id = 1; id <= Count; id += 97)
            Assert.Equal(PageReadOutcome.Found, store.Read(new PageId(id), mayWait: true, out _));
    }

    [Fact]
    public void What_is_written_and_deleted_while_the_log_is_compacted_is_not_taken_for_alive()
    {
        const int Count = 8000;
        byte[] page = new byte[4000];
        using FasterPageStore store = FasterPageStore.Open(Pages, Compacting);
        for (int id = 1; id <= Count; id++)
            store.Write(new PageId(id), page);
        for (int id = 1; id <= Count; id++)
            store.Delete(new PageId(Count + id));
        store.Checkpoint();

        int next = 3 * Count;
        for (int step = 0; step < 100 && store.Compact(); step++)
        {
            int first = next;
            for (; next < first + 300; next++)
                store.Write(new PageId(next), page);
            for (int id = first; id < next; id++)
                store.Delete(new PageId(id));
        }

        Assert.True(next - 3 * Count > 3000, $"{next - 3 * Count}");
        Assert.InRange(store.LiveBytes, Count * page.Length * 9L / 10, Count * page.Length * 11L / 10);
    }

    [Fact]
    public async Task Reads_are_right_while_pages_are_deleted_and_moved()
    {
        const int Rows = 6000;
        using StateStore store = OpenCollecting(Path.Combine(Place, "manifests"));
        UpdateAll(store, 0, Rows);
        store.Checkpoint();
        using var stop = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            int rounds = 0;
            for (; !stop.IsCancellationRequested || rounds < 3; rounds++)
                AssertHolds(store, Rows);
        }))];
        for (int height = 1; height < 60; height++)
        {
            UpdateAll(store, height, Rows);
            store.Checkpoint();
            GC.Collect();
            store.Collect();
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.True(store.PagesCollected > 1000);
    }

    [Fact]
    public void Files_of_forgotten_checkpoints_are_deleted()
    {
        using IPageStore store = Open();
        var tokens = new List<byte[]>();
        for (int i = 0; i < 30; i++)
        {
            store.Write(new PageId(i + 1), [1, 2, 3]);
            tokens.Add(store.Checkpoint());
            store.Retain(tokens[Math.Max(0, i - 1)..]);
        }

        string checkpoints = Path.Combine(Pages, "checkpoints");
        Assert.InRange(Directory.GetDirectories(checkpoints, "*-*-*-*-*", SearchOption.AllDirectories).Length, 2, 5);
    }
}
