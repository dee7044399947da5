using Dadbs.Sql.Execution;

namespace Dadbs.Sql.Planning;

/// <summary>A node of a physical plan: immutable, shared by all executions. Run state lives in the cursor it opens.</summary>
public abstract class PhysicalOperator
{
    /// <summary>Estimated rows, from statistics of the catalog only.</summary>
    public double Rows { get; init; } = 1;

    /// <summary>Estimated cost in units of one sequential row.</summary>
    public double Cost { get; init; } = 1;

    /// <summary>It gives at most one row, found by the whole of a unique key or computed from nothing: what it does is bounded whatever the tables hold.</summary>
    public virtual bool IsPoint => false;

    /// <summary>Begins an execution, measured where EXPLAIN ANALYZE asks for it. The cursor stands before its first row.</summary>
    public Cursor Open(ExecutionState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Cursor cursor = Begin(state);
        return state.Context.Measures is { } measures ? new MeasuredCursor(cursor, measures.Of(this), measures.Clock) : cursor;
    }

    /// <summary>The operator's own cursor.</summary>
    protected abstract Cursor Begin(ExecutionState state);

    /// <summary>Writes this node and its children as EXPLAIN shows them.</summary>
    public abstract void Explain(PlanPrinter printer);
}
