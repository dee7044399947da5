using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>The rows of a WITH query, computed when the first scan reads them.</summary>
internal sealed class CommonTableRows(PhysicalOperator plan, int[] slots, ExecutionState state)
{
    private readonly SavedRows _saved = new(slots);
    private readonly List<Datum[]> _rows = [];
    private Cursor? _source;
    private bool _ended;

    /// <summary>The n-th row, or null past the end.</summary>
    public Datum[]? Row(int number)
    {
        while (number >= _rows.Count && !_ended)
        {
            _source ??= plan.Open(state);
            if (_source.MoveNext())
            {
                _rows.Add(_saved.Save(state));
                continue;
            }

            _ended = true;
            _source.Dispose();
        }

        return number < _rows.Count ? _rows[number] : null;
    }
}

/// <summary>WITH: offers its tables to the scans beneath.</summary>
public sealed class WithOperator(PhysicalOperator input, (string Name, int Number, PhysicalOperator Plan, int[] Slots)[] tables) : PhysicalOperator
{
    public override Cursor Open(ExecutionState state)
    {
        foreach ((_, int number, PhysicalOperator plan, int[] slots) in tables) state.SetRun(number, new CommonTableRows(plan, slots, state));
        return new WithCursor(this, input.Open(state), state);
    }

    public override void Explain(PlanPrinter printer)
    {
        input.Explain(printer);
        foreach ((string name, _, PhysicalOperator plan, _) in tables) printer.Subplan($"CTE {name}", plan);
    }

    private void Renew(ExecutionState state)
    {
        foreach ((_, int number, PhysicalOperator plan, int[] slots) in tables) state.SetRun(number, new CommonTableRows(plan, slots, state));
    }

    private sealed class WithCursor(WithOperator plan, Cursor input, ExecutionState state) : Cursor
    {
        public override bool MoveNext() => input.MoveNext();

        public override void Reset()
        {
            plan.Renew(state);
            input.Reset();
        }

        public override void Dispose()
        {
            input.Dispose();
            base.Dispose();
        }
    }
}

/// <summary>Reads a WITH query's rows, or a recursive one's working table.</summary>
public sealed class CommonTableScanOperator(string name, string alias, int number, int first) : PhysicalOperator
{
    public override Cursor Open(ExecutionState state) => new ScanCursor(number, first, state);

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

/// <summary>Reads the rows that the last round of a recursive query gave.</summary>
public sealed class WorkingTableScanOperator(string name, int number, int first) : PhysicalOperator
{
    public override Cursor Open(ExecutionState state) => new ScanCursor(number, first, state);

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

/// <summary>The working table of a recursive query (manual 7.8.2.1).</summary>
internal sealed class WorkingTable
{
    public List<Datum[]> Rows { get; set; } = [];
}

/// <summary>WITH RECURSIVE: the first term, then rounds of the recursive one over what the round before gave.</summary>
public sealed class RecursiveUnionOperator(
    PhysicalOperator start, int[] startSlots, PhysicalOperator round, int[] roundSlots, bool isAll, int number, int first, TypeOperations[] types) : PhysicalOperator
{
    public override Cursor Open(ExecutionState state) => new RecursiveCursor(start.Open(state), startSlots, round, roundSlots, isAll, number, first, types, state);

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
