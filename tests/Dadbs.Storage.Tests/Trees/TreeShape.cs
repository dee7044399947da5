using Dadbs.Storage.Trees;

namespace Dadbs.Storage.Tests.Trees;

/// <summary>Walks every page of a state and checks what must hold of it: order, fill, levels, hashes and counts.</summary>
internal sealed class TreeShape
{
    public int Leaves { get; private set; }

    public int Branches { get; private set; }

    public static TreeShape Check(Snapshot snapshot)
    {
        var shape = new TreeShape();
        shape.CheckPage(snapshot.Top, null, null, isRoot: true, snapshot.Cache);
        return shape;
    }

    /// <summary>Every page that is reachable from a state, through the store where need be.</summary>
    public static void Walk(Snapshot snapshot, Action<Page> visit) => Walk(snapshot.Cache, snapshot.Top, visit);

    private static void Walk(PageCache cache, Page page, Action<Page> visit)
    {
        visit(page);
        for (int i = 0; i < page.Count && page.HasReferences; i++)
            Walk(cache, cache.Child(page, i), visit);
    }

    private (long Entries, long Bytes) CheckPage(Page page, byte[]? low, byte[]? high, bool isRoot, PageCache cache)
    {
        Assert.True(isRoot ? page.Count > 0 || page.Kind == PageKind.Directory : page.Count >= Limits.PageEntriesMin);
        Assert.True(page.UsedBytes <= Limits.PageBytesTarget + 1000 || page.Count < 2 * Limits.PageEntriesMin + 2);
        if (page.Kind == PageKind.Leaf)
            Leaves++;
        else
            Branches++;
        long entries = 0;
        long bytes = 0;
        for (int i = 0; i < page.Count; i++)
        {
            byte[] key = page.Key(i).ToArray();
            bool isFirstSeparator = page.Kind == PageKind.Branch && i == 0;
            Assert.True(isFirstSeparator ? key.Length == 0 : i == 0 || page.Key(i - 1).SequenceCompareTo(key) < 0);
            if (!isFirstSeparator)
            {
                Assert.True(low is null || key.AsSpan().SequenceCompareTo(low) >= 0);
                Assert.True(high is null || key.AsSpan().SequenceCompareTo(high) < 0);
            }

            if (page.Kind == PageKind.Leaf)
            {
                entries++;
                bytes += key.Length + page.ValueMemory(i).Length;
                continue;
            }

            Page child = cache.Child(page, i);
            Assert.Equal(page.ChildHash(i), child.Hash);
            byte[]? childLow = page.Kind == PageKind.Directory ? null : isFirstSeparator ? low : key;
            byte[]? childHigh = page.Kind == PageKind.Directory ? null : i + 1 < page.Count ? page.Key(i + 1).ToArray() : high;
            Assert.True(page.Kind == PageKind.Directory ? page.Level == 0 : child.Level == page.Level - 1);
            (long Entries, long Bytes) below = CheckPage(child, childLow, childHigh, isRoot: page.Kind == PageKind.Directory, cache);
            Assert.Equal(page.ChildCount(i), below.Entries);
            Assert.Equal(page.ChildBytes(i), below.Bytes);
            entries += below.Entries;
            bytes += below.Bytes;
        }

        return (entries, bytes);
    }
}
