namespace Dadbs.Sql.Parsing;

/// <summary>PostgreSQL 15's grammar: a hand-written lexer, recursive descent for statements, precedence climbing for expressions.</summary>
public static class SqlParser
{
    /// <summary>Nodes that may nest, or follow each other in a chain of left-associative operators. Every later stage recurses over the tree, so this bounds them all.</summary>
    public const int DepthMax = 1500;

    /// <summary>Statements of one string: a string that is within the protocol's length can hold so many that their trees would fill the memory.</summary>
    public const int StatementsMax = 1 << 18;

    /// <summary>All statements of a string; empty ones are left out.</summary>
    /// <param name="text">The query string.</param>
    /// <param name="notices">Receives notices about truncated identifiers.</param>
    /// <exception cref="SqlException">42601 with position where the text is no SQL, 0A000 for SQL that is not supported, 54001 when it nests too deeply, 54000 past <see cref="StatementsMax"/>.</exception>
    public static IReadOnlyList<ParsedStatement> Parse(string text, ICollection<SqlNotice>? notices = null) => new Parser(text, notices).ParseStatements();

    /// <summary>A single expression that fills the text: a stored default, check or index expression.</summary>
    public static ExpressionSyntax ParseExpression(string text) => new Parser(text, null).ParseOnlyExpression();

    /// <summary>A type name that fills the text, as in <c>'int[]'::regtype</c>.</summary>
    public static TypeNameSyntax ParseTypeName(string text) => new Parser(text, null).ParseOnlyTypeName();
}
