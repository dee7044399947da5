using System.Globalization;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>The columns of a system relation, read from the exported layouts, and a row in which every column has its empty value.</summary>
internal sealed class RelationLayout
{
    private readonly Dictionary<string, int> _ordinals;

    private RelationLayout(VirtualTableDescriptor descriptor)
    {
        Descriptor = descriptor;
        _ordinals = descriptor.Columns.Select((c, i) => (c.Name, i)).ToDictionary(x => x.Name, x => x.i, StringComparer.Ordinal);
        EmptyRow = [.. descriptor.Columns.Select(c => c.NotNull ? EmptyValue(c.Type.Type) : Datum.Null)];
    }

    public VirtualTableDescriptor Descriptor { get; }

    public Datum[] EmptyRow { get; }

    public int Ordinal(string column) => _ordinals.TryGetValue(column, out var ordinal)
        ? ordinal
        : throw new InvalidOperationException($"{Descriptor.Name} has no column {column}");

    /// <summary>One line of a layout: oid, name, kind, columns.</summary>
    public static RelationLayout Parse(string line, string schema, uint schemaOid, bool isLocal)
    {
        var fields = line.Split('\t');
        var columns = fields[3].Split(' ').Select((text, i) => Column(text, i + 1)).ToArray();
        return new RelationLayout(new VirtualTableDescriptor
        {
            Oid = uint.Parse(fields[0], NumberFormatInfo.InvariantInfo),
            SchemaOid = schemaOid,
            SchemaName = schema,
            Name = fields[1],
            ShownKind = fields[2][0],
            Columns = columns,
            IsLocal = isLocal,
        });
    }

    public static string NameOf(string line) => line.Split('\t', 3)[1];

    private static ColumnDescriptor Column(string text, int number)
    {
        var notNull = text.EndsWith('!');
        if (notNull) text = text[..^1];
        var colon = text.IndexOf(':');
        var type = text[(colon + 1)..];
        var modifier = -1;
        var open = type.IndexOf('(');
        if (open >= 0)
        {
            modifier = int.Parse(type.AsSpan(open + 1, type.Length - open - 2), NumberFormatInfo.InvariantInfo);
            type = type[..open];
        }

        return new ColumnDescriptor { Number = number, Name = text[..colon], Type = new ColumnType(TypeOf(type), modifier), NotNull = notNull };
    }

    /// <summary>The few types that the engine does not have (pg_lsn, inet, statistics) are text here; no row has a value of them.</summary>
    private static SqlType TypeOf(string name) => name == "anyarray" ? SqlTypes.TextArray : SqlTypes.ByName(name) ?? SqlTypes.Text;

    private static Datum EmptyValue(SqlType type)
    {
        if (type.Category == 'A') return CatalogArrays.Empty(type);
        return type.Category == 'S' || type.Oid == SqlTypes.PgNodeTree.Oid ? Datum.FromString("") : Datum.FromInt64(0);
    }
}
