using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements.ForeignKeys;

/// <summary>
/// What one statement owes to foreign keys: checks and actions, first in, first out, done when all its rows are written; what actions cause
/// is appended (PostgreSQL's queue of AFTER triggers). Lives in the statement's context; absent where no table with foreign keys is written.
/// </summary>
/// <remarks>
/// Most checks never enter it: a key that is found, or that nobody references, when its row is written is settled there, since whatever
/// changes that later is itself checked from its own side.
/// </remarks>
internal sealed class ForeignKeyQueue
{
    private readonly Queue<ForeignKeyEvent> _events = new();
    private readonly Dictionary<(uint Constraint, bool IsUpdate), PreparedStatement> _plans = [];
    private bool _isRunning;

    /// <summary>COPY runs a statement a line, and one queue for all of them.</summary>
    public bool IsHeld { get; set; }

    /// <summary>The statement's queue if writing <paramref name="table"/> concerns any foreign key, else null.</summary>
    public static ForeignKeyQueue? For(TableDescriptor table, StatementContext context) =>
        context.Descriptors.ForeignKeys.Concerns(table.Oid) ? context.ForeignKeyEvents ??= new ForeignKeyQueue() : null;

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
        if (!IsHeld && !_isRunning) Run(context);
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
            while (_events.TryDequeue(out ForeignKeyEvent? next))
            {
                context.Budget.Step();
                ForeignKeyChecks.Settle(next, context);
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
        Enqueue(new ReferencingRowEvent(constraint.Descriptor.Oid, key, Detach(values)), values, constraint, true, context);
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
        Enqueue(new ReferencedKeyEvent(constraint.Descriptor.Oid, Detach(old), now), old, constraint, action == ReferentialAction.NoAction, context);
    }

    private void Enqueue(ForeignKeyEvent pending, Datum[] values, ForeignKey constraint, bool mayWait, StatementContext context)
    {
        long bytes = 96;
        foreach (Datum value in values) bytes += 32 + value.RetainedBytes;
        context.Budget.Allocate(bytes);
        if (mayWait && context.Deferred is { } deferred && deferred.IsDeferred(constraint.Descriptor)) deferred.Add(pending);
        else _events.Enqueue(pending);
    }

    private static Datum[] Detach(Datum[] values)
    {
        for (int i = 0; i < values.Length; i++) values[i] = values[i].Detach();
        return values;
    }
}
