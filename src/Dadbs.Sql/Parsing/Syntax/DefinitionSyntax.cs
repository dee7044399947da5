namespace Dadbs.Sql.Parsing;

/// <summary>The sorts of object that DROP, COMMENT, RENAME, SET SCHEMA and OWNER TO name.</summary>
public enum ObjectKind
{
    Table,
    Index,
    View,
    MaterializedView,
    ForeignTable,
    Sequence,
    Schema,
    Type,
    Domain,
    Database,
    Role,
    Function,
    Procedure,
    Routine,
    Aggregate,
    Operator,
    Cast,
    Collation,
    Conversion,
    Extension,
    Language,
    Trigger,
    Rule,
    Policy,
    Constraint,
    DomainConstraint,
    Column,
    Attribute,
    Tablespace,
    Statistics,
    EventTrigger,
    AccessMethod,
    OperatorClass,
    OperatorFamily,
    ForeignDataWrapper,
    Server,
    Publication,
    Subscription,
    LargeObject,
    Transform,
    TextSearchParser,
    TextSearchDictionary,
    TextSearchTemplate,
    TextSearchConfiguration,
    UserMapping,
}

public enum RoleKind
{
    Named,
    CurrentUser,
    CurrentRole,
    SessionUser,
    Public,
}

/// <summary>A role as written; <see cref="Name"/> is set for <see cref="RoleKind.Named"/> only.</summary>
public sealed record RoleSyntax(int Position, RoleKind Kind, string? Name) : SyntaxNode(Position);

// Indexes, views, sequences, schemas.

public sealed record CreateIndexSyntax(int Position, QualifiedNameSyntax Table, IReadOnlyList<IndexElementSyntax> Elements) : StatementSyntax(Position)
{
    /// <summary>Null lets the name be chosen.</summary>
    public string? Name { get; init; }

    public bool IsUnique { get; init; }

    public bool IsConcurrent { get; init; }

    public bool IfNotExists { get; init; }

    public bool IsOnly { get; init; }

    /// <summary>After USING; null means btree.</summary>
    public string? AccessMethod { get; init; }

    public IReadOnlyList<IndexElementSyntax> Including { get; init; } = [];

    public bool NullsNotDistinct { get; init; }

    public IReadOnlyList<OptionSyntax> StorageParameters { get; init; } = [];

    public string? Tablespace { get; init; }

    public ExpressionSyntax? Where { get; init; }
}

/// <summary>A column (<see cref="Column"/>) or an expression (<see cref="Expression"/>): exactly one is set.</summary>
public sealed record IndexElementSyntax(int Position, string? Column, ExpressionSyntax? Expression) : SyntaxNode(Position)
{
    public QualifiedNameSyntax? Collation { get; init; }

    public QualifiedNameSyntax? OperatorClass { get; init; }

    public IReadOnlyList<OptionSyntax> OperatorClassOptions { get; init; } = [];

    public SortDirection Direction { get; init; }

    public NullsOrder Nulls { get; init; }

    public bool IsDescending => Direction == SortDirection.Descending;

    public bool NullsFirst => Nulls == NullsOrder.Default ? IsDescending : Nulls == NullsOrder.First;
}

public enum ViewCheckOption
{
    None,
    Local,
    Cascaded,
}

public sealed record CreateViewSyntax(int Position, QualifiedNameSyntax Name, IReadOnlyList<string> Columns, QuerySyntax Query) : StatementSyntax(Position)
{
    public bool OrReplace { get; init; }

    public TablePersistence Persistence { get; init; }

    public bool IsRecursive { get; init; }

    public IReadOnlyList<OptionSyntax> Options { get; init; } = [];

    public ViewCheckOption CheckOption { get; init; }
}

public sealed record RefreshMaterializedViewSyntax(int Position, QualifiedNameSyntax Name, bool IsConcurrent, bool WithNoData) : StatementSyntax(Position);

public sealed record CreateSequenceSyntax(int Position, QualifiedNameSyntax Name, IReadOnlyList<SequenceOptionSyntax> Options) : StatementSyntax(Position)
{
    public TablePersistence Persistence { get; init; }

    public bool IfNotExists { get; init; }
}

public sealed record AlterSequenceSyntax(int Position, QualifiedNameSyntax Name, bool IfExists, IReadOnlyList<SequenceOptionSyntax> Options) : StatementSyntax(Position);

public abstract record SequenceOptionSyntax(int Position) : SyntaxNode(Position);

public sealed record SequenceTypeSyntax(int Position, TypeNameSyntax Type) : SequenceOptionSyntax(Position);

public enum SequenceParameter
{
    IncrementBy,
    StartWith,

    /// <summary>RESTART [WITH n]; the only one whose value may be left out and keep a meaning.</summary>
    Restart,
    Cache,

    /// <summary>MINVALUE n, or NO MINVALUE without a value.</summary>
    MinValue,

    /// <summary>MAXVALUE n, or NO MAXVALUE without a value.</summary>
    MaxValue,
}

/// <summary>A numeric option; the value's text is an optionally signed number (not checked to be an integer, as in PostgreSQL's grammar).</summary>
public sealed record SequenceParameterSyntax(int Position, SequenceParameter Parameter, string? Value) : SequenceOptionSyntax(Position);

public sealed record SequenceCycleSyntax(int Position, bool IsCycle) : SequenceOptionSyntax(Position);

/// <summary>OWNED BY column, or NONE when <see cref="Column"/> is null.</summary>
public sealed record SequenceOwnerSyntax(int Position, QualifiedNameSyntax? Column) : SequenceOptionSyntax(Position);

public sealed record CreateSchemaSyntax(int Position, string? Name, bool IfNotExists, RoleSyntax? Owner, IReadOnlyList<StatementSyntax> Elements) : StatementSyntax(Position);

// Roles and databases.

public enum RoleStatementKind
{
    Role,
    User,
    Group,
}

/// <summary>CREATE ROLE, USER or GROUP (USER may log in unless told otherwise).</summary>
public sealed record CreateRoleSyntax(int Position, RoleStatementKind Kind, string Name, IReadOnlyList<RoleOptionSyntax> Options) : StatementSyntax(Position);

public sealed record AlterRoleSyntax(int Position, RoleSyntax Role, IReadOnlyList<RoleOptionSyntax> Options) : StatementSyntax(Position);

/// <summary>ALTER ROLE {name | ALL} [IN DATABASE d] SET/RESET; <see cref="Role"/> null for ALL.</summary>
public sealed record AlterRoleSettingSyntax(int Position, RoleSyntax? Role, string? Database, StatementSyntax Setting) : StatementSyntax(Position);

/// <summary>
/// An option as PostgreSQL's grammar names it: <c>superuser</c>, <c>inherit</c>, <c>createrole</c>, <c>createdb</c>, <c>canlogin</c>, <c>isreplication</c>,
/// <c>bypassrls</c> (<see cref="Flag"/>), <c>password</c> (Text, null for NULL), <c>connectionlimit</c>, <c>validUntil</c>, <c>sysid</c>,
/// <c>addroleto</c>, <c>rolemembers</c>, <c>adminmembers</c> (<see cref="Roles"/>).
/// </summary>
public sealed record RoleOptionSyntax(int Position, string Name) : SyntaxNode(Position)
{
    public bool Flag { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<RoleSyntax> Roles { get; init; } = [];
}

public sealed record DropRoleSyntax(int Position, IReadOnlyList<RoleSyntax> Roles, bool IfExists) : StatementSyntax(Position);

public sealed record CreateDatabaseSyntax(int Position, string Name, IReadOnlyList<OptionSyntax> Options) : StatementSyntax(Position);

public sealed record AlterDatabaseSyntax(int Position, string Name, IReadOnlyList<OptionSyntax> Options) : StatementSyntax(Position);

public sealed record AlterDatabaseSettingSyntax(int Position, string Name, StatementSyntax Setting) : StatementSyntax(Position);

public sealed record DropDatabaseSyntax(int Position, string Name, bool IfExists, IReadOnlyList<OptionSyntax> Options) : StatementSyntax(Position);

// Types and domains.

/// <summary>CREATE TYPE name AS ENUM (…).</summary>
public sealed record CreateEnumSyntax(int Position, QualifiedNameSyntax Name, IReadOnlyList<string> Labels) : StatementSyntax(Position);

/// <summary>ALTER TYPE name ADD VALUE.</summary>
public sealed record AddEnumValueSyntax(int Position, QualifiedNameSyntax Name, string Label, bool IfNotExists, string? Before, string? After) : StatementSyntax(Position);

/// <summary>ALTER TYPE name RENAME VALUE.</summary>
public sealed record RenameEnumValueSyntax(int Position, QualifiedNameSyntax Name, string OldLabel, string NewLabel) : StatementSyntax(Position);

/// <summary>CREATE TYPE name AS (…).</summary>
public sealed record CreateCompositeTypeSyntax(int Position, QualifiedNameSyntax Name, IReadOnlyList<ColumnDefinitionSyntax> Columns) : StatementSyntax(Position);

public sealed record CreateDomainSyntax(int Position, QualifiedNameSyntax Name, TypeNameSyntax Type, IReadOnlyList<ConstraintSyntax> Constraints) : StatementSyntax(Position)
{
    public QualifiedNameSyntax? Collation { get; init; }
}

// Functions.

public enum FunctionParameterMode
{
    /// <summary>Nothing said, or IN.</summary>
    In,
    Out,
    InOut,
    Variadic,
}

public sealed record FunctionParameterSyntax(int Position, FunctionParameterMode Mode, string? Name, TypeNameSyntax Type, ExpressionSyntax? Default) : SyntaxNode(Position);

/// <summary>CREATE [OR REPLACE] FUNCTION or PROCEDURE.</summary>
public sealed record CreateFunctionSyntax(int Position, QualifiedNameSyntax Name, IReadOnlyList<FunctionParameterSyntax> Parameters) : StatementSyntax(Position)
{
    public bool IsProcedure { get; init; }

    public bool OrReplace { get; init; }

    public TypeNameSyntax? Returns { get; init; }

    /// <summary>RETURNS TABLE (…); empty otherwise.</summary>
    public IReadOnlyList<FunctionParameterSyntax> ReturnsTable { get; init; } = [];

    /// <summary>LANGUAGE, AS, volatility, STRICT, SECURITY, COST …, under PostgreSQL's option names: <c>language</c>, <c>as</c>, <c>volatility</c>, <c>strict</c>, <c>security</c>, <c>leakproof</c>, <c>cost</c>, <c>rows</c>, <c>parallel</c>, <c>support</c>, <c>window</c>.</summary>
    public IReadOnlyList<OptionSyntax> Options { get; init; } = [];

    /// <summary>RETURN expression.</summary>
    public ExpressionSyntax? ReturnBody { get; init; }

    /// <summary>BEGIN ATOMIC …; null without.</summary>
    public IReadOnlyList<StatementSyntax>? AtomicBody { get; init; }
}

/// <summary>DO.</summary>
public sealed record DoSyntax(int Position, string Body, string? Language) : StatementSyntax(Position);

public sealed record CallSyntax(int Position, FunctionCallSyntax Call) : StatementSyntax(Position);

// What all objects share.

/// <summary>An object as DROP and COMMENT name it: with argument types for routines, with <see cref="Owner"/> table for triggers, rules, policies and constraints.</summary>
public sealed record ObjectNameSyntax(int Position, QualifiedNameSyntax Name) : SyntaxNode(Position)
{
    /// <summary>Null when no argument list was written.</summary>
    public IReadOnlyList<FunctionParameterSyntax>? Arguments { get; init; }

    /// <summary>After ON.</summary>
    public QualifiedNameSyntax? Owner { get; init; }

    /// <summary>The type itself for types and domains; source for casts.</summary>
    public TypeNameSyntax? Type { get; init; }

    public TypeNameSyntax? TargetType { get; init; }

    /// <summary><c>f(*)</c> or <c>f(a ORDER BY b)</c>: the arguments after ORDER BY, or the star, of an aggregate.</summary>
    public bool IsStarAggregate { get; init; }
}

public sealed record DropSyntax(int Position, ObjectKind Kind, IReadOnlyList<ObjectNameSyntax> Names) : StatementSyntax(Position)
{
    public bool IfExists { get; init; }

    public bool IsConcurrent { get; init; }

    public DropBehavior Behavior { get; init; }
}

/// <summary>ALTER kind name RENAME TO; for columns, constraints and attributes <see cref="Target"/> names the relation and <see cref="Part"/> the part.</summary>
public sealed record RenameSyntax(int Position, ObjectKind Kind, ObjectNameSyntax Target, string NewName) : StatementSyntax(Position)
{
    public string? Part { get; init; }

    /// <summary>For a part: the sort of object that holds it.</summary>
    public ObjectKind? PartOf { get; init; }

    public bool IfExists { get; init; }

    public bool IsOnly { get; init; }
}

public sealed record SetSchemaSyntax(int Position, ObjectKind Kind, ObjectNameSyntax Target, string NewSchema, bool IfExists) : StatementSyntax(Position);

/// <summary>OWNER TO for what is not a relation (relations: <see cref="ChangeOwnerSyntax"/>).</summary>
public sealed record ChangeObjectOwnerSyntax(int Position, ObjectKind Kind, ObjectNameSyntax Target, RoleSyntax NewOwner) : StatementSyntax(Position);

/// <summary>COMMENT ON; a null <see cref="Comment"/> removes it.</summary>
public sealed record CommentSyntax(int Position, ObjectKind Kind, ObjectNameSyntax Target, string? Comment) : StatementSyntax(Position);

public sealed record TruncateSyntax(int Position, IReadOnlyList<NamedTableSyntax> Tables, bool RestartIdentity, DropBehavior Behavior) : StatementSyntax(Position);

// Privileges.

public enum PrivilegeTargetKind
{
    Objects,
    AllInSchema,
}

/// <summary>A privilege in lower case with its columns; a null <see cref="Name"/> is ALL.</summary>
public sealed record PrivilegeSyntax(int Position, string? Name, IReadOnlyList<string> Columns) : SyntaxNode(Position);

/// <summary>GRANT … ON … TO or REVOKE … ON … FROM.</summary>
public sealed record GrantSyntax(
    int Position,
    bool IsGrant,
    IReadOnlyList<PrivilegeSyntax> Privileges,
    PrivilegeTargetKind TargetKind,
    ObjectKind ObjectKind,
    IReadOnlyList<ObjectNameSyntax> Objects,
    IReadOnlyList<RoleSyntax> Grantees) : StatementSyntax(Position)
{
    /// <summary>WITH GRANT OPTION, or GRANT OPTION FOR.</summary>
    public bool GrantOption { get; init; }

    public RoleSyntax? GrantedBy { get; init; }

    public DropBehavior Behavior { get; init; }
}

/// <summary>GRANT role TO role, or REVOKE role FROM role.</summary>
public sealed record GrantRoleSyntax(int Position, bool IsGrant, IReadOnlyList<PrivilegeSyntax> Granted, IReadOnlyList<RoleSyntax> Grantees) : StatementSyntax(Position)
{
    public bool AdminOption { get; init; }

    public RoleSyntax? GrantedBy { get; init; }

    public DropBehavior Behavior { get; init; }
}
