namespace Dadbs.Sql.Catalog;

public sealed record SchemaDescriptor(uint Oid, string Name, uint OwnerOid);

/// <summary>A database: its own schemas and relations, sharing roles with the others.</summary>
public sealed record DatabaseDescriptor(uint Oid, string Name, uint OwnerOid)
{
    public bool AllowsConnections { get; init; } = true;

    public bool IsTemplate { get; init; }
}
