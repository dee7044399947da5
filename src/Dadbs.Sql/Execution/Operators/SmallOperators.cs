using Dadbs.Sql.Planning;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>One row without columns, or none where a constant condition is false.</summary>
public sealed class OneRowOperator(RowPredicate? condition) : PhysicalOperator
{
    public override Cursor Open(ExecutionState state) => new OneRowCursor(condition, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node("Result", this);
        if (condition is not null && ConditionText is not null) printer.Detail("One-Time Filter", ConditionText);
    }

    public string? ConditionText { get; init; }

    private sealed class OneRowCursor(RowPredicate? condition, ExecutionState state) : Cursor
    {
        private bool _done;

        public override bool MoveNext()
        {
            if (_done) return false;
            _done = true;
            return condition is null || condition(state);
        }

        public override void Reset() => _done = false;
    }
}

/// <summary>Rows that meet a condition which no scan beneath could check.</summary>
public sealed class FilterOperator(PhysicalOperator input, RowPredicate condition, string text) : PhysicalOperator
{
    public override Cursor Open(ExecutionState state) => new FilterCursor(input.Open(state), condition, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node("Filter", this);
        printer.Detail("Filter", text);
        printer.Child(input);
    }

    private sealed class FilterCursor(Cursor input, RowPredicate condition, ExecutionState state) : Cursor
    {
        public override bool MoveNext()
        {
            while (input.MoveNext())
            {
                if (condition(state)) return true;
            }

            return false;
        }

        public override void Reset() => input.Reset();

        public override void Dispose()
        {
            input.Dispose();
            base.Dispose();
        }
    }
}

/// <summary>Computes expressions into slots. It has no line of its own in EXPLAIN: PostgreSQL's nodes project by themselves.</summary>
public sealed class ProjectOperator(PhysicalOperator input, int[] slots, Evaluator[] expressions) : PhysicalOperator
{
    public override Cursor Open(ExecutionState state) => new ProjectCursor(input.Open(state), slots, expressions, state);

    public override void Explain(PlanPrinter printer) => input.Explain(printer);

    private sealed class ProjectCursor(Cursor input, int[] slots, Evaluator[] expressions, ExecutionState state) : Cursor
    {
        public override bool MoveNext()
        {
            if (!input.MoveNext()) return false;
            for (int i = 0; i < slots.Length; i++) state.Slots[slots[i]] = expressions[i](state);
            return true;
        }

        public override void Reset() => input.Reset();

        public override void Dispose()
        {
            input.Dispose();
            base.Dispose();
        }
    }
}

/// <summary>LIMIT and OFFSET. NULL means no limit; negative ones are refused (2201W, 2201X).</summary>
public sealed class LimitOperator(PhysicalOperator input, Evaluator? limit, Evaluator? offset) : PhysicalOperator
{
    public override Cursor Open(ExecutionState state) => new LimitCursor(input.Open(state), limit, offset, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node("Limit", this);
        printer.Child(input);
    }

    /// <summary>LIMIT's value now; null: none.</summary>
    internal static long? LimitOf(Evaluator? limit, ExecutionState state)
    {
        Types.Datum value = limit is null ? default : limit(state);
        if (value.IsNull) return null;
        return value.AsInt64 >= 0 ? value.AsInt64 : throw new SqlException(SqlState.InvalidRowCountInLimitClause, "LIMIT must not be negative");
    }

    internal static long OffsetOf(Evaluator? offset, ExecutionState state)
    {
        Types.Datum value = offset is null ? default : offset(state);
        if (value.IsNull) return 0;
        return value.AsInt64 >= 0 ? value.AsInt64 : throw new SqlException(SqlState.InvalidRowCountInResultOffsetClause, "OFFSET must not be negative");
    }

    private sealed class LimitCursor(Cursor input, Evaluator? limit, Evaluator? offset, ExecutionState state) : Cursor
    {
        private bool _started;
        private long _left;

        public override bool MoveNext()
        {
            if (!_started)
            {
                _started = true;
                long skip = OffsetOf(offset, state);
                _left = LimitOf(limit, state) ?? long.MaxValue;
                if (_left == 0) return false;
                for (; skip > 0; skip--)
                {
                    if (!input.MoveNext())
                    {
                        _left = 0;
                        return false;
                    }
                }
            }

            if (_left == 0) return false;
            _left--;
            return input.MoveNext();
        }

        public override void Reset()
        {
            _started = false;
            input.Reset();
        }

        public override void Dispose()
        {
            input.Dispose();
            base.Dispose();
        }
    }
}
