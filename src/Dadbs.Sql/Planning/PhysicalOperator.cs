using Dadbs.Sql.Execution;

namespace Dadbs.Sql.Planning;

/// <summary>A node of a physical plan: immutable, shared by all executions. Run state lives in the cursor it opens.</summary>
public abstract class PhysicalOperator
{
    /// <summary>Estimated rows, from statistics of the catalog only.</summary>
    public double Rows { get; init; } = 1;

    /// <summary>Estimated cost in units of one sequential row.</summary>
    public double Cost { get; init; } = 1;

    /// <summary>Begins an execution. The cursor stands before its first row.</summary>
    public abstract Cursor Open(ExecutionState state);

    /// <summary>Writes this node and its children as EXPLAIN shows them.</summary>
    public abstract void Explain(PlanPrinter printer);
}
