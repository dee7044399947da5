using Dadbs.Sql.Planning;

namespace Dadbs.Sql.Execution;

/// <summary>What EXPLAIN ANALYZE counted, by node of the plan. Counts are the same on every node of the cluster; times are this machine's and go nowhere but into the answer.</summary>
public sealed class PlanMeasures(Func<long>? clock)
{
    private readonly Dictionary<PhysicalOperator, NodeMeasure> _nodes = new(ReferenceEqualityComparer.Instance);

    /// <summary>Monotonic nanoseconds; null: nothing is timed.</summary>
    public Func<long>? Clock { get; } = clock;

    /// <summary>The node's measure, made on first use.</summary>
    public NodeMeasure Of(PhysicalOperator node)
    {
        if (!_nodes.TryGetValue(node, out NodeMeasure? measure)) _nodes.Add(node, measure = new NodeMeasure());
        return measure;
    }
}

/// <summary>How often a node was run, what it gave, and how long it took with all beneath it.</summary>
public sealed class NodeMeasure
{
    public long Loops { get; set; }

    public long Rows { get; set; }

    /// <summary>Until the first row, over all loops.</summary>
    public long StartupNanoseconds { get; set; }

    public long Nanoseconds { get; set; }
}

/// <summary>Counts what passes, for EXPLAIN ANALYZE.</summary>
internal sealed class MeasuredCursor(Cursor inner, NodeMeasure measure, Func<long>? clock) : Cursor
{
    private bool _isRunning;

    public override bool MoveNext()
    {
        bool isFirst = !_isRunning;
        if (isFirst) measure.Loops++;
        _isRunning = true;
        long begun = clock?.Invoke() ?? 0;
        bool hasRow = inner.MoveNext();
        long taken = (clock?.Invoke() ?? 0) - begun;
        measure.Nanoseconds += taken;
        if (isFirst) measure.StartupNanoseconds += taken;
        if (hasRow) measure.Rows++;
        return hasRow;
    }

    public override void Reset()
    {
        inner.Reset();
        _isRunning = false;
    }

    public override void Dispose()
    {
        inner.Dispose();
        base.Dispose();
    }
}
