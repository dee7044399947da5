using System.Text;
using Dadbs.Server.Locks;
using Dadbs.Sql;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Seams;
using Dadbs.Storage;

namespace Dadbs.Server.Tests.Locks;

public sealed class LockTableTests
{
    private static readonly RelationId Rows = new(5, 100);

    private readonly LockTable _table = new();

    /// <summary>PostgreSQL manual, table 13.3: who asks down, who holds across; X conflicts.</summary>
    private static readonly string[] RowConflicts =
    [
        "...X", // KEY SHARE
        "..XX", // SHARE
        ".XXX", // NO KEY UPDATE
        "XXXX", // UPDATE
    ];

    /// <summary>PostgreSQL manual, table 13.2, from ACCESS SHARE to ACCESS EXCLUSIVE.</summary>
    private static readonly string[] RelationConflicts =
    [
        ".......X",
        "......XX",
        "....XXXX",
        "...XXXXX",
        "..XX.XXX",
        "..XXXXXX",
        ".XXXXXXX",
        "XXXXXXXX",
    ];

    [Fact]
    public void Row_locks_conflict_as_the_manual_says()
    {
        foreach (RowLockStrength wanted in Enum.GetValues<RowLockStrength>())
        {
            foreach (RowLockStrength held in Enum.GetValues<RowLockStrength>())
            {
                LockOwner holder = NewOwner(), other = NewOwner();
                Assert.Equal(LockAttempt.Granted, Try(holder, "k", held));
                bool conflicts = RowConflicts[(int)wanted][(int)held] == 'X';
                Assert.Equal(conflicts ? LockAttempt.Held : LockAttempt.Granted, Try(other, "k", wanted));
                _table.Finish(other, true);
                Assert.Equal(wanted <= held ? LockAttempt.Owned : LockAttempt.Granted, Try(holder, "k", wanted));
                _table.Finish(holder, true);
                Assert.Equal(0, _table.Count);
            }
        }
    }

    [Fact]
    public void Relation_locks_conflict_as_the_manual_says()
    {
        foreach (TableLockMode wanted in Enum.GetValues<TableLockMode>())
        {
            foreach (TableLockMode held in Enum.GetValues<TableLockMode>())
            {
                LockOwner holder = NewOwner(), other = NewOwner();
                Assert.Equal(LockAttempt.Granted, TryRelation(holder, held));
                bool conflicts = RelationConflicts[(int)wanted][(int)held] == 'X';
                Assert.Equal(conflicts ? LockAttempt.Held : LockAttempt.Granted, TryRelation(other, wanted));
                _table.Finish(other, true);
                Assert.Equal(wanted == held ? LockAttempt.Owned : LockAttempt.Granted, TryRelation(holder, wanted));
                _table.Finish(holder, true);
                Assert.Equal(0, _table.Count);
            }
        }
    }

    [Fact]
    public void Waiters_are_served_in_their_order_and_those_that_agree_together()
    {
        LockOwner holder = NewOwner(), writer = NewOwner(), reader1 = NewOwner(), reader2 = NewOwner();
        Try(holder, "k", RowLockStrength.Update);
        LockRequest shared1 = Wait(reader1, "k", RowLockStrength.Share);
        LockRequest shared2 = Wait(reader2, "k", RowLockStrength.Share);
        LockRequest exclusive = Wait(writer, "k", RowLockStrength.Update);
        _table.Finish(holder, true);
        Assert.True(shared1.Granted.IsCompleted && shared2.Granted.IsCompleted);
        Assert.False(exclusive.Granted.IsCompleted);
        _table.Finish(reader1, true);
        Assert.False(exclusive.Granted.IsCompleted);
        _table.Finish(reader2, true);
        Assert.True(exclusive.Granted.IsCompleted);
    }

    [Fact]
    public void A_relation_lock_waits_behind_one_that_waits_and_conflicts()
    {
        LockOwner holder = NewOwner(), strong = NewOwner(), weak = NewOwner();
        TryRelation(holder, TableLockMode.RowExclusive);
        LockRequest waiting = _table.Enqueue(strong, LockName.OfRelation(5, 7), LockModes.Bit(TableLockMode.AccessExclusive))!;
        Assert.Equal(LockAttempt.Held, TryRelation(weak, TableLockMode.AccessShare));
        Assert.Equal(LockAttempt.Granted, TryRelation(holder, TableLockMode.AccessShare));
        Assert.True(_table.Cancel(waiting));
        Assert.Equal(LockAttempt.Granted, TryRelation(weak, TableLockMode.AccessShare));
    }

    [Fact]
    public void Who_holds_it_already_goes_before_the_queue()
    {
        LockOwner a = NewOwner(), b = NewOwner(), c = NewOwner();
        Try(a, "k", RowLockStrength.Share);
        Try(b, "k", RowLockStrength.Share);
        LockRequest outsider = Wait(c, "k", RowLockStrength.Update);
        LockRequest upgrade = Wait(a, "k", RowLockStrength.Update);
        _table.Finish(b, true);
        Assert.True(upgrade.Granted.IsCompleted);
        Assert.False(outsider.Granted.IsCompleted);
    }

    [Fact]
    public void Two_that_share_and_both_want_more_are_a_deadlock()
    {
        LockOwner a = NewOwner(), b = NewOwner();
        Try(a, "k", RowLockStrength.Share);
        Try(b, "k", RowLockStrength.Share);
        Wait(a, "k", RowLockStrength.Update);
        LockRequest last = Wait(b, "k", RowLockStrength.Update);
        Assert.Equal("40P01", Assert.Throws<SqlException>(() => _table.CheckDeadlock(last)).State.Code);
    }

    [Fact]
    public void Two_that_want_more_of_a_relation_than_they_share_are_a_deadlock_at_once()
    {
        LockOwner a = NewOwner(), b = NewOwner();
        TryRelation(a, TableLockMode.AccessShare);
        TryRelation(b, TableLockMode.AccessShare);
        WaitForRelation(a, 7, TableLockMode.AccessExclusive);
        Assert.Equal("40P01", Assert.Throws<SqlException>(() => WaitForRelation(b, 7, TableLockMode.AccessExclusive)).State.Code);
        Assert.NotNull(a.Waiting);
        Assert.Null(b.Waiting);
    }

    /// <summary>PostgreSQL's deadlock-soft: nobody holds what the last two wait for, both stand behind somebody who waits for the other.</summary>
    [Fact]
    public void A_circle_through_places_in_queues_is_broken_up_by_another_order()
    {
        LockOwner holder1 = NewOwner(), holder2 = NewOwner(), strong1 = NewOwner(), strong2 = NewOwner();
        TryRelation(holder1, TableLockMode.AccessShare, 7);
        TryRelation(holder2, TableLockMode.AccessShare, 8);
        LockRequest first = WaitForRelation(strong1, 7, TableLockMode.AccessExclusive), second = WaitForRelation(strong2, 8, TableLockMode.AccessExclusive);
        LockRequest weak1 = WaitForRelation(holder1, 8, TableLockMode.AccessShare), weak2 = WaitForRelation(holder2, 7, TableLockMode.AccessShare);
        _table.CheckDeadlock(weak2);
        Assert.True(weak1.Granted.IsCompleted);
        Assert.False(first.Granted.IsCompleted || second.Granted.IsCompleted || weak2.Granted.IsCompleted);
        _table.Finish(holder1, true);
        Assert.True(first.Granted.IsCompleted);
        _table.Finish(strong1, true);
        Assert.True(weak2.Granted.IsCompleted);
        _table.Finish(holder2, true);
        Assert.True(second.Granted.IsCompleted);
    }

    [Fact]
    public void A_circle_of_many_is_found_by_whoever_looks()
    {
        const int size = 12;
        LockOwner[] owners = [.. Enumerable.Range(0, size).Select(_ => NewOwner())];
        for (int i = 0; i < size; i++) Try(owners[i], $"k{i}", RowLockStrength.Update);
        for (int i = 0; i + 1 < size; i++) _table.CheckDeadlock(Wait(owners[i], $"k{i + 1}", RowLockStrength.NoKeyUpdate));
        LockRequest closing = Wait(owners[^1], "k0", RowLockStrength.NoKeyUpdate);
        SqlException deadlock = Assert.Throws<SqlException>(() => _table.CheckDeadlock(closing));
        Assert.Equal(size, deadlock.Detail!.Split('\n').Length);
        _table.Finish(owners[^1], false);
        Assert.Null(owners[^2].Waiting);
    }

    [Fact]
    public void Blockers_are_those_that_hold_and_those_that_wait_before()
    {
        LockOwner holder = _table.NewOwner(1, 5), before = _table.NewOwner(2, 5), last = _table.NewOwner(3, 5);
        Try(holder, "k", RowLockStrength.Update);
        Wait(before, "k", RowLockStrength.Update);
        Wait(last, "k", RowLockStrength.Update);
        Assert.Equal([1, 2], _table.BlockersOf(3));
        Assert.Equal([1], _table.BlockersOf(2));
        Assert.Empty(_table.BlockersOf(1));
    }

    [Fact]
    public void A_savepoint_gives_back_what_came_after_it_and_the_weaker_lock_before()
    {
        LockOwner a = NewOwner(), b = NewOwner();
        Try(a, "k", RowLockStrength.KeyShare);
        int place = a.Acquired.Count;
        Try(a, "k", RowLockStrength.Update);
        Try(a, "later", RowLockStrength.Update);
        Assert.Equal(LockAttempt.Held, Try(b, "k", RowLockStrength.Share));
        _table.ReleaseSince(a, place);
        Assert.Equal(LockAttempt.Granted, Try(b, "k", RowLockStrength.Share));
        Assert.Equal(LockAttempt.Granted, Try(b, "later", RowLockStrength.Update));
        Assert.Equal(LockAttempt.Held, Try(b, "k", RowLockStrength.Update));
    }

    [Fact]
    public void A_submitted_row_is_taken_over_with_its_image()
    {
        LockOwner first = NewOwner(), second = NewOwner(), upper = NewOwner();
        upper.TakesOver = false;
        Try(first, "k", RowLockStrength.NoKeyUpdate);
        _table.NoteWrite(first, Rows, "k"u8, imageOnly: true);
        LockRequest waiting = Wait(second, "k", RowLockStrength.NoKeyUpdate);
        _table.Submitted(first, _ => "image"u8.ToArray());
        Assert.True(waiting.Granted.IsCompleted);
        TakenRow taken = Assert.Single(second.Taken).Value;
        Assert.Equal("image", Encoding.UTF8.GetString(taken.Image.Span));
        Assert.Same(first, taken.Source);

        // The next gets the second's image; who may not take over waits for both.
        _table.NoteWrite(second, Rows, "k"u8, imageOnly: true);
        _table.Submitted(second, _ => "newer"u8.ToArray());
        LockOwner third = NewOwner();
        Assert.Equal(LockAttempt.TookOver, Try(third, "k", RowLockStrength.Update));
        Assert.Equal("newer", Encoding.UTF8.GetString(third.Taken.Single().Value.Image.Span));
        Assert.Equal(LockAttempt.Owned, Try(third, "k", RowLockStrength.Update));
        _table.Finish(third, true);
        LockRequest patient = Wait(upper, "k", RowLockStrength.Update);
        _table.Finish(first, true);
        Assert.False(patient.Granted.IsCompleted);
        _table.Finish(second, true);
        Assert.True(patient.Granted.IsCompleted);
        Assert.Empty(upper.Taken);
    }

    [Fact]
    public void A_row_that_was_only_locked_is_free_once_its_transaction_is_submitted()
    {
        LockOwner first = NewOwner(), second = NewOwner();
        Try(first, "k", RowLockStrength.Update);
        _table.Submitted(first, _ => null);
        Assert.Equal(LockAttempt.Granted, Try(second, "k", RowLockStrength.Update));
        Assert.Empty(second.Taken);
    }

    [Fact]
    public void A_row_of_which_more_than_the_image_changed_stays_until_execution()
    {
        LockOwner first = NewOwner(), second = NewOwner();
        Try(first, "k", RowLockStrength.Update);
        _table.NoteWrite(first, Rows, "k"u8, imageOnly: false);
        LockRequest waiting = Wait(second, "k", RowLockStrength.KeyShare);
        _table.Submitted(first, _ => null);
        Assert.False(waiting.Granted.IsCompleted);
        _table.Finish(first, true);
        Assert.True(waiting.Granted.IsCompleted);
    }

    [Fact]
    public void Only_blocks_that_write_make_others_look()
    {
        LockOwner reader = NewOwner(), single = _table.NewOwner(3, 5, isSingle: true), writer = NewOwner();
        TryRelation(reader, TableLockMode.AccessShare);
        TryRelation(single, TableLockMode.RowExclusive);
        Assert.False(_table.HasWriters);
        TryRelation(writer, TableLockMode.RowExclusive);
        Assert.True(_table.HasWriters && _table.StandsAgainst(5, 7, TableLockMode.RowExclusive));
        Assert.False(_table.StandsAgainst(5, 8, TableLockMode.RowExclusive));
        _table.Submitted(writer, _ => null);
        Assert.False(_table.HasWriters || _table.StandsAgainst(5, 7, TableLockMode.RowExclusive));
    }

    [Fact]
    public void A_full_table_refuses_more_rows()
    {
        var small = new LockTable(rowLocksMax: 2);
        LockOwner owner = small.NewOwner(1, 5);
        Assert.Equal(LockAttempt.Granted, small.TryLock(owner, Rows, "a"u8, true, LockModes.Bit(RowLockStrength.Update), true));
        Assert.Equal(LockAttempt.Granted, small.TryLock(owner, Rows, "b"u8, true, LockModes.Bit(RowLockStrength.Update), true));
        Assert.Equal(LockAttempt.Full, small.TryLock(owner, Rows, "c"u8, true, LockModes.Bit(RowLockStrength.Update), true));
        small.Finish(owner, true);
        Assert.Equal(LockAttempt.Granted, small.TryLock(small.NewOwner(2, 5), Rows, "c"u8, true, LockModes.Bit(RowLockStrength.Update), true));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_transactions_never_hold_what_conflicts_and_leave_nothing_behind(int seed)
    {
        var random = new Random(seed);
        var held = new Dictionary<(int Owner, int Key), RowLockStrength>();
        var owners = Enumerable.Range(0, 6).Select(_ => NewOwner()).ToArray();
        var waiting = new (LockRequest Request, int Key, RowLockStrength Strength)?[owners.Length];
        for (int step = 0; step < 20_000; step++)
        {
            int who = random.Next(owners.Length);
            if (waiting[who] is { } wait)
            {
                if (wait.Request.Granted.IsCompleted) Note(who, wait.Key, wait.Strength);
                else if (random.Next(10) > 0 || !_table.Cancel(wait.Request)) continue;
                waiting[who] = null;
            }
            else if (random.Next(8) == 0)
            {
                _table.Finish(owners[who], true);
                foreach ((int Owner, int Key) key in held.Keys.Where(k => k.Owner == who).ToList()) held.Remove(key);
                owners[who] = NewOwner();
            }
            else
            {
                int key = random.Next(4);
                var strength = (RowLockStrength)random.Next(4);
                if (Try(owners[who], $"k{key}", strength) != LockAttempt.Held)
                {
                    Note(who, key, strength);
                    continue;
                }

                try
                {
                    LockRequest request = Wait(owners[who], $"k{key}", strength);
                    _table.CheckDeadlock(request);
                    waiting[who] = (request, key, strength);
                }
                catch (SqlException deadlock)
                {
                    Assert.Equal("40P01", deadlock.State.Code);
                }
            }
        }

        for (int i = 0; i < owners.Length; i++)
        {
            if (waiting[i] is { } wait) _table.Cancel(wait.Request);
            _table.Finish(owners[i], true);
        }

        Assert.Equal(0, _table.Count);

        void Note(int who, int key, RowLockStrength strength)
        {
            if (!held.TryGetValue((who, key), out RowLockStrength had) || had < strength) held[(who, key)] = strength;
            foreach (((int owner, int other), RowLockStrength theirs) in held)
            {
                if (other == key && owner != who) Assert.Equal('.', RowConflicts[(int)held[(who, key)]][(int)theirs]);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Queues_keep_their_order_where_no_other_breaks_up_the_circle(int seed)
    {
        var random = new Random(seed);
        int deadlocks = 0;
        TableLockMode[] modes = [TableLockMode.AccessShare, TableLockMode.RowExclusive, TableLockMode.Share, TableLockMode.AccessExclusive];
        var owners = new LockOwner[16];
        for (int i = 0; i < owners.Length; i++) owners[i] = NewOwner();
        for (int step = 0; step < 60_000; step++)
        {
            int who = random.Next(owners.Length);
            LockOwner owner = owners[who];
            if (random.Next(owner.Waiting is null ? 8 : 60) == 0)
            {
                if (owner.Waiting is { } given) _table.Cancel(given);
                _table.Finish(owner, true);
                owners[who] = NewOwner();
                continue;
            }

            uint oid = (uint)random.Next(5);
            TableLockMode mode = modes[random.Next(modes.Length)];
            if (owner.Waiting is not null || TryRelation(owner, mode, oid) != LockAttempt.Held) continue;
            LockRequest request;
            try
            {
                request = WaitForRelation(owner, oid, mode);
            }
            catch (SqlException)
            {
                continue;
            }

            LockRequest[][] before = Queues();
            try
            {
                _table.CheckDeadlock(request);
            }
            catch (SqlException)
            {
                deadlocks++;
                LockRequest[][] after = Queues();
                Assert.All(after, queue => Assert.Contains(before, was => was.Where(other => queue.Contains(other)).SequenceEqual(queue)));
            }
        }

        Assert.NotEqual(0, deadlocks);

        LockRequest[][] Queues() => [.. owners.Where(owner => owner.Waiting is not null).Select(owner => owner.Waiting!.Entry).Distinct().Select(entry => entry.Queue.ToArray())];
    }

    private LockOwner NewOwner() => _table.NewOwner(1, 5);

    private LockAttempt Try(LockOwner owner, string key, RowLockStrength strength) =>
        _table.TryLock(owner, Rows, Encoding.UTF8.GetBytes(key), isRow: true, LockModes.Bit(strength), owner.TakesOver);

    private LockRequest WaitForRelation(LockOwner owner, uint oid, TableLockMode mode) => _table.Enqueue(owner, LockName.OfRelation(5, oid), LockModes.Bit(mode))!;

    private LockAttempt TryRelation(LockOwner owner, TableLockMode mode, uint oid = 7) =>
        _table.TryLock(owner, LockName.OfRelation(5, oid).Relation, default, isRow: false, LockModes.Bit(mode), takesOver: false);

    private LockRequest Wait(LockOwner owner, string key, RowLockStrength strength) =>
        _table.Enqueue(owner, new LockName(Rows, Encoding.UTF8.GetBytes(key)), LockModes.Bit(strength))!;
}
