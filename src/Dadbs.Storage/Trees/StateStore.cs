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

    /// <summary>
    /// Bytes of changed pages kept in memory. Beyond it they are written to the page store, unreachable until the next checkpoint, and can leave memory as
    /// clean pages do.
    /// </summary>
    public long DirtyBytesMax { get; init; } = 64L * 1024 * 1024;

    /// <summary>By how much the heap may grow, by pages that were replaced or evicted, before it is collected as a whole.</summary>
    public long GarbageBytesMax { get; init; } = 32L * 1024 * 1024;

    /// <summary>Superseded pages are deleted and their space is given back on a thread of the pool after each checkpoint; false: within it.</summary>
    public bool CollectInBackground { get; init; } = true;

    /// <summary>Told of a page that does not check, on the thread that met it, after a note of it was made in the manifest directory.</summary>
    public Action<CorruptionException>? DamageFound { get; init; }
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
    private readonly Lock _collecting = new();
    private KeptCheckpoint[] _kept;

    /// <summary>
    /// Manifest files that recovery stepped over. They go with the next checkpoint: the page store then forgets what they name, and one that is newer would be tried first again, or count as one
    /// that is kept. Not before, since they may name the highest page id.
    /// </summary>
    private IReadOnlyList<string> _steppedOver = [];
    private Era _era;
    private Snapshot _current;
    private Snapshot? _stagedOn;
    private long _stagedDirtyBytes;
    private Exception? _collectionFailure;
    private bool _isDisposed;
    private long _nextPageId;
    private long _checkpointedBytes;

    private StateStore(
        IPageStore pages, ManifestDirectory? manifests, StateStoreOptions options, PageCache cache, Snapshot current, KeptCheckpoint[] kept, long nextPageId)
    {
        _era = current.Era;
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
    public long CheckpointHeight => Kept is [KeptCheckpoint newest, ..] ? newest.Manifest.Height : EmptyHeight;

    /// <summary>Heights that can be recovered to, newest first. The block log is needed from the last of them on.</summary>
    public IReadOnlyList<long> CheckpointHeights => [.. Kept.Take(_options.CheckpointsKept).Select(kept => kept.Manifest.Height)];

    /// <summary>Encoded change-set bytes applied since the last checkpoint: what the checkpoint policy counts.</summary>
    public long ChangedBytesSinceCheckpoint => Current.AppliedBytes - Interlocked.Read(ref _checkpointedBytes);

    /// <summary>Pages written by the last checkpoint.</summary>
    public int PagesWrittenByCheckpoint { get; private set; }

    /// <summary>Damaged manifest files that recovery stepped over, for the log.</summary>
    public IReadOnlyList<string> DamagedManifests { get; private init; } = [];

    /// <summary>What recovery found damaged on its way to the checkpoint that it took, a line each.</summary>
    public IReadOnlyList<string> DamageSteppedOver { get; private init; } = [];

    /// <summary>Pages deleted since the store was opened, because no checkpoint and no reader needed them.</summary>
    public long PagesCollected { get; private set; }

    /// <summary>All with a manifest on disk, newest first; those beyond the first few await their collection. The array is replaced, never changed.</summary>
    private KeptCheckpoint[] Kept => Volatile.Read(ref _kept);

    /// <summary>
    /// Opens at the newest checkpoint that checks, or empty if there never was one. Without a manifest directory nothing survives the
    /// process. Throws <see cref="CorruptionException"/> if there are checkpoints and none of them can be recovered.
    /// </summary>
    public static StateStore Open(StateStoreOptions options, IPageStore pages, string? manifestDirectory)
    {
        var cache = new PageCache(pages, options.PageCacheBytes, options.GarbageBytesMax);
        cache.DamageFound = damage =>
        {
            if (manifestDirectory is not null)
                DamageNote.Write(manifestDirectory, damage.Message);
            options.DamageFound?.Invoke(damage);
        };
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
    /// neither checkpoints nor restarts nor cache sizes enter, nor which heights in between were sealed.
    /// </summary>
    /// <param name="changes">The block's net changes.</param>
    /// <param name="height">Above the current one.</param>
    /// <param name="seal">False: no page is hashed and the state has no root yet. Pages that the next blocks replace are then never hashed.</param>
    public Snapshot Apply(ChangeSet changes, long height, bool seal = true)
    {
        Snapshot next = Stage(changes, height);
        if (seal)
            next.Seal();
        Publish(next);
        return next;
    }

    /// <summary>
    /// What <see cref="Apply"/> would publish, unsealed and seen by nobody until <see cref="Publish"/>. It is dropped when another is staged: the newest state stays what
    /// it is. The writer thread's.
    /// </summary>
    public Snapshot Stage(ChangeSet changes, long height)
    {
        Snapshot parent = _current;
        Invariant.Check(height > parent.Height);
        // What was staged before is dropped, and what it replaced is changed still.
        if (_stagedOn is not null)
            _cache.TakeDirty(_stagedDirtyBytes);
        long dirtyBefore = _cache.DirtyBytes;
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

        var next = new Snapshot(_cache, Volatile.Read(ref _era), _directoryWriter.Apply(parent.Top, roots), height);
        next.Inherit(parent, changes);
        (_stagedOn, _stagedDirtyBytes) = (parent, _cache.DirtyBytes - dirtyBefore);
        return next;
    }

    /// <summary>What was staged last becomes the newest state. The writer thread's.</summary>
    public void Publish(Snapshot staged)
    {
        Invariant.Check(ReferenceEquals(_stagedOn, _current) && staged.Height > _current.Height);
        _stagedOn = null;
        Volatile.Write(ref _current, staged);
        if (_cache.DirtyBytes > _options.DirtyBytesMax)
            WriteBack();
    }

    /// <summary>Writes changed pages ahead of the next checkpoint (recovery invariant 2), so that memory stays bounded.</summary>
    private void WriteBack()
    {
        lock (_checkpointing)
        {
            _current.Seal();
            WriteDirty(_current.Top);
            _cache.ResetDirty();
        }
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
            if (_collectionFailure is { } failure)
                throw new StorageFailedException($"superseded pages could not be deleted: {failure.Message}", failure);
            Snapshot state = Current;
            if (state.Height == CheckpointHeight || state.Height == EmptyHeight)
                return;
            if (!state.IsSealed)
                throw new InvalidOperationException($"height {state.Height} is not sealed: checkpoints name sealed heights only");
            // What was deleted so far is deleted durably with this checkpoint.
            KeptCheckpoint[] forgotten = Array.FindAll(Kept, kept => kept.IsCollected);
            PagesWrittenByCheckpoint = 0;
            PageId top = WriteDirty(state.Top);
            var manifest = new Manifest(state.Height, top, state.Root, _nextPageId, _pages.Checkpoint());
            _manifests?.Write(manifest);
            _cache.ResetDirty();
            _stagedDirtyBytes = 0;
            Interlocked.Exchange(ref _checkpointedBytes, state.AppliedBytes);
            Keep(manifest, forgotten);
        }

        if (_options.CollectInBackground)
            ThreadPool.UnsafeQueueUserWorkItem(static store => store.TryCollect(), this, preferLocal: false);
        else
            Collect();
    }

    /// <summary>
    /// Deletes what only collected checkpoints needed and nobody reads any more, and lets the page store give space back. Runs after each checkpoint; may run
    /// beside everything else.
    /// </summary>
    public void Collect()
    {
        lock (_collecting)
        {
            if (_isDisposed)
                return;
            CollectGarbage();
            while (!_isDisposed && _pages.Compact())
            {
            }
        }
    }

    /// <summary>The state of a kept checkpoint, read from the page store.</summary>
    public Snapshot OpenCheckpoint(long height)
    {
        KeptCheckpoint? found = Array.Find(Kept, kept => kept.Manifest.Height == height);
        return found?.Era is { } era
            ? new Snapshot(_cache, era, _cache.Load(found.Manifest.TopRoot, found.Manifest.Root), height)
            : throw new ArgumentOutOfRangeException(nameof(height), height, "no checkpoint of this height is kept");
    }

    /// <summary>Closes the page store as well.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        lock (_collecting)
            _pages.Dispose();
    }

    private static StateStore Empty(StateStoreOptions options, IPageStore pages, PageCache cache, ManifestDirectory? manifests) =>
        new(pages, manifests, options, cache, new Snapshot(cache, new Era(), PageBuilder.EmptyDirectory(), EmptyHeight), [], nextPageId: 1);

    private static StateStore Recover(
        StateStoreOptions options, IPageStore pages, PageCache cache, ManifestDirectory manifests, List<Manifest> good, List<string> damaged)
    {
        // Above every id that any manifest could name: no id is given to other content, not even after a step back.
        long nextPageId = good.Max(manifest => manifest.NextPageId);
        CorruptionException? newest = null;
        List<string> steppedOver = [.. damaged.Select(path => $"a manifest is damaged ({path})")];
        List<string> files = [.. damaged];
        while (good.Count > 0)
        {
            Manifest manifest = good[0];
            try
            {
                pages.Recover(manifest.StoreToken);
                KeptCheckpoint[] kept = KeptAfterRestart(good, options);
                var state = new Snapshot(cache, kept[0].Era!, cache.LoadRoot(manifest.TopRoot, manifest.Root), manifest.Height);
                return new StateStore(pages, manifests, options, cache, state, kept, nextPageId) { DamagedManifests = damaged, DamageSteppedOver = steppedOver, _steppedOver = files };
            }
            catch (CorruptionException e)
            {
                newest ??= e;
                steppedOver.Add(e.Message);
                files.Add(manifests.PathOf(manifest.Height));
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

    private static KeptCheckpoint[] KeptAfterRestart(List<Manifest> manifests, StateStoreOptions options) =>
        [.. manifests.Select((manifest, age) => new KeptCheckpoint(manifest, null, age < options.CheckpointsKept ? new Era() : null))];

    /// <summary>A new era begins with the checkpoint: snapshots made from here on need nothing that it superseded.</summary>
    private void Keep(Manifest manifest, KeptCheckpoint[] forgotten)
    {
        var newest = new KeptCheckpoint(manifest, _era, new Era());
        KeptCheckpoint[] kept = [newest, .. Kept.Where(old => !forgotten.Contains(old))];
        Volatile.Write(ref _era, newest.Era!);
        Volatile.Write(ref _kept, kept);
        foreach (KeptCheckpoint old in kept.Skip(_options.CheckpointsKept))
            old.Release();
        _manifests?.Delete(forgotten.Select(old => _manifests.PathOf(old.Manifest.Height)).Concat(_steppedOver).Where(path => path != _manifests.PathOf(manifest.Height)));
        _steppedOver = [];
        _pages.Retain(Array.ConvertAll(kept, checkpoint => checkpoint.Manifest.StoreToken));
    }

    private void TryCollect()
    {
        try
        {
            Collect();
        }
        catch (IOException e)
        {
            // The border of a pool thread. Damage was reported where it was met; the next checkpoint fails with the rest.
            Volatile.Write(ref _collectionFailure, e);
        }
    }

    private void CollectGarbage()
    {
        const int UncollectedBeforeHint = 4;
        KeptCheckpoint[] kept = Kept;
        for (int i = kept.Length - 1; i >= _options.CheckpointsKept; i--)
        {
            if (kept[i].IsCollected)
                continue;
            // Pages that this one superseded may be read by states of its own era and of all before it.
            if (!kept[i].IsUnread)
            {
                if (kept.Length - _options.CheckpointsKept >= UncollectedBeforeHint)
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Optimized, blocking: false);
                return;
            }

            foreach (PageId id in new GarbageSearch(_cache).Between(kept[i].Manifest, kept[i - 1].Manifest))
            {
                _pages.Delete(id);
                _cache.Forget(id);
                PagesCollected++;
            }

            kept[i].IsCollected = true;
        }
    }
}
