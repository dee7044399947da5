using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>A catalog snapshot as functions see it, under one search path. Immutable.</summary>
/// <param name="catalog">The snapshot that the statement runs on.</param>
/// <param name="path">Where unqualified names are looked up.</param>
/// <param name="relationSize">Bytes that a relation holds; null: unknown, reported as 0.</param>
public sealed class CatalogLookup(CatalogSnapshot catalog, SearchPath path, Func<RelationDescriptor, long>? relationSize = null) : ICatalogLookup
{
    public uint FindRelation(string? schema, string name) => catalog.FindRelation(schema, name, path)?.Oid ?? 0;

    public uint FindType(string? schema, string name) => schema is null or "pg_catalog" && SqlTypes.ByName(name) is { } type ? type.Oid : 0;

    public SqlType? TypeByOid(uint oid) => SqlTypes.ByOid(oid);

    public uint FindNamespace(string name) => catalog.FindSchema(name)?.Oid ?? 0;

    public uint FindRole(string name) => catalog.FindRole(name)?.Oid ?? 0;

    public IReadOnlyList<FunctionDescriptor> FindFunctions(string? schema, string name) => schema is null or "pg_catalog" ? BuiltinFunctions.FunctionsByName(name) : [];

    public (string Schema, string Name)? RelationName(uint oid) => catalog.RelationByOid(oid) is { } relation ? (relation.SchemaName, relation.Name) : null;

    public (string Schema, string Name)? TypeName(uint oid) => SqlTypes.ByOid(oid) is { } type ? ("pg_catalog", type.Name) : null;

    public (string Schema, string Name)? FunctionName(uint oid) => BuiltinFunctions.FunctionByOid(oid) is { } function ? ("pg_catalog", function.Name) : null;

    public string? NamespaceName(uint oid)
    {
        foreach (var schema in catalog.Schemas)
        {
            if (schema.Oid == oid) return schema.Name;
        }

        return null;
    }

    public string? RoleName(uint oid) => catalog.RoleByOid(oid)?.Name;

    public bool IsRelationVisible(uint oid) => catalog.RelationByOid(oid) is { } relation && catalog.IsVisible(relation, path);

    public bool IsTypeVisible(uint oid) => SqlTypes.ByOid(oid) is not null;

    public bool IsFunctionVisible(uint oid) => BuiltinFunctions.FunctionByOid(oid) is not null;

    public string? ViewDefinition(uint relationOid, bool pretty) => catalog.RelationByOid(relationOid) is ViewDescriptor view ? DefinitionText.View(view) : null;

    public string? IndexDefinition(uint indexOid, int columnNumber, bool pretty)
    {
        if (catalog.RelationByOid(indexOid) is not IndexDescriptor index || catalog.RelationByOid(index.TableOid) is not TableDescriptor table) return null;
        if (columnNumber == 0) return DefinitionText.Index(index, table, !pretty || !catalog.IsVisible(table, path));
        return columnNumber <= index.Parts.Count && columnNumber > 0 ? DefinitionText.Column(index, table, columnNumber - 1) : "";
    }

    /// <summary>One key column of an index, counted from 1.</summary>
    internal IndexPart? IndexPart(uint indexOid, int column) =>
        catalog.RelationByOid(indexOid) is IndexDescriptor index && column > 0 && column <= index.Parts.Count ? index.Parts[column - 1] : null;

    public string? ConstraintDefinition(uint constraintOid, bool pretty)
    {
        foreach (var table in catalog.Relations.OfType<TableDescriptor>())
        {
            foreach (var index in table.Indexes)
            {
                if (index.ConstraintOid == constraintOid) return DefinitionText.Key(index, table);
            }

            foreach (var check in table.Checks)
            {
                if (check.Oid == constraintOid) return DefinitionText.Check(StoredExpressionText.Check(check.ExpressionText, table, catalog, path, pretty));
            }
        }

        if (catalog.ForeignKeys.Find(constraintOid) is not { } key) return null;
        return DefinitionText.ForeignKey(key, catalog.IsVisible(key.Referenced, path));
    }

    public uint FindDatabase(string name) => catalog.FindDatabase(name)?.Oid ?? 0;

    /// <summary>Expressions are stored as SQL; what adbin and conbin hold is that.</summary>
    public string? ExpressionText(string nodeTree, uint relationOid, bool pretty) => StoredExpressionText.OfNode(nodeTree, catalog.RelationByOid(relationOid), catalog, path, pretty);

    public string? SerialSequence(uint relationOid, string column)
    {
        if (catalog.RelationByOid(relationOid) is not TableDescriptor table) return null;
        var index = table.ColumnIndex(column);
        if (index < 0) throw new SqlException(SqlState.UndefinedColumn, $"column \"{column}\" of relation \"{table.Name}\" does not exist");
        var owned = catalog.RelationByOid(table.Columns[index].OwnedSequenceOid)
            ?? catalog.Relations.OfType<SequenceDescriptor>().FirstOrDefault(s => s.OwnerTableOid == table.Oid && s.OwnerColumnNumber == table.Columns[index].Number);
        return owned is null ? null : DefinitionText.Qualified(owned);
    }

    public string? ObjectDescription(uint objectOid, string catalogName)
    {
        uint? type = catalogName.Length == 0 ? null : catalog.FindRelation("pg_catalog", catalogName, path)?.Oid ?? uint.MaxValue;
        foreach (var comment in catalog.Comments)
        {
            if (comment.ObjectOid == objectOid && comment.ColumnNumber == 0 && (type is null || comment.ClassOid == type)) return comment.Text;
        }

        return objectOid == WellKnownOids.PublicSchema && type is null or ClassOids.Schemas ? "standard public schema" : null;
    }

    public string? ColumnDescription(uint relationOid, int columnNumber)
    {
        if (columnNumber == 0) return null;
        foreach (var comment in catalog.Comments)
        {
            if (comment.ClassOid == ClassOids.Relations && comment.ObjectOid == relationOid && comment.ColumnNumber == columnNumber) return comment.Text;
        }

        return null;
    }

    public string? DatabaseName(uint oid)
    {
        foreach (var database in catalog.Databases)
        {
            if (database.Oid == oid) return database.Name;
        }

        return null;
    }

    public long? RelationSize(uint relationOid) => catalog.RelationByOid(relationOid) is { } relation ? relationSize?.Invoke(relation) ?? 0 : null;

    public bool? HasPrivilege(uint roleOid, string objectKind, uint objectOid, string privilege) => new Privileges(catalog).Has(roleOid, objectKind, objectOid, privilege);
}
