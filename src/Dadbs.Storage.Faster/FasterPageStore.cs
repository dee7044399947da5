using System.Collections.Concurrent;
using FASTER.core;
using PageSession = FASTER.core.ClientSession<long, FASTER.core.SpanByte, FASTER.core.SpanByte, byte[], FASTER.core.Empty,
    FASTER.core.IFunctions<long, FASTER.core.SpanByte, FASTER.core.SpanByte, byte[], FASTER.core.Empty>>;

namespace Dadbs.Storage.Faster;

/// <summary>
/// Pages in a FasterKV: page id → bytes in a hybrid log on disk, durable through fold-over checkpoints. A token names the log checkpoint and
/// the index checkpoint that recovery starts from. FASTER's sessions serve one thread at a time, so each operation borrows one.
/// </summary>
public sealed class FasterPageStore : IPageStore
{
    private const int GuidBytes = 16;

    private readonly string _directory;
    private readonly FasterPageStoreOptions _options;
    private IDevice _device;
    private DeviceLogCommitCheckpointManager _checkpoints;
    private FasterKV<long, SpanByte> _store;
    private ConcurrentBag<PageSession> _sessions = [];
    private Guid _indexToken;
    private int _checkpointsSinceIndex;

    private FasterPageStore(string directory, FasterPageStoreOptions options)
    {
        _directory = directory;
        _options = options;
        (_device, _checkpoints, _store) = Create();
    }

    public string Location => _directory;

    public static FasterPageStore Open(string directory, FasterPageStoreOptions? options = null)
    {
        Directory.CreateDirectory(directory);
        return new FasterPageStore(Path.GetFullPath(directory), options ?? new FasterPageStoreOptions());
    }

    public PageReadOutcome Read(PageId id, bool mayWait, out byte[] bytes)
    {
        PageSession session = Borrow();
        try
        {
            long key = id.Value;
            byte[] found = [];
            Status status = session.Read(ref key, ref found);
            if (!status.IsPending)
            {
                bytes = found ?? [];
                return status.Found ? PageReadOutcome.Found : PageReadOutcome.Missing;
            }

            return Complete(session, mayWait, out bytes);
        }
        catch (FasterException e)
        {
            throw new CorruptionException($"page {id} cannot be read", _directory, id.Value, e);
        }
        finally
        {
            _sessions.Add(session);
        }
    }

    public unsafe void Write(PageId id, ReadOnlySpan<byte> bytes)
    {
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
    }

    public void Delete(PageId id)
    {
        PageSession session = Borrow();
        long key = id.Value;
        session.Delete(ref key);
        _sessions.Add(session);
    }

    public byte[] Checkpoint()
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
            return [.. logToken.ToByteArray(), .. _indexToken.ToByteArray()];
        }
        catch (Exception e) when (e is FasterException or IOException)
        {
            throw new StorageFailedException($"checkpoint of {_directory} failed: {e.Message}", e);
        }
    }

    public void Recover(ReadOnlySpan<byte> token)
    {
        if (token.Length != 2 * GuidBytes)
            throw new CorruptionException("a page store token is malformed", _directory);
        var logToken = new Guid(token[..GuidBytes]);
        var indexToken = new Guid(token[GuidBytes..]);
        try
        {
            _store.Recover(indexToken, logToken, numPagesToPreload: 0, undoNextVersion: true);
            _indexToken = indexToken;
        }
        catch (Exception e) when (e is FasterException or IOException or ArgumentException or InvalidOperationException)
        {
            // A store whose recovery failed is of no use for the next attempt.
            Close();
            (_device, _checkpoints, _store) = Create();
            throw new CorruptionException("the page store cannot recover a checkpoint", _directory, inner: e);
        }
    }

    public void Retain(IReadOnlyCollection<byte[]> tokens)
    {
        HashSet<Guid> kept = [_indexToken];
        foreach (byte[] token in tokens)
        {
            kept.Add(new Guid(token.AsSpan(0, GuidBytes)));
            kept.Add(new Guid(token.AsSpan(GuidBytes)));
        }

        foreach (Guid token in _checkpoints.GetLogCheckpointTokens().Concat(_checkpoints.GetIndexCheckpointTokens()).ToList())
        {
            if (!kept.Contains(token))
                _checkpoints.Purge(token);
        }
    }

    public void Dispose() => Close();

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

    private void CheckpointIndex()
    {
        bool started = _store.TryInitiateIndexCheckpoint(out Guid token);
        Invariant.Check(started);
        Complete();
        _indexToken = token;
        _checkpointsSinceIndex = 0;
    }

    // FASTER finishes checkpoints on its own threads and offers the wait only as a task; the caller is a dedicated writer thread.
    private void Complete() => _store.CompleteCheckpointAsync().AsTask().GetAwaiter().GetResult();

    private PageSession Borrow() => _sessions.TryTake(out PageSession? session) ? session : NewSession();

    private PageSession NewSession() =>
        _store.NewSession<SpanByte, byte[], Empty>(new PageFunctions());

    private (IDevice Device, DeviceLogCommitCheckpointManager Checkpoints, FasterKV<long, SpanByte> Store) Create()
    {
        IDevice device = Devices.CreateLogDevice(Path.Combine(_directory, "pages.log"));
        var checkpoints = new DeviceLogCommitCheckpointManager(
            new LocalStorageNamedDeviceFactory(), new DefaultCheckpointNamingScheme(Path.Combine(_directory, "checkpoints")), removeOutdated: false);
        var log = new LogSettings
        {
            LogDevice = device,
            PageSizeBits = _options.LogPageSizeBits,
            MemorySizeBits = _options.LogMemorySizeBits,
            SegmentSizeBits = _options.LogSegmentSizeBits,
        };
        var store = new FasterKV<long, SpanByte>(_options.IndexBuckets, log, new CheckpointSettings { CheckpointManager = checkpoints });
        return (device, checkpoints, store);
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
