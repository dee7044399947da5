using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Storage;

namespace Dadbs.Sql.Seams;

/// <summary>What a statement wants with a row, ascending; names and conflicts are those of the PostgreSQL manual, section 13.3.2.</summary>
public enum RowLockStrength : byte
{
    /// <summary>The row must stay, and its key: what a foreign key needs of the row it refers to.</summary>
    KeyShare,

    Share,

    /// <summary>UPDATE of columns that no unique index has.</summary>
    NoKeyUpdate,

    /// <summary>DELETE, an UPDATE that changes a key; and the right to make a row with a unique key that is free.</summary>
    Update,
}

/// <summary>
/// The node's local lock table as one transaction's statements see it: advice between the node's sessions, never safety (replay decides).
/// Replicated execution takes no locks.
/// </summary>
public interface IRowLocks
{
    /// <summary>False: everything is granted, so that callers need not even make keys.</summary>
    bool IsActive { get; }

    /// <summary>
    /// Takes a lock until the transaction ends (or rolls back to an earlier savepoint). True means that the statement sees the row as it is now.
    /// </summary>
    /// <param name="table">The table, for messages and for its relation lock.</param>
    /// <param name="relation">The table's rows; for the right to make a unique key: the index's entries.</param>
    /// <param name="key">The row's key, or the entry's.</param>
    /// <param name="strength">How strong.</param>
    /// <param name="wait">What to do where another transaction holds it.</param>
    /// <returns>False only with <see cref="LockWait.SkipLocked"/>: another transaction holds it.</returns>
    /// <exception cref="LockWaitNeededException">The statement must wait, or begin again on a newer state.</exception>
    /// <exception cref="SqlException">55P03 with <see cref="LockWait.NoWait"/>; 40001 where the row changed after an upper level's snapshot; 54000: too many rows are locked.</exception>
    bool TryLock(TableDescriptor table, RelationId relation, ReadOnlySpan<byte> key, RowLockStrength strength, LockWait wait);

    /// <summary>
    /// A locked row was written. Where more was changed than its image (an index entry, its key, an overflow chunk; or it is gone), its lock can
    /// be handed over only after the transaction was executed.
    /// </summary>
    void NoteWrite(RelationId relation, ReadOnlySpan<byte> key, bool imageOnly);

    /// <summary>Another transaction is writing the row, not only locking it, and may remove it or its key.</summary>
    bool IsBeingWritten(RelationId relation, ReadOnlySpan<byte> key);
}

/// <summary>Grants everything: the lock table of replicated execution.</summary>
public sealed class NoRowLocks : IRowLocks
{
    public static NoRowLocks Instance { get; } = new();

    public bool IsActive => false;

    public bool TryLock(TableDescriptor table, RelationId relation, ReadOnlySpan<byte> key, RowLockStrength strength, LockWait wait) => true;

    public void NoteWrite(RelationId relation, ReadOnlySpan<byte> key, bool imageOnly)
    {
    }

    public bool IsBeingWritten(RelationId relation, ReadOnlySpan<byte> key) => false;
}
