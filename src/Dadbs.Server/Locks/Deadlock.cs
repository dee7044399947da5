using System.Globalization;
using System.Text;
using Dadbs.Sql;
using Dadbs.Sql.Parsing;

namespace Dadbs.Server.Locks;

/// <summary>The search for a cycle in the waits-for graph, and its report in PostgreSQL's words. Under the lock table's gate.</summary>
internal static class Deadlock
{
    /// <summary>
    /// The cycle that a request closes, from its owner on, each waiting for the next and the last for the first; null if there is none. Every other
    /// waiter was checked when it began to wait, so a cycle must lead through this one.
    /// </summary>
    public static List<LockOwner>? Find(LockRequest request)
    {
        List<LockOwner> path = [request.Owner];
        return Closes(request, path, []) ? path : null;
    }

    /// <summary>40P01.</summary>
    public static SqlException Report(List<LockOwner> cycle)
    {
        var detail = new StringBuilder();
        for (int i = 0; i < cycle.Count; i++)
        {
            LockOwner waiter = cycle[i], blocker = cycle[(i + 1) % cycle.Count];
            if (i > 0) detail.Append('\n');
            detail.Append(
                CultureInfo.InvariantCulture, $"Process {waiter.ProcessId} waits for {Describe(waiter.Waiting!, blocker)}; blocked by process {blocker.ProcessId}.");
        }

        return new SqlException(SqlState.DeadlockDetected, "deadlock detected")
        {
            Detail = detail.ToString(),
            Hint = "See server log for query details.",
        };
    }

    private static bool Closes(LockRequest request, List<LockOwner> path, HashSet<LockOwner> seen)
    {
        foreach (LockOwner blocker in request.Entry.Blockers(request))
        {
            if (ReferenceEquals(blocker, path[0])) return true;
            if (blocker.Waiting is not { } next || !seen.Add(blocker)) continue;
            path.Add(blocker);
            if (Closes(next, path, seen)) return true;
            path.RemoveAt(path.Count - 1);
        }

        return false;
    }

    /// <summary>A row is waited for as PostgreSQL does, through the transaction that holds it.</summary>
    private static string Describe(LockRequest request, LockOwner blocker)
    {
        LockName name = request.Entry.Name;
        if (name.IsRow) return $"ShareLock on transaction {blocker.TransactionNumber}";
        var mode = (TableLockMode)System.Numerics.BitOperations.TrailingZeroCount(request.Bit);
        return $"{LockModes.NameOf(mode)} on relation {name.Relation.File} of database {name.Relation.Database}";
    }
}
