using Dadbs.Sql.Binding;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Planning;

/// <summary>Whether an expression has a subquery in it.</summary>
internal sealed class SubqueryCount : PlanRewriter
{
    private bool _found;

    public static bool Any(BoundExpression expression)
    {
        SubqueryCount search = new();
        search.Rewrite(expression);
        return search._found;
    }

    public override BoundExpression Rewrite(BoundExpression expression)
    {
        if (expression is not BoundSubquery) return base.Rewrite(expression);
        _found = true;
        return expression;
    }
}

/// <summary>How many relations a query reads at its own level: with one, EXPLAIN leaves columns unqualified.</summary>
internal sealed class RelationCount : PlanRewriter
{
    private int _count;

    public static int Of(LogicalPlan plan)
    {
        RelationCount search = new();
        search.Rewrite(plan);
        return search._count;
    }

    public override LogicalPlan Rewrite(LogicalPlan plan)
    {
        if (plan is LogicalScan or LogicalVirtualScan or LogicalFunctionScan or LogicalCommonTableScan) _count++;
        return base.Rewrite(plan);
    }
}

/// <summary>Replaces slots by expressions: a condition moved beneath a projection or into a side of a UNION.</summary>
internal sealed class SlotSubstitution(Dictionary<int, BoundExpression> items) : PlanRewriter
{
    public static BoundExpression Apply(BoundExpression expression, Dictionary<int, BoundExpression> items) => new SlotSubstitution(items).Rewrite(expression);

    public override BoundExpression Rewrite(BoundExpression expression) =>
        expression is BoundColumn column && items.TryGetValue(column.Slot, out BoundExpression? replacement) ? replacement : base.Rewrite(expression);
}

/// <summary>The outer columns that a plan reads, one a slot.</summary>
internal sealed class OuterColumns(HashSet<int> outer) : PlanRewriter
{
    private readonly SortedDictionary<int, BoundColumn> _found = [];

    public static IReadOnlyList<BoundColumn> Of(LogicalPlan plan)
    {
        OuterColumns search = new([.. SlotUsage.OuterSlots(plan)]);
        search.Rewrite(plan);
        return [.. search._found.Values];
    }

    public override BoundExpression Rewrite(BoundExpression expression)
    {
        if (expression is BoundColumn column && outer.Contains(column.Slot)) _found.TryAdd(column.Slot, column);
        return base.Rewrite(expression);
    }
}

/// <summary>Which types may meet in a hash table.</summary>
internal static class JoinKeys
{
    /// <summary>Operations under which values of both types hash and compare alike; null: they must be compared by their operator.</summary>
    public static TypeOperations? CommonOperations(SqlType left, SqlType right)
    {
        if (left == right) return left.Operations.IsHashable ? left.Operations : null;
        if (FixedOperators.IsInteger(left) && FixedOperators.IsInteger(right)) return SqlTypes.BigInt.Operations;
        return null;
    }
}
