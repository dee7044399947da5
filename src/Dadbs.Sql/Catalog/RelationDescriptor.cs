namespace Dadbs.Sql.Catalog;

/// <summary>Anything that can stand in FROM, plus sequences and indexes: what pg_class lists. Immutable.</summary>
public abstract record RelationDescriptor
{
    public required uint Oid { get; init; }

    public required uint SchemaOid { get; init; }

    /// <summary>The schema's name, resolved when the snapshot was built.</summary>
    public string SchemaName { get; init; } = "";

    public required string Name { get; init; }

    public uint OwnerOid { get; init; } = WellKnownOids.SuperuserRole;

    /// <summary>Live columns in the order of their numbers. Empty for indexes.</summary>
    public IReadOnlyList<ColumnDescriptor> Columns { get; init; } = [];

    /// <summary>Privileges granted, in PostgreSQL's aclitem text; null means the owner's defaults.</summary>
    public string? AccessControl { get; init; }

    /// <summary>pg_class.relkind.</summary>
    public abstract char Kind { get; }

    /// <summary>The index in <see cref="Columns"/> of the column called <paramref name="name"/>, or −1.</summary>
    public int ColumnIndex(string name)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i].Name, name, StringComparison.Ordinal)) return i;
        }

        return -1;
    }
}
