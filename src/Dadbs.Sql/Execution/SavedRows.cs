using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution;

/// <summary>
/// Copies chosen slots of the frame out and back: how sorts, hash joins and materialised results keep rows. Kept bytes count against the statement's budget.
/// </summary>
internal sealed class SavedRows(int[] slots)
{
    /// <summary>An array's own cost.</summary>
    private const long RowBytes = 40;

    public int Width => slots.Length;

    public Datum[] Save(ExecutionState state)
    {
        Datum[] row = new Datum[slots.Length];
        long bytes = RowBytes;
        for (int i = 0; i < row.Length; i++)
        {
            Datum value = state.Slots[slots[i]].Detach();
            row[i] = value;
            bytes += 16 + value.RetainedBytes;
        }

        state.Context.Budget.Allocate(bytes);
        return row;
    }

    public void Restore(Datum[] row, ExecutionState state)
    {
        Datum[] frame = state.Slots;
        for (int i = 0; i < row.Length; i++) frame[slots[i]] = row[i];
    }

    /// <summary>NULL in every slot: the missing side of an outer join.</summary>
    public void Clear(ExecutionState state)
    {
        foreach (int slot in slots) state.Slots[slot] = default;
    }
}
