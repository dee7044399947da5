using System.Globalization;
using System.Text;
using Dadbs.Sql.Functions.Catalog;

namespace Dadbs.Sql.Types;

/// <summary>The built-in types, with PostgreSQL's OIDs. Rows come from <see cref="PgTypeRows"/>; a type is here when its operations are.</summary>
public static class SqlTypes
{
    private static readonly Dictionary<uint, SqlType> TypesByOid = [];
    private static readonly Dictionary<string, SqlType> TypesByName = new(StringComparer.Ordinal);
    private static readonly Dictionary<uint, string[]> Rows = ReadRows();

    public static readonly SqlType Boolean = Define(16, BooleanOperations.Instance);
    public static readonly SqlType Bytea = Define(17, ByteaOperations.Instance);
    public static readonly SqlType InternalChar = Define(18, InternalCharOperations.Instance);
    public static readonly SqlType Name = Define(19, NameOperations.Instance);
    public static readonly SqlType BigInt = Define(20, BigIntOperations.Instance);
    public static readonly SqlType SmallInt = Define(21, SmallIntOperations.Instance);
    public static readonly SqlType Int2Vector = Define(22, new VectorOperations(SmallInt));
    public static readonly SqlType Integer = Define(23, IntegerOperations.Instance);
    public static readonly SqlType Regproc = Define(24, RegprocOperations.Instance);
    public static readonly SqlType Text = Define(25, TextOperations.Instance);
    public static readonly SqlType Oid = Define(26, OidOperations.Instance);
    public static readonly SqlType Tid = Define(27, TidOperations.Instance);
    public static readonly SqlType Xid = Define(28, OidOperations.Xid);
    public static readonly SqlType Cid = Define(29, OidOperations.Cid);
    public static readonly SqlType OidVector = Define(30, new VectorOperations(Oid));
    public static readonly SqlType Json = Define(114, PseudoOperations.Instance);
    public static readonly SqlType PgNodeTree = Define(194, TextOperations.Instance);
    public static readonly SqlType Real = Define(700, RealOperations.Instance);
    public static readonly SqlType Double = Define(701, DoubleOperations.Instance);
    public static readonly SqlType Unknown = Define(705, TextOperations.Instance);
    public static readonly SqlType AclItem = Define(1033, TextOperations.Instance);
    public static readonly SqlType Char = Define(1042, CharOperations.Instance);
    public static readonly SqlType VarChar = Define(1043, VarCharOperations.Instance);
    public static readonly SqlType Date = Define(1082, DateOperations.Instance);
    public static readonly SqlType Time = Define(1083, TimeOperations.Instance);
    public static readonly SqlType Timestamp = Define(1114, TimestampOperations.Instance);
    public static readonly SqlType TimestampTz = Define(1184, TimestampTzOperations.Instance);
    public static readonly SqlType Interval = Define(1186, IntervalOperations.Instance);
    public static readonly SqlType TimeTz = Define(1266, TimeTzOperations.Instance);
    public static readonly SqlType Numeric = Define(1700, NumericOperations.Instance);
    public static readonly SqlType Regprocedure = Define(2202, RegprocedureOperations.Instance);
    public static readonly SqlType Regclass = Define(2205, RegclassOperations.Instance);
    public static readonly SqlType Regtype = Define(2206, RegtypeOperations.Instance);
    public static readonly SqlType Uuid = Define(2950, UuidOperations.Instance);
    public static readonly SqlType Jsonb = Define(3802, PseudoOperations.Instance);
    public static readonly SqlType Regnamespace = Define(4089, RegnamespaceOperations.Instance);
    public static readonly SqlType Regrole = Define(4096, RegroleOperations.Instance);
    public static readonly SqlType Xid8 = Define(5069, Xid8Operations.Instance);

    public static readonly SqlType Record = Define(2249, RecordOperations.Instance);
    public static readonly SqlType CString = Define(2275, TextOperations.Instance);
    public static readonly SqlType Any = Define(2276, PseudoOperations.Instance);
    public static readonly SqlType AnyArray = Define(2277, PseudoOperations.Instance);
    public static readonly SqlType Void = Define(2278, PseudoOperations.Instance);
    public static readonly SqlType Trigger = Define(2279, PseudoOperations.Instance);
    public static readonly SqlType Internal = Define(2281, PseudoOperations.Instance);
    public static readonly SqlType AnyElement = Define(2283, PseudoOperations.Instance);
    public static readonly SqlType AnyNonArray = Define(2776, PseudoOperations.Instance);
    public static readonly SqlType AnyEnum = Define(3500, PseudoOperations.Instance);
    public static readonly SqlType AnyCompatible = Define(5077, PseudoOperations.Instance);
    public static readonly SqlType AnyCompatibleArray = Define(5078, PseudoOperations.Instance);
    public static readonly SqlType AnyCompatibleNonArray = Define(5079, PseudoOperations.Instance);

    // The arrays that catalogs and functions name often; every other built-in array type is defined with its element's row.
    public static readonly SqlType SmallIntArray = DefineArray(1005);
    public static readonly SqlType IntegerArray = DefineArray(1007);
    public static readonly SqlType TextArray = DefineArray(1009);
    public static readonly SqlType BigIntArray = DefineArray(1016);
    public static readonly SqlType NameArray = DefineArray(1003);
    public static readonly SqlType InternalCharArray = DefineArray(1002);
    public static readonly SqlType OidArray = DefineArray(1028);
    public static readonly SqlType NumericArray = DefineArray(1231);
    public static readonly SqlType DoubleArray = DefineArray(1022);
    public static readonly SqlType AclItemArray = DefineArray(1034);

    /// <summary>What SQL's own spellings mean, as PostgreSQL's grammar maps them. "char" is not here: unquoted it is bpchar, quoted the one-byte type.</summary>
    private static readonly Dictionary<string, SqlType> SqlSpellings = new(StringComparer.Ordinal)
    {
        ["boolean"] = Boolean,
        ["smallint"] = SmallInt,
        ["integer"] = Integer,
        ["int"] = Integer,
        ["bigint"] = BigInt,
        ["real"] = Real,
        ["double precision"] = Double,
        ["decimal"] = Numeric,
        ["dec"] = Numeric,
        ["character varying"] = VarChar,
        ["character"] = Char,
        ["time without time zone"] = Time,
        ["time with time zone"] = TimeTz,
        ["timestamp without time zone"] = Timestamp,
        ["timestamp with time zone"] = TimestampTz,
    };

    static SqlTypes()
    {
        foreach (var row in Rows)
        {
            if (row.Value[5] == "A" && !TypesByOid.ContainsKey(row.Key) && TypesByOid.ContainsKey(uint.Parse(row.Value[9], NumberFormatInfo.InvariantInfo)))
                DefineArray(row.Key);
        }
    }

    /// <summary>All built-in types by ascending OID.</summary>
    public static IReadOnlyList<SqlType> All { get; } = [.. TypesByOid.Values.OrderBy(type => type.Oid)];

    public static SqlType? ByOid(uint oid) => TypesByOid.GetValueOrDefault(oid);

    /// <summary>By typname (<c>int4</c>) or SQL spelling (<c>integer</c>), lower case, without schema; null when unknown.</summary>
    public static SqlType? ByName(string name) => TypesByName.GetValueOrDefault(name) ?? SqlSpellings.GetValueOrDefault(name);

    private static SqlType DefineArray(uint oid)
    {
        var element = TypesByOid[uint.Parse(Rows[oid][9], NumberFormatInfo.InvariantInfo)];
        return Define(oid, new ArrayOperations(element));
    }

    private static SqlType Define(uint oid, TypeOperations operations)
    {
        var row = Rows[oid];
        var type = new SqlType
        {
            Oid = oid,
            Name = row[1],
            Length = short.Parse(row[2], NumberFormatInfo.InvariantInfo),
            IsByValue = row[3] == "t",
            Kind = row[4] == "p" ? TypeKind.Pseudo : TypeKind.Base,
            Category = row[5][0],
            IsPreferred = row[6] == "t",
            Delimiter = row[7][0],
            ElementOid = uint.Parse(row[9], NumberFormatInfo.InvariantInfo),
            ArrayOid = uint.Parse(row[10], NumberFormatInfo.InvariantInfo),
            Functions = new TypeFunctions(row[11], row[12], row[13], row[14], row[15], row[16], row[8]),
            Alignment = row[17][0],
            Storage = row[18][0],
            CollationOid = uint.Parse(row[19], NumberFormatInfo.InvariantInfo),
            Operations = operations,
        };
        TypesByOid.Add(oid, type);
        TypesByName.Add(type.Name, type);
        return type;
    }

    private static Dictionary<uint, string[]> ReadRows()
    {
        var rows = new Dictionary<uint, string[]>();
        foreach (var line in Encoding.UTF8.GetString(PgTypeRows.Text).Split('\n'))
        {
            var fields = line.Split('\t');
            rows.Add(uint.Parse(fields[0], NumberFormatInfo.InvariantInfo), fields);
        }
        return rows;
    }
}
