namespace Dadbs.Storage.Trees;

/// <summary>
/// A range scan over one tree, in either direction: the path to the current leaf is kept, bounds are looked up once per leaf and not per
/// entry. Pages are immutable, so the cursor is stable by nature.
/// </summary>
internal sealed class TreeCursor : RangeCursor
{
    private readonly PageCache _cache;

    /// <summary>Held, not used: the pages of a state stay in the store as long as somebody holds its era.</summary>
    private readonly Era? _era;
    private readonly KeyRange _range;
    private readonly bool _descending;
    private readonly Page[] _pages;
    private readonly int[] _indexes;
    private Page _leaf;
    private int _index;
    private int _stop;
    private bool _isLastLeaf;
    private bool _started;

    public TreeCursor(PageCache cache, Era? era, Page root, in KeyRange range, bool descending)
    {
        _era = era;
        _cache = cache;
        _range = range;
        _descending = descending;
        _pages = new Page[root.Level + 1];
        _indexes = new int[root.Level + 1];
        _pages[root.Level] = root;
        _leaf = root;
    }

    public override ReadOnlyMemory<byte> Key => _leaf.KeyMemory(_index);

    public override ReadOnlyMemory<byte> Value => _leaf.ValueMemory(_index);

    public override bool MoveNext()
    {
        if (!_started)
            return Start();
        _index += _descending ? -1 : 1;
        return _index != _stop || NextLeaf();
    }

    public override long Skip(long count)
    {
        // Before the first entry only; later a walk is as good for the few that are skipped then.
        if (_started || count <= _pages[^1].Count)
            return base.Skip(count);
        long inRange = TreeReader.CountRange(_cache, _pages[^1], _pages[^1].CountEntries(), _range);
        long skipped = Math.Min(count, inRange);
        if (skipped == 0)
            return 0;
        long low = _range.Low is null ? 0 : TreeReader.Rank(_cache, _pages[^1], _range.Low);
        DescendToRank(_descending ? low + inRange - skipped : low + skipped - 1);
        return skipped;
    }

    /// <summary>Stands on the entry that has so many before it in the whole tree.</summary>
    private void DescendToRank(long rank)
    {
        _started = true;
        for (int level = _pages.Length - 1; level > 0; level--)
        {
            Page page = _pages[level];
            int child = 0;
            for (; rank >= page.ChildCount(child); child++)
                rank -= page.ChildCount(child);
            _indexes[level] = child;
            _pages[level - 1] = _cache.Child(page, child);
        }

        _leaf = _pages[0];
        EnterLeaf(start: null);
        _index = (int)rank;
    }

    private bool Start()
    {
        _started = true;
        byte[]? bound = _descending ? _range.High : _range.Low;
        Descend(_pages.Length - 1, bound);
        EnterLeaf(bound);
        return _index != _stop || NextLeaf();
    }

    /// <summary>From the page at <paramref name="level"/> down to the leaf that holds the bound, or the outermost one.</summary>
    private void Descend(int level, byte[]? bound)
    {
        for (; level > 0; level--)
        {
            Page page = _pages[level];
            int child = bound is not null ? page.FindChild(bound) : _descending ? page.Count - 1 : 0;
            _indexes[level] = child;
            _pages[level - 1] = _cache.Child(page, child);
        }

        _leaf = _pages[0];
    }

    /// <summary>Sets the first index of the leaf and the one at which the walk leaves it.</summary>
    private void EnterLeaf(byte[]? start)
    {
        if (_descending)
        {
            _index = (start is null ? _leaf.Count : LowerBound(start)) - 1;
            _isLastLeaf = _range.Low is not null && (_leaf.Count == 0 || _leaf.Key(0).SequenceCompareTo(_range.Low) <= 0);
            _stop = _isLastLeaf ? LowerBound(_range.Low!) - 1 : -1;
            // An empty range, or one between two entries: the start lies beyond the stop.
            if (_index < _stop)
                _index = _stop;
            return;
        }

        _index = start is null ? 0 : LowerBound(start);
        _isLastLeaf = _range.High is not null && (_leaf.Count == 0 || _leaf.Key(_leaf.Count - 1).SequenceCompareTo(_range.High) >= 0);
        _stop = _isLastLeaf ? LowerBound(_range.High!) : _leaf.Count;
        if (_index > _stop)
            _index = _stop;
    }

    private int LowerBound(ReadOnlySpan<byte> key)
    {
        int index = _leaf.Search(key);
        return index >= 0 ? index : ~index;
    }

    private bool NextLeaf()
    {
        GC.KeepAlive(_era);
        while (!_isLastLeaf)
        {
            int level = 1;
            while (level < _pages.Length && _indexes[level] == (_descending ? 0 : _pages[level].Count - 1))
                level++;
            if (level >= _pages.Length)
                break;
            _indexes[level] += _descending ? -1 : 1;
            _pages[level - 1] = _cache.Child(_pages[level], _indexes[level]);
            Descend(level - 1, bound: null);
            EnterLeaf(start: null);
            if (_index != _stop)
                return true;
        }

        // Stays at the end however often it is asked.
        _isLastLeaf = true;
        _index = _stop - (_descending ? -1 : 1);
        return false;
    }
}
