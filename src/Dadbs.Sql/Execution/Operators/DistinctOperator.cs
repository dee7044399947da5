using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>DISTINCT and DISTINCT ON: the first row of every combination of keys, in input order.</summary>
public sealed class DistinctOperator(PhysicalOperator input, Evaluator[] keys, TypeOperations[] types, string text, bool isOn) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new DistinctCursor(input.Open(state), keys, types, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node(isOn ? "Unique" : "HashAggregate", this);
        if (!isOn) printer.Detail("Group Key", text);
        printer.Child(input);
    }

    private sealed class DistinctCursor(Cursor input, Evaluator[] keys, TypeOperations[] types, ExecutionState state) : Cursor
    {
        private readonly Datum[] _key = new Datum[keys.Length];
        private RowHashTable _seen = new(types) { Budget = state.Context.Budget };

        public override bool MoveNext()
        {
            while (input.MoveNext())
            {
                state.Context.Budget.Step();
                for (int i = 0; i < keys.Length; i++) _key[i] = keys[i](state);
                _seen.FindOrAdd(_key, out bool added);
                if (added) return true;
            }

            return false;
        }

        public override void Reset()
        {
            _seen = new RowHashTable(types) { Budget = state.Context.Budget };
            input.Reset();
        }

        public override void Dispose()
        {
            input.Dispose();
            base.Dispose();
        }
    }
}
