using Dadbs.Sql.Types;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>Array values as catalogs hold them: the vector types count from 0, arrays from 1.</summary>
internal static class CatalogArrays
{
    public static Datum Empty(SqlType type) => ArrayValue.Empty(type.ElementType!).ToDatum();

    public static Datum Of(SqlType type, IEnumerable<Datum> elements)
    {
        Datum[] values = [.. elements];
        if (values.Length == 0) return Empty(type);
        var lowerBound = type.Oid == SqlTypes.Int2Vector.Oid || type.Oid == SqlTypes.OidVector.Oid ? 0 : 1;
        return new ArrayValue(type.ElementType!, [values.Length], [lowerBound], values).ToDatum();
    }

    /// <summary>Whole numbers: smallints, integers, oids.</summary>
    public static Datum Of(SqlType type, IEnumerable<long> elements) => Of(type, elements.Select(Datum.FromInt64));

    public static Datum Of(SqlType type, IEnumerable<string> elements) => Of(type, elements.Select(Datum.FromString));
}
