using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>
/// has_table_privilege and its family (PostgreSQL manual 9.26.2). Each comes in up to six forms, which pg_proc's source names tell: the role by
/// name, by OID or left out, the object by name or by OID.
/// </summary>
internal static class PrivilegeFunctions
{
    private static readonly (string Kind, string[] Privileges)[] Kinds =
    [
        ("table", ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "RULE"]),
        ("sequence", ["USAGE", "SELECT", "UPDATE"]),
        ("any_column", ["SELECT", "INSERT", "UPDATE", "REFERENCES"]),
        ("schema", ["CREATE", "USAGE"]),
        ("database", ["CREATE", "TEMPORARY", "TEMP", "CONNECT"]),
        ("function", ["EXECUTE"]),
        ("type", ["USAGE"]),
        ("language", ["USAGE"]),
        ("tablespace", ["CREATE"]),
    ];

    public static void Register(FunctionRegistry registry)
    {
        foreach (var (kind, privileges) in Kinds)
        {
            foreach (var form in (string[])["name_name", "name_id", "id_name", "id_id", "name", "id"])
            {
                var isRoleGiven = form.Contains('_');
                var isRoleName = form.StartsWith("name", StringComparison.Ordinal);
                var isObjectName = form.EndsWith("name", StringComparison.Ordinal);
                CatalogFunctions.Add(registry, $"has_{kind}_privilege_{form}", (context, a) =>
                {
                    var role = !isRoleGiven ? RoleOid(context, context.CurrentUser) : isRoleName ? RoleOid(context, a[0].AsString()) : a[0].AsUInt32;
                    var target = a[isRoleGiven ? 1 : 0];
                    var oid = isObjectName ? ObjectOid(context, kind, target) : target.AsUInt32;
                    return Answer(context, role, kind, oid, a[^1].AsString(), privileges);
                });
            }
        }

        Columns(registry);
        foreach (var form in (string[])["name_name", "name_id", "id_name", "id_id", "name", "id"])
        {
            // No role is a member of another yet: a role has itself, a superuser all.
            CatalogFunctions.Add(registry, $"pg_has_role_{form}", (context, a) =>
            {
                var isRoleGiven = form.Contains('_');
                var member = !isRoleGiven ? RoleOid(context, context.CurrentUser) : form.StartsWith("name", StringComparison.Ordinal) ? RoleOid(context, a[0].AsString()) : a[0].AsUInt32;
                var target = a[isRoleGiven ? 1 : 0];
                var role = form.EndsWith("name", StringComparison.Ordinal) ? RoleOid(context, target.AsString()) : target.AsUInt32;
                return Datum.FromBool(member == role || context.Catalog?.HasPrivilege(member, "tablespace", 1663, "CREATE") == true);
            });
        }
    }

    /// <summary>Privileges of single columns are not granted yet: a column has its table's.</summary>
    private static void Columns(FunctionRegistry registry)
    {
        string[] privileges = ["SELECT", "INSERT", "UPDATE", "REFERENCES"];
        foreach (var column in (string[])["name", "attnum"])
        {
            foreach (var form in (string[])["name_name", "name_id", "id_name", "id_id", "name", "id"])
            {
                var isRoleGiven = form.Contains('_');
                var isRoleName = form.StartsWith("name", StringComparison.Ordinal);
                var isTableName = form.EndsWith("name", StringComparison.Ordinal);
                CatalogFunctions.Add(registry, $"has_column_privilege_{form}_{column}", (context, a) =>
                {
                    var role = !isRoleGiven ? RoleOid(context, context.CurrentUser) : isRoleName ? RoleOid(context, a[0].AsString()) : a[0].AsUInt32;
                    var target = a[isRoleGiven ? 1 : 0];
                    var oid = isTableName ? ObjectOid(context, "table", target) : target.AsUInt32;
                    return Answer(context, role, "table", oid, a[^1].AsString(), privileges);
                });
            }
        }
    }

    private static uint RoleOid(EvaluationContext context, string name)
    {
        var oid = context.Catalog?.FindRole(name) ?? 0;
        return oid != 0 ? oid : throw new SqlException(SqlState.UndefinedObject, $"role \"{name}\" does not exist");
    }

    private static uint ObjectOid(EvaluationContext context, string kind, Datum name)
    {
        switch (kind)
        {
            case "schema":
                var schema = context.Catalog?.FindNamespace(name.AsString()) ?? 0;
                return schema != 0 ? schema : throw new SqlException(SqlState.InvalidSchemaName, $"schema \"{name.AsString()}\" does not exist");
            case "database":
                var database = context.Catalog?.FindDatabase(name.AsString()) ?? 0;
                return database != 0 ? database : throw new SqlException(SqlState.InvalidCatalogName, $"database \"{name.AsString()}\" does not exist");
            case "function":
                return SqlTypes.Regprocedure.Operations.ParseText(name.AsUtf8Span, -1, context.TypeSettings).AsUInt32;
            case "type":
                return SqlTypes.Regtype.Operations.ParseText(name.AsUtf8Span, -1, context.TypeSettings).AsUInt32;
            case "language" or "tablespace":
                return 1;
            default:
                return SqlTypes.Regclass.Operations.ParseText(name.AsUtf8Span, -1, context.TypeSettings).AsUInt32;
        }
    }

    /// <summary>A list of privileges asks whether any of them is held.</summary>
    private static Datum Answer(EvaluationContext context, uint role, string kind, uint oid, string list, string[] known)
    {
        var any = false;
        foreach (var item in list.Split(','))
        {
            var privilege = item.Trim().ToUpperInvariant();
            var word = privilege.EndsWith(" WITH GRANT OPTION", StringComparison.Ordinal) ? privilege[..^" WITH GRANT OPTION".Length] : privilege;
            if (!known.Contains(word)) throw new SqlException(SqlState.InvalidParameterValue, $"unrecognized privilege type: \"{item.Trim()}\"");
            if (context.Catalog?.HasPrivilege(role, kind, oid, word) is not { } held) return Datum.Null;
            any |= held;
        }

        return Datum.FromBool(any);
    }
}
