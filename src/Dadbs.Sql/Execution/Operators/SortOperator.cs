using Dadbs.Sql.Functions;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>A compiled sort key.</summary>
public sealed record SortColumn(Evaluator Value, TypeOperations Operations, bool Descending, bool NullsFirst);

/// <summary>
/// Sorts its input in memory; equal keys stay in the order in which they came, so the result is a function of the input. With a limit only the first rows are kept (top-N).
/// </summary>
public sealed class SortOperator(PhysicalOperator input, SortColumn[] keys, int[] slots, string text, Evaluator? limit, Evaluator? offset) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new SortCursor(input.Open(state), keys, new SavedRows(slots), limit, offset, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node("Sort", this);
        printer.Detail("Sort Key", text);
        printer.Child(input);
    }

    /// <summary>A kept row: its key, its place in the input, its slots.</summary>
    internal readonly record struct SortedRow(Datum[] Key, long Ordinal, Datum[] Row);

    internal sealed class RowOrder(SortColumn[] keys) : IComparer<SortedRow>
    {
        public int Compare(SortedRow x, SortedRow y)
        {
            int order = CompareKeys(keys, x.Key, y.Key);
            return order != 0 ? order : x.Ordinal.CompareTo(y.Ordinal);
        }
    }

    internal static int CompareKeys(SortColumn[] keys, Datum[] left, Datum[] right)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            SortColumn key = keys[i];
            Datum a = left[i];
            Datum b = right[i];
            int order;
            if (a.IsNull || b.IsNull)
            {
                if (a.IsNull == b.IsNull) continue;
                order = a.IsNull == key.NullsFirst ? -1 : 1;
            }
            else
            {
                order = key.Operations.Compare(a, b);
                if (key.Descending) order = -order;
            }

            if (order != 0) return order;
        }

        return 0;
    }

    private sealed class SortCursor(Cursor input, SortColumn[] keys, SavedRows saved, Evaluator? limit, Evaluator? offset, ExecutionState state) : Cursor
    {
        private List<SortedRow>? _rows;
        private int _next;

        public override bool MoveNext()
        {
            _rows ??= Collect();
            if (_next >= _rows.Count) return false;
            saved.Restore(_rows[_next++].Row, state);
            return true;
        }

        public override void Reset()
        {
            _rows = null;
            _next = 0;
            input.Reset();
        }

        public override void Dispose()
        {
            input.Dispose();
            base.Dispose();
        }

        private List<SortedRow> Collect()
        {
            long? most = LimitOperator.LimitOf(limit, state);
            if (most is not null) most = Math.Min(long.MaxValue - 1, most.Value) + Math.Min(OffsetOf(), 1L << 40);
            RowOrder order = new(keys);
            List<SortedRow> rows = [];
            if (most == 0) return rows;

            // Twice as many as wanted are gathered before the worse half is dropped: each row is compared O(log) times in all.
            long trimAt = most is { } wanted && wanted < 1_000_000 ? Math.Max(wanted * 2, 64) : long.MaxValue;
            SortedRow worst = default;
            bool hasWorst = false;
            Budget budget = state.Context.Budget;
            for (long ordinal = 0; input.MoveNext(); ordinal++)
            {
                budget.Step();
                Datum[] key = new Datum[keys.Length];
                for (int i = 0; i < key.Length; i++) key[i] = keys[i].Value(state);
                if (hasWorst && CompareKeys(keys, key, worst.Key) >= 0) continue;
                long bytes = 64;
                for (int i = 0; i < key.Length; i++)
                {
                    key[i] = key[i].Detach();
                    bytes += 16 + key[i].RetainedBytes;
                }

                budget.Allocate(bytes);
                rows.Add(new SortedRow(key, ordinal, saved.Save(state)));
                if (rows.Count < trimAt) continue;
                rows.Sort(order);
                rows.RemoveRange((int)most!.Value, rows.Count - (int)most.Value);
                worst = rows[^1];
                hasWorst = true;
            }

            budget.Step(rows.Count);
            rows.Sort(order);
            return rows;
        }

        private long OffsetOf() => LimitOperator.OffsetOf(offset, state);
    }
}
