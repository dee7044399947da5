namespace Dadbs.Sql.Parsing;

public abstract record TableReferenceSyntax(int Position) : SyntaxNode(Position)
{
    public TableAliasSyntax? Alias { get; init; }
}

/// <summary><c>AS name (columns)</c>; <see cref="Columns"/> may be empty.</summary>
public sealed record TableAliasSyntax(int Position, string Name, IReadOnlyList<string> Columns) : SyntaxNode(Position);

public sealed record NamedTableSyntax(int Position, QualifiedNameSyntax Name) : TableReferenceSyntax(Position)
{
    public bool IsOnly { get; init; }

    public TableSampleSyntax? Sample { get; init; }
}

public sealed record TableSampleSyntax(int Position, QualifiedNameSyntax Method, IReadOnlyList<ExpressionSyntax> Arguments, ExpressionSyntax? Repeatable) : SyntaxNode(Position);

/// <summary>A query in FROM.</summary>
public sealed record DerivedTableSyntax(int Position, QuerySyntax Query) : TableReferenceSyntax(Position)
{
    public bool IsLateral { get; init; }
}

/// <summary>One function in FROM, or several under <c>ROWS FROM (…)</c>.</summary>
public sealed record FunctionTableSyntax(int Position, IReadOnlyList<TableFunctionSyntax> Functions) : TableReferenceSyntax(Position)
{
    public bool IsRowsFrom { get; init; }

    public bool WithOrdinality { get; init; }

    public bool IsLateral { get; init; }

    /// <summary><c>AS t (a int, b text)</c> for functions that return record.</summary>
    public IReadOnlyList<ColumnDefinitionSyntax> ColumnDefinitions { get; init; } = [];
}

/// <summary>The call is any expression that looks like one: COALESCE and CURRENT_DATE are allowed here, too.</summary>
public sealed record TableFunctionSyntax(int Position, ExpressionSyntax Call, IReadOnlyList<ColumnDefinitionSyntax> ColumnDefinitions) : SyntaxNode(Position);

public enum JoinKind
{
    Cross,
    Inner,
    Left,
    Right,
    Full,
}

/// <summary>Exactly one of CROSS, NATURAL, <see cref="On"/> and <see cref="Using"/> holds. An alias stands on a join in parentheses.</summary>
public sealed record JoinSyntax(int Position, JoinKind Kind, TableReferenceSyntax Left, TableReferenceSyntax Right) : TableReferenceSyntax(Position)
{
    public bool IsNatural { get; init; }

    public ExpressionSyntax? On { get; init; }

    /// <summary>Null without USING.</summary>
    public IReadOnlyList<string>? Using { get; init; }

    public TableAliasSyntax? UsingAlias { get; init; }
}
