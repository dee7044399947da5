using System.Text;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Functions.Catalog;
using Dadbs.Sql.SystemCatalog.Definitions;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>pg_proc, pg_operator, pg_cast, pg_aggregate and the access methods with their operator classes. What has no body here is not listed, but for the types' input and output functions, which pg_type names.</summary>
internal static class FunctionRelations
{
    private const long InternalLanguage = 12;
    public const long Heap = 2;
    public const long Btree = 403;

    public static void AddTo(Dictionary<string, RowSource> sources)
    {
        sources.Add("pg_proc", new RowSource.Fixed(Functions));
        sources.Add("pg_aggregate", new RowSource.Fixed(Aggregates));
        sources.Add("pg_operator", new RowSource.Fixed(Operators));
        sources.Add("pg_cast", new RowSource.Fixed(Casts));
        sources.Add("pg_am", new RowSource.Fixed(AccessMethods));
        sources.Add("pg_opclass", new RowSource.Fixed(OperatorClasses));
        sources.Add("pg_opfamily", new RowSource.Fixed(OperatorFamilies));
        sources.Add("pg_amop", new RowSource.Fixed(AccessOperators));
        sources.Add("pg_language", new RowSource.Fixed(Languages));
    }

    private static long Number(string text) => TypeRelations.Number(text);

    private static IEnumerable<string[]> Lines(ReadOnlySpan<byte> text) => TypeRelations.Lines(Encoding.UTF8.GetString(text));

    private static IEnumerable<long> Oids(string list) => list.Length == 0 ? [] : list.Split(' ').Select(Number);

    private static void Functions(RowBuilder rows)
    {
        var listed = new HashSet<long>();
        foreach (var f in Lines(PgProcRows.Text))
        {
            if (BuiltinFunctions.FunctionByOid((uint)Number(f[0])) is null || !listed.Add(Number(f[0]))) continue;
            Function(rows, f[0], f[1], f[3], f[4], f[6], f[7]).Set("prokind", f[2][0]).Set("proretset", f[5] == "t").Set("provariadic", Number(f[8])).Set("pronargdefaults", Number(f[9]))
                .Set("prosrc", f[13].Length > 0 ? f[13] : f[1]).Set("prolang", Number(f[14])).Set("proleakproof", f[15] == "t").Set("proparallel", f[16][0])
                .SetReal("procost", double.Parse(f[17], System.Globalization.NumberFormatInfo.InvariantInfo)).SetReal("prorows", double.Parse(f[18], System.Globalization.NumberFormatInfo.InvariantInfo));
            if (f[10].Length > 0) rows.SetArray("proallargtypes", Oids(f[10]));
            if (f[11].Length > 0) rows.SetArray("proargmodes", f[11].Select(mode => (long)mode));
            if (f[12].Length > 0) rows.SetArray("proargnames", f[12].Split(' ').Select(name => name == "_" ? "" : name));
        }

        foreach (var f in TypeRelations.Lines(PgTypeFunctionTable.Text))
        {
            if (listed.Add(Number(f[0]))) Function(rows, f[0], f[1], f[2], f[3], f[4], f[5]).Set("prosrc", f[1]).Set("prokind", 'f').Set("prolang", InternalLanguage).Set("proparallel", 's').SetReal("procost", 1);
        }
    }

    private static RowBuilder Function(RowBuilder rows, string oid, string name, string volatility, string isStrict, string result, string arguments) =>
        rows.Row().Set("oid", Number(oid)).Set("proname", name).Set("pronamespace", WellKnownOids.PgCatalogSchema).Set("proowner", WellKnownOids.SuperuserRole)
            .Set("provolatile", volatility[0]).Set("proisstrict", isStrict == "t").Set("prorettype", Number(result)).Set("pronargs", Oids(arguments).Count()).SetArray("proargtypes", Oids(arguments));

    private static void Aggregates(RowBuilder rows)
    {
        foreach (var f in Lines(PgAggregateRows.Text))
        {
            if (BuiltinFunctions.FunctionByOid((uint)Number(f[0])) is null) continue;
            rows.Row().Set("aggfnoid", Number(f[0])).Set("aggkind", f[1][0]).Set("aggnumdirectargs", Number(f[2])).Set("aggsortop", Number(f[5])).Set("aggtranstype", Number(f[6]))
                .Set("aggfinalmodify", 'r').Set("aggmfinalmodify", 'r').Set("agginitval", f[7].Length == 0 ? null : f[7]);
        }
    }

    private static void Operators(RowBuilder rows)
    {
        foreach (var f in Lines(PgOperatorRows.Text))
        {
            if (BuiltinFunctions.OperatorByOid((uint)Number(f[0])) is null) continue;
            rows.Row().Set("oid", Number(f[0])).Set("oprname", f[1]).Set("oprnamespace", WellKnownOids.PgCatalogSchema).Set("oprowner", WellKnownOids.SuperuserRole).Set("oprkind", f[2][0])
                .Set("oprcanmerge", f[3] == "t").Set("oprcanhash", f[4] == "t").Set("oprleft", Number(f[5])).Set("oprright", Number(f[6])).Set("oprresult", Number(f[7]))
                .Set("oprcom", Number(f[8])).Set("oprnegate", Number(f[9])).Set("oprcode", Number(f[10]));
        }
    }

    private static void Casts(RowBuilder rows)
    {
        var known = BuiltinFunctions.AllCasts.Select(c => c.Oid).ToHashSet();
        foreach (var f in Lines(PgCastRows.Text))
        {
            if (!known.Contains((uint)Number(f[0]))) continue;
            rows.Row().Set("oid", Number(f[0])).Set("castsource", Number(f[1])).Set("casttarget", Number(f[2])).Set("castfunc", Number(f[3])).Set("castcontext", f[4][0]).Set("castmethod", f[5][0]);
        }
    }

    private static void AccessMethods(RowBuilder rows)
    {
        rows.Row().Set("oid", Heap).Set("amname", "heap").Set("amhandler", 3).Set("amtype", 't');
        rows.Row().Set("oid", Btree).Set("amname", "btree").Set("amhandler", 330).Set("amtype", 'i');
    }

    private static void OperatorClasses(RowBuilder rows)
    {
        foreach (var f in TypeRelations.Lines(PgOperatorClassTable.Text))
        {
            rows.Row().Set("oid", Number(f[0])).Set("opcmethod", Number(f[1])).Set("opcname", f[2]).Set("opcnamespace", WellKnownOids.PgCatalogSchema).Set("opcowner", WellKnownOids.SuperuserRole)
                .Set("opcfamily", Number(f[3])).Set("opcintype", Number(f[4])).Set("opcdefault", f[5] == "t").Set("opckeytype", Number(f[6]));
        }
    }

    private static readonly Dictionary<long, long> DefaultClasses = TypeRelations.Lines(PgOperatorClassTable.Text)
        .Where(f => Number(f[1]) == Btree && f[5] == "t").ToDictionary(f => Number(f[4]), f => Number(f[0]));

    /// <summary>The btree operator class that an index column of a type has: its own, or that of the type it is compared as.</summary>
    public static long DefaultOperatorClass(uint typeOid) => DefaultClasses.GetValueOrDefault(typeOid, DefaultClasses.GetValueOrDefault(typeOid is 1043 ? 25 : 26));

    private static void OperatorFamilies(RowBuilder rows)
    {
        foreach (var f in TypeRelations.Lines(PgOperatorFamilyTable.Text))
        {
            rows.Row().Set("oid", Number(f[0])).Set("opfmethod", Number(f[1])).Set("opfname", f[2]).Set("opfnamespace", WellKnownOids.PgCatalogSchema).Set("opfowner", WellKnownOids.SuperuserRole);
        }
    }

    private static void AccessOperators(RowBuilder rows)
    {
        foreach (var f in TypeRelations.Lines(PgAccessOperatorTable.Text))
        {
            rows.Row().Set("oid", Number(f[0])).Set("amopfamily", Number(f[1])).Set("amoplefttype", Number(f[2])).Set("amoprighttype", Number(f[3])).Set("amopstrategy", Number(f[4]))
                .Set("amoppurpose", f[5][0]).Set("amopopr", Number(f[6])).Set("amopmethod", Number(f[7]));
        }
    }

    private static void Languages(RowBuilder rows)
    {
        (long Oid, string Name, bool Trusted)[] languages = [(InternalLanguage, "internal", false), (13, "c", false), (14, "sql", true)];
        foreach (var (oid, name, trusted) in languages)
        {
            rows.Row().Set("oid", oid).Set("lanname", name).Set("lanowner", WellKnownOids.SuperuserRole).Set("lanpltrusted", trusted);
        }
    }
}
