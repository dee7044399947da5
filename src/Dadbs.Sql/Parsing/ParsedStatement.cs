namespace Dadbs.Sql.Parsing;

/// <summary>One statement of a query string.</summary>
/// <param name="Syntax">Its tree; positions count from the start of the whole string.</param>
/// <param name="Start">Offset of its first character (white space and comments before it left out), in UTF-16 code units.</param>
/// <param name="Length">Up to, without, the semicolon or the end, in UTF-16 code units.</param>
/// <param name="ParameterCount">The highest <c>$n</c> in it; 0 without parameters.</param>
public sealed record ParsedStatement(StatementSyntax Syntax, int Start, int Length, int ParameterCount)
{
    /// <summary>Where the text was recognised by its shape instead of being parsed: <see cref="Syntax"/> is then that of another text of the shape, right in all but its literals and positions.</summary>
    internal Shapes.LiftedText? Lifted { get; init; }
}
