namespace Dadbs.Sql.Catalog;

/// <summary>OIDs of the system catalogs that comments and dependencies name an object's class by.</summary>
public static class ClassOids
{
    public const uint Relations = 1259;
    public const uint Schemas = 2615;
    public const uint Databases = 1262;
    public const uint Roles = 1260;
    public const uint Constraints = 2606;
    public const uint Types = 1247;
    public const uint Extensions = 3079;
    public const uint Functions = 1255;

    /// <summary>The row of pg_extension that owns schema dadbs.</summary>
    public const uint DadbsExtension = 13090;
}
