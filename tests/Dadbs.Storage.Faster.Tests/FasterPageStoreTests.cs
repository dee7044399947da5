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
