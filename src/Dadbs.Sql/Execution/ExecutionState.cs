using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution;

/// <summary>
/// What changes while one execution of a plan runs: the frame of slots, the parameters, and the run state of subqueries. Owned by one cursor tree, one thread.
/// </summary>
public sealed class ExecutionState(StatementContext context, int slotCount)
{
    public StatementContext Context { get; } = context;

    /// <summary>The frame; <see cref="Binding.SlotAllocator"/> says who lives where.</summary>
    public Datum[] Slots { get; } = slotCount == 0 ? [] : new Datum[slotCount];

    /// <summary>The values of $1, $2, … in the types the statement was prepared with.</summary>
    public Datum[] Parameters { get; } = context.Parameters;

    /// <summary>Run state of subqueries and materialised common table expressions, by the number the planner gave them; created on first use.</summary>
    public object?[] Runs { get; private set; } = [];

    /// <summary>The run state with this number, or null when it was not created yet.</summary>
    public T? Run<T>(int number)
        where T : class => number < Runs.Length ? (T?)Runs[number] : null;

    public void SetRun(int number, object run)
    {
        if (number >= Runs.Length)
        {
            object?[] grown = new object?[number + 4];
            Runs.CopyTo(grown, 0);
            Runs = grown;
        }

        Runs[number] = run;
    }
}
