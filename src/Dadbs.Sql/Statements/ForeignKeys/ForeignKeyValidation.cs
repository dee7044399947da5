using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Statements.ForeignKeys;

/// <summary>Foreign keys and rows that exist already: ADD CONSTRAINT, VALIDATE CONSTRAINT, and a changed column type. 23503 names the first row by key.</summary>
internal static class ForeignKeyValidation
{
    /// <summary>Looks at every row of the table that is being defined.</summary>
    public static void CheckRows(ForeignKeyDescriptor descriptor, TableDefinition definition)
    {
        DefinitionScope scope = definition.Scope;
        ForeignKey constraint = Resolve(descriptor, definition.Table, definition);
        TableRewrite.ForEachRow(
            definition.Table, scope, (_, row) => ForeignKeyChecks.RequirePresent(constraint, ForeignKeyValues.Pick(row, constraint.Columns), scope.Context));
    }

    public static void Validate(ValidateConstraintSyntax syntax, TableDefinition definition)
    {
        TableDescriptor table = definition.Table;
        if (table.ForeignKeys.FirstOrDefault(key => key.Name == syntax.Name) is { } descriptor)
        {
            if (descriptor.IsValidated) return;
            CheckRows(descriptor, definition);
            Replace(descriptor, descriptor with { IsValidated = true }, definition);
            return;
        }

        if (table.Checks.Any(check => check.Name == syntax.Name)) return;
        throw table.Indexes.Any(index => index.ConstraintOid != 0 && index.Name == syntax.Name)
            ? new SqlException(SqlState.WrongObjectType, $"constraint \"{syntax.Name}\" of relation \"{table.Name}\" is not a foreign key or check constraint")
            : new SqlException(SqlState.UndefinedObject, $"constraint \"{syntax.Name}\" of relation \"{table.Name}\" does not exist");
    }

    /// <summary>ALTER CONSTRAINT … DEFERRABLE.</summary>
    public static void Alter(AlterConstraintSyntax syntax, TableDefinition definition)
    {
        TableDescriptor table = definition.Table;
        if (table.ForeignKeys.FirstOrDefault(key => key.Name == syntax.Name) is { } descriptor)
        {
            Replace(descriptor, descriptor with { IsDeferrable = syntax.IsDeferrable, IsInitiallyDeferred = syntax.InitiallyDeferred }, definition);
            return;
        }

        bool exists = table.Checks.Any(check => check.Name == syntax.Name) || table.Indexes.Any(index => index.ConstraintOid != 0 && index.Name == syntax.Name);
        throw exists
            ? new SqlException(SqlState.WrongObjectType, $"constraint \"{syntax.Name}\" of relation \"{table.Name}\" is not a foreign key constraint")
            : new SqlException(SqlState.UndefinedObject, $"constraint \"{syntax.Name}\" of relation \"{table.Name}\" does not exist");
    }

    /// <summary>A column has another type: constraints over it must still be comparable, and hold.</summary>
    public static void AfterTypeChange(int columnNumber, TableDefinition definition)
    {
        CatalogSnapshot catalog = definition.Scope.Catalog;
        foreach (ForeignKeyDescriptor descriptor in definition.Table.ForeignKeys.Where(key => key.Columns.Contains(columnNumber)))
        {
            RequireComparable(Resolve(descriptor, definition.Table, definition));
            if (descriptor.IsValidated) CheckRows(descriptor, definition);
        }

        foreach (ForeignKey other in catalog.ForeignKeys.To(definition.Table.Oid))
        {
            if (!other.Descriptor.ReferencedColumns.Contains(columnNumber)) continue;
            TableDescriptor table = other.Table.Oid == definition.Table.Oid ? definition.Table : other.Table;
            ForeignKey constraint = Resolve(other.Descriptor, table, definition);
            RequireComparable(constraint);
            if (!other.Descriptor.IsValidated) continue;
            TableRewrite.ForEachRow(
                table, definition.Scope, (_, row) => ForeignKeyChecks.RequirePresent(constraint, ForeignKeyValues.Pick(row, constraint.Columns), definition.Scope.Context));
        }
    }

    private static void RequireComparable(ForeignKey constraint)
    {
        for (int i = 0; i < constraint.Columns.Length; i++)
        {
            ForeignKeyDefinition.RequireComparable(
                constraint.Descriptor.Name, constraint.Table.Columns[constraint.Columns[i]], constraint.Referenced.Columns[constraint.ReferencedColumns[i]]);
        }
    }

    private static ForeignKey Resolve(ForeignKeyDescriptor descriptor, TableDescriptor table, TableDefinition definition)
    {
        TableDescriptor referenced = descriptor.ReferencedTableOid == definition.Table.Oid
            ? definition.Table
            : (TableDescriptor)definition.Scope.Catalog.RelationByOid(descriptor.ReferencedTableOid)!;
        return new ForeignKey(descriptor, table, referenced, referenced.Indexes.First(index => index.Oid == descriptor.IndexOid));
    }

    private static void Replace(ForeignKeyDescriptor old, ForeignKeyDescriptor changed, TableDefinition definition) =>
        definition.Replace(definition.Table with { ForeignKeys = [.. definition.Table.ForeignKeys.Select(key => key == old ? changed : key)] });
}
