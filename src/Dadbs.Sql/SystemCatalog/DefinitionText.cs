using System.Text;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>The SQL that pg_get_indexdef, pg_get_constraintdef and pg_get_viewdef give, in PostgreSQL's spelling.</summary>
internal static class DefinitionText
{
    public static string Qualified(RelationDescriptor relation) => SyntaxPrinter.Identifier(relation.SchemaName) + "." + SyntaxPrinter.Identifier(relation.Name);

    public static string Index(IndexDescriptor index, TableDescriptor table, bool isQualified)
    {
        var text = new StringBuilder(index.IsUnique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ").Append(SyntaxPrinter.Identifier(index.Name)).Append(" ON ")
            .Append(isQualified ? Qualified(table) : SyntaxPrinter.Identifier(table.Name)).Append(" USING btree (");
        for (var i = 0; i < index.Parts.Count; i++)
        {
            if (i > 0) text.Append(", ");
            text.Append(Column(index, table, i)).Append(Order(index.Parts[i]));
        }

        return text.Append(index.NullsNotDistinct ? ") NULLS NOT DISTINCT" : ")").ToString();
    }

    public static string Column(IndexDescriptor index, TableDescriptor table, int part) => SyntaxPrinter.Identifier(table.Columns[index.Parts[part].ColumnIndex].Name);

    private static string Order(IndexPart part) => (part.Descending, part.NullsFirst) switch
    {
        (true, true) => " DESC",
        (true, false) => " DESC NULLS LAST",
        (false, true) => " NULLS FIRST",
        _ => "",
    };

    /// <summary>PRIMARY KEY or UNIQUE.</summary>
    public static string Key(IndexDescriptor index, TableDescriptor table)
    {
        var words = index.IsPrimary ? "PRIMARY KEY" : index.NullsNotDistinct ? "UNIQUE NULLS NOT DISTINCT" : "UNIQUE";
        return $"{words} ({string.Join(", ", Enumerable.Range(0, index.Parts.Count).Select(i => Column(index, table, i)))})";
    }

    public static string Check(CheckDescriptor check, bool pretty) => pretty ? $"CHECK ({check.ExpressionText})" : $"CHECK (({check.ExpressionText}))";

    public static string View(ViewDescriptor view) => SqlParser.Parse(view.QueryText)[0].Syntax is QuerySyntax query ? SyntaxPrinter.PrintInLines(query) + ";" : view.QueryText;
}
