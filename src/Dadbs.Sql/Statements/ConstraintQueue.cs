using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Statements.ForeignKeys;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>
/// What one statement owes to foreign keys and deferrable unique keys: checks and actions, first in, first out, done when all its rows are written;
/// what actions cause is appended (PostgreSQL's queue of AFTER triggers). Lives in the statement's context; absent where no table with such constraints
/// is written.
/// </summary>
/// <remarks>
/// Most checks never enter it: a key that is found, or that nobody references, when its row is written is settled there, since whatever
/// changes that later is itself checked from its own side. So is a unique key that no other row has.
/// </remarks>
internal sealed class ConstraintQueue
{
    private readonly Queue<ConstraintEvent> _events = new();
    private readonly Dictionary<(uint Constraint, bool IsUpdate), PreparedStatement> _plans = [];
    private bool _isRunning;

    /// <summary>The statement's queue if writing <paramref name="table"/> concerns any foreign key or deferrable key, else null.</summary>
    public static ConstraintQueue? For(TableDescriptor table, StatementContext context) =>
        context.Descriptors.ForeignKeys.Concerns(table.Oid) || HasDeferrableKey(table) ? context.ConstraintEvents ??= new ConstraintQueue() : null;

    /// <summary>A row has a new entry in the index of a deferrable key, <paramref name="keyLength"/> bytes of which are the key.</summary>
    public void Entered(IndexDescriptor index, byte[] entry, int keyLength, StatementContext context)
    {
        context.Budget.Step();
        if (!UniqueKeyEvent.HasOther(context.State, index, entry, keyLength)) return;
        var pending = new UniqueKeyEvent(index.ConstraintOid, index.Oid, entry, keyLength);
        context.Budget.Allocate(pending.HeldBytes);
        if (context.Deferred is { } deferred && deferred.IsDeferred(index.ConstraintOid, index.IsDeferrable, index.IsInitiallyDeferred)) deferred.Add(pending);
        else _events.Enqueue(pending);
    }

    public void Inserted(TableDescriptor table, byte[] key, ReadOnlySpan<Datum> row, StatementContext context)
    {
        foreach (ForeignKey constraint in context.Descriptors.ForeignKeys.Of(table.Oid)) Reference(constraint, key, row, context);
    }

    public void Updated(
        TableDescriptor table, ReadOnlySpan<byte> oldKey, ReadOnlySpan<Datum> oldRow, byte[] newKey, ReadOnlySpan<Datum> newRow, StatementContext context)
    {
        ForeignKeySet constraints = context.Descriptors.ForeignKeys;
        foreach (ForeignKey constraint in constraints.To(table.Oid))
        {
            if (!ForeignKeyValues.SameImage(constraint, oldRow, newRow)) Release(constraint, oldRow, newRow, context);
        }

        bool moves = !oldKey.SequenceEqual(newKey);
        foreach (ForeignKey constraint in constraints.Of(table.Oid))
        {
            // A pending event finds its row by key: where the key changed, the row needs a new one.
            if ((moves && constraint.Descriptor.IsDeferrable) || !ForeignKeyValues.Equal(constraint, oldRow, newRow)) Reference(constraint, newKey, newRow, context);
        }
    }

    public void Deleted(TableDescriptor table, ReadOnlySpan<Datum> row, StatementContext context)
    {
        foreach (ForeignKey constraint in context.Descriptors.ForeignKeys.To(table.Oid)) Release(constraint, row, [], context);
    }

    /// <summary>All rows of a statement are written. Of an action's own statement, the outermost one takes care.</summary>
    public void EndStatement(StatementContext context)
    {
        if (!_isRunning) Run(context);
    }

    /// <summary>The plan of an action that writes values: made once a statement, because defaults and checks are read under its settings.</summary>
    public PreparedStatement Plan(ForeignKey constraint, bool isUpdate, Func<PreparedStatement> make)
    {
        if (!_plans.TryGetValue((constraint.Descriptor.Oid, isUpdate), out PreparedStatement? plan))
            _plans.Add((constraint.Descriptor.Oid, isUpdate), plan = make());
        return plan;
    }

    private void Run(StatementContext context)
    {
        _isRunning = true;
        try
        {
            while (_events.TryDequeue(out ConstraintEvent? next))
            {
                context.Budget.Step();
                next.Settle(context);
            }
        }
        finally
        {
            _isRunning = false;
        }
    }

    private void Reference(ForeignKey constraint, byte[] key, ReadOnlySpan<Datum> row, StatementContext context)
    {
        Datum[] values = ForeignKeyValues.Pick(row, constraint.Columns);
        int nulls = ForeignKeyValues.CountNulls(values);
        if (constraint.Descriptor.Match == ForeignKeyMatch.Full ? nulls == values.Length : nulls > 0) return;
        if (nulls == 0 && ForeignKeyChecks.IsPresent(constraint, values, context)) return;
        Enqueue(new ReferencingRowEvent(constraint.Descriptor.Oid, key, Detach(values)), constraint, true, context);
    }

    private void Release(ForeignKey constraint, ReadOnlySpan<Datum> oldRow, ReadOnlySpan<Datum> newRow, StatementContext context)
    {
        Datum[] old = ForeignKeyValues.Pick(oldRow, constraint.ReferencedColumns);
        if (ForeignKeyValues.CountNulls(old) > 0) return;
        bool isUpdate = !newRow.IsEmpty;
        ReferentialAction action = isUpdate ? constraint.Descriptor.OnUpdate : constraint.Descriptor.OnDelete;
        bool writes = ForeignKeyDescriptor.Writes(action);
        if (!writes && !ForeignKeyChecks.IsReferenced(constraint, old, context)) return;
        Datum[]? now = isUpdate ? Detach(ForeignKeyValues.Pick(newRow, constraint.ReferencedColumns)) : null;
        Enqueue(new ReferencedKeyEvent(constraint.Descriptor.Oid, Detach(old), now), constraint, action == ReferentialAction.NoAction, context);
    }

    private static bool HasDeferrableKey(TableDescriptor table)
    {
        IReadOnlyList<IndexDescriptor> indexes = table.Indexes;
        for (int i = 0; i < indexes.Count; i++)
        {
            if (indexes[i].IsDeferrable) return true;
        }

        return false;
    }

    private void Enqueue(ForeignKeyEvent pending, ForeignKey constraint, bool mayWait, StatementContext context)
    {
        context.Budget.Allocate(pending.HeldBytes);
        if (mayWait && context.Deferred is { } deferred && deferred.IsDeferred(constraint.Descriptor.Oid, constraint.Descriptor.IsDeferrable, constraint.Descriptor.IsInitiallyDeferred)) deferred.Add(pending);
        else _events.Enqueue(pending);
    }

    private static Datum[] Detach(Datum[] values)
    {
        for (int i = 0; i < values.Length; i++) values[i] = values[i].Detach();
        return values;
    }
}
