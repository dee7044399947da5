using Dadbs.Storage;

namespace Dadbs.Sql.Seams;

/// <summary>What a statement wants with a row; names and conflicts are those of the PostgreSQL manual, section 13.3.2.</summary>
public enum RowLockStrength
{
    KeyShare,
    Share,
    NoKeyUpdate,
    Update,
}

/// <summary>The answer of a lock table that never waits.</summary>
public enum RowLockResult
{
    Granted,

    /// <summary>Another local session holds it. The caller decides between waiting, 55P03 and skipping.</summary>
    Held,
}

/// <summary>
/// The node's local lock table: advice between its sessions, never safety (replay decides). Replicated execution takes no locks.
/// </summary>
public interface IRowLocks
{
    RowLockResult TryLock(RelationId relation, ReadOnlySpan<byte> key, RowLockStrength strength);
}

/// <summary>Grants everything: the lock table of replicated execution, and of sessions until local locks exist.</summary>
public sealed class NoRowLocks : IRowLocks
{
    public static NoRowLocks Instance { get; } = new();

    public RowLockResult TryLock(RelationId relation, ReadOnlySpan<byte> key, RowLockStrength strength) => RowLockResult.Granted;
}
