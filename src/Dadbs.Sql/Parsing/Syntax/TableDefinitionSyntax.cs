namespace Dadbs.Sql.Parsing;

public enum TablePersistence
{
    Permanent,
    Temporary,
    Unlogged,
}

public enum OnCommitAction
{
    Default,
    PreserveRows,
    DeleteRows,
    Drop,
}

public enum DropBehavior
{
    /// <summary>Nothing said: RESTRICT.</summary>
    Default,
    Restrict,
    Cascade,
}

public sealed record CreateTableSyntax(int Position, QualifiedNameSyntax Name, IReadOnlyList<TableElementSyntax> Elements) : StatementSyntax(Position)
{
    public TablePersistence Persistence { get; init; }

    public bool IfNotExists { get; init; }

    public IReadOnlyList<QualifiedNameSyntax> Inherits { get; init; } = [];

    /// <summary><c>WITH (fillfactor = 70)</c>.</summary>
    public IReadOnlyList<OptionSyntax> StorageParameters { get; init; } = [];

    public OnCommitAction OnCommit { get; init; }

    public string? AccessMethod { get; init; }

    public string? Tablespace { get; init; }
}

public sealed record CreateTableAsSyntax(int Position, QualifiedNameSyntax Name, IReadOnlyList<string> Columns, StatementSyntax Source) : StatementSyntax(Position)
{
    public bool IsMaterializedView { get; init; }

    public TablePersistence Persistence { get; init; }

    public bool IfNotExists { get; init; }

    public IReadOnlyList<OptionSyntax> StorageParameters { get; init; } = [];

    public OnCommitAction OnCommit { get; init; }

    public string? AccessMethod { get; init; }

    public string? Tablespace { get; init; }

    public bool WithNoData { get; init; }
}

/// <summary>An option <c>name = value</c> or <c>name value</c>; <see cref="Value"/> is a literal, a name as <see cref="StringLiteralSyntax"/>, a list as <see cref="RowSyntax"/>, or null.</summary>
public sealed record OptionSyntax(int Position, string Name, ExpressionSyntax? Value) : SyntaxNode(Position)
{
    /// <summary><c>toast.autovacuum_enabled</c>.</summary>
    public string? Namespace { get; init; }
}

public abstract record TableElementSyntax(int Position) : SyntaxNode(Position);

/// <summary>A column of CREATE TABLE or ADD COLUMN; without a type only in lists of typed tables, which are refused.</summary>
public sealed record ColumnDefinitionSyntax(int Position, string Name, TypeNameSyntax Type, IReadOnlyList<ConstraintSyntax> Constraints) : TableElementSyntax(Position)
{
    public QualifiedNameSyntax? Collation { get; init; }

    public string? Compression { get; init; }
}

public sealed record TableConstraintSyntax(int Position, ConstraintSyntax Constraint) : TableElementSyntax(Position);

[Flags]
public enum LikeOptions
{
    None = 0,
    Comments = 1,
    Compression = 2,
    Constraints = 4,
    Defaults = 8,
    Generated = 16,
    Identity = 32,
    Indexes = 64,
    Statistics = 128,
    Storage = 256,
    All = 511,
}

public sealed record LikeTableSyntax(int Position, QualifiedNameSyntax Name, LikeOptions Including) : TableElementSyntax(Position);

// Constraints: of a column (Columns empty) or of a table.

public abstract record ConstraintSyntax(int Position) : SyntaxNode(Position)
{
    /// <summary>After CONSTRAINT; null lets the name be chosen.</summary>
    public string? Name { get; init; }

    public bool IsDeferrable { get; init; }

    public bool InitiallyDeferred { get; init; }

    public bool NotValid { get; init; }
}

public sealed record NotNullConstraintSyntax(int Position) : ConstraintSyntax(Position);

/// <summary>NULL, which says nothing but may contradict.</summary>
public sealed record NullConstraintSyntax(int Position) : ConstraintSyntax(Position);

public sealed record DefaultConstraintSyntax(int Position, ExpressionSyntax Value) : ConstraintSyntax(Position);

public sealed record CheckConstraintSyntax(int Position, ExpressionSyntax Condition, bool NoInherit) : ConstraintSyntax(Position);

/// <summary>PRIMARY KEY.</summary>
public sealed record PrimaryKeyConstraintSyntax(int Position, IReadOnlyList<string> Columns) : ConstraintSyntax(Position)
{
    public IReadOnlyList<string> Including { get; init; } = [];

    public IReadOnlyList<OptionSyntax> StorageParameters { get; init; } = [];

    public string? Tablespace { get; init; }

    public string? UsingIndex { get; init; }
}

public sealed record UniqueConstraintSyntax(int Position, IReadOnlyList<string> Columns) : ConstraintSyntax(Position)
{
    public bool NullsNotDistinct { get; init; }

    public IReadOnlyList<string> Including { get; init; } = [];

    public IReadOnlyList<OptionSyntax> StorageParameters { get; init; } = [];

    public string? Tablespace { get; init; }

    public string? UsingIndex { get; init; }
}

public enum ForeignKeyMatch
{
    Simple,
    Partial,
    Full,
}

public enum ReferentialAction
{
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

/// <summary>REFERENCES of a column (<see cref="Columns"/> empty) or FOREIGN KEY.</summary>
public sealed record ForeignKeyConstraintSyntax(
    int Position, IReadOnlyList<string> Columns, QualifiedNameSyntax ReferencedTable, IReadOnlyList<string> ReferencedColumns) : ConstraintSyntax(Position)
{
    public ForeignKeyMatch Match { get; init; }

    public ReferentialAction OnUpdate { get; init; }

    public ReferentialAction OnDelete { get; init; }

    /// <summary>ON DELETE SET NULL (columns).</summary>
    public IReadOnlyList<string> OnDeleteColumns { get; init; } = [];
}

/// <summary>GENERATED {ALWAYS | BY DEFAULT} AS IDENTITY.</summary>
public sealed record IdentityConstraintSyntax(int Position, bool IsAlways, IReadOnlyList<SequenceOptionSyntax> Options) : ConstraintSyntax(Position);

/// <summary>GENERATED ALWAYS AS (expression) STORED.</summary>
public sealed record GeneratedConstraintSyntax(int Position, ExpressionSyntax Expression) : ConstraintSyntax(Position);

// ALTER TABLE.

public enum RelationKind
{
    Table,
    Index,
    View,
    MaterializedView,
    Sequence,
    ForeignTable,
    Type,
}

public sealed record AlterTableSyntax(int Position, RelationKind Kind, QualifiedNameSyntax Name, IReadOnlyList<AlterTableActionSyntax> Actions) : StatementSyntax(Position)
{
    public bool IfExists { get; init; }

    public bool IsOnly { get; init; }
}

public abstract record AlterTableActionSyntax(int Position) : SyntaxNode(Position);

public sealed record AddColumnSyntax(int Position, ColumnDefinitionSyntax Column, bool IfNotExists) : AlterTableActionSyntax(Position);

public sealed record DropColumnSyntax(int Position, string Column, bool IfExists, DropBehavior Behavior) : AlterTableActionSyntax(Position);

/// <summary>SET DEFAULT, or DROP DEFAULT when <see cref="Value"/> is null.</summary>
public sealed record AlterColumnDefaultSyntax(int Position, string Column, ExpressionSyntax? Value) : AlterTableActionSyntax(Position);

public sealed record AlterColumnNotNullSyntax(int Position, string Column, bool IsNotNull) : AlterTableActionSyntax(Position);

public sealed record AlterColumnTypeSyntax(int Position, string Column, TypeNameSyntax Type, QualifiedNameSyntax? Collation, ExpressionSyntax? Using)
    : AlterTableActionSyntax(Position);

/// <summary>ADD GENERATED … AS IDENTITY.</summary>
public sealed record AddIdentitySyntax(int Position, string Column, IdentityConstraintSyntax Identity) : AlterTableActionSyntax(Position);

/// <summary>SET GENERATED, RESTART and SET sequence options of an identity column; <see cref="IsAlways"/> null when not said.</summary>
public sealed record AlterIdentitySyntax(int Position, string Column, bool? IsAlways, IReadOnlyList<SequenceOptionSyntax> Options) : AlterTableActionSyntax(Position);

public sealed record DropIdentitySyntax(int Position, string Column, bool IfExists) : AlterTableActionSyntax(Position);

/// <summary>DROP EXPRESSION.</summary>
public sealed record DropExpressionSyntax(int Position, string Column, bool IfExists) : AlterTableActionSyntax(Position);

/// <summary>SET STATISTICS, which has no effect on the stored rows.</summary>
public sealed record AlterColumnStatisticsSyntax(int Position, string Column, int Target) : AlterTableActionSyntax(Position);

/// <summary>SET STORAGE, which has no effect here.</summary>
public sealed record AlterColumnStorageSyntax(int Position, string Column, string Storage) : AlterTableActionSyntax(Position);

public sealed record AddConstraintSyntax(int Position, ConstraintSyntax Constraint) : AlterTableActionSyntax(Position);

/// <summary>ALTER CONSTRAINT … deferrability.</summary>
public sealed record AlterConstraintSyntax(int Position, string Name, bool IsDeferrable, bool InitiallyDeferred) : AlterTableActionSyntax(Position);

public sealed record DropConstraintSyntax(int Position, string Name, bool IfExists, DropBehavior Behavior) : AlterTableActionSyntax(Position);

public sealed record ValidateConstraintSyntax(int Position, string Name) : AlterTableActionSyntax(Position);

public sealed record ChangeOwnerSyntax(int Position, RoleSyntax Owner) : AlterTableActionSyntax(Position);

/// <summary>SET or RESET (storage parameters).</summary>
public sealed record SetStorageParametersSyntax(int Position, IReadOnlyList<OptionSyntax> Parameters, bool IsReset) : AlterTableActionSyntax(Position);

public enum RowSecurityAction
{
    Enable,
    Disable,
    Force,
    NoForce,
}

public sealed record AlterRowSecuritySyntax(int Position, RowSecurityAction Action) : AlterTableActionSyntax(Position);

/// <summary>REPLICA IDENTITY, CLUSTER ON, SET TABLESPACE, SET LOGGED and others about physical storage: accepted in the grammar, named by <see cref="Feature"/>.</summary>
public sealed record PhysicalTableActionSyntax(int Position, string Feature, string? Name) : AlterTableActionSyntax(Position);
