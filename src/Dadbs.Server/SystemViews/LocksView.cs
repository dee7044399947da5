using Dadbs.Server.Locks;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Types;

namespace Dadbs.Server.SystemViews;

/// <summary>
/// pg_locks: this node's lock table as PostgreSQL shows its own. Relations by mode; every transaction holds itself; who waits for a row waits for the
/// transaction that holds it. Rows that are locked and not waited for are not listed, there as here.
/// </summary>
internal sealed class LocksView(LockTable locks) : IVirtualRelation
{
    /// <summary>PostgreSQL 15's.</summary>
    private const uint Oid = 12073;

    private const long UnixToPostgresTicks = 946_684_800L * TimeSpan.TicksPerSecond;

    private static readonly (string Name, SqlType Type)[] Columns =
    [
        ("locktype", SqlTypes.Text), ("database", SqlTypes.Oid), ("relation", SqlTypes.Oid), ("page", SqlTypes.Integer), ("tuple", SqlTypes.SmallInt),
        ("virtualxid", SqlTypes.Text), ("transactionid", SqlTypes.Xid), ("classid", SqlTypes.Oid), ("objid", SqlTypes.Oid), ("objsubid", SqlTypes.SmallInt),
        ("virtualtransaction", SqlTypes.Text), ("pid", SqlTypes.Integer), ("mode", SqlTypes.Text), ("granted", SqlTypes.Boolean), ("fastpath", SqlTypes.Boolean),
        ("waitstart", SqlTypes.TimestampTz),
    ];

    public VirtualTableDescriptor Descriptor { get; } = new()
    {
        Oid = Oid,
        SchemaOid = WellKnownOids.PgCatalogSchema,
        SchemaName = "pg_catalog",
        Name = "pg_locks",
        IsLocal = true,
        Columns = [.. Columns.Select((c, i) => new ColumnDescriptor { Number = i + 1, Name = c.Name, Type = new ColumnType(c.Type) })],
    };

    public IEnumerable<Datum[]> Rows(EvaluationContext context, CatalogSnapshot catalog)
    {
        foreach (LockLine line in locks.Lines())
        {
            var row = new Datum[Columns.Length];
            LockOwner waiter = line.Waiter ?? line.Owner;
            if (line.Name is { } name)
            {
                row[0] = Datum.FromString("relation");
                row[1] = Datum.FromUInt32(name.Relation.Database);
                row[2] = Datum.FromUInt32(name.Relation.File);
            }
            else
            {
                row[0] = Datum.FromString("transactionid");
                row[6] = Datum.FromUInt32(line.Owner.TransactionNumber);
            }

            row[10] = Datum.FromString($"{waiter.ProcessId}/{waiter.TransactionNumber}");
            row[11] = Datum.FromInt32(waiter.ProcessId);
            row[12] = Datum.FromString(line.Mode);
            row[13] = Datum.FromBool(line.IsGranted);
            row[14] = Datum.FromBool(false);
            if (line.SinceTimestamp > 0) row[15] = Datum.FromInt64((line.SinceTimestamp - DateTimeOffset.UnixEpoch.Ticks - UnixToPostgresTicks) / TimeSpan.TicksPerMicrosecond);
            yield return row;
        }
    }
}
