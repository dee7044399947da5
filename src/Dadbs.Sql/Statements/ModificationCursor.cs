using Dadbs.Sql.Catalog;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>
/// One execution of INSERT, UPDATE or DELETE. All its work is done in the first step; RETURNING's rows are kept and handed out afterwards, so
/// that a client that stops reading changes nothing.
/// </summary>
internal abstract class ModificationCursor : StatementCursor
{
    /// <summary>Null until there is one.</summary>
    private List<Datum[]>? _returned;
    private readonly ReturningList? _returning;
    private bool _done;
    private int _at = -1;

    protected ModificationCursor(StatementContext context, int slotCount, ReturningList? returning)
    {
        _returning = returning;
        State = new ExecutionState(context, slotCount);
    }

    public sealed override ReadOnlySpan<Datum> Current => _returned![_at];

    public sealed override long RowCount => Affected;

    protected ExecutionState State { get; }

    protected StatementContext Context => State.Context;

    /// <summary>Rows written so far.</summary>
    protected long Affected { get; set; }

    public sealed override bool MoveNext()
    {
        if (!_done)
        {
            Run();
            Context.ConstraintEvents?.EndStatement(Context);
            _done = true;
        }

        if (_returned is null || _at + 1 >= _returned.Count) return false;
        _at++;
        return true;
    }

    protected abstract void Run();

    /// <summary>Evaluates RETURNING for a row that was just written or removed.</summary>
    /// <param name="row">The new row; where it was removed, the old one.</param>
    /// <param name="targetBase">The slots that RETURNING reads it from.</param>
    /// <param name="table">Its table.</param>
    /// <param name="xmin">Who wrote it.</param>
    /// <param name="xmax">Who removed it, or locked it to update it (ON CONFLICT, as in PostgreSQL); else 0.</param>
    protected void Return(ReadOnlySpan<Datum> row, int targetBase, TableDescriptor table, uint xmin, uint xmax)
    {
        if (_returning is null) return;
        row.CopyTo(State.Slots.AsSpan(targetBase));
        SystemColumns.Fill(State.Slots.AsSpan(targetBase + row.Length), xmin, xmax, table.Oid);
        var values = new Datum[_returning.Items.Length];
        long bytes = 32 + 16L * values.Length;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = _returning.Items[i](State);
            bytes += values[i].RetainedBytes;
        }

        Context.Budget.Allocate(bytes);
        (_returned ??= []).Add(values);
    }

    protected static long RetainedBytes(ReadOnlySpan<Datum> row)
    {
        long bytes = 40 + 16L * row.Length;
        foreach (Datum value in row) bytes += value.RetainedBytes;
        return bytes;
    }
}
