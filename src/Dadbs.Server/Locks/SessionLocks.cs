using Dadbs.Server.Sessions;
using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;

namespace Dadbs.Server.Locks;

/// <summary>
/// A session's side of the lock table: what its transaction holds, the rows that it took over, and the wait for what it wants. Belongs to the session;
/// its transaction block tells it when transactions and savepoints begin and end.
/// </summary>
internal sealed class SessionLocks(SessionState session) : IRowLocks
{
    /// <summary>Rows locked in one relation before the whole relation is locked instead, if nobody else uses it.</summary>
    private const int EscalationRows = 1 << 13;

    private readonly Dictionary<RelationId, int> _rowCounts = [];
    private LockOwner? _owner;
    private LocalTransaction? _local;
    private IReadOnlyList<PendingRow> _pending = [];
    private bool _isPendingStale;

    private sealed record Wanted(LockName Name, byte Bit);

    public bool IsActive => true;

    /// <summary>A place to go back to when a savepoint is rolled back to.</summary>
    public int Place => _owner?.Acquired.Count ?? 0;

    private LockTable Table => session.Services.Locks;

    /// <summary>A transaction begins. It is known to the lock table once it locks something.</summary>
    /// <param name="local">Its state.</param>
    /// <param name="isSingle">It is one autocommit statement.</param>
    public void Begin(LocalTransaction local, bool isSingle)
    {
        _local = local;
        _owner = Table.NewOwner(session.ProcessId, session.Database.Oid, isSingle);
        FollowIsolation();
    }

    /// <summary>Above READ COMMITTED a transaction must know how the writer of a row ends before it goes on.</summary>
    public void FollowIsolation() => _owner!.TakesOver = _local!.Isolation < TransactionIsolation.RepeatableRead;

    public bool TryLock(TableDescriptor table, RelationId relation, ReadOnlySpan<byte> key, RowLockStrength strength, LockWait wait)
    {
        LockOwner owner = _owner!;

        // A row of its own in a table without a key has a provisional id, which names nothing to others.
        if (table.PrimaryKey is null && relation == table.Rows && !_local!.Beneath.TryGet(relation, key, out _)) return true;
        if (owner.Relations.TryGetValue(table.Oid, out byte modes) && (modes & LockModes.CoversRows) != 0)
        {
            CheckFresh(relation, key);
            return true;
        }

        // Rows that it holds already are its own, whoever else is on the way to them.
        if (wait == LockWait.SkipLocked && session.Services.Announced.Contains(relation, key) && !Table.IsHeldBy(owner, relation, key)) return false;
        byte bit = LockModes.Bit(strength);
        switch (Table.TryLock(owner, relation, key, isRow: true, bit, owner.TakesOver && wait == LockWait.Wait))
        {
            case LockAttempt.Owned:
                return true;
            case LockAttempt.Granted:
                CountRow(table, relation);
                CheckFresh(relation, key);
                return true;
            case LockAttempt.TookOver:
                _isPendingStale = true;
                throw new LockWaitNeededException(null);
            case LockAttempt.Full:
                throw new SqlException(SqlState.ProgramLimitExceeded, "too many rows are locked") { Detail = $"The lock table of this node holds {LockTable.RowLocksMax} rows." };
            case LockAttempt.Held when wait == LockWait.SkipLocked:
                return false;
            case LockAttempt.Held when wait == LockWait.NoWait:
                throw new SqlException(SqlState.LockNotAvailable, $"could not obtain lock on row in relation \"{table.Name}\"");
            case LockAttempt.Held:
                throw new LockWaitNeededException(new Wanted(new LockName(relation, key.ToArray()), bit));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public void NoteWrite(RelationId relation, ReadOnlySpan<byte> key, bool imageOnly) => Table.NoteWrite(_owner!, relation, key, imageOnly);

    public bool IsBeingWritten(RelationId relation, ReadOnlySpan<byte> key) => Table.IsBeingWritten(_owner!, relation, key);

    /// <summary>Takes the locks that a statement needs on the tables that it uses.</summary>
    /// <exception cref="LockWaitNeededException">One of them is held.</exception>
    public void LockRelations(IReadOnlyList<RelationLock> locks)
    {
        for (int i = 0; i < locks.Count; i++) LockRelation(locks[i], noWait: false);
    }

    /// <exception cref="LockWaitNeededException">It is held.</exception>
    /// <exception cref="SqlException">55P03 instead, if so wanted.</exception>
    public void LockRelation(RelationLock wanted, bool noWait)
    {
        LockOwner owner = _owner!;
        byte bit = LockModes.Bit(wanted.Mode);
        if (owner.Relations.TryGetValue(wanted.Oid, out byte held) && (held & bit) != 0) return;
        var name = LockName.OfRelation(session.Database.Oid, wanted.Oid);
        if (Table.TryLock(owner, name.Relation, default, isRow: false, bit, takesOver: false) != LockAttempt.Held) return;
        if (noWait) throw new SqlException(SqlState.LockNotAvailable, $"could not obtain lock on relation \"{wanted.Name}\"");
        throw new LockWaitNeededException(new Wanted(name, bit));
    }

    /// <summary>Waits until what a statement wanted is granted. The statement then runs again, on the newest state.</summary>
    /// <exception cref="SqlException">40P01 deadlock, 55P03 lock_timeout, 57014 cancel or statement_timeout; 40001.</exception>
    public async ValueTask WaitAsync(LockWaitNeededException need)
    {
        session.Interrupt.ThrowIfRequested();
        if (need.Wanted is not Wanted wanted) return;
        TimeProvider clock = session.Services.Clock;
        int place = Place;
        if (Table.Enqueue(_owner!, wanted.Name, wanted.Bit, clock.GetUtcNow().Ticks) is not { } request)
        {
            _isPendingStale = true;
            return;
        }

        await WaitForGrantAsync(request, clock).ConfigureAwait(false);
        _isPendingStale = true;

        // A row that is gone is not locked; whoever wants to make its key anew asks again.
        LockName name = wanted.Name;
        if (name.IsRow && !_owner!.TakesOver) CheckFresh(name.Relation, name.Key);
        if (name.IsRow && !_owner!.Taken.ContainsKey(name) && !session.Services.Pipeline.Latest.TryGet(name.Relation, name.Key, out _)) ReleaseSince(place);
    }

    /// <exception cref="SqlException">40P01, 55P03, 57014. The request waits no longer.</exception>
    private async ValueTask WaitForGrantAsync(LockRequest request, TimeProvider clock)
    {
        TimeSpan untilTimeout = session.Settings.Duration("lock_timeout") is var set && set > TimeSpan.Zero ? set : TimeSpan.MaxValue;
        TimeSpan untilSearch = session.Settings.Duration("deadlock_timeout");
        if (untilSearch < untilTimeout)
        {
            if (await IsGrantedWithinAsync(request, untilSearch, clock).ConfigureAwait(false)) return;
            Table.CheckDeadlock(request);
            if (untilTimeout < TimeSpan.MaxValue) untilTimeout -= untilSearch;
        }

        if (await IsGrantedWithinAsync(request, untilTimeout < TimeSpan.MaxValue ? untilTimeout : Timeout.InfiniteTimeSpan, clock).ConfigureAwait(false)) return;
        if (Table.Cancel(request)) throw new SqlException(SqlState.LockNotAvailable, "canceling statement due to lock timeout");
    }

    private async ValueTask<bool> IsGrantedWithinAsync(LockRequest request, TimeSpan time, TimeProvider clock)
    {
        try
        {
            await request.Granted.WaitAsync(time, clock, session.Interrupt.Token).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            Table.Cancel(request);
            throw session.Interrupt.Reason();
        }
    }

    /// <summary>Moves the transaction to the newest executed state, with the rows over it that it took over and that are not in it yet.</summary>
    /// <exception cref="SqlException">40001: a transaction whose row it took over has failed.</exception>
    public void Refresh()
    {
        LocalTransaction local = _local!;
        RequireSound();

        // Who is executed is in the newest state only if that is read afterwards.
        List<LockName> executed = [];
        foreach ((LockName name, TakenRow row) in _owner!.Taken)
        {
            if (row.Source.State == LockOwnerState.Executed) executed.Add(name);
        }

        Snapshot latest = session.Services.Pipeline.Latest;
        IReadOnlyList<PendingRow> pending = _pending;
        if (_isPendingStale || executed.Count > 0)
        {
            pending = [.. _owner.Taken.Where(taken => !executed.Contains(taken.Key, LockNameComparer.Instance)).Select(taken => new PendingRow(taken.Key.Relation, taken.Key.Key!, taken.Value.Image))];
        }

        if (!local.Refresh(latest, pending)) return;
        foreach (LockName name in executed) _owner.Taken.Remove(name);
        _pending = pending;
        _isPendingStale = false;
    }

    /// <summary>40001 if a transaction whose row was taken over has failed: what was done since rests on nothing.</summary>
    public void RequireSound()
    {
        foreach (TakenRow row in _owner!.Taken.Values)
        {
            if (row.Source.State != LockOwnerState.Failed) continue;
            throw new SqlException(SqlState.SerializationFailure, "could not serialize access due to concurrent update")
            {
                Detail = "A transaction before this one, whose row it went on with, has failed.",
            };
        }
    }

    public void ReleaseSince(int place)
    {
        if (_owner is null || _owner.Acquired.Count <= place) return;
        Table.ReleaseSince(_owner, place);
        _isPendingStale = true;
    }

    /// <summary>The transaction is on its way to the order.</summary>
    public void Submitted()
    {
        Overlay writes = _local!.Writes;
        Table.Submitted(_owner!, name => writes.HasWritten(name.Relation, name.Key) && writes.TryGet(name.Relation, name.Key, out ReadOnlyMemory<byte> image) ? image : null);
    }

    public void Finish(bool wasExecuted)
    {
        if (_owner is null) return;
        Table.Finish(_owner, wasExecuted);
        _owner = null;
        _local = null;
        _pending = [];
        _isPendingStale = false;
        _rowCounts.Clear();
    }

    /// <summary>
    /// The lock is granted, so no transaction of this node changes the row any more: what the statement sees of it must be the newest. READ COMMITTED
    /// runs it again if it is not, unless definitions of its own hold the transaction where it is: then it would never see another.
    /// </summary>
    private void CheckFresh(RelationId relation, ReadOnlySpan<byte> key)
    {
        LocalTransaction local = _local!;
        Snapshot latest = session.Services.Pipeline.Latest;
        if (ReferenceEquals(latest, local.Base)) return;
        bool exists = latest.TryGet(relation, key, out ReadOnlyMemory<byte> now);
        bool existed = local.Beneath.TryGet(relation, key, out ReadOnlyMemory<byte> seen);
        if (exists == existed && now.Span.SequenceEqual(seen.Span)) return;
        throw _owner!.TakesOver && local.CanMove
            ? new LockWaitNeededException(null)
            : new SqlException(SqlState.SerializationFailure, $"could not serialize access due to concurrent {(exists ? "update" : "delete")}");
    }

    private void CountRow(TableDescriptor table, RelationId relation)
    {
        _rowCounts.TryGetValue(relation, out int rows);
        _rowCounts[relation] = ++rows;
        if (rows % EscalationRows != 0) return;

        // Nothing waits for this: if others use the table, rows go on being locked one by one.
        Table.TryLock(
            _owner!, LockName.OfRelation(session.Database.Oid, table.Oid).Relation, default, isRow: false, LockModes.Bit(TableLockMode.Exclusive), takesOver: false);
    }
}
