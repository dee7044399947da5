using Dadbs.Sql.Functions;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>A set-returning function in FROM; without one, a value as a table of one row.</summary>
public sealed class FunctionScanOperator(FunctionDescriptor? function, Evaluator value, Evaluator[] arguments, int first, int width, bool withOrdinality, string name, string alias) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new FunctionCursor(function, value, arguments, first, width, withOrdinality, state);

    public override void Explain(PlanPrinter printer) => printer.Node($"Function Scan on {(alias == name ? name : $"{name} {alias}")}", this);

    private sealed class FunctionCursor(FunctionDescriptor? function, Evaluator value, Evaluator[] arguments, int first, int width, bool withOrdinality, ExecutionState state) : Cursor
    {
        private IEnumerator<Datum>? _rows;
        private long _ordinal;

        public override bool MoveNext()
        {
            _rows ??= Start().GetEnumerator();
            if (!_rows.MoveNext()) return false;
            state.Context.Budget.Step();
            Datum row = _rows.Current;
            if (width == 1)
            {
                state.Slots[first] = row;
            }
            else if (row.IsNull)
            {
                state.Slots.AsSpan(first, width).Clear();
            }
            else
            {
                row.As<RecordValue>().Fields.CopyTo(state.Slots, first);
            }

            if (withOrdinality) state.Slots[first + width] = Datum.FromInt64(++_ordinal);
            return true;
        }

        public override void Reset()
        {
            _rows?.Dispose();
            _rows = null;
            _ordinal = 0;
        }

        public override void Dispose()
        {
            _rows?.Dispose();
            base.Dispose();
        }

        private IEnumerable<Datum> Start() => function is null ? [value(state)] : SetFunctions.Call(function, arguments, state);
    }
}
