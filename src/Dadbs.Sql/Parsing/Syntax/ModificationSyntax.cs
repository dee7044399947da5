namespace Dadbs.Sql.Parsing;

/// <summary>What INSERT, UPDATE and DELETE share.</summary>
public abstract record ModificationSyntax(int Position, QualifiedNameSyntax Table) : StatementSyntax(Position)
{
    public WithSyntax? With { get; init; }

    public string? Alias { get; init; }

    /// <summary>Empty without RETURNING.</summary>
    public IReadOnlyList<SelectItemSyntax> Returning { get; init; } = [];
}

public enum OverridingKind
{
    None,
    UserValue,
    SystemValue,
}

public sealed record InsertSyntax(int Position, QualifiedNameSyntax Table) : ModificationSyntax(Position, Table)
{
    /// <summary>Empty when no column list was written.</summary>
    public IReadOnlyList<AssignmentTargetSyntax> Columns { get; init; } = [];

    public OverridingKind Overriding { get; init; }

    /// <summary>VALUES or another query; null for DEFAULT VALUES.</summary>
    public QuerySyntax? Source { get; init; }

    public OnConflictSyntax? OnConflict { get; init; }
}

/// <summary>A column in an INSERT's list or left of <c>=</c>, with subscripts and fields (<see cref="Indirection"/> usually empty).</summary>
public sealed record AssignmentTargetSyntax(int Position, string Column, IReadOnlyList<SyntaxNode> Indirection) : SyntaxNode(Position);

/// <summary>A field in an assignment target's indirection (subscripts are <see cref="SubscriptItemSyntax"/>).</summary>
public sealed record FieldAccessSyntax(int Position, string Field) : SyntaxNode(Position);

/// <summary>ON CONFLICT; DO NOTHING has no <see cref="Assignments"/>.</summary>
public sealed record OnConflictSyntax(int Position, ConflictTargetSyntax? Target, bool IsDoNothing, IReadOnlyList<AssignmentSyntax> Assignments, ExpressionSyntax? Where)
    : SyntaxNode(Position);

/// <summary>Either index elements with an optional predicate, or a constraint's name.</summary>
public sealed record ConflictTargetSyntax(int Position, IReadOnlyList<IndexElementSyntax> Elements, ExpressionSyntax? Where, string? ConstraintName) : SyntaxNode(Position);

public sealed record UpdateSyntax(int Position, QualifiedNameSyntax Table, IReadOnlyList<AssignmentSyntax> Assignments) : ModificationSyntax(Position, Table)
{
    public bool IsOnly { get; init; }

    public IReadOnlyList<TableReferenceSyntax> From { get; init; } = [];

    public ExpressionSyntax? Where { get; init; }
}

/// <summary>
/// <c>column = value</c> has one target; <c>(a, b) = source</c> has <see cref="IsMultiple"/>, its source a <see cref="RowSyntax"/>, a
/// <see cref="ScalarSubquerySyntax"/> or another expression.
/// </summary>
public sealed record AssignmentSyntax(int Position, IReadOnlyList<AssignmentTargetSyntax> Targets, ExpressionSyntax Value, bool IsMultiple) : SyntaxNode(Position);

public sealed record DeleteSyntax(int Position, QualifiedNameSyntax Table) : ModificationSyntax(Position, Table)
{
    public bool IsOnly { get; init; }

    public IReadOnlyList<TableReferenceSyntax> Using { get; init; } = [];

    public ExpressionSyntax? Where { get; init; }
}
