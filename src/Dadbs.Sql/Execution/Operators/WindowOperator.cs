using Dadbs.Sql.Binding;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>A compiled window function call: a window function by its name, or an aggregate.</summary>
public sealed record WindowCall(string Name, AggregateDescriptor? Aggregate, Evaluator[] Arguments, int Slot)
{
    public RowPredicate? Filter { get; init; }
}

/// <summary>A compiled frame. Offsets are evaluated once an execution; the conditions tell for RANGE whether another row lies within the offset of the current one.</summary>
public sealed record WindowFrame(
    FrameSyntax? Syntax, Evaluator? StartOffset, Evaluator? EndOffset, RangeSlots? Range, RowPredicate? StartCondition, RowPredicate? EndCondition, SqlType? StartType, SqlType? EndType);

/// <summary>How rows are divided and ordered, and which of them a call sees.</summary>
public sealed record WindowShape(Evaluator[] Partition, TypeOperations[] PartitionTypes, SortColumn[] Order, WindowFrame Frame);

/// <summary>
/// Window functions over an input that is sorted by partition and order: a partition is kept, then each of its rows is given with the calls' values, in that order. So the result is a function
/// of the input. Past the budget 54000.
/// </summary>
public sealed class WindowOperator(PhysicalOperator input, WindowShape shape, WindowCall[] calls, int[] slots) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new WindowCursor(input.Open(state), shape, calls, new SavedRows(slots), state);

    public override void Explain(PlanPrinter printer)
    {
        ArgumentNullException.ThrowIfNull(printer);
        printer.Node("WindowAgg", this);
        printer.Child(input);
    }

    private sealed class WindowCursor(Cursor input, WindowShape shape, WindowCall[] calls, SavedRows saved, ExecutionState state) : Cursor
    {
        private readonly WindowFunctionState[] _functions = [.. calls.Select((call, i) => new WindowFunctionState(call, i, state))];
        private WindowPartition? _partition;
        private WindowFrameReader? _frames;
        private WindowRow? _first;
        private bool _isOpen;
        private int _next;

        public override bool MoveNext()
        {
            if (!_isOpen)
            {
                _isOpen = true;
                _first = ReadRow();
            }

            if (_partition is null || _next >= _partition.Rows.Count)
            {
                if (_first is null) return false;
                _partition = ReadPartition();
                (_frames ??= new WindowFrameReader(shape, state)).Begin(_partition);
                foreach (WindowFunctionState function in _functions) function.Begin(_partition, _frames);
                _next = 0;
            }

            state.Context.Budget.Step();
            WindowRow row = _partition.Rows[_next];
            for (int i = 0; i < calls.Length; i++) row.Results[i] = _functions[i].Value(_next);
            saved.Restore(row.Saved, state);
            for (int i = 0; i < calls.Length; i++) state.Slots[calls[i].Slot] = row.Results[i];
            _next++;
            return true;
        }

        public override void Reset()
        {
            input.Reset();
            (_partition, _first, _isOpen, _next, _frames) = (null, null, false, 0, null);
        }

        public override void Dispose()
        {
            input.Dispose();
            base.Dispose();
        }

        /// <summary>All rows whose partition key equals the first one's; the row after them waits.</summary>
        private WindowPartition ReadPartition()
        {
            var partition = new WindowPartition(shape.Order);
            WindowRow first = _first!;
            do
            {
                partition.Add(_first!);
                _first = ReadRow();
            }
            while (_first is not null && IsSamePartition(first, _first));
            return partition;
        }

        private bool IsSamePartition(WindowRow a, WindowRow b)
        {
            for (int i = 0; i < shape.PartitionTypes.Length; i++)
            {
                if (a.Partition[i].IsNull || b.Partition[i].IsNull)
                {
                    if (a.Partition[i].IsNull != b.Partition[i].IsNull) return false;
                }
                else if (shape.PartitionTypes[i].Compare(a.Partition[i], b.Partition[i]) != 0)
                {
                    return false;
                }
            }

            return true;
        }

        private WindowRow? ReadRow()
        {
            if (!input.MoveNext()) return null;
            var arguments = new Datum[]?[calls.Length];
            for (int i = 0; i < calls.Length; i++)
            {
                // A filtered row has no arguments.
                if (calls[i].Filter is { } filter && !filter(state)) continue;
                arguments[i] = Array.ConvertAll(calls[i].Arguments, argument => argument(state).Detach());
            }

            Datum[] partition = Array.ConvertAll(shape.Partition, key => key(state).Detach());
            Datum[] order = Array.ConvertAll(shape.Order, key => key.Value(state).Detach());
            state.Context.Budget.Allocate(120 + (32 * calls.Length) + RetainedBytes(partition) + RetainedBytes(order) + arguments.Sum(RetainedBytes));
            return new WindowRow(saved.Save(state), partition, order, arguments, new Datum[calls.Length]);
        }

        private static long RetainedBytes(Datum[]? values)
        {
            long bytes = 0;
            foreach (Datum value in values ?? []) bytes += 16 + value.RetainedBytes;
            return bytes;
        }
    }
}

/// <summary>A row of a partition: what is given back, its keys, the arguments of each call (null: filtered out), and the results.</summary>
internal sealed record WindowRow(Datum[] Saved, Datum[] Partition, Datum[] Order, Datum[]?[] Arguments, Datum[] Results);

/// <summary>The rows of a partition and their peer groups: rows that the window's order does not tell apart.</summary>
internal sealed class WindowPartition(SortColumn[] order)
{
    private readonly List<int> _groupStarts = [];
    private readonly List<int> _groupOf = [];

    public List<WindowRow> Rows { get; } = [];

    public int GroupCount => _groupStarts.Count;

    public void Add(WindowRow row)
    {
        if (Rows.Count == 0 || (order.Length > 0 && SortOperator.CompareKeys(order, Rows[^1].Order, row.Order) != 0)) _groupStarts.Add(Rows.Count);
        _groupOf.Add(_groupStarts.Count - 1);
        Rows.Add(row);
    }

    /// <summary>The peer group of a row, from 0.</summary>
    public int GroupOf(int row) => _groupOf[row];

    /// <summary>The first row of a group; past the last group: the number of rows.</summary>
    public int StartOf(int group) => group >= _groupStarts.Count ? Rows.Count : _groupStarts[Math.Max(0, group)];
}
