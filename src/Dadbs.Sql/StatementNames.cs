using Dadbs.Sql.Parsing;

namespace Dadbs.Sql;

/// <summary>What messages call a statement (<c>cannot execute INSERT in a read-only transaction</c>, <c>CREATE FUNCTION is not supported</c>).</summary>
public static class StatementNames
{
    public static string Of(StatementSyntax syntax) => syntax switch
    {
        InsertSyntax => "INSERT",
        UpdateSyntax => "UPDATE",
        DeleteSyntax => "DELETE",
        CopySyntax => "COPY FROM",
        QuerySyntax { Locking: [var clause, ..] } => "SELECT " + Binding.RowLocking.WordsOf(Binding.RowLocking.StrengthOf(clause.Strength)),
        QuerySyntax => "nextval()",
        TruncateSyntax => "TRUNCATE TABLE",
        DropSyntax drop => "DROP " + Words(drop.Kind.ToString()),
        VacuumSyntax { IsVacuum: true } => "VACUUM",
        VacuumSyntax => "ANALYZE",
        CreateEnumSyntax or CreateCompositeTypeSyntax => "CREATE TYPE",
        AddEnumValueSyntax or RenameEnumValueSyntax => "ALTER TYPE",
        CreateFunctionSyntax { IsProcedure: true } => "CREATE PROCEDURE",
        null => throw new ArgumentNullException(nameof(syntax)),
        _ => Words(syntax.GetType().Name[..^"Syntax".Length]),
    };

    /// <summary>CreateTableAs → CREATE TABLE AS.</summary>
    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? " " + c : char.ToUpperInvariant(c).ToString()));
}
