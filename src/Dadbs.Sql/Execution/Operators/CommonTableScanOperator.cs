using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>Reads a WITH query's rows, or a recursive one's working table.</summary>
public sealed class CommonTableScanOperator(string name, string alias, int number, int first) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new ScanCursor(number, first, state);

    public override void Explain(PlanPrinter printer) => printer.Node($"CTE Scan on {(alias == name ? name : $"{name} {alias}")}", this);

    private sealed class ScanCursor(int number, int first, ExecutionState state) : Cursor
    {
        private int _next;

        public override bool MoveNext()
        {
            state.Context.Budget.Step();
            Datum[]? row = state.Run<CommonTableRows>(number)!.Row(_next);
            if (row is null) return false;
            _next++;
            row.CopyTo(state.Slots, first);
            return true;
        }

        public override void Reset() => _next = 0;
    }
}
