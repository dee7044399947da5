using System.Globalization;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>The views of information_schema (PostgreSQL manual, chapter 37). Unlike PostgreSQL's they show all objects, not only those that the role may use.</summary>
internal static class InformationSchema
{
    public static void AddTo(Dictionary<string, RowSource> sources)
    {
        sources.Add("tables", new RowSource.OfCatalog(Tables));
        sources.Add("columns", new RowSource.OfCatalog(Columns));
        sources.Add("views", new RowSource.OfCatalog(Views));
        sources.Add("view_table_usage", new RowSource.OfCatalog(ViewTableUsage));
        sources.Add("schemata", new RowSource.OfCatalog(Schemata));
        sources.Add("sequences", new RowSource.OfCatalog(Sequences));
        sources.Add("table_constraints", new RowSource.OfCatalog(TableConstraints));
        sources.Add("key_column_usage", new RowSource.OfCatalog(KeyColumns));
        sources.Add("referential_constraints", new RowSource.OfCatalog(ReferentialConstraints));
        sources.Add("constraint_column_usage", new RowSource.OfCatalog(ConstraintColumns));
        sources.Add("constraint_table_usage", new RowSource.OfCatalog(ConstraintTables));
        sources.Add("check_constraints", new RowSource.OfCatalog(CheckConstraints));
        sources.Add("enabled_roles", new RowSource.OfCatalog(EnabledRoles));
        sources.Add("information_schema_catalog_name", new RowSource.OfCatalog((rows, catalog) => rows.Row().Set("catalog_name", catalog.Database.Name)));
        sources.Add("character_sets", new RowSource.OfCatalog(CharacterSets));
    }

    private static IEnumerable<RelationDescriptor> TablesAndViews(CatalogSnapshot catalog) => catalog.Relations.Where(r => r.Kind is 'r' or 'v');

    private static RowBuilder Relation(this RowBuilder rows, CatalogSnapshot catalog, RelationDescriptor relation, string prefix = "table") =>
        rows.Set(prefix + "_catalog", catalog.Database.Name).Set(prefix + "_schema", relation.SchemaName).Set(prefix + "_name", relation.Name);

    /// <summary>These rows are made once for all sessions: names are shown as the default search path finds them.</summary>
    private static readonly SearchPath PublicPath = SearchPath.Only("public");

    private static void Tables(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var relation in TablesAndViews(catalog))
        {
            rows.Row().Relation(catalog, relation).Set("table_type", relation.Kind == 'r' ? "BASE TABLE" : "VIEW").SetYesNo("is_insertable_into", relation.Kind == 'r').SetYesNo("is_typed", false);
        }
    }

    private static void Columns(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var relation in TablesAndViews(catalog))
        {
            foreach (var column in relation.Columns)
            {
                rows.Row().Relation(catalog, relation).Set("column_name", column.Name).Set("ordinal_position", column.Number).Set("column_default", column.Identity == IdentityKind.None && column.DefaultText is not null ? StoredExpressionText.Default(column, relation, catalog, PublicPath, pretty: false) : null)
                    .SetYesNo("is_nullable", !column.NotNull).ColumnType(catalog, column.Type).Set("dtd_identifier", column.Number.ToString(NumberFormatInfo.InvariantInfo)).SetYesNo("is_self_referencing", false)
                    .SetYesNo("is_identity", column.Identity != IdentityKind.None).SetYesNo("identity_cycle", false).Set("is_generated", "NEVER").SetYesNo("is_updatable", relation.Kind == 'r');
                if (column.Identity != IdentityKind.None) Identity(rows, catalog, column);
            }
        }
    }

    private static void Identity(RowBuilder rows, CatalogSnapshot catalog, ColumnDescriptor column)
    {
        rows.Set("identity_generation", column.Identity == IdentityKind.Always ? "ALWAYS" : "BY DEFAULT");
        if (catalog.RelationByOid(column.OwnedSequenceOid) is not SequenceDescriptor sequence) return;
        rows.Set("identity_start", sequence.Start.ToString(NumberFormatInfo.InvariantInfo)).Set("identity_increment", sequence.Increment.ToString(NumberFormatInfo.InvariantInfo)).Set("identity_maximum", sequence.Maximum.ToString(NumberFormatInfo.InvariantInfo))
            .Set("identity_minimum", sequence.Minimum.ToString(NumberFormatInfo.InvariantInfo)).SetYesNo("identity_cycle", sequence.Cycles);
    }

    /// <summary>The type as SQL's standard describes it.</summary>
    private static RowBuilder ColumnType(this RowBuilder rows, CatalogSnapshot catalog, ColumnType column)
    {
        var (type, modifier) = column;
        rows.Set("data_type", type.IsArray ? "ARRAY" : type.DisplayName).Set("udt_catalog", catalog.Database.Name).Set("udt_schema", "pg_catalog").Set("udt_name", type.Name);
        switch (type.Oid)
        {
            case 1042 or 1043:
                rows.Set("character_octet_length", modifier >= 4 ? (modifier - 4) * 4 : 1 << 30);
                if (modifier >= 4) rows.Set("character_maximum_length", modifier - 4);
                break;
            case 25:
                rows.Set("character_octet_length", 1 << 30);
                break;
            case 21 or 23 or 20:
                rows.Set("numeric_precision", type.Length * 8).Set("numeric_precision_radix", 2).Set("numeric_scale", 0);
                break;
            case 700 or 701:
                rows.Set("numeric_precision", type.Oid == 700 ? 24 : 53).Set("numeric_precision_radix", 2);
                break;
            case 1700:
                rows.Set("numeric_precision_radix", 10);
                if (modifier >= 4) rows.Set("numeric_precision", ((modifier - 4) >> 16) & 0xFFFF).Set("numeric_scale", (((modifier - 4) & 0x7FF) ^ 1024) - 1024);
                break;
            case 1082:
                rows.Set("datetime_precision", 0);
                break;
            case 1083 or 1114 or 1184 or 1266:
                rows.Set("datetime_precision", modifier < 0 ? 6 : modifier);
                break;
            case 1186:
                rows.Set("datetime_precision", modifier < 0 || (modifier & 0xFFFF) == 0xFFFF ? 6 : modifier & 0xFFFF);
                break;
        }

        return rows;
    }

    private static void Views(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var relation in catalog.Relations.Where(r => r.Kind == 'v'))
        {
            rows.Row().Relation(catalog, relation).Set("view_definition", relation is ViewDescriptor view ? DefinitionText.View(view) : null).Set("check_option", "NONE").SetYesNo("is_updatable", false)
                .SetYesNo("is_insertable_into", false).SetYesNo("is_trigger_updatable", false).SetYesNo("is_trigger_deletable", false).SetYesNo("is_trigger_insertable_into", false);
        }
    }

    private static void ViewTableUsage(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var view in catalog.Relations.OfType<ViewDescriptor>())
        {
            foreach (var oid in view.DependsOn)
            {
                if (catalog.RelationByOid(oid) is { } relation) rows.Row().Relation(catalog, view, "view").Relation(catalog, relation);
            }
        }
    }

    private static void Schemata(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var schema in catalog.Schemas)
        {
            rows.Row().Set("catalog_name", catalog.Database.Name).Set("schema_name", schema.Name).Set("schema_owner", ReadableViews.OwnerOf(catalog, schema.OwnerOid));
        }
    }

    private static void Sequences(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var sequence in catalog.Relations.OfType<SequenceDescriptor>())
        {
            if (sequence.IsIdentity) continue;
            rows.Row().Relation(catalog, sequence, "sequence").Set("data_type", sequence.DataType.DisplayName).Set("numeric_precision", sequence.DataType.Length * 8).Set("numeric_precision_radix", 2)
                .Set("numeric_scale", 0).Set("start_value", sequence.Start.ToString(NumberFormatInfo.InvariantInfo)).Set("minimum_value", sequence.Minimum.ToString(NumberFormatInfo.InvariantInfo)).Set("maximum_value", sequence.Maximum.ToString(NumberFormatInfo.InvariantInfo))
                .Set("increment", sequence.Increment.ToString(NumberFormatInfo.InvariantInfo)).SetYesNo("cycle_option", sequence.Cycles);
        }
    }

    /// <summary>Keys, checks and foreign keys by name, and, as in PostgreSQL, a check for each NOT NULL column.</summary>
    private static IEnumerable<(TableDescriptor Table, string Name, string Type, IndexDescriptor? Index, string? Clause, ForeignKey? Key)> Constraints(CatalogSnapshot catalog)
    {
        foreach (var table in catalog.Relations.OfType<TableDescriptor>())
        {
            foreach (var index in table.Indexes)
            {
                if (index.ConstraintOid != 0) yield return (table, index.Name, index.IsPrimaryKey ? "PRIMARY KEY" : "UNIQUE", index, null, null);
            }

            foreach (var check in table.Checks) yield return (table, check.Name, "CHECK", null, $"({StoredExpressionText.Check(check.ExpressionText, table, catalog, PublicPath, pretty: false)})", null);
            foreach (var key in catalog.ForeignKeys.Of(table.Oid)) yield return (table, key.Descriptor.Name, "FOREIGN KEY", null, null, key);
            foreach (var column in table.Columns)
            {
                if (column.NotNull) yield return (table, $"{table.SchemaOid}_{table.Oid}_{column.Number}_not_null", "CHECK", null, column.Name + " IS NOT NULL", null);
            }
        }
    }

    private static RowBuilder Constraint(this RowBuilder rows, CatalogSnapshot catalog, TableDescriptor table, string name) =>
        rows.Set("constraint_catalog", catalog.Database.Name).Set("constraint_schema", table.SchemaName).Set("constraint_name", name);

    private static void TableConstraints(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var (table, name, type, index, _, key) in Constraints(catalog))
        {
            rows.Row().Constraint(catalog, table, name).Relation(catalog, table).Set("constraint_type", type).SetYesNo("is_deferrable", key?.Descriptor.IsDeferrable ?? index?.IsDeferrable ?? false)
                .SetYesNo("initially_deferred", key?.Descriptor.IsInitiallyDeferred ?? index?.IsInitiallyDeferred ?? false).SetYesNo("enforced", true);
            if (index is { IsPrimaryKey: false }) rows.SetYesNo("nulls_distinct", !index.NullsNotDistinct);
        }
    }

    private static void KeyColumns(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var (table, name, _, index, _, key) in Constraints(catalog))
        {
            int[] columns = key?.Columns ?? [.. index?.Parts.Select(p => p.ColumnIndex) ?? []];
            for (var i = 0; i < columns.Length; i++)
            {
                rows.Row().Constraint(catalog, table, name).Relation(catalog, table).Set("column_name", table.Columns[columns[i]].Name).Set("ordinal_position", i + 1);
                if (key is not null) rows.Set("position_in_unique_constraint", Array.IndexOf(key.PartOrder, i) + 1);
            }
        }
    }

    private static void ReferentialConstraints(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var (table, name, _, _, _, key) in Constraints(catalog))
        {
            if (key is null) continue;
            rows.Row().Constraint(catalog, table, name).Set("match_option", key.Descriptor.Match == ForeignKeyMatch.Full ? "FULL" : "NONE")
                .Set("update_rule", DefinitionText.Words(key.Descriptor.OnUpdate)).Set("delete_rule", DefinitionText.Words(key.Descriptor.OnDelete));
            if (key.Index.ConstraintOid == 0) continue;
            rows.Set("unique_constraint_catalog", catalog.Database.Name).Set("unique_constraint_schema", key.Referenced.SchemaName).Set("unique_constraint_name", key.Index.Name);
        }
    }

    /// <summary>Of a foreign key, what it references.</summary>
    private static void ConstraintColumns(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var (table, name, _, index, _, key) in Constraints(catalog))
        {
            foreach (var part in index?.Parts ?? []) rows.Row().Relation(catalog, table).Set("column_name", table.Columns[part.ColumnIndex].Name).Constraint(catalog, table, name);
            foreach (var column in key?.ReferencedColumns ?? []) rows.Row().Relation(catalog, key!.Referenced).Set("column_name", key.Referenced.Columns[column].Name).Constraint(catalog, table, name);
        }
    }

    private static void ConstraintTables(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var (table, name, _, index, _, key) in Constraints(catalog))
        {
            if (index is not null || key is not null) rows.Row().Relation(catalog, key?.Referenced ?? table).Constraint(catalog, table, name);
        }
    }

    private static void CheckConstraints(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var (table, name, _, _, clause, _) in Constraints(catalog))
        {
            if (clause is not null) rows.Row().Constraint(catalog, table, name).Set("check_clause", clause);
        }
    }

    private static void EnabledRoles(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var role in catalog.Roles) rows.Row().Set("role_name", role.Name);
    }

    private static void CharacterSets(RowBuilder rows, CatalogSnapshot catalog) =>
        rows.Row().Set("character_set_name", "UTF8").Set("character_repertoire", "UCS").Set("form_of_use", "UTF8").Set("default_collate_catalog", catalog.Database.Name)
            .Set("default_collate_schema", "pg_catalog").Set("default_collate_name", "C");
}
