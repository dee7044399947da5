using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Catalog;

/// <summary>A catalog snapshot under one search path, as the reg* types and the pg_get_* functions see it.</summary>
public sealed class CatalogLookup(CatalogSnapshot catalog, SearchPath path) : ICatalogLookup
{
    public uint FindRelation(string? schema, string name) => catalog.FindRelation(schema, name, path)?.Oid ?? 0;

    public uint FindType(string? schema, string name) => schema is null or "pg_catalog" ? SqlTypes.ByName(name)?.Oid ?? 0 : 0;

    public SqlType? TypeByOid(uint oid) => SqlTypes.ByOid(oid);

    public uint FindNamespace(string name) => catalog.FindSchema(name)?.Oid ?? 0;

    public uint FindRole(string name) => catalog.FindRole(name)?.Oid ?? 0;

    public IReadOnlyList<FunctionDescriptor> FindFunctions(string? schema, string name) =>
        schema is null or "pg_catalog" ? BuiltinFunctions.FunctionsByName(name) : [];

    public (string Schema, string Name)? RelationName(uint oid) => catalog.RelationByOid(oid) is { } r ? (r.SchemaName, r.Name) : null;

    public (string Schema, string Name)? TypeName(uint oid) => SqlTypes.ByOid(oid) is { } type ? ("pg_catalog", type.Name) : null;

    public (string Schema, string Name)? FunctionName(uint oid) => BuiltinFunctions.FunctionByOid(oid) is { } f ? ("pg_catalog", f.Name) : null;

    public string? NamespaceName(uint oid) => catalog.Schemas.FirstOrDefault(s => s.Oid == oid)?.Name;

    public string? RoleName(uint oid) => catalog.RoleByOid(oid)?.Name;

    public bool IsRelationVisible(uint oid) => catalog.RelationByOid(oid) is { } relation && catalog.IsVisible(relation, path);

    public bool IsTypeVisible(uint oid) => SqlTypes.ByOid(oid) is not null;

    public bool IsFunctionVisible(uint oid) => BuiltinFunctions.FunctionByOid(oid) is not null;

    public string? ViewDefinition(uint relationOid, bool pretty) =>
        catalog.RelationByOid(relationOid) is ViewDescriptor view ? " " + view.QueryText + ";" : null;

    public string? IndexDefinition(uint indexOid, int columnNumber, bool pretty)
    {
        if (catalog.RelationByOid(indexOid) is not IndexDescriptor index || catalog.RelationByOid(index.TableOid) is not TableDescriptor table) return null;
        if (columnNumber > 0)
            return columnNumber <= index.Parts.Count ? Identifiers.Quote(table.Columns[index.Parts[columnNumber - 1].ColumnIndex].Name) : "";
        IEnumerable<string> parts = index.Parts.Select(p => Identifiers.Quote(table.Columns[p.ColumnIndex].Name) + Direction(p));
        string unique = index.IsUnique ? "UNIQUE " : "";
        string nulls = index.NullsNotDistinct ? " NULLS NOT DISTINCT" : "";
        return $"CREATE {unique}INDEX {Identifiers.Quote(index.Name)} ON {Qualified(table)} USING btree ({string.Join(", ", parts)}){nulls}";
    }

    public string? ConstraintDefinition(uint constraintOid, bool pretty)
    {
        foreach (RelationDescriptor relation in catalog.Relations)
        {
            if (relation is not TableDescriptor table) continue;
            if (table.Checks.FirstOrDefault(c => c.Oid == constraintOid) is { } check) return $"CHECK (({check.ExpressionText}))";
            if (table.Indexes.FirstOrDefault(i => i.ConstraintOid == constraintOid) is not { } index) continue;
            string columns = string.Join(", ", index.Parts.Select(p => Identifiers.Quote(table.Columns[p.ColumnIndex].Name)));
            return index.IsPrimary ? $"PRIMARY KEY ({columns})" : $"UNIQUE {(index.NullsNotDistinct ? "NULLS NOT DISTINCT " : "")}({columns})";
        }

        return null;
    }

    /// <summary>Stored expressions are SQL text already.</summary>
    public string? ExpressionText(string nodeTree, uint relationOid, bool pretty) => nodeTree;

    public string? SerialSequence(uint relationOid, string column)
    {
        if (catalog.RelationByOid(relationOid) is not TableDescriptor table) return null;
        int index = table.ColumnIndex(column);
        if (index < 0) throw new SqlException(SqlState.UndefinedColumn, $"column \"{column}\" of relation \"{table.Name}\" does not exist");
        foreach (RelationDescriptor relation in catalog.Relations)
        {
            if (relation is SequenceDescriptor sequence && sequence.OwnerTableOid == relationOid && sequence.OwnerColumnNumber == table.Columns[index].Number)
                return Qualified(sequence);
        }

        return null;
    }

    public string? ObjectDescription(uint objectOid, string catalogName)
    {
        uint classOid = catalogName switch
        {
            "pg_class" => ClassOids.Relations,
            "pg_namespace" => ClassOids.Schemas,
            "pg_database" => ClassOids.Databases,
            "pg_authid" => ClassOids.Roles,
            "pg_constraint" => ClassOids.Constraints,
            _ => 0,
        };
        return catalog.Comments.FirstOrDefault(c => c.ObjectOid == objectOid && c.ColumnNumber == 0 && (c.ClassOid == classOid || catalogName.Length == 0))?.Text;
    }

    public string? ColumnDescription(uint relationOid, int columnNumber) =>
        catalog.Comments.FirstOrDefault(c => c.ClassOid == ClassOids.Relations && c.ObjectOid == relationOid && c.ColumnNumber == columnNumber)?.Text;

    public string? DatabaseName(uint oid) => catalog.Databases.FirstOrDefault(d => d.Oid == oid)?.Name;

    /// <summary>Sizes are this node's business, not the catalog's: an existing relation shows none.</summary>
    public long? RelationSize(uint relationOid) => catalog.RelationByOid(relationOid) is null ? null : 0;

    public bool? HasPrivilege(uint roleOid, string objectKind, uint objectOid, string privilege)
    {
        RoleDescriptor? role = catalog.RoleByOid(roleOid);
        if (role is null) return null;
        uint? owner = objectKind switch
        {
            "table" or "sequence" or "column" => catalog.RelationByOid(objectOid)?.OwnerOid,
            "schema" => catalog.Schemas.FirstOrDefault(s => s.Oid == objectOid)?.OwnerOid,
            "database" => catalog.Databases.FirstOrDefault(d => d.Oid == objectOid)?.OwnerOid,
            _ => WellKnownOids.SuperuserRole,
        };
        if (owner is null) return null;
        bool isPublic = objectKind is "function" or "type" or "language" || (objectKind == "schema" && privilege.Equals("USAGE", StringComparison.OrdinalIgnoreCase))
            || (objectKind == "database" && !privilege.Equals("CREATE", StringComparison.OrdinalIgnoreCase))
            || (objectKind == "table" && catalog.RelationByOid(objectOid) is VirtualTableDescriptor);
        return role.IsSuperuser || owner == roleOid || isPublic;
    }

    private static string Qualified(RelationDescriptor relation) => Identifiers.Quote(relation.SchemaName) + "." + Identifiers.Quote(relation.Name);

    private static string Direction(IndexPart part) => (part.Descending, part.NullsFirst) switch
    {
        (false, false) => "",
        (false, true) => " NULLS FIRST",
        (true, true) => " DESC",
        (true, false) => " DESC NULLS LAST",
    };
}
