using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>The running state of one aggregate in one group.</summary>
public interface IAggregateState
{
    /// <summary>Takes one row's arguments; Datums that are kept are detached by the state. Growth counts against the context's budget.</summary>
    void Accumulate(ReadOnlySpan<Datum> arguments);

    /// <summary>The result so far; may be asked more than once.</summary>
    Datum Finish();
}

public delegate IAggregateState AggregateFactory(EvaluationContext context);

/// <summary>What makes a pg_proc row an aggregate.</summary>
public sealed record AggregateDescriptor
{
    public required AggregateFactory Create { get; init; }

    /// <summary>Rows in which an argument is NULL are not given to <see cref="IAggregateState.Accumulate"/>.</summary>
    public required bool IgnoresNulls { get; init; }

    /// <summary>min and max: the operator that an index in its order answers with one row (aggsortop); 0 otherwise.</summary>
    public uint SortOperator { get; init; }
}
