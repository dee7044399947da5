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
        using StateStore again = StateStore.Open(new StateStoreOptions(), Open(), manifests);
        CorruptionException e = Assert.Throws<CorruptionException>(() => again.Current.TryGet(new RelationId(1, 1), key, out _));
        Assert.Equal(Pages, e.File);
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
