namespace Dadbs.Storage.Tests.Pages;

/// <summary>What every page store does. Shared by the projects that have one.</summary>
public abstract class PageStoreContract : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    protected string Place => _directory.Path;

    /// <summary>Opens the store of this test, or opens it again after <see cref="Crash"/>, before recovery.</summary>
    protected abstract IPageStore Open();

    /// <summary>Ends the process, as far as the store can see.</summary>
    protected abstract void Crash(IPageStore store);

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static byte[] Page(long id, int length = 4000)
    {
        var bytes = new byte[length];
        new Random((int)id).NextBytes(bytes);
        return bytes;
    }

    private static void AssertHas(IPageStore store, long id, byte[] expected)
    {
        Assert.Equal(PageReadOutcome.Found, store.Read(new PageId(id), mayWait: true, out byte[] bytes));
        Assert.True(expected.AsSpan().SequenceEqual(bytes));
    }

    private static void AssertMissing(IPageStore store, long id) =>
        Assert.Equal(PageReadOutcome.Missing, store.Read(new PageId(id), mayWait: true, out _));

    private IPageStore Reopen(IPageStore store, byte[] token)
    {
        Crash(store);
        IPageStore again = Open();
        again.Recover(token);
        return again;
    }

    [Fact]
    public void Gives_back_what_was_written_in_an_array_of_the_callers()
    {
        using IPageStore store = Open();
        AssertMissing(store, 1);
        store.Write(new PageId(1), Page(1));
        store.Read(new PageId(1), mayWait: true, out byte[] mine);
        mine[0] ^= 1;
        AssertHas(store, 1, Page(1));
        AssertMissing(store, 2);
    }

    [Fact]
    public void Takes_pages_of_any_size_up_to_seven_of_the_longest_values()
    {
        IPageStore store = Open();
        int[] sizes = [0, 1, 100, 4096, 5000, 70_000, 1_000_000, 7 * (Limits.ValueBytesMax + Limits.KeyBytesMax + 100)];
        for (int i = 0; i < sizes.Length; i++)
            store.Write(new PageId(i + 1), Page(i, sizes[i]));
        using IPageStore again = Reopen(store, store.Checkpoint());
        for (int i = 0; i < sizes.Length; i++)
            AssertHas(again, i + 1, Page(i, sizes[i]));
    }

    [Fact]
    public void A_page_can_be_healed_under_its_own_id()
    {
        using IPageStore store = Open();
        store.Write(new PageId(7), Page(1));
        store.Write(new PageId(7), Page(2));
        AssertHas(store, 7, Page(2));
    }

    [Fact]
    public void Recovers_what_the_checkpoint_held_and_nothing_later()
    {
        IPageStore store = Open();
        for (long id = 1; id <= 3000; id++)
            store.Write(new PageId(id), Page(id, 3000));
        byte[] token = store.Checkpoint();
        for (long id = 3001; id <= 4000; id++)
            store.Write(new PageId(id), Page(id, 3000));
        using IPageStore again = Reopen(store, token);
        for (long id = 1; id <= 3000; id += 17)
            AssertHas(again, id, Page(id, 3000));
        for (long id = 3001; id <= 4000; id += 100)
            AssertMissing(again, id);
        again.Write(new PageId(3001), Page(1));
        AssertHas(again, 3001, Page(1));
    }

    [Fact]
    public void Recovers_an_older_checkpoint_as_well_as_the_newest_and_goes_on()
    {
        IPageStore store = Open();
        var tokens = new List<byte[]>();
        for (int round = 0; round < 25; round++)
        {
            for (long id = round * 50; id < round * 50 + 50; id++)
                store.Write(new PageId(id + 1), Page(id + 1));
            tokens.Add(store.Checkpoint());
            store.Retain(tokens[Math.Max(0, round - 1)..]);
        }

        store = Reopen(store, tokens[^2]);
        AssertHas(store, 24 * 50, Page(24 * 50));
        AssertMissing(store, 25 * 50);
        store.Write(new PageId(5000), Page(5000));
        using IPageStore again = Reopen(store, store.Checkpoint());
        AssertHas(again, 1, Page(1));
        AssertHas(again, 5000, Page(5000));
    }

    [Fact]
    public void A_token_of_no_checkpoint_is_corruption_and_another_can_be_tried()
    {
        IPageStore store = Open();
        store.Write(new PageId(1), Page(1));
        byte[] token = store.Checkpoint();
        Crash(store);
        using IPageStore again = Open();
        Assert.Throws<CorruptionException>(() => again.Recover("nonsense"u8));
        byte[] unknown = [.. token];
        unknown[3] = (byte)(unknown[3] == (byte)'0' ? '1' : '0');
        Assert.Throws<CorruptionException>(() => again.Recover(unknown));
        again.Recover(token);
        AssertHas(again, 1, Page(1));
    }

    [Fact]
    public void What_no_recovery_asked_for_does_not_show()
    {
        IPageStore store = Open();
        store.Write(new PageId(1), Page(1));
        store.Checkpoint();
        Crash(store);
        IPageStore fresh = Open();
        AssertMissing(fresh, 1);
        fresh.Write(new PageId(1), Page(2));
        fresh.Write(new PageId(2), Page(3));
        using IPageStore again = Reopen(fresh, fresh.Checkpoint());
        AssertHas(again, 1, Page(2));
        AssertHas(again, 2, Page(3));
    }

    [Fact]
    public void Deleted_pages_are_gone()
    {
        using IPageStore store = Open();
        store.Write(new PageId(1), Page(1));
        store.Write(new PageId(2), Page(2));
        store.Delete(new PageId(1));
        AssertMissing(store, 1);
        AssertHas(store, 2, Page(2));
    }

    [Fact]
    public void A_read_that_may_not_wait_answers_at_once()
    {
        using IPageStore store = Open();
        store.Write(new PageId(1), Page(1));
        PageReadOutcome outcome = store.Read(new PageId(1), mayWait: false, out byte[] bytes);
        Assert.True(outcome == PageReadOutcome.WouldBlock || Page(1).AsSpan().SequenceEqual(bytes));
        AssertHas(store, 1, Page(1));
    }

    [Fact]
    public async Task Many_threads_read_while_one_writes_and_takes_checkpoints()
    {
        using IPageStore store = Open();
        long written = 0;
        void Read(int seed)
        {
            var random = new Random(seed);
            for (int i = 0; i < 3000; i++)
            {
                long bound = Interlocked.Read(ref written);
                if (bound > 0)
                {
                    long id = random.NextInt64(1, bound + 1);
                    AssertHas(store, id, Page(id, 500));
                }
            }
        }

        Task[] readers = [.. Enumerable.Range(0, 3).Select(seed => Task.Run(() => Read(seed)))];
        for (long id = 1; id <= 3000; id++)
        {
            store.Write(new PageId(id), Page(id, 500));
            Interlocked.Exchange(ref written, id);
            if (id % 1000 == 0)
                store.Checkpoint();
        }

        await Task.WhenAll(readers);
    }

    /// <summary>DESIGN: hashes are computed at sealed heights only; R says how many blocks apart these are.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(16)]
    public void Roots_at_sealed_heights_do_not_depend_on_how_many_heights_between_were_sealed(int every)
    {
        using StateStore always = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
        using StateStore seldom = StateStore.Open(new StateStoreOptions { PageCacheBytes = 100_000, DirtyBytesMax = 400_000 }, Open(), Path.Combine(Place, "manifests"));
        var random = new Random(every);
        var writes = new RandomWrites(random, 8_000, 60);
        var model = new ModelState();
        for (int height = 0; height < 48; height++)
        {
            var overlay = new Overlay(always.Current);
            writes.Run(400, overlay, model, height % 9 == 8 ? 0.95 : 0.3);
            ChangeSet changes = overlay.ToChangeSet();
            Hash256 root = always.Apply(changes, height).Root;
            bool isSealed = height % every == 0;
            Snapshot state = seldom.Apply(changes, height, isSealed);
            if (!isSealed && height % 5 == 3)
            {
                model.AssertSeenBy(state, random);
                state.Seal();
                isSealed = true;
            }

            if (!isSealed && !state.IsSealed)
            {
                Assert.Throws<InvalidOperationException>(() => state.Root);
                Assert.Throws<InvalidOperationException>(seldom.Checkpoint);
                continue;
            }

            Assert.Equal(root, state.Root);
            if (height % 3 == 0)
                seldom.Checkpoint();
        }

        model.AssertSeenBy(seldom.Current, random);
    }

    [Fact]
    public void The_state_root_depends_on_the_changes_alone_and_not_on_restarts()
    {
        string manifests = Path.Combine(Place, "manifests");
        using StateStore never = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
        IPageStore pages = Open();
        StateStore often = StateStore.Open(new StateStoreOptions { PageCacheBytes = 100_000 }, pages, manifests);
        var random = new Random(3);
        var writes = new RandomWrites(random, 20_000, 60);
        var model = new ModelState();
        var changes = new List<ChangeSet>();
        for (int height = 0; height < 30; height++)
        {
            var overlay = new Overlay(never.Current);
            writes.Run(1500, overlay, model, height % 7 == 6 ? 0.95 : 0.3);
            changes.Add(overlay.ToChangeSet());
            never.Apply(changes[height], height);
            often.Apply(changes[height], height);
            Assert.Equal(never.Current.Root, often.Current.Root);
            if (random.Next(3) == 0)
                often.Checkpoint();
            if (random.Next(5) != 0)
                continue;
            Crash(pages);
            pages = Open();
            often = StateStore.Open(new StateStoreOptions { PageCacheBytes = 50_000 }, pages, manifests);
            for (long replayed = often.Current.Height + 1; replayed <= height; replayed++)
                often.Apply(changes[(int)replayed], replayed);
            Assert.Equal(never.Current.Root, often.Current.Root);
        }

        model.AssertSeenBy(often.Current, random);
        often.Dispose();
    }
}
