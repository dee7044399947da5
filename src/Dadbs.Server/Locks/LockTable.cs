using Dadbs.Sql;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Seams;
using Dadbs.Storage;

namespace Dadbs.Server.Locks;

/// <summary>What came of an attempt that does not wait.</summary>
internal enum LockAttempt
{
    /// <summary>It was held already.</summary>
    Owned,

    Granted,

    /// <summary>Granted, together with the image of the row that a submitted transaction leaves: the statement must see it.</summary>
    TookOver,

    Held,

    /// <summary>The table is full.</summary>
    Full,
}

/// <summary>
/// The node's lock table: rows and relations, transactions of its sessions as owners, first come first served. It is advice between sessions of this node, never safety: replay decides (docs/transactions.md, "Locks"). Any thread: one gate around short steps; nobody waits in here.
/// </summary>
/// <remarks>
/// Row locks that are compatible with all holders are granted past the queue, relation locks are not, both as in PostgreSQL.
/// </remarks>
internal sealed class LockTable(int rowLocksMax = LockTable.RowLocksMax)
{
    /// <summary>Rows locked at a time on one node, some 250 bytes each; past it 54000.</summary>
    public const int RowLocksMax = 1 << 18;

    private readonly Lock _gate = new();
    private readonly Dictionary<LockName, LockEntry> _entries = new(LockNameComparer.Instance);
    private readonly HashSet<LockOwner> _owners = [];
    private int _rows;
    private uint _transactions = 700;
    private volatile int _liveWriters;
    private volatile int _liveExclusives;

    /// <summary>No transaction block of this node holds more than ACCESS SHARE anywhere: the one cheap check of an autocommit write.</summary>
    public bool HasWriters => _liveWriters != 0;

    /// <summary>Entries, for tests and metrics.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    public LockOwner NewOwner(int processId, uint database, bool isSingle = false) => new(processId, database, Interlocked.Increment(ref _transactions)) { IsSingle = isSingle };

    /// <summary>Whether a transaction block, not yet submitted, writes the relation or locks rows of it, or holds it in a mode that conflicts with the given one.</summary>
    public bool StandsAgainst(uint database, uint oid, TableLockMode mode)
    {
        byte modes = (byte)(LockModes.ConflictsOf(isRow: false, LockModes.Bit(mode)) | (mode > TableLockMode.AccessShare ? LockModes.AboveAccessShare : 0));
        lock (_gate)
        {
            if (!_entries.TryGetValue(LockName.OfRelation(database, oid), out LockEntry? entry)) return false;
            foreach (LockHolder holder in entry.Holders)
            {
                if ((holder.Modes & modes) != 0 && holder.Owner is { IsSingle: false, State: LockOwnerState.Live }) return true;
            }

            return false;
        }
    }

    /// <summary>The same for what a read uses: only ACCESS EXCLUSIVE stands against it, which one counter tells where there is none.</summary>
    public bool StandsAgainst(uint database, IReadOnlyList<RelationLock> read)
    {
        if (_liveExclusives == 0) return false;
        foreach (RelationLock used in read)
        {
            if (StandsAgainst(database, used.Oid, used.Mode)) return true;
        }

        return false;
    }

    /// <summary>Whether another transaction is about to change or remove the row, beyond its image.</summary>
    public bool IsBeingWritten(LockOwner owner, RelationId relation, ReadOnlySpan<byte> key)
    {
        lock (_gate)
        {
            if (!_entries.GetAlternateLookup<LockProbe>().TryGetValue(new LockProbe(relation, key, isRow: true), out LockEntry? entry)) return false;
            foreach (LockHolder holder in entry.Holders)
            {
                if (holder is { Writes: true, IsHandedOver: false } && !ReferenceEquals(holder.Owner, owner)) return true;
            }

            return false;
        }
    }

    /// <summary>Whether the transaction holds the row, in whatever mode.</summary>
    public bool IsHeldBy(LockOwner owner, RelationId relation, ReadOnlySpan<byte> key)
    {
        lock (_gate) return _entries.GetAlternateLookup<LockProbe>().TryGetValue(new LockProbe(relation, key, isRow: true), out LockEntry? entry) && entry.HolderOf(owner) is not null;
    }

    /// <summary>Takes a lock if that needs no waiting.</summary>
    /// <param name="owner">Who.</param>
    /// <param name="relation">A row's relation, or a relation's database and OID.</param>
    /// <param name="key">The row's key.</param>
    /// <param name="isRow">Which of the two.</param>
    /// <param name="bit">The mode's bit.</param>
    /// <param name="takesOver">Whether a row may be taken over from a submitted transaction.</param>
    public LockAttempt TryLock(LockOwner owner, RelationId relation, ReadOnlySpan<byte> key, bool isRow, byte bit, bool takesOver)
    {
        var probe = new LockProbe(relation, key, isRow);
        lock (_gate)
        {
            var lookup = _entries.GetAlternateLookup<LockProbe>();
            if (!lookup.TryGetValue(probe, out LockEntry? entry))
            {
                if (isRow && _rows >= rowLocksMax) return LockAttempt.Full;
                entry = new LockEntry(LockNameComparer.Instance.Create(probe));
                Add(entry);
                Give(entry, owner, bit);
                return LockAttempt.Granted;
            }

            if (entry.HolderOf(owner) is { } own && LockModes.Cover(isRow, own.Modes, bit)) return LockAttempt.Owned;
            if (entry.IsHeldAgainst(owner, bit, takesOver)) return LockAttempt.Held;
            if (!isRow && IsBehindQueue(entry, owner, bit)) return LockAttempt.Held;
            return Give(entry, owner, bit) ? LockAttempt.TookOver : LockAttempt.Granted;
        }
    }

    /// <summary>Begins to wait. Null: the lock was free by now, or may be taken past the queue, and is granted.</summary>
    /// <exception cref="SqlException">40P01: a relation's holder waits, in front of this one, for what this one holds of the same relation. Nothing waits then.</exception>
    public LockRequest? Enqueue(LockOwner owner, LockName name, byte bit, long timestamp = 0)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(name, out LockEntry? entry))
            {
                entry = new LockEntry(name);
                Add(entry);
            }

            if (!entry.IsHeldAgainst(owner, bit, owner.TakesOver) && (name.IsRow || !IsBehindQueue(entry, owner, bit)))
            {
                Give(entry, owner, bit);
                return null;
            }

            var request = new LockRequest(owner, entry, bit) { SinceTimestamp = timestamp };
            entry.Queue.Insert(PlaceInQueue(request, out LockOwner? deadlocked), request);
            owner.Waiting = request;
            if (deadlocked is not null)
            {
                SqlException report = Deadlock.Report([owner, deadlocked]);
                Withdraw(request);
                throw report;
            }

            _owners.Add(owner);
            return request;
        }
    }

    /// <summary>
    /// Looks for a deadlock that the waiting request is part of, after it has waited for deadlock_timeout. A circle that goes through somebody's place in a queue
    /// only is broken up by another order of that queue.
    /// </summary>
    /// <exception cref="SqlException">40P01. The request waits no longer then.</exception>
    public void CheckDeadlock(LockRequest request)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(request.Owner.Waiting, request)) return;
            List<(LockEntry Entry, LockRequest[] Before)> rearranged = [];
            if (Deadlock.Find(request, rearranged) is { } cycle)
            {
                SqlException report = Deadlock.Report(cycle);
                Withdraw(request);
                throw report;
            }

            foreach ((LockEntry entry, _) in rearranged) GrantWaiters(entry);
        }
    }

    /// <summary>Ends a wait by timeout or cancel. False: it was granted in this very moment.</summary>
    public bool Cancel(LockRequest request)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(request.Owner.Waiting, request)) return false;
            Withdraw(request);
            return true;
        }
    }

    /// <summary>A locked row was written, and nothing but its image changed, or more.</summary>
    public void NoteWrite(LockOwner owner, RelationId relation, ReadOnlySpan<byte> key, bool imageOnly)
    {
        lock (_gate)
        {
            if (!_entries.GetAlternateLookup<LockProbe>().TryGetValue(new LockProbe(relation, key, isRow: true), out LockEntry? entry)) return;
            if (entry.HolderOf(owner) is not { } holder) return;
            holder.Writes = true;
            holder.IsKept |= !imageOnly;
        }
    }

    /// <summary>ROLLBACK TO SAVEPOINT, or a failed statement: what was taken since the place in <see cref="LockOwner.Acquired"/> is given back.</summary>
    public void ReleaseSince(LockOwner owner, int place)
    {
        lock (_gate)
        {
            for (int i = owner.Acquired.Count - 1; i >= place; i--) Restore(owner, owner.Acquired[i]);
            owner.Acquired.RemoveRange(place, owner.Acquired.Count - place);
        }
    }

    /// <summary>
    /// The transaction was submitted: rows that it locked only, or changed in nothing but their image, may be taken over.
    /// </summary>
    /// <param name="owner">Whose.</param>
    /// <param name="imageOf">The image that it leaves of a row; null: it did not write it after all.</param>
    public void Submitted(LockOwner owner, Func<LockName, ReadOnlyMemory<byte>?> imageOf)
    {
        lock (_gate)
        {
            owner.State = LockOwnerState.Submitted;
            Uncount(owner);
            foreach (LockAcquisition acquisition in owner.Acquired)
            {
                LockEntry entry = acquisition.Entry;
                if (!entry.Name.IsRow || entry.HolderOf(owner) is not { IsHandedOver: false } holder || holder.IsKept) continue;
                holder.IsHandedOver = true;
                holder.Image = holder.Writes ? imageOf(entry.Name) : null;
                GrantWaiters(entry);
            }
        }
    }

    /// <summary>The transaction is over: executed, or it failed in one way or another.</summary>
    public void Finish(LockOwner owner, bool wasExecuted)
    {
        lock (_gate)
        {
            owner.State = wasExecuted ? LockOwnerState.Executed : LockOwnerState.Failed;
            Uncount(owner);
            for (int i = owner.Acquired.Count - 1; i >= 0; i--)
            {
                if (wasExecuted) owner.Acquired[i].Entry.ForgetImagesBefore(owner);
                Drop(owner, owner.Acquired[i].Entry);
            }

            owner.Acquired.Clear();
            owner.Relations.Clear();
            owner.Taken.Clear();
            _owners.Remove(owner);
        }
    }

    /// <summary>What pg_locks shows, under the gate.</summary>
    public List<LockLine> Lines()
    {
        List<LockLine> lines = [];
        lock (_gate)
        {
            foreach (LockOwner owner in _owners)
            {
                lines.Add(new LockLine(owner, null, "ExclusiveLock", IsGranted: true, 0));
                foreach ((uint oid, byte modes) in owner.Relations)
                {
                    for (int mode = 0; mode < 8; mode++)
                    {
                        if ((modes & (1 << mode)) == 0) continue;
                        lines.Add(new LockLine(owner, LockName.OfRelation(owner.Database, oid), LockModes.NameOf((TableLockMode)mode), IsGranted: true, 0));
                    }
                }

                if (owner.Waiting is not { } request) continue;
                LockOwner blocker = request.Entry.Blockers(request).FirstOrDefault(owner);
                lines.Add(request.Entry.Name.IsRow
                    ? new LockLine(blocker, null, "ShareLock", IsGranted: false, request.SinceTimestamp) { Waiter = owner }
                    : new LockLine(owner, request.Entry.Name, LockModes.NameOf((TableLockMode)System.Numerics.BitOperations.TrailingZeroCount(request.Bit)), IsGranted: false, request.SinceTimestamp));
            }
        }

        return lines;
    }

    /// <summary>Process numbers of those for whom a session waits, each once; none where it does not wait.</summary>
    public IReadOnlyList<int> BlockersOf(int processId)
    {
        lock (_gate)
        {
            foreach (LockOwner owner in _owners)
            {
                if (owner.ProcessId == processId && owner.Waiting is { } request) return [.. request.Entry.Blockers(request).Select(blocker => blocker.ProcessId).Distinct()];
            }

            return [];
        }
    }

    /// <summary>
    /// At the end; but whoever holds something of the entry goes before those that must wait for it anyway. A row's holder goes before all: whoever waits for the row waits for its holder.
    /// </summary>
    /// <param name="request">Who wants to wait.</param>
    /// <param name="deadlocked">A waiter for which the request would have to wait, and that waits for it: on one relation that is seen at once.</param>
    private static int PlaceInQueue(LockRequest request, out LockOwner? deadlocked)
    {
        deadlocked = null;
        LockEntry entry = request.Entry;
        if (entry.HolderOf(request.Owner) is not { } own) return entry.Queue.Count;
        if (entry.Name.IsRow) return 0;
        for (int i = 0; i < entry.Queue.Count; i++)
        {
            LockRequest other = entry.Queue[i];
            if ((LockModes.ConflictsOf(isRow: false, other.Bit) & own.Modes) == 0) continue;
            bool isMutual = entry.HolderOf(other.Owner) is { } held && (LockModes.ConflictsOf(isRow: false, request.Bit) & held.Modes) != 0;
            deadlocked = isMutual ? other.Owner : null;
            return i;
        }

        return entry.Queue.Count;
    }

    private static bool IsBehindQueue(LockEntry entry, LockOwner owner, byte bit)
    {
        if (entry.HolderOf(owner) is not null) return false;
        byte conflicts = LockModes.ConflictsOf(entry.Name.IsRow, bit);
        foreach (LockRequest waiting in entry.Queue)
        {
            if ((waiting.Bit & conflicts) != 0 && !ReferenceEquals(waiting.Owner, owner)) return true;
        }

        return false;
    }

    private void Add(LockEntry entry)
    {
        _entries.Add(entry.Name, entry);
        if (entry.Name.IsRow) _rows++;
    }

    private void RemoveIfUnused(LockEntry entry)
    {
        if (entry.Holders.Count > 0 || entry.Queue.Count > 0 || !_entries.Remove(entry.Name)) return;
        if (entry.Name.IsRow) _rows--;
    }

    /// <summary>True: with the lock came an image that the transaction does not have.</summary>
    private bool Give(LockEntry entry, LockOwner owner, byte bit)
    {
        LockHolder? pending = entry.Name.IsRow && owner.TakesOver ? entry.PendingImage(owner, bit) : null;
        LockHolder? holder = entry.HolderOf(owner);
        if (holder is null)
        {
            holder = new LockHolder(owner);
            entry.Holders.Add(holder);
        }

        owner.Acquired.Add(new LockAcquisition(entry, holder.Modes));
        holder.Modes |= bit;
        _owners.Add(owner);
        if (!entry.Name.IsRow)
        {
            owner.Relations[entry.Name.Relation.File] = holder.Modes;
            CountIn(owner, bit);
        }

        if (pending is null || (owner.Taken.TryGetValue(entry.Name, out TakenRow? taken) && ReferenceEquals(taken.Source, pending.Owner))) return false;
        owner.Taken[entry.Name] = new TakenRow(pending.Image!.Value, pending.Owner);
        return true;
    }

    private void CountIn(LockOwner owner, byte bit)
    {
        if (owner.IsSingle) return;
        if ((bit & LockModes.AboveAccessShare) != 0 && !owner.IsCounted)
        {
            owner.IsCounted = true;
            _liveWriters++;
        }

        if (bit == LockModes.Bit(TableLockMode.AccessExclusive) && !owner.IsCountedExclusive)
        {
            owner.IsCountedExclusive = true;
            _liveExclusives++;
        }
    }

    private void Uncount(LockOwner owner)
    {
        if (owner.IsCounted) _liveWriters--;
        if (owner.IsCountedExclusive) _liveExclusives--;
        owner.IsCounted = owner.IsCountedExclusive = false;
    }

    private void Restore(LockOwner owner, LockAcquisition acquisition)
    {
        if (acquisition.Before == 0)
        {
            Drop(owner, acquisition.Entry);
            owner.Taken.Remove(acquisition.Entry.Name);
            if (!acquisition.Entry.Name.IsRow) owner.Relations.Remove(acquisition.Entry.Name.Relation.File);
            return;
        }

        if (acquisition.Entry.HolderOf(owner) is not { } holder) return;
        holder.Modes = acquisition.Before;
        if (!acquisition.Entry.Name.IsRow) owner.Relations[acquisition.Entry.Name.Relation.File] = holder.Modes;
        GrantWaiters(acquisition.Entry);
    }

    private void Drop(LockOwner owner, LockEntry entry)
    {
        if (entry.HolderOf(owner) is not { } holder) return;
        entry.Holders.Remove(holder);
        GrantWaiters(entry);
        RemoveIfUnused(entry);
    }

    private void Withdraw(LockRequest request)
    {
        request.Entry.Queue.Remove(request);
        request.Owner.Waiting = null;
        GrantWaiters(request.Entry);
        RemoveIfUnused(request.Entry);
    }

    /// <summary>In the order of the queue: whoever conflicts neither with a holder nor with one that waits before it.</summary>
    private void GrantWaiters(LockEntry entry)
    {
        byte waitingModes = 0;
        for (int i = 0; i < entry.Queue.Count;)
        {
            LockRequest request = entry.Queue[i];
            bool isBlocked = (LockModes.ConflictsOf(entry.Name.IsRow, request.Bit) & waitingModes) != 0
                || entry.IsHeldAgainst(request.Owner, request.Bit, request.Owner.TakesOver);
            if (isBlocked)
            {
                waitingModes |= request.Bit;
                i++;
                continue;
            }

            entry.Queue.RemoveAt(i);
            request.Owner.Waiting = null;
            Give(entry, request.Owner, request.Bit);
            request.Grant();
        }
    }
}

/// <summary>A line of pg_locks: a relation, or (Name null) a transaction; held, or waited for.</summary>
internal sealed record LockLine(LockOwner Owner, LockName? Name, string Mode, bool IsGranted, long SinceTimestamp)
{
    /// <summary>Who waits for the transaction.</summary>
    public LockOwner? Waiter { get; init; }
}
