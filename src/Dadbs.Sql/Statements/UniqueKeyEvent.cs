using Dadbs.Sql.Catalog;
using Dadbs.Sql.Rows;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Statements;

/// <summary>
/// A row was written whose deferrable unique key another row has, too. Passes if by then the row is gone or has another key, or is the only one with it.
/// </summary>
/// <param name="ConstraintOid">The constraint.</param>
/// <param name="IndexOid">Its index.</param>
/// <param name="Entry">The row's entry in it: its key, then the key that the row is stored under.</param>
/// <param name="KeyLength">How much of the entry is the key.</param>
internal sealed record UniqueKeyEvent(uint ConstraintOid, uint IndexOid, byte[] Entry, int KeyLength) : ConstraintEvent(ConstraintOid)
{
    public override long HeldBytes => 96 + Entry.Length;

    public override TableDescriptor? Written(CatalogSnapshot catalog) =>
        catalog.RelationByOid(IndexOid) is IndexDescriptor index ? catalog.RelationByOid(index.TableOid) as TableDescriptor : null;

    public override void Settle(StatementContext context)
    {
        if (Written(context.Descriptors) is not { } table) return;
        var index = (IndexDescriptor)context.Descriptors.RelationByOid(IndexOid)!;
        context.Budget.Step();
        if (!context.State.TryGet(index.Entries, Entry, out ReadOnlyMemory<byte> value)) return;
        if (!HasOther(context.State, index, Entry, KeyLength)) return;
        ReadOnlyMemory<byte> key = IndexKeys.RowKeyOf(index, Entry, value);
        Invariant.Check(context.State.TryGet(table.Rows, key.Span, out ReadOnlyMemory<byte> stored), "an index entry has its row");
        var row = new Datum[table.Columns.Count];
        table.Codec.DecodeAll(stored, new OverflowSource(context.State, table.Overflow, key), row);
        throw RowConstraints.DuplicateKey(table, index, row, context);
    }

    /// <summary>Whether an entry other than this one begins with the same key.</summary>
    public static bool HasOther(IReadView state, IndexDescriptor index, ReadOnlySpan<byte> entry, int keyLength)
    {
        using RangeCursor entries = state.Scan(index.Entries, KeyRange.Prefix(entry[..keyLength]));
        while (entries.MoveNext())
        {
            if (!entries.Key.Span.SequenceEqual(entry)) return true;
        }

        return false;
    }
}
