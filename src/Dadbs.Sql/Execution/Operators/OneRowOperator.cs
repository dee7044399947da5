using Dadbs.Sql.Planning;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>One row without columns, or none where a constant condition is false.</summary>
public sealed class OneRowOperator(RowPredicate? condition) : PhysicalOperator
{
    public override bool IsPoint => true;

    protected override Cursor Begin(ExecutionState state) => new OneRowCursor(condition, state);

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
