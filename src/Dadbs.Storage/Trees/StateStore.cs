using Dadbs.Storage.Recovery;
using Dadbs.Storage.Trees;

namespace Dadbs.Storage;

/// <summary>What a node decides about its state store; none of it changes a state root.</summary>
public sealed record StateStoreOptions
{
    private const int CheckpointsKeptMin = 2;

    /// <summary>Bytes of clean pages kept in memory. Pages since the last checkpoint are in memory besides.</summary>
    public long PageCacheBytes
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(PageCacheBytes), "the page cache needs room");
    } = 64L * 1024 * 1024;

    /// <summary>Checkpoints that can be recovered to; at least two, so that one may turn out damaged.</summary>
    public int CheckpointsKept
    {
        get;
        init => field = value >= CheckpointsKeptMin
            ? value : throw new ArgumentOutOfRangeException(nameof(CheckpointsKept), $"at least {CheckpointsKeptMin} checkpoints are kept");
    } = CheckpointsKeptMin;
}

/// <summary>
/// The replicated state: a tree of trees on a page store. <see cref="Apply"/> belongs to one writer thread; <see cref="Checkpoint"/> may run there
/// or beside it on another; <see cref="Current"/> and its readers on any. Recovery invariants 1 to 3 of docs/formats.md, "Recovery", are kept here.
/// </summary>
public sealed class StateStore : IDisposable
{
    /// <summary>Height of the empty state, so that genesis can be height 0.</summary>
    public const long EmptyHeight = -1;

    private readonly IPageStore _pages;
    private readonly ManifestDirectory? _manifests;
    private readonly StateStoreOptions _options;
    private readonly PageCache _cache;
    private readonly RelationWriter _relationWriter;
    private readonly DirectoryWriter _directoryWriter;
    private readonly Lock _checkpointing = new();
    private Manifest[] _kept;
    private Snapshot _current;
    private long _nextPageId;
    private long _checkpointedBytes;

    private StateStore(
        IPageStore pages, ManifestDirectory? manifests, StateStoreOptions options, PageCache cache, Snapshot current, Manifest[] kept, long nextPageId)
    {
        _pages = pages;
        _manifests = manifests;
        _options = options;
        _cache = cache;
        _current = current;
        _kept = kept;
        _nextPageId = nextPageId;
        _relationWriter = new RelationWriter(cache);
        _directoryWriter = new DirectoryWriter(cache);
    }

    /// <summary>The newest state.</summary>
    public Snapshot Current => Volatile.Read(ref _current);

    /// <summary>Height of the newest durable checkpoint; <see cref="EmptyHeight"/> if there is none.</summary>
    public long CheckpointHeight => Kept is [Manifest newest, ..] ? newest.Height : EmptyHeight;

    /// <summary>Heights that can be recovered to, newest first. The block log is needed from the last of them on.</summary>
    public IReadOnlyList<long> CheckpointHeights => Array.ConvertAll(Kept, manifest => manifest.Height);

    /// <summary>Encoded change-set bytes applied since the last checkpoint: what the checkpoint policy counts.</summary>
    public long ChangedBytesSinceCheckpoint => Current.AppliedBytes - Interlocked.Read(ref _checkpointedBytes);

    /// <summary>Pages written by the last checkpoint.</summary>
    public int PagesWrittenByCheckpoint { get; private set; }

    /// <summary>Damaged manifest files that recovery stepped over, for the log.</summary>
    public IReadOnlyList<string> DamagedManifests { get; private init; } = [];

    /// <summary>Newest first. The array is replaced, never changed.</summary>
    private Manifest[] Kept => Volatile.Read(ref _kept);

    /// <summary>
    /// Opens at the newest checkpoint that checks, or empty if there never was one. Without a manifest directory nothing survives the
    /// process. Throws <see cref="CorruptionException"/> if there are checkpoints and none of them can be recovered.
    /// </summary>
    public static StateStore Open(StateStoreOptions options, IPageStore pages, string? manifestDirectory)
    {
        var cache = new PageCache(pages, options.PageCacheBytes);
        if (manifestDirectory is null)
            return Empty(options, pages, cache, null);
        var manifests = new ManifestDirectory(manifestDirectory);
        (List<Manifest> good, List<string> damaged) = manifests.ReadAll();
        if (good.Count == 0)
        {
            return damaged.Count == 0
                ? Empty(options, pages, cache, manifests)
                : throw new CorruptionException("no checkpoint manifest is intact", damaged[0]);
        }

        return Recover(options, pages, cache, manifests, good, damaged);
    }

    /// <summary>
    /// Enters net changes into the trees and publishes the new state under a height above the current one. Root = f(parent root, changes):
    /// neither checkpoints nor restarts nor cache sizes enter.
    /// </summary>
    public Snapshot Apply(ChangeSet changes, long height)
    {
        Snapshot parent = _current;
        Invariant.Check(height > parent.Height);
        var roots = new List<DirectoryChange>(changes.Relations.Count);
        foreach (RelationChanges relation in changes.Relations)
        {
            Page? before = parent.Find(relation.Relation).Page;
            Page? after = _relationWriter.Apply(relation.Dropped ? null : before, relation.Changes);
            if (before is null && after is null)
                continue;
            var key = new byte[RelationId.Size];
            relation.Relation.CopyTo(key);
            roots.Add(new DirectoryChange(key, after));
        }

        var next = new Snapshot(_cache, _directoryWriter.Apply(parent.Top, roots), height);
        next.Inherit(parent, changes);
        Volatile.Write(ref _current, next);
        return next;
    }

    /// <summary>
    /// Makes <see cref="Current"/> durable: new pages, the page store's checkpoint, then the manifest. The caller has made the block
    /// log durable through its height first (recovery invariant 6). Does nothing if this height is durable already. May run beside
    /// <see cref="Apply"/>: what is applied meanwhile belongs to the next checkpoint.
    /// </summary>
    public void Checkpoint()
    {
        lock (_checkpointing)
        {
            Snapshot state = Current;
            if (state.Height == CheckpointHeight || state.Height == EmptyHeight)
                return;
            PagesWrittenByCheckpoint = 0;
            PageId top = WriteDirty(state.Top);
            var manifest = new Manifest(state.Height, top, state.Root, _nextPageId, _pages.Checkpoint());
            _manifests?.Write(manifest);
            Interlocked.Exchange(ref _checkpointedBytes, state.AppliedBytes);
            Keep([manifest, .. _kept]);
        }
    }

    /// <summary>The state of a kept checkpoint, read from the page store.</summary>
    public Snapshot OpenCheckpoint(long height)
    {
        Manifest manifest = Array.Find(Kept, kept => kept.Height == height) ?? throw new ArgumentOutOfRangeException(nameof(height), height, "no checkpoint of this height is kept");
        return new Snapshot(_cache, _cache.Load(manifest.TopRoot, manifest.Root), height);
    }

    /// <summary>Closes the page store as well.</summary>
    public void Dispose() => _pages.Dispose();

    private static StateStore Empty(StateStoreOptions options, IPageStore pages, PageCache cache, ManifestDirectory? manifests) =>
        new(pages, manifests, options, cache, new Snapshot(cache, PageBuilder.EmptyDirectory(), EmptyHeight), [], nextPageId: 1);

    private static StateStore Recover(
        StateStoreOptions options, IPageStore pages, PageCache cache, ManifestDirectory manifests, List<Manifest> good, List<string> damaged)
    {
        // Above every id that any manifest could name: no id is given to other content, not even after a step back.
        long nextPageId = good.Max(manifest => manifest.NextPageId);
        CorruptionException? newest = null;
        while (good.Count > 0)
        {
            Manifest manifest = good[0];
            try
            {
                pages.Recover(manifest.StoreToken);
                var state = new Snapshot(cache, cache.Load(manifest.TopRoot, manifest.Root), manifest.Height);
                return new StateStore(pages, manifests, options, cache, state, [.. good], nextPageId) { DamagedManifests = damaged };
            }
            catch (CorruptionException e)
            {
                newest ??= e;
                good.RemoveAt(0);
            }
        }

        throw newest!;
    }

    /// <summary>
    /// Gives every reachable page that has no id one, children first, and hands it to the page store. Pages that were superseded since the
    /// last checkpoint are not reachable and never written.
    /// </summary>
    private PageId WriteDirty(Page page)
    {
        if (!page.Id.IsNone)
            return page.Id;
        for (int i = 0; page.HasReferences && i < page.Count; i++)
        {
            if (page.ChildObject(i) is { } child)
                page.SetChildId(i, WriteDirty(child));
        }

        var id = new PageId(_nextPageId++);
        page.SealChildIds();
        _pages.Write(id, page.StoredBytes);
        page.SetId(id);
        _cache.Add(page);
        PagesWrittenByCheckpoint++;
        return id;
    }

    private void Keep(Manifest[] manifests)
    {
        int count = Math.Min(manifests.Length, _options.CheckpointsKept);
        Volatile.Write(ref _kept, manifests[..count]);
        foreach (Manifest outdated in manifests[count..])
            _manifests?.Delete(outdated);
        _pages.Retain(Array.ConvertAll(_kept, manifest => manifest.StoreToken));
    }
}
