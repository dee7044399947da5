using Dadbs.Sql.Planning;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>WITH: offers its tables to the scans beneath.</summary>
public sealed class WithOperator(PhysicalOperator input, (string Name, int Number, PhysicalOperator Plan, int[] Slots)[] tables) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state)
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
