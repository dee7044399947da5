using Dadbs.Sql.Binding;
using Dadbs.Sql.Execution.Operators;

namespace Dadbs.Sql.Planning;

/// <summary>Windows: the input sorted by partition and order, then one pass.</summary>
internal sealed partial class PhysicalPlanner
{
    private Planned PlanWindow(LogicalWindow plan, HashSet<int> needed, List<BoundExpression> filters)
    {
        BoundWindow window = plan.Window;
        List<BoundExpression> read = [.. window.PartitionBy, .. window.OrderBy.Select(key => key.Expression), .. plan.Calls.SelectMany(call => call.Arguments), .. plan.Calls.Where(call => call.Filter is not null).Select(call => call.Filter!)];
        if (window.StartOffset is not null) read.Add(window.StartOffset);
        if (window.EndOffset is not null) read.Add(window.EndOffset);
        HashSet<int> above = With(needed, filters);
        HashSet<int> below = With(above, read);
        SortKey[] keys = [.. window.PartitionBy.Select(key => new SortKey(key, Descending: false, NullsFirst: false)), .. window.OrderBy];
        Planned input = keys.Length == 0 ? Plan(plan.Input, below, [], null) : PlanSort(new LogicalSort(plan.Input, keys), below, [], null, null);
        above.IntersectWith(SlotUsage.Produced(plan.Input));
        WindowOperator node = new(
            input.Operator,
            new WindowShape(
                _compiler.Values(window.PartitionBy),
                Array.ConvertAll(window.PartitionBy, key => key.Type.Operations),
                CompileKeys(window.OrderBy),
                new WindowFrame(
                    window.Frame,
                    window.StartOffset is null ? null : _compiler.Value(window.StartOffset),
                    window.EndOffset is null ? null : _compiler.Value(window.EndOffset),
                    window.Range,
                    window.StartCondition is null ? null : _compiler.Condition(window.StartCondition),
                    window.EndCondition is null ? null : _compiler.Condition(window.EndCondition),
                    window.StartOffset?.Type,
                    window.EndOffset?.Type)),
            Array.ConvertAll(plan.Calls, Compile),
            [.. above.Order()])
        {
            Rows = input.Rows,
            Cost = input.Cost + (input.Rows * (1 + plan.Calls.Length)),
        };
        return Filtered(new Planned(node, false), filters);
    }

    private WindowCall Compile(BoundWindowCall call) => new(call.Function.Name, call.Aggregate, _compiler.Values(call.Arguments), call.Slot)
    {
        Filter = call.Filter is null ? null : _compiler.Condition(call.Filter),
    };
}
