using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Binding;

/// <summary>Whether a WITH RECURSIVE term reads the table being defined: its FROM clauses are searched, subqueries in FROM included.</summary>
internal static class RecursiveReferences
{
    public static bool Contains(QuerySyntax query, string name) => query switch
    {
        SelectSyntax select => select.From.Any(item => InTable(item, name)),
        SetOperationSyntax operation => Contains(operation.Left, name) || Contains(operation.Right, name),
        _ => false,
    };

    private static bool InTable(TableReferenceSyntax table, string name) => table switch
    {
        NamedTableSyntax named => named.Name.Schema is null && named.Name.Name == name,
        DerivedTableSyntax derived => Contains(derived.Query, name),
        JoinSyntax join => InTable(join.Left, name) || InTable(join.Right, name),
        _ => false,
    };
}
