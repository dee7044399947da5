using Dadbs.Sql.Planning;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>LIMIT and OFFSET. NULL means no limit; negative ones are refused (2201W, 2201X).</summary>
public sealed class LimitOperator(PhysicalOperator input, Evaluator? limit, Evaluator? offset) : PhysicalOperator
{
    public override bool IsPoint => input.IsPoint;

    protected override Cursor Begin(ExecutionState state) => new LimitCursor(input.Open(state), limit, offset, state);

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
