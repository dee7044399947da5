using System.Buffers;
using System.Text;
using Dadbs.Sql.Functions;

namespace Dadbs.Sql.Types;

/// <summary>
/// The reg* types: an OID that reads and prints as a name, through <see cref="TypeSettings.Catalog"/>. Without a catalog only numbers, "-" and
/// built-in types and functions are known. An OID that names nothing prints as a number.
/// </summary>
public abstract class RegOperations(string typeName) : OidOperations(typeName)
{
    private readonly string _typeName = typeName;

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings)
    {
        if (utf8.Length == 1 && utf8[0] == '-')
            return Datum.FromUInt32(0);
        if (utf8.Length > 0 && AsciiText.IsDigit(utf8[0]) && utf8.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
            return Datum.FromUInt32(ParseNumber(utf8, _typeName));
        return Datum.FromUInt32(Resolve(Encoding.UTF8.GetString(utf8), settings.Catalog));
    }

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings)
    {
        var oid = value.AsUInt32;
        if (oid == 0)
            output.Write("-"u8);
        else if (Describe(oid, settings.Catalog) is { } name)
            AsciiText.Write(name, output);
        else
            AsciiText.WriteInt64(oid, output);
    }

    /// <summary>The OID of a name, or PostgreSQL's error.</summary>
    internal abstract uint Resolve(string text, ICatalogLookup? catalog);

    /// <summary>The name as it prints: quoted, and qualified where the search path would not find it. Null: there is no such object.</summary>
    internal abstract string? Describe(uint oid, ICatalogLookup? catalog);

    protected static string Qualify((string Schema, string Name) name, bool visible) =>
        visible ? QualifiedName.Quote(name.Name) : $"{QualifiedName.Quote(name.Schema)}.{QualifiedName.Quote(name.Name)}";
}

/// <summary>regclass: relations. 42P01 for an unknown one.</summary>
public sealed class RegclassOperations() : RegOperations("regclass")
{
    public static new RegclassOperations Instance { get; } = new();

    internal override uint Resolve(string text, ICatalogLookup? catalog)
    {
        var oid = TryResolve(text, catalog);
        if (oid != 0)
            return oid;
        var (schema, name) = QualifiedName.SchemaAndName(text);
        throw new SqlException(SqlState.UndefinedTable, $"relation \"{(schema is null ? name : $"{schema}.{name}")}\" does not exist");
    }

    internal static uint TryResolve(string text, ICatalogLookup? catalog)
    {
        var (schema, name) = QualifiedName.SchemaAndName(text);
        return catalog?.FindRelation(schema, name) ?? 0;
    }

    internal override string? Describe(uint oid, ICatalogLookup? catalog) =>
        catalog?.RelationName(oid) is { } name ? Qualify(name, catalog.IsRelationVisible(oid)) : null;
}

/// <summary>regtype: types, read and printed as format_type does. 42704 for an unknown one.</summary>
public sealed class RegtypeOperations() : RegOperations("regtype")
{
    public static new RegtypeOperations Instance { get; } = new();

    internal override uint Resolve(string text, ICatalogLookup? catalog) =>
        TryResolve(text, catalog) is var oid && oid != 0 ? oid : throw new SqlException(SqlState.UndefinedObject, $"type \"{text}\" does not exist");

    /// <summary>Type syntax: SQL spellings, modifiers (ignored), <c>[]</c>; 0 when unknown.</summary>
    internal static uint TryResolve(string text, ICatalogLookup? catalog)
    {
        var name = text.Trim();
        var isArray = false;
        while (name.EndsWith(']'))
        {
            isArray = true;
            name = name[..Math.Max(name.LastIndexOf('['), 0)].TrimEnd();
        }
        var open = name.IndexOf('(', StringComparison.Ordinal);
        var close = name.IndexOf(')', StringComparison.Ordinal);
        if (open > 0 && close > open)
            name = string.Concat(name.AsSpan(0, open).TrimEnd(), name.AsSpan(close + 1));
        var type = FindSpelling(name, catalog);
        return type is null ? 0 : isArray ? type.ArrayOid : type.Oid;
    }

    private static SqlType? FindSpelling(string name, ICatalogLookup? catalog)
    {
        var lower = string.Join(' ', name.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var spelled = lower switch
        {
            "char" => SqlTypes.Char,
            "float" => SqlTypes.Double,
            "\"char\"" => SqlTypes.InternalChar,
            _ => null,
        };
        if (spelled is not null)
            return spelled;
        if (SqlTypes.ByName(lower) is { } builtin)
            return builtin;
        var (schema, bare) = QualifiedName.SchemaAndName(name);
        if (schema is null or "pg_catalog" && SqlTypes.ByName(bare) is { } known)
            return known;
        return catalog is not null && catalog.FindType(schema, bare) is var oid && oid != 0 ? catalog.TypeByOid(oid) : null;
    }

    internal override string? Describe(uint oid, ICatalogLookup? catalog)
    {
        if (SqlTypes.ByOid(oid) is { } type)
            return type.DisplayName;
        return catalog?.TypeName(oid) is { } name ? Qualify(name, catalog.IsTypeVisible(oid)) : null;
    }
}

/// <summary>regproc: a function whose name is unique. 42883 unknown, 42725 ambiguous.</summary>
public sealed class RegprocOperations() : RegOperations("regproc")
{
    public static new RegprocOperations Instance { get; } = new();

    internal override uint Resolve(string text, ICatalogLookup? catalog)
    {
        var functions = Find(text, catalog);
        return functions.Count switch
        {
            0 => throw new SqlException(SqlState.UndefinedFunction, $"function \"{text}\" does not exist"),
            1 => functions[0].Oid,
            _ => throw new SqlException(SqlState.AmbiguousFunction, $"more than one function named \"{text}\""),
        };
    }

    internal static IReadOnlyList<FunctionDescriptor> Find(string text, ICatalogLookup? catalog)
    {
        var (schema, name) = QualifiedName.SchemaAndName(text);
        if (catalog is not null)
            return catalog.FindFunctions(schema, name);
        return schema is null or "pg_catalog" ? BuiltinFunctions.FunctionsByName(name) : [];
    }

    internal override string? Describe(uint oid, ICatalogLookup? catalog)
    {
        if (catalog?.FunctionName(oid) is { } name)
            return Qualify(name, catalog.IsFunctionVisible(oid));
        return BuiltinFunctions.FunctionByOid(oid) is { } function ? QualifiedName.Quote(function.Name) : null;
    }
}

/// <summary>regprocedure: a function by name and argument types.</summary>
public sealed class RegprocedureOperations() : RegOperations("regprocedure")
{
    public static new RegprocedureOperations Instance { get; } = new();

    internal override uint Resolve(string text, ICatalogLookup? catalog)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !text.EndsWith(')'))
            throw new SqlException(SqlState.InvalidTextRepresentation, open < 0 ? "expected a left parenthesis" : "expected a right parenthesis");
        var inner = text[(open + 1)..^1].Trim();
        var wanted = inner.Length == 0 ? [] : inner.Split(',').Select(type => RegtypeOperations.Instance.Resolve(type.Trim(), catalog)).ToArray();
        foreach (var function in RegprocOperations.Find(text[..open], catalog))
        {
            if (function.ArgumentTypes.Select(type => type.Oid).SequenceEqual(wanted))
                return function.Oid;
        }
        throw new SqlException(SqlState.UndefinedFunction, $"function \"{text}\" does not exist");
    }

    internal override string? Describe(uint oid, ICatalogLookup? catalog) =>
        BuiltinFunctions.FunctionByOid(oid) is { } function
            ? $"{QualifiedName.Quote(function.Name)}({string.Join(',', function.ArgumentTypes.Select(type => type.DisplayName))})"
            : null;
}

/// <summary>regnamespace: schemas. 3F000 for an unknown one.</summary>
public sealed class RegnamespaceOperations() : RegOperations("regnamespace")
{
    public static new RegnamespaceOperations Instance { get; } = new();

    internal override uint Resolve(string text, ICatalogLookup? catalog)
    {
        var (_, name) = QualifiedName.SchemaAndName(text);
        var oid = catalog?.FindNamespace(name) ?? (name == "pg_catalog" ? 11u : 0);
        return oid != 0 ? oid : throw new SqlException(SqlState.InvalidSchemaName, $"schema \"{name}\" does not exist");
    }

    internal override string? Describe(uint oid, ICatalogLookup? catalog)
    {
        var name = catalog?.NamespaceName(oid) ?? (oid == 11 ? "pg_catalog" : null);
        return name is null ? null : QualifiedName.Quote(name);
    }
}

/// <summary>regrole: roles. 42704 for an unknown one.</summary>
public sealed class RegroleOperations() : RegOperations("regrole")
{
    public static new RegroleOperations Instance { get; } = new();

    internal override uint Resolve(string text, ICatalogLookup? catalog)
    {
        var (_, name) = QualifiedName.SchemaAndName(text);
        var oid = catalog?.FindRole(name) ?? 0;
        return oid != 0 ? oid : throw new SqlException(SqlState.UndefinedObject, $"role \"{name}\" does not exist");
    }

    internal override string? Describe(uint oid, ICatalogLookup? catalog) =>
        catalog?.RoleName(oid) is { } name ? QualifiedName.Quote(name) : null;
}
