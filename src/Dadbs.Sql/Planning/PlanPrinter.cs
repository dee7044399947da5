using System.Text;
using Dadbs.Sql.Execution;

namespace Dadbs.Sql.Planning;

/// <summary>A node of a plan as EXPLAIN shows it.</summary>
internal sealed record ExplainedNode(string Title, PhysicalOperator Operator, string? Heading)
{
    public List<(string Label, string Text)> Details { get; } = [];

    public List<ExplainedNode> Children { get; } = [];
}

/// <summary>Collects a plan's nodes as operators describe themselves, and writes them as PostgreSQL's EXPLAIN does: a node a line, children after "->", details indented beneath.</summary>
public sealed class PlanPrinter(bool costs, PlanMeasures? measures = null)
{
    private readonly Stack<ExplainedNode> _open = new();
    private string? _heading;

    /// <summary>The plan's top, once it described itself.</summary>
    internal ExplainedNode? Root { get; private set; }

    public IReadOnlyList<string> Lines
    {
        get
        {
            List<string> lines = [];
            if (Root is not null) Write(Root, 0, lines);
            return lines;
        }
    }

    /// <summary>Begins a node; its details and children follow.</summary>
    public void Node(string title, PhysicalOperator node)
    {
        ExplainedNode made = new(title, node, _heading);
        _heading = null;
        if (_open.TryPeek(out ExplainedNode? parent)) parent.Children.Add(made);
        else Root ??= made;
        _open.Push(made);
    }

    /// <summary>Writes a line under the node written last, such as <c>Filter: (a = 1)</c>.</summary>
    public void Detail(string label, string text) => _open.Peek().Details.Add((label, text));

    public void Child(PhysicalOperator child)
    {
        ArgumentNullException.ThrowIfNull(child);
        int depth = _open.Count;
        child.Explain(this);
        while (_open.Count > depth) _open.Pop();
    }

    /// <summary>Writes a plan of a subquery under a heading line of its own.</summary>
    public void Subplan(string heading, PhysicalOperator plan)
    {
        if (_open.Count == 0) _open.Push(Root!);
        _heading = heading;
        Child(plan);
    }

    /// <summary>Describes a whole plan.</summary>
    public void Plan(PhysicalOperator plan)
    {
        Child(plan);
        _open.Clear();
    }

    private void Write(ExplainedNode node, int depth, List<string> lines)
    {
        StringBuilder line = new();
        if (node.Heading is not null)
        {
            lines.Add(new string(' ', ((depth - 1) * 6) + 2) + node.Heading);
        }

        if (depth > 0) line.Append(' ', ((depth - 1) * 6) + 2).Append("->  ");
        line.Append(node.Title);
        if (costs) line.Append($"  (cost=0.00..{Cost(node.Operator)}.00 rows={EstimatedRows(node.Operator)} width=0)");
        if (measures is not null) line.Append(costs ? " " : "  ").Append(Actual(measures.Of(node.Operator)));
        lines.Add(line.ToString());
        foreach ((string label, string text) in node.Details) lines.Add(new string(' ', (depth * 6) + 2) + label + ": " + text);
        foreach (ExplainedNode child in node.Children) Write(child, depth + 1, lines);
    }

    internal static long Cost(PhysicalOperator node) => (long)Math.Ceiling(node.Cost);

    internal static long EstimatedRows(PhysicalOperator node) => (long)Math.Max(1, Math.Ceiling(node.Rows));

    private string Actual(NodeMeasure measure)
    {
        if (measure.Loops == 0) return "(never executed)";
        string rows = $"rows={RowsPerLoop(measure)} loops={measure.Loops}";
        return measures!.Clock is null ? $"(actual {rows})" : $"(actual time={Milliseconds(measure.StartupNanoseconds, measure.Loops)}..{Milliseconds(measure.Nanoseconds, measure.Loops)} {rows})";
    }

    /// <summary>The mean, rounded as C's %.0f does.</summary>
    internal static string RowsPerLoop(NodeMeasure measure) => $"{(long)Math.Round((decimal)measure.Rows / measure.Loops, MidpointRounding.ToEven)}";

    internal static string Milliseconds(long nanoseconds, long loops)
    {
        long micros = (long)Math.Round((decimal)nanoseconds / loops / 1000);
        return $"{micros / 1000}.{micros % 1000:d3}";
    }
}
