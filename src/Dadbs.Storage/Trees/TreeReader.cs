namespace Dadbs.Storage.Trees;

/// <summary>Descents through one relation's tree: lookups and ranks.</summary>
internal static class TreeReader
{
    public static bool TryGet(PageCache cache, Page root, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        Page page = root;
        while (page.Kind == PageKind.Branch)
            page = cache.Child(page, page.FindChild(key));
        int index = page.Search(key);
        value = index >= 0 ? page.ValueMemory(index) : default;
        return index >= 0;
    }

    /// <summary>How many entries have keys less than <paramref name="key"/>.</summary>
    public static long Rank(PageCache cache, Page root, ReadOnlySpan<byte> key)
    {
        long rank = 0;
        Page page = root;
        while (page.Kind == PageKind.Branch)
        {
            int child = page.FindChild(key);
            for (int i = 0; i < child; i++)
                rank += page.ChildCount(i);
            page = cache.Child(page, child);
        }

        int index = page.Search(key);
        return rank + (index >= 0 ? index : ~index);
    }

    public static long CountRange(PageCache cache, Page root, long entries, in KeyRange range)
    {
        if (range.IsEmpty)
            return 0;
        long high = range.High is null ? entries : Rank(cache, root, range.High);
        long low = range.Low is null ? 0 : Rank(cache, root, range.Low);
        return high - low;
    }
}
