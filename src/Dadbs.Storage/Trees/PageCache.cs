using System.Collections.Concurrent;

namespace Dadbs.Storage.Trees;

/// <summary>
/// Clean pages by id, up to a number of bytes, replaced by the CLOCK rule (second chance). Lookups take no lock; a miss reads the page
/// store, checks what it got and takes the lock to enter it.
/// </summary>
internal sealed class PageCache(IPageStore store, long bytesMax, long garbageBytesMax)
{
    private const long QuietMilliseconds = 1000;

    private readonly HeapAllowance _allowance = new(garbageBytesMax);
    private readonly ConcurrentDictionary<long, Page> _pages = new();
    private readonly Lock _gate = new();
    private readonly List<Page> _ring = [];
    private int _hand;
    private long _bytes;
    private long _dirtyBytes;
    private long _latestRead = long.MinValue / 2;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Bytes of pages that are reachable from the newest state and not written yet. The writer thread's and the checkpoint's.</summary>
    public long DirtyBytes => Interlocked.Read(ref _dirtyBytes);

    public void ResetDirty() => Interlocked.Exchange(ref _dirtyBytes, 0);

    /// <summary>A changed page was made.</summary>
    public void AddDirty(long bytes)
    {
        Interlocked.Add(ref _dirtyBytes, bytes);
        _allowance.Count(bytes);
    }

    /// <summary>A changed page need not be written any more.</summary>
    public void TakeDirty(long bytes) => Interlocked.Add(ref _dirtyBytes, -bytes);

    /// <summary>Told of every page that does not check, before the exception is thrown.</summary>
    public Action<CorruptionException>? DamageFound { get; set; }

    /// <summary>No page had to be read from the store for a second: what is asked for now is found in memory, as far as one can tell.</summary>
    public bool HoldsWhatIsRead => Environment.TickCount64 - Volatile.Read(ref _latestRead) > QuietMilliseconds;

    public Page Child(Page parent, int index)
    {
        Page? child = parent.ChildObject(index);
        if (child is not null)
            return child;
        PageId id = parent.ChildId(index);
        if (!_pages.TryGetValue(id.Value, out child))
            return LoadChild(parent, index, id);
        if (!child.RecentlyUsed)
            child.RecentlyUsed = true;
        return child;
    }

    public Page Resolve(in PageReference reference)
    {
        if (reference.Page is not null)
            return reference.Page;
        return _pages.TryGetValue(reference.Id.Value, out Page? page) ? page : Load(reference.Id, reference.Hash);
    }

    /// <summary>Reads a page from the store, unless it is cached, and checks that it is the one with this hash.</summary>
    public Page Load(PageId id, Hash256 expected)
    {
        try
        {
            return _pages.TryGetValue(id.Value, out Page? cached) ? cached : LoadRoot(id, expected);
        }
        catch (CorruptionException e)
        {
            DamageFound?.Invoke(e);
            throw;
        }
    }

    /// <summary>The page, or null if the store has none of this id. What is there and does not check is damage all the same.</summary>
    public Page? TryLoad(PageId id, Hash256 expected)
    {
        if (_pages.TryGetValue(id.Value, out Page? cached))
            return cached;
        NoteRead();
        if (store.Read(id, mayWait: true, out byte[] bytes) != PageReadOutcome.Found)
            return null;
        if (Page.Load(bytes, id, expected) is { } page)
            return page;
        var damage = new CorruptionException($"page {id} is damaged", store.Location, id.Value);
        DamageFound?.Invoke(damage);
        throw damage;
    }

    /// <summary>A page that was deleted from the store.</summary>
    public void Forget(PageId id)
    {
        lock (_gate)
        {
            if (!_pages.TryRemove(id.Value, out Page? page))
                return;
            _bytes -= page.MemoryBytes;
            TakeOut(page.CachePlace);
        }
    }

    /// <summary>The same for the root of a checkpoint, of which recovery has others to try.</summary>
    public Page LoadRoot(PageId id, Hash256 expected)
    {
        NoteRead();
        if (store.Read(id, mayWait: true, out byte[] bytes) != PageReadOutcome.Found)
            throw new CorruptionException($"page {id} is missing", store.Location, id.Value);
        Page page = Page.Load(bytes, id, expected) ?? throw new CorruptionException($"page {id} is damaged", store.Location, id.Value);
        _allowance.Count(page.MemoryBytes);
        return Add(page);
    }

    /// <summary>Enters a page that is in the store now. Returns the one that is cached, should another thread have been first.</summary>
    public Page Add(Page page)
    {
        lock (_gate)
        {
            if (!_pages.TryAdd(page.Id.Value, page))
                return _pages[page.Id.Value];
            page.RecentlyUsed = true;
            page.CachePlace = _ring.Count;
            _ring.Add(page);
            _bytes += page.MemoryBytes;
            while (_bytes > bytesMax && _ring.Count > 1)
                Evict();
            return page;
        }
    }

    private void NoteRead() => Volatile.Write(ref _latestRead, Environment.TickCount64);

    private Page LoadChild(Page parent, int index, PageId id)
    {
        Page child = Load(id, parent.ChildHash(index));
        if (parent.Kind == PageKind.Branch && child.Level != parent.Level - 1)
            throw new CorruptionException($"page {id} is of the wrong level", store.Location, id.Value);
        return child;
    }

    private void Evict()
    {
        while (true)
        {
            if (_hand >= _ring.Count)
                _hand = 0;
            Page page = _ring[_hand];
            if (!page.RecentlyUsed)
            {
                _pages.TryRemove(page.Id.Value, out _);
                _bytes -= page.MemoryBytes;
                TakeOut(_hand);
                return;
            }

            page.RecentlyUsed = false;
            _hand++;
        }
    }

    /// <summary>The last one takes the place: the ring's order is only roughly that of arrival, which is all CLOCK needs.</summary>
    private void TakeOut(int place)
    {
        Page last = _ring[^1];
        _ring[place] = last;
        last.CachePlace = place;
        _ring.RemoveAt(_ring.Count - 1);
    }
}
