using Dadbs.Storage.Trees;

namespace Dadbs.Storage;

/// <summary>
/// One executed state, immutable, readable from any thread for as long as it is referenced. What is not in memory is read from the page
/// store and checked; a page that does not check throws <see cref="CorruptionException"/>.
/// </summary>
public sealed class Snapshot : IReadView
{
    /// <summary>Relations whose roots are remembered, by a few bits of their ids: point reads skip the top tree.</summary>
    private const int RecentRelations = 64;

    private readonly PageCache _cache;
    private readonly RelationRoot?[] _recent = new RelationRoot?[RecentRelations];

    internal Snapshot(PageCache cache, Era era, Page top, long height)
    {
        _cache = cache;
        Era = era;
        Top = top;
        Height = height;
    }

    /// <summary>Height of the block that led here; −1 for the empty state before genesis.</summary>
    public long Height { get; }

    /// <summary>The state root: hash of the top tree's root page.</summary>
    public Hash256 Root => Top.IsSealed ? Top.Hash : throw new InvalidOperationException($"height {Height} is not sealed: it has no root");

    /// <summary>Its root is known. Once it is, it stays so.</summary>
    public bool IsSealed => Top.IsSealed;

    /// <summary>Hashes what is new since the last sealed state: from now on there is a root. The writer thread's.</summary>
    public void Seal() => Top.Seal();

    internal Page Top { get; }

    /// <summary>Keeps the pages of this state in the store.</summary>
    internal Era Era { get; }

    /// <summary>Change-set bytes applied since the store was opened.</summary>
    internal long AppliedBytes { get; private set; }

    internal PageCache Cache => _cache;

    /// <summary>Reads of this node hardly ever wait for its disk at present. A guess from the last second, of all states.</summary>
    public bool IsInMemory => _cache.HoldsWhatIsRead;

    /// <summary>Relation ids with at least one entry, ascending.</summary>
    public IEnumerable<RelationId> Relations
    {
        get
        {
            var cursor = new TreeCursor(_cache, Era, Top, KeyRange.All, descending: false);
            while (cursor.MoveNext())
                yield return RelationId.FromSpan(cursor.Key.Span);
        }
    }

    public bool TryGet(RelationId relation, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        RelationRoot root = Find(relation);
        value = default;
        bool found = root.Page is not null && TreeReader.TryGet(_cache, root.Page, key, out value);
        GC.KeepAlive(this);
        return found;
    }

    public RangeCursor Scan(RelationId relation, in KeyRange range, bool descending = false)
    {
        RelationRoot root = Find(relation);
        return root.Page is null || range.IsEmpty ? RangeCursor.Empty : new TreeCursor(_cache, Era, root.Page, range, descending);
    }

    public long CountEntries(RelationId relation) => Find(relation).Entries;

    public long CountRange(RelationId relation, in KeyRange range)
    {
        RelationRoot root = Find(relation);
        long count = root.Page is null ? 0 : TreeReader.CountRange(_cache, root.Page, root.Entries, range);
        GC.KeepAlive(this);
        return count;
    }

    /// <summary>Bytes of keys and values in a relation, kept in the tree: O(log relations).</summary>
    public long CountBytes(RelationId relation) => Find(relation).Bytes;

    /// <summary>
    /// Whether a relation is the same here and in another state: surely so where true. O(log relations). False also says that it was changed and changed back, if its tree took another shape
    /// by that, or that one of the states is not sealed.
    /// </summary>
    public bool HasSameRelation(RelationId relation, Snapshot other)
    {
        Page? page = Find(relation).Page, theirs = other.Find(relation).Page;
        if (page is null || theirs is null) return ReferenceEquals(page, theirs);
        return ReferenceEquals(page, theirs) || (page.IsSealed && theirs.IsSealed && page.Hash == theirs.Hash);
    }

    internal RelationRoot Find(RelationId relation)
    {
        ref RelationRoot? slot = ref _recent[SlotOf(relation)];
        RelationRoot? recent = Volatile.Read(ref slot);
        if (recent is not null && recent.Relation == relation)
            return recent;
        RelationRoot found = LookUp(relation);
        Volatile.Write(ref slot, found);
        return found;
    }

    /// <summary>Before publication: what the parent state had counted, and looked up for relations that did not change.</summary>
    internal void Inherit(Snapshot parent, ChangeSet changes)
    {
        AppliedBytes = parent.AppliedBytes + changes.Bytes;
        Array.Copy(parent._recent, _recent, RecentRelations);
        foreach (RelationChanges changed in changes.Relations)
            _recent[SlotOf(changed.Relation)] = null;
    }

    private static int SlotOf(RelationId relation) => (int)((relation.File ^ (relation.Database * 31)) % RecentRelations);

    private RelationRoot LookUp(RelationId relation)
    {
        Span<byte> key = stackalloc byte[RelationId.Size];
        relation.CopyTo(key);
        Page page = Top;
        while (page.Kind == PageKind.Branch)
            page = _cache.Child(page, page.FindChild(key));
        int index = page.Search(key);
        return index < 0
            ? new RelationRoot(relation, null, 0, 0)
            : new RelationRoot(relation, _cache.Child(page, index), page.ChildCount(index), page.ChildBytes(index));
    }
}

/// <summary>A relation's root page and sums; no page where the relation is empty.</summary>
internal sealed record RelationRoot(RelationId Relation, Page? Page, long Entries, long Bytes);
