namespace Dadbs.Sql.Seams;

/// <summary>
/// A statement met a lock that another transaction of this node holds, or a row that is newer than what it sees. No thread waits: what the statement
/// wrote is undone, its session waits for <see cref="Wanted"/> asynchronously and runs it again on the newest state. Never reaches a client.
/// </summary>
/// <param name="wanted">The lock table's own description of what is waited for; null: nothing, the statement only begins again.</param>
public sealed class LockWaitNeededException(object? wanted) : Exception("the statement must wait for a lock or begin again")
{
    public object? Wanted { get; } = wanted;
}
