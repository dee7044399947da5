using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>VALUES.</summary>
public sealed class ValuesOperator(Evaluator[][] rows, int first) : PhysicalOperator
{
    public int RowCount => rows.Length;

    public override Cursor Open(ExecutionState state) => new ValuesCursor(rows, first, state);

    public override void Explain(PlanPrinter printer) => printer.Node(rows.Length == 1 ? "Result" : "Values Scan on \"*VALUES*\"", this);

    private sealed class ValuesCursor(Evaluator[][] rows, int first, ExecutionState state) : Cursor
    {
        private int _next;

        public override bool MoveNext()
        {
            if (_next >= rows.Length) return false;
            Evaluator[] row = rows[_next++];
            for (int i = 0; i < row.Length; i++) state.Slots[first + i] = row[i](state);
            return true;
        }

        public override void Reset() => _next = 0;
    }
}

/// <summary>The rows of a virtual relation: the columns that are read, those rows that meet the condition.</summary>
public sealed class VirtualScanOperator(VirtualTableDescriptor table, string alias, int first, int[] columns, RowPredicate? filter, string? filterText) : PhysicalOperator
{
    public override Cursor Open(ExecutionState state) => new VirtualCursor(table, first, columns, filter, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node($"Seq Scan on {(alias == table.Name ? table.Name : $"{table.Name} {alias}")}", this);
        if (filterText is not null) printer.Detail("Filter", filterText);
    }

    private sealed class VirtualCursor(VirtualTableDescriptor table, int first, int[] columns, RowPredicate? filter, ExecutionState state) : Cursor
    {
        private IEnumerator<Datum[]>? _rows;

        public override bool MoveNext()
        {
            _rows ??= Relation().Rows(state.Context, state.Context.Descriptors).GetEnumerator();
            while (_rows.MoveNext())
            {
                state.Context.Budget.Step();
                Datum[] row = _rows.Current;
                foreach (int column in columns) state.Slots[first + column] = row[column];
                if (filter is null || filter(state)) return true;
            }

            return false;
        }

        public override void Reset()
        {
            _rows?.Dispose();
            _rows = null;
        }

        public override void Dispose()
        {
            _rows?.Dispose();
            base.Dispose();
        }

        private IVirtualRelation Relation()
        {
            if (table.IsLocal && state.Context.IsReplicated)
            {
                throw new SqlException(SqlState.FeatureNotSupported, $"relation \"{table.Name}\" is local to a node and cannot be read in a replicated statement");
            }

            if (state.Context.Descriptors.RelationByOid(table.Oid) is SequenceDescriptor sequence) return new SequenceRow(table, sequence, state.Context.State);
            return state.Context.VirtualRelations?.Invoke(table.Oid)
                ?? throw new SqlException(SqlState.FeatureNotSupported, $"relation \"{table.SchemaName}.{table.Name}\" is not available here");
        }
    }
}

/// <summary>A set-returning function in FROM; without one, a value as a table of one row.</summary>
public sealed class FunctionScanOperator(FunctionDescriptor? function, Evaluator value, Evaluator[] arguments, int first, int width, bool withOrdinality, string name, string alias) : PhysicalOperator
{
    public override Cursor Open(ExecutionState state) => new FunctionCursor(function, value, arguments, first, width, withOrdinality, state);

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

/// <summary>Set-returning functions of a select list: advanced together until the last is exhausted, those that ended give NULL.</summary>
public sealed class ProjectSetOperator(PhysicalOperator input, (FunctionDescriptor Function, Evaluator[] Arguments, int Slot)[] calls) : PhysicalOperator
{
    public override Cursor Open(ExecutionState state) => new SetCursor(input.Open(state), calls, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node("ProjectSet", this);
        printer.Child(input);
    }

    private sealed class SetCursor(Cursor input, (FunctionDescriptor Function, Evaluator[] Arguments, int Slot)[] calls, ExecutionState state) : Cursor
    {
        private readonly IEnumerator<Datum>?[] _running = new IEnumerator<Datum>?[calls.Length];
        private bool _inside;

        public override bool MoveNext()
        {
            while (true)
            {
                if (!_inside)
                {
                    if (!input.MoveNext()) return false;
                    for (int i = 0; i < calls.Length; i++) _running[i] = SetFunctions.Call(calls[i].Function, calls[i].Arguments, state).GetEnumerator();
                    _inside = true;
                }

                if (Advance()) return true;
                _inside = false;
            }
        }

        public override void Reset()
        {
            input.Reset();
            _inside = false;
        }

        public override void Dispose()
        {
            input.Dispose();
            base.Dispose();
        }

        private bool Advance()
        {
            state.Context.Budget.Step();
            bool any = false;
            for (int i = 0; i < calls.Length; i++)
            {
                bool has = _running[i]?.MoveNext() ?? false;
                state.Slots[calls[i].Slot] = has ? _running[i]!.Current : default;
                if (!has) _running[i] = null;
                any |= has;
            }

            return any;
        }
    }
}

/// <summary>Starts set-returning functions.</summary>
internal static class SetFunctions
{
    public static IEnumerable<Datum> Call(FunctionDescriptor function, Evaluator[] arguments, ExecutionState state)
    {
        Datum[] values = new Datum[arguments.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i](state).Detach();
            if (values[i].IsNull && function.IsStrict) return [];
        }

        return function.SetBody!(state.Context, values);
    }
}
