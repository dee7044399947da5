using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Statements;

/// <summary>CREATE TABLE AS: not executed yet.</summary>
internal static class CreateTableAs
{
    public static string Execute(CreateTableAsSyntax syntax, DefinitionScope scope) =>
        throw DefinitionScope.Unsupported(syntax.IsMaterializedView ? "CREATE MATERIALIZED VIEW" : "CREATE TABLE AS", syntax.Position);
}
