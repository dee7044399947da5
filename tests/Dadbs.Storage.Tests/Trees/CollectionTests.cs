using System.Runtime.CompilerServices;
using Dadbs.Storage.Tests.Pages;

namespace Dadbs.Storage.Tests.Trees;

/// <summary>Superseded pages go when no checkpoint and no reader needs them, and never before.</summary>
public sealed class CollectionTests : IDisposable
{
    private static readonly StateStoreOptions Options = new() { PageCacheBytes = 30_000, CollectInBackground = false };

    private readonly TemporaryDirectory _directory = new();
    private FaultInjectingPageStore _pages = new(new MemoryPageStore());

    public void Dispose() => _directory.Dispose();

    private StateStore Open(StateStoreOptions? options = null) => StateStore.Open(options ?? Options, _pages, _directory.Path);

    // Not inlined: a local that the test's own frame keeps would keep its era.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Advance(StateStore store, ModelState model, RandomWrites writes, long height, double deletes = 0.2)
    {
        var overlay = new Overlay(store.Current);
        writes.Run(400, overlay, model, deletes);
        if (height % 11 == 10)
            writes.Drop(overlay, model);
        store.Apply(overlay.ToChangeSet(), height);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AssertSeen(StateStore store, ModelState model, Random random) => model.AssertSeenBy(store.Current, random);

    /// <summary>Ids in the page store that no kept checkpoint reaches.</summary>
    private long[] Unreachable(StateStore store)
    {
        var reachable = new HashSet<long>();
        foreach (long height in store.CheckpointHeights)
            TreeShape.Walk(store.OpenCheckpoint(height), page => reachable.Add(page.Id.Value));
        return [.. _pages.Ids.Where(id => !reachable.Contains(id))];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_store_holds_what_kept_checkpoints_need_and_little_more(int seed)
    {
        using StateStore store = Open(Options with { DirtyBytesMax = seed == 3 ? 40_000 : long.MaxValue });
        var random = new Random(seed);
        var writes = new RandomWrites(random, 6000, 60);
        var model = new ModelState();
        for (int height = 0; height < 60; height++)
        {
            Advance(store, model, writes, height);
            if (random.Next(2) == 0)
                continue;
            store.Checkpoint();
            Collect(store);
        }

        model.AssertSeenBy(store.Current, random);
        Assert.True(store.PagesCollected > 500, $"{store.PagesCollected}");
        // One checkpoint's worth waits for the next, since its state is still the newest one's past.
        Assert.InRange(Unreachable(store).Length, 0, store.PagesWrittenByCheckpoint * 4);
    }

    private static void Collect(StateStore store)
    {
        GC.Collect();
        store.Collect();
    }

    [Fact]
    public void An_old_snapshot_and_its_cursor_read_on_while_pages_are_collected()
    {
        using StateStore store = Open();
        var writes = new RandomWrites(new Random(7), 5000, 60);
        var model = new ModelState();
        for (int height = 0; height < 5; height++)
            Advance(store, model, writes, height, deletes: 0);
        store.Checkpoint();
        Advance(store, model, writes, 5, deletes: 0);
        var then = new ModelState(model);
        Snapshot old = store.Current;
        RelationId relation = old.Relations.First();
        RangeCursor cursor = old.Scan(relation, KeyRange.All);
        Assert.True(cursor.MoveNext());
        for (int height = 6; height < 40; height++)
        {
            Advance(store, model, writes, height);
            store.Checkpoint();
            Collect(store);
        }

        then.AssertSeenBy(old, new Random(1));
        int entries = 1;
        while (cursor.MoveNext())
            entries++;
        Assert.Equal(then.Of(relation).Count, entries);
        model.AssertSeenBy(store.Current, new Random(1));
        GC.KeepAlive(old);
    }

    [Fact]
    public void A_restart_at_any_checkpoint_forgets_no_garbage_and_loses_no_page()
    {
        var random = new Random(9);
        var writes = new RandomWrites(random, 5000, 60);
        var model = new ModelState();
        StateStore store = Open();
        for (int height = 0; height < 44; height++)
        {
            Advance(store, model, writes, height);
            store.Checkpoint();
            Collect(store);
            if (random.Next(3) != 0)
                continue;
            _pages = _pages.Reopen();
            store = Open();
            AssertSeen(store, model, random);
        }

        for (int height = 44; height < 50; height++)
        {
            Advance(store, model, writes, height);
            store.Checkpoint();
            Collect(store);
        }

        Assert.InRange(Unreachable(store).Length, 0, store.PagesWrittenByCheckpoint * 4);
        store.Dispose();
    }

    [Fact]
    public void Pages_written_ahead_of_a_checkpoint_keep_memory_bounded_and_change_no_root()
    {
        using StateStore bounded = Open(Options with { DirtyBytesMax = 20_000 });
        using StateStore free = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
        var model = new ModelState();
        var writes = new RandomWrites(new Random(3), 20_000, 80);
        for (int height = 0; height < 50; height++)
        {
            var overlay = new Overlay(free.Current);
            writes.Run(300, overlay, model, 0.1);
            ChangeSet changes = overlay.ToChangeSet();
            Assert.Equal(free.Apply(changes, height).Root, bounded.Apply(changes, height).Root);
            if (height % 20 == 19)
                bounded.Checkpoint();
        }

        Assert.True(_pages.WrittenIds.Count > 1000);
        model.AssertSeenBy(bounded.Current, new Random(2));
    }
}
