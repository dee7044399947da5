using Dadbs.Sql.Catalog;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Execution.Operators;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>One execution of INSERT.</summary>
internal sealed class InsertCursor(InsertPlan plan, StatementContext context) : ModificationCursor(context, plan.SlotCount, plan.Returning)
{
    private readonly TableWriter _writer = new(plan.Table, context);

    /// <summary>Keys of rows that this command inserted or updated: ON CONFLICT DO UPDATE may not meet them again. Null until needed.</summary>
    private HashSet<string>? _written;

    /// <summary>The row of a plan that writes one.</summary>
    private Datum[]? _row;

    public override string CommandTag => $"INSERT 0 {Affected}";

    /// <summary>One more execution of a plan that writes one row, with the parameters as they are now: COPY has a row a line.</summary>
    public void InsertRow()
    {
        _row ??= new Datum[plan.Row.Length];
        EvaluateRow(_row);
        Write(_row);
    }

    /// <summary>All rows of COPY are written.</summary>
    public void EndRows() => Context.ConstraintEvents?.EndStatement(Context);

    protected override void Run()
    {
        if (plan.Source is null)
        {
            InsertRow();
            return;
        }

        if (plan.Source is ValuesOperator values) Context.Sequences?.Expect(values.RowCount);
        List<Datum[]> rows = [];
        using (Cursor source = plan.Source.Open(State))
        {
            while (source.MoveNext())
            {
                var row = new Datum[plan.Row.Length];
                EvaluateRow(row);
                Context.Budget.Step();
                Context.Budget.Allocate(RetainedBytes(row));
                rows.Add(row);
            }
        }

        foreach (Datum[] row in rows) Write(row);
    }

    private void EvaluateRow(Datum[] into)
    {
        for (int i = 0; i < into.Length; i++) into[i] = plan.Row[i](State).Detach();
    }

    private void Write(Datum[] row)
    {
        Context.Budget.Step();
        RowConstraints.CheckNotNull(plan.Table, row, Context);
        if (plan.Checks.Count > 0)
        {
            row.CopyTo(State.Slots.AsSpan(plan.TargetBase));
            RowConstraints.CheckConditions(plan.Table, plan.Checks, row, State);
        }

        if (plan.OnConflict is not null && WriteOrResolve(row, plan.OnConflict)) return;
        byte[] key = _writer.Insert(row);
        Affected++;
        if (plan.OnConflict is { DoNothing: false }) NoteWritten(key);
        Return(row, plan.TargetBase, plan.Table, _writer.Xmin, 0);
    }

    /// <summary>True if the row met an existing one and was dealt with.</summary>
    private bool WriteOrResolve(Datum[] row, ConflictPlan conflict)
    {
        IReadOnlyList<IndexDescriptor> arbiters = conflict.Arbiters.Count > 0 ? conflict.Arbiters : plan.Table.Indexes;
        _writer.LockNewKeys(row);
        for (int i = 0; i < arbiters.Count; i++)
        {
            IndexDescriptor arbiter = arbiters[i];
            if (arbiter.IsDeferrable) throw RowConstraints.DeferrableArbiter(plan.Table, arbiter);
            if (_writer.FindConflict(arbiter, row, out ReadOnlyMemory<byte> stored) is not { } existing) continue;
            if (!conflict.DoNothing) UpdateExisting(existing, stored, row, conflict);
            return true;
        }

        return false;
    }

    /// <param name="key">The existing row's.</param>
    /// <param name="stored">Its bytes if they are at hand, else empty.</param>
    /// <param name="row">The row that was to be inserted; becomes what the existing one is replaced with.</param>
    /// <param name="conflict">What to do.</param>
    private void UpdateExisting(byte[] key, ReadOnlyMemory<byte> stored, Datum[] row, ConflictPlan conflict)
    {
        if (_written is not null && _written.Contains(Convert.ToBase64String(key)))
        {
            throw new SqlException(SqlState.CardinalityViolation, "ON CONFLICT DO UPDATE command cannot affect row a second time")
            {
                Hint = "Ensure that no rows proposed for insertion within the same command have duplicate constrained values.",
            };
        }

        Span<Datum> target = State.Slots.AsSpan(plan.TargetBase, row.Length);
        _writer.LockConflicting(key);
        uint xmin = _writer.Read(key, stored, target);
        SystemColumns.Fill(State.Slots.AsSpan(plan.TargetBase + row.Length), xmin, 0, plan.Table.Oid);
        row.CopyTo(State.Slots.AsSpan(plan.ExcludedBase));
        if (conflict.Where is { } where && !where(State)) return;

        // Both rows are in their slots, where SET reads them: the array is free for the new one.
        target.CopyTo(row);
        foreach (ColumnAssignment assignment in conflict.Set) row[assignment.ColumnIndex] = assignment.Value(State);
        RowConstraints.CheckNotNull(plan.Table, row, Context);
        ReadOnlySpan<Datum> oldRow = target;
        if (plan.Checks.Count > 0)
        {
            oldRow = target.ToArray();
            row.CopyTo(target);
            RowConstraints.CheckConditions(plan.Table, plan.Checks, row, State);
        }

        NoteWritten(_writer.Update(key, oldRow, row, conflict.Assigned));
        Affected++;
        Return(row, plan.TargetBase, plan.Table, _writer.Xmin, _writer.Xmin);
    }

    /// <summary>Only a command with several rows can meet a row twice.</summary>
    private void NoteWritten(byte[] key)
    {
        if (plan.Source is not null) (_written ??= new HashSet<string>(StringComparer.Ordinal)).Add(Convert.ToBase64String(key));
    }
}
