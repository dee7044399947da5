using Dadbs.Sql.Seams;
using Dadbs.Storage;

namespace Dadbs.Sql.Catalog;

/// <summary>
/// Catalog snapshots by database and version. Versions name contents, so sessions, replays and transactions with definitions of their own share
/// one cache. Any thread: the list is replaced as a whole, and a lost race only loses an entry.
/// </summary>
public sealed class CatalogCache
{
    private const int EntriesMax = 32;

    private readonly IReadOnlyList<IVirtualRelation> _virtualRelations;
    private volatile CatalogSnapshot[] _recent = [];

    /// <param name="virtualRelations">pg_catalog, information_schema and dadbs, known to every database.</param>
    public CatalogCache(IReadOnlyList<IVirtualRelation> virtualRelations)
    {
        _virtualRelations = virtualRelations;
        var byOid = new Dictionary<uint, IVirtualRelation>();
        foreach (IVirtualRelation relation in virtualRelations) byOid.Add(relation.Descriptor.Oid, relation);
        VirtualRelation = oid => byOid.GetValueOrDefault(oid);
    }

    /// <summary>A virtual relation by its OID. One delegate for all statements.</summary>
    public Func<uint, IVirtualRelation?> VirtualRelation { get; }

    /// <summary>The catalog of a database as of a state. 3D000 if there is no such database.</summary>
    public CatalogSnapshot Get(IReadView state, uint databaseOid)
    {
        CatalogVersion version = CatalogKeys.ReadVersion(state, databaseOid);
        CatalogSnapshot[] recent = _recent;
        if (Find(recent, version, databaseOid) is { } known) return known;
        CatalogSnapshot built = new CatalogReader(state, databaseOid, _virtualRelations).Read(version);
        _recent = [built, .. recent.Take(EntriesMax - 1)];
        return built;
    }

    /// <summary>The same, unless it would have to be read and put together first.</summary>
    public CatalogSnapshot? Find(IReadView state, uint databaseOid) => Find(_recent, CatalogKeys.ReadVersion(state, databaseOid), databaseOid);

    private static CatalogSnapshot? Find(CatalogSnapshot[] recent, CatalogVersion version, uint databaseOid)
    {
        foreach (CatalogSnapshot snapshot in recent)
        {
            if (snapshot.Database.Oid == databaseOid && snapshot.Version == version) return snapshot;
        }

        return null;
    }

    /// <summary>The version alone: what a prepared statement compares before it runs again.</summary>
    public static CatalogVersion VersionOf(IReadView state, uint databaseOid) => CatalogKeys.ReadVersion(state, databaseOid);

    /// <summary>Whether an overlay holds changes of a database's catalog, statistics included.</summary>
    internal static bool HasChanges(Overlay overlay, uint databaseOid) =>
        overlay.HasWritten(SystemRelations.SharedCounters, CatalogKeys.Fingerprint)
        || overlay.HasWritten(SystemRelations.Counters(databaseOid), CatalogKeys.Fingerprint)
        || overlay.HasWritten(SystemRelations.Counters(databaseOid), CatalogKeys.StatisticsVersion);
}
