namespace Dadbs.Storage.Tests.Views;

public sealed class OverlayTests
{
    private static readonly RelationId R = Bytes.Accounts;

    private static Snapshot Base(params string[] keys)
    {
        StateStore store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
        return store.Apply(Bytes.Puts(R, [.. keys.Select(key => (Bytes.Of(key), Bytes.Of("old")))]), 0);
    }

    private static string Keys(IReadView view, bool descending = false) =>
        string.Join(' ', Bytes.Text(view.Scan(R, KeyRange.All, descending)).Select(entry => entry.Key));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Shows_what_a_sorted_dictionary_shows_through_savepoints_nesting_and_merging(int seed)
    {
        var random = new Random(seed);
        var writes = new RandomWrites(random, 1500, 40);
        var model = new ModelState();
        using StateStore store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
        for (int height = 0; height < 6; height++)
        {
            var block = new Overlay(store.Current);
            for (int t = 0; t < 6; t++)
                RunTransaction(random, writes, block, ref model);
            model.AssertSeenBy(block, random);
            ChangeSet changes = block.ToChangeSet();
            store.Apply(ChangeSet.Decode(changes.Encode()), height);
            model.AssertSeenBy(store.Current, random);
        }
    }

    private static void RunTransaction(Random random, RandomWrites writes, Overlay block, ref ModelState model)
    {
        Overlay transaction = block.TakeChild();
        var before = new ModelState(model);
        var marks = new Stack<(int Mark, ModelState Model, long Bytes)>();
        for (int s = 0; s < 8; s++)
        {
            marks.Push((transaction.Mark(), new ModelState(model), transaction.Bytes));
            writes.Run(random.Next(150), transaction, model, 0.4);
            if (random.Next(6) == 0)
                writes.Drop(transaction, model);
            if (random.Next(3) != 0)
                continue;
            for (int back = random.Next(marks.Count); back > 0; back--)
                marks.Pop();
            (int mark, ModelState kept, long bytes) = marks.Peek();
            transaction.RollbackTo(mark);
            Assert.Equal(bytes, transaction.Bytes);
            model = new ModelState(kept);
        }

        model.AssertSeenBy(transaction, random);
        if (random.Next(4) == 0)
            model = before;
        else
            transaction.MergeInto(block);
        block.ReturnChild(transaction);
    }

    [Fact]
    public void A_child_that_was_given_back_is_taken_again_and_knows_nothing()
    {
        var block = new Overlay(Base("a"));
        Overlay child = block.TakeChild();
        int mark = child.Mark();
        for (uint file = 1; file < 9; file++)
            child.Put(new RelationId(7, file), Bytes.Of("x"), Bytes.Of("y"));
        child.DropRelation(R);
        child.Put(R, Bytes.Of("b"), Bytes.Of("new"));
        child.RollbackTo(mark);
        child.DropRelation(R);
        child.Put(R, Bytes.Of("c"), Bytes.Of("new"));
        Assert.NotSame(child, block.TakeChild());
        block.ReturnChild(child);

        Assert.Same(child, block.TakeChild());
        Assert.True(child.IsEmpty);
        Assert.Equal(0, child.Bytes);
        Assert.Equal(0, child.HeldBytes);
        Assert.False(child.HasWritten(R));
        Assert.False(child.HasWritten(new RelationId(7, 1)));
        Assert.Equal("a", Keys(child));
        child.Put(new RelationId(7, 3), Bytes.Of("z"), Bytes.Of("new"));
        child.Put(R, Bytes.Of("d"), Bytes.Of("new"));
        Assert.Equal("a d", Keys(child));
        Assert.Equal(2, child.ToChangeSet().Relations.Count);
    }

    [Theory]
    [InlineData("key 030", "")]
    [InlineData("key 100", "+")]
    [InlineData("key 250", "old")]
    public void A_long_run_of_writes_is_compared_with_what_is_beneath_it(string beneath, string suffix)
    {
        // Beneath is one of the keys written, a key between two of them, or one behind them all: it must be found where it matters and nowhere else.
        string key = beneath + suffix;
        var block = new Overlay(Base(key));
        for (int i = 0; i < 200; i++) block.Put(R, Bytes.Of($"key {i:000}"), Bytes.Of("old"));
        for (int i = 0; i < 200; i += 2) block.Delete(R, Bytes.Of($"key {i:000}"));
        RelationChanges changes = Assert.Single(block.ToChangeSet().Relations);
        int removed = key == "key 030" ? 1 : 0;
        Assert.Equal(100, changes.Changes.Count(change => !change.IsDelete));
        Assert.Equal(removed, changes.Changes.Count(change => change.IsDelete));
    }

    [Fact]
    public void What_was_merged_belongs_to_the_target()
    {
        var block = new Overlay(Base("a"));
        var transaction = new Overlay(block);
        transaction.Put(R, Bytes.Of("b"), Bytes.Of("new"));
        transaction.MergeInto(block);
        transaction.Put(R, Bytes.Of("c"), Bytes.Of("new"));
        transaction.Delete(R, Bytes.Of("b"));
        Assert.Equal("a b", Keys(block));
        Assert.Equal(4, block.Bytes);
        Assert.Equal("a c", Keys(transaction));
        block.Put(R, Bytes.Of("d"), Bytes.Of("new"));
        Assert.Equal("a c d", Keys(transaction));
    }

    [Fact]
    public void A_put_of_the_same_bytes_is_no_change()
    {
        var overlay = new Overlay(Base("a", "b"));
        overlay.Put(R, Bytes.Of("a"), Bytes.Of("old"));
        overlay.Delete(R, Bytes.Of("nothing"));
        Assert.False(overlay.IsEmpty);
        Assert.True(overlay.ToChangeSet().IsEmpty);
        overlay.Put(R, Bytes.Of("a"), Bytes.Of("new"));
        overlay.Put(R, Bytes.Of("c"), Bytes.Of("new"));
        overlay.Delete(R, Bytes.Of("c"));
        Change change = Assert.Single(Assert.Single(overlay.ToChangeSet().Relations).Changes);
        Assert.Equal("a"u8.ToArray(), change.Key.ToArray());
    }

    [Fact]
    public void A_drop_hides_everything_beneath_and_what_is_put_after_it_stays()
    {
        var overlay = new Overlay(Base("a", "b"));
        overlay.Put(R, Bytes.Of("c"), []);
        overlay.DropRelation(R);
        Assert.Equal("", Keys(overlay));
        Assert.Equal(0, overlay.CountEntries(R));
        Assert.True(overlay.HasWritten(R, Bytes.Of("a")));
        overlay.Put(R, Bytes.Of("b"), Bytes.Of("old"));
        RelationChanges changes = Assert.Single(overlay.ToChangeSet().Relations);
        Assert.True(changes.Dropped);
        Assert.Equal("b", Keys(overlay));
        Assert.Single(changes.Changes);
    }

    [Fact]
    public void Dropping_what_is_empty_is_no_change()
    {
        var overlay = new Overlay(Base("a"));
        overlay.DropRelation(Bytes.Branches);
        Assert.True(overlay.ToChangeSet().IsEmpty);
        Assert.False(overlay.HasWritten(R, Bytes.Of("a")));
    }

    [Theory]
    [InlineData(false, "a b d e g")]
    [InlineData(true, "g e c b a")]
    public void A_scan_goes_on_in_order_while_the_overlay_is_written(bool descending, string expected)
    {
        var overlay = new Overlay(Base("a", "c", "e", "g"));
        overlay.Put(R, Bytes.Of("b"), []);
        using RangeCursor cursor = overlay.Scan(R, KeyRange.All, descending);
        var seen = new List<string>();
        while (cursor.MoveNext())
        {
            string key = System.Text.Encoding.UTF8.GetString(cursor.Key.Span);
            seen.Add(key);
            if (key == "b")
            {
                // Ahead of an ascending scan, behind a descending one.
                overlay.Delete(R, Bytes.Of("c"));
                overlay.Put(R, Bytes.Of("d"), []);
            }
        }

        Assert.Equal(expected, string.Join(' ', seen));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_scan_survives_a_drop_and_its_rollback(bool descending)
    {
        var overlay = new Overlay(Base("a", "b", "c", "d"));
        using RangeCursor cursor = overlay.Scan(R, KeyRange.All, descending);
        Assert.True(cursor.MoveNext());
        int mark = overlay.Mark();
        overlay.DropRelation(R);
        string middle = descending ? "bb" : "cc";
        overlay.Put(R, Bytes.Of(middle), []);
        Assert.True(cursor.MoveNext());
        Assert.Equal(Bytes.Of(middle), cursor.Key.ToArray());
        overlay.RollbackTo(mark);
        Assert.True(cursor.MoveNext());
        Assert.Equal(Bytes.Of(descending ? "b" : "d"), cursor.Key.ToArray());
    }

    [Fact]
    public void Ascending_writes_during_a_long_scan_never_repeat_or_skip()
    {
        var overlay = new Overlay(EmptyView.Instance);
        for (int i = 0; i < 1000; i += 2)
            overlay.Put(R, Bytes.Key(i), []);
        int expected = 0;
        using RangeCursor cursor = overlay.Scan(R, KeyRange.All);
        while (cursor.MoveNext())
        {
            Assert.Equal(Bytes.Key(expected), cursor.Key.ToArray());
            if (expected % 2 == 0)
                overlay.Put(R, Bytes.Key(expected + 1), []);
            expected++;
        }

        Assert.Equal(1000, expected);
    }

    [Fact]
    public void One_upsert_costs_few_allocations()
    {
        Snapshot snapshot = Base("a");
        byte[] key = Bytes.Of("a");
        byte[] value = Bytes.Of("new");
        Measure(snapshot, key, value);
        long bytes = Measure(snapshot, key, value);
        Assert.InRange(bytes, 1, 900);
    }

    private static long Measure(Snapshot snapshot, byte[] key, byte[] value)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var overlay = new Overlay(snapshot);
        overlay.Put(R, key, value);
        overlay.ToChangeSet();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
