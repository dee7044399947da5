using Dadbs.Storage.Trees;

namespace Dadbs.Storage.Tests.Trees;

public sealed class PageFormatTests
{
    private static StateStore Example()
    {
        StateStore store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
        store.Apply(Bytes.Puts(Bytes.Accounts, ("a"u8.ToArray(), "one"u8.ToArray()), ("bc"u8.ToArray(), [])), 0);
        return store;
    }

    [Fact]
    public void A_leaf_has_the_documented_bytes()
    {
        using StateStore store = Example();
        Page leaf = store.Current.Find(Bytes.Accounts).Page!;
        Assert.Equal(
            "01" + "00" + "01" + "00" + "02000000"
            + "16000000" + "1A000000"
            + "0100" + "61" + "6F6E65"
            + "0200" + "6263",
            Convert.ToHexString(leaf.StoredBytes));
        Assert.Equal(Hash256.Sha256(leaf.StoredBytes), leaf.Hash);
    }

    [Fact]
    public void A_directory_has_the_documented_bytes_and_its_hash_leaves_page_ids_out()
    {
        using StateStore store = Example();
        Hash256 root = store.Current.Root;
        store.Checkpoint();
        Page directory = store.Current.Top;
        string leafHash = store.Current.Find(Bytes.Accounts).Page!.Hash.ToHex().ToUpperInvariant();
        string canonical = "03" + "00" + "01" + "00" + "01000000"
            + "44000000"
            + "0000000500004000" + leafHash + "0200000000000000" + "0600000000000000";
        string ids = "0100000000000000";
        string checksum = Convert.ToHexString(BitConverter.GetBytes(Crc32C.Of(Convert.FromHexString(ids))));
        Assert.Equal(canonical + ids + checksum, Convert.ToHexString(directory.StoredBytes));
        Assert.Equal(Hash256.Sha256(Convert.FromHexString(canonical)), root);
        Assert.Equal("49d3bc93765d309368f9bfd3d01571320d0eb90358ed2e2ebd14f91c3ca3d950", root.ToHex());
    }

    [Fact]
    public void A_branch_holds_separators_hashes_and_counts_and_its_first_separator_is_empty()
    {
        using StateStore store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
        var overlay = new Overlay(store.Current);
        for (int i = 0; i < 200; i++)
            overlay.Put(Bytes.Accounts, [(byte)i, 1, 2, 3], Bytes.Filler(90));
        store.Apply(overlay.ToChangeSet(), 0);
        Page branch = store.Current.Find(Bytes.Accounts).Page!;
        Assert.Equal((PageKind.Branch, 1), (branch.Kind, branch.Level));
        var expected = new List<byte>();
        var cells = new List<byte>();
        var slots = new List<int>();
        for (int i = 0; i < branch.Count; i++)
        {
            Page leaf = store.Current.Cache.Child(branch, i);
            // One byte tells two leaves apart here, so one byte is the separator.
            byte[] separator = i == 0 ? [] : [leaf.Key(0)[0]];
            cells.AddRange([.. separator, .. Hash256.Sha256(leaf.StoredBytes).ToArray(), .. BitConverter.GetBytes((long)leaf.Count), .. BitConverter.GetBytes(leaf.Count * 94L)]);
            slots.Add(8 + branch.Count * 4 + cells.Count);
        }

        expected.AddRange([2, 1, 1, 0, (byte)branch.Count, 0, 0, 0]);
        foreach (int slot in slots)
            expected.AddRange(BitConverter.GetBytes(slot));
        expected.AddRange(cells);
        Assert.Equal(Convert.ToHexString([.. expected]), Convert.ToHexString(branch.StoredBytes[..branch.UsedBytes]));
    }
}
