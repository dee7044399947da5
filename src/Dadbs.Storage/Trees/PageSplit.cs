namespace Dadbs.Storage.Trees;

/// <summary>
/// Where a run of entries is cut into pages: a function of their sizes alone (and of whether they were appended), so that every node
/// cuts alike. Appended entries fill pages one after the other, so that ascending keys leave full pages behind; others share the bytes evenly.
/// </summary>
internal static class PageSplit
{
    /// <summary>How full a page is made, leaving room for the next few changes.</summary>
    private const int FillBytes = Limits.PageBytesTarget * 15 / 16;

    /// <summary>Fills <paramref name="ends"/> with the exclusive end index of each page. Sizes include the slot.</summary>
    public static void Cut(ReadOnlySpan<int> sizes, bool appended, List<int> ends)
    {
        ends.Clear();
        if (sizes.IsEmpty)
            return;
        long total = Page.HeaderBytes;
        foreach (int size in sizes)
            total += size;
        if (total <= Limits.PageBytesTarget || sizes.Length < 2 * Limits.PageEntriesMin)
            ends.Add(sizes.Length);
        else if (appended)
            CutFull(sizes, ends);
        else
            CutEvenly(sizes, total, ends);
    }

    private static void CutFull(ReadOnlySpan<int> sizes, List<int> ends)
    {
        int start = 0;
        long bytes = Page.HeaderBytes;
        for (int i = 0; i < sizes.Length; i++)
        {
            bool full = bytes + sizes[i] > FillBytes && i - start >= Limits.PageEntriesMin;
            if (full && sizes.Length - i >= Limits.PageEntriesMin)
            {
                ends.Add(i);
                start = i;
                bytes = Page.HeaderBytes;
            }

            bytes += sizes[i];
        }

        ends.Add(sizes.Length);
    }

    private static void CutEvenly(ReadOnlySpan<int> sizes, long total, List<int> ends)
    {
        long pages = Math.Min((total + FillBytes - 1) / FillBytes, sizes.Length / Limits.PageEntriesMin);
        int start = 0;
        long bytes = 0;
        int i = 0;
        for (long page = 1; page < pages; page++)
        {
            long goal = total * page / pages;
            int last = sizes.Length - (int)(pages - page) * Limits.PageEntriesMin;
            while (i < last && (i - start < Limits.PageEntriesMin || bytes + sizes[i] / 2 < goal))
                bytes += sizes[i++];
            ends.Add(i);
            start = i;
        }

        ends.Add(sizes.Length);
    }
}
