using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>
/// ROWS FROM (f, g, …): several functions stepped together, side by side, as long as any of them has rows; the columns of one that has ended are
/// NULL. Their blocks of slots follow each other, an ordinality column follows the last.
/// </summary>
public sealed class RowsFromOperator(FunctionScanOperator[] parts, int[] widths, int first, bool withOrdinality, string alias) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new RowsFromCursor(Array.ConvertAll(parts, part => part.Open(state)), widths, first, withOrdinality, state);

    public override void Explain(PlanPrinter printer) => printer.Node($"Function Scan on {alias}", this);

    private sealed class RowsFromCursor(Cursor[] parts, int[] widths, int first, bool withOrdinality, ExecutionState state) : Cursor
    {
        private readonly bool[] _isOver = new bool[parts.Length];
        private long _ordinal;

        public override bool MoveNext()
        {
            bool any = false;
            int at = first;
            for (int i = 0; i < parts.Length; i++)
            {
                if (!_isOver[i] && parts[i].MoveNext())
                {
                    any = true;
                }
                else
                {
                    _isOver[i] = true;
                    state.Slots.AsSpan(at, widths[i]).Clear();
                }

                at += widths[i];
            }

            if (any && withOrdinality) state.Slots[at] = Datum.FromInt64(++_ordinal);
            return any;
        }

        public override void Reset()
        {
            foreach (Cursor part in parts) part.Reset();
            _isOver.AsSpan().Clear();
            _ordinal = 0;
        }

        public override void Dispose()
        {
            foreach (Cursor part in parts) part.Dispose();
            base.Dispose();
        }
    }
}
