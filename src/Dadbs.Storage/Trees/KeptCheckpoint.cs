using Dadbs.Storage.Recovery;

namespace Dadbs.Storage.Trees;

/// <summary>
/// A checkpoint whose manifest is on disk. The newest few can be recovered to; an older one waits until nobody reads its pages, then until their deletion
/// is durable, and only then its manifest goes: so that a crash forgets no garbage.
/// </summary>
/// <param name="manifest">What is on disk.</param>
/// <param name="before">The era that ended with the checkpoint: the checkpointed state itself was made in it.</param>
/// <param name="era">The era that began with it; null where none can be in use.</param>
internal sealed class KeptCheckpoint(Manifest manifest, Era? before, Era? era)
{
    private readonly WeakReference<Era?> _before = new(before);
    private readonly WeakReference<Era?> _since = new(era);

    public Manifest Manifest { get; } = manifest;

    /// <summary>Held while the checkpoint may be opened by <see cref="StateStore.OpenCheckpoint"/>.</summary>
    public Era? Era { get; private set; } = era;

    /// <summary>Its garbage has been deleted; not durably, until a checkpoint was taken after that.</summary>
    public bool IsCollected { get; set; }

    /// <summary>No snapshot of the states up to the next checkpoint is in use, given that this holds for all older checkpoints.</summary>
    public bool IsUnread => Era is null && !_before.TryGetTarget(out _) && !_since.TryGetTarget(out _);

    public void Release() => Era = null;
}
