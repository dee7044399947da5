using Dadbs.Storage.Trees;

namespace Dadbs.Storage.Tests.Trees;

public sealed class LeafPatchTests
{
    private const int Rows = 20;

    private static Page Leaf(StateStore store) => store.Current.Find(Bytes.Accounts).Page!;

    private static StateStore OfRows(int rows, int valueBytes)
    {
        StateStore store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
        var overlay = new Overlay(store.Current);
        for (int i = 0; i < rows; i++)
            overlay.Put(Bytes.Accounts, Bytes.Key(i), Bytes.Filler(valueBytes));
        store.Apply(overlay.ToChangeSet(), 0);
        return store;
    }

    [Fact]
    public void A_leaf_takes_a_few_patches_and_a_second_one_of_an_entry_replaces_the_first()
    {
        using StateStore store = OfRows(Rows, 50);
        Page page = Leaf(store);
        for (int i = 0; i < LeafPatch.CountMax; i++)
            page = page.Patch([new LeafPatch(i, Bytes.Filler(50, (byte)i))]);
        Page again = page.Patch([new LeafPatch(3, Bytes.Filler(50, 0xEE))]);
        Assert.Equal(Bytes.Filler(50, 3), page.ValueMemory(3).ToArray());
        Assert.Equal(Bytes.Filler(50, 0xEE), again.ValueMemory(3).ToArray());
        Assert.Equal(Bytes.Filler(50, 4), again.ValueMemory(4).ToArray());
        Assert.True(again.HasRoomFor([3]));
        Assert.False(again.HasRoomFor([LeafPatch.CountMax]));
    }

    [Fact]
    public void Each_patched_entry_is_counted_once()
    {
        using StateStore store = OfRows(Rows, 50);
        Page page = Leaf(store);
        const int patchBytes = 50 + LeafPatch.ObjectBytes;
        Page twoPatched = page.Patch([new LeafPatch(3, Bytes.Filler(50, 1)), new LeafPatch(5, Bytes.Filler(50, 2))]);
        Assert.Equal(page.MemoryBytes + (2 * patchBytes), twoPatched.MemoryBytes);
        Page again = twoPatched.Patch([new LeafPatch(3, Bytes.Filler(50, 3)), new LeafPatch(7, Bytes.Filler(50, 4))]);
        Assert.Equal(page.MemoryBytes + (3 * patchBytes), again.MemoryBytes);
    }

    [Fact]
    public void Hash_and_stored_bytes_of_a_patched_leaf_are_those_of_the_leaf_written_whole()
    {
        using StateStore patched = OfRows(Rows, 50);
        for (int round = 0; round < 3; round++)
            patched.Apply(Bytes.Puts(Bytes.Accounts, (Bytes.Key(5 * round), Bytes.Filler(50, (byte)round))), round + 1);
        Page leaf = Leaf(patched);
        using StateStore written = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
        var whole = new Overlay(written.Current);
        for (int i = 0; i < Rows; i++)
            whole.Put(Bytes.Accounts, Bytes.Key(i), leaf.ValueMemory(i).ToArray());
        written.Apply(whole.ToChangeSet(), 0);
        Assert.Equal(Leaf(written).StoredBytes, leaf.StoredBytes);
        Assert.Equal(written.Current.Root, patched.Current.Root);
        Assert.NotNull(Page.Load(leaf.StoredBytes.ToArray(), new PageId(1), leaf.Hash));
    }

    [Theory]
    [InlineData(1, 90)]
    [InlineData(2, 700)]
    public void Patched_leaves_show_what_was_written_however_updates_inserts_and_deletes_follow_each_other(int seed, int valueBytes)
    {
        const int keys = 600;
        var random = new Random(seed);
        var model = new ModelState();
        using StateStore store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
        for (int height = 0; height < 120; height++)
        {
            var overlay = new Overlay(store.Current);
            int changes = height == 0 ? keys / 2 : random.Next(1, 40);
            for (int i = 0; i < changes; i++)
            {
                byte[] key = Bytes.Key(random.Next(keys));
                bool exists = model.Of(Bytes.Accounts).ContainsKey(key);
                if (exists && random.Next(10) == 0)
                {
                    overlay.Delete(Bytes.Accounts, key);
                    model.Of(Bytes.Accounts).Remove(key);
                    continue;
                }

                if (!exists && height > 0 && random.Next(4) > 0)
                    continue;
                byte[] value = Bytes.Filler(valueBytes, (byte)random.Next(256));
                overlay.Put(Bytes.Accounts, key, value);
                model.Of(Bytes.Accounts)[key] = value;
            }

            store.Apply(overlay.ToChangeSet(), height);
            TreeShape.Check(store.Current);
            TreeShape.Walk(store.Current, page => Assert.Equal(Hash256.Sha256(page.StoredBytes[..page.UsedBytes]), page.Hash));
            if (height % 10 == 9)
                store.Checkpoint();
        }

        model.AssertSeenBy(store.Current, random);
    }
}
