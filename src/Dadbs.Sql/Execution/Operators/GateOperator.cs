using Dadbs.Sql.Planning;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>A condition that reads nothing of its input: checked once, before the first row.</summary>
public sealed class GateOperator(PhysicalOperator input, RowPredicate condition, string text) : PhysicalOperator
{
    public override bool IsPoint => input.IsPoint;

    protected override Cursor Begin(ExecutionState state) => new GateCursor(input, condition, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node("Result", this);
        printer.Detail("One-Time Filter", text);
        printer.Child(input);
    }

    private sealed class GateCursor(PhysicalOperator input, RowPredicate condition, ExecutionState state) : Cursor
    {
        private Cursor? _input;
        private bool _checked;
        private bool _open;

        public override bool MoveNext()
        {
            if (!_checked)
            {
                _checked = true;
                _open = condition(state);
                if (_open)
                {
                    if (_input is null) _input = input.Open(state);
                    else _input.Reset();
                }
            }

            return _open && _input!.MoveNext();
        }

        public override void Reset() => _checked = false;

        public override void Dispose()
        {
            _input?.Dispose();
            base.Dispose();
        }
    }
}
