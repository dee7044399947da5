using Dadbs.Storage.Recovery;

namespace Dadbs.Storage.Trees;

/// <summary>
/// The pages that a checkpoint needs and the next one does not (recovery invariant 4), by tree diff. Ids ascend in time, so a page of the newer tree with an id
/// from before the older checkpoint is shared, with all below it. Costs as many page visits as the checkpoints differ in, and 8 bytes for each shared page that a new
/// page names.
/// </summary>
internal sealed class GarbageSearch(PageCache cache)
{
    private readonly HashSet<long> _shared = [];
    private readonly HashSet<long> _reached = [];

    /// <summary>Children come before their parents: a search that was cut short finds the rest again from the root.</summary>
    public IEnumerable<PageId> Between(Manifest older, Manifest newer)
    {
        VisitNew(newer.TopRoot, newer.Root, isTop: true, older.NextPageId);
        // Written between the two and superseded again before the newer: no manifest ever named them.
        for (long id = older.NextPageId; id < newer.NextPageId; id++)
        {
            if (!_reached.Contains(id))
                yield return new PageId(id);
        }

        foreach (PageId id in VisitOld(older.TopRoot, older.Root, isTop: true))
            yield return id;
    }

    private void VisitNew(PageId id, Hash256 hash, bool isTop, long firstNewId)
    {
        if (id.Value < firstNewId)
        {
            _shared.Add(id.Value);
            return;
        }

        _reached.Add(id.Value);
        Page page = cache.Load(id, hash);
        for (int i = 0; i < page.Count && page.HasReferences; i++)
        {
            PageId child = page.ChildId(i);
            if (HasLeavesBelow(page, isTop))
                (child.Value >= firstNewId ? _reached : _shared).Add(child.Value);
            else
                VisitNew(child, page.ChildHash(i), isTop && page.Kind != PageKind.Directory, firstNewId);
        }
    }

    /// <summary>Leaves of a relation hold no references: their ids are enough. In the top tree the pages below the lowest branches are directories.</summary>
    private static bool HasLeavesBelow(Page page, bool isTop) => !isTop && page is { Kind: PageKind.Branch, Level: 1 };

    private IEnumerable<PageId> VisitOld(PageId id, Hash256 hash, bool isTop)
    {
        // A page that is gone was deleted by an earlier search, after everything below it.
        if (_shared.Contains(id.Value) || cache.TryLoad(id, hash) is not { } page)
            yield break;
        for (int i = 0; i < page.Count && page.HasReferences; i++)
        {
            PageId child = page.ChildId(i);
            if (_shared.Contains(child.Value))
                continue;
            if (HasLeavesBelow(page, isTop))
            {
                yield return child;
                continue;
            }

            foreach (PageId below in VisitOld(child, page.ChildHash(i), isTop && page.Kind != PageKind.Directory))
                yield return below;
        }

        yield return id;
    }
}
