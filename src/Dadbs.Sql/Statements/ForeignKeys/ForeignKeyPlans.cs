using System.Text;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements.ForeignKeys;

/// <summary>
/// The statements that a foreign key runs, in the words of PostgreSQL's own (they show in CONTEXT), planned like anybody's. Those without
/// a value of their own depend on the catalog alone and are kept with its snapshot; a race makes one twice.
/// </summary>
internal sealed class ForeignKeyPlans(ForeignKey constraint)
{
    private PreparedStatement? _findReferenced;
    private PreparedStatement? _findReferencing;
    private PreparedStatement? _delete;

    /// <summary>For sides whose types differ: $n in the referencing side's types.</summary>
    public PreparedStatement FindReferenced(StatementContext context) => _findReferenced ??= Plan(
        $"SELECT 1 FROM ONLY {Table(constraint.Referenced)} x WHERE {Conditions(constraint.Referenced, constraint.ReferencedColumns, 1, CastOf, _ => "")}", Types(constraint.ReferencingType), context);

    public PreparedStatement FindReferencing(StatementContext context) => _findReferencing ??= Plan(
        $"SELECT 1 FROM ONLY {Table(constraint.Table)} x WHERE {Referencing(1)}", KeyTypes, context);

    public PreparedStatement Delete(StatementContext context) => _delete ??= Plan(
        $"DELETE FROM ONLY {Table(constraint.Table)} WHERE {Referencing(1)}", KeyTypes, context);

    /// <summary>SET the columns to NULL or DEFAULT; $n: the key that went.</summary>
    public PreparedStatement Set(int[] columns, string value, StatementContext context) => Plan(
        $"UPDATE ONLY {Table(constraint.Table)} SET {string.Join(", ", columns.Select(c => $"{Name(constraint.Table, c)} = {value}"))} WHERE {Referencing(1)}",
        KeyTypes,
        context);

    /// <summary>ON UPDATE CASCADE: the new key's values first, then those of the old.</summary>
    public PreparedStatement Cascade(StatementContext context) => Plan(
        $"UPDATE ONLY {Table(constraint.Table)} SET {string.Join(", ", constraint.Columns.Select((c, i) => $"{Name(constraint.Table, c)} = ${i + 1}"))} WHERE {Referencing(constraint.Columns.Length + 1)}",
        [.. Types(constraint.ReferencedType), .. KeyTypes],
        context);

    /// <summary>Types in which a key that went is compared with referencing rows: theirs where values can be carried over, so that an index serves.</summary>
    private SqlType[] KeyTypes => Types(constraint.IsDirect ? constraint.ReferencingType : constraint.ReferencedType);

    private SqlType[] Types(Func<int, SqlType> type) => [.. Enumerable.Range(0, constraint.Columns.Length).Select(type)];

    private static PreparedStatement Plan(string text, SqlType[] types, StatementContext context) => new SqlEngine().PrepareSingle(text, types, new PlanningContext
    {
        Catalog = context.Descriptors,
        SearchPath = SearchPath.Of(context.SearchPath),
        TypeSettings = context.TypeSettings,
    });

    private string Referencing(int first) => Conditions(constraint.Table, constraint.Columns, first, _ => "", CastOf);

    /// <summary>Where the sides have no equality of their own, the referencing value is compared as a value of the referenced type.</summary>
    private string CastOf(int i)
    {
        (SqlType from, SqlType to) = (constraint.ReferencingType(i), constraint.ReferencedType(i));
        return constraint.IsDirect || from == to || ForeignKeyDefinition.HaveEquality(from, to) ? "" : $"::pg_catalog.{Quoted(to == SqlTypes.VarChar ? SqlTypes.Text.Name : to.Name)}";
    }

    private static string Conditions(TableDescriptor table, int[] columns, int first, Func<int, string> valueCast, Func<int, string> columnCast)
    {
        var text = new StringBuilder();
        for (int i = 0; i < columns.Length; i++)
        {
            text.Append(i > 0 ? " AND " : "").Append('$').Append(first + i).Append(valueCast(i)).Append(" OPERATOR(pg_catalog.=) ")
                .Append(Name(table, columns[i])).Append(columnCast(i));
        }

        return text.ToString();
    }

    private static string Table(TableDescriptor table) => $"{Quoted(table.SchemaName)}.{Quoted(table.Name)}";

    private static string Name(TableDescriptor table, int column) => Quoted(table.Columns[column].Name);

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
