using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;

namespace Dadbs.Sql.Planning;

/// <summary>Which slots expressions and plans read and fill: the ground of pruning, push-down, correlation and join order.</summary>
internal static class SlotUsage
{
    /// <summary>Adds the slots an expression reads from its surroundings; a subquery reads its outer slots.</summary>
    public static void Collect(BoundExpression expression, HashSet<int> read) => new Reader(read).Rewrite(expression);

    public static HashSet<int> Of(BoundExpression expression)
    {
        HashSet<int> read = [];
        Collect(expression, read);
        return read;
    }

    public static bool Reads(BoundExpression expression, HashSet<int> slots) => Of(expression).Overlaps(slots);

    /// <summary>Slots of enclosing queries that a plan reads.</summary>
    public static int[] OuterSlots(LogicalPlan plan)
    {
        HashSet<int> read = [];
        new Reader(read).Rewrite(plan);
        HashSet<int> written = [];
        new Writer(written).Rewrite(plan);
        read.ExceptWith(written);
        int[] outer = [.. read];
        Array.Sort(outer);
        return outer;
    }

    /// <summary>Slots whose values a plan's rows carry.</summary>
    public static HashSet<int> Produced(LogicalPlan plan)
    {
        HashSet<int> slots = [];
        AddProduced(plan, slots);
        return slots;
    }

    private static void AddProduced(LogicalPlan plan, HashSet<int> slots)
    {
        switch (plan)
        {
            case LogicalScan p:
                AddBlock(slots, p.Base, p.Table.Columns.Count + SystemColumns.SlotCount);
                if (p.KeySlot >= 0) slots.Add(p.KeySlot);
                break;
            case LogicalVirtualScan p:
                AddBlock(slots, p.Base, p.Table.Columns.Count + SystemColumns.SlotCount);
                break;
            case LogicalFunctionScan p:
                AddBlock(slots, p.Base, p.Width + (p.WithOrdinality ? 1 : 0));
                break;
            case LogicalValues p:
                AddBlock(slots, p.Base, p.Types.Length);
                break;
            case LogicalCommonTableScan p:
                AddBlock(slots, p.Base, p.Types.Length);
                break;
            case LogicalSetOperation p:
                AddBlock(slots, p.Base, p.Types.Length);
                break;
            case LogicalRecursiveUnion p:
                AddBlock(slots, p.Base, p.Types.Length);
                break;
            case LogicalFilter p:
                AddProduced(p.Input, slots);
                break;
            case LogicalProject p:
                AddProduced(p.Input, slots);
                foreach (Projection item in p.Items) slots.Add(item.Slot);
                break;
            case LogicalProjectSet p:
                AddProduced(p.Input, slots);
                foreach (BoundSetFunction call in p.Functions) slots.Add(call.Slot);
                break;
            case LogicalJoin p:
                AddProduced(p.Left, slots);
                if (p.Kind is not (LogicalJoinKind.Semi or LogicalJoinKind.Anti)) AddProduced(p.Right, slots);
                break;
            case LogicalAggregate p:
                foreach (Projection key in p.Keys) slots.Add(key.Slot);
                slots.UnionWith(p.Carried);
                foreach (BoundAggregate call in p.Aggregates) slots.Add(call.Slot);
                foreach ((int slot, _) in p.Grouping) slots.Add(slot);
                break;
            case LogicalWindow p:
                AddProduced(p.Input, slots);
                foreach (BoundWindowCall call in p.Calls) slots.Add(call.Slot);
                if (p.Window.Range is { } range) slots.UnionWith([range.Current, range.Other, range.StartOffset, range.EndOffset]);
                break;
            case LogicalDistinct p:
                AddProduced(p.Input, slots);
                break;
            case LogicalSort p:
                AddProduced(p.Input, slots);
                break;
            case LogicalLockRows p:
                AddProduced(p.Input, slots);
                break;
            case LogicalLimit p:
                AddProduced(p.Input, slots);
                break;
            case LogicalWith p:
                AddProduced(p.Input, slots);
                break;
        }
    }

    private static void AddBlock(HashSet<int> slots, int first, int count)
    {
        for (int i = 0; i < count; i++) slots.Add(first + i);
    }

    private sealed class Reader(HashSet<int> read) : PlanRewriter
    {
        public override BoundExpression Rewrite(BoundExpression expression)
        {
            switch (expression)
            {
                case BoundColumn column:
                    if (column.Slot >= 0) read.Add(column.Slot);
                    return expression;
                case BoundCase { OperandSlot: >= 0 } or BoundNullIf:
                    int inner = expression is BoundCase withOperand ? withOperand.OperandSlot : ((BoundNullIf)expression).LeftSlot;
                    base.Rewrite(expression);
                    read.Remove(inner);
                    return expression;
                case BoundSubquery subquery:
                    read.UnionWith(OuterSlots(subquery.Query.Plan));
                    foreach (BoundExpression operand in subquery.Operands) Rewrite(operand);
                    if (subquery.Test is not null)
                    {
                        HashSet<int> test = Of(subquery.Test);
                        test.ExceptWith(subquery.Query.Outputs.Select(output => output.Slot));
                        read.UnionWith(test);
                    }

                    return expression;
                default:
                    return base.Rewrite(expression);
            }
        }

        public override LogicalPlan Rewrite(LogicalPlan plan)
        {
            switch (plan)
            {
                case LogicalSetOperation operation:
                    read.UnionWith(operation.LeftSlots);
                    read.UnionWith(operation.RightSlots);
                    break;
                case LogicalRecursiveUnion union:
                    read.UnionWith(union.FirstSlots);
                    read.UnionWith(union.RecursiveSlots);
                    break;
                case LogicalAggregate aggregate:
                    read.UnionWith(aggregate.Carried);
                    break;
                case LogicalWith with:
                    foreach (LogicalCommonTable table in with.Tables) read.UnionWith(table.Slots);
                    break;
            }

            return base.Rewrite(plan);
        }
    }

    private sealed class Writer(HashSet<int> written) : PlanRewriter
    {
        public override LogicalPlan Rewrite(LogicalPlan plan)
        {
            AddProduced(plan, written);
            return base.Rewrite(plan);
        }
    }
}
