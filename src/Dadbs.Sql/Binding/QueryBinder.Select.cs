using Dadbs.Sql.Parsing;
using Dadbs.Sql.Planning;

namespace Dadbs.Sql.Binding;

/// <summary>SELECT.</summary>
public sealed partial class QueryBinder
{
    /// <summary>A select-list item while its query is bound.</summary>
    private sealed record Item(string Name, BoundExpression Expression)
    {
        public ScopeColumn? Source { get; init; }

        public string? Alias { get; init; }
    }

    private BoundQuery BindSelect(SelectSyntax select, Scope? outer)
    {
        RowLockingLevel? outside = EnterLocking(select, out bool ownsRows);
        try
        {
            BoundQuery query = BindLevel(select, outer, ownsRows);
            if (!ownsRows) outside!.Tables.AddRange(_locking!.Tables);
            return query;
        }
        finally
        {
            _locking = outside;
        }
    }

    private BoundQuery BindLevel(SelectSyntax select, Scope? outer, bool ownsRows)
    {
        if (select.Into is not null) throw new SqlException(SqlState.FeatureNotSupported, "SELECT INTO is not supported here", select.Into.Position);
        Scope scope = new(outer);
        LogicalPlan plan = BindFrom(select.From, scope);
        AggregateCollector aggregates = new();
        SetFunctionCollector setFunctions = new();
        WindowCollector windows = new();
        foreach (WindowDefinitionSyntax window in select.Windows)
        {
            if (windows.Named.Exists(known => known.Name == window.Name)) throw new SqlException(SqlState.WindowingError, $"window \"{window.Name}\" is already defined", window.Specification.Position);
            windows.Named.Add(window);
        }

        scope.Aggregates = aggregates;
        scope.SetFunctions = setFunctions;
        scope.Windows = windows;
        scope.Clause = ClauseKind.SelectList;
        List<Item> items = BindItems(select.Items, scope);

        scope.Aggregates = null;
        scope.SetFunctions = null;
        scope.Windows = null;
        if (select.Where is not null)
        {
            scope.Clause = ClauseKind.Where;
            plan = Filter(plan, _expressions.BindCondition(select.Where, scope, "WHERE"));
        }

        scope.Aggregates = aggregates;
        scope.Clause = ClauseKind.Having;
        BoundExpression? having = select.Having is null ? null : _expressions.BindCondition(select.Having, scope, "HAVING");
        scope.SetFunctions = setFunctions;
        scope.Windows = windows;
        scope.Clause = ClauseKind.OrderBy;
        List<SortKey> order = [.. select.OrderBy.Select(key => BindOrderItem(key, items, scope, "ORDER BY"))];
        List<BoundExpression> distinctOn = [.. select.DistinctOn.Select(key => BindReference(key, items, scope, "DISTINCT ON"))];
        scope.SetFunctions = null;
        scope.Windows = null;
        scope.Aggregates = null;
        scope.Clause = ClauseKind.GroupBy;
        List<BoundExpression> groupBy = BindGroupBy(select, items, scope, aggregates);

        if (groupBy.Count > 0 || aggregates.Calls.Count > 0 || having is not null || select.GroupBy.Count > 0)
        {
            Grouping grouping = new(_context, scope, groupBy, aggregates.Calls);
            for (int i = 0; i < items.Count; i++) items[i] = items[i] with { Expression = grouping.Rewrite(items[i].Expression) };
            for (int i = 0; i < setFunctions.Calls.Count; i++)
            {
                BoundSetFunction call = setFunctions.Calls[i];
                setFunctions.Calls[i] = call with { Arguments = [.. call.Arguments.Select(grouping.Rewrite)] };
            }

            for (int i = 0; i < windows.Calls.Count; i++) windows.Calls[i] = Grouped(windows.Calls[i], grouping);

            having = having is null ? null : grouping.Rewrite(having);
            for (int i = 0; i < order.Count; i++) order[i] = order[i] with { Expression = grouping.Rewrite(order[i].Expression) };
            for (int i = 0; i < distinctOn.Count; i++) distinctOn[i] = grouping.Rewrite(distinctOn[i]);
            plan = grouping.Plan(plan);
            if (having is not null) plan = Filter(plan, having);
        }

        while (windows.Calls.Count > 0)
        {
            BoundWindow window = windows.Calls[0].Window;
            BoundWindowCall[] calls = [.. windows.Calls.Where(call => call.Window.IsSame(window))];
            windows.Calls.RemoveAll(call => call.Window.IsSame(window));
            plan = new LogicalWindow(plan, window, calls);
        }

        if (setFunctions.Calls.Count > 0) plan = new LogicalProjectSet(plan, [.. setFunctions.Calls]);
        if (_locking is not null) CheckLocking(_locking, select, aggregates.Calls.Count > 0, windows.Calls.Count > 0, setFunctions.Calls.Count > 0);
        return Project(select, plan, items, order, distinctOn, outer, ownsRows);
    }

    /// <summary>A window function call above an aggregation: it reads groups.</summary>
    private static BoundWindowCall Grouped(BoundWindowCall call, Grouping grouping) => call with
    {
        Arguments = [.. call.Arguments.Select(grouping.Rewrite)],
        Filter = call.Filter is null ? null : grouping.Rewrite(call.Filter),
        Window = call.Window with
        {
            PartitionBy = [.. call.Window.PartitionBy.Select(grouping.Rewrite)],
            OrderBy = [.. call.Window.OrderBy.Select(key => key with { Expression = grouping.Rewrite(key.Expression) })],
        },
    };

    private static LogicalPlan Filter(LogicalPlan plan, BoundExpression condition)
    {
        List<BoundExpression> conditions = [];
        Conjunctions.Split(condition, conditions);
        return new LogicalFilter(plan, [.. conditions]);
    }

    /// <summary>Gives every output a slot, then DISTINCT, ORDER BY and LIMIT on top.</summary>
    private BoundQuery Project(SelectSyntax select, LogicalPlan plan, List<Item> items, List<SortKey> order, List<BoundExpression> distinctOn, Scope? outer, bool locksRows)
    {
        List<Projection> projections = [];
        BoundOutput[] outputs = new BoundOutput[items.Count];
        HashSet<int>? own = outer is null ? null : SlotUsage.Produced(plan);
        for (int i = 0; i < outputs.Length; i++)
        {
            Item item = items[i];
            BoundExpression expression = item.Expression;
            bool isOpen = expression.Type.IsUnknown;
            if (isOpen && select.IsDistinct)
            {
                expression = _context.Coercion.ResolveUnknown(expression);
                isOpen = false;
            }

            int slot = SlotFor(expression, own, projections);
            outputs[i] = new BoundOutput(item.Name, slot, expression.Type, expression.Modifier)
            {
                TableOid = item.Source?.TableOid ?? 0,
                AttributeNumber = item.Source?.AttributeNumber ?? 0,
                Literal = isOpen ? expression : null,
                Position = expression.Position,
            };
            ReplaceInOrder(order, distinctOn, item.Expression, new BoundColumn(slot, expression.Type, expression.Modifier, item.Name) { Position = expression.Position });
        }

        if (projections.Count > 0) plan = new LogicalProject(plan, [.. projections]);
        if (distinctOn.Count > 0) plan = DistinctOn(plan, order, distinctOn);
        else if (select.IsDistinct) plan = Distinct(plan, outputs, order);
        if (order.Count > 0 && distinctOn.Count == 0) plan = new LogicalSort(plan, [.. order]);
        if (locksRows) plan = LockRows(plan, select);
        return new BoundQuery(BindLimit(plan, select, order, outer), outputs);
    }

    /// <summary>A plain column of FROM is its own output; anything else, a column of an outer query too, is computed into a slot.</summary>
    private int SlotFor(BoundExpression expression, HashSet<int>? own, List<Projection> projections)
    {
        if (expression is BoundColumn column && (own is null || own.Contains(column.Slot))) return column.Slot;
        int slot = _context.Slots.Allocate();
        projections.Add(new Projection(slot, expression));
        return slot;
    }

    private static void ReplaceInOrder(List<SortKey> order, List<BoundExpression> distinctOn, BoundExpression item, BoundColumn output)
    {
        for (int i = 0; i < order.Count; i++)
        {
            if (ReferenceEquals(order[i].Expression, item) || ExpressionComparer.Same(order[i].Expression, item)) order[i] = order[i] with { Expression = output };
        }

        for (int i = 0; i < distinctOn.Count; i++)
        {
            if (ExpressionComparer.Same(distinctOn[i], item)) distinctOn[i] = output;
        }
    }

    private static LogicalDistinct Distinct(LogicalPlan plan, BoundOutput[] outputs, List<SortKey> order)
    {
        foreach (SortKey key in order)
        {
            if (key.Expression is BoundColumn column && outputs.Any(output => output.Slot == column.Slot)) continue;
            throw new SqlException(SqlState.InvalidColumnReference, "for SELECT DISTINCT, ORDER BY expressions must appear in select list", Coercion.At(key.Expression));
        }

        foreach (BoundOutput output in outputs)
        {
            if (output.Type.Operations.IsHashable) continue;
            throw new SqlException(SqlState.UndefinedFunction, $"could not identify an equality operator for type {output.Type.DisplayName}", output.Position < 0 ? null : output.Position);
        }

        return new LogicalDistinct(plan, [.. outputs.Select(output => new BoundColumn(output.Slot, output.Type, output.Modifier, output.Name))]);
    }

    private static LogicalDistinct DistinctOn(LogicalPlan plan, List<SortKey> order, List<BoundExpression> keys)
    {
        // The keys must be the first sort keys, in any order; those not sorted by are sorted after.
        List<SortKey> sort = [];
        int matched = 0;
        foreach (SortKey key in order)
        {
            bool isKey = keys.Exists(on => ExpressionComparer.Same(on, key.Expression));
            if (isKey && matched < sort.Count)
            {
                throw new SqlException(SqlState.InvalidColumnReference, "SELECT DISTINCT ON expressions must match initial ORDER BY expressions", Coercion.At(key.Expression));
            }

            sort.Add(key);
            if (isKey) matched++;
        }

        if (order.Count > 0 && sort.Count > matched && keys.Exists(on => !order.Exists(key => ExpressionComparer.Same(on, key.Expression))))
        {
            throw new SqlException(SqlState.InvalidColumnReference, "SELECT DISTINCT ON expressions must match initial ORDER BY expressions", Coercion.At(keys[0]));
        }

        foreach (BoundExpression on in keys)
        {
            if (!sort.Exists(key => ExpressionComparer.Same(on, key.Expression))) sort.Add(new SortKey(on, false, false));
        }

        return new LogicalDistinct(new LogicalSort(plan, [.. sort]), [.. keys]) { IsOn = true };
    }

    private List<Item> BindItems(IReadOnlyList<SelectItemSyntax> syntax, Scope scope)
    {
        List<Item> items = [];
        foreach (SelectItemSyntax item in syntax)
        {
            if (item.Expression is StarSyntax star)
            {
                List<Item> expanded = [.. Expand(star, scope)];
                _context.References?.Add(star, expanded.Select(i => (i.Name, i.Expression)));
                items.AddRange(expanded);
                continue;
            }

            BoundExpression bound = _expressions.Bind(item.Expression, scope);
            string name = item.Alias ?? OutputNames.Of(item.Expression);
            items.Add(new Item(name, bound) { Source = SourceOf(bound, scope), Alias = item.Alias });
        }

        return items;
    }

    internal static IEnumerable<(string Name, BoundExpression Expression, ScopeColumn Source)> ExpandStar(StarSyntax star, Scope scope)
    {
        IReadOnlyList<ScopeColumn> columns = scope.Columns;
        if (star.Qualifier.Count > 0)
        {
            string name = star.Qualifier[^1];
            ScopeRelation relation = ExpressionBinder.FindRelation(star.Qualifier.Count > 1 ? star.Qualifier[^2] : null, name, scope)
                ?? throw ExpressionBinder.MissingRelation(name, star.Position, scope);
            columns = relation.Columns;
        }
        else if (scope.Relations.Count == 0)
        {
            throw new SqlException(SqlState.SyntaxError, "SELECT * with no tables specified is not valid", star.Position);
        }

        foreach (ScopeColumn column in columns) yield return (column.Name, column.Expression with { Position = star.Position }, column);
    }

    private static IEnumerable<Item> Expand(StarSyntax star, Scope scope) =>
        ExpandStar(star, scope).Select(column => new Item(column.Name, column.Expression) { Source = column.Source });

    /// <summary>The catalog column that an output is, for RowDescription.</summary>
    private static ScopeColumn? SourceOf(BoundExpression expression, Scope scope)
    {
        if (expression is not BoundColumn column) return null;
        for (Scope? level = scope; level is not null; level = level.Parent)
        {
            foreach (ScopeRelation relation in level.Relations)
            {
                foreach (ScopeColumn candidate in relation.AllColumns)
                {
                    if (candidate.TableOid != 0 && candidate.Expression is BoundColumn other && other.Slot == column.Slot) return candidate;
                }
            }
        }

        return null;
    }

    private SortKey BindOrderItem(SortKeySyntax key, List<Item> items, Scope scope, string clause) =>
        _expressions.BindSortKey(BindReference(key.Expression, items, scope, clause), key);

    /// <summary>An item of ORDER BY or DISTINCT ON: an output's name or number first, an expression over FROM otherwise.</summary>
    private BoundExpression BindReference(ExpressionSyntax expression, List<Item> items, Scope scope, string clause)
    {
        if (expression is ColumnReferenceSyntax { Parts.Count: 1 } name)
        {
            Item? found = null;
            foreach (Item item in items)
            {
                if (item.Name != name.Parts[0]) continue;
                if (found is not null && !ExpressionComparer.Same(found.Expression, item.Expression))
                {
                    throw new SqlException(SqlState.AmbiguousColumn, $"{clause} \"{name.Parts[0]}\" is ambiguous", name.Position);
                }

                found ??= item;
            }

            if (found is not null) return found.Expression;
        }

        return BindPositionOrExpression(expression, items, scope, clause);
    }

    private BoundExpression BindPositionOrExpression(ExpressionSyntax expression, List<Item> items, Scope scope, string clause)
    {
        switch (expression)
        {
            case IntegerLiteralSyntax number:
                return items[Position(number, items.Count, clause)].Expression;
            case StringLiteralSyntax or NumericLiteralSyntax or BooleanLiteralSyntax or NullLiteralSyntax:
                throw new SqlException(SqlState.SyntaxError, $"non-integer constant in {clause}", expression.Position);
            default:
                return _expressions.Bind(expression, scope);
        }
    }

    private List<BoundExpression> BindGroupBy(SelectSyntax select, List<Item> items, Scope scope, AggregateCollector aggregates)
    {
        List<BoundExpression> keys = [];
        foreach (GroupingElementSyntax element in select.GroupBy)
        {
            switch (element)
            {
                case EmptyGroupingSyntax:
                    break;
                case ExpressionGroupingSyntax { Expression: RowSyntax { IsExplicit: false } row }:
                    foreach (ExpressionSyntax field in row.Fields) AddGroupKey(keys, Checked(BindGroupKey(field, items, scope), field, aggregates));
                    break;
                case ExpressionGroupingSyntax grouping:
                    AddGroupKey(keys, Checked(BindGroupKey(grouping.Expression, items, scope), grouping.Expression, aggregates));
                    break;
                default:
                    throw new SqlException(SqlState.FeatureNotSupported, "GROUPING SETS, ROLLUP and CUBE are not supported", element.Position);
            }
        }

        return keys;
    }

    private void AddGroupKey(List<BoundExpression> keys, BoundExpression key)
    {
        BoundExpression resolved = _context.Coercion.ResolveUnknown(key);
        if (!resolved.Type.Operations.IsHashable)
        {
            throw new SqlException(SqlState.UndefinedFunction, $"could not identify an equality operator for type {resolved.Type.DisplayName}", Coercion.At(resolved));
        }

        if (!keys.Exists(known => ExpressionComparer.Same(known, resolved))) keys.Add(resolved);
    }

    /// <summary>GROUP BY prefers an input column's name over an output's (SQL:1999), unlike ORDER BY.</summary>
    private BoundExpression BindGroupKey(ExpressionSyntax expression, List<Item> items, Scope scope)
    {
        if (expression is ColumnReferenceSyntax { Parts.Count: 1 } name && !scope.Columns.Exists(column => column.Name == name.Parts[0]))
        {
            List<Item> named = items.FindAll(item => item.Name == name.Parts[0]);
            if (named.Count > 1 && named.Exists(item => !ExpressionComparer.Same(item.Expression, named[0].Expression)))
            {
                throw new SqlException(SqlState.AmbiguousColumn, $"GROUP BY \"{name.Parts[0]}\" is ambiguous", name.Position);
            }

            if (named.Count > 0) return named[0].Expression;
        }

        return BindPositionOrExpression(expression, items, scope, "GROUP BY");
    }

    private static BoundExpression Checked(BoundExpression key, ExpressionSyntax at, AggregateCollector aggregates)
    {
        HashSet<int> read = [];
        SlotUsage.Collect(key, read);
        return aggregates.Calls.Exists(call => read.Contains(call.Slot))
            ? throw new SqlException(SqlState.GroupingError, "aggregate functions are not allowed in GROUP BY", at.Position)
            : key;
    }
}
