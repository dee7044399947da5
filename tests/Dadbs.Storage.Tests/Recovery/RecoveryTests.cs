using Dadbs.Storage.Recovery;
using Dadbs.Storage.Tests.Pages;

namespace Dadbs.Storage.Tests.Recovery;

public sealed class RecoveryTests : IDisposable
{
    private static readonly StateStoreOptions SmallCache = new() { PageCacheBytes = 20_000 };

    private readonly TemporaryDirectory _directory = new();
    private FaultInjectingPageStore _pages = new(new MemoryPageStore());

    public void Dispose() => _directory.Dispose();

    private StateStore Open() => StateStore.Open(SmallCache, _pages, _directory.Path);

    private StateStore Restart()
    {
        _pages = _pages.Reopen();
        return Open();
    }

    private static void Advance(StateStore store, long height, int entries = 500)
    {
        var overlay = new Overlay(store.Current);
        for (int i = 0; i < entries; i++)
            overlay.Put(Bytes.Accounts, Bytes.Key(i * 31 % 4000), Bytes.Filler(50, (byte)height));
        store.Apply(overlay.ToChangeSet(), height);
    }

    private static int ReadAll(Snapshot snapshot)
    {
        int entries = 0;
        using RangeCursor cursor = snapshot.Scan(Bytes.Accounts, KeyRange.All);
        while (cursor.MoveNext())
            entries++;
        return entries;
    }

    private string[] Manifests => [.. Directory.GetFiles(_directory.Path, "manifest-*").Order(StringComparer.Ordinal)];

    [Fact]
    public void Comes_back_at_the_newest_checkpoint()
    {
        StateStore store = Open();
        Advance(store, 0);
        store.Checkpoint();
        Advance(store, 1);
        store.Checkpoint();
        Hash256 root = store.Current.Root;
        Advance(store, 2);
        using StateStore again = Restart();
        Assert.Equal((1, 1, root), (again.Current.Height, again.CheckpointHeight, again.Current.Root));
        Assert.Equal(500, ReadAll(again.Current));
        Assert.Equal([1L, 0L], again.CheckpointHeights);
    }

    [Fact]
    public void A_store_that_never_had_a_checkpoint_is_empty()
    {
        StateStore store = Open();
        Advance(store, 0);
        using StateStore again = Restart();
        Assert.Equal(StateStore.EmptyHeight, again.Current.Height);
    }

    [Fact]
    public void Steps_back_to_the_older_checkpoint_when_the_newest_manifest_is_damaged()
    {
        StateStore store = Open();
        Advance(store, 0);
        store.Checkpoint();
        Hash256 root = store.Current.Root;
        Advance(store, 1);
        store.Checkpoint();
        byte[] bytes = File.ReadAllBytes(Manifests[1]);
        bytes[30] ^= 1;
        File.WriteAllBytes(Manifests[1], bytes);
        using StateStore again = Restart();
        Assert.Equal((0, root), (again.Current.Height, again.Current.Root));
        Assert.Equal(Manifests[1], Assert.Single(again.DamagedManifests));
    }

    [Fact]
    public void Steps_back_when_the_page_store_lost_the_newest_checkpoint_or_its_root()
    {
        StateStore store = Open();
        Advance(store, 0);
        store.Checkpoint();
        Hash256 root = store.Current.Root;
        Advance(store, 1);
        store.Checkpoint();
        long newestTop = _pages.WrittenIds[^1];
        byte[] token = Manifest.Decode(File.ReadAllBytes(Manifests[1]))!.StoreToken;
        FaultInjectingPageStore lostRoot = _pages.Reopen();
        lostRoot.LostPages.Add(newestTop);
        using (StateStore again = StateStore.Open(SmallCache, lostRoot, _directory.Path))
            Assert.Equal((0, root), (again.Current.Height, again.Current.Root));
        _pages.LostTokens.Add(Convert.ToHexString(token));
        using StateStore third = Restart();
        Assert.Equal(0, third.Current.Height);
    }

    /// <summary>Else it would be tried again at each start, or count as one of the two that are kept, with pages that the store has let go of.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_checkpoint_that_was_stepped_over_is_forgotten_with_the_next_one(bool isManifestDamaged)
    {
        StateStore store = Open();
        Advance(store, 0);
        store.Checkpoint();
        Advance(store, 5);
        store.Checkpoint();
        byte[] bytes = File.ReadAllBytes(Manifests[1]);
        _pages.LostTokens.Add(Convert.ToHexString(Manifest.Decode(bytes)!.StoreToken));
        bytes[30] ^= 1;
        if (isManifestDamaged) File.WriteAllBytes(Manifests[1], bytes);
        StateStore second = Restart();
        Assert.Equal(0, second.Current.Height);
        Assert.Equal(2, Manifests.Length);
        Advance(second, 3);
        second.Checkpoint();
        using StateStore third = Restart();
        Assert.Empty(third.DamageSteppedOver);
        Assert.Equal([3L, 0L], third.CheckpointHeights);
        Assert.Equal(2, Manifests.Length);
    }

    [Fact]
    public void A_checkpoint_at_the_height_of_the_one_that_was_stepped_over_takes_its_place()
    {
        StateStore store = Open();
        Advance(store, 0);
        store.Checkpoint();
        Advance(store, 1);
        store.Checkpoint();
        File.WriteAllBytes(Manifests[1], [1, 2, 3]);
        StateStore second = Restart();
        Advance(second, 1);
        second.Checkpoint();
        using StateStore third = Restart();
        Assert.Empty(third.DamageSteppedOver);
        Assert.Equal([1L, 0L], third.CheckpointHeights);
    }

    [Fact]
    public void Page_ids_are_not_used_again_after_a_step_back()
    {
        StateStore store = Open();
        Advance(store, 0);
        store.Checkpoint();
        Advance(store, 1);
        store.Checkpoint();
        long highest = _pages.WrittenIds.Max();
        _pages.LostTokens.Add(Convert.ToHexString(Manifest.Decode(File.ReadAllBytes(Manifests[1]))!.StoreToken));
        using StateStore again = Restart();
        Advance(again, 1);
        again.Checkpoint();
        Assert.True(_pages.WrittenIds.Min() > highest);
    }

    [Fact]
    public void Says_so_when_no_checkpoint_can_be_recovered()
    {
        StateStore store = Open();
        Advance(store, 0);
        store.Checkpoint();
        File.WriteAllBytes(Manifests[0], [1, 2, 3]);
        CorruptionException e = Assert.Throws<CorruptionException>(Restart);
        Assert.Equal(Manifests[0], e.File);
    }

    [Fact]
    public void An_unfinished_manifest_file_is_not_seen()
    {
        StateStore store = Open();
        Advance(store, 0);
        store.Checkpoint();
        File.Copy(Manifests[0], Path.Combine(_directory.Path, "manifest-0000000000000009.tmp"));
        using StateStore again = Restart();
        Assert.Equal(0, again.Current.Height);
        Assert.Empty(again.DamagedManifests);
    }

    [Fact]
    public void Keeps_as_many_checkpoints_as_asked()
    {
        StateStore store = Open();
        for (int height = 0; height < 6; height++)
        {
            Advance(store, height);
            store.Checkpoint();
            store.Checkpoint();
        }

        // A third and more wait until their pages are deleted durably.
        Assert.True(Manifests.Length >= 2);
        Assert.Equal([5L, 4L], store.CheckpointHeights);
        Assert.Equal(500, ReadAll(store.OpenCheckpoint(4)));
        store.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(-1)]
    [InlineData(-5)]
    public void A_damaged_page_is_reported_and_never_served(int flippedByte)
    {
        StateStore store = Open();
        Advance(store, 0, entries: 3000);
        store.Checkpoint();
        long[] ids = [.. _pages.WrittenIds];
        int reported = 0;
        foreach (long id in ids)
        {
            FaultInjectingPageStore damaged = _pages.Reopen();
            damaged.FlippedByte[id] = flippedByte;
            CorruptionException e = Assert.Throws<CorruptionException>(() =>
            {
                using StateStore again = StateStore.Open(SmallCache, damaged, _directory.Path);
                ReadAll(again.Current);
            });
            Assert.Equal((id, "faulty"), (e.Position, e.File));
            reported++;
        }

        Assert.True(reported > 30);
    }

    [Fact]
    public void A_lost_page_is_reported()
    {
        StateStore store = Open();
        Advance(store, 0);
        store.Checkpoint();
        long id = _pages.WrittenIds[3];
        _pages = _pages.Reopen();
        _pages.LostPages.Add(id);
        using StateStore again = Open();
        Assert.Equal(id, Assert.Throws<CorruptionException>(() => ReadAll(again.Current)).Position);
    }

    [Fact]
    public void A_checkpoint_that_fails_leaves_the_older_one_and_the_state_in_memory()
    {
        StateStore store = Open();
        Advance(store, 0);
        store.Checkpoint();
        Advance(store, 1, entries: 900);
        Hash256 root = store.Current.Root;
        _pages.WritesUntilFull = 3;
        Assert.Throws<StorageFailedException>(store.Checkpoint);
        Assert.Equal(0, store.CheckpointHeight);
        Assert.Equal(900, ReadAll(store.Current));
        _pages.WritesUntilFull = int.MaxValue;
        _pages.FailCheckpoint = true;
        Assert.Throws<StorageFailedException>(store.Checkpoint);
        Assert.Single(Manifests);
        _pages.FailCheckpoint = false;
        store.Checkpoint();
        using StateStore again = Restart();
        Assert.Equal((1, root), (again.Current.Height, again.Current.Root));
        Assert.Equal(900, ReadAll(again.Current));
    }

    [Fact]
    public void Pages_superseded_between_checkpoints_are_never_written()
    {
        using StateStore store = Open();
        Advance(store, 0);
        store.Checkpoint();
        int once = store.PagesWrittenByCheckpoint;
        for (int height = 1; height < 50; height++)
            Advance(store, height);
        store.Checkpoint();
        Assert.Equal(once, store.PagesWrittenByCheckpoint);
    }

    [Fact]
    public void Manifests_have_the_documented_bytes()
    {
        var manifest = new Manifest(7, new PageId(42), Hash256.Sha256("dadbs"u8), 43, [0xAA, 0xBB]);
        byte[] bytes = manifest.Encode();
        Assert.Equal(
            "44414442534D414E" + "01000000" + "0700000000000000" + "2A00000000000000" + Hash256.Sha256("dadbs"u8).ToHex().ToUpperInvariant()
            + "2B00000000000000" + "0200" + "AABB" + Convert.ToHexString(BitConverter.GetBytes(Crc32C.Of(bytes.AsSpan(0, bytes.Length - 4)))),
            Convert.ToHexString(bytes));
        Manifest decoded = Manifest.Decode(bytes)!;
        Assert.Equal((7, 42, 43), (decoded.Height, decoded.TopRoot.Value, decoded.NextPageId));
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] damaged = [.. bytes];
            damaged[i] ^= 1;
            Assert.Null(Manifest.Decode(damaged));
            Assert.Null(Manifest.Decode(bytes.AsSpan(0, i)));
        }
    }
}
