namespace Dadbs.Storage;

public sealed record StateStoreOptions
{
    /// <summary>Bytes of clean pages kept in memory.</summary>
    public long PageCacheBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Checkpoints that can be recovered to; at least two.</summary>
    public int CheckpointsKept { get; init; } = 2;
}

/// <summary>
/// The replicated state: a tree of trees on a page store. <see cref="Apply"/> and <see cref="Checkpoint"/> belong to one writer thread,
/// <see cref="Current"/> to any.
/// </summary>
public sealed class StateStore : IDisposable
{
    /// <summary>Height of the empty state, so that genesis can be height 0.</summary>
    public const long EmptyHeight = -1;

    private static InvalidOperationException Unbuilt => new("being built");

    public Snapshot Current => throw Unbuilt;

    /// <summary>Height of the newest durable checkpoint; <see cref="EmptyHeight"/> if there is none.</summary>
    public long CheckpointHeight => throw Unbuilt;

    /// <summary>Encoded change-set bytes applied since the last checkpoint: what the checkpoint policy counts.</summary>
    public long ChangedBytesSinceCheckpoint => throw Unbuilt;

    /// <summary>
    /// Opens at the newest checkpoint whose manifest checks, or empty. Without a manifest directory nothing survives the process.
    /// </summary>
    public static StateStore Open(StateStoreOptions options, IPageStore pages, string? manifestDirectory) => throw Unbuilt;

    /// <summary>Enters net changes into the trees and publishes the new state. Root = f(parent root, changes).</summary>
    public Snapshot Apply(ChangeSet changes, long height) => throw Unbuilt;

    /// <summary>Makes <see cref="Current"/> durable. The caller has made the block log durable through its height first.</summary>
    public void Checkpoint() => throw Unbuilt;

    public void Dispose() => throw Unbuilt;
}
