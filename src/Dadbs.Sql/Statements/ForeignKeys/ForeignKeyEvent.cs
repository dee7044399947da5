using Dadbs.Sql.Catalog;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements.ForeignKeys;

/// <summary>Something that a foreign key has still to look at or to do. Values are detached.</summary>
internal abstract record ForeignKeyEvent(uint ConstraintOid) : ConstraintEvent(ConstraintOid)
{
    public sealed override void Settle(StatementContext context) => ForeignKeyChecks.Settle(this, context);

    public sealed override TableDescriptor? Written(CatalogSnapshot catalog) => catalog.ForeignKeys.Find(ConstraintOid) is not { } constraint ? null
        : this is ReferencingRowEvent ? constraint.Table : constraint.Referenced;

    protected static long BytesOf(Datum[] values)
    {
        long bytes = 0;
        foreach (Datum value in values) bytes += 32 + value.RetainedBytes;
        return bytes;
    }
}

/// <summary>A referencing row was written whose key was not found when it was written. Passes if the row is gone or changed meanwhile.</summary>
/// <param name="ConstraintOid">The constraint.</param>
/// <param name="RowKey">The row's storage key.</param>
/// <param name="Values">Its referencing columns.</param>
internal sealed record ReferencingRowEvent(uint ConstraintOid, byte[] RowKey, Datum[] Values) : ForeignKeyEvent(ConstraintOid)
{
    public override long HeldBytes => 96 + RowKey.Length + BytesOf(Values);
}

/// <summary>A referenced key went away, by DELETE (<see cref="New"/> null) or by UPDATE.</summary>
/// <param name="ConstraintOid">The constraint.</param>
/// <param name="Old">The key that went.</param>
/// <param name="New">The key that the row has now.</param>
internal sealed record ReferencedKeyEvent(uint ConstraintOid, Datum[] Old, Datum[]? New) : ForeignKeyEvent(ConstraintOid)
{
    public override long HeldBytes => 96 + BytesOf(Old) + BytesOf(New ?? []);
}
