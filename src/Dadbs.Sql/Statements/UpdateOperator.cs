using Dadbs.Sql.Execution;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>
/// UPDATE: targets and their new values are collected first, then applied in the order of their keys, whichever plan found them. Unique
/// keys are checked row by row, as PostgreSQL does for constraints that are not deferrable.
/// </summary>
public sealed class UpdateOperator(UpdatePlan plan)
{
    public UpdatePlan Plan { get; } = plan;

    public StatementCursor Open(StatementContext context) => new UpdateCursor(Plan, context);

    private sealed class UpdateCursor(UpdatePlan plan, StatementContext context) : ModificationCursor(context, plan.SlotCount, plan.Returning)
    {
        private readonly TableWriter _writer = new(plan.Table, context);

        public override string CommandTag => $"UPDATE {Affected}";

        protected override void Run()
        {
            List<ModificationTarget> targets = Collect();
            ModificationTarget.SortByKey(targets);
            bool[] assigned = ColumnAssignment.Columns(plan.Table, plan.Set);
            byte[]? previous = null;
            foreach (ModificationTarget target in targets)
            {
                if (previous is not null && previous.AsSpan().SequenceEqual(target.Key)) continue;
                previous = target.Key;
                Apply(target, assigned);
            }
        }

        private List<ModificationTarget> Collect()
        {
            var targets = new List<ModificationTarget>();
            int columns = plan.Table.Columns.Count;
            using Cursor cursor = plan.Target.Plan.Open(State);
            while (cursor.MoveNext())
            {
                Context.Budget.Step();
                ReadOnlySpan<Datum> slots = State.Slots;
                Datum[] oldRow = slots.Slice(plan.Target.TargetBase, columns).ToArray();
                Datum[] newRow = [.. oldRow];
                foreach (ColumnAssignment assignment in plan.Set) newRow[assignment.ColumnIndex] = assignment.Value(State);
                var target = new ModificationTarget(
                    slots[plan.Target.KeySlot].AsBytesSpan.ToArray(), targets.Count, oldRow, newRow, ModificationTarget.Keep(State.Slots, plan.ReturningSlots));
                Context.Budget.Allocate(RetainedBytes(oldRow) + RetainedBytes(newRow));
                targets.Add(target);
            }

            return targets;
        }

        private void Apply(ModificationTarget target, bool[] assigned)
        {
            Context.Budget.Step();
            Datum[] newRow = target.NewRow!;
            _writer.LockTarget(target.Key, target.OldRow, newRow);
            RowConstraints.CheckNotNull(plan.Table, newRow, Context);
            if (plan.Checks.Count > 0)
            {
                newRow.CopyTo(State.Slots.AsSpan(plan.Target.TargetBase));
                RowConstraints.CheckConditions(plan.Table, plan.Checks, newRow, State);
            }

            _writer.Update(target.Key, target.OldRow, newRow, assigned);
            Affected++;
            target.PutBack(State.Slots, plan.ReturningSlots);
            Return(newRow, plan.Target.TargetBase, plan.Table, _writer.Xmin, 0);
        }
    }
}
