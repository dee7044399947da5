using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>What indexes can do, asked by name (PostgreSQL manual, table 9.74 to 9.76), and the default privileges of objects. A property that nobody knows is NULL.</summary>
internal static class IndexPropertyFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        CatalogFunctions.Add(registry, "pg_indexam_has_property", (_, a) => a[0].AsUInt32 == FunctionRelations.Btree ? MethodProperty(a[1].AsString()) : Datum.Null);
        CatalogFunctions.Add(registry, "pg_index_has_property", (c, a) => IsIndex(c, a[0]) ? IndexProperty(a[1].AsString()) : Datum.Null);
        CatalogFunctions.Add(registry, "pg_index_column_has_property", (c, a) => ColumnProperty(c, a[0].AsUInt32, a[1].AsInt32, a[2].AsString()));
        CatalogFunctions.Add(registry, "acldefault_sql", (c, a) => DefaultPrivileges(c, (char)a[0].AsInt32, a[1].AsUInt32));
    }

    private static Datum MethodProperty(string name) => name switch
    {
        "can_order" or "can_unique" or "can_multi_col" => Datum.True,
        "can_exclude" or "can_include" => Datum.False,
        _ => Datum.Null,
    };

    private static Datum IndexProperty(string name) => name switch
    {
        "index_scan" or "backward_scan" => Datum.True,
        "clusterable" or "bitmap_scan" => Datum.False,
        _ => Datum.Null,
    };

    private static bool IsIndex(EvaluationContext context, Datum oid) => context.Catalog?.IndexDefinition(oid.AsUInt32, 0, true) is not null;

    /// <summary>The order of a column is told by its definition's text: one place knows how it is written.</summary>
    private static Datum ColumnProperty(EvaluationContext context, uint oid, int column, string name)
    {
        if (context.Catalog is not CatalogLookup lookup || lookup.IndexPart(oid, column) is not { } part) return Datum.Null;
        return name switch
        {
            "asc" => Datum.FromBool(!part.Descending),
            "desc" => Datum.FromBool(part.Descending),
            "nulls_first" => Datum.FromBool(part.NullsFirst),
            "nulls_last" => Datum.FromBool(!part.NullsFirst),
            "orderable" or "search_nulls" => Datum.True,
            "distance_orderable" or "returnable" or "search_array" => Datum.False,
            _ => Datum.Null,
        };
    }

    /// <summary>What a NULL access-control list means: everything for the owner, and for PUBLIC what the kind of object gives to all.</summary>
    private static Datum DefaultPrivileges(EvaluationContext context, char kind, uint owner)
    {
        (string Public, string Owner) letters = kind switch
        {
            'c' => ("", ""),
            'r' => ("", "arwdDxt"),
            's' => ("", "rwU"),
            'd' => ("Tc", "CTc"),
            'f' => ("X", "X"),
            'l' => ("U", "U"),
            'L' => ("", "rw"),
            'n' => ("", "UC"),
            'p' => ("", "sA"),
            't' => ("", "C"),
            'T' => ("U", "U"),
            'F' or 'S' => ("", "U"),
            _ => throw new SqlException(SqlState.InvalidParameterValue, $"unrecognized objtype abbreviation: {kind}"),
        };
        var name = context.Catalog?.RoleName(owner) ?? owner.ToString();
        var items = new List<string>(2);
        if (letters.Public.Length > 0) items.Add($"={letters.Public}/{name}");
        if (letters.Owner.Length > 0) items.Add($"{name}={letters.Owner}/{name}");
        return CatalogArrays.Of(SqlTypes.AclItemArray, items);
    }
}
