using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Planning;

/// <summary>An order that somebody above would like: plain columns only.</summary>
/// <param name="Keys">The keys, most significant first.</param>
/// <param name="IsLimited">Only the first rows will be read, so an order that comes for free is worth more.</param>
internal sealed record OrderRequest(SortKey[] Keys, bool IsLimited);

/// <summary>A condition that restricts a column of the scanned table to something known when the scan opens.</summary>
internal sealed record ColumnCondition(BoundExpression Source, int Column, string Operator, BoundExpression[] Values);

/// <summary>A way to read a table: through an index (or its own key) with these conditions met by the keys, and the rest left for a filter.</summary>
internal sealed record AccessPath(IndexDescriptor? Index, ColumnCondition?[] Equal, List<ColumnCondition> Lower, List<ColumnCondition> Upper, double Rows, double Cost)
{
    public bool IsOrdered { get; init; }

    public bool Descending { get; init; }

    public IEnumerable<BoundExpression> Used => Equal.Where(c => c is not null).Concat(Lower).Concat(Upper).Select(c => c!.Source).Distinct();
}

/// <summary>
/// Index choice: for the table's own key and every index, the longest prefix of parts known by equality (or IN), then a range on the next part. Costs are in rows read; a row found through a
/// secondary index costs <see cref="FetchCost"/>.
/// </summary>
internal static class AccessPaths
{
    private const double FetchCost = 3;
    private const double OpenCost = 2;

    /// <summary>Comparing once in a sort, in units of reading a row.</summary>
    private const double CompareCost = 0.3;

    public static AccessPath Choose(LogicalScan scan, IReadOnlyList<BoundExpression> conditions, OrderRequest? order)
    {
        double total = Selectivity.RowsOf(scan.Table);
        double all = conditions.Aggregate(total, (rows, condition) => rows * Selectivity.Of(condition));
        List<ColumnCondition> usable = [];
        foreach (BoundExpression condition in conditions) Recognise(condition, scan, usable);
        AccessPath best = new(null, [], [], [], Math.Max(1, all), total) { IsOrdered = false };
        double bestCost = best.Cost + SortCost(order, best);
        foreach (IndexDescriptor index in scan.Table.Indexes)
        {
            if (index.Parts.Count == 0) continue;
            AccessPath? path = Through(index, scan, usable, all, total, order);
            if (path is null) continue;
            double cost = path.Cost + SortCost(order, path);
            if (order is { IsLimited: true } && path.IsOrdered) cost = (path.Cost * 0.05) + OpenCost;
            if (cost >= bestCost) continue;
            best = path;
            bestCost = cost;
        }

        return best;
    }

    private static double SortCost(OrderRequest? order, AccessPath path) =>
        order is null || path.IsOrdered ? 0 : path.Rows * CompareCost * Log2Floor(path.Rows);

    private static AccessPath? Through(IndexDescriptor index, LogicalScan scan, List<ColumnCondition> usable, double all, double total, OrderRequest? order)
    {
        List<ColumnCondition?> equal = [];
        double rows = total;
        foreach (IndexPart part in index.Parts)
        {
            ColumnCondition? found = usable.Find(c => c.Column == part.ColumnIndex && c.Operator is "=" or "IN" or "NULL");
            if (found is null) break;
            equal.Add(found);
            rows *= Math.Min(0.9, Selectivity.Equality * Math.Max(1, found.Values.Length));
        }

        List<ColumnCondition> lower = [];
        List<ColumnCondition> upper = [];
        if (equal.Count < index.Parts.Count)
        {
            int column = index.Parts[equal.Count].ColumnIndex;
            lower = usable.FindAll(c => c.Column == column && c.Operator is ">" or ">=");
            upper = usable.FindAll(c => c.Column == column && c.Operator is "<" or "<=");
            if (lower.Count > 0 && upper.Count > 0) rows *= Selectivity.BothBounds;
            else if (lower.Count > 0 || upper.Count > 0) rows *= Selectivity.Range;
        }

        bool isPoint = index.IsUnique && equal.Count == index.Parts.Count && equal.TrueForAll(c => c!.Values.Length > 0);
        if (isPoint) rows = equal.Aggregate(1.0, (product, c) => product * c!.Values.Length);
        (bool ordered, bool descending) = OrderOf(index, scan, equal, order);
        bool restricts = equal.Count > 0 || lower.Count > 0 || upper.Count > 0;
        if (!restricts && !ordered) return null;
        rows = Math.Max(1, rows);
        double probes = equal.Aggregate(1.0, (product, c) => product * Math.Max(1, c!.Values.Length));
        double cost = (OpenCost * probes) + (rows * (index.IsPrimary ? 1 : FetchCost));
        return new AccessPath(index, [.. equal], lower, upper, Math.Max(1, Math.Min(rows, isPoint ? rows : all)), cost) { IsOrdered = ordered, Descending = descending };
    }

    /// <summary>Whether scanning the index gives the wanted order, and in which direction. Parts fixed to one value do not count.</summary>
    private static (bool IsOrdered, bool Descending) OrderOf(IndexDescriptor index, LogicalScan scan, List<ColumnCondition?> equal, OrderRequest? order)
    {
        if (order is null) return (false, false);
        bool? backward = null;
        int part = 0;
        foreach (SortKey key in order.Keys)
        {
            int column = ((BoundColumn)key.Expression).Slot - scan.Base;
            if (column < 0 || column >= scan.Table.Columns.Count) return (false, false);
            if (equal.Exists(c => c!.Column == column && c.Values.Length <= 1)) continue;
            while (part < index.Parts.Count && part < equal.Count && equal[part]!.Values.Length <= 1) part++;
            if (part >= index.Parts.Count)
            {
                // All parts of a unique key are used up: no two rows are left to tell apart.
                return index.IsUnique && index.Parts.All(p => scan.Table.Columns[p.ColumnIndex].NotNull) ? (true, backward ?? false) : (false, false);
            }

            IndexPart next = index.Parts[part++];
            if (next.ColumnIndex != column) return (false, false);
            bool reversed = key.Descending != next.Descending;
            bool nullsMatch = scan.Table.Columns[column].NotNull || key.NullsFirst == (reversed ? !next.NullsFirst : next.NullsFirst);
            if (!nullsMatch || (backward is { } known && known != reversed)) return (false, false);
            backward = reversed;
        }

        return (true, backward ?? false);
    }

    /// <summary>Adds what a condition says about one column, if it can be met by a key.</summary>
    private static void Recognise(BoundExpression condition, LogicalScan scan, List<ColumnCondition> into)
    {
        switch (condition)
        {
            case BoundOperator { Left: { } left } comparison when comparison.Operator.Name is "=" or "<" or "<=" or ">" or ">=":
                if (ColumnOf(left, scan) is { } column && IsKnown(comparison.Right, scan) && Comparable(column.Type, comparison.Right.Type))
                {
                    into.Add(new ColumnCondition(condition, column.Index, comparison.Operator.Name, [comparison.Right]));
                }
                else if (ColumnOf(comparison.Right, scan) is { } other && IsKnown(left, scan) && Comparable(other.Type, left.Type))
                {
                    into.Add(new ColumnCondition(condition, other.Index, Mirror(comparison.Operator.Name), [left]));
                }

                break;
            case BoundInList { Negated: false } list when ColumnOf(list.Operand, scan) is { } listed:
                if (Array.TrueForAll(list.Items, item => IsKnown(item, scan) && Comparable(listed.Type, item.Type))) into.Add(new ColumnCondition(condition, listed.Index, "IN", list.Items));
                break;
            case BoundIsNull { Negated: false } test when ColumnOf(test.Operand, scan) is { } tested:
                into.Add(new ColumnCondition(condition, tested.Index, "NULL", []));
                break;
            case BoundLogical { IsAnd: false } or:
                RecogniseAlternatives(or, scan, into);
                break;
        }
    }

    /// <summary>a = 1 OR a = 2 is a IN (1, 2).</summary>
    private static void RecogniseAlternatives(BoundLogical or, LogicalScan scan, List<ColumnCondition> into)
    {
        List<ColumnCondition> parts = [];
        foreach (BoundExpression operand in or.Operands)
        {
            int before = parts.Count;
            Recognise(operand, scan, parts);
            if (parts.Count != before + 1 || parts[^1].Operator is not ("=" or "IN") || parts[^1].Column != parts[0].Column) return;
        }

        into.Add(new ColumnCondition(or, parts[0].Column, "IN", [.. parts.SelectMany(part => part.Values)]));
    }

    private static string Mirror(string symbol) => symbol switch
    {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => symbol,
    };

    private static (int Index, SqlType Type)? ColumnOf(BoundExpression expression, LogicalScan scan)
    {
        while (expression is BoundCast { Method: BoundCastMethod.Relabel } cast && IsText(cast.Type) && IsText(cast.Operand.Type)) expression = cast.Operand;
        if (expression is not BoundColumn column) return null;
        int index = column.Slot - scan.Base;
        return index >= 0 && index < scan.Table.Columns.Count ? (index, column.Type) : null;
    }

    /// <summary>Values that are the same for the whole scan: nothing of the table itself, nothing volatile.</summary>
    private static bool IsKnown(BoundExpression expression, LogicalScan scan)
    {
        foreach (int slot in SlotUsage.Of(expression))
        {
            if (slot >= scan.Base && slot < scan.End) return false;
        }

        return !VolatileCalls.In(expression);
    }

    /// <summary>Types whose values one key form serves.</summary>
    private static bool Comparable(SqlType column, SqlType value) =>
        column == value || (FixedOperators.IsInteger(column) && FixedOperators.IsInteger(value)) || (IsText(column) && IsText(value));

    private static bool IsText(SqlType type) => type == SqlTypes.Text || type == SqlTypes.VarChar;

    /// <summary>log2, floored: logarithms of libm differ between machines, and costs decide plans.</summary>
    private static double Log2Floor(double value)
    {
        double result = 0;
        for (double v = value; v >= 2; v /= 2) result++;
        return result;
    }
}
