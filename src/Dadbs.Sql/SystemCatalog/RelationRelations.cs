using Dadbs.Sql.Catalog;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>pg_class, pg_attribute, pg_attrdef, pg_index, pg_sequence, pg_rewrite: what describes the relations themselves.</summary>
internal static class RelationRelations
{
    public static void AddTo(Dictionary<string, RowSource> sources)
    {
        sources.Add("pg_class", new RowSource.OfCatalog(Classes));
        sources.Add("pg_attribute", new RowSource.OfCatalog(Attributes));
        sources.Add("pg_attrdef", new RowSource.OfCatalog(Defaults));
        sources.Add("pg_index", new RowSource.OfCatalog(Indexes));
        sources.Add("pg_sequence", new RowSource.OfCatalog(Sequences));
        sources.Add("pg_rewrite", new RowSource.OfCatalog(Rules));
    }

    /// <summary>pg_attrdef's key: defaults have no OID of their own in the state, so it is made of table and column.</summary>
    public static long DefaultOid(uint relation, int column) => unchecked((relation * 1600u) + (uint)column) | 0x8000_0000u;

    /// <summary>pg_rewrite's key for a view's rule.</summary>
    public static long RuleOid(uint view) => view | 0x4000_0000u;

    private static void Classes(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var relation in catalog.Relations)
        {
            rows.Row().Set("oid", relation.Oid).Set("relname", relation.Name).Set("relnamespace", relation.SchemaOid).Set("relowner", relation.OwnerOid)
                .Set("relam", relation switch
                {
                    TableDescriptor => FunctionRelations.Heap,
                    IndexDescriptor => FunctionRelations.Btree,
                    VirtualTableDescriptor { ShownKind: 'r' } => FunctionRelations.Heap,
                    _ => 0,
                })
                .Set("relpersistence", 'p').Set("relkind", relation.Kind).Set("relispopulated", true).Set("relreplident", relation is TableDescriptor ? 'd' : 'n')
                .Set("relnatts", relation is IndexDescriptor index ? index.Parts.Count : relation.Columns.Count).Set("relhasrules", relation is ViewDescriptor)
                .SetReal("reltuples", relation is TableDescriptor { EstimatedRows: var estimate } ? estimate : relation is SequenceDescriptor ? 1 : relation is ViewDescriptor ? 0 : -1);
            if (relation is not TableDescriptor table) continue;
            rows.Set("relfilenode", table.Rows.File).Set("relhasindex", table.Indexes.Count > 0).Set("relchecks", table.Checks.Count)
                .Set("relhastriggers", catalog.ForeignKeys.Concerns(table.Oid));
            if (table.Options.Count > 0) rows.SetArray("reloptions", table.Options);
        }
    }

    private static void Attributes(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var relation in catalog.Relations)
        {
            foreach (var column in relation.Columns) Attribute(rows, relation.Oid, column.Number, column.Name, column.Type).Column(column);
            if (SystemColumns.Has(relation))
            {
                foreach (var column in SystemColumns.All) Attribute(rows, relation.Oid, column.Number, column.Name, new ColumnType(column.Type, -1)).Set("attnotnull", true).Set("attstattarget", 0);
            }

            switch (relation)
            {
                case TableDescriptor table:
                    foreach (var dropped in table.DroppedColumns) Dropped(rows, table, dropped);
                    break;
                case IndexDescriptor index when catalog.RelationByOid(index.TableOid) is TableDescriptor table:
                    for (var i = 0; i < index.Parts.Count; i++)
                    {
                        var column = table.Columns[index.Parts[i].ColumnIndex];
                        Attribute(rows, index.Oid, i + 1, column.Name, column.Type);
                    }

                    break;
            }
        }
    }

    private static RowBuilder Attribute(RowBuilder rows, uint relation, int number, string name, ColumnType type) =>
        rows.Row().Set("attrelid", relation).Set("attname", name).Set("atttypid", type.Type.Oid).Set("attstattarget", -1).Set("attlen", type.Type.Length).Set("attnum", number)
            .Set("attndims", type.Type.IsArray ? 1 : 0).Set("attcacheoff", -1).Set("atttypmod", type.Modifier).Set("attbyval", type.Type.IsByValue).Set("attalign", type.Type.Alignment)
            .Set("attstorage", type.Type.Storage).Set("attislocal", true).Set("attcollation", type.Type.CollationOid);

    private static void Column(this RowBuilder rows, ColumnDescriptor column)
    {
        rows.Set("attnotnull", column.NotNull).Set("atthasdef", column.DefaultText is not null).Set("atthasmissing", column.MissingValue is not null);
        if (column.Identity != IdentityKind.None) rows.Set("attidentity", column.Identity == IdentityKind.Always ? 'a' : 'd');
    }

    private static void Dropped(RowBuilder rows, TableDescriptor table, ColumnDescriptor column) =>
        Attribute(rows, table.Oid, column.Number, $"........pg.dropped.{column.Number}........", column.Type).Set("atttypid", 0).Set("attisdropped", true);

    private static void Defaults(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var relation in catalog.Relations)
        {
            foreach (var column in relation.Columns)
            {
                if (column.DefaultText is null) continue;
                rows.Row().Set("oid", DefaultOid(relation.Oid, column.Number)).Set("adrelid", relation.Oid).Set("adnum", column.Number).Set("adbin", StoredExpressionText.DefaultNode(column));
            }
        }
    }

    private static void Indexes(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var relation in catalog.Relations)
        {
            if (relation is not IndexDescriptor index || catalog.RelationByOid(index.TableOid) is not TableDescriptor table) continue;
            rows.Row().Set("indexrelid", index.Oid).Set("indrelid", table.Oid).Set("indnatts", index.Parts.Count).Set("indnkeyatts", index.Parts.Count)
                .Set("indisunique", index.IsUniqueKey).Set("indnullsnotdistinct", index.NullsNotDistinct).Set("indisprimary", index.IsPrimaryKey).Set("indimmediate", !index.IsDeferrable)
                .Set("indisvalid", true).Set("indisready", true).Set("indislive", true)
                .SetArray("indkey", index.Parts.Select(p => (long)table.Columns[p.ColumnIndex].Number))
                .SetArray("indcollation", index.Parts.Select(p => (long)p.Type.CollationOid))
                .SetArray("indclass", index.Parts.Select(p => FunctionRelations.DefaultOperatorClass(p.Type.Oid)))
                .SetArray("indoption", index.Parts.Select(p => (p.Descending ? 1L : 0) | (p.NullsFirst ? 2L : 0)));
        }
    }

    private static void Sequences(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var sequence in catalog.Relations.OfType<SequenceDescriptor>())
        {
            rows.Row().Set("seqrelid", sequence.Oid).Set("seqtypid", sequence.DataType.Oid).Set("seqstart", sequence.Start).Set("seqincrement", sequence.Increment)
                .Set("seqmax", sequence.Maximum).Set("seqmin", sequence.Minimum).Set("seqcache", sequence.Cache).Set("seqcycle", sequence.Cycles);
        }
    }

    private static void Rules(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var view in catalog.Relations.OfType<ViewDescriptor>())
        {
            rows.Row().Set("oid", RuleOid(view.Oid)).Set("rulename", "_RETURN").Set("ev_class", view.Oid).Set("ev_type", '1').Set("ev_enabled", 'O').Set("is_instead", true)
                .Set("ev_qual", "<>").Set("ev_action", view.QueryText);
        }
    }
}
