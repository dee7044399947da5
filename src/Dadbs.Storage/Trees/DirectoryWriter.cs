namespace Dadbs.Storage.Trees;

/// <summary>A relation's new root for the top tree; no root where the relation is empty now.</summary>
internal readonly record struct DirectoryChange(ReadOnlyMemory<byte> Key, Page? Root);

/// <summary>Enters changed relation roots into the top tree: its bottom pages hold references to the roots, under the relations' ids.</summary>
internal sealed class DirectoryWriter(PageCache cache) : TreeWriter(cache)
{
    private List<DirectoryChange> _changes = [];

    /// <summary>The top tree's root after the changes; an empty directory page when no relation is left.</summary>
    public Page Apply(Page root, List<DirectoryChange> changes)
    {
        if (changes.Count == 0)
            return root;
        _changes = changes;
        Page? result = ApplyBatch(root, changes.Count);
        _changes = [];
        return result ?? PageBuilder.EmptyDirectory();
    }

    protected override ReadOnlySpan<byte> ChangeKey(int index) => _changes[index].Key.Span;

    protected override void ApplyToBottom(Page? page, ReadOnlyMemory<byte> separator, int from, int to, List<PageReference> output)
    {
        List<PageReference> relations = TakeList();
        int old = 0;
        int oldCount = page?.Count ?? 0;
        bool appended = true;
        for (int change = from; change < to; change++)
        {
            (ReadOnlyMemory<byte> key, Page? root) = _changes[change];
            int found = page?.Search(key.Span) ?? ~0;
            int place = found >= 0 ? found : ~found;
            for (; old < place; old++)
                relations.Add(PageReference.Of(page!, old, page!.KeyMemory(old)));
            if (found >= 0)
                old++;
            appended &= found >= 0 ? root is not null : place == oldCount;
            if (root is not null)
                relations.Add(PageReference.OfFresh(key, root, isUnderfull: false));
        }

        for (; old < oldCount; old++)
            relations.Add(PageReference.Of(page!, old, page!.KeyMemory(old)));
        if (relations.Count > 0)
            BuildPages(PageKind.Directory, 0, relations, separator, appended, page?.UsedBytes ?? 0, output);
        ReturnList(relations);
    }

    protected override void JoinBottom(Page left, Page right, ReadOnlyMemory<byte> leftSeparator, List<PageReference> output)
    {
        List<PageReference> relations = TakeList();
        for (int i = 0; i < left.Count; i++)
            relations.Add(PageReference.Of(left, i, left.KeyMemory(i)));
        for (int i = 0; i < right.Count; i++)
            relations.Add(PageReference.Of(right, i, right.KeyMemory(i)));
        BuildPages(PageKind.Directory, 0, relations, leftSeparator, appended: false, oldBytes: 0, output);
        ReturnList(relations);
    }
}
