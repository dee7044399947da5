using Dadbs.Sql.Planning;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>Rows that meet a condition which no scan beneath could check.</summary>
public sealed class FilterOperator(PhysicalOperator input, RowPredicate condition, string text) : PhysicalOperator
{
    public override bool IsPoint => input.IsPoint;

    protected override Cursor Begin(ExecutionState state) => new FilterCursor(input.Open(state), condition, state);

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
