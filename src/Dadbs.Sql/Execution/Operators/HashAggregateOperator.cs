using Dadbs.Sql.Functions;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>A compiled aggregate call.</summary>
public sealed record AggregateCall(AggregateDescriptor Aggregate, Evaluator[] Arguments, int Slot)
{
    public RowPredicate? Filter { get; init; }

    /// <summary>Types of the arguments, for DISTINCT; null without it.</summary>
    public TypeOperations[]? DistinctTypes { get; init; }

    /// <summary>The aggregate's own ORDER BY.</summary>
    public SortColumn[] Order { get; init; } = [];
}

/// <summary>
/// GROUP BY: groups in the order in which their first rows came. Without keys there is exactly one group, also over no rows. Never spills: past the budget 54000.
/// </summary>
public sealed class HashAggregateOperator(PhysicalOperator input, Evaluator[] keys, TypeOperations[] keyTypes, int[] keySlots, int[] carried, AggregateCall[] calls, string keyText) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new AggregateCursor(input.Open(state), keys, keyTypes, keySlots, new SavedRows(carried), calls, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node(keys.Length == 0 ? "Aggregate" : "HashAggregate", this);
        if (keys.Length > 0) printer.Detail("Group Key", keyText);
        printer.Child(input);
    }

    private sealed class AggregateCursor(
        Cursor input, Evaluator[] keys, TypeOperations[] keyTypes, int[] keySlots, SavedRows carried, AggregateCall[] calls, ExecutionState state) : Cursor
    {
        /// <summary>What a group costs beside its key.</summary>
        private const long GroupBytes = 64;

        private RowHashTable _table = new(keyTypes);
        private List<GroupState>? _groups;
        private int _next;

        public override bool MoveNext()
        {
            _groups ??= Collect();
            if (_next >= _groups.Count) return false;
            GroupState group = _groups[_next];
            if (keySlots.Length > 0)
            {
                ReadOnlySpan<Datum> key = _table.Key(_next);
                for (int i = 0; i < keySlots.Length; i++) state.Slots[keySlots[i]] = key[i];
            }

            if (group.Carried is not null) carried.Restore(group.Carried, state);
            for (int i = 0; i < calls.Length; i++) state.Slots[calls[i].Slot] = group.Calls[i].Finish();
            _next++;
            return true;
        }

        public override void Reset()
        {
            _groups = null;
            _table = new RowHashTable(keyTypes);
            _next = 0;
            input.Reset();
        }

        public override void Dispose()
        {
            input.Dispose();
            base.Dispose();
        }

        private List<GroupState> Collect()
        {
            Budget budget = state.Context.Budget;
            _table = new RowHashTable(keyTypes) { Budget = budget };
            List<GroupState> groups = [];
            Datum[] key = new Datum[keys.Length];
            if (keys.Length == 0) groups.Add(NewGroup());
            while (input.MoveNext())
            {
                budget.Step();
                int number = 0;
                if (keys.Length > 0)
                {
                    for (int i = 0; i < key.Length; i++) key[i] = keys[i](state);
                    number = _table.FindOrAdd(key, out bool added);
                    if (added) groups.Add(NewGroup());
                }

                GroupState group = groups[number];
                if (group.Carried is null && carried.Width > 0) group.Carried = carried.Save(state);
                foreach (CallState call in group.Calls) call.Accumulate(state);
            }

            return groups;
        }

        private GroupState NewGroup()
        {
            state.Context.Budget.Allocate(GroupBytes + (32 * calls.Length));
            return new GroupState(Array.ConvertAll(calls, call => new CallState(call, state.Context)));
        }

        private sealed class GroupState(CallState[] calls)
        {
            public CallState[] Calls { get; } = calls;

            public Datum[]? Carried { get; set; }
        }
    }

    /// <summary>One aggregate in one group.</summary>
    internal sealed class CallState(AggregateCall call, EvaluationContext context)
    {
        private readonly IAggregateState _state = call.Aggregate.Create(context);
        private readonly RowHashTable? _seen = call.DistinctTypes is null ? null : new RowHashTable(call.DistinctTypes) { Budget = context.Budget };
        private List<SortOperator.SortedRow>? _sorted;

        public void Accumulate(ExecutionState state)
        {
            if (call.Filter is not null && !call.Filter(state)) return;
            Evaluator[] arguments = call.Arguments;
            if (arguments.Length == 1 && _seen is null && call.Order.Length == 0)
            {
                Datum value = arguments[0](state);
                if (!value.IsNull || !call.Aggregate.IgnoresNulls) _state.Accumulate([value]);
                return;
            }

            AccumulateMany(state, arguments);
        }

        public Datum Finish()
        {
            if (_sorted is not null)
            {
                _sorted.Sort(new SortOperator.RowOrder(call.Order));
                foreach (SortOperator.SortedRow row in _sorted) Give(row.Row);
                _sorted = null;
            }

            return _state.Finish();
        }

        private void AccumulateMany(ExecutionState state, Evaluator[] arguments)
        {
            Datum[] values = new Datum[arguments.Length];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = arguments[i](state);
                if (values[i].IsNull && call.Aggregate.IgnoresNulls) return;
            }

            if (call.Order.Length == 0)
            {
                Give(values);
                return;
            }

            Datum[] key = new Datum[call.Order.Length];
            for (int i = 0; i < key.Length; i++) key[i] = call.Order[i].Value(state).Detach();
            for (int i = 0; i < values.Length; i++) values[i] = values[i].Detach();
            _sorted ??= [];
            long bytes = 64 + (32 * (key.Length + values.Length));
            foreach (Datum value in key) bytes += value.RetainedBytes;
            foreach (Datum value in values) bytes += value.RetainedBytes;
            context.Budget.Allocate(bytes);
            _sorted.Add(new SortOperator.SortedRow(key, _sorted.Count, values));
        }

        private void Give(Datum[] values)
        {
            if (_seen is not null)
            {
                _seen.FindOrAdd(values, out bool added);
                if (!added) return;
            }

            _state.Accumulate(values);
        }
    }
}

/// <summary>count(*) of a whole table: the tree knows it.</summary>
public sealed class CountEntriesOperator(ScanTarget target, int[] slots) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new CountCursor(target, slots, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node("Aggregate", this);
        printer.Child(new TableScanOperator(target, null, null, false) { Rows = target.Table.EstimatedRows, Cost = 1 });
    }

    private sealed class CountCursor(ScanTarget target, int[] slots, ExecutionState state) : Cursor
    {
        private bool _done;

        public override bool MoveNext()
        {
            if (_done) return false;
            _done = true;
            Datum count = Datum.FromInt64(state.Context.State.CountEntries(target.Table.Rows));
            foreach (int slot in slots) state.Slots[slot] = count;
            return true;
        }

        public override void Reset() => _done = false;
    }
}
