using Dadbs.Sql.Catalog;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// Tables that LOCK TABLE holds against writers. A lock of one node stops no other; so whatever changes such a table before the transaction's place in the order ends the transaction. Under READ COMMITTED
/// the state beneath the transaction may move on only while they are what they were, so that one height, that of the state, does for all. One thread.
/// </summary>
internal sealed class LockedTables
{
    private readonly List<(uint Oid, string Name, RelationId Rows)> _tables = [];

    public int Count => _tables.Count;

    /// <param name="table">As the state beneath the transaction knows it.</param>
    public void Add(TableDescriptor table)
    {
        if (!_tables.Exists(known => known.Oid == table.Oid)) _tables.Add((table.Oid, table.Name, table.Rows));
    }

    /// <summary>ROLLBACK TO: those locked since are free.</summary>
    public void RollbackTo(int count) => _tables.RemoveRange(count, _tables.Count - count);

    /// <summary>40001 if one of them is another in the newer state.</summary>
    /// <param name="from">The state so far.</param>
    /// <param name="to">The newer one.</param>
    /// <param name="catalog">Its catalog.</param>
    public void RequireUnchanged(Snapshot from, Snapshot to, Func<CatalogSnapshot> catalog)
    {
        foreach ((uint oid, string name, RelationId rows) in _tables)
        {
            if (to.HasSameRelation(rows, from) && catalog().RelationByOid(oid) is TableDescriptor table && table.Rows == rows) continue;
            throw Changed($"Table \"{name}\" has changed although it is locked: on another node.");
        }
    }

    /// <summary>As a body carries them.</summary>
    public IReadOnlyList<FootprintRange> ToRanges() => [.. _tables.Select(table => table.Rows).Order().Select(rows => new FootprintRange(rows.Database, rows.File, null, null))];

    internal static SqlException Changed(string detail) => new(SqlState.SerializationFailure, "could not serialize access due to concurrent update")
    {
        Detail = detail,
        Hint = "The transaction might succeed if retried.",
    };
}
