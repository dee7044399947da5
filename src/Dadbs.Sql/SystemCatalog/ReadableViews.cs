using Dadbs.Sql.Catalog;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>The views of pg_catalog that say the same with names instead of OIDs.</summary>
internal static class ReadableViews
{
    public static void AddTo(Dictionary<string, RowSource> sources)
    {
        sources.Add("pg_tables", new RowSource.OfCatalog(Tables));
        sources.Add("pg_views", new RowSource.OfCatalog(Views));
        sources.Add("pg_indexes", new RowSource.OfCatalog(Indexes));
        sources.Add("pg_sequences", new RowSource.OfCatalog(Sequences));
    }

    public static string OwnerOf(CatalogSnapshot catalog, uint role) => catalog.RoleByOid(role)?.Name ?? $"unknown (OID={role})";

    private static void Tables(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var relation in catalog.Relations)
        {
            if (relation.Kind != 'r') continue;
            rows.Row().Set("schemaname", relation.SchemaName).Set("tablename", relation.Name).Set("tableowner", OwnerOf(catalog, relation.OwnerOid))
                .Set("hasindexes", relation is TableDescriptor { Indexes.Count: > 0 }).Set("hasrules", false).Set("hastriggers", false).Set("rowsecurity", false);
        }
    }

    private static void Views(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var relation in catalog.Relations)
        {
            if (relation.Kind != 'v') continue;
            rows.Row().Set("schemaname", relation.SchemaName).Set("viewname", relation.Name).Set("viewowner", OwnerOf(catalog, relation.OwnerOid))
                .Set("definition", relation is ViewDescriptor view ? DefinitionText.View(view) : null);
        }
    }

    private static void Indexes(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var index in catalog.Relations.OfType<IndexDescriptor>())
        {
            if (catalog.RelationByOid(index.TableOid) is not TableDescriptor table) continue;
            rows.Row().Set("schemaname", table.SchemaName).Set("tablename", table.Name).Set("indexname", index.Name).Set("indexdef", DefinitionText.Index(index, table, isQualified: true));
        }
    }

    private static void Sequences(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var sequence in catalog.Relations.OfType<SequenceDescriptor>())
        {
            rows.Row().Set("schemaname", sequence.SchemaName).Set("sequencename", sequence.Name).Set("sequenceowner", OwnerOf(catalog, sequence.OwnerOid)).Set("data_type", sequence.DataType.Oid)
                .Set("start_value", sequence.Start).Set("min_value", sequence.Minimum).Set("max_value", sequence.Maximum).Set("increment_by", sequence.Increment).Set("cycle", sequence.Cycles)
                .Set("cache_size", sequence.Cache);
        }
    }
}
