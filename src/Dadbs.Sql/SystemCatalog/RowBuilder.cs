using Dadbs.Sql.Types;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>Collects the rows of one system relation. Columns are named as PostgreSQL names them; those not set keep their empty value, NULL where it is allowed.</summary>
internal sealed class RowBuilder(RelationLayout layout)
{
    private readonly List<Datum[]> _rows = [];
    private Datum[] _row = [];

    public Datum[][] Rows => [.. _rows];

    public RowBuilder Row()
    {
        _row = [.. layout.EmptyRow];
        _rows.Add(_row);
        return this;
    }

    public RowBuilder Set(string column, Datum value)
    {
        _row[layout.Ordinal(column)] = value;
        return this;
    }

    /// <summary>Integers of any width, oids and reg* types.</summary>
    public RowBuilder Set(string column, long value) => Set(column, Datum.FromInt64(value));

    public RowBuilder Set(string column, string? value) => Set(column, value is null ? Datum.Null : Datum.FromString(value));

    public RowBuilder Set(string column, bool value) => Set(column, Datum.FromBool(value));

    /// <summary>The one-byte type "char".</summary>
    public RowBuilder Set(string column, char value) => Set(column, Datum.FromInt64(value));

    public RowBuilder SetReal(string column, double value) => Set(column, Datum.FromSingle((float)value));

    /// <summary>information_schema's yes_or_no.</summary>
    public RowBuilder SetYesNo(string column, bool value) => Set(column, value ? "YES" : "NO");

    public RowBuilder SetArray(string column, IEnumerable<long> values) => Set(column, CatalogArrays.Of(TypeOf(column), values));

    public RowBuilder SetArray(string column, IEnumerable<string> values) => Set(column, CatalogArrays.Of(TypeOf(column), values));

    private SqlType TypeOf(string column) => layout.Descriptor.Columns[layout.Ordinal(column)].Type.Type;
}
