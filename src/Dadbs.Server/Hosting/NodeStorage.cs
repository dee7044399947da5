using Dadbs.Replication;
using Dadbs.Server.Configuration;
using Dadbs.Storage;
using Dadbs.Storage.Faster;
using Dadbs.Storage.Recovery;
using Microsoft.Extensions.Logging;

namespace Dadbs.Server.Hosting;

/// <summary>
/// Everything that a node keeps on disk, opened and checked: genesis, key, block log, vote log, state. Damage to genesis, key or the vote log is named and ends the
/// start, as does damage to the block log of a node without peers. A damaged page store holds nothing that the block log does not: it is deleted, and replication's replay makes it again.
/// A damaged block log is set aside and begun anew with what of it joins on; replication fetches the rest. The caller holds the directory's lock.
/// </summary>
internal sealed partial class NodeStorage : IDisposable
{
    /// <summary>A bucket of FASTER's hash index is one cache line.</summary>
    private const int IndexBucketBytes = 64;

    private readonly Stack<IDisposable> _parts = new();
    private readonly List<string> _repairs = [];

    private readonly StoredBlockLog _blocks;

    private NodeStorage(DataDirectory data, NodeConfiguration configuration, Action<CorruptionException> damaged, ILogger log)
    {
        try
        {
            Genesis = GenesisExecution.Read(data.GenesisFile);
            Key = Own(KeyFile.Read(data.KeyFile));
            VoteLog = Own(SegmentedLog.Open(data.VoteLogDirectory));
            _blocks = Own(StoredBlockLog.Open(data, Genesis, Key, VoteLog, damaged, log));
            State = OpenState(data, configuration, damaged, log);
            if (_blocks.SalvagedHeight is { } height && State.CheckpointHeight > height)
            {
                State.Dispose();
                SetAside(data.StateDirectory, $"it is at height {State.CheckpointHeight}, above what is left of the damaged block log", log);
                State = TryOpenState(data, configuration, damaged, log);
            }

            Own(State);
            if (State.CheckpointHeight == StateStore.EmptyHeight) GenesisExecution.Apply(State, Genesis);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Genesis Genesis { get; }

    public NodeKey Key { get; }

    public FasterBlockLog BlockLog => _blocks.Log;

    /// <summary>What damaged block logs still hold, until the block log is healed; null if none was damaged.</summary>
    public SalvagedChain? Salvage => _blocks.Salvage;

    public SegmentedLog VoteLog { get; }

    public StateStore State { get; }

    /// <summary>What was damaged and is whole again, or will be when the block log has been replayed; a line each.</summary>
    public IReadOnlyList<string> Repairs => [.. _blocks.Repairs, .. _repairs];

    /// <param name="data">The node's directory, locked.</param>
    /// <param name="configuration">Sizes of memory.</param>
    /// <param name="damaged">Told of a damaged page or block met later that the next start puts right: it must end the node.</param>
    /// <param name="log">Where repairs are reported.</param>
    /// <exception cref="CorruptionException">A log is damaged and cannot be healed.</exception>
    /// <exception cref="ReplicationException">The key file is damaged.</exception>
    /// <exception cref="FormatException">Genesis is damaged.</exception>
    public static NodeStorage Open(DataDirectory data, NodeConfiguration configuration, Action<CorruptionException> damaged, ILogger log) =>
        new(data, configuration, damaged, log);

    /// <summary>Replication found the block log damaged by what its records say together. True: it is noted, and the next opening heals it.</summary>
    public bool TryNote(BlockLogDamagedException damage) => _blocks.TryNote(damage);

    /// <summary>Replication has made the block log whole: what was set aside has done its work.</summary>
    public void BlockLogHealed() => _blocks.DeleteSetAside();

    public void Dispose()
    {
        while (_parts.TryPop(out var part)) part.Dispose();
    }

    private StateStore OpenState(DataDirectory data, NodeConfiguration configuration, Action<CorruptionException> damaged, ILogger log)
    {
        if (DamageNote.Read(data.StateDirectory) is { } note) SetAside(data.StateDirectory, note, log);
        try
        {
            return TryOpenState(data, configuration, damaged, log);
        }
        catch (CorruptionException e)
        {
            SetAside(data.StateDirectory, e.Message, log);
            return TryOpenState(data, configuration, damaged, log);
        }
    }

    private StateStore TryOpenState(DataDirectory data, NodeConfiguration configuration, Action<CorruptionException> damaged, ILogger log)
    {
        var pages = FasterPageStore.Open(data.StateDirectory, new FasterPageStoreOptions
        {
            LogMemorySizeBits = int.Log2(configuration.StoreMemoryMegabytes) + 20,
            IndexBuckets = configuration.StoreIndexMegabytes * 1024L * 1024 / IndexBucketBytes,
        });
        try
        {
            var options = new StateStoreOptions
            {
                PageCacheBytes = configuration.PageCacheMegabytes * 1024L * 1024,
                DirtyBytesMax = configuration.DirtyPagesMegabytes * 1024L * 1024,
                GarbageBytesMax = configuration.GarbageMegabytes * 1024L * 1024,
                DamageFound = damaged,
            };
            var store = StateStore.Open(options, pages, data.StateDirectory);
            foreach (string damage in store.DamageSteppedOver)
            {
                _repairs.Add(damage);
                LogSteppedOver(log, damage, store.CheckpointHeight);
            }

            return store;
        }
        catch (CorruptionException)
        {
            pages.Dispose();
            throw;
        }
    }

    /// <summary>The block log was never pruned, so replay from genesis gives the same state, page by page.</summary>
    private void SetAside(string directory, string reason, ILogger log)
    {
        _repairs.Add(reason);
        LogRebuilding(log, reason);
        Directory.Delete(directory, recursive: true);
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        _parts.Push(part);
        return part;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The page store is damaged and is made again from the block log: {Reason}")]
    private static partial void LogRebuilding(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A checkpoint is damaged; the one at height {Height} is used and the block log replayed from there: {Damage}")]
    private static partial void LogSteppedOver(ILogger log, string damage, long height);
}
