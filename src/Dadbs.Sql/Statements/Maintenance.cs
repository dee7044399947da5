using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Statements;

/// <summary>VACUUM, ANALYZE and REINDEX. Statistics are replicated state: ANALYZE counts rows (exactly, from the trees) into them.</summary>
internal static class Maintenance
{
    public static string Vacuum(VacuumSyntax syntax, DefinitionScope scope)
    {
        List<TableDescriptor> tables = syntax.Targets.Count == 0
            ? [.. scope.Catalog.Relations.OfType<TableDescriptor>()]
            : [.. syntax.Targets.Select(t => Target(t, scope)).OfType<TableDescriptor>()];
        bool analyzes = !syntax.IsVacuum || syntax.Options.Any(o => o.Name == "analyze" && !IsOff(o));
        foreach (TableDescriptor table in analyzes ? tables : []) scope.Writer.PutStatistics(table.Oid, scope.Overlay.CountEntries(table.Rows));
        return syntax.IsVacuum ? "VACUUM" : "ANALYZE";
    }

    public static string Reindex(ReindexSyntax syntax, DefinitionScope scope)
    {
        if (syntax.Name is { } name && syntax.Target is ReindexTarget.Index or ReindexTarget.Table && scope.Find(syntax.Name!) is null)
            throw scope.Missing(name);
        return "REINDEX";
    }

    private static bool IsOff(OptionSyntax option) => option.Value switch
    {
        BooleanLiteralSyntax literal => !literal.Value,
        StringLiteralSyntax { Value: "off" or "false" or "no" } => true,
        IntegerLiteralSyntax { Value: 0 } => true,
        _ => false,
    };

    private static TableDescriptor? Target(VacuumTargetSyntax target, DefinitionScope scope)
    {
        RelationDescriptor relation = scope.Find(target.Table) ?? throw scope.Missing(target.Table);
        foreach (string column in target.Columns)
        {
            if (relation.ColumnIndex(column) < 0)
                throw new SqlException(SqlState.UndefinedColumn, $"column \"{column}\" of relation \"{relation.Name}\" does not exist");
        }

        if (relation is TableDescriptor table) return table;
        scope.Warning(SqlState.Warning, $"skipping \"{relation.Name}\" --- cannot vacuum non-tables or special system tables");
        return null;
    }
}
