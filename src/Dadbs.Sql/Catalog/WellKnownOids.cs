namespace Dadbs.Sql.Catalog;

/// <summary>OIDs that exist from the first block on; where PostgreSQL has the object, they are PostgreSQL's.</summary>
public static class WellKnownOids
{
    public const uint SuperuserRole = 10;
    public const uint Template1Database = 1;
    public const uint PostgresDatabase = 5;
    public const uint DadbsDatabase = 6;
    public const uint PgCatalogSchema = 11;
    public const uint PublicSchema = 2200;
    public const uint InformationSchema = 13000;
    public const uint DadbsSchema = 13001;

    /// <summary>The first OID that CREATE can get: a replicated counter, taken at replay.</summary>
    public const uint FirstUser = 16384;
}
