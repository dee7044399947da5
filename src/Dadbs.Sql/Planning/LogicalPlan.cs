using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Planning;

/// <summary>What a query does, before it is decided how. Immutable; each node says which slots it fills.</summary>
public abstract record LogicalPlan;

/// <summary>A sort key with PostgreSQL's place of nulls. The order is the type's own, or reversed.</summary>
public sealed record SortKey(BoundExpression Expression, bool Descending, bool NullsFirst);

/// <summary>One row without columns: a SELECT without FROM.</summary>
public sealed record LogicalOneRow : LogicalPlan;

/// <summary>
/// A stored table; its columns, then its system columns, fill the block at <paramref name="Base"/>, and its row's storage key <paramref name="KeySlot"/>
/// where one is wanted (≥ 0).
/// </summary>
public sealed record LogicalScan(TableDescriptor Table, int Base, string Alias, int KeySlot = -1) : LogicalPlan
{
    /// <summary>The first slot behind the block.</summary>
    public int End => Base + Table.Columns.Count + SystemColumns.SlotCount;
}

/// <summary>A virtual relation; its columns, then its system columns, fill the block at <paramref name="Base"/>.</summary>
public sealed record LogicalVirtualScan(VirtualTableDescriptor Table, int Base, string Alias) : LogicalPlan;

/// <summary>A set-returning function in FROM, or (Function null) a value that makes one row. Its columns fill the block at <paramref name="Base"/>, an ordinality column follows them.</summary>
public sealed record LogicalFunctionScan(FunctionDescriptor? Function, BoundExpression Value, BoundExpression[] Arguments, int Base, SqlType[] ColumnTypes, bool WithOrdinality, string Alias)
    : LogicalPlan
{
    public string FunctionName { get; init; } = Alias;

    /// <summary>ROWS FROM (f, g, …), and unnest of several arrays: those after the first, side by side with it; their blocks follow its own, the ordinality column follows all.</summary>
    public LogicalFunctionScan[] Beside { get; init; } = [];

    /// <summary>Columns of all, the ordinality column excluded.</summary>
    public int Width => ColumnTypes.Length + Beside.Sum(other => other.ColumnTypes.Length);
}

public sealed record LogicalValues(BoundExpression[][] Rows, int Base, SqlType[] Types) : LogicalPlan;

public sealed record LogicalFilter(LogicalPlan Input, BoundExpression[] Conditions) : LogicalPlan;

/// <summary>A value computed into a slot of its own.</summary>
public sealed record Projection(int Slot, BoundExpression Expression);

public sealed record LogicalProject(LogicalPlan Input, Projection[] Items) : LogicalPlan;

/// <summary>Set-returning functions of a select list: advanced in step, short ones padded with NULL.</summary>
public sealed record LogicalProjectSet(LogicalPlan Input, BoundSetFunction[] Functions) : LogicalPlan;

public enum LogicalJoinKind
{
    Inner,
    Left,
    Full,

    /// <summary>Left rows that have a match: EXISTS, IN.</summary>
    Semi,

    /// <summary>Left rows that have none: NOT EXISTS.</summary>
    Anti,
}

/// <summary>A join. A right side that is lateral reads slots of the left one.</summary>
public sealed record LogicalJoin(LogicalJoinKind Kind, LogicalPlan Left, LogicalPlan Right, BoundExpression[] Conditions, bool IsLateral = false) : LogicalPlan;

/// <summary>
/// Grouping. A key that is a plain column keeps its slot. <paramref name="Carried"/> are slots whose value is the same in every row of a group (functionally dependent): the first row's is kept.
/// </summary>
public sealed record LogicalAggregate(LogicalPlan Input, Projection[] Keys, int[] Carried, BoundAggregate[] Aggregates) : LogicalPlan
{
    /// <summary>GROUPING SETS: indices into Keys; null: one set with all keys.</summary>
    public int[][]? Sets { get; init; }

    /// <summary>GROUPING(…): result slot and the keys asked for.</summary>
    public (int Slot, int[] Keys)[] Grouping { get; init; } = [];
}

public sealed record LogicalWindow(LogicalPlan Input, BoundWindow Window, BoundWindowCall[] Calls) : LogicalPlan;

/// <summary>DISTINCT: the first row of each combination of the keys.</summary>
public sealed record LogicalDistinct(LogicalPlan Input, BoundExpression[] Keys) : LogicalPlan
{
    /// <summary>DISTINCT ON: the input is sorted and its order must be kept.</summary>
    public bool IsOn { get; init; }
}

public sealed record LogicalSort(LogicalPlan Input, SortKey[] Keys) : LogicalPlan;

public sealed record LogicalLimit(LogicalPlan Input, BoundExpression? Limit, BoundExpression? Offset) : LogicalPlan
{
    /// <summary>WITH TIES: the sort keys by which rows tie.</summary>
    public SortKey[]? Ties { get; init; }
}

/// <summary>A table whose rows a locking clause means: <paramref name="KeySlot"/> has their keys; <paramref name="Place"/> counts such tables in the statement.</summary>
public sealed record LockedTable(Catalog.TableDescriptor Table, int KeySlot, Seams.RowLockStrength Strength, Parsing.LockWait Wait, int Place)
{
    /// <summary>Which rows pass is not the statement's alone to say (LIMIT, SKIP LOCKED): the choice is captured.</summary>
    public bool IsChoice { get; init; }
}

/// <summary>FOR UPDATE, FOR SHARE and the like, above ORDER BY and beneath LIMIT.</summary>
public sealed record LogicalLockRows(LogicalPlan Input, LockedTable[] Tables) : LogicalPlan;

/// <summary>UNION, INTERSECT, EXCEPT. Each side's columns are copied to the block at <paramref name="Base"/>.</summary>
public sealed record LogicalSetOperation(Parsing.SetOperator Operator, bool IsAll, LogicalPlan Left, int[] LeftSlots, LogicalPlan Right, int[] RightSlots, int Base, SqlType[] Types)
    : LogicalPlan;

/// <summary>A materialised common table expression, shared by its scans.</summary>
public sealed record LogicalCommonTable(string Name, int Number, LogicalPlan Plan, int[] Slots, SqlType[] Types);

/// <summary>Reads a common table expression's rows into the block at <paramref name="Base"/>.</summary>
public sealed record LogicalCommonTableScan(string Name, int Number, int Base, SqlType[] Types, string Alias, bool IsWorkingTable) : LogicalPlan;

/// <summary>The tables that WITH defines, in order, around the query that reads them.</summary>
public sealed record LogicalWith(IReadOnlyList<LogicalCommonTable> Tables, LogicalPlan Input) : LogicalPlan;

/// <summary>WITH RECURSIVE's body: the first term, then the recursive one over the working table until it gives nothing new.</summary>
public sealed record LogicalRecursiveUnion(LogicalPlan First, int[] FirstSlots, LogicalPlan Recursive, int[] RecursiveSlots, bool IsAll, int Number, int Base, SqlType[] Types)
    : LogicalPlan;
