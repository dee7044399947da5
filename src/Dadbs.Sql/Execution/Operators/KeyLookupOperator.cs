using Dadbs.Sql.Planning;
using Dadbs.Storage;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>The one row with a given primary key: a single look-up, no range, nothing allocated but the cursor.</summary>
public sealed class KeyLookupOperator(ScanTarget target, ScanKeys keys, string condition) : PhysicalOperator
{
    public override bool IsPoint => true;

    protected override Cursor Begin(ExecutionState state) => new LookupCursor(target, keys, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node($"Index Scan using {keys.Index.Name} on {target.Name}", this);
        printer.Detail("Index Cond", condition);
        if (target.FilterText is { } filter) printer.Detail("Filter", filter);
    }

    private sealed class LookupCursor(ScanTarget target, ScanKeys keys, ExecutionState state) : Cursor
    {
        private bool _done;

        public override bool MoveNext()
        {
            if (_done) return false;
            _done = true;
            state.Context.Budget.Step();
            KeyWriter writer = new(stackalloc byte[256]);
            try
            {
                if (!keys.TryWritePoint(state, ref writer)) return false;
                if (!state.Context.State.TryGet(target.Table.Rows, writer.Written, out ReadOnlyMemory<byte> row)) return false;
                return target.Accept(NeedsKey(row) ? writer.ToArray() : default, row, state);
            }
            finally
            {
                writer.Dispose();
            }
        }

        public override void Reset() => _done = false;

        /// <summary>The key is copied only for who reads it: the target of an UPDATE, or a row with columns in the overflow relation.</summary>
        private bool NeedsKey(ReadOnlyMemory<byte> row) => target.KeySlot >= 0 || target.Table.Codec.HasStubs(row);
    }
}
