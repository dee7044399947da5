using Dadbs.Sql.Execution;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>DELETE: targets are collected first, then removed in the order of their keys.</summary>
public sealed class DeleteOperator(DeletePlan plan)
{
    public DeletePlan Plan { get; } = plan;

    public StatementCursor Open(StatementContext context) => new DeleteCursor(Plan, context);

    private sealed class DeleteCursor(DeletePlan plan, StatementContext context) : ModificationCursor(context, plan.SlotCount, plan.Returning)
    {
        private readonly TableWriter _writer = new(plan.Table, context);

        public override string CommandTag => $"DELETE {Affected}";

        protected override void Run()
        {
            List<ModificationTarget> targets = Collect();
            ModificationTarget.SortByKey(targets);
            byte[]? previous = null;
            foreach (ModificationTarget target in targets)
            {
                if (previous is not null && previous.AsSpan().SequenceEqual(target.Key)) continue;
                previous = target.Key;
                Context.Budget.Step();
                _writer.LockTarget(target.Key, target.OldRow, []);
                uint xmin = _writer.Delete(target.Key, target.OldRow);
                Affected++;
                target.PutBack(State.Slots, plan.ReturningSlots);
                Return(target.OldRow, plan.Target.TargetBase, plan.Table, xmin, _writer.Xmin);
            }
        }

        private List<ModificationTarget> Collect()
        {
            var targets = new List<ModificationTarget>();
            using Cursor cursor = plan.Target.Plan.Open(State);
            while (cursor.MoveNext())
            {
                Context.Budget.Step();
                ReadOnlySpan<Datum> slots = State.Slots;
                Datum[] row = slots.Slice(plan.Target.TargetBase, plan.Table.Columns.Count).ToArray();
                Context.Budget.Allocate(RetainedBytes(row));
                targets.Add(new ModificationTarget(
                    slots[plan.Target.KeySlot].AsBytesSpan.ToArray(), targets.Count, row, null, ModificationTarget.Keep(State.Slots, plan.ReturningSlots)));
            }

            return targets;
        }
    }
}
