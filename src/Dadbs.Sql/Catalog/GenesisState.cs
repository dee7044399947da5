using Dadbs.Storage;

namespace Dadbs.Sql.Catalog;

/// <summary>What the first state depends on.</summary>
public sealed record GenesisOptions
{
    /// <summary>Compressed public keys of validators and observers: registered for role dadbs, each can be revoked later.</summary>
    public required IReadOnlyList<byte[]> ValidatorKeys { get; init; }
}

/// <summary>
/// The state at height 0: superuser dadbs, databases dadbs, postgres and template1 with their schemas, node keys registered for dadbs.
/// Until a key is revoked, its node can act as superuser.
/// </summary>
public static class GenesisState
{
    public static void Create(Overlay overlay, GenesisOptions options)
    {
        var shared = new CatalogWriter(overlay, 0);
        shared.Put(new RoleDescriptor
        {
            Oid = WellKnownOids.SuperuserRole,
            Name = "dadbs",
            IsSuperuser = true,
            CanCreateRole = true,
            CanCreateDatabase = true,
            CanLogin = true,
            CanReplicate = true,
            BypassesRowSecurity = true,
        });
        foreach (byte[] key in options.ValidatorKeys) shared.Put(new RoleKeyDescriptor(WellKnownOids.SuperuserRole, key, IsRevoked: false));
        CreateDatabase(overlay, new DatabaseDescriptor(WellKnownOids.Template1Database, "template1", WellKnownOids.SuperuserRole) { IsTemplate = true });
        CreateDatabase(overlay, new DatabaseDescriptor(WellKnownOids.PostgresDatabase, "postgres", WellKnownOids.SuperuserRole));
        CreateDatabase(overlay, new DatabaseDescriptor(WellKnownOids.DadbsDatabase, "dadbs", WellKnownOids.SuperuserRole));
    }

    /// <summary>Registers a database and gives it the schemas every database starts with.</summary>
    internal static void CreateDatabase(Overlay overlay, DatabaseDescriptor database)
    {
        var writer = new CatalogWriter(overlay, database.Oid);
        writer.Put(database);
        writer.Put(new SchemaDescriptor(WellKnownOids.PgCatalogSchema, "pg_catalog", WellKnownOids.SuperuserRole));
        writer.Put(new SchemaDescriptor(WellKnownOids.PublicSchema, "public", WellKnownOids.SuperuserRole));
        writer.Put(new SchemaDescriptor(WellKnownOids.InformationSchema, "information_schema", WellKnownOids.SuperuserRole));
        writer.Put(new SchemaDescriptor(WellKnownOids.DadbsSchema, "dadbs", WellKnownOids.SuperuserRole));
    }
}
