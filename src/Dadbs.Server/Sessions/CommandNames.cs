using Dadbs.Sql.Parsing;

namespace Dadbs.Server.Sessions;

/// <summary>What messages call a statement (<c>cannot execute INSERT in a read-only transaction</c>).</summary>
internal static class CommandNames
{
    public static string Of(StatementSyntax syntax) => syntax switch
    {
        InsertSyntax => "INSERT",
        UpdateSyntax => "UPDATE",
        DeleteSyntax => "DELETE",
        CopySyntax => "COPY FROM",
        QuerySyntax => "nextval()",
        CreateTableAsSyntax => "CREATE TABLE AS",
        CreateTableSyntax => "CREATE TABLE",
        AlterTableSyntax => "ALTER TABLE",
        CreateIndexSyntax => "CREATE INDEX",
        CreateViewSyntax => "CREATE VIEW",
        TruncateSyntax => "TRUNCATE TABLE",
        DropSyntax drop => "DROP " + Words(drop.Kind.ToString()),
        VacuumSyntax { IsVacuum: true } => "VACUUM",
        VacuumSyntax => "ANALYZE",
        _ => Words(syntax.GetType().Name[..^"Syntax".Length]),
    };

    /// <summary>CreateSchema → CREATE SCHEMA.</summary>
    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? " " + c : char.ToUpperInvariant(c).ToString()));
}
