using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements.ForeignKeys;

/// <summary>REFERENCES and FOREIGN KEY as written → descriptor; what cannot work is refused in PostgreSQL's order and words.</summary>
internal static class ForeignKeyDefinition
{
    /// <param name="column">The column that REFERENCES stands with; null for FOREIGN KEY.</param>
    /// <param name="syntax">The constraint.</param>
    /// <param name="definition">The referencing table.</param>
    public static ForeignKeyDescriptor Read(string? column, ForeignKeyConstraintSyntax syntax, TableDefinition definition)
    {
        DefinitionScope scope = definition.Scope;
        TableDescriptor table = definition.Table;
        TableDescriptor referenced = FindReferenced(syntax.ReferencedTable, table, scope);
        List<string> names = column is null ? [.. syntax.Columns] : [column];
        int[] columns = Indices(names, table);
        int[] set = Indices(syntax.OnDeleteColumns, table);
        foreach (int target in set)
        {
            if (!columns.Contains(target))
                throw new SqlException(SqlState.InvalidColumnReference, $"column \"{table.Columns[target].Name}\" referenced in ON DELETE SET action must be part of foreign key");
        }

        int[] keys;
        IndexDescriptor index;
        if (syntax.ReferencedColumns.Count == 0)
        {
            index = referenced.DeclaredPrimaryKey
                ?? throw new SqlException(SqlState.UndefinedObject, $"there is no primary key for referenced table \"{referenced.Name}\"");
            if (index.IsDeferrable) throw DeferrableTarget("primary key", referenced);
            keys = [.. index.Parts.Select(part => part.ColumnIndex)];
        }
        else
        {
            keys = Indices(syntax.ReferencedColumns, referenced);
            index = MatchingIndex(keys, referenced);
        }

        if (keys.Length != columns.Length)
            throw new SqlException(SqlState.InvalidForeignKey, "number of referencing and referenced columns for foreign key disagree");
        string name = definition.ConstraintNameFor(syntax.Name, string.Join('_', names), "fkey");
        for (int i = 0; i < keys.Length; i++) RequireComparable(name, table.Columns[columns[i]], referenced.Columns[keys[i]]);
        return new ForeignKeyDescriptor
        {
            Oid = scope.Writer.NextOid(),
            Name = name,
            Columns = Numbers(table, columns),
            ReferencedTableOid = referenced.Oid,
            ReferencedColumns = Numbers(referenced, keys),
            IndexOid = index.Oid,
            Match = syntax.Match,
            OnUpdate = syntax.OnUpdate,
            OnDelete = syntax.OnDelete,
            OnDeleteColumns = Numbers(table, set),
            IsDeferrable = syntax.IsDeferrable,
            IsInitiallyDeferred = syntax.InitiallyDeferred,
            IsValidated = !syntax.NotValid,
        };
    }

    /// <summary>42804 unless the two columns have an equality that the referenced index knows.</summary>
    public static void RequireComparable(string constraint, ColumnDescriptor referencing, ColumnDescriptor referenced)
    {
        (SqlType from, SqlType to) = (referencing.Type.Type, referenced.Type.Type);
        if (from == to || HaveEquality(from, to)) return;
        // varchar columns are indexed as text.
        SqlType indexed = to == SqlTypes.VarChar ? SqlTypes.Text : to;
        if (from == indexed || BuiltinFunctions.FindCast(from, indexed) is { Context: CastContext.Implicit }) return;
        throw new SqlException(SqlState.DatatypeMismatch, $"foreign key constraint \"{constraint}\" cannot be implemented")
        {
            Detail = $"Key columns \"{referencing.Name}\" and \"{referenced.Name}\" are of incompatible types: {from.DisplayName} and {to.DisplayName}.",
        };
    }

    /// <summary>Whether two types have an equality with each other in one operator family.</summary>
    public static bool HaveEquality(SqlType a, SqlType b) =>
        (ForeignKey.IsInteger(a) && ForeignKey.IsInteger(b)) || (IsFloat(a) && IsFloat(b)) || (IsDateTime(a) && IsDateTime(b));

    private static bool IsFloat(SqlType type) => type == SqlTypes.Real || type == SqlTypes.Double;

    private static bool IsDateTime(SqlType type) => type == SqlTypes.Date || type == SqlTypes.Timestamp || type == SqlTypes.TimestampTz;

    /// <summary>The table as it is being defined, where the constraint references its own.</summary>
    private static TableDescriptor FindReferenced(QualifiedNameSyntax name, TableDescriptor table, DefinitionScope scope)
    {
        foreach (string schema in name.Schema is { } named ? [named] : scope.Path.Effective)
        {
            if (schema == table.SchemaName && name.Name == table.Name) return table;
            if (scope.Catalog.FindRelation(schema, name.Name, scope.Path) is not { } found) continue;
            if (found is not TableDescriptor referenced)
            {
                throw found is VirtualTableDescriptor
                    ? new SqlException(SqlState.InsufficientPrivilege, $"permission denied: \"{found.Name}\" is a system catalog")
                    : new SqlException(SqlState.WrongObjectType, $"referenced relation \"{found.Name}\" is not a table");
            }

            Ownership.RequireUse([referenced], scope.Context);
            return referenced;
        }

        throw scope.Missing(name);
    }

    private static IndexDescriptor MatchingIndex(int[] keys, TableDescriptor referenced)
    {
        if (keys.Distinct().Count() != keys.Length)
            throw new SqlException(SqlState.InvalidForeignKey, "foreign key referenced-columns list must not contain duplicates");
        IndexDescriptor[] matching = [.. referenced.Indexes.Where(index => index.IsUniqueKey && index.Parts.Count == keys.Length && index.Parts.All(part => keys.Contains(part.ColumnIndex)))];
        if (Array.Find(matching, index => index.IsUnique) is { } found) return found;
        throw matching.Length > 0
            ? DeferrableTarget("unique constraint", referenced)
            : new SqlException(SqlState.InvalidForeignKey, $"there is no unique constraint matching given keys for referenced table \"{referenced.Name}\"");
    }

    private static SqlException DeferrableTarget(string kind, TableDescriptor referenced) =>
        new(SqlState.ObjectNotInPrerequisiteState, $"cannot use a deferrable {kind} for referenced table \"{referenced.Name}\"");

    private static int[] Indices(IReadOnlyList<string> names, TableDescriptor table)
    {
        var indices = new int[names.Count];
        for (int i = 0; i < indices.Length; i++)
        {
            if (SystemColumns.Find(names[i]) is not null)
                throw new SqlException(SqlState.FeatureNotSupported, "system columns cannot be used in foreign keys");
            indices[i] = table.ColumnIndex(names[i]);
            if (indices[i] < 0) throw new SqlException(SqlState.UndefinedColumn, $"column \"{names[i]}\" referenced in foreign key constraint does not exist");
        }

        return indices;
    }

    private static int[] Numbers(TableDescriptor table, int[] indices) => Array.ConvertAll(indices, index => table.Columns[index].Number);
}
