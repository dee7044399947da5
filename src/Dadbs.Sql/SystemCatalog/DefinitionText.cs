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
        var text = new StringBuilder(index.IsUniqueKey ? "CREATE UNIQUE INDEX " : "CREATE INDEX ").Append(SyntaxPrinter.Identifier(index.Name)).Append(" ON ")
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
        var words = index.IsPrimaryKey ? "PRIMARY KEY" : index.NullsNotDistinct ? "UNIQUE NULLS NOT DISTINCT" : "UNIQUE";
        var when = index.IsInitiallyDeferred ? " DEFERRABLE INITIALLY DEFERRED" : index.IsDeferrable ? " DEFERRABLE" : "";
        return $"{words} ({string.Join(", ", Enumerable.Range(0, index.Parts.Count).Select(i => Column(index, table, i)))}){when}";
    }

    /// <param name="condition">As the deparser gives it: with its own parentheses unless pretty.</param>
    public static string Check(string condition) => $"CHECK ({condition})";

    /// <param name="constraint">The constraint.</param>
    /// <param name="isVisible">The referenced table is found by its bare name.</param>
    public static string ForeignKey(ForeignKey constraint, bool isVisible)
    {
        var key = constraint.Descriptor;
        var text = new StringBuilder($"FOREIGN KEY ({Names(constraint.Table, constraint.Columns)}) REFERENCES ")
            .Append(isVisible ? SyntaxPrinter.Identifier(constraint.Referenced.Name) : Qualified(constraint.Referenced))
            .Append('(').Append(Names(constraint.Referenced, constraint.ReferencedColumns)).Append(')');
        if (key.Match == ForeignKeyMatch.Full) text.Append(" MATCH FULL");
        if (key.OnUpdate != ReferentialAction.NoAction) text.Append(" ON UPDATE ").Append(Words(key.OnUpdate));
        if (key.OnDelete != ReferentialAction.NoAction) text.Append(" ON DELETE ").Append(Words(key.OnDelete));
        if (key.OnDeleteColumns.Count > 0) text.Append(" (").Append(Names(constraint.Table, constraint.SetColumns)).Append(')');
        if (key.IsDeferrable) text.Append(" DEFERRABLE");
        if (key.IsInitiallyDeferred) text.Append(" INITIALLY DEFERRED");
        if (!key.IsValidated) text.Append(" NOT VALID");
        return text.ToString();
    }

    public static string Words(ReferentialAction action) => action switch
    {
        ReferentialAction.Restrict => "RESTRICT",
        ReferentialAction.Cascade => "CASCADE",
        ReferentialAction.SetNull => "SET NULL",
        ReferentialAction.SetDefault => "SET DEFAULT",
        _ => "NO ACTION",
    };

    private static string Names(TableDescriptor table, int[] columns) => string.Join(", ", columns.Select(c => SyntaxPrinter.Identifier(table.Columns[c].Name)));

    public static string View(ViewDescriptor view) => SqlParser.Parse(view.QueryText)[0].Syntax is QuerySyntax query ? SyntaxPrinter.PrintInLines(query) + ";" : view.QueryText;
}
