using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>
/// The catalog as functions see it: name ↔ OID for the reg* types, visibility, and the pg_get_* texts. Names are already split and folded; a
/// null schema means the search path. "Not found" is 0 or null; the callers raise PostgreSQL's errors.
/// </summary>
public interface ICatalogLookup
{
    uint FindRelation(string? schema, string name);

    uint FindType(string? schema, string name);

    SqlType? TypeByOid(uint oid);

    uint FindNamespace(string name);

    uint FindRole(string name);

    /// <summary>All functions of a name, for regproc and regprocedure.</summary>
    IReadOnlyList<FunctionDescriptor> FindFunctions(string? schema, string name);

    /// <summary>(schema, name) of an object, or null.</summary>
    (string Schema, string Name)? RelationName(uint oid);

    (string Schema, string Name)? TypeName(uint oid);

    (string Schema, string Name)? FunctionName(uint oid);

    string? NamespaceName(uint oid);

    string? RoleName(uint oid);

    /// <summary>Whether an unqualified name finds this very object.</summary>
    bool IsRelationVisible(uint oid);

    bool IsTypeVisible(uint oid);

    bool IsFunctionVisible(uint oid);

    string? ViewDefinition(uint relationOid, bool pretty);

    /// <summary>columnNumber 0: the whole CREATE INDEX; otherwise one key column.</summary>
    string? IndexDefinition(uint indexOid, int columnNumber, bool pretty);

    string? ConstraintDefinition(uint constraintOid, bool pretty);

    /// <summary>pg_get_expr: the stored text of a node tree, for a relation.</summary>
    string? ExpressionText(string nodeTree, uint relationOid, bool pretty);

    /// <summary>The sequence behind a serial or identity column as a qualified name, or null.</summary>
    string? SerialSequence(uint relationOid, string column);

    string? ObjectDescription(uint objectOid, string catalogName);

    string? ColumnDescription(uint relationOid, int columnNumber);

    string? DatabaseName(uint oid);

    /// <summary>0: there is none.</summary>
    uint FindDatabase(string name) => 0;

    /// <summary>Bytes; null when the relation does not exist.</summary>
    long? RelationSize(uint relationOid);

    /// <summary>has_table_privilege and its family: null when the object does not exist.</summary>
    bool? HasPrivilege(uint roleOid, string objectKind, uint objectOid, string privilege);
}
