using Dadbs.Sql.Catalog;

namespace Dadbs.Sql.Binding;

/// <summary>
/// Gives out slots of a statement's frame. A relation instance takes one contiguous block, a slot a column in the table's order, so that its rows are decoded straight
/// into the frame. Slots are never reused within a statement: a subquery's columns lie beside its outer query's.
/// </summary>
public sealed class SlotAllocator
{
    /// <summary>How many slots the frame needs.</summary>
    public int Count { get; private set; }

    /// <summary>Slots for a row: one a column, then the system columns.</summary>
    internal int AllocateRow(RelationDescriptor relation) => Allocate(relation.Columns.Count + SystemColumns.SlotCount);

    /// <summary>The first of <paramref name="count"/> new adjacent slots.</summary>
    public int Allocate(int count = 1)
    {
        int first = Count;
        Count += count;
        return first;
    }
}
