using Dadbs.Sql.Execution;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql;

/// <summary>
/// EXPLAIN: the plan's lines as rows; with ANALYZE the statement is executed first and its nodes are counted. What writes is ordered and executed by every node like the statement itself: the
/// answer is no part of its outcome, because times differ between machines.
/// </summary>
internal sealed class ExplainStatement(Func<PreparedStatement> plan, PreparedStatement inner, ExplainOptions options) : PreparedStatement
{
    public override bool IsExecutable => true;

    public override StatementCursor Open(StatementContext context) => new LinesCursor(() => options.Analyze ? Analyze(context) : Show(inner, null, context, null));

    public override IReadOnlyList<string> Explain(bool costs) => inner.Explain(costs);

    private IReadOnlyList<string> Analyze(StatementContext context)
    {
        PlanMeasures measures = new(options.Timing ? context.Nanoseconds : null);
        StatementContext measured = context.Measured(measures);
        long begun = context.Nanoseconds?.Invoke() ?? 0;
        NodeMeasure top = measures.Of(inner is PlannedStatement planned ? planned.Plan : OneNode);
        long rows = 0;
        using (StatementCursor cursor = inner.Open(measured))
        {
            while (cursor.MoveNext()) rows++;
        }

        if (inner is PlannedStatement { Plan: ModificationLine { HasSource: false } single }) (measures.Of(single.Source).Loops, measures.Of(single.Source).Rows) = (1, 1);
        long taken = (context.Nanoseconds?.Invoke() ?? 0) - begun;
        if (top.Loops == 0) (top.Loops, top.Rows, top.StartupNanoseconds, top.Nanoseconds) = (1, rows, taken, taken);
        return Show(inner, measures, context, taken);
    }

    private static PhysicalOperator OneNode { get; } = new Execution.Operators.OneRowOperator(null);

    private IReadOnlyList<string> Show(PreparedStatement statement, PlanMeasures? measures, StatementContext context, long? execution)
    {
        if (statement is not PlannedStatement && statement.Explain(options.Costs) is ["Utility statements have no plan structure"] lines) return lines;
        // Planned anew, so that there is a time to tell: the plan is the same.
        long begun = context.Nanoseconds?.Invoke() ?? 0;
        bool tells = options.Summary && context.Nanoseconds is not null;
        if (tells) plan();
        long? planning = tells ? (context.Nanoseconds?.Invoke() ?? 0) - begun : null;
        if (!tells) execution = null;
        PlanPrinter printer = new(options.Costs, measures);
        ((PlannedStatement)statement).Describe(printer);
        if (options.IsJson) return [new PlanJson(options, measures).Write(printer.Root!, planning, execution)];
        List<string> text = [.. printer.Lines];
        if (planning is { } p) text.Add($"Planning Time: {PlanPrinter.Milliseconds(p, 1)} ms");
        if (execution is { } e) text.Add($"Execution Time: {PlanPrinter.Milliseconds(e, 1)} ms");
        return text;
    }

    private sealed class LinesCursor(Func<IReadOnlyList<string>> run) : StatementCursor
    {
        private readonly Datum[] _row = new Datum[1];
        private IReadOnlyList<string>? _lines;
        private int _next;

        public override ReadOnlySpan<Datum> Current => _row;

        public override string CommandTag => "EXPLAIN";

        public override long RowCount => _next;

        public override bool MoveNext()
        {
            _lines ??= run();
            if (_next >= _lines.Count) return false;
            _row[0] = Datum.FromString(_lines[_next++]);
            return true;
        }
    }
}
