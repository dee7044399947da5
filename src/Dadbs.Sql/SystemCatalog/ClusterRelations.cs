using Dadbs.Sql.Catalog;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>Databases, schemas, roles and tablespaces.</summary>
internal static class ClusterRelations
{
    private const int Utf8 = 6;
    private const long DefaultTablespace = 1663;

    public static void AddTo(Dictionary<string, RowSource> sources)
    {
        sources.Add("pg_database", new RowSource.OfCatalog(Databases));
        sources.Add("pg_namespace", new RowSource.OfCatalog(Schemas));
        sources.Add("pg_authid", new RowSource.OfCatalog(AuthIds));
        sources.Add("pg_roles", new RowSource.OfCatalog(Roles));
        sources.Add("pg_user", new RowSource.OfCatalog(Users));
        sources.Add("pg_shadow", new RowSource.OfCatalog(Users));
        sources.Add("pg_group", new RowSource.OfCatalog(Groups));
        sources.Add("pg_tablespace", new RowSource.Fixed(Tablespaces));
        sources.Add("pg_extension", new RowSource.Fixed(Extensions));
    }

    private static void Databases(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var database in catalog.Databases)
        {
            rows.Row().Set("oid", database.Oid).Set("datname", database.Name).Set("datdba", database.OwnerOid).Set("encoding", Utf8).Set("datlocprovider", 'c')
                .Set("datistemplate", database.IsTemplate).Set("datallowconn", database.AllowsConnections).Set("datconnlimit", -1).Set("dattablespace", DefaultTablespace)
                .Set("datcollate", "C").Set("datctype", "C");
        }
    }

    /// <summary>Schema dadbs and its views, as a built-in extension: so pg_dump knows that they come with the server and leaves them out.</summary>
    private static void Extensions(RowBuilder rows) => rows.Row().Set("oid", ClassOids.DadbsExtension).Set("extname", "dadbs").Set("extowner", WellKnownOids.SuperuserRole)
        .Set("extnamespace", WellKnownOids.DadbsSchema).Set("extversion", "0.1.0");

    private static void Schemas(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var schema in catalog.Schemas)
        {
            rows.Row().Set("oid", schema.Oid).Set("nspname", schema.Name).Set("nspowner", schema.OwnerOid);
            if (schema.Oid != WellKnownOids.PublicSchema || catalog.RoleByOid(schema.OwnerOid) is not { } owner) continue;
            // What PostgreSQL 15 gives: all may use it, its owner may create.
            rows.SetArray("nspacl", [$"{owner.Name}=UC/{owner.Name}", $"=U/{owner.Name}"]);
        }
    }

    /// <summary>Verifiers are never shown, not to superusers either.</summary>
    private static void AuthIds(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var role in catalog.Roles) Role(rows, role);
    }

    private static void Roles(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var role in catalog.Roles) Role(rows, role).Set("rolpassword", "********");
    }

    private static RowBuilder Role(RowBuilder rows, RoleDescriptor role) =>
        rows.Row().Set("oid", role.Oid).Set("rolname", role.Name).Set("rolsuper", role.IsSuperuser).Set("rolinherit", role.Inherits).Set("rolcreaterole", role.CanCreateRole)
            .Set("rolcreatedb", role.CanCreateDatabase).Set("rolcanlogin", role.CanLogin).Set("rolreplication", role.CanReplicate).Set("rolbypassrls", role.BypassesRowSecurity)
            .Set("rolconnlimit", role.ConnectionLimit);

    private static void Users(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var role in catalog.Roles)
        {
            if (!role.CanLogin) continue;
            rows.Row().Set("usename", role.Name).Set("usesysid", role.Oid).Set("usecreatedb", role.CanCreateDatabase).Set("usesuper", role.IsSuperuser).Set("userepl", role.CanReplicate)
                .Set("usebypassrls", role.BypassesRowSecurity).Set("passwd", "********");
        }
    }

    private static void Groups(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var role in catalog.Roles)
        {
            if (!role.CanLogin) rows.Row().Set("groname", role.Name).Set("grosysid", role.Oid).SetArray("grolist", Array.Empty<long>());
        }
    }

    private static void Tablespaces(RowBuilder rows)
    {
        rows.Row().Set("oid", DefaultTablespace).Set("spcname", "pg_default").Set("spcowner", WellKnownOids.SuperuserRole);
        rows.Row().Set("oid", 1664).Set("spcname", "pg_global").Set("spcowner", WellKnownOids.SuperuserRole);
    }
}
