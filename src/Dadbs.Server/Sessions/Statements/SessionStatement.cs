using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Server.Sessions.Statements;

/// <summary>
/// A statement as its session knows it: text and syntax, and the plan that was made of it under some catalog. The plan is made anew when
/// the catalog or the search path moved; its result type must not change then.
/// </summary>
internal sealed class SessionStatement
{
    /// <summary>The whole text the client sent, which error positions count in.</summary>
    public required string SourceText { get; init; }

    /// <summary>Null for a text without a statement.</summary>
    public required ParsedStatement? Parsed { get; init; }

    /// <summary>Of a simple query: nobody was told its result type before it runs, so it may be another after a wait.</summary>
    public bool IsOneShot { get; init; }

    /// <summary>Declared types of parameters; null entries are inferred.</summary>
    public IReadOnlyList<SqlType?> DeclaredTypes { get; init; } = [];

    public StatementSyntax? Syntax => Parsed?.Syntax;

    /// <summary>The statement's own text.</summary>
    public string Text => field ??= Parsed is null ? "" : SourceText.Substring(Parsed.Start, Parsed.Length);

    /// <summary>The plan; null for what the session does itself, and before the first planning.</summary>
    public PreparedStatement? Plan { get; set; }

    public IReadOnlyList<SqlType> ParameterTypes { get; set; } = [];

    /// <summary>The result's shape as it was described; fixed by the first planning.</summary>
    public RowDescription? Columns { get; set; }

    /// <summary>What the plan was made under.</summary>
    public CatalogVersion PlannedVersion { get; set; }

    public SearchPath? PlannedPath { get; set; }
}
