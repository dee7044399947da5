using System.Globalization;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>The functions about the catalog (PostgreSQL manual 9.26.3–5 and 9.27.7): definitions as text, visibility, comments, sizes.</summary>
internal static class CatalogFunctions
{
    private const int Utf8 = 6;

    public static void Register(FunctionRegistry registry)
    {
        Definitions(registry);
        Visibility(registry);
        Descriptions(registry);
        Sizes(registry);
        Names(registry);
        Absent(registry);
    }

    /// <summary>A family that came before may have one of these already.</summary>
    internal static void Add(FunctionRegistry registry, string name, ScalarFunction body)
    {
        if (!registry.Has(name)) registry.Scalar(name, body);
    }

    private static Datum Text(string? text) => text is null ? Datum.Null : Datum.FromString(text);

    private static Datum Flag(bool? flag) => flag is null ? Datum.Null : Datum.FromBool(flag.Value);

    private static void Definitions(FunctionRegistry registry)
    {
        Add(registry, "format_type", (c, a) => FormatType(c, a[0], a[1]));
        Add(registry, "pg_get_indexdef", (c, a) => Text(c.Catalog?.IndexDefinition(a[0].AsUInt32, 0, false)));
        Add(registry, "pg_get_indexdef_ext", (c, a) => Text(c.Catalog?.IndexDefinition(a[0].AsUInt32, a[1].AsInt32, a[2].AsBool)));
        Add(registry, "pg_get_constraintdef", (c, a) => Text(c.Catalog?.ConstraintDefinition(a[0].AsUInt32, false)));
        Add(registry, "pg_get_constraintdef_ext", (c, a) => Text(c.Catalog?.ConstraintDefinition(a[0].AsUInt32, a[1].AsBool)));
        Add(registry, "pg_get_expr", (c, a) => Text(c.Catalog?.ExpressionText(a[0].AsString(), a[1].AsUInt32, false)));
        Add(registry, "pg_get_expr_ext", (c, a) => Text(c.Catalog?.ExpressionText(a[0].AsString(), a[1].AsUInt32, a[2].AsBool)));
        Add(registry, "pg_get_viewdef", (c, a) => Text(c.Catalog?.ViewDefinition(a[0].AsUInt32, false)));
        Add(registry, "pg_get_viewdef_ext", (c, a) => Text(c.Catalog?.ViewDefinition(a[0].AsUInt32, a[1].AsBool)));
        Add(registry, "pg_get_viewdef_wrap", (c, a) => Text(c.Catalog?.ViewDefinition(a[0].AsUInt32, true)));
        Add(registry, "pg_get_viewdef_name", (c, a) => Text(c.Catalog?.ViewDefinition(RelationOid(c, a[0]), false)));
        Add(registry, "pg_get_viewdef_name_ext", (c, a) => Text(c.Catalog?.ViewDefinition(RelationOid(c, a[0]), a[1].AsBool)));
        Add(registry, "pg_get_serial_sequence", (c, a) => Text(c.Catalog?.SerialSequence(RelationOid(c, a[0]), a[1].AsString())));
        Add(registry, "pg_get_function_result", (_, a) => Text(BuiltinFunctions.FunctionByOid(a[0].AsUInt32) is { } f ? (f.ReturnsSet ? "SETOF " : "") + f.ReturnType.DisplayName : null));
        Add(registry, "pg_get_function_arguments", (_, a) => Text(Arguments(a[0].AsUInt32)));
        Add(registry, "pg_get_function_identity_arguments", (_, a) => Text(Arguments(a[0].AsUInt32)));
    }

    private static string? Arguments(uint oid)
    {
        if (BuiltinFunctions.FunctionByOid(oid) is not { } function) return null;
        return string.Join(", ", function.ArgumentTypes.Select((type, i) =>
        {
            var name = i < function.ArgumentNames.Length && function.ArgumentNames[i].Length > 0 ? SyntaxPrinter.Identifier(function.ArgumentNames[i]) + " " : "";
            return (function.Variadic && i == function.ArgumentTypes.Length - 1 ? "VARIADIC " : "") + name + type.DisplayName;
        }));
    }

    /// <summary>Not strict: a NULL modifier means none.</summary>
    private static Datum FormatType(EvaluationContext context, Datum oid, Datum modifier)
    {
        if (oid.IsNull) return Datum.Null;
        if (oid.AsUInt32 == 0) return Datum.FromString("-");
        var type = context.Catalog?.TypeByOid(oid.AsUInt32) ?? SqlTypes.ByOid(oid.AsUInt32);
        if (type is not null) return Datum.FromString(modifier.IsNull ? type.DisplayName : type.Format(modifier.AsInt32));
        return Datum.FromString(TypeNames.TryGetValue(oid.AsUInt32, out var name) ? name : "???");
    }

    /// <summary>Types that pg_type lists though the engine has no operations for them.</summary>
    private static readonly Dictionary<uint, string> TypeNames = TypeRelations.Lines(SystemCatalog.Definitions.PgTypeTable.Text)
        .ToDictionary(f => (uint)TypeRelations.Number(f[0]), f => f[1].StartsWith('_') ? f[1][1..] + "[]" : f[1]);

    private static uint RelationOid(EvaluationContext context, Datum name) => SqlTypes.Regclass.Operations.ParseText(name.AsUtf8Span, -1, context.TypeSettings).AsUInt32;

    private static void Visibility(FunctionRegistry registry)
    {
        Add(registry, "pg_table_is_visible", (c, a) => Flag(c.Catalog?.RelationName(a[0].AsUInt32) is null ? null : c.Catalog.IsRelationVisible(a[0].AsUInt32)));
        Add(registry, "pg_type_is_visible", (c, a) => Flag(c.Catalog?.IsTypeVisible(a[0].AsUInt32) == true || TypeNames.ContainsKey(a[0].AsUInt32) ? true : null));
        Add(registry, "pg_function_is_visible", (c, a) => Flag(c.Catalog?.IsFunctionVisible(a[0].AsUInt32) == true ? true : null));
        foreach (var kind in (string[])["operator", "opclass", "opfamily", "collation"])
        {
            Add(registry, $"pg_{kind}_is_visible", (_, _) => Datum.True);
        }

        foreach (var kind in (string[])["conversion", "statistics_obj", "ts_parser", "ts_dict", "ts_template", "ts_config"])
        {
            // There are no such objects: no OID names one.
            Add(registry, $"pg_{kind}_is_visible", (_, _) => Datum.Null);
        }
    }

    private static void Descriptions(FunctionRegistry registry)
    {
        Add(registry, "obj_description(oid,name)", (c, a) => Text(c.Catalog?.ObjectDescription(a[0].AsUInt32, a[1].AsString())));
        Add(registry, "obj_description(oid)", (c, a) => Text(c.Catalog?.ObjectDescription(a[0].AsUInt32, "")));
        Add(registry, "shobj_description(oid,name)", (c, a) => Text(c.Catalog?.ObjectDescription(a[0].AsUInt32, a[1].AsString())));
        Add(registry, "col_description(oid,int4)", (c, a) => Text(c.Catalog?.ColumnDescription(a[0].AsUInt32, a[1].AsInt32)));
    }

    private static void Sizes(FunctionRegistry registry)
    {
        static Datum Size(EvaluationContext context, Datum oid) => context.Catalog?.RelationSize(oid.AsUInt32) is { } size ? Datum.FromInt64(size) : Datum.Null;
        Add(registry, "pg_relation_size(regclass)", (c, a) => Size(c, a[0]));
        Add(registry, "pg_relation_size(regclass,text)", (c, a) => Size(c, a[0]));
        Add(registry, "pg_table_size", (c, a) => Size(c, a[0]));
        Add(registry, "pg_total_relation_size", (c, a) => Size(c, a[0]));
        Add(registry, "pg_indexes_size", (_, _) => Datum.FromInt64(0));
        Add(registry, "pg_database_size_oid", (_, _) => Datum.FromInt64(0));
        Add(registry, "pg_database_size_name", (_, _) => Datum.FromInt64(0));
        Add(registry, "pg_tablespace_size_oid", (_, _) => Datum.FromInt64(0));
        Add(registry, "pg_tablespace_size_name", (_, _) => Datum.FromInt64(0));
        Add(registry, "pg_size_pretty", (_, a) => Datum.FromString(Pretty(a[0].AsInt64)));
    }

    /// <summary>Bytes in the largest unit that leaves fewer than 10,240 of it, halves rounded away from zero.</summary>
    private static string Pretty(long size)
    {
        string[] units = ["bytes", "kB", "MB", "GB", "TB", "PB"];
        const long Limit = 10 * 1024;
        Int128 value = size;
        if (Int128.Abs(value) < Limit) return value.ToString(CultureInvariant) + " bytes";
        // Twice the value from here on, so that the last division can round.
        value >>= 9;
        var unit = 1;
        while (unit < units.Length - 1 && Int128.Abs(value) >= (2 * Limit) - 1)
        {
            value >>= 10;
            unit++;
        }

        return (((value) + (value >= 0 ? 1 : -1)) / 2).ToString(CultureInvariant) + " " + units[unit];
    }

    private static readonly NumberFormatInfo CultureInvariant = NumberFormatInfo.InvariantInfo;

    private static void Names(FunctionRegistry registry)
    {
        Add(registry, "pg_get_userbyid", (c, a) => Datum.FromString(c.Catalog?.RoleName(a[0].AsUInt32) ?? $"unknown (OID={a[0].AsUInt32})"));
        Add(registry, "PG_encoding_to_char", (_, a) => Datum.FromString(a[0].AsInt32 switch
        {
            Utf8 => "UTF8",
            0 => "SQL_ASCII",
            _ => "",
        }));
        Add(registry, "PG_char_to_encoding", (_, a) => Datum.FromInt64(a[0].AsString().ToUpperInvariant() is "UTF8" or "UTF-8" or "UNICODE" ? Utf8 : -1));
        Add(registry, "current_schemas", (c, a) => CatalogArrays.Of(SqlTypes.NameArray, CurrentSchemas(c, a[0].AsBool)));
        Add(registry, "current_schema", (c, _) => Text(CurrentSchemas(c, false).FirstOrDefault()));
        Add(registry, "pg_tablespace_location", (_, _) => Datum.FromString(""));
        Add(registry, "pg_relation_filenode", (_, a) => Datum.FromUInt32(a[0].AsUInt32));

        // Uses of an index are not counted.
        Add(registry, "pg_stat_get_numscans", (_, _) => Datum.FromInt64(0));
        Add(registry, "pg_is_wal_replay_paused", (_, _) => throw new SqlException(SqlState.ObjectNotInPrerequisiteState, "recovery is not in progress")
        {
            Hint = "Recovery control functions can only be executed during recovery.",
        });
        if (!registry.Has("pg_get_keywords")) registry.Set("pg_get_keywords", (_, _) => KeywordRows());
    }

    private static IEnumerable<string> CurrentSchemas(EvaluationContext context, bool includeImplicit)
    {
        var named = context.SearchPath.Where(schema => context.Catalog is null || context.Catalog.FindNamespace(schema) != 0);
        return includeImplicit && !context.SearchPath.Contains("pg_catalog") ? named.Prepend("pg_catalog") : named;
    }

    /// <summary><c>name=value</c> as two columns.</summary>
    private static IEnumerable<Datum> Options(ArrayValue options)
    {
        SqlType[] types = [SqlTypes.Text, SqlTypes.Text];
        foreach (var option in options.Elements)
        {
            var parts = option.AsString().Split('=', 2);
            yield return new RecordValue(types, [Datum.FromString(parts[0]), parts.Length > 1 ? Datum.FromString(parts[1]) : Datum.Null]).ToDatum();
        }
    }

    private static IEnumerable<Datum> KeywordRows()
    {
        SqlType[] types = [SqlTypes.Text, SqlTypes.InternalChar, SqlTypes.Boolean, SqlTypes.Text, SqlTypes.Text];
        foreach (var (word, category, isBare) in Keywords.All)
        {
            var (code, description) = category switch
            {
                KeywordCategory.Unreserved => ('U', "unreserved"),
                KeywordCategory.ColumnName => ('C', "unreserved (cannot be function or type name)"),
                KeywordCategory.TypeOrFunctionName => ('T', "reserved (can be function or type name)"),
                _ => ('R', "reserved"),
            };
            yield return new RecordValue(types, [Datum.FromString(word), Datum.FromInt64(code), Datum.FromBool(isBare), Datum.FromString(description), Datum.FromString(isBare ? "can be bare label" : "requires AS")]).ToDatum();
        }
    }

    /// <summary>Functions about what does not exist here: triggers, partitions, publications, extended statistics, temporary schemas of others.</summary>
    private static void Absent(FunctionRegistry registry)
    {
        foreach (var name in (string[])["pg_get_triggerdef", "pg_get_triggerdef_ext", "pg_get_ruledef", "pg_get_ruledef_ext", "pg_get_partkeydef", "pg_get_partition_constraintdef", "pg_get_statisticsobjdef",
            "pg_get_statisticsobjdef_columns", "pg_get_functiondef", "pg_get_function_sqlbody", "pg_get_function_arg_default"])
        {
            Add(registry, name, (_, _) => Datum.Null);
        }

        Add(registry, "pg_relation_is_publishable", (_, _) => Datum.False);
        Add(registry, "pg_is_other_temp_schema", (_, _) => Datum.False);
        Add(registry, "pg_my_temp_schema", (_, _) => Datum.FromUInt32(0));
        Add(registry, "row_security_active", (_, _) => Datum.False);
        Add(registry, "row_security_active_name", (_, _) => Datum.False);
        if (!registry.Has("pg_partition_ancestors")) registry.Set("pg_partition_ancestors", (_, _) => []);
        if (!registry.Has("pg_options_to_table")) registry.Set("pg_options_to_table", (_, a) => Options(a[0].As<ArrayValue>()));
    }
}
