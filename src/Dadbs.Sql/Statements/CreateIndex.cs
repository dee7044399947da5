using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Statements;

/// <summary>CREATE INDEX: B-tree over columns, with directions and NULLs' place. Built at once over the rows that exist.</summary>
internal static class CreateIndex
{
    private const int PartsMax = 32;

    public static string Execute(CreateIndexSyntax syntax, DefinitionScope scope)
    {
        if (syntax.AccessMethod is not (null or "btree"))
        {
            throw syntax.AccessMethod is "hash" or "gist" or "gin" or "spgist" or "brin"
                ? DefinitionScope.Unsupported($"access method \"{syntax.AccessMethod}\"", syntax.Position)
                : new SqlException(SqlState.UndefinedObject, $"access method \"{syntax.AccessMethod}\" does not exist");
        }

        if (syntax.Where is not null) throw DefinitionScope.Unsupported("a partial index", syntax.Where.Position);
        if (syntax.Including.Count > 0) throw DefinitionScope.Unsupported("INCLUDE", syntax.Including[0].Position);
        TableDescriptor table = TableOf(syntax, scope);
        Ownership.RequireOwner(scope.Role, table);
        string name = syntax.Name ?? scope.ChooseName(table.SchemaOid, table.Name, string.Join('_', syntax.Elements.Select(e => e.Column ?? "expr")), "idx");
        if (scope.IsTaken(table.SchemaOid, name))
        {
            string message = $"relation \"{name}\" already exists";
            if (!syntax.IfNotExists) throw new SqlException(SqlState.DuplicateTable, message);
            scope.Notice(message + ", skipping", SqlState.DuplicateTable);
            return "CREATE INDEX";
        }

        if (syntax.Elements.Count > PartsMax)
            throw new SqlException(SqlState.TooManyColumns, $"cannot use more than {PartsMax} columns in an index");
        uint oid = scope.Writer.NextOid();
        var index = new IndexDescriptor
        {
            Oid = oid,
            SchemaOid = table.SchemaOid,
            SchemaName = table.SchemaName,
            Name = name,
            OwnerOid = table.OwnerOid,
            TableOid = table.Oid,
            Entries = new RelationId(scope.Database, oid),
            Parts = [.. syntax.Elements.Select(e => Part(e, table))],
            IsUniqueKey = syntax.IsUnique,
            NullsNotDistinct = syntax.NullsNotDistinct,
        };
        TableRewrite.BuildIndex(table, index, scope);
        scope.Take(table.SchemaOid, name);
        scope.Writer.Put(index, table);
        return "CREATE INDEX";
    }

    /// <summary>42704 for types without a default B-tree order.</summary>
    public static void RefuseUnorderable(SqlType type, int position)
    {
        if (type.Operations.IsOrderable) return;
        throw new SqlException(SqlState.UndefinedObject, $"data type {type.DisplayName} has no default operator class for access method \"btree\"", position)
        {
            Hint = "You must specify an operator class for the index or define a default operator class for the data type.",
        };
    }

    private static TableDescriptor TableOf(CreateIndexSyntax syntax, DefinitionScope scope) => scope.Find(syntax.Table) switch
    {
        TableDescriptor table => table,
        null => throw scope.Missing(syntax.Table),
        RelationDescriptor other => throw new SqlException(SqlState.WrongObjectType, $"cannot create index on relation \"{other.Name}\"")
        {
            Detail = other.Kind switch
            {
                'v' => "This operation is not supported for views.",
                'S' => "This operation is not supported for sequences.",
                _ => "This operation is not supported for indexes.",
            },
        },
    };

    /// <summary>42704 for those whose type has no order, 0A000 for the others.</summary>
    public static void RefuseSystemColumn(string column, int position)
    {
        if (SystemColumns.Find(column) is not { } system) return;
        RefuseUnorderable(system.Type, position);
        throw new SqlException(SqlState.FeatureNotSupported, "index creation on system columns is not supported");
    }

    private static IndexPart Part(IndexElementSyntax element, TableDescriptor table)
    {
        string? column = element.Column ?? (element.Expression as ColumnReferenceSyntax)?.Parts[^1];
        if (column is null) throw DefinitionScope.Unsupported("an index on an expression", element.Position);
        RefuseSystemColumn(column, element.Position);
        int index = table.ColumnIndex(column);
        if (index < 0) throw new SqlException(SqlState.UndefinedColumn, $"column \"{column}\" does not exist");
        SqlType type = table.Columns[index].Type.Type;
        RefuseUnorderable(type, element.Position);
        if (element.OperatorClass is { } operatorClass && !operatorClass.Name.EndsWith("_ops", StringComparison.Ordinal))
            throw new SqlException(SqlState.UndefinedObject, $"operator class \"{operatorClass}\" does not exist for access method \"btree\"");
        return new IndexPart(index, type, element.IsDescending, element.NullsFirst);
    }
}
