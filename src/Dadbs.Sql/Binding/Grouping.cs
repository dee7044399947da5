using Dadbs.Sql.Catalog;
using Dadbs.Sql.Planning;

namespace Dadbs.Sql.Binding;

/// <summary>
/// What stands above an aggregation: grouping expressions become the group's slots, and every other column of FROM is refused (42803) unless it depends on a primary key that is grouped by.
/// </summary>
internal sealed class Grouping
{
    private readonly Scope _scope;
    private readonly List<BoundAggregate> _aggregates;
    private readonly List<Projection> _keys = [];
    private readonly HashSet<int> _keySlots = [];
    private readonly HashSet<int> _carried = [];
    private readonly HashSet<int> _inputSlots = [];
    private readonly List<(BoundExpression Expression, BoundColumn Column)> _computed = [];

    public Grouping(BindingContext context, Scope scope, List<BoundExpression> keys, List<BoundAggregate> aggregates)
    {
        _scope = scope;
        _aggregates = aggregates;
        foreach (ScopeRelation relation in scope.Relations)
        {
            foreach (ScopeColumn column in relation.AllColumns) SlotUsage.Collect(column.Expression, _inputSlots);
        }

        foreach (BoundExpression key in keys)
        {
            if (key is BoundColumn column)
            {
                _keys.Add(new Projection(column.Slot, column));
                _keySlots.Add(column.Slot);
                continue;
            }

            int slot = context.Slots.Allocate();
            _keys.Add(new Projection(slot, key));
            _keySlots.Add(slot);
            _computed.Add((key, new BoundColumn(slot, key.Type, key.Modifier, "key")));
        }
    }

    /// <summary>An expression of the select list, HAVING or ORDER BY as it is read above the aggregation.</summary>
    public BoundExpression Rewrite(BoundExpression expression) => new Rewriter(this).Rewrite(expression);

    public LogicalAggregate Plan(LogicalPlan input) => new(input, [.. _keys], [.. _carried.Order()], [.. _aggregates]);

    private void Check(BoundColumn column, bool insideSubquery)
    {
        if (_keySlots.Contains(column.Slot) || _carried.Contains(column.Slot) || !_inputSlots.Contains(column.Slot)) return;
        foreach (ScopeRelation relation in _scope.Relations)
        {
            if (!relation.AllColumns.Any(candidate => candidate.Expression is BoundColumn other && other.Slot == column.Slot)) continue;
            if (relation.Descriptor is TableDescriptor { PrimaryKey: { } key } && key.Parts.All(part => relation.Columns[part.ColumnIndex].Expression is BoundColumn keyColumn && _keySlots.Contains(keyColumn.Slot)))
            {
                _carried.Add(column.Slot);
                return;
            }
        }

        string name = column.Relation is null ? column.Name : $"{column.Relation}.{column.Name}";
        throw new SqlException(
            SqlState.GroupingError,
            insideSubquery ? $"subquery uses ungrouped column \"{name}\" from outer query" : $"column \"{name}\" must appear in the GROUP BY clause or be used in an aggregate function",
            Coercion.At(column));
    }

    private sealed class Rewriter(Grouping grouping) : PlanRewriter
    {
        private int _subqueries;

        public override BoundExpression Rewrite(BoundExpression expression)
        {
            foreach ((BoundExpression key, BoundColumn column) in grouping._computed)
            {
                if (ExpressionComparer.Same(key, expression)) return column with { Position = expression.Position };
            }

            if (expression is BoundColumn read) grouping.Check(read, _subqueries > 0);
            if (expression is not BoundSubquery) return base.Rewrite(expression);
            _subqueries++;
            BoundExpression rewritten = base.Rewrite(expression);
            _subqueries--;
            return rewritten;
        }
    }
}
