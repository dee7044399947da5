using Dadbs.Sql.Binding;

namespace Dadbs.Sql.Planning;

/// <summary>
/// WITH: a table that is read once, says nothing of MATERIALIZED and calls nothing volatile becomes a subquery at its only reference, as in PostgreSQL; the others are computed once and kept.
/// </summary>
internal static class CommonTableInlining
{
    public static LogicalPlan Around(LogicalPlan body, List<CommonTable> tables)
    {
        List<LogicalCommonTable> kept = [];
        Dictionary<int, CommonTable> inlined = [];
        foreach (CommonTable table in tables)
        {
            BoundQuery query = table.Query!;
            bool inline = !table.IsVolatile && (table.IsMaterialized is false ? table.References <= 1 : table.IsMaterialized is null && table.References == 1);
            if (inline) inlined.Add(table.Number, table);
            else if (table.References > 0) kept.Add(new LogicalCommonTable(table.Name, table.Number, query.Plan, QueryBinder.SlotsOf(query), [.. query.Outputs.Select(output => output.Type)]));
        }

        Inliner inliner = new(inlined);
        LogicalPlan plan = inliner.Rewrite(body);
        if (kept.Count == 0) return plan;
        return new LogicalWith([.. kept.Select(table => table with { Plan = inliner.Rewrite(table.Plan) })], plan);
    }

    private sealed class Inliner(Dictionary<int, CommonTable> tables) : PlanRewriter
    {
        public override LogicalPlan Rewrite(LogicalPlan plan)
        {
            if (plan is not LogicalCommonTableScan scan || !tables.TryGetValue(scan.Number, out CommonTable? table)) return base.Rewrite(plan);
            BoundQuery query = table.Query!;
            Projection[] copies = [.. query.Outputs.Select((output, i) => new Projection(scan.Base + i, new BoundColumn(output.Slot, output.Type, output.Modifier, output.Name)))];
            return new LogicalProject(Rewrite(query.Plan), copies);
        }
    }
}
