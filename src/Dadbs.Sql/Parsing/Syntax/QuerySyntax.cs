namespace Dadbs.Sql.Parsing;

/// <summary>Anything that returns rows by itself: <see cref="SelectSyntax"/>, <see cref="ValuesSyntax"/> or <see cref="SetOperationSyntax"/>, with what may follow each.</summary>
public abstract record QuerySyntax(int Position) : StatementSyntax(Position)
{
    public WithSyntax? With { get; init; }

    public IReadOnlyList<SortKeySyntax> OrderBy { get; init; } = [];

    /// <summary>LIMIT n or FETCH FIRST n ROWS; <c>LIMIT ALL</c> is a <see cref="NullLiteralSyntax"/>.</summary>
    public ExpressionSyntax? Limit { get; init; }

    public bool LimitWithTies { get; init; }

    public ExpressionSyntax? Offset { get; init; }

    public IReadOnlyList<LockingClauseSyntax> Locking { get; init; } = [];
}

public sealed record SelectSyntax(int Position, IReadOnlyList<SelectItemSyntax> Items) : QuerySyntax(Position)
{
    public bool IsDistinct { get; init; }

    /// <summary>DISTINCT ON's expressions; empty without ON.</summary>
    public IReadOnlyList<ExpressionSyntax> DistinctOn { get; init; } = [];

    /// <summary>SELECT … INTO; only the outermost, leftmost query may have it.</summary>
    public IntoSyntax? Into { get; init; }

    public IReadOnlyList<TableReferenceSyntax> From { get; init; } = [];

    public ExpressionSyntax? Where { get; init; }

    public IReadOnlyList<GroupingElementSyntax> GroupBy { get; init; } = [];

    public bool GroupByDistinct { get; init; }

    public ExpressionSyntax? Having { get; init; }

    public IReadOnlyList<WindowDefinitionSyntax> Windows { get; init; } = [];
}

/// <summary><c>VALUES (…), (…)</c>: rows as written; equal lengths are the binder's business.</summary>
public sealed record ValuesSyntax(int Position, IReadOnlyList<IReadOnlyList<ExpressionSyntax>> Rows) : QuerySyntax(Position);

public enum SetOperator
{
    Union,
    Intersect,
    Except,
}

public sealed record SetOperationSyntax(int Position, SetOperator Operator, bool IsAll, QuerySyntax Left, QuerySyntax Right) : QuerySyntax(Position);

/// <summary>One output column, or a star; <see cref="Alias"/> is null when none was written.</summary>
public sealed record SelectItemSyntax(int Position, ExpressionSyntax Expression, string? Alias) : SyntaxNode(Position);

public sealed record IntoSyntax(int Position, QualifiedNameSyntax Name, TablePersistence Persistence) : SyntaxNode(Position);

public sealed record WithSyntax(int Position, bool IsRecursive, IReadOnlyList<CommonTableExpressionSyntax> Expressions) : SyntaxNode(Position);

/// <param name="Position">Of the name.</param>
/// <param name="Name">The name.</param>
/// <param name="Columns">Renamed columns; empty when none are written.</param>
/// <param name="IsMaterialized">MATERIALIZED, NOT MATERIALIZED, or null when nothing was said.</param>
/// <param name="Body">A query, or INSERT, UPDATE, DELETE.</param>
public sealed record CommonTableExpressionSyntax(int Position, string Name, IReadOnlyList<string> Columns, bool? IsMaterialized, StatementSyntax Body)
    : SyntaxNode(Position);

public enum SortDirection
{
    Default,
    Ascending,
    Descending,
    Using,
}

public enum NullsOrder
{
    Default,
    First,
    Last,
}

/// <summary>An item of ORDER BY; also an aggregate's. <see cref="Operator"/> is set for USING.</summary>
public sealed record SortKeySyntax(int Position, ExpressionSyntax Expression, SortDirection Direction, NullsOrder Nulls, OperatorNameSyntax? Operator = null)
    : SyntaxNode(Position)
{
    /// <summary>Descending as written, USING left aside.</summary>
    public bool IsDescending => Direction == SortDirection.Descending;

    /// <summary>The effective place of nulls: last in ascending order unless said otherwise.</summary>
    public bool NullsFirst => Nulls == NullsOrder.Default ? IsDescending : Nulls == NullsOrder.First;
}

public enum LockStrength
{
    KeyShare,
    Share,
    NoKeyUpdate,
    Update,
}

public enum LockWait
{
    Wait,
    NoWait,
    SkipLocked,
}

public sealed record LockingClauseSyntax(int Position, LockStrength Strength, IReadOnlyList<QualifiedNameSyntax> Tables, LockWait Wait) : SyntaxNode(Position);

// GROUP BY.

public abstract record GroupingElementSyntax(int Position) : SyntaxNode(Position);

public sealed record ExpressionGroupingSyntax(int Position, ExpressionSyntax Expression) : GroupingElementSyntax(Position);

/// <summary><c>()</c>.</summary>
public sealed record EmptyGroupingSyntax(int Position) : GroupingElementSyntax(Position);

public sealed record RollupSyntax(int Position, IReadOnlyList<ExpressionSyntax> Expressions) : GroupingElementSyntax(Position);

public sealed record CubeSyntax(int Position, IReadOnlyList<ExpressionSyntax> Expressions) : GroupingElementSyntax(Position);

public sealed record GroupingSetsSyntax(int Position, IReadOnlyList<GroupingElementSyntax> Sets) : GroupingElementSyntax(Position);

// Windows.

/// <summary>An item of the WINDOW clause.</summary>
public sealed record WindowDefinitionSyntax(int Position, string Name, WindowSpecificationSyntax Specification) : SyntaxNode(Position);

/// <summary>
/// What stands after OVER or in the WINDOW clause. <c>OVER w</c> has <see cref="Name"/> alone; <c>OVER (w …)</c> has <see cref="ExistingWindow"/>.
/// </summary>
public sealed record WindowSpecificationSyntax(int Position) : SyntaxNode(Position)
{
    public string? Name { get; init; }

    public string? ExistingWindow { get; init; }

    public IReadOnlyList<ExpressionSyntax> PartitionBy { get; init; } = [];

    public IReadOnlyList<SortKeySyntax> OrderBy { get; init; } = [];

    public FrameSyntax? Frame { get; init; }
}

public enum FrameMode
{
    Range,
    Rows,
    Groups,
}

public enum FrameExclusion
{
    /// <summary>Also EXCLUDE NO OTHERS.</summary>
    None,
    CurrentRow,
    Group,
    Ties,
}

public enum FrameBoundKind
{
    UnboundedPreceding,
    Preceding,
    CurrentRow,
    Following,
    UnboundedFollowing,
}

/// <summary>A window frame; without BETWEEN its end is CURRENT ROW (<see cref="End"/> null).</summary>
public sealed record FrameSyntax(int Position, FrameMode Mode, FrameBoundSyntax Start, FrameBoundSyntax? End, FrameExclusion Exclusion) : SyntaxNode(Position);

public sealed record FrameBoundSyntax(int Position, FrameBoundKind Kind, ExpressionSyntax? Offset) : SyntaxNode(Position);
