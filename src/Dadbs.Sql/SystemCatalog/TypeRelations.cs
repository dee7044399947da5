using System.Globalization;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.SystemCatalog.Definitions;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>pg_type and pg_range: the built-in types with PostgreSQL's OIDs. Drivers load them all, the ones without operations here too.</summary>
internal static class TypeRelations
{
    public static void AddTo(Dictionary<string, RowSource> sources)
    {
        sources.Add("pg_type", new RowSource.Fixed(Types));
        sources.Add("pg_range", new RowSource.Fixed(Ranges));
        sources.Add("pg_collation", new RowSource.Fixed(Collations));
    }

    public static IEnumerable<string[]> Lines(string text) => text.Split('\n').Select(line => line.Split('\t'));

    public static long Number(string text) => long.Parse(text, NumberFormatInfo.InvariantInfo);

    /// <summary>Every type that PostgreSQL has built in, known to the engine or not.</summary>
    public static IReadOnlySet<string> Names { get; } = Lines(PgTypeTable.Text).Select(f => f[1]).ToHashSet(StringComparer.Ordinal);

    private static void Types(RowBuilder rows)
    {
        foreach (var f in Lines(PgTypeTable.Text))
        {
            rows.Row().Set("oid", Number(f[0])).Set("typname", f[1]).Set("typnamespace", WellKnownOids.PgCatalogSchema).Set("typowner", WellKnownOids.SuperuserRole)
                .Set("typlen", Number(f[2])).Set("typbyval", f[3] == "t").Set("typtype", f[4][0]).Set("typcategory", f[5][0]).Set("typispreferred", f[6] == "t")
                .Set("typisdefined", true).Set("typdelim", f[7][0]).Set("typsubscript", Number(f[8])).Set("typelem", Number(f[9])).Set("typarray", Number(f[10]))
                .Set("typinput", Number(f[11])).Set("typoutput", Number(f[12])).Set("typreceive", Number(f[13])).Set("typsend", Number(f[14]))
                .Set("typmodin", Number(f[15])).Set("typmodout", Number(f[16])).Set("typalign", f[17][0]).Set("typstorage", f[18][0])
                .Set("typtypmod", -1).Set("typndims", Number(f[19])).Set("typcollation", Number(f[20]));
        }
    }

    private static void Ranges(RowBuilder rows)
    {
        foreach (var f in Lines(PgRangeTable.Text))
        {
            rows.Row().Set("rngtypid", Number(f[0])).Set("rngsubtype", Number(f[1])).Set("rngmultitypid", Number(f[2])).Set("rngcollation", Number(f[3]))
                .Set("rngsubopc", Number(f[4])).Set("rngcanonical", Number(f[5])).Set("rngsubdiff", Number(f[6]));
        }
    }

    /// <summary>Text sorts by its bytes: "default" is the collation "C" here.</summary>
    private static void Collations(RowBuilder rows)
    {
        (long Oid, string Name, char Provider, string? Locale)[] collations = [(100, "default", 'd', null), (950, "C", 'c', "C"), (951, "POSIX", 'c', "POSIX")];
        foreach (var (oid, name, provider, locale) in collations)
        {
            rows.Row().Set("oid", oid).Set("collname", name).Set("collnamespace", WellKnownOids.PgCatalogSchema).Set("collowner", WellKnownOids.SuperuserRole)
                .Set("collprovider", provider).Set("collisdeterministic", true).Set("collencoding", -1).Set("collcollate", locale).Set("collctype", locale);
        }
    }
}
