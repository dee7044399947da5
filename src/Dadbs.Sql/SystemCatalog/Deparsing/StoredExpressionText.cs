using System.Globalization;
using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>
/// Defaults and checks as PostgreSQL shows them. The state keeps them as SQL; here they are bound again, so that constants get their types and casts their places, and printed by
/// <see cref="ExpressionDeparser"/>.
/// </summary>
internal static class StoredExpressionText
{
    private const string DefaultMark = "{DEFAULT ";

    /// <summary>What pg_attrdef.adbin holds: the number of the column, whose type decides what the constants are, and the SQL.</summary>
    public static string DefaultNode(ColumnDescriptor column) => $"{DefaultMark}{column.Number.ToString(NumberFormatInfo.InvariantInfo)} {column.DefaultText}}}";

    /// <summary>pg_get_expr: of a value of adbin or conbin. What cannot be bound any more is shown as it was written.</summary>
    public static string OfNode(string node, RelationDescriptor? relation, CatalogSnapshot catalog, SearchPath path, bool pretty)
    {
        if (!node.StartsWith(DefaultMark, StringComparison.Ordinal)) return Check(node, relation, catalog, path, pretty);
        var space = node.IndexOf(' ', DefaultMark.Length);
        var text = node[(space + 1)..^1];
        var number = int.Parse(node.AsSpan(DefaultMark.Length, space - DefaultMark.Length), NumberFormatInfo.InvariantInfo);
        return relation?.Columns.FirstOrDefault(c => c.Number == number) is { } column ? Default(column with { DefaultText = text }, relation, catalog, path, pretty) : text;
    }

    public static string Default(ColumnDescriptor column, RelationDescriptor relation, CatalogSnapshot catalog, SearchPath path, bool pretty)
    {
        var names = new Scope(null) { Clause = ClauseKind.ColumnDefault };
        return Deparse(column.DefaultText!, relation, catalog, path, pretty, binding => new ExpressionBinder(binding).BindAssignment(SqlParser.ParseExpression(column.DefaultText!), names, column.Type, column.Name));
    }

    /// <summary>A condition over the columns of a relation.</summary>
    public static string Check(string text, RelationDescriptor? relation, CatalogSnapshot catalog, SearchPath path, bool pretty)
    {
        if (relation is null) return text;
        var names = Scope.ForTable(relation);
        names.Clause = ClauseKind.Check;
        return Deparse(text, relation, catalog, path, pretty, binding =>
        {
            binding.Slots.Allocate(relation.Columns.Count);
            return new ExpressionBinder(binding).BindCondition(SqlParser.ParseExpression(text), names, "CHECK");
        });
    }

    /// <summary>Bound as execution binds it, in the schema of its relation; names are shown as <paramref name="path"/> finds them.</summary>
    private static string Deparse(string text, RelationDescriptor relation, CatalogSnapshot catalog, SearchPath path, bool pretty, Func<BindingContext, BoundExpression> bind)
    {
        var binding = new BindingContext(new PlanningContext { Catalog = catalog, SearchPath = SearchPath.Only(relation.SchemaName), TypeSettings = TypeSettings.Default }, ParameterTypes.None);
        try
        {
            return new ExpressionDeparser(binding.TypeSettings with { Catalog = new CatalogLookup(catalog, path) }, pretty).Print(bind(binding)) ?? text;
        }
        catch (SqlException)
        {
            return text;
        }
    }
}
