using System.Text;

namespace Dadbs.Sql.Planning;

/// <summary>Writes a plan as PostgreSQL's EXPLAIN does: a node a line, children after "->", details indented beneath.</summary>
public sealed class PlanPrinter(bool costs)
{
    private readonly List<string> _lines = [];
    private int _depth;

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Writes a node's line; its details and children follow.</summary>
    public void Node(string title, PhysicalOperator node)
    {
        StringBuilder line = new();
        if (_depth > 0) line.Append(' ', ((_depth - 1) * 6) + 2).Append("->  ");
        line.Append(title);
        if (costs) line.Append(Estimates(node));
        _lines.Add(line.ToString());
    }

    /// <summary>Writes a line under the node written last, such as <c>Filter: (a = 1)</c>.</summary>
    public void Detail(string label, string text) => _lines.Add(new string(' ', (_depth * 6) + 2) + label + ": " + text);

    public void Child(PhysicalOperator child)
    {
        _depth++;
        child.Explain(this);
        _depth--;
    }

    /// <summary>Writes a plan of a subquery under a heading line of its own.</summary>
    public void Subplan(string heading, PhysicalOperator plan)
    {
        _lines.Add(new string(' ', (_depth * 6) + 2) + heading);
        _depth++;
        plan.Explain(this);
        _depth--;
    }

    private static string Estimates(PhysicalOperator node) =>
        $"  (cost=0.00..{(long)Math.Ceiling(node.Cost)}.00 rows={(long)Math.Max(1, Math.Ceiling(node.Rows))} width=0)";
}
