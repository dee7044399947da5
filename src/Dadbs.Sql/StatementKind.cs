namespace Dadbs.Sql;

/// <summary>What a statement is to a session. The first group is executed by the engine, the second by the session itself.</summary>
public enum StatementKind
{
    Empty,
    Query,
    Insert,
    Update,
    Delete,
    Definition,
    Explain,
    Analyze,
    Vacuum,
    LockTable,

    Begin,
    Commit,
    Rollback,
    Savepoint,
    ReleaseSavepoint,
    RollbackToSavepoint,
    PrepareTransaction,
    Set,
    SetTransaction,
    Show,
    Reset,
    Discard,
    Copy,
    Prepare,
    Execute,
    Deallocate,
    DeclareCursor,
    Fetch,
    CloseCursor,
    Listen,
    Notify,
    Unlisten,
}
