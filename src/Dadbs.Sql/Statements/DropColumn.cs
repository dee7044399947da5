using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Statements.ForeignKeys;

namespace Dadbs.Sql.Statements;

/// <summary>
/// ALTER TABLE DROP COLUMN: the column leaves the descriptor but keeps its storage position, so no row is rewritten, unless the primary key
/// goes with it.
/// </summary>
internal static class DropColumn
{
    public static void Apply(DropColumnSyntax syntax, TableDefinition definition, DefinitionScope scope)
    {
        if (SystemColumns.Find(syntax.Column) is not null) throw new SqlException(SqlState.FeatureNotSupported, $"cannot drop system column \"{syntax.Column}\"");
        int index = definition.Table.ColumnIndex(syntax.Column);
        if (index < 0)
        {
            string message = $"column \"{syntax.Column}\" of relation \"{definition.Table.Name}\" does not exist";
            if (!syntax.IfExists) throw new SqlException(SqlState.UndefinedColumn, message);
            scope.Notice(message + ", skipping");
            return;
        }

        DropDependentViews(syntax, definition, scope);
        ForeignKeyDependencies.RemoveColumn(definition.Table.Columns[index], syntax.Behavior, definition);
        foreach (IndexDescriptor used in definition.Table.Indexes.Where(i => i.Parts.Any(p => p.ColumnIndex == index)).ToList())
            AlterTable.RemoveKey(used, definition, scope);
        TableDescriptor table = definition.Table;
        ColumnDescriptor column = table.Columns[index];
        if (column.OwnedSequenceOid != 0) SequenceDefinitions.Remove(column.OwnedSequenceOid, scope);
        IReadOnlyList<CheckDescriptor> checks = [.. table.Checks.Where(c => !SyntaxNames.Mentions(c.ExpressionText, column.Name))];
        List<ColumnDescriptor> dropped = [.. table.DroppedColumns, column with { DefaultText = null, NotNull = false, OwnedSequenceOid = 0, Identity = IdentityKind.None, MissingValue = null }];
        dropped.Sort((a, b) => a.Number.CompareTo(b.Number));
        IndexDescriptor Shift(IndexDescriptor i) => i with { Parts = [.. i.Parts.Select(p => p.ColumnIndex > index ? p with { ColumnIndex = p.ColumnIndex - 1 } : p)] };
        IndexDescriptor[] indexes = [.. table.Indexes.Select(Shift)];
        definition.Replace(table with
        {
            Columns = [.. table.Columns.Where((_, i) => i != index)],
            DroppedColumns = dropped,
            Checks = checks,
            Indexes = indexes,
            PrimaryKey = Array.Find(indexes, i => i.IsPrimary),
        });
        scope.Writer.PutComment(false, ClassOids.Relations, table.Oid, column.Number, null);
    }

    private static void DropDependentViews(DropColumnSyntax syntax, TableDefinition definition, DefinitionScope scope)
    {
        TableDescriptor table = definition.Table;
        List<ViewDescriptor> views = [.. DropObjects.ViewsUsing(table, syntax.Column, scope)];
        if (views.Count == 0) return;
        if (syntax.Behavior != DropBehavior.Cascade)
        {
            throw new SqlException(
                SqlState.DependentObjectsStillExist, $"cannot drop column {syntax.Column} of table {DropObjects.Shown(table, scope)} because other objects depend on it")
            {
                Detail = string.Join('\n', views.Select(v => $"view {DropObjects.Shown(v, scope)} depends on column {syntax.Column} of table {DropObjects.Shown(table, scope)}")),
                Hint = "Use DROP ... CASCADE to drop the dependent objects too.",
            };
        }

        DropObjects.Cascade(views, scope);
    }
}
