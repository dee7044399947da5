using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Types;

namespace Dadbs.Server.SystemViews;

/// <summary>
/// A view of schema <c>dadbs</c>: rows that this node makes from what it knows. Local, so a replicated statement must not read it.
/// </summary>
internal abstract class LocalView : IVirtualRelation
{
    /// <summary>OIDs of these views: below the users', above what initdb gives in PostgreSQL.</summary>
    private const uint FirstOid = 16000;

    private const long PostgresEpochMicros = 946_684_800_000_000;

    protected LocalView(uint number, string name, params (string Name, SqlType Type)[] columns) => Descriptor = new VirtualTableDescriptor
    {
        Oid = FirstOid + number,
        SchemaOid = WellKnownOids.DadbsSchema,
        SchemaName = "dadbs",
        Name = name,
        IsLocal = true,
        Columns = [.. columns.Select((c, i) => new ColumnDescriptor { Number = i + 1, Name = c.Name, Type = new ColumnType(c.Type) })],
    };

    public VirtualTableDescriptor Descriptor { get; }

    public abstract IEnumerable<Datum[]> Rows(EvaluationContext context, CatalogSnapshot catalog);

    /// <summary>A timestamptz from microseconds since 1970; NULL for 0, which stands for never.</summary>
    protected static Datum Timestamp(long unixMicros) => unixMicros == 0 ? Datum.Null : Datum.FromInt64(unixMicros - PostgresEpochMicros);
}
