using System.Collections.Concurrent;
using Dadbs.Storage.Faster.Devices;
using FASTER.core;
using PageSession = FASTER.core.ClientSession<long, FASTER.core.SpanByte, FASTER.core.SpanByte, byte[], FASTER.core.Empty,
    FASTER.core.IFunctions<long, FASTER.core.SpanByte, FASTER.core.SpanByte, byte[], FASTER.core.Empty>>;

namespace Dadbs.Storage.Faster;

/// <summary>
/// Pages in a FasterKV: page id → bytes in a hybrid log on disk, durable through fold-over checkpoints. A token names the log checkpoint and
/// the index checkpoint that recovery starts from, and the log's extent. FASTER's sessions serve one thread at a time, so each operation borrows one.
/// All files go through <see cref="CheckedDevice"/>: FASTER never sees a byte that is not the one it wrote.
/// </summary>
public sealed class FasterPageStore : IPageStore
{
    /// <summary>Of a tree's page, where nothing better is known.</summary>
    private const int TypicalPageBytes = 3 * 1024;

    private readonly string _directory;
    private readonly FasterPageStoreOptions _options;
    private readonly Lock _maintenance = new();
    private readonly WriteLatch _latch = new();
    private CheckedDevice _device;
    private CheckedDeviceFactory _files;
    private DeviceLogCommitCheckpointManager _checkpoints;
    private FasterKV<long, SpanByte> _store;
    private ConcurrentBag<PageSession> _sessions = [];
    private Guid _indexToken;
    private int _checkpointsSinceIndex;
    private long _livePages;
    private long _liveBytes;

    /// <summary>Where the log ended when the compaction that goes on began; 0: none does.</summary>
    private long _passEnd;

    /// <summary>What deletions have taken off <see cref="_liveBytes"/> since then.</summary>
    private long _passDeletedBytes;
    private int _compactions;
    private long _deletableBefore;

    private FasterPageStore(string directory, FasterPageStoreOptions options)
    {
        _directory = directory;
        _options = options;
        (_device, _files, _checkpoints, _store) = Create();
    }

    public string Location => _directory;

    /// <summary>Bytes of the log that are on disk or on their way there, dead pages included.</summary>
    public long LogBytes => _store.Log.TailAddress - _deletableBefore;

    /// <summary>Bytes of pages that were written and not deleted; an estimate, since a deleted page counts as one of average length.</summary>
    public long LiveBytes => Interlocked.Read(ref _liveBytes);

    public static FasterPageStore Open(string directory, FasterPageStoreOptions? options = null)
    {
        Directory.CreateDirectory(directory);
        return new FasterPageStore(Path.GetFullPath(directory), options ?? new FasterPageStoreOptions());
    }

    public PageReadOutcome Read(PageId id, bool mayWait, out byte[] bytes)
    {
        while (true)
        {
            int compactions = Volatile.Read(ref _compactions);
            PageReadOutcome outcome = ReadOnce(id, mayWait, out bytes);
            // A page may be moved to the log's end while its old place is looked at: then it is found there.
            if (outcome != PageReadOutcome.Missing || compactions == Volatile.Read(ref _compactions))
                return outcome;
        }
    }

    public unsafe void Write(PageId id, ReadOnlySpan<byte> bytes)
    {
        CheckWritable();
        PageSession session = Borrow();
        try
        {
            long key = id.Value;
            fixed (byte* pinned = bytes)
            {
                SpanByte value = SpanByte.FromPointer(pinned, bytes.Length);
                while (session.Upsert(ref key, ref value).IsPending)
                    session.CompletePending(wait: true);
            }
        }
        catch (FasterException e)
        {
            throw new StorageFailedException($"page {id} cannot be written to {_directory}: {e.Message}", e);
        }
        finally
        {
            _sessions.Add(session);
        }

        Interlocked.Increment(ref _livePages);
        Interlocked.Add(ref _liveBytes, StoredBytes(bytes.Length));
    }

    public void Delete(PageId id)
    {
        CheckWritable();
        PageSession session = Borrow();
        long key = id.Value;
        try
        {
            // Not beside a checkpoint, whose token says how far the log reaches.
            lock (_maintenance)
                session.Delete(ref key);
        }
        catch (FasterException e)
        {
            throw new StorageFailedException($"page {id} cannot be deleted from {_directory}: {e.Message}", e);
        }
        finally
        {
            _sessions.Add(session);
        }

        long pages = Interlocked.Read(ref _livePages);
        if (pages <= 1)
            return;
        long bytes = Interlocked.Read(ref _liveBytes) / pages;
        Interlocked.Add(ref _liveBytes, -bytes);
        Interlocked.Add(ref _passDeletedBytes, bytes);
        Interlocked.Decrement(ref _livePages);
    }

    public byte[] Checkpoint()
    {
        lock (_maintenance)
        {
            try
            {
                if (_indexToken == Guid.Empty || _checkpointsSinceIndex + 1 >= _options.CheckpointsPerIndex)
                    CheckpointIndex();
                else
                    _checkpointsSinceIndex++;
                bool started = _store.TryInitiateHybridLogCheckpoint(out Guid logToken, CheckpointType.FoldOver);
                Invariant.Check(started);
                Complete();
                // FASTER's own files are durable as they are written; the log becomes so here, before anybody names the token.
                CheckWritable();
                _device.Flush();
                _files.Forget();
                long tail = _store.Log.TailAddress;
                _device.WrittenThrough = tail;
                return new PageStoreToken(logToken, _indexToken, _store.Log.BeginAddress, tail, _livePages, LiveBytes).Encode();
            }
            catch (Exception e) when (e is FasterException or IOException and not StorageFailedException)
            {
                _latch.Close(e);
                throw new StorageFailedException($"checkpoint of {_directory} failed: {e.Message}", e);
            }
        }
    }

    public void Recover(ReadOnlySpan<byte> token)
    {
        PageStoreToken place = PageStoreToken.Decode(token) ?? throw new CorruptionException("a page store token is malformed", _directory);
        try
        {
            _device.WrittenThrough = place.Tail;
            _store.Recover(place.Index, place.Log, numPagesToPreload: 0, undoNextVersion: true);
            if ((_files.Damage ?? _device.DamageBelow(place.Tail)) is { } damage)
                throw damage;
            _files.Forget();
            _indexToken = place.Index;
            (_livePages, _liveBytes) = (place.LivePages, place.LiveBytes);
        }
        catch (Exception e) when (e is FasterException or IOException or ArgumentException or InvalidOperationException)
        {
            CorruptionException reason = _files.Damage ?? _device.DamageBelow(place.Tail)
                ?? new CorruptionException($"the page store cannot recover a checkpoint: {e.Message}", _directory, inner: e);
            // A store whose recovery failed is of no use for the next attempt.
            Close();
            (_device, _files, _checkpoints, _store) = Create();
            throw reason;
        }
    }

    public void Retain(IReadOnlyCollection<byte[]> tokens)
    {
        HashSet<Guid> kept = [_indexToken];
        long begin = _store.Log.BeginAddress;
        foreach (byte[] bytes in tokens)
        {
            PageStoreToken token = PageStoreToken.Decode(bytes) ?? throw new ArgumentException("a token of another store", nameof(tokens));
            kept.Add(token.Log);
            kept.Add(token.Index);
            begin = Math.Min(begin, token.Begin);
        }

        foreach (Guid token in _checkpoints.GetLogCheckpointTokens().Concat(_checkpoints.GetIndexCheckpointTokens()).ToList())
        {
            if (!kept.Contains(token))
                _checkpoints.Purge(token);
        }

        _deletableBefore = begin;
        _device.DeleteBefore(begin);
    }

    public bool Compact()
    {
        lock (_maintenance)
        {
            long begin = _store.Log.BeginAddress;
            long end = _store.Log.SafeReadOnlyAddress;
            long total = _store.Log.TailAddress - begin;
            if (total < LiveBytes * _options.DeadToLiveMax + _options.CompactionSlackBytes || end <= begin || !HasRoomToCompact())
            {
                _passEnd = 0;
                return false;
            }

            if (_passEnd == 0)
            {
                _passEnd = _store.Log.TailAddress;
                Interlocked.Exchange(ref _passDeletedBytes, 0);
            }

            long until = Math.Min(end, begin + _options.CompactionStepBytes);
            PageSession session = Borrow();
            try
            {
                // Moves what is alive to the log's end. The space is given back when no kept token begins before it.
                session.Compact(until, CompactionType.Lookup);
                Interlocked.Increment(ref _compactions);
                if (_store.Log.BeginAddress >= _passEnd)
                    FinishPass();
                return true;
            }
            catch (FasterException e)
            {
                throw _device.DamageBelow(_device.WrittenThrough) ?? (IOException)new StorageFailedException($"compaction of {_directory} failed: {e.Message}", e);
            }
            finally
            {
                _sessions.Add(session);
            }
        }
    }

    public void Dispose() => Close();

    private static int StoredBytes(int length) => (24 + length + 7) & ~7;

    private PageReadOutcome ReadOnce(PageId id, bool mayWait, out byte[] bytes)
    {
        PageSession session = Borrow();
        byte[] found = [];
        PageReadOutcome outcome = PageReadOutcome.Missing;
        CorruptionException? damage;
        try
        {
            damage = CheckedDevice.Watch(mayWait, () =>
            {
                long key = id.Value;
                byte[] output = [];
                Status status = session.Read(ref key, ref output);
                if (status.IsPending)
                    outcome = Complete(session, mayWait, out output);
                else if (status.Found)
                    outcome = PageReadOutcome.Found;
                found = output ?? [];
            });
        }
        catch (FasterException e)
        {
            throw new CorruptionException($"page {id} cannot be read", _directory, id.Value, e);
        }
        finally
        {
            _sessions.Add(session);
        }

        // A page that never reached the disk is no damage.
        if (damage is not null || outcome == PageReadOutcome.Missing)
            CheckWritable();
        if (damage is not null)
            throw new CorruptionException($"page {id}: {damage.Message}", damage.File, damage.Position, damage);
        bytes = found;
        return outcome;
    }

    private static PageReadOutcome Complete(PageSession session, bool mayWait, out byte[] bytes)
    {
        bytes = [];
        if (!mayWait)
        {
            session.CompletePending(wait: false);
            return PageReadOutcome.WouldBlock;
        }

        bool found = false;
        session.CompletePendingWithOutputs(out var outputs, wait: true);
        using (outputs)
        {
            while (outputs.Next())
            {
                found = outputs.Current.Status.Found;
                bytes = outputs.Current.Output ?? [];
            }
        }

        return found ? PageReadOutcome.Found : PageReadOutcome.Missing;
    }

    /// <summary>
    /// All of the log was gone through and is still too long: so the estimate of what is alive is too low (a deletion may be counted twice, before and after a crash). What is left is alive, or was
    /// deleted meanwhile. Without this it would be copied round and round.
    /// </summary>
    private void FinishPass()
    {
        _passEnd = 0;
        long left = _store.Log.TailAddress - _store.Log.BeginAddress - Interlocked.Read(ref _passDeletedBytes);
        long missing = left - LiveBytes;
        if (missing <= 0)
            return;
        Interlocked.Add(ref _liveBytes, missing);
        long pages = left / TypicalPageBytes;
        if (Interlocked.Read(ref _livePages) < pages)
            Interlocked.Exchange(ref _livePages, pages);
    }

    private void CheckpointIndex()
    {
        bool started = _store.TryInitiateIndexCheckpoint(out Guid token);
        Invariant.Check(started);
        Complete();
        _indexToken = token;
        _checkpointsSinceIndex = 0;
    }

    /// <summary>FASTER goes on after a write that failed; nothing here does.</summary>
    private void CheckWritable()
    {
        if (_latch.Failure is { } failure)
            throw new StorageFailedException($"cannot write to {_directory}: {failure.Message}", failure);
    }

    /// <summary>What a step copies before it gives anything back must not be what fills the disk.</summary>
    private bool HasRoomToCompact() =>
        new DriveInfo(_directory).AvailableFreeSpace > _options.FreeDiskReserveBytes + 2 * _options.CompactionStepBytes;

    // FASTER finishes checkpoints on its own threads and offers the wait only as a task; the caller is a dedicated writer thread.
    private void Complete() => _store.CompleteCheckpointAsync().AsTask().GetAwaiter().GetResult();

    private PageSession Borrow() => _sessions.TryTake(out PageSession? session) ? session : NewSession();

    private PageSession NewSession() =>
        _store.NewSession<SpanByte, byte[], Empty>(new PageFunctions());

    private (CheckedDevice Device, CheckedDeviceFactory Files, DeviceLogCommitCheckpointManager Checkpoints, FasterKV<long, SpanByte> Store) Create()
    {
        var device = new CheckedDevice(Path.Combine(_directory, "pages.log"), DeviceFlush.OnDemand, isReadOnly: false, _latch, _options.FlushContent) { IsLog = true };
        var files = new CheckedDeviceFactory(isReadOnly: false, isSealed: true, _latch, _options.FlushContent);
        var checkpoints = new DeviceLogCommitCheckpointManager(
            files, new DefaultCheckpointNamingScheme(Path.Combine(_directory, "checkpoints")), removeOutdated: false);
        var log = new LogSettings
        {
            LogDevice = device,
            PageSizeBits = _options.LogPageSizeBits,
            MemorySizeBits = _options.LogMemorySizeBits,
            SegmentSizeBits = _options.LogSegmentSizeBits,
        };
        var store = new FasterKV<long, SpanByte>(_options.IndexBuckets, log, new CheckpointSettings { CheckpointManager = checkpoints });
        return (device, files, checkpoints, store);
    }

    private void Close()
    {
        foreach (PageSession session in _sessions)
            session.Dispose();
        _sessions = [];
        _store.Dispose();
        _checkpoints.Dispose();
        _device.Dispose();
    }
}
