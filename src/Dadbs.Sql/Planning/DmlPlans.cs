using Dadbs.Sql.Catalog;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Statements;

namespace Dadbs.Sql.Planning;

/// <summary>A column that gets a new value: its index in the table's columns, and the value, already converted to the column's type and modifier.</summary>
public sealed record ColumnAssignment(int ColumnIndex, Evaluator Value)
{
    /// <summary>For each column of the table: whether one of these gives it a value.</summary>
    internal static bool[] Columns(TableDescriptor table, ColumnAssignment[] set)
    {
        var assigned = new bool[table.Columns.Count];
        foreach (ColumnAssignment assignment in set) assigned[assignment.ColumnIndex] = true;
        return assigned;
    }
}

/// <summary>RETURNING: evaluated after each row was written, with the row as stored in the target's slots.</summary>
public sealed record ReturningList(Evaluator[] Items, RowDescription Columns);

/// <summary>
/// The rows that UPDATE and DELETE meet. Each step of the cursor leaves the whole old row in the slots [<see cref="TargetBase"/>, TargetBase + columns) and its storage key, as a bytea Datum,
/// in slot <see cref="KeySlot"/>. With FROM or USING a row may be met more than once: only the first counts.
/// </summary>
public sealed record TargetScan(PhysicalOperator Plan, int TargetBase, int KeySlot);

/// <summary>INSERT, ready to run. A plan without a source inserts one row (DEFAULT VALUES).</summary>
public sealed record InsertPlan
{
    public required TableDescriptor Table { get; init; }

    /// <summary>Where rows come from; null: one row.</summary>
    public PhysicalOperator? Source { get; init; }

    /// <summary>How many slots an <see cref="ExecutionState"/> for this plan needs.</summary>
    public required int SlotCount { get; init; }

    /// <summary>One a column of the table, evaluated after each step of the source: the given value, the default or NULL, converted by assignment.</summary>
    public required Evaluator[] Row { get; init; }

    /// <summary>The inserted (or by ON CONFLICT updated) row is put here before RETURNING is evaluated; also where ON CONFLICT's SET finds the existing row.</summary>
    public required int TargetBase { get; init; }

    /// <summary>CHECK constraints by name, evaluated with the new row in the slots from <see cref="TargetBase"/> on.</summary>
    public IReadOnlyList<CheckCondition> Checks { get; init; } = [];

    /// <summary>Where ON CONFLICT's SET and WHERE find <c>excluded</c>.</summary>
    public int ExcludedBase { get; init; } = -1;

    public ConflictPlan? OnConflict { get; init; }

    public ReturningList? Returning { get; init; }
}

/// <summary>ON CONFLICT. Arbiters: the unique indexes meant; empty (only with DO NOTHING): any. Assigned: for each column of the table, whether SET gives it a value.</summary>
public sealed record ConflictPlan(IReadOnlyList<IndexDescriptor> Arbiters, bool DoNothing, ColumnAssignment[] Set, bool[] Assigned, RowPredicate? Where);

/// <summary>UPDATE, ready to run: collect the targets and their new values, then apply in key order.</summary>
public sealed record UpdatePlan
{
    public required TableDescriptor Table { get; init; }

    public required TargetScan Target { get; init; }

    public required int SlotCount { get; init; }

    /// <summary>Evaluated while the cursor stands on the row.</summary>
    public required ColumnAssignment[] Set { get; init; }

    /// <summary>CHECK constraints by name, evaluated with the new row in the target's slots.</summary>
    public IReadOnlyList<CheckCondition> Checks { get; init; } = [];

    public ReturningList? Returning { get; init; }

    /// <summary>Slots other than the target's that RETURNING reads (FROM's columns); they must be kept with a target and put back before RETURNING is evaluated.</summary>
    public int[] ReturningSlots { get; init; } = [];
}

/// <summary>DELETE, ready to run.</summary>
public sealed record DeletePlan
{
    public required TableDescriptor Table { get; init; }

    public required TargetScan Target { get; init; }

    public required int SlotCount { get; init; }

    public ReturningList? Returning { get; init; }

    /// <summary>As <see cref="UpdatePlan.ReturningSlots"/>.</summary>
    public int[] ReturningSlots { get; init; } = [];
}
