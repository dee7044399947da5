using Dadbs.Sql.Parsing;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>
/// UNION, INTERSECT and EXCEPT, with and without ALL. Rows come in the order of the left side, then (UNION) of the right one; multiplicities of ALL are min and difference, as the standard says.
/// </summary>
public sealed class SetOperationOperator(SetOperator kind, bool isAll, PhysicalOperator left, int[] leftSlots, PhysicalOperator right, int[] rightSlots, int first, TypeOperations[] types) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => kind == SetOperator.Union
        ? new UnionCursor(left.Open(state), leftSlots, right, rightSlots, first, isAll ? null : types, state)
        : new CountingCursor(kind == SetOperator.Intersect, isAll, left, leftSlots, right, rightSlots, first, types, state);

    public override void Explain(PlanPrinter printer)
    {
        if (kind == SetOperator.Union)
        {
            if (!isAll) printer.Node("HashAggregate", this);
            if (isAll) printer.Node("Append", this);
        }
        else
        {
            printer.Node($"HashSetOp {kind}{(isAll ? " All" : "")}", this);
        }

        printer.Child(left);
        printer.Child(right);
    }

    private static void Copy(ExecutionState state, int[] from, int first)
    {
        for (int i = 0; i < from.Length; i++) state.Slots[first + i] = state.Slots[from[i]];
    }

    private sealed class UnionCursor(Cursor left, int[] leftSlots, PhysicalOperator rightPlan, int[] rightSlots, int first, TypeOperations[]? distinctTypes, ExecutionState state) : Cursor
    {
        private RowHashTable? _seen = distinctTypes is null ? null : new RowHashTable(distinctTypes) { Budget = state.Context.Budget };
        private Cursor? _right;
        private bool _leftEnded;

        public override bool MoveNext()
        {
            while (true)
            {
                if (!_leftEnded)
                {
                    if (left.MoveNext())
                    {
                        Copy(state, leftSlots, first);
                        if (IsNew()) return true;
                        continue;
                    }

                    _leftEnded = true;
                    if (_right is null) _right = rightPlan.Open(state);
                    else _right.Reset();
                }

                if (!_right!.MoveNext()) return false;
                Copy(state, rightSlots, first);
                if (IsNew()) return true;
            }
        }

        public override void Reset()
        {
            left.Reset();
            _leftEnded = false;
            if (distinctTypes is not null) _seen = new RowHashTable(distinctTypes) { Budget = state.Context.Budget };
        }

        public override void Dispose()
        {
            left.Dispose();
            _right?.Dispose();
            base.Dispose();
        }

        private bool IsNew()
        {
            state.Context.Budget.Step();
            if (_seen is null) return true;
            _seen.FindOrAdd(state.Slots.AsSpan(first, leftSlots.Length), out bool added);
            return added;
        }
    }

    private sealed class CountingCursor(
        bool isIntersect, bool isAll, PhysicalOperator leftPlan, int[] leftSlots, PhysicalOperator rightPlan, int[] rightSlots, int first, TypeOperations[] types, ExecutionState state) : Cursor
    {
        private List<(int Key, long Times)>? _result;
        private RowHashTable _table = new(types);
        private int _next;
        private long _given;

        public override bool MoveNext()
        {
            _result ??= Count();
            while (_next < _result.Count)
            {
                (int key, long times) = _result[_next];
                if (_given >= times)
                {
                    _next++;
                    _given = 0;
                    continue;
                }

                _given++;
                _table.Key(key).CopyTo(state.Slots.AsSpan(first));
                return true;
            }

            return false;
        }

        public override void Reset()
        {
            _result = null;
            _next = 0;
            _given = 0;
        }

        private List<(int Key, long Times)> Count()
        {
            _table = new RowHashTable(types) { Budget = state.Context.Budget };
            List<long> lefts = [];
            using (Cursor left = leftPlan.Open(state))
            {
                while (left.MoveNext())
                {
                    Copy(state, leftSlots, first);
                    int key = _table.FindOrAdd(state.Slots.AsSpan(first, leftSlots.Length), out bool added);
                    if (added) lefts.Add(0);
                    lefts[key]++;
                    state.Context.Budget.Step();
                }
            }

            long[] rights = new long[lefts.Count];
            using (Cursor right = rightPlan.Open(state))
            {
                while (right.MoveNext())
                {
                    Copy(state, rightSlots, first);
                    int key = _table.Find(state.Slots.AsSpan(first, rightSlots.Length));
                    if (key >= 0) rights[key]++;
                    state.Context.Budget.Step();
                }
            }

            List<(int, long)> result = [];
            for (int i = 0; i < rights.Length; i++)
            {
                long times = isIntersect ? Math.Min(lefts[i], rights[i]) : isAll ? lefts[i] - rights[i] : rights[i] == 0 ? 1 : 0;
                if (!isAll && isIntersect) times = Math.Min(times, 1);
                if (times > 0) result.Add((i, times));
            }

            return result;
        }
    }
}
