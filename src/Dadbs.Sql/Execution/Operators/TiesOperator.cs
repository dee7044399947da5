using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>FETCH FIRST n ROWS WITH TIES: goes on while rows are equal to the last one by the sort keys.</summary>
public sealed class TiesOperator(PhysicalOperator input, Evaluator? limit, Evaluator? offset, SortColumn[] keys) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new TiesCursor(input.Open(state), limit, offset, keys, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node("Limit", this);
        printer.Child(input);
    }

    private sealed class TiesCursor(Cursor input, Evaluator? limit, Evaluator? offset, SortColumn[] keys, ExecutionState state) : Cursor
    {
        private long _given = -1;
        private long _most;
        private Datum[] _last = [];

        public override bool MoveNext()
        {
            if (_given < 0)
            {
                _given = 0;
                _most = LimitOperator.LimitOf(limit, state) ?? long.MaxValue;
                for (long skip = LimitOperator.OffsetOf(offset, state); skip > 0; skip--)
                {
                    if (!input.MoveNext()) return false;
                }
            }

            if (_most == 0 || !input.MoveNext()) return false;
            Datum[] key = Array.ConvertAll(keys, column => column.Value(state).Detach());
            if (_given >= _most && SortOperator.CompareKeys(keys, key, _last) != 0)
            {
                _most = 0;
                return false;
            }

            _given++;
            _last = key;
            return true;
        }

        public override void Reset()
        {
            _given = -1;
            input.Reset();
        }

        public override void Dispose()
        {
            input.Dispose();
            base.Dispose();
        }
    }
}
