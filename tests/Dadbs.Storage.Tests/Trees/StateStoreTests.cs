namespace Dadbs.Storage.Tests.Trees;

public sealed class StateStoreTests
{
    private static StateStore OpenInMemory(long cacheBytes = 64 << 20) =>
        StateStore.Open(new StateStoreOptions { PageCacheBytes = cacheBytes }, new MemoryPageStore(), null);

    [Fact]
    public void An_empty_store_has_the_root_of_the_empty_directory()
    {
        using StateStore store = OpenInMemory();
        Assert.Equal(StateStore.EmptyHeight, store.Current.Height);
        Assert.Equal(0, store.Current.CountEntries(Bytes.Accounts));
        Assert.Equal(Hash256.Sha256([3, 0, 1, 0, 0, 0, 0, 0]), store.Current.Root);
    }

    [Theory]
    [InlineData(1, 200, 30, 0.3)]
    [InlineData(2, 4000, 60, 0.3)]
    [InlineData(3, 4000, 60, 0.7)]
    [InlineData(4, 60000, 200, 0.2)]
    [InlineData(5, 500, 3000, 0.5)]
    [InlineData(6, 100000, 8, 0.1)]
    public void Shows_what_a_sorted_dictionary_shows_after_any_batches(int seed, int keySpace, int valueBytesMax, double deletes)
    {
        var random = new Random(seed);
        var writes = new RandomWrites(random, keySpace, valueBytesMax);
        var model = new ModelState();
        using StateStore store = OpenInMemory(1 << 20);
        for (int height = 0; height < 40; height++)
        {
            var overlay = new Overlay(store.Current);
            double rate = height % 10 == 9 ? 0.97 : deletes;
            writes.Run(random.Next(1, 2000), overlay, model, rate);
            if (random.Next(12) == 0)
                writes.Drop(overlay, model);
            store.Apply(overlay.ToChangeSet(), height);
            TreeShape.Check(store.Current);
            if (random.Next(3) == 0)
                store.Checkpoint();
            if (height % 8 == 7)
                model.AssertSeenBy(store.Current, random);
        }
    }

    [Fact]
    public void Long_keys_keep_four_entries_a_page()
    {
        var random = new Random(9);
        var writes = new RandomWrites(random, 3000, 100, keyTailMax: Limits.KeyBytesMax - 3);
        var model = new ModelState();
        using StateStore store = OpenInMemory();
        for (int height = 0; height < 10; height++)
        {
            var overlay = new Overlay(store.Current);
            writes.Run(300, overlay, model, height % 4 == 3 ? 0.9 : 0.2);
            store.Apply(overlay.ToChangeSet(), height);
            TreeShape.Check(store.Current);
            model.AssertSeenBy(store.Current, random);
        }
    }

    [Fact]
    public void A_relation_emptied_entry_by_entry_leaves_the_root_of_one_that_never_was()
    {
        using StateStore store = OpenInMemory();
        store.Apply(Bytes.Puts(Bytes.Branches, (Bytes.Key(1), [1])), 0);
        Hash256 before = store.Current.Root;
        var fill = new Overlay(store.Current);
        for (int i = 0; i < 5000; i++)
            fill.Put(Bytes.Accounts, Bytes.Key(i), Bytes.Filler(20));
        store.Apply(fill.ToChangeSet(), 1);
        Assert.NotEqual(before, store.Current.Root);
        var empty = new Overlay(store.Current);
        for (int i = 0; i < 5000; i++)
            empty.Delete(Bytes.Accounts, Bytes.Key(i));
        store.Apply(empty.ToChangeSet(), 2);
        Assert.Equal(before, store.Current.Root);
        Assert.Equal([Bytes.Branches], store.Current.Relations);
    }

    [Fact]
    public void Ascending_keys_one_a_batch_leave_full_pages_behind()
    {
        using StateStore store = OpenInMemory();
        for (int i = 0; i < 2000; i++)
        {
            var overlay = new Overlay(store.Current);
            overlay.Put(Bytes.Accounts, Bytes.Key(i), Bytes.Filler(90));
            store.Apply(overlay.ToChangeSet(), i);
        }

        TreeShape shape = TreeShape.Check(store.Current);
        Assert.InRange(shape.Leaves, 2000 * 100 / Limits.PageBytesTarget, (2000 * 100 * 10 / Limits.PageBytesTarget / 9) + 2);
    }

    [Fact]
    public void Old_snapshots_stay_readable_through_later_blocks_and_checkpoints()
    {
        using StateStore store = OpenInMemory(1 << 16);
        var kept = new List<Snapshot>();
        for (int height = 0; height < 20; height++)
        {
            var overlay = new Overlay(store.Current);
            for (int i = 0; i < 300; i++)
                overlay.Put(Bytes.Accounts, Bytes.Key(i * 7), Bytes.Key(height));
            kept.Add(store.Apply(overlay.ToChangeSet(), height));
            if (height % 3 == 0)
                store.Checkpoint();
        }

        foreach (Snapshot snapshot in kept)
        {
            Assert.Equal(300, snapshot.CountEntries(Bytes.Accounts));
            Assert.True(snapshot.TryGet(Bytes.Accounts, Bytes.Key(7 * 299), out ReadOnlyMemory<byte> value));
            Assert.Equal(Bytes.Key((int)snapshot.Height), value.ToArray());
        }
    }

    [Fact]
    public async Task Readers_on_any_thread_see_one_state_while_the_writer_applies_and_takes_checkpoints()
    {
        using StateStore store = OpenInMemory(1 << 16);
        var first = new Overlay(store.Current);
        for (int i = 0; i < 2000; i++)
            first.Put(Bytes.Accounts, Bytes.Key(i), Bytes.Key(0));
        store.Apply(first.ToChangeSet(), 0);
        bool done = false;
        void Read()
        {
            while (!Volatile.Read(ref done))
            {
                Snapshot snapshot = store.Current;
                byte[] expected = Bytes.Key((int)snapshot.Height);
                int entries = 0;
                using RangeCursor cursor = snapshot.Scan(Bytes.Accounts, KeyRange.All, descending: snapshot.Height % 2 == 0);
                for (; cursor.MoveNext(); entries++)
                    Assert.Equal(expected, cursor.Value.ToArray());
                Assert.Equal(2000, entries);
                Assert.True(snapshot.TryGet(Bytes.Accounts, Bytes.Key(1234), out ReadOnlyMemory<byte> value));
                Assert.Equal(expected, value.ToArray());
            }
        }

        Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(Read))];
        for (int height = 1; height <= 120; height++)
        {
            var overlay = new Overlay(store.Current);
            for (int i = 0; i < 2000; i++)
                overlay.Put(Bytes.Accounts, Bytes.Key(i), Bytes.Key(height));
            store.Apply(overlay.ToChangeSet(), height);
            if (height % 2 == 0)
                store.Checkpoint();
        }

        Volatile.Write(ref done, true);
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task Checkpoints_may_run_beside_the_writer()
    {
        using var directory = new TemporaryDirectory();
        var pages = new MemoryPageStore();
        var options = new StateStoreOptions { PageCacheBytes = 1 << 16 };
        using StateStore alone = OpenInMemory();
        StateStore store = StateStore.Open(options, pages, directory.Path);
        var random = new Random(8);
        var writes = new RandomWrites(random, 8000, 50);
        var model = new ModelState();
        var roots = new List<Hash256>();
        bool done = false;
        Task checkpoints = Task.Run(() =>
        {
            while (!Volatile.Read(ref done))
                store.Checkpoint();
        });
        for (int height = 0; height < 150; height++)
        {
            var overlay = new Overlay(alone.Current);
            writes.Run(200, overlay, model, 0.4);
            ChangeSet changes = overlay.ToChangeSet();
            roots.Add(alone.Apply(changes, height).Root);
            Assert.Equal(roots[height], store.Apply(changes, height).Root);
        }

        Volatile.Write(ref done, true);
        await checkpoints;
        foreach (long height in store.CheckpointHeights)
            TreeShape.Check(store.OpenCheckpoint(height));
        store.Checkpoint();
        Assert.Equal(0, store.ChangedBytesSinceCheckpoint);
        model.AssertSeenBy(store.Current, random);
        using StateStore again = StateStore.Open(options, pages.Reopen(), directory.Path);
        Assert.Equal((149, roots[149]), (again.Current.Height, again.Current.Root));
        model.AssertSeenBy(again.Current, random);
    }

    [Fact]
    public void What_is_staged_is_seen_by_nobody_and_can_be_dropped()
    {
        using StateStore store = OpenInMemory(1 << 16);
        using StateStore plain = OpenInMemory(1 << 16);
        var random = new Random(11);
        var writes = new RandomWrites(random, 4000, 50);
        var model = new ModelState();
        for (int height = 0; height < 60; height++)
        {
            Snapshot before = store.Current;
            var other = new Overlay(before);
            var otherModel = new ModelState(model);
            writes.Run(50, other, otherModel, 0.4);
            Snapshot dropped = store.Stage(other.ToChangeSet(), height);
            dropped.Seal();
            Assert.Same(before, store.Current);
            if (height % 7 == 3)
                store.Checkpoint();
            var overlay = new Overlay(before);
            writes.Run(100, overlay, model, 0.4);
            ChangeSet changes = overlay.ToChangeSet();
            Snapshot staged = store.Stage(changes, height);
            staged.Seal();
            store.Publish(staged);
            Assert.Same(staged, store.Current);
            Assert.Equal(plain.Apply(changes, height).Root, staged.Root);
            otherModel.AssertSeenBy(dropped, random);
        }

        model.AssertSeenBy(store.Current, random);
        Snapshot late = store.Stage(ChangeSet.Empty, 61);
        store.Apply(ChangeSet.Empty, 61);
        Assert.ThrowsAny<Exception>(() => store.Publish(late));
    }

    [Fact]
    public void Updates_of_the_same_length_give_the_root_of_a_tree_that_was_filled_with_the_new_values()
    {
        using StateStore updated = OpenInMemory();
        using StateStore filled = OpenInMemory();
        var old = new Overlay(updated.Current);
        var final = new Overlay(filled.Current);
        var changes = new Overlay(EmptyView.Instance);
        for (int i = 0; i < 3000; i++)
        {
            old.Put(Bytes.Accounts, Bytes.Key(i), Bytes.Filler(i % 90, 1));
            final.Put(Bytes.Accounts, Bytes.Key(i), Bytes.Filler(i % 90, i % 7 == 0 ? (byte)2 : (byte)1));
            if (i % 7 == 0)
                changes.Put(Bytes.Accounts, Bytes.Key(i), Bytes.Filler(i % 90, 2));
        }

        updated.Apply(old.ToChangeSet(), 0);
        updated.Checkpoint();
        updated.Apply(changes.ToChangeSet(), 1);
        filled.Apply(final.ToChangeSet(), 0);
        Assert.Equal(filled.Current.Root, updated.Current.Root);
    }

    [Fact]
    public void Counts_the_bytes_of_a_relation()
    {
        using StateStore store = OpenInMemory();
        var overlay = new Overlay(store.Current);
        for (int i = 0; i < 3000; i++)
            overlay.Put(Bytes.Accounts, Bytes.Key(i), Bytes.Filler(i % 50));
        store.Apply(overlay.ToChangeSet(), 0);
        Assert.Equal(3000 * 4 + 3000L / 50 * (49 * 50 / 2), store.Current.CountBytes(Bytes.Accounts));
    }

    [Fact]
    public void Refuses_a_height_that_is_not_above_the_current_one()
    {
        using StateStore store = OpenInMemory();
        store.Apply(ChangeSet.Empty, 3);
        Assert.Throws<InvariantException>(() => store.Apply(ChangeSet.Empty, 3));
    }

    [Fact]
    public void Refuses_keys_and_values_over_their_limits()
    {
        var overlay = new Overlay(EmptyView.Instance);
        overlay.Put(Bytes.Accounts, Bytes.Filler(Limits.KeyBytesMax), Bytes.Filler(Limits.ValueBytesMax));
        Assert.Throws<KeyTooLongException>(() => overlay.Put(Bytes.Accounts, Bytes.Filler(Limits.KeyBytesMax + 1), []));
        Assert.Throws<ValueTooLongException>(() => overlay.Put(Bytes.Accounts, [1], Bytes.Filler(Limits.ValueBytesMax + 1)));
    }

    [Fact]
    public void Point_reads_in_memory_allocate_nothing()
    {
        using StateStore store = OpenInMemory();
        var overlay = new Overlay(store.Current);
        for (int i = 0; i < 20000; i++)
            overlay.Put(Bytes.Accounts, Bytes.Key(i), Bytes.Filler(60));
        store.Apply(overlay.ToChangeSet(), 0);
        store.Checkpoint();
        Snapshot snapshot = store.Current;
        byte[][] keys = [.. Enumerable.Range(0, 500).Select(i => Bytes.Key(i * 37))];
        foreach (byte[] key in keys)
            Assert.True(snapshot.TryGet(Bytes.Accounts, key, out _));
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (byte[] key in keys)
            snapshot.TryGet(Bytes.Accounts, key, out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
