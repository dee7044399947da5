using Dadbs.Sql.Types;

namespace Dadbs.Sql.Catalog;

/// <summary>A column that PostgreSQL gives to every stored relation: it is found by name only, never by <c>*</c>.</summary>
/// <param name="Name">No user column may have it (42701).</param>
/// <param name="Number">pg_attribute.attnum, below 0.</param>
/// <param name="Type">Its type.</param>
internal sealed record SystemColumn(string Name, short Number, SqlType Type);

/// <summary>
/// The system columns. <c>tableoid</c>, <c>xmin</c> and <c>xmax</c> can be read; <c>ctid</c>, <c>cmin</c> and <c>cmax</c> speak of PostgreSQL's heap and
/// command counter, which are not here: they are listed and refused (0A000). A scan fills three slots after its columns. xmax is 0 in every row that can
/// be read: nobody has deleted it; locks leave no trace in rows.
/// </summary>
internal static class SystemColumns
{
    /// <summary>How many slots follow those of a scan's columns.</summary>
    public const int SlotCount = 3;

    /// <summary>xmin of rows that no transaction wrote, those of the catalog's relations: PostgreSQL's FrozenTransactionId.</summary>
    public const uint FrozenXid = 2;

    public static SystemColumn Xmin { get; } = new("xmin", -2, SqlTypes.Xid);

    public static SystemColumn Xmax { get; } = new("xmax", -4, SqlTypes.Xid);

    public static SystemColumn TableOid { get; } = new("tableoid", -6, SqlTypes.Oid);

    /// <summary>Those that can be read, in the order of their slots.</summary>
    public static IReadOnlyList<SystemColumn> Readable { get; } = [Xmin, Xmax, TableOid];

    /// <summary>By descending number, as PostgreSQL numbers them.</summary>
    public static IReadOnlyList<SystemColumn> All { get; } =
        [new("ctid", -1, SqlTypes.Tid), Xmin, new("cmin", -3, SqlTypes.Cid), Xmax, new("cmax", -5, SqlTypes.Cid), TableOid];

    /// <summary>The system column of this name, or null.</summary>
    public static SystemColumn? Find(string name)
    {
        foreach (SystemColumn column in All)
        {
            if (column.Name == name) return column;
        }

        return null;
    }

    /// <summary>Whether a relation has them: what PostgreSQL keeps in a heap, not views and indexes.</summary>
    public static bool Has(RelationDescriptor relation) => relation.Kind is 'r' or 'S';

    /// <summary>Fills the slots that follow a row's columns.</summary>
    public static void Fill(Span<Datum> slots, uint xmin, uint xmax, uint tableOid)
    {
        slots[0] = Datum.FromUInt32(xmin);
        slots[1] = Datum.FromUInt32(xmax);
        slots[2] = Datum.FromUInt32(tableOid);
    }

    /// <summary>0A000 where a definition would change one.</summary>
    public static void RefuseAlter(string column)
    {
        if (Find(column) is not null) throw new SqlException(SqlState.FeatureNotSupported, $"cannot alter system column \"{column}\"");
    }
}
