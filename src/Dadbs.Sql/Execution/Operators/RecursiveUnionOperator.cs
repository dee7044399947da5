using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>WITH RECURSIVE: the first term, then rounds of the recursive one over what the round before gave.</summary>
public sealed class RecursiveUnionOperator(
    PhysicalOperator start, int[] startSlots, PhysicalOperator round, int[] roundSlots, bool isAll, int number, int first, TypeOperations[] types) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new RecursiveCursor(start.Open(state), startSlots, round, roundSlots, isAll, number, first, types, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node("Recursive Union", this);
        printer.Child(start);
        printer.Child(round);
    }

    private sealed class RecursiveCursor(
        Cursor start, int[] startSlots, PhysicalOperator roundPlan, int[] roundSlots, bool isAll, int number, int first, TypeOperations[] types, ExecutionState state) : Cursor
    {
        private readonly WorkingTable _working = new();
        private List<Datum[]> _gathered = [];
        private RowHashTable? _seen = isAll ? null : new RowHashTable(types) { Budget = state.Context.Budget };
        private Cursor? _round;
        private bool _started;

        public override bool MoveNext()
        {
            while (true)
            {
                bool has = _started ? _round!.MoveNext() : start.MoveNext();
                if (has)
                {
                    if (Take(_started ? roundSlots : startSlots)) return true;
                    continue;
                }

                if (_gathered.Count == 0) return false;
                _started = true;
                _working.Rows = _gathered;
                _gathered = [];
                state.SetRun(number, _working);
                if (_round is null) _round = roundPlan.Open(state);
                else _round.Reset();
            }
        }

        public override void Reset()
        {
            start.Reset();
            _started = false;
            _gathered = [];
            if (!isAll) _seen = new RowHashTable(types) { Budget = state.Context.Budget };
        }

        public override void Dispose()
        {
            start.Dispose();
            _round?.Dispose();
            base.Dispose();
        }

        private bool Take(int[] slots)
        {
            Datum[] row = new Datum[slots.Length];
            long bytes = 40;
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = state.Slots[slots[i]].Detach();
                bytes += 16 + row[i].RetainedBytes;
            }

            state.Context.Budget.Step();
            if (_seen is not null)
            {
                _seen.FindOrAdd(row, out bool added);
                if (!added) return false;
            }

            state.Context.Budget.Allocate(bytes);
            _gathered.Add(row);
            row.CopyTo(state.Slots, first);
            return true;
        }
    }
}
