using Dadbs.Sql.Catalog;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Rows;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>What every scan of a stored table has: where its columns go, which are decoded, and the condition checked before a row is passed on.</summary>
public sealed record ScanTarget(TableDescriptor Table, string Alias, int Base, int KeySlot, ColumnMask Mask, RowPredicate? Filter)
{
    /// <summary>The first of the slots for system columns; −1 where none is read.</summary>
    public int SystemBase { get; init; } = -1;

    /// <summary>The filter as text, for EXPLAIN.</summary>
    public string? FilterText { get; init; }

    public string Name => Alias == Table.Name ? Table.Name : $"{Table.Name} {Alias}";

    /// <summary>Decodes a row into the frame; false where the filter drops it.</summary>
    internal bool Accept(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> row, ExecutionState state)
    {
        Table.Codec.Decode(row, Mask, new OverflowSource(state.Context.State, Table.Overflow, key), state.Slots.AsSpan(Base));
        if (KeySlot >= 0) state.Slots[KeySlot] = KeyDatum(key);
        if (SystemBase >= 0) SystemColumns.Fill(state.Slots.AsSpan(SystemBase), RowCodec.XminOf(row), 0, Table.Oid);
        return Filter is null || Filter(state);
    }

    private static Datum KeyDatum(ReadOnlyMemory<byte> key) => Datum.FromBytes(key.ToArray());
}

/// <summary>A table's rows in key order, all of them or those in ranges of the primary key, forwards or backwards.</summary>
public sealed class TableScanOperator(ScanTarget target, ScanKeys? keys, string? condition, bool descending) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new ScanCursor(target, keys, descending, state);

    public override void Explain(PlanPrinter printer)
    {
        bool indexed = keys is not null;
        string direction = descending ? " Backward" : "";
        printer.Node(indexed ? $"Index Scan{direction} using {keys!.Index.Name} on {target.Name}" : $"Seq Scan on {target.Name}", this);
        if (condition is { Length: > 0 }) printer.Detail("Index Cond", condition);
        if (target.FilterText is { } filter) printer.Detail("Filter", filter);
    }

    private sealed class ScanCursor(ScanTarget target, ScanKeys? keys, bool descending, ExecutionState state) : Cursor
    {
        private IReadOnlyList<KeyRange>? _ranges;
        private int _next;
        private RangeCursor? _entries;

        public override bool MoveNext()
        {
            StatementContext context = state.Context;
            while (true)
            {
                if (_entries is null && !OpenNextRange()) return false;
                while (_entries!.MoveNext())
                {
                    context.Budget.Step();
                    if (target.Accept(_entries.Key, _entries.Value, state)) return true;
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

        private bool OpenNextRange()
        {
            if (keys is null)
            {
                if (_next++ > 0) return false;
                _entries = state.Context.State.Scan(target.Table.Rows, KeyRange.All, descending);
                return true;
            }

            _ranges ??= keys.Ranges(state);
            if (_next >= _ranges.Count) return false;
            KeyRange range = _ranges[descending ? _ranges.Count - 1 - _next : _next];
            _next++;
            _entries = state.Context.State.Scan(target.Table.Rows, range, descending);
            return true;
        }
    }
}
