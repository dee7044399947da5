using System.Text;
using Dadbs.Sql.Execution;

namespace Dadbs.Sql.Planning;

/// <summary>A plan in EXPLAIN's JSON: the keys that PostgreSQL gives, as far as the text form has them.</summary>
internal sealed class PlanJson(ExplainOptions options, PlanMeasures? measures)
{
    private readonly StringBuilder _text = new();

    public string Write(ExplainedNode root, long? planning, long? execution)
    {
        _text.Append("[\n  {\n    \"Plan\": ");
        Node(root, null, 2);
        if (planning is { } p) _text.Append(",\n    \"Planning Time\": ").Append(PlanPrinter.Milliseconds(p, 1));
        if (measures is not null) _text.Append(",\n    \"Triggers\": [\n    ]");
        if (execution is { } e) _text.Append(",\n    \"Execution Time\": ").Append(PlanPrinter.Milliseconds(e, 1));
        return _text.Append("\n  }\n]").ToString();
    }

    private void Node(ExplainedNode node, ExplainedNode? parent, int depth)
    {
        string indent = new(' ', depth * 2);
        List<string> fields = [];
        (string type, List<(string Key, string Value)> named) = Split(node.Title);
        fields.Add($"\"Node Type\": {Quoted(type)}");
        foreach ((string key, string value) in named) fields.Add($"\"{key}\": {Quoted(value)}");
        if (parent is not null) fields.Add($"\"Parent Relationship\": \"{Relationship(node, parent)}\"");
        if (node.Heading is not null) fields.Add($"\"Subplan Name\": {Quoted(node.Heading)}");
        if (options.Costs)
        {
            fields.Add("\"Startup Cost\": 0.00");
            fields.Add($"\"Total Cost\": {PlanPrinter.Cost(node.Operator)}.00");
            fields.Add($"\"Plan Rows\": {PlanPrinter.EstimatedRows(node.Operator)}");
            fields.Add("\"Plan Width\": 0");
        }

        if (measures is not null) Measured(measures.Of(node.Operator), fields);
        foreach ((string label, string text) in node.Details) fields.Add($"\"{label}\": {(label is "Sort Key" or "Group Key" ? List(text) : Quoted(text))}");
        _text.Append("{\n");
        for (int i = 0; i < fields.Count; i++) _text.Append(indent).Append("  ").Append(fields[i]).Append(i + 1 < fields.Count || node.Children.Count > 0 ? ",\n" : "\n");
        if (node.Children.Count > 0)
        {
            _text.Append(indent).Append("  \"Plans\": [\n");
            for (int i = 0; i < node.Children.Count; i++)
            {
                _text.Append(indent).Append("    ");
                Node(node.Children[i], node, depth + 2);
                _text.Append(i + 1 < node.Children.Count ? ",\n" : "\n");
            }

            _text.Append(indent).Append("  ]\n");
        }

        _text.Append(indent).Append('}');
    }

    private void Measured(NodeMeasure measure, List<string> fields)
    {
        long loops = Math.Max(1, measure.Loops);
        if (measures!.Clock is not null)
        {
            fields.Add($"\"Actual Startup Time\": {PlanPrinter.Milliseconds(measure.StartupNanoseconds, loops)}");
            fields.Add($"\"Actual Total Time\": {PlanPrinter.Milliseconds(measure.Nanoseconds, loops)}");
        }

        fields.Add($"\"Actual Rows\": {(measure.Loops == 0 ? "0" : PlanPrinter.RowsPerLoop(measure))}");
        fields.Add($"\"Actual Loops\": {measure.Loops}");
    }

    private static string Relationship(ExplainedNode node, ExplainedNode parent) =>
        node.Heading is { } heading ? heading.StartsWith("InitPlan", StringComparison.Ordinal) ? "InitPlan" : "SubPlan" : parent.Children[0] == node ? "Outer" : "Inner";

    /// <summary>"Index Scan using i on t x" → its type and its names.</summary>
    private static (string Type, List<(string Key, string Value)> Named) Split(string title)
    {
        List<(string, string)> named = [];
        int on = title.IndexOf(" on ", StringComparison.Ordinal);
        string head = on < 0 ? title : title[..on];
        int @using = head.IndexOf(" using ", StringComparison.Ordinal);
        if (@using >= 0)
        {
            named.Add(("Index Name", head[(@using + 7)..]));
            head = head[..@using];
        }

        if (on >= 0)
        {
            string[] words = title[(on + 4)..].Split(' ');
            named.Add((head is "Function Scan" ? "Function Name" : head is "CTE Scan" ? "CTE Name" : "Relation Name", words[0]));
            named.Add(("Alias", words[^1]));
        }

        if (head is "Insert" or "Update" or "Delete" or "Merge")
        {
            named.Insert(0, ("Operation", head));
            head = "ModifyTable";
        }

        foreach (string kind in (string[])["Left", "Right", "Full", "Semi", "Anti"])
        {
            if (!head.EndsWith($" {kind} Join", StringComparison.Ordinal)) continue;
            named.Add(("Join Type", kind));
            head = head[..^(kind.Length + 6)] + (head.StartsWith("Hash", StringComparison.Ordinal) ? " Join" : "");
        }

        return (head, named);
    }

    private static string List(string text) => "[" + string.Join(", ", text.Split(", ").Select(Quoted)) + "]";

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c < ' ') quoted.Append($"\\u{(int)c:x4}");
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
