using Dadbs.Sql.Planning;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>Computes expressions into slots. It has no line of its own in EXPLAIN: PostgreSQL's nodes project by themselves.</summary>
public sealed class ProjectOperator(PhysicalOperator input, int[] slots, Evaluator[] expressions) : PhysicalOperator
{
    public override bool IsPoint => input.IsPoint;

    protected override Cursor Begin(ExecutionState state) => new ProjectCursor(input.Open(state), slots, expressions, state);

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
