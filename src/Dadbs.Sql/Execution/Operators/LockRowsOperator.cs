using Dadbs.Sql.Planning;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Transactions;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>
/// FOR UPDATE and its like: locks the rows that pass, table by table, and drops those that SKIP LOCKED does not want to wait for. A row that changed
/// while it was waited for is not read again in here: the whole statement runs again (<see cref="LockWaitNeededException"/>). In a replay
/// nothing is locked; where the session's choice was captured, exactly the chosen rows pass.
/// </summary>
public sealed class LockRowsOperator(PhysicalOperator input, LockedTable[] tables) : PhysicalOperator
{
    public override bool IsPoint => input.IsPoint;

    protected override Cursor Begin(ExecutionState state) => new LockRowsCursor(input.Open(state), tables, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node("LockRows", this);
        printer.Child(input);
    }

    private sealed class LockRowsCursor(Cursor input, LockedTable[] tables, ExecutionState state) : Cursor
    {
        private readonly KeyCapture? _capture = state.Context.KeyCapture;
        private readonly HashSet<string>?[] _chosen = new HashSet<string>?[tables.Length];

        public override bool MoveNext()
        {
            while (input.MoveNext())
            {
                state.Context.Budget.Step();
                if (Locks()) return true;
            }

            return false;
        }

        public override void Reset() => input.Reset();

        public override void Dispose()
        {
            input.Dispose();
            base.Dispose();
        }

        private bool Locks()
        {
            for (int i = 0; i < tables.Length; i++)
            {
                if (state.Slots[tables[i].KeySlot] is { IsNull: false } key && !Lock(i, key.AsBytesSpan)) return false;
            }

            foreach (LockedTable table in tables) Note(table, state.Slots[table.KeySlot].AsBytesSpan);
            return true;
        }

        private bool Lock(int index, ReadOnlySpan<byte> key)
        {
            LockedTable table = tables[index];
            if (_capture is { IsReplay: true } && table.IsChoice) return Chosen(index).Contains(Convert.ToBase64String(key));
            return state.Context.Locks.TryLock(table.Table, table.Table.Rows, key, table.Strength, table.Wait);
        }

        private HashSet<string> Chosen(int index)
        {
            if (_chosen[index] is { } known) return known;
            LockedTable table = tables[index];
            _capture!.TryGetChosen(table.Place, table.Table.Rows, out IReadOnlyList<byte[]> keys);
            return _chosen[index] = new HashSet<string>(keys.Select(key => Convert.ToBase64String(key)), StringComparer.Ordinal);
        }

        private void Note(LockedTable table, ReadOnlySpan<byte> key)
        {
            if (state.Context.Assertions is { } assertions && state.Context.State.TryGet(table.Table.Rows, key, out ReadOnlyMemory<byte> image))
                assertions.Add(table.Table.Rows, key, image.Span);
            if (_capture is not { IsReplay: false } || !table.IsChoice) return;
            List<byte[]> keys = _capture.Record(table.Place, table.Table.Rows);
            if (keys.Count >= TransactionLimits.CapturedKeysMax)
                throw new SqlException(SqlState.ProgramLimitExceeded, $"a statement cannot choose more than {TransactionLimits.CapturedKeysMax} rows");
            keys.Add(key.ToArray());
        }
    }
}
