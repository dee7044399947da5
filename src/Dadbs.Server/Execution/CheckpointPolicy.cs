namespace Dadbs.Server.Execution;

/// <summary>
/// When a checkpoint is due: at heights divisible by <paramref name="Blocks"/>, or after <paramref name="ChangedBytes"/> of change sets, so that replay after a
/// crash stays short. A function of the chain alone.
/// </summary>
public sealed record CheckpointPolicy(int Blocks, long ChangedBytes)
{
    /// <summary>For a store that is thrown away.</summary>
    public static CheckpointPolicy Never { get; } = new(int.MaxValue, long.MaxValue);

    public bool IsDue(long height, long changedBytesSinceCheckpoint) => height % Blocks == 0 || changedBytesSinceCheckpoint >= ChangedBytes;
}
