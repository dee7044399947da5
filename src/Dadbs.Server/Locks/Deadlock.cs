using System.Globalization;
using System.Text;
using Dadbs.Sql;
using Dadbs.Sql.Parsing;

namespace Dadbs.Server.Locks;

/// <summary>The search for a cycle in the waits-for graph, and its report in PostgreSQL's words. Under the lock table's gate.</summary>
internal static class Deadlock
{
    /// <summary>How many queues one search may put in another order.</summary>
    private const int RearrangementsMax = 8;

    /// <summary>
    /// The cycle that a request is part of, from its owner on, each waiting for the next and the last for the first; null if there is none, or none is left after some queues of
    /// relations were put in another order. Circles of others are theirs to find.
    /// </summary>
    /// <param name="request">Who waits.</param>
    /// <param name="rearranged">Receives the entries of which the queue has another order now, and which it had.</param>
    public static List<LockOwner>? Find(LockRequest request, List<(LockEntry Entry, LockRequest[] Before)> rearranged)
    {
        if (Find(request) is not { } cycle) return null;
        return rearranged.Count < RearrangementsMax && BreaksUp(request, cycle, rearranged) ? null : cycle;
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

    private static List<LockOwner>? Find(LockRequest request)
    {
        List<LockOwner> path = [request.Owner];
        return Closes(request, path, []) ? path : null;
    }

    /// <summary>
    /// Some waiter of the cycle waits for another only because that one came first: lets it go before, where nobody who is passed over gets into a circle by that. Tried from
    /// the cycle's end, as PostgreSQL does.
    /// </summary>
    private static bool BreaksUp(LockRequest request, List<LockOwner> cycle, List<(LockEntry Entry, LockRequest[] Before)> rearranged)
    {
        int earlier = rearranged.Count;
        for (int i = cycle.Count - 1; i >= 0; i--)
        {
            LockRequest waiter = cycle[i].Waiting!;
            LockOwner blocker = cycle[(i + 1) % cycle.Count];
            if (waiter.Entry.Name.IsRow || waiter.Entry.IsHeldAgainst(waiter, blocker)) continue;
            List<LockRequest> queue = waiter.Entry.Queue;
            int from = queue.IndexOf(waiter), to = queue.IndexOf(blocker.Waiting!);
            rearranged.Add((waiter.Entry, [.. queue]));
            queue.RemoveAt(from);
            queue.Insert(to, waiter);
            List<LockRequest> passed = queue[(to + 1)..(from + 1)];
            if (Find(request, rearranged) is null && passed.TrueForAll(other => Find(other) is null)) return true;
            UndoTo(earlier, rearranged);
        }

        return false;
    }

    /// <summary>Gives queues their order back, the last change first: for one circle several may have changed, where breaking it up made others.</summary>
    private static void UndoTo(int count, List<(LockEntry Entry, LockRequest[] Before)> rearranged)
    {
        for (int i = rearranged.Count - 1; i >= count; i--)
        {
            (LockEntry entry, LockRequest[] before) = rearranged[i];
            entry.Queue.Clear();
            entry.Queue.AddRange(before);
            rearranged.RemoveAt(i);
        }
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
