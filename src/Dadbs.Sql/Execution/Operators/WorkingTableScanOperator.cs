using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>Reads the rows that the last round of a recursive query gave.</summary>
public sealed class WorkingTableScanOperator(string name, int number, int first) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new ScanCursor(number, first, state);

    public override void Explain(PlanPrinter printer) => printer.Node($"WorkTable Scan on {name}", this);

    private sealed class ScanCursor(int number, int first, ExecutionState state) : Cursor
    {
        private int _next;

        public override bool MoveNext()
        {
            List<Datum[]> rows = state.Run<WorkingTable>(number)!.Rows;
            if (_next >= rows.Count) return false;
            rows[_next++].CopyTo(state.Slots, first);
            state.Context.Budget.Step();
            return true;
        }

        public override void Reset() => _next = 0;
    }
}
