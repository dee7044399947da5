namespace Dadbs.Sql.Catalog;

/// <summary>All foreign keys of a database, found from either side; each list by OID, the order in which PostgreSQL's constraint triggers fire.</summary>
public sealed class ForeignKeySet
{
    private static readonly ForeignKeySet None = new();

    private readonly Dictionary<uint, List<ForeignKey>> _from = [];
    private readonly Dictionary<uint, List<ForeignKey>> _to = [];
    private readonly Dictionary<uint, ForeignKey> _byOid = [];

    private ForeignKeySet()
    {
    }

    /// <summary>All of them, by OID.</summary>
    public IReadOnlyList<ForeignKey> All { get; private init; } = [];

    /// <summary>Foreign keys of the table itself.</summary>
    public IReadOnlyList<ForeignKey> Of(uint tableOid) => _from.TryGetValue(tableOid, out List<ForeignKey>? keys) ? keys : [];

    /// <summary>Foreign keys, of whichever table, that reference the table.</summary>
    public IReadOnlyList<ForeignKey> To(uint tableOid) => _to.TryGetValue(tableOid, out List<ForeignKey>? keys) ? keys : [];

    public ForeignKey? Find(uint constraintOid) => _byOid.GetValueOrDefault(constraintOid);

    /// <summary>Whether writing the table can concern any foreign key.</summary>
    public bool Concerns(uint tableOid) => _byOid.Count > 0 && (_from.ContainsKey(tableOid) || _to.ContainsKey(tableOid));

    internal static ForeignKeySet Of(IReadOnlyList<RelationDescriptor> relations, Func<uint, RelationDescriptor?> byOid)
    {
        List<ForeignKey>? all = null;
        foreach (RelationDescriptor relation in relations)
        {
            if (relation is not TableDescriptor { ForeignKeys.Count: > 0 } table) continue;
            foreach (ForeignKeyDescriptor descriptor in table.ForeignKeys)
            {
                var referenced = (TableDescriptor)byOid(descriptor.ReferencedTableOid)!;
                IndexDescriptor index = referenced.Indexes.First(i => i.Oid == descriptor.IndexOid);
                (all ??= []).Add(new ForeignKey(descriptor, table, referenced, index));
            }
        }

        if (all is null) return None;
        all.Sort((a, b) => a.Descriptor.Oid.CompareTo(b.Descriptor.Oid));
        var set = new ForeignKeySet { All = all };
        foreach (ForeignKey key in all)
        {
            set._byOid.Add(key.Descriptor.Oid, key);
            Add(set._from, key.Table.Oid, key);
            Add(set._to, key.Referenced.Oid, key);
        }

        return set;
    }

    private static void Add(Dictionary<uint, List<ForeignKey>> lists, uint table, ForeignKey key)
    {
        if (!lists.TryGetValue(table, out List<ForeignKey>? list)) lists.Add(table, list = []);
        list.Add(key);
    }
}
