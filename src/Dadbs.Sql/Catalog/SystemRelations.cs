using Dadbs.Storage;

namespace Dadbs.Sql.Catalog;

/// <summary>
/// The file ids of the system relations. They are relations of the state like any other: same trees, same change sets, same proofs.
/// Database 0 holds what all databases share. User relations get file ids from the OID counter, so they never meet these.
/// docs/formats.md lists keys and values.
/// </summary>
public static class SystemRelations
{
    public static RelationId SharedCounters => new(0, 1);

    public static RelationId Databases => new(0, 2);

    public static RelationId Roles => new(0, 3);

    public static RelationId RoleKeys => new(0, 4);

    public static RelationId ReplayWindows => new(0, 5);

    public static RelationId SharedComments => new(0, 6);

    public static RelationId Counters(uint database) => new(database, 1);

    public static RelationId Schemas(uint database) => new(database, 2);

    public static RelationId Relations(uint database) => new(database, 3);

    public static RelationId Comments(uint database) => new(database, 4);

    public static RelationId SequenceStates(uint database) => new(database, 5);

    public static RelationId SequenceLeases(uint database) => new(database, 6);

    public static RelationId Statistics(uint database) => new(database, 7);

    /// <summary>All system relations of a database.</summary>
    internal static IEnumerable<RelationId> OfDatabase(uint database)
    {
        for (uint file = 1; file <= 7; file++) yield return new RelationId(database, file);
    }
}
