using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>Answers has_*_privilege: superusers and owners may all, others what was granted to them or to PUBLIC, and PostgreSQL's defaults for PUBLIC (manual 5.7).</summary>
internal sealed class Privileges(CatalogSnapshot catalog)
{
    /// <returns>Null: there is no such object.</returns>
    public bool? Has(uint roleOid, string objectKind, uint objectOid, string privilege)
    {
        var (owner, access, publicDefault) = Find(objectKind, objectOid);
        if (owner is null) return null;
        if (catalog.RoleByOid(roleOid) is not { } role) return false;
        if (role.IsSuperuser || owner == roleOid) return true;
        var letter = Letter(privilege);
        if (access is null) return publicDefault.Contains(letter);
        return Grants(access, role.Name, letter) || Grants(access, "", letter);
    }

    private (uint? Owner, string? Access, string PublicDefault) Find(string kind, uint oid)
    {
        switch (kind)
        {
            case "schema":
                var schema = catalog.Schemas.FirstOrDefault(s => s.Oid == oid);
                return (schema?.OwnerOid, null, schema?.Name is "pg_catalog" or "information_schema" or "public" or "dadbs" ? "U" : "");
            case "database":
                return (catalog.Databases.FirstOrDefault(d => d.Oid == oid)?.OwnerOid, null, "cT");
            case "function":
                return (BuiltinFunctions.FunctionByOid(oid) is null ? null : WellKnownOids.SuperuserRole, null, "X");
            case "type":
                return (SqlTypes.ByOid(oid) is null ? null : WellKnownOids.SuperuserRole, null, "U");
            case "language":
                return (WellKnownOids.SuperuserRole, null, "U");
            case "tablespace":
                return (WellKnownOids.SuperuserRole, null, "");
            default:
                var relation = catalog.RelationByOid(oid);
                return (relation?.OwnerOid, relation?.AccessControl, relation is VirtualTableDescriptor { Name: not "pg_authid" } ? "r" : "");
        }
    }

    private static char Letter(string privilege) => privilege.Split(' ')[0].ToUpperInvariant() switch
    {
        "SELECT" => 'r',
        "INSERT" => 'a',
        "UPDATE" => 'w',
        "DELETE" => 'd',
        "TRUNCATE" => 'D',
        "REFERENCES" => 'x',
        "TRIGGER" => 't',
        "USAGE" => 'U',
        "CREATE" => 'C',
        "CONNECT" => 'c',
        "TEMPORARY" or "TEMP" => 'T',
        "EXECUTE" => 'X',
        _ => '?',
    };

    /// <summary>An aclitem is grantee=letters/grantor; PUBLIC's grantee is empty.</summary>
    private static bool Grants(string access, string grantee, char letter)
    {
        foreach (var item in access.Trim('{', '}').Split(','))
        {
            var equals = item.IndexOf('=');
            var slash = item.IndexOf('/');
            if (equals < 0 || slash < equals) continue;
            if (item[..equals].Trim('"') == grantee && item.AsSpan(equals + 1, slash - equals - 1).Contains(letter)) return true;
        }

        return false;
    }
}
