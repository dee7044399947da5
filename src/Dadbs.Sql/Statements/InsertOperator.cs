using Dadbs.Sql.Catalog;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Execution.Operators;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>
/// INSERT: all source rows are computed first (so INSERT … SELECT never meets its own rows), then each is checked and written in source
/// order, as PostgreSQL numbers and reports them.
/// </summary>
public sealed class InsertOperator(InsertPlan plan)
{
    public InsertPlan Plan { get; } = plan;

    public StatementCursor Open(StatementContext context) => new InsertCursor(Plan, context);

    private sealed class InsertCursor(InsertPlan plan, StatementContext context) : ModificationCursor(context, plan.SlotCount, plan.Returning)
    {
        private readonly TableWriter _writer = new(plan.Table, context);

        /// <summary>Keys of rows that this command inserted or updated: ON CONFLICT DO UPDATE may not meet them again. Null until needed.</summary>
        private HashSet<string>? _written;

        private bool[]? _assigned;

        public override string CommandTag => $"INSERT 0 {Affected}";

        protected override void Run()
        {
            if (plan.Source is null)
            {
                Write(EvaluateRow());
                return;
            }

            if (plan.Source is ValuesOperator values) Context.Sequences?.Expect(values.RowCount);
            List<Datum[]> rows = [];
            using (Cursor source = plan.Source.Open(State))
            {
                while (source.MoveNext())
                {
                    Datum[] row = EvaluateRow();
                    Context.Budget.Step();
                    Context.Budget.Allocate(RetainedBytes(row));
                    rows.Add(row);
                }
            }

            foreach (Datum[] row in rows) Write(row);
        }

        private Datum[] EvaluateRow()
        {
            var row = new Datum[plan.Row.Length];
            for (int i = 0; i < row.Length; i++) row[i] = plan.Row[i](State).Detach();
            return row;
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
            foreach (IndexDescriptor arbiter in arbiters)
            {
                if (arbiter.IsDeferrable) throw RowConstraints.DeferrableArbiter(plan.Table, arbiter);
                if (_writer.FindConflict(arbiter, row) is not { } existing) continue;
                if (!conflict.DoNothing) UpdateExisting(existing, row, conflict);
                return true;
            }

            return false;
        }

        private void UpdateExisting(byte[] key, Datum[] excluded, ConflictPlan conflict)
        {
            if (_written is not null && _written.Contains(Convert.ToBase64String(key)))
            {
                throw new SqlException(SqlState.CardinalityViolation, "ON CONFLICT DO UPDATE command cannot affect row a second time")
                {
                    Hint = "Ensure that no rows proposed for insertion within the same command have duplicate constrained values.",
                };
            }

            var oldRow = new Datum[excluded.Length];
            _writer.LockConflicting(key);
            uint xmin = _writer.Read(key, oldRow);
            oldRow.CopyTo(State.Slots.AsSpan(plan.TargetBase));
            SystemColumns.Fill(State.Slots.AsSpan(plan.TargetBase + oldRow.Length), xmin, 0, plan.Table.Oid);
            excluded.CopyTo(State.Slots.AsSpan(plan.ExcludedBase));
            if (conflict.Where is { } where && !where(State)) return;
            Datum[] newRow = [.. oldRow];
            foreach (ColumnAssignment assignment in conflict.Set) newRow[assignment.ColumnIndex] = assignment.Value(State);
            RowConstraints.CheckNotNull(plan.Table, newRow, Context);
            if (plan.Checks.Count > 0)
            {
                newRow.CopyTo(State.Slots.AsSpan(plan.TargetBase));
                RowConstraints.CheckConditions(plan.Table, plan.Checks, newRow, State);
            }

            NoteWritten(_writer.Update(key, oldRow, newRow, _assigned ??= AssignedColumns(plan.Table, conflict.Set)));
            Affected++;
            Return(newRow, plan.TargetBase, plan.Table, _writer.Xmin, _writer.Xmin);
        }

        /// <summary>Only a command with several rows can meet a row twice.</summary>
        private void NoteWritten(byte[] key)
        {
            if (plan.Source is not null) (_written ??= new HashSet<string>(StringComparer.Ordinal)).Add(Convert.ToBase64String(key));
        }
    }
}
