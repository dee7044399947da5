namespace Dadbs.Sql.Catalog;

/// <summary>
/// The catalog of one database at one version: immutable, shared by all sessions. Name lookups are exact (identifiers were folded by
/// the parser); lists are ordered by OID.
/// </summary>
public sealed class CatalogSnapshot
{
    private readonly Dictionary<uint, RelationDescriptor> _relationsByOid;
    private readonly Dictionary<(string Schema, string Name), RelationDescriptor> _relationsByName;
    private readonly Dictionary<string, SchemaDescriptor> _schemas;
    private readonly Dictionary<string, RoleDescriptor> _rolesByName;
    private readonly Dictionary<uint, RoleDescriptor> _rolesByOid;

    internal CatalogSnapshot(CatalogContents contents)
    {
        Version = contents.Version;
        Database = contents.Database;
        Databases = contents.Databases;
        Schemas = contents.Schemas;
        Roles = contents.Roles;
        RoleKeys = contents.RoleKeys;
        Relations = contents.Relations;
        Comments = contents.Comments;
        _schemas = contents.Schemas.ToDictionary(s => s.Name, StringComparer.Ordinal);
        _rolesByName = contents.Roles.ToDictionary(r => r.Name, StringComparer.Ordinal);
        _rolesByOid = contents.Roles.ToDictionary(r => r.Oid);
        _relationsByOid = new Dictionary<uint, RelationDescriptor>(contents.Relations.Count);
        _relationsByName = new Dictionary<(string, string), RelationDescriptor>(contents.Relations.Count);
        foreach (RelationDescriptor relation in contents.Relations)
        {
            _relationsByOid[relation.Oid] = relation;
            _relationsByName[(relation.SchemaName, relation.Name)] = relation;
        }

        ForeignKeys = ForeignKeySet.Of(contents.Relations, RelationByOid);
    }

    public CatalogVersion Version { get; }

    public DatabaseDescriptor Database { get; }

    public IReadOnlyList<DatabaseDescriptor> Databases { get; }

    public IReadOnlyList<SchemaDescriptor> Schemas { get; }

    public IReadOnlyList<RoleDescriptor> Roles { get; }

    public IReadOnlyList<RoleKeyDescriptor> RoleKeys { get; }

    /// <summary>Tables, indexes, views, sequences and virtual relations.</summary>
    public IReadOnlyList<RelationDescriptor> Relations { get; }

    public IReadOnlyList<CommentDescriptor> Comments { get; }

    /// <summary>The database's foreign keys, found from either side.</summary>
    public ForeignKeySet ForeignKeys { get; }

    public SchemaDescriptor? FindSchema(string name) => _schemas.GetValueOrDefault(name);

    public RoleDescriptor? FindRole(string name) => _rolesByName.GetValueOrDefault(name);

    public RoleDescriptor? RoleByOid(uint oid) => _rolesByOid.GetValueOrDefault(oid);

    public RelationDescriptor? RelationByOid(uint oid) => _relationsByOid.GetValueOrDefault(oid);

    /// <summary>42P01 where there is no such relation, 42809 where it is no sequence.</summary>
    public SequenceDescriptor SequenceByOid(uint oid) => RelationByOid(oid) switch
    {
        SequenceDescriptor sequence => sequence,
        { } other => throw new SqlException(SqlState.WrongObjectType, $"\"{other.Name}\" is not a sequence"),
        null => throw new SqlException(SqlState.UndefinedTable, $"could not open relation with OID {oid}"),
    };

    /// <summary>Looks a relation up: in its schema if one is given, else in the search path's schemas in order.</summary>
    /// <returns>Null if there is none; the caller words 42P01, or 3F000 for a missing schema.</returns>
    public RelationDescriptor? FindRelation(string? schema, string name, SearchPath path)
    {
        if (schema is not null) return _relationsByName.GetValueOrDefault((schema, name));
        foreach (string candidate in path.Effective)
        {
            if (_relationsByName.TryGetValue((candidate, name), out RelationDescriptor? found)) return found;
        }

        return null;
    }

    /// <summary>The schema in which CREATE puts an unqualified name: the first of the path that exists; null: 3F000.</summary>
    public SchemaDescriptor? CreationSchema(SearchPath path)
    {
        foreach (string candidate in path.Named)
        {
            if (_schemas.TryGetValue(candidate, out SchemaDescriptor? schema)) return schema;
        }

        return null;
    }

    /// <summary>Whether an unqualified use of its name finds this relation, so that regclass output needs no schema.</summary>
    public bool IsVisible(RelationDescriptor relation, SearchPath path) =>
        ReferenceEquals(FindRelation(null, relation.Name, path), relation);

    public DatabaseDescriptor? FindDatabase(string name)
    {
        foreach (DatabaseDescriptor database in Databases)
        {
            if (string.Equals(database.Name, name, StringComparison.Ordinal)) return database;
        }

        return null;
    }

    /// <summary>Whether <paramref name="publicKey"/> is registered for the role and not revoked.</summary>
    public bool KeyMayActFor(uint roleOid, ReadOnlySpan<byte> publicKey)
    {
        foreach (RoleKeyDescriptor key in RoleKeys)
        {
            if (key.RoleOid == roleOid && !key.IsRevoked && publicKey.SequenceEqual(key.PublicKey)) return true;
        }

        return false;
    }
}

/// <summary>COMMENT ON. Ordered by class, object and column.</summary>
/// <param name="ClassOid">The system catalog of the object: 1259 pg_class, 2615 pg_namespace, 1262 pg_database, 1260 pg_authid …</param>
/// <param name="ObjectOid">The object.</param>
/// <param name="ColumnNumber">A column's number, or 0.</param>
/// <param name="Text">The comment.</param>
public sealed record CommentDescriptor(uint ClassOid, uint ObjectOid, int ColumnNumber, string Text);

/// <summary>What a snapshot is built from; all lists ordered by OID.</summary>
internal sealed record CatalogContents
{
    public required CatalogVersion Version { get; init; }

    public required DatabaseDescriptor Database { get; init; }

    public required IReadOnlyList<DatabaseDescriptor> Databases { get; init; }

    public required IReadOnlyList<SchemaDescriptor> Schemas { get; init; }

    public required IReadOnlyList<RoleDescriptor> Roles { get; init; }

    public required IReadOnlyList<RoleKeyDescriptor> RoleKeys { get; init; }

    public required IReadOnlyList<RelationDescriptor> Relations { get; init; }

    public required IReadOnlyList<CommentDescriptor> Comments { get; init; }
}
