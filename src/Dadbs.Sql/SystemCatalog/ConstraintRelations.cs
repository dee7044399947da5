using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>pg_constraint, pg_depend and the comments.</summary>
internal static class ConstraintRelations
{
    public static void AddTo(Dictionary<string, RowSource> sources)
    {
        sources.Add("pg_constraint", new RowSource.OfCatalog(Constraints));
        sources.Add("pg_depend", new RowSource.OfCatalog(Dependencies));
        sources.Add("pg_description", new RowSource.OfCatalog(Comments));
        sources.Add("pg_shdescription", new RowSource.OfCatalog(SharedComments));
    }

    private static void Constraints(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var table in catalog.Relations.OfType<TableDescriptor>())
        {
            foreach (var check in table.Checks) Constraint(rows, table, check.Oid, check.Name, 'c').Set("conbin", check.ExpressionText);
            foreach (var index in table.Indexes)
            {
                if (index.ConstraintOid == 0) continue;
                Constraint(rows, table, index.ConstraintOid, index.Name, index.IsPrimaryKey ? 'p' : 'u').Set("conindid", index.Oid).Set("connoinherit", true)
                    .Set("condeferrable", index.IsDeferrable).Set("condeferred", index.IsInitiallyDeferred)
                    .SetArray("conkey", index.Parts.Select(p => (long)table.Columns[p.ColumnIndex].Number));
            }

            foreach (var key in catalog.ForeignKeys.Of(table.Oid)) ForeignKey(rows, key);
        }
    }

    private static void ForeignKey(RowBuilder rows, ForeignKey constraint)
    {
        var key = constraint.Descriptor;
        Constraint(rows, constraint.Table, key.Oid, key.Name, 'f').Set("conindid", key.IndexOid).Set("connoinherit", true).Set("convalidated", key.IsValidated)
            .Set("condeferrable", key.IsDeferrable).Set("condeferred", key.IsInitiallyDeferred).Set("confrelid", key.ReferencedTableOid)
            .Set("confupdtype", Letter(key.OnUpdate)).Set("confdeltype", Letter(key.OnDelete)).Set("confmatchtype", key.Match == ForeignKeyMatch.Full ? 'f' : 's')
            .SetArray("conkey", key.Columns.Select(n => (long)n)).SetArray("confkey", key.ReferencedColumns.Select(n => (long)n));
        if (key.OnDeleteColumns.Count > 0) rows.SetArray("confdelsetcols", key.OnDeleteColumns.Select(n => (long)n));
    }

    private static char Letter(ReferentialAction action) => action switch
    {
        ReferentialAction.Restrict => 'r',
        ReferentialAction.Cascade => 'c',
        ReferentialAction.SetNull => 'n',
        ReferentialAction.SetDefault => 'd',
        _ => 'a',
    };

    private static RowBuilder Constraint(RowBuilder rows, TableDescriptor table, uint oid, string name, char type) =>
        rows.Row().Set("oid", oid).Set("conname", name).Set("connamespace", table.SchemaOid).Set("contype", type).Set("convalidated", true).Set("conrelid", table.Oid)
            .Set("confupdtype", ' ').Set("confdeltype", ' ').Set("confmatchtype", ' ').Set("conislocal", true);

    private static void Dependencies(RowBuilder rows, CatalogSnapshot catalog)
    {
        const uint Rules = 2618;
        Dependency(rows, ClassOids.Schemas, WellKnownOids.DadbsSchema, ClassOids.Extensions, ClassOids.DadbsExtension, 0, 'e');
        foreach (var relation in catalog.Relations)
        {
            if (relation.SchemaOid == WellKnownOids.DadbsSchema) Dependency(rows, ClassOids.Relations, relation.Oid, ClassOids.Extensions, ClassOids.DadbsExtension, 0, 'e');
            switch (relation)
            {
                case SequenceDescriptor { OwnerTableOid: not 0 } sequence:
                    Dependency(rows, ClassOids.Relations, sequence.Oid, ClassOids.Relations, sequence.OwnerTableOid, sequence.OwnerColumnNumber, sequence.IsIdentity ? 'i' : 'a');
                    break;
                case IndexDescriptor { ConstraintOid: not 0 } index:
                    Dependency(rows, ClassOids.Relations, index.Oid, ClassOids.Constraints, index.ConstraintOid, 0, 'i');
                    break;
                case ViewDescriptor view:
                    foreach (var read in view.DependsOn) Dependency(rows, Rules, (uint)RelationRelations.RuleOid(view.Oid), ClassOids.Relations, read, 0, 'n');
                    Dependency(rows, Rules, (uint)RelationRelations.RuleOid(view.Oid), ClassOids.Relations, view.Oid, 0, 'i');
                    break;
            }

            foreach (var constraint in catalog.ForeignKeys.Of(relation.Oid))
            {
                var key = constraint.Descriptor;
                foreach (var column in key.Columns) Dependency(rows, ClassOids.Constraints, key.Oid, ClassOids.Relations, relation.Oid, column, 'a');
                foreach (var column in key.ReferencedColumns) Dependency(rows, ClassOids.Constraints, key.Oid, ClassOids.Relations, key.ReferencedTableOid, column, 'n');
                Dependency(rows, ClassOids.Constraints, key.Oid, ClassOids.Relations, key.IndexOid, 0, 'n');
            }

            Defaults(rows, relation, catalog);
            if (relation is TableDescriptor or ViewDescriptor or SequenceDescriptor) Dependency(rows, ClassOids.Relations, relation.Oid, ClassOids.Schemas, relation.SchemaOid, 0, 'n');
        }
    }

    /// <summary>A default goes with its column, and needs the sequences that it names: pg_dump sets such a default when both exist.</summary>
    private static void Defaults(RowBuilder rows, RelationDescriptor relation, CatalogSnapshot catalog)
    {
        const uint DefaultClass = 2604;
        foreach (var column in relation.Columns)
        {
            if (column.DefaultText is null) continue;
            var oid = (uint)RelationRelations.DefaultOid(relation.Oid, column.Number);
            Dependency(rows, DefaultClass, oid, ClassOids.Relations, relation.Oid, column.Number, 'a');
            if (catalog.RelationByOid(column.OwnedSequenceOid) is { } sequence) Dependency(rows, DefaultClass, oid, ClassOids.Relations, sequence.Oid, 0, 'n');
        }
    }

    private static void Dependency(RowBuilder rows, uint type, uint oid, uint onType, uint onOid, int onColumn, char kind) =>
        rows.Row().Set("classid", type).Set("objid", oid).Set("refclassid", onType).Set("refobjid", onOid).Set("refobjsubid", onColumn).Set("deptype", kind);

    private static bool IsShared(CommentDescriptor comment) => comment.ClassOid is ClassOids.Databases or ClassOids.Roles;

    private static void Comments(RowBuilder rows, CatalogSnapshot catalog)
    {
        var hasPublic = false;
        foreach (var comment in catalog.Comments)
        {
            hasPublic |= comment.ObjectOid == WellKnownOids.PublicSchema && comment.ClassOid == ClassOids.Schemas;
            if (!IsShared(comment)) rows.Row().Set("objoid", comment.ObjectOid).Set("classoid", comment.ClassOid).Set("objsubid", comment.ColumnNumber).Set("description", comment.Text);
        }

        if (!hasPublic) rows.Row().Set("objoid", WellKnownOids.PublicSchema).Set("classoid", ClassOids.Schemas).Set("description", "standard public schema");
    }

    private static void SharedComments(RowBuilder rows, CatalogSnapshot catalog)
    {
        foreach (var comment in catalog.Comments)
        {
            if (IsShared(comment)) rows.Row().Set("objoid", comment.ObjectOid).Set("classoid", comment.ClassOid).Set("description", comment.Text);
        }
    }
}
