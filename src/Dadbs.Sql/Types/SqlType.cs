namespace Dadbs.Sql.Types;

/// <summary>pg_type.typtype.</summary>
public enum TypeKind
{
    Base,
    Pseudo,
    Composite,
    Domain,
    Enum,
    Range,
}

/// <summary>A row of pg_type with what the engine can do with its values. One instance per OID in a catalog; compared by OID.</summary>
public sealed class SqlType : IEquatable<SqlType>
{
    public required uint Oid { get; init; }

    /// <summary>typname: <c>int4</c>, <c>_text</c>.</summary>
    public required string Name { get; init; }

    /// <summary>typlen: bytes, -1 variable, -2 C string.</summary>
    public required short Length { get; init; }

    /// <summary>typcategory: N, S, B, D, T, A, P, U, Z, X …</summary>
    public required char Category { get; init; }

    public required bool IsPreferred { get; init; }

    /// <summary>0: no array type.</summary>
    public uint ArrayOid { get; init; }

    /// <summary>typelem: not 0 for arrays, and for name and the vectors.</summary>
    public uint ElementOid { get; init; }

    public required TypeOperations Operations { get; init; }

    public TypeKind Kind { get; init; } = TypeKind.Base;

    public bool IsByValue { get; init; }

    public char Delimiter { get; init; } = ',';

    public char Alignment { get; init; } = 'i';

    public char Storage { get; init; } = 'x';

    /// <summary>100 for the text types, 950 ("C") for name, else 0.</summary>
    public uint CollationOid { get; init; }

    /// <summary>typinput, typoutput, typreceive, typsend, typmodin, typmodout, typsubscript as function names; "-" where there is none.</summary>
    public TypeFunctions Functions { get; init; } = TypeFunctions.None;

    /// <summary>The schema; 11 = pg_catalog.</summary>
    public uint SchemaOid { get; init; } = 11;

    /// <summary>An array in the sense of '{…}' with subscripts; not name, not the fixed vectors' ancestors.</summary>
    public bool IsArray => Category == 'A' && ElementOid != 0;

    public bool IsPseudo => Kind == TypeKind.Pseudo;

    /// <summary>anyelement, anyarray …: resolved per call.</summary>
    public bool IsPolymorphic => Oid is 2283 or 2277 or 2776 or 3500 or 5077 or 5078 or 5079;

    public bool IsUnknown => Oid == 705;

    public SqlType? ElementType => ElementOid == 0 ? null : SqlTypes.ByOid(ElementOid);

    public SqlType? ArrayType => ArrayOid == 0 ? null : SqlTypes.ByOid(ArrayOid);

    /// <summary>As error messages and format_type() say it: <c>integer</c>, <c>character varying</c>, <c>text[]</c>.</summary>
    public string DisplayName => Format(-1);

    /// <summary>format_type(oid, modifier).</summary>
    public string Format(int modifier)
    {
        if (Category == 'A' && ElementOid != 0 && Storage != 'p' && ElementType is { } element)
            return element.Format(modifier) + "[]";
        return Oid switch
        {
            16 => "boolean",
            18 => "\"char\"",
            2276 => "\"any\"",
            20 => "bigint",
            21 => "smallint",
            23 => "integer",
            700 => "real",
            701 => "double precision",
            1042 => modifier >= 4 ? "character" + Operations.FormatModifier(modifier) : modifier == -1 ? "character" : "bpchar",
            1043 => "character varying" + Operations.FormatModifier(modifier),
            1083 => WithTimePrecision("time", modifier, "without time zone"),
            1114 => WithTimePrecision("timestamp", modifier, "without time zone"),
            1184 => WithTimePrecision("timestamp", modifier, "with time zone"),
            1266 => WithTimePrecision("time", modifier, "with time zone"),
            _ => modifier >= 0 ? Name + Operations.FormatModifier(modifier) : Name,
        };
    }

    private static string WithTimePrecision(string name, int modifier, string zone) =>
        modifier >= 0 ? $"{name}({modifier}) {zone}" : $"{name} {zone}";

    public bool Equals(SqlType? other) => other is not null && Oid == other.Oid;

    public override bool Equals(object? obj) => Equals(obj as SqlType);

    public override int GetHashCode() => (int)Oid;

    public static bool operator ==(SqlType? left, SqlType? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(SqlType? left, SqlType? right) => !(left == right);

    public override string ToString() => DisplayName;
}

/// <summary>The names of a type's support functions in pg_type; "-" = none.</summary>
public sealed record TypeFunctions(string Input, string Output, string Receive, string Send, string ModifierIn, string ModifierOut, string Subscript)
{
    public static TypeFunctions None { get; } = new("-", "-", "-", "-", "-", "-", "-");
}
