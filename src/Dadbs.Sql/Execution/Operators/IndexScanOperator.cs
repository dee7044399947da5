using Dadbs.Sql.Planning;
using Dadbs.Sql.Rows;
using Dadbs.Storage;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>A table's rows in the order of a secondary index, within ranges of its keys. Values come from the rows, never from the index (equal keys may hide different values).</summary>
public sealed class IndexScanOperator(ScanTarget target, ScanKeys keys, string? condition, bool descending) : PhysicalOperator
{
    public override bool IsPoint => keys.IsPoint;

    protected override Cursor Begin(ExecutionState state) => new IndexCursor(target, keys, descending, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node($"Index Scan{(descending ? " Backward" : "")} using {keys.Index.Name} on {target.Name}", this);
        if (condition is { Length: > 0 }) printer.Detail("Index Cond", condition);
        if (target.FilterText is { } filter) printer.Detail("Filter", filter);
    }

    private sealed class IndexCursor(ScanTarget target, ScanKeys keys, bool descending, ExecutionState state) : Cursor
    {
        private IReadOnlyList<KeyRange>? _ranges;
        private int _next;
        private RangeCursor? _entries;

        public override bool MoveNext()
        {
            StatementContext context = state.Context;
            while (true)
            {
                if (_entries is null)
                {
                    _ranges ??= keys.Ranges(state);
                    if (_next >= _ranges.Count) return false;
                    KeyRange range = _ranges[descending ? _ranges.Count - 1 - _next : _next];
                    _next++;
                    _entries = context.State.Scan(keys.Index.Entries, range, descending);
                }

                while (_entries.MoveNext())
                {
                    context.Budget.Step();
                    ReadOnlyMemory<byte> key = IndexKeys.RowKeyOf(keys.Index, _entries.Key, _entries.Value);
                    Invariant.Check(context.State.TryGet(target.Table.Rows, key.Span, out ReadOnlyMemory<byte> row), "an index entry has its row");
                    if (target.Accept(key, row, state)) return true;
                }

                _entries.Dispose();
                _entries = null;
            }
        }

        public override void Reset()
        {
            _entries?.Dispose();
            _entries = null;
            _ranges = null;
            _next = 0;
        }

        public override void Dispose()
        {
            _entries?.Dispose();
            base.Dispose();
        }
    }
}
