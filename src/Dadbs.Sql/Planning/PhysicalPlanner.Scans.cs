using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Execution.Operators;
using Dadbs.Sql.Rows;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Planning;

/// <summary>Leaves of a plan: tables through the best access path, virtual relations, functions, VALUES.</summary>
internal sealed partial class PhysicalPlanner
{
    private Planned PlanLeaf(LogicalPlan plan, HashSet<int> needed, List<BoundExpression> filters, OrderRequest? order)
    {
        switch (plan)
        {
            case LogicalScan p:
                return PlanScan(p, needed, filters, order);
            case LogicalVirtualScan p:
                return PlanVirtualScan(p, needed, filters);
            case LogicalFunctionScan p:
                return Filtered(new Planned(p.Beside.Length == 0 ? FunctionScan(p) : FunctionScans(p), false), filters);
            case LogicalValues p:
                ValuesOperator values = new(Array.ConvertAll(p.Rows, row => _compiler.Values(row)), p.Base) { Rows = p.Rows.Length, Cost = p.Rows.Length };
                return Filtered(new Planned(values, false), filters);
            case LogicalOneRow:
                return new Planned(
                    new OneRowOperator(_compiler.Conditions(filters)) { ConditionText = filters.Count == 0 ? null : Print(filters) }, true);
            case LogicalJoin p:
                return PlanOuterJoin(p, needed, filters);
            default:
                return Plan(plan, needed, filters, order);
        }
    }

    private FunctionScanOperator FunctionScan(LogicalFunctionScan p) => new(
        p.Function, _compiler.Value(p.Value is BoundColumn && p.Function is not null ? new BoundConstant(Datum.Null, SqlTypes.Text) : p.Value),
        _compiler.Values(p.Arguments), p.Base, p.ColumnTypes.Length, p.WithOrdinality, p.FunctionName, p.Alias)
    {
        Rows = p.Function is null ? 1 : 100,
        Cost = p.Function is null ? 1 : 100,
    };

    private RowsFromOperator FunctionScans(LogicalFunctionScan p)
    {
        FunctionScanOperator[] parts = [FunctionScan(p with { WithOrdinality = false }), .. p.Beside.Select(FunctionScan)];
        int[] widths = [p.ColumnTypes.Length, .. p.Beside.Select(other => other.ColumnTypes.Length)];
        return new RowsFromOperator(parts, widths, p.Base, p.WithOrdinality, p.Alias) { Rows = parts.Max(part => part.Rows), Cost = parts.Sum(part => part.Cost) };
    }

    private Planned PlanVirtualScan(LogicalVirtualScan scan, HashSet<int> needed, List<BoundExpression> filters)
    {
        HashSet<int> read = With(needed, filters);
        int[] columns = [.. Enumerable.Range(0, scan.Table.Columns.Count).Where(column => read.Contains(scan.Base + column))];
        double rows = filters.Aggregate(200.0, (left, filter) => left * Selectivity.Of(filter));
        VirtualScanOperator plan = new(scan.Table, scan.Alias, scan.Base, columns, _compiler.Conditions(Cheapest(filters)), filters.Count == 0 ? null : Print(filters))
        {
            SystemBase = SystemBaseOf(scan.Base + scan.Table.Columns.Count, read),
            Rows = Math.Max(1, rows),
            Cost = 400,
        };
        return new Planned(plan, false);
    }

    /// <summary>The slots of a scan's system columns, if any of them is read.</summary>
    private static int SystemBaseOf(int first, HashSet<int> read) =>
        Enumerable.Range(first, SystemColumns.SlotCount).Any(read.Contains) ? first : -1;

    private Planned PlanScan(LogicalScan scan, HashSet<int> needed, List<BoundExpression> filters, OrderRequest? order)
    {
        AccessPath path = AccessPaths.Choose(scan, filters, order);
        return new Planned(BuildScan(scan, path, needed, filters), path.IsOrdered);
    }

    private PhysicalOperator BuildScan(LogicalScan scan, AccessPath path, HashSet<int> needed, List<BoundExpression> filters)
    {
        HashSet<BoundExpression> used = new(path.Used, ReferenceEqualityComparer.Instance);
        List<BoundExpression> rest = [.. Cheapest([.. filters.Where(filter => !used.Contains(filter))])];
        HashSet<int> read = With(needed, rest);
        ColumnMask mask = ColumnMask.Of(Enumerable.Range(0, scan.Table.Columns.Count).Where(column => read.Contains(scan.Base + column)));
        int keySlot = scan.KeySlot >= 0 && needed.Contains(scan.KeySlot) ? scan.KeySlot : -1;
        ScanTarget target = new(scan.Table, scan.Alias, scan.Base, keySlot, mask, _compiler.Conditions(rest))
        {
            SystemBase = SystemBaseOf(scan.Base + scan.Table.Columns.Count, read),
            FilterText = rest.Count == 0 ? null : Print(rest),
        };
        if (path.Index is null) return new TableScanOperator(target, null, null, path.Descending) { Rows = path.Rows, Cost = path.Cost };

        ScanKeys keys = new(
            path.Index,
            [.. path.Equal.Select(condition => new KeyEquality(_compiler.Values(condition!.Values)))],
            [.. path.Lower.Select(condition => new KeyBound(_compiler.Value(condition.Values[0]), condition.Operator == ">="))],
            [.. path.Upper.Select(condition => new KeyBound(_compiler.Value(condition.Values[0]), condition.Operator == "<="))]);
        string text = Print([.. path.Used]);
        if (path.Index.IsPrimary && keys.IsPoint) return new KeyLookupOperator(target, keys, text) { Rows = path.Rows, Cost = path.Cost };
        return path.Index.IsPrimary
            ? new TableScanOperator(target, keys, text, path.Descending) { Rows = path.Rows, Cost = path.Cost }
            : new IndexScanOperator(target, keys, text, path.Descending) { Rows = path.Rows, Cost = path.Cost };
    }
}
