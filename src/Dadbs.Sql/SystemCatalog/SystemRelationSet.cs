using Dadbs.Sql.Catalog;
using Dadbs.Sql.Seams;
using Dadbs.Sql.SystemCatalog.Definitions;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>
/// pg_catalog and information_schema: every relation that PostgreSQL 15 has, with its columns. Those in <see cref="Sources"/> have rows; the
/// others are empty because what they list does not exist here (triggers, publications, foreign servers …) or is the node's own business
/// (pg_stat_*), for which the node brings relations of its own.
/// </summary>
public static class SystemRelationSet
{
    private static Dictionary<string, RowSource> Sources
    {
        get
        {
            var sources = new Dictionary<string, RowSource>(StringComparer.Ordinal);
            TypeRelations.AddTo(sources);
            FunctionRelations.AddTo(sources);
            RelationRelations.AddTo(sources);
            ConstraintRelations.AddTo(sources);
            ClusterRelations.AddTo(sources);
            ReadableViews.AddTo(sources);
            SettingRelations.AddTo(sources);
            return sources;
        }
    }

    /// <summary>All system relations, ordered by OID. A relation of the node takes the place of the empty one with its name.</summary>
    public static IReadOnlyList<IVirtualRelation> Create(IEnumerable<IVirtualRelation>? ofNode = null)
    {
        var relations = new Dictionary<(string, string), IVirtualRelation>();
        Add(relations, PgCatalogLayout.Text, "pg_catalog", WellKnownOids.PgCatalogSchema, Sources);
        var views = new Dictionary<string, RowSource>(StringComparer.Ordinal);
        InformationSchema.AddTo(views);
        Add(relations, InformationSchemaLayout.Text, "information_schema", WellKnownOids.InformationSchema, views);
        foreach (var relation in ofNode ?? []) relations[(relation.Descriptor.SchemaName, relation.Descriptor.Name)] = relation;
        return [.. relations.Values.OrderBy(r => r.Descriptor.Oid)];
    }

    private static void Add(Dictionary<(string, string), IVirtualRelation> relations, string layouts, string schema, uint schemaOid, Dictionary<string, RowSource> sources)
    {
        foreach (var line in layouts.Split('\n'))
        {
            var name = RelationLayout.NameOf(line);
            var isLocal = name.StartsWith("pg_stat_", StringComparison.Ordinal) || name.StartsWith("pg_statio_", StringComparison.Ordinal)
                || name is "pg_locks" or "pg_cursors" or "pg_prepared_statements" or "pg_settings" or "pg_shmem_allocations" or "pg_backend_memory_contexts";
            var source = sources.TryGetValue(name, out var found) ? found : new RowSource.Nothing();
            relations.Add((schema, name), new SystemRelation(RelationLayout.Parse(line, schema, schemaOid, isLocal), source));
        }
    }
}
