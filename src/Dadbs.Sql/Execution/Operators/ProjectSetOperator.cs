using Dadbs.Sql.Functions;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>Set-returning functions of a select list: advanced together until the last is exhausted, those that ended give NULL.</summary>
public sealed class ProjectSetOperator(PhysicalOperator input, (FunctionDescriptor Function, Evaluator[] Arguments, int Slot)[] calls) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new SetCursor(input.Open(state), calls, state);

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
