using Dadbs.Sql.Planning;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>VALUES.</summary>
public sealed class ValuesOperator(Evaluator[][] rows, int first) : PhysicalOperator
{
    public int RowCount => rows.Length;

    protected override Cursor Begin(ExecutionState state) => new ValuesCursor(rows, first, state);

    public override void Explain(PlanPrinter printer) => printer.Node(rows.Length == 1 ? "Result" : "Values Scan on \"*VALUES*\"", this);

    private sealed class ValuesCursor(Evaluator[][] rows, int first, ExecutionState state) : Cursor
    {
        private int _next;

        public override bool MoveNext()
        {
            if (_next >= rows.Length) return false;
            Evaluator[] row = rows[_next++];
            for (int i = 0; i < row.Length; i++) state.Slots[first + i] = row[i](state);
            return true;
        }

        public override void Reset() => _next = 0;
    }
}
