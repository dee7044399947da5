namespace Dadbs.Storage.Trees;

/// <summary>
/// Enters a sorted batch of changes into one copy-on-write B+tree. Each touched page is rewritten once, bottom up; a page that shrank too
/// far is joined with its left neighbour (the right one where it is the first) and cut again. What comes out is a function of the tree's
/// canonical form and the batch. Subclasses know what a bottom page holds. Not thread-safe; reused for many batches.
/// </summary>
internal abstract class TreeWriter(PageCache cache)
{
    private readonly Stack<List<PageReference>> _spareLists = new();
    private readonly Stack<List<(int Child, int FirstResult, int Results)>> _spareSpans = new();
    private readonly List<int> _ends = [];
    private int[] _sizes = new int[256];

    protected PageCache Cache => cache;

    /// <summary>The batch, by index: the keys only, for finding the way.</summary>
    protected abstract ReadOnlySpan<byte> ChangeKey(int index);

    /// <summary>Enters changes into one bottom page (none yet: null) and appends what becomes of it.</summary>
    protected abstract void ApplyToBottom(Page? page, ReadOnlyMemory<byte> separator, int from, int to, List<PageReference> output);

    /// <summary>Joins two neighbours at the bottom and appends what becomes of them.</summary>
    protected abstract void JoinBottom(Page left, Page right, ReadOnlyMemory<byte> leftSeparator, List<PageReference> output);

    /// <summary>The root after the changes [0, count); null when no entry is left.</summary>
    protected Page? ApplyBatch(Page? root, int count)
    {
        List<PageReference> level = TakeList();
        if (root is not null)
            Supersede(root);
        if (root is null || root.Kind != PageKind.Branch)
            ApplyToBottom(root, default, 0, count, level);
        else
            ApplyToBranch(root, default, 0, count, level);
        byte height = (byte)(level.Count == 0 ? 0 : level[0].Page!.Level);
        while (level.Count > 1)
        {
            height++;
            Invariant.Check(height < Limits.TreeLevelsMax);
            List<PageReference> above = TakeList();
            BuildPages(PageKind.Branch, height, level, default, appended: true, oldBytes: 0, above);
            ReturnList(level);
            level = above;
        }

        Page? result = level.Count == 0 ? null : level[0].Page;
        ReturnList(level);
        while (result is { Kind: PageKind.Branch, Count: 1 })
            result = cache.Child(result, 0);
        return result;
    }

    /// <summary>Cuts references into pages of one level and appends a reference to each. The list's own first key stays the separator of the first page.</summary>
    protected void BuildPages(
        PageKind kind, byte level, List<PageReference> children, ReadOnlyMemory<byte> separator, bool appended, int oldBytes, List<PageReference> output)
    {
        Span<int> sizes = Sizes(children.Count);
        for (int i = 0; i < children.Count; i++)
            sizes[i] = Page.SlotBytes + children[i].Key.Length + Page.ReferenceBytes;
        PageSplit.Cut(sizes, appended, _ends);
        int start = 0;
        int pages = _ends.Count;
        for (int i = 0; i < pages; i++)
        {
            int end = _ends[i];
            Page page = PageBuilder.OfReferences(kind, level, children, start, end);
            cache.AddDirty(page.MemoryBytes);
            ReadOnlyMemory<byte> key = start == 0 ? separator : children[start].Key;
            output.Add(PageReference.OfFresh(key, page, IsUnderfull(page, pages == 1 ? oldBytes : 0)));
            start = end;
        }
    }

    /// <summary>
    /// Too few entries, or shrunk below the least size from <paramref name="oldBytes"/> (0: it was not there before). A page that only ever
    /// grew may be small: the last one of ascending keys is.
    /// </summary>
    protected static bool IsUnderfull(Page page, int oldBytes) =>
        page.Count < Limits.PageEntriesMin || (page.UsedBytes < Limits.PageBytesMin && page.UsedBytes < oldBytes);

    /// <summary>A page that was never written and is replaced now need not be written any more.</summary>
    private void Supersede(Page page)
    {
        if (page.Id.IsNone)
            cache.TakeDirty(page.MemoryBytes);
    }

    protected Span<int> Sizes(int count)
    {
        if (_sizes.Length < count)
            _sizes = new int[Math.Max(count, _sizes.Length * 2)];
        return _sizes.AsSpan(0, count);
    }

    protected List<int> CutIntoPages(ReadOnlySpan<int> sizes, bool appended)
    {
        PageSplit.Cut(sizes, appended, _ends);
        return _ends;
    }

    protected List<PageReference> TakeList() => _spareLists.TryPop(out List<PageReference>? list) ? list : [];

    protected void ReturnList(List<PageReference> list)
    {
        list.Clear();
        _spareLists.Push(list);
    }

    private void ApplyToBranch(Page page, ReadOnlyMemory<byte> separator, int from, int to, List<PageReference> output)
    {
        List<PageReference> touched = TakeList();
        List<(int Child, int FirstResult, int Results)> spans = _spareSpans.TryPop(out List<(int Child, int FirstResult, int Results)>? spare) ? spare : [];
        bool sameShape = true;
        for (int change = from; change < to;)
        {
            int child = page.FindChild(ChangeKey(change));
            int end = child + 1 < page.Count ? FirstChangeNotBelow(page.Key(child + 1), change + 1, to) : to;
            int first = touched.Count;
            ApplyToChild(page, child, separator, change, end, touched);
            spans.Add((child, first, touched.Count - first));
            sameShape &= touched.Count - first == 1 && !touched[^1].IsUnderfull;
            change = end;
        }

        if (sameShape)
            output.Add(PageReference.OfFresh(separator, Patch(page, touched, spans), isUnderfull: false));
        else
            Reshape(page, separator, touched, spans, output);
        spans.Clear();
        _spareSpans.Push(spans);
        ReturnList(touched);
    }

    private void ApplyToChild(Page page, int child, ReadOnlyMemory<byte> separator, int from, int to, List<PageReference> output)
    {
        ReadOnlyMemory<byte> key = child == 0 ? separator : page.KeyMemory(child);
        Page childPage = cache.Child(page, child);
        Supersede(childPage);
        if (childPage.Kind == PageKind.Branch)
            ApplyToBranch(childPage, key, from, to, output);
        else
            ApplyToBottom(childPage, key, from, to, output);
    }

    private int FirstChangeNotBelow(ReadOnlySpan<byte> bound, int from, int to)
    {
        if (from >= to || ChangeKey(from).SequenceCompareTo(bound) >= 0)
            return from;
        int low = from + 1;
        int high = to;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ChangeKey(middle).SequenceCompareTo(bound) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Every touched child became one page under its old key: the page keeps its form and takes new references in place.</summary>
    private Page Patch(Page page, List<PageReference> touched, List<(int Child, int FirstResult, int Results)> spans)
    {
        Page patched = page.CloneForWriting();
        cache.AddDirty(patched.MemoryBytes);
        foreach ((int child, int first, _) in spans)
            patched.ReplaceChild(child, touched[first]);
        return patched;
    }

    private void Reshape(
        Page page, ReadOnlyMemory<byte> separator, List<PageReference> touched, List<(int Child, int FirstResult, int Results)> spans, List<PageReference> output)
    {
        List<PageReference> children = TakeList();
        int next = 0;
        foreach ((int child, int first, int results) in spans)
        {
            for (; next < child; next++)
                children.Add(PageReference.Of(page, next, next == 0 ? separator : page.KeyMemory(next)));
            for (int i = first; i < first + results; i++)
                children.Add(touched[i]);
            next = child + 1;
        }

        for (; next < page.Count; next++)
            children.Add(PageReference.Of(page, next, next == 0 ? separator : page.KeyMemory(next)));
        bool appended = spans[^1].Child == page.Count - 1 && IsSameShape(touched, spans.Count - 1, spans);
        JoinUnderfull(children);
        if (children.Count > 0)
            BuildPages(PageKind.Branch, page.Level, children, separator, appended, page.UsedBytes, output);
        ReturnList(children);
    }

    private static bool IsSameShape(List<PageReference> touched, int count, List<(int Child, int FirstResult, int Results)> spans)
    {
        for (int i = 0; i < count; i++)
        {
            if (spans[i].Results != 1 || touched[spans[i].FirstResult].IsUnderfull)
                return false;
        }

        return true;
    }

    /// <summary>Joins children that are too small with a neighbour until none is, or only one child is left.</summary>
    private void JoinUnderfull(List<PageReference> children)
    {
        List<PageReference> joined = TakeList();
        for (int i = 0; i < children.Count && children.Count > 1;)
        {
            if (!children[i].IsUnderfull)
            {
                i++;
                continue;
            }

            int left = i > 0 ? i - 1 : 0;
            Join(children[left], children[left + 1], joined);
            children.RemoveRange(left, 2);
            children.InsertRange(left, joined);
            joined.Clear();
            i = left;
        }

        ReturnList(joined);
    }

    private void Join(in PageReference leftReference, in PageReference rightReference, List<PageReference> output)
    {
        Page left = cache.Resolve(leftReference);
        Page right = cache.Resolve(rightReference);
        Supersede(left);
        Supersede(right);
        if (left.Kind != PageKind.Branch)
        {
            JoinBottom(left, right, leftReference.Key, output);
            return;
        }

        List<PageReference> children = TakeList();
        AddChildren(left, leftReference.Key, children);
        AddChildren(right, rightReference.Key, children);
        JoinUnderfull(children);
        BuildPages(PageKind.Branch, left.Level, children, leftReference.Key, appended: false, oldBytes: 0, output);
        ReturnList(children);
    }

    private void AddChildren(Page page, ReadOnlyMemory<byte> separator, List<PageReference> children)
    {
        for (int i = 0; i < page.Count; i++)
        {
            PageReference child = PageReference.Of(page, i, i == 0 ? separator : page.KeyMemory(i));
            // An only child had no neighbour to be joined with; now it has one.
            if (page.Count == 1)
            {
                Page only = cache.Resolve(child);
                child.IsUnderfull = only.Count < Limits.PageEntriesMin || only.UsedBytes < Limits.PageBytesMin;
            }

            children.Add(child);
        }
    }
}
