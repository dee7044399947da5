namespace Dadbs.Sql.Parsing;

/// <summary>
/// A node of the syntax tree: what was written, nothing resolved. Nodes are immutable. <see cref="Position"/> is the 0-based offset in
/// UTF-16 code units of the text given to <see cref="SqlParser"/>, where PostgreSQL would point for errors about the node. Lists are never null.
/// Record equality compares lists by reference: compare trees by their printed form (<see cref="SyntaxPrinter"/>).
/// </summary>
public abstract record SyntaxNode(int Position);

public abstract record StatementSyntax(int Position) : SyntaxNode(Position);

public abstract record ExpressionSyntax(int Position) : SyntaxNode(Position);

/// <summary>A possibly qualified name, identifiers already folded and truncated: <c>[[catalog.]schema.]name</c>. The parser does not limit the number of parts.</summary>
public sealed record QualifiedNameSyntax(int Position, IReadOnlyList<string> Parts) : SyntaxNode(Position)
{
    public string Name => Parts[^1];

    public string? Schema => Parts.Count >= 2 ? Parts[^2] : null;

    public string? Catalog => Parts.Count >= 3 ? Parts[^3] : null;

    /// <summary>The parts joined by dots, unquoted: the form in which PostgreSQL's messages name things.</summary>
    public override string ToString() => Parts.Count == 1 ? Parts[0] : string.Join('.', Parts);
}

/// <summary>An operator as written; <see cref="Schema"/> is set for <c>OPERATOR(schema.op)</c>. <c>!=</c> arrives as <c>&lt;&gt;</c>.</summary>
public sealed record OperatorNameSyntax(int Position, string Symbol, string? Schema = null) : SyntaxNode(Position)
{
    public override string ToString() => Schema is null ? Symbol : Schema + "." + Symbol;
}

/// <summary>
/// A type as written. SQL spellings arrive as PostgreSQL's: <c>int</c> is <c>pg_catalog.int4</c>, <c>varchar(5)</c> is <c>pg_catalog.varchar</c>
/// with one modifier, <c>char</c> is <c>pg_catalog.bpchar</c> with modifier 1. Names that were not keywords keep what was written.
/// </summary>
/// <param name="Position">Of the type's first word.</param>
/// <param name="Name">Possibly qualified.</param>
/// <param name="Modifiers">Expressions in parentheses, unchecked.</param>
/// <param name="ArrayBounds">One entry per dimension, null where no bound was given; empty for a non-array.</param>
public sealed record TypeNameSyntax(
    int Position,
    QualifiedNameSyntax Name,
    IReadOnlyList<ExpressionSyntax> Modifiers,
    IReadOnlyList<int?> ArrayBounds) : SyntaxNode(Position)
{
    public bool IsSetOf { get; init; }

    /// <summary>The fields of an <c>interval</c>; null when none are named.</summary>
    public IntervalFields? Fields { get; init; }

    /// <summary><c>table.column%TYPE</c>: <see cref="Name"/> names a column.</summary>
    public bool IsColumnType { get; init; }

    public bool IsArray => ArrayBounds.Count > 0;
}

/// <summary>Bits of an interval's range, with PostgreSQL's values (the upper half of an interval's type modifier).</summary>
[Flags]
public enum IntervalFields
{
    None = 0,
    Month = 1 << 1,
    Year = 1 << 2,
    Day = 1 << 3,
    Hour = 1 << 10,
    Minute = 1 << 11,
    Second = 1 << 12,
}
