using Dadbs.Replication;
using Dadbs.Server.Configuration;
using Dadbs.Storage;
using Dadbs.Storage.Faster;
using Microsoft.Extensions.Logging;

namespace Dadbs.Server.Hosting;

/// <summary>
/// Everything that a node keeps on disk, opened and checked: genesis, key, block log, vote log, state. Damage to genesis, key or a log is named and ends the
/// start. A damaged page store holds nothing that the block log does not: it is set aside, and replication's replay makes it again. The caller holds the directory's lock.
/// </summary>
internal sealed partial class NodeStorage : IDisposable
{
    /// <summary>A bucket of FASTER's hash index is one cache line.</summary>
    private const int IndexBucketBytes = 64;

    private readonly Stack<IDisposable> _parts = new();
    private readonly List<string> _repairs = [];

    private NodeStorage(DataDirectory data, NodeConfiguration configuration, Action<CorruptionException> damaged, ILogger log)
    {
        Genesis = ReadGenesis(data.GenesisFile);
        Key = Own(KeyFile.Read(data.KeyFile));
        BlockLog = Own(FasterBlockLog.Open(data.BlockLogDirectory));
        VoteLog = Own(SegmentedLog.Open(data.VoteLogDirectory));
        State = Own(OpenState(data, configuration, damaged, log));
        if (State.CheckpointHeight == StateStore.EmptyHeight) GenesisExecution.Apply(State, Genesis);
    }

    public Genesis Genesis { get; }

    public NodeKey Key { get; }

    public FasterBlockLog BlockLog { get; }

    public SegmentedLog VoteLog { get; }

    public StateStore State { get; }

    /// <summary>What was damaged and is whole again, or will be when the block log has been replayed; a line each.</summary>
    public IReadOnlyList<string> Repairs => _repairs;

    /// <param name="data">The node's directory, locked.</param>
    /// <param name="configuration">Sizes of memory.</param>
    /// <param name="damaged">Told of a damaged page met later: it must end the node, whose next start makes the page store anew.</param>
    /// <param name="log">Where repairs are reported.</param>
    /// <exception cref="CorruptionException">A log is damaged.</exception>
    /// <exception cref="ReplicationException">The key file is damaged.</exception>
    /// <exception cref="FormatException">Genesis is damaged.</exception>
    public static NodeStorage Open(DataDirectory data, NodeConfiguration configuration, Action<CorruptionException> damaged, ILogger log) =>
        new(data, configuration, damaged, log);

    public void Dispose()
    {
        while (_parts.TryPop(out var part)) part.Dispose();
    }

    private static Genesis ReadGenesis(string path)
    {
        try
        {
            return GenesisJson.Parse(File.ReadAllText(path));
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }

    private StateStore OpenState(DataDirectory data, NodeConfiguration configuration, Action<CorruptionException> damaged, ILogger log)
    {
        if (StateStore.ReadDamageNote(data.StateDirectory) is { } note) SetAside(data.StateDirectory, note, log);
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
