using Dadbs.Sql.Functions;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>An aggregate call of one query level; its result stands in <paramref name="Slot"/> above the aggregation.</summary>
public sealed record BoundAggregate(FunctionDescriptor Function, AggregateDescriptor Aggregate, BoundExpression[] Arguments, int Slot, SqlType Type)
{
    public bool IsDistinct { get; init; }

    public bool IsStar { get; init; }

    public SortKey[] OrderBy { get; init; } = [];

    public BoundExpression? Filter { get; init; }
}

/// <summary>The aggregate calls of a query level, equal calls once.</summary>
internal sealed class AggregateCollector
{
    public List<BoundAggregate> Calls { get; } = [];

    /// <summary>True while an aggregate's own arguments are bound: another one in them is 42803.</summary>
    public bool InsideCall { get; set; }
}

/// <summary>A window function call; its result stands in <paramref name="Slot"/>.</summary>
public sealed record BoundWindowCall(FunctionDescriptor Function, AggregateDescriptor? Aggregate, BoundExpression[] Arguments, BoundWindow Window, int Slot, SqlType Type)
{
    public BoundExpression? Filter { get; init; }
}

/// <summary>Slots that RANGE with an offset compares in: the current row's key, another row's key, and the two offsets.</summary>
public readonly record struct RangeSlots(int Current, int Other, int StartOffset, int EndOffset);

/// <summary>A window: partition, order, frame. Calls with equal windows are computed together.</summary>
public sealed record BoundWindow(BoundExpression[] PartitionBy, SortKey[] OrderBy, Parsing.FrameSyntax? Frame)
{
    public BoundExpression? StartOffset { get; init; }

    public BoundExpression? EndOffset { get; init; }

    /// <summary>RANGE with an offset: where its conditions read.</summary>
    public RangeSlots? Range { get; init; }

    /// <summary>Whether another row is not before the start of the current row's range.</summary>
    public BoundExpression? StartCondition { get; init; }

    /// <summary>Whether another row is not after its end.</summary>
    public BoundExpression? EndCondition { get; init; }

    /// <summary>Whether the other divides, orders and frames rows in the same way. Windows with offsets are only equal to themselves.</summary>
    internal bool IsSame(BoundWindow other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (StartOffset is not null || EndOffset is not null || other.StartOffset is not null || other.EndOffset is not null) return false;
        if (PartitionBy.Length != other.PartitionBy.Length || OrderBy.Length != other.OrderBy.Length || (Frame is null) != (other.Frame is null)) return false;
        if (Frame is not null && (Frame.Mode, Frame.Start.Kind, Frame.End?.Kind, Frame.Exclusion) != (other.Frame!.Mode, other.Frame.Start.Kind, other.Frame.End?.Kind, other.Frame.Exclusion)) return false;
        for (int i = 0; i < PartitionBy.Length; i++)
        {
            if (!ExpressionComparer.Same(PartitionBy[i], other.PartitionBy[i])) return false;
        }

        for (int i = 0; i < OrderBy.Length; i++)
        {
            (SortKey a, SortKey b) = (OrderBy[i], other.OrderBy[i]);
            if (a.Descending != b.Descending || a.NullsFirst != b.NullsFirst || !ExpressionComparer.Same(a.Expression, b.Expression)) return false;
        }

        return true;
    }
}

internal sealed class WindowCollector
{
    public List<BoundWindowCall> Calls { get; } = [];

    /// <summary>The WINDOW clause, in its order.</summary>
    public List<Parsing.WindowDefinitionSyntax> Named { get; } = [];

    /// <summary>True while a call's own parts are bound: another one in them is 42P20.</summary>
    public bool InsideCall { get; set; }

    /// <summary>The windows that the one of this name may copy: those before it.</summary>
    public WindowCollector Before(string name)
    {
        var earlier = new WindowCollector();
        earlier.Named.AddRange(Named.TakeWhile(window => window.Name != name));
        return earlier;
    }
}

/// <summary>A set-returning call in a select list; each of its values appears in <paramref name="Slot"/>.</summary>
public sealed record BoundSetFunction(FunctionDescriptor Function, BoundExpression[] Arguments, int Slot, SqlType Type);

internal sealed class SetFunctionCollector
{
    public List<BoundSetFunction> Calls { get; } = [];
}

/// <summary>A common table expression: bound when it is first met in its WITH list, materialised when it is scanned.</summary>
internal sealed class CommonTable(string name, int number)
{
    public string Name { get; } = name;

    /// <summary>The number of its run state in <see cref="Execution.ExecutionState.Runs"/>.</summary>
    public int Number { get; } = number;

    /// <summary>The number of a recursive query's working table.</summary>
    public int WorkingNumber { get; set; } = -1;

    public BoundQuery? Query { get; set; }

    public IReadOnlyList<string> ColumnNames { get; set; } = [];

    public IReadOnlyList<ColumnType> ColumnTypes { get; set; } = [];

    /// <summary>True while the recursive term is bound: a reference reads the working table.</summary>
    public bool IsWorkingTable { get; set; }

    public bool IsRecursive { get; set; }

    /// <summary>A volatile function is called in it, or it is recursive: it must run once, by itself.</summary>
    public bool IsVolatile { get; set; }

    /// <summary>What the statement said: MATERIALIZED, NOT MATERIALIZED or nothing.</summary>
    public bool? IsMaterialized { get; init; }

    public int References { get; set; }
}
