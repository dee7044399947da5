namespace Dadbs.Sql.Parsing;

// Transactions.

public enum IsolationLevel
{
    ReadUncommitted,
    ReadCommitted,
    RepeatableRead,
    Serializable,
}

/// <summary>Each mode as written, null when not said; a later mode of a kind wins, as PostgreSQL applies them in turn.</summary>
public sealed record TransactionModesSyntax(IsolationLevel? Isolation, bool? IsReadOnly, bool? IsDeferrable)
{
    public static readonly TransactionModesSyntax None = new(null, null, null);
}

/// <summary>BEGIN or START TRANSACTION.</summary>
public sealed record BeginSyntax(int Position, TransactionModesSyntax Modes, bool IsStart) : StatementSyntax(Position);

/// <summary>COMMIT or END.</summary>
public sealed record CommitSyntax(int Position, bool AndChain) : StatementSyntax(Position);

/// <summary>ROLLBACK or ABORT.</summary>
public sealed record RollbackSyntax(int Position, bool AndChain) : StatementSyntax(Position);

public sealed record SavepointSyntax(int Position, string Name) : StatementSyntax(Position);

public sealed record ReleaseSavepointSyntax(int Position, string Name) : StatementSyntax(Position);

public sealed record RollbackToSavepointSyntax(int Position, string Name) : StatementSyntax(Position);

public enum TwoPhaseAction
{
    Prepare,
    Commit,
    Rollback,
}

/// <summary>PREPARE TRANSACTION, COMMIT PREPARED, ROLLBACK PREPARED.</summary>
public sealed record TwoPhaseSyntax(int Position, TwoPhaseAction Action, string Gid) : StatementSyntax(Position);

/// <summary>SET TRANSACTION modes, or SET SESSION CHARACTERISTICS AS TRANSACTION modes.</summary>
public sealed record SetTransactionSyntax(int Position, TransactionModesSyntax Modes, bool IsSession) : StatementSyntax(Position)
{
    /// <summary>SET TRANSACTION SNAPSHOT.</summary>
    public string? Snapshot { get; init; }
}

/// <summary>SET CONSTRAINTS; no names means ALL.</summary>
public sealed record SetConstraintsSyntax(int Position, IReadOnlyList<QualifiedNameSyntax> Names, bool IsDeferred) : StatementSyntax(Position);

// Settings.

public enum SettingScope
{
    /// <summary>SET and SET SESSION.</summary>
    Session,

    /// <summary>SET LOCAL.</summary>
    Local,
}

/// <summary>
/// SET name TO values. SQL's special spellings arrive as their settings: TIME ZONE as <c>timezone</c>, NAMES as <c>client_encoding</c>, ROLE as
/// <c>role</c>, SESSION AUTHORIZATION as <c>session_authorization</c>, SCHEMA as <c>search_path</c>, XML OPTION as <c>xmloption</c>, SEED as <c>seed</c>.
/// </summary>
/// <param name="Position">Of SET.</param>
/// <param name="Scope">How long it holds.</param>
/// <param name="Name">The setting, dots included.</param>
/// <param name="Values">Literals: strings (also bare words), numbers (negative ones as <see cref="NumericLiteralSyntax"/> or <see cref="IntegerLiteralSyntax"/> with their sign), an interval as <see cref="CastSyntax"/>; empty for TO DEFAULT.</param>
/// <param name="FromCurrent">SET name FROM CURRENT (in function definitions).</param>
public sealed record SetSyntax(int Position, SettingScope Scope, string Name, IReadOnlyList<ExpressionSyntax> Values, bool FromCurrent = false) : StatementSyntax(Position)
{
    public bool IsDefault => Values.Count == 0 && !FromCurrent;
}

/// <summary>RESET name; null for ALL.</summary>
public sealed record ResetSyntax(int Position, string? Name) : StatementSyntax(Position);

/// <summary>SHOW name; null for ALL. The special spellings arrive as for SET.</summary>
public sealed record ShowSyntax(int Position, string? Name) : StatementSyntax(Position);

public enum DiscardTarget
{
    All,
    Plans,
    Sequences,
    Temporary,
}

public sealed record DiscardSyntax(int Position, DiscardTarget Target) : StatementSyntax(Position);

// Prepared statements.

public sealed record PrepareSyntax(int Position, string Name, IReadOnlyList<TypeNameSyntax> ParameterTypes, StatementSyntax Body) : StatementSyntax(Position);

public sealed record ExecuteSyntax(int Position, string Name, IReadOnlyList<ExpressionSyntax> Arguments) : StatementSyntax(Position);

/// <summary>DEALLOCATE name; null for ALL.</summary>
public sealed record DeallocateSyntax(int Position, string? Name) : StatementSyntax(Position);

// Cursors.

public sealed record DeclareCursorSyntax(int Position, string Name, QuerySyntax Query) : StatementSyntax(Position)
{
    public bool IsBinary { get; init; }

    /// <summary>SCROLL, NO SCROLL, or null when not said.</summary>
    public bool? IsScroll { get; init; }

    public bool IsInsensitive { get; init; }

    public bool IsAsensitive { get; init; }

    public bool WithHold { get; init; }
}

public enum FetchDirection
{
    Forward,
    Backward,
    Absolute,
    Relative,
}

/// <summary>FETCH or MOVE. NEXT is forward 1, PRIOR backward 1, FIRST absolute 1, LAST absolute −1; ALL is <see cref="All"/> rows.</summary>
public sealed record FetchSyntax(int Position, string Cursor, FetchDirection Direction, long Count, bool IsMove) : StatementSyntax(Position)
{
    public const long All = long.MaxValue;
}

/// <summary>CLOSE name; null for ALL.</summary>
public sealed record CloseCursorSyntax(int Position, string? Name) : StatementSyntax(Position);

// COPY.

/// <summary>COPY. Both option styles arrive as the options of the newer: <c>format</c>, <c>freeze</c>, <c>delimiter</c>, <c>null</c>, <c>header</c>, <c>quote</c>, <c>escape</c>, <c>force_quote</c>, <c>force_not_null</c>, <c>force_null</c>, <c>encoding</c>.</summary>
public sealed record CopySyntax(int Position, QualifiedNameSyntax? Table, IReadOnlyList<string> Columns, bool IsFrom) : StatementSyntax(Position)
{
    /// <summary>COPY (query) TO; exactly one of this and <see cref="Table"/> is set.</summary>
    public StatementSyntax? Query { get; init; }

    /// <summary>A file or program; null for STDIN and STDOUT.</summary>
    public string? FileName { get; init; }

    public bool IsProgram { get; init; }

    public IReadOnlyList<OptionSyntax> Options { get; init; } = [];

    public ExpressionSyntax? Where { get; init; }
}

// Maintenance and others.

/// <summary>EXPLAIN; the old spellings arrive as options <c>analyze</c> and <c>verbose</c>.</summary>
public sealed record ExplainSyntax(int Position, IReadOnlyList<OptionSyntax> Options, StatementSyntax Statement) : StatementSyntax(Position);

public sealed record VacuumTargetSyntax(int Position, QualifiedNameSyntax Table, IReadOnlyList<string> Columns) : SyntaxNode(Position);

/// <summary>VACUUM or ANALYZE; the old spellings arrive as options <c>full</c>, <c>freeze</c>, <c>verbose</c>, <c>analyze</c>.</summary>
public sealed record VacuumSyntax(int Position, bool IsVacuum, IReadOnlyList<OptionSyntax> Options, IReadOnlyList<VacuumTargetSyntax> Targets) : StatementSyntax(Position);

public enum ReindexTarget
{
    Index,
    Table,
    Schema,
    System,
    Database,
}

public sealed record ReindexSyntax(int Position, ReindexTarget Target, QualifiedNameSyntax? Name, IReadOnlyList<OptionSyntax> Options) : StatementSyntax(Position);

/// <summary>CLUSTER; without a table all of them.</summary>
public sealed record ClusterSyntax(int Position, QualifiedNameSyntax? Table, string? Index, IReadOnlyList<OptionSyntax> Options) : StatementSyntax(Position);

public enum TableLockMode
{
    AccessShare,
    RowShare,
    RowExclusive,
    ShareUpdateExclusive,
    Share,
    ShareRowExclusive,
    Exclusive,
    AccessExclusive,
}

public sealed record LockTableSyntax(int Position, IReadOnlyList<NamedTableSyntax> Tables, TableLockMode Mode, bool NoWait) : StatementSyntax(Position);

public sealed record ListenSyntax(int Position, string Channel) : StatementSyntax(Position);

/// <summary>UNLISTEN channel; null for <c>*</c>.</summary>
public sealed record UnlistenSyntax(int Position, string? Channel) : StatementSyntax(Position);

public sealed record NotifySyntax(int Position, string Channel, string? Payload) : StatementSyntax(Position);

public sealed record CheckpointSyntax(int Position) : StatementSyntax(Position);

public sealed record LoadSyntax(int Position, string FileName) : StatementSyntax(Position);
