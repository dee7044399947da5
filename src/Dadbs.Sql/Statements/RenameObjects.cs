using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Statements;

/// <summary>ALTER … RENAME TO, SET SCHEMA and OWNER TO.</summary>
internal static class RenameObjects
{
    public static string Execute(RenameSyntax syntax, DefinitionScope scope)
    {
        ObjectKind holder = syntax.PartOf ?? syntax.Kind;
        switch (syntax.Kind)
        {
            case ObjectKind.Schema:
                SchemaDefinitions.Rename(syntax, scope);
                return "ALTER SCHEMA";
            case ObjectKind.Role:
                RoleDefinitions.Rename(syntax, scope);
                return "ALTER ROLE";
            case ObjectKind.Database:
                DatabaseDefinitions.Rename(syntax, scope);
                return "ALTER DATABASE";
        }

        RelationDescriptor? relation = scope.Find(syntax.Target.Name);
        string tag = "ALTER " + (holder == ObjectKind.MaterializedView ? "MATERIALIZED VIEW" : holder.ToString().ToUpperInvariant());
        if (relation is null)
        {
            if (!syntax.IfExists) throw scope.Missing(syntax.Target.Name);
            scope.Notice($"relation \"{syntax.Target.Name.Name}\" does not exist, skipping");
            return tag;
        }

        if (relation is VirtualTableDescriptor)
            throw new SqlException(SqlState.InsufficientPrivilege, $"permission denied: \"{relation.Name}\" is a system catalog");
        Ownership.RequireOwner(scope.Role, relation);
        switch (syntax.Kind)
        {
            case ObjectKind.Column:
                RenameColumn(relation, syntax.Part!, syntax.NewName, scope);
                break;
            case ObjectKind.Constraint:
                RenameConstraint(relation, syntax.Part!, syntax.NewName, scope);
                break;
            default:
                RenameRelation(relation, syntax.NewName, scope);
                break;
        }

        return tag;
    }

    public static string SetSchema(SetSchemaSyntax syntax, DefinitionScope scope)
    {
        RelationDescriptor? relation = scope.Find(syntax.Target.Name);
        string tag = "ALTER " + syntax.Kind.ToString().ToUpperInvariant();
        if (relation is null)
        {
            if (!syntax.IfExists) throw scope.Missing(syntax.Target.Name);
            scope.Notice($"relation \"{syntax.Target.Name.Name}\" does not exist, skipping");
            return tag;
        }

        SchemaDescriptor schema = scope.Catalog.FindSchema(syntax.NewSchema)
            ?? throw new SqlException(SqlState.InvalidSchemaName, $"schema \"{syntax.NewSchema}\" does not exist");
        Ownership.RequireOwner(scope.Role, relation);
        Move(relation, schema, scope);
        if (relation is TableDescriptor table)
        {
            foreach (SequenceDescriptor owned in scope.Catalog.Relations.OfType<SequenceDescriptor>().Where(s => s.OwnerTableOid == table.Oid))
                Move(owned, schema, scope);
        }

        return tag;
    }

    public static string ChangeOwner(ChangeObjectOwnerSyntax syntax, DefinitionScope scope)
    {
        if (!scope.Role.IsSuperuser) throw new SqlException(SqlState.InsufficientPrivilege, $"must be superuser to change the owner of a {syntax.Kind.ToString().ToLowerInvariant()}");
        uint owner = RoleDefinitions.Resolve(syntax.NewOwner, scope).Oid;
        switch (syntax.Kind)
        {
            case ObjectKind.Schema:
                scope.Writer.Put(SchemaDefinitions.Require(syntax.Target.Name.Name, scope) with { OwnerOid = owner });
                return "ALTER SCHEMA";
            case ObjectKind.Database:
                scope.Writer.Put(DatabaseDefinitions.Require(syntax.Target.Name.Name, scope) with { OwnerOid = owner });
                return "ALTER DATABASE";
            default:
                throw DefinitionScope.Unsupported($"ALTER {syntax.Kind.ToString().ToUpperInvariant()} OWNER TO", syntax.Position);
        }
    }

    private static void Move(RelationDescriptor relation, SchemaDescriptor schema, DefinitionScope scope)
    {
        if (relation.SchemaOid != schema.Oid && scope.IsTaken(schema.Oid, relation.Name))
            throw new SqlException(SqlState.DuplicateTable, $"relation \"{relation.Name}\" already exists in schema \"{schema.Name}\"");
        RelationDescriptor moved = relation with { SchemaOid = schema.Oid, SchemaName = schema.Name };
        Store(moved, scope);
        if (moved is not TableDescriptor table) return;
        foreach (IndexDescriptor index in table.Indexes) scope.Writer.Put(index with { SchemaOid = schema.Oid, SchemaName = schema.Name }, table);
    }

    private static void RenameRelation(RelationDescriptor relation, string name, DefinitionScope scope)
    {
        if (scope.IsTaken(relation.SchemaOid, name)) throw new SqlException(SqlState.DuplicateTable, $"relation \"{name}\" already exists");
        Store(relation with { Name = name }, scope);
        if (relation is SequenceDescriptor sequence) RenameInDefaults(sequence, name, scope);
    }

    /// <summary>A serial column's default names its sequence: it follows.</summary>
    private static void RenameInDefaults(SequenceDescriptor sequence, string name, DefinitionScope scope)
    {
        string text = SequenceDefinitions.NextValueText(sequence with { Name = name });
        foreach (TableDescriptor table in scope.Catalog.Relations.OfType<TableDescriptor>().Where(t => t.Columns.Any(c => c.OwnedSequenceOid == sequence.Oid && c.DefaultText is not null)))
        {
            scope.Writer.Put(table with
            {
                Columns = [.. table.Columns.Select(c => c.OwnedSequenceOid == sequence.Oid && c.DefaultText is not null ? c with { DefaultText = text } : c)],
            });
        }
    }

    private static void RenameColumn(RelationDescriptor relation, string column, string name, DefinitionScope scope)
    {
        bool hasSystemColumns = SystemColumns.Has(relation);
        if (hasSystemColumns && SystemColumns.Find(column) is not null) throw new SqlException(SqlState.FeatureNotSupported, $"cannot rename system column \"{column}\"");
        int index = relation.ColumnIndex(column);
        if (index < 0) throw new SqlException(SqlState.UndefinedColumn, $"column \"{column}\" does not exist");
        if (hasSystemColumns && SystemColumns.Find(name) is not null) throw new SqlException(SqlState.DuplicateColumn, $"column name \"{name}\" conflicts with a system column name");
        if (relation.ColumnIndex(name) >= 0) throw new SqlException(SqlState.DuplicateColumn, $"column \"{name}\" of relation \"{relation.Name}\" already exists");
        if (relation is TableDescriptor table)
        {
            if (DropObjects.ViewsUsing(table, column, scope).Any()) throw DefinitionScope.Unsupported("renaming a column that a view reads");
            if (table.Checks.Any(c => SyntaxNames.Mentions(c.ExpressionText, column))) throw DefinitionScope.Unsupported("renaming a column that a check constraint reads");
        }

        ColumnDescriptor[] columns = [.. relation.Columns];
        columns[index] = columns[index] with { Name = name };
        Store(relation with { Columns = columns }, scope);
    }

    private static void RenameConstraint(RelationDescriptor relation, string constraint, string name, DefinitionScope scope)
    {
        if (relation is not TableDescriptor table) throw new SqlException(SqlState.WrongObjectType, $"\"{relation.Name}\" is not a table");
        bool taken = table.Checks.Any(c => c.Name == name) || table.ForeignKeys.Any(k => k.Name == name) || table.Indexes.Any(i => i.ConstraintOid != 0 && i.Name == name);
        if (taken) throw new SqlException(SqlState.DuplicateObject, $"constraint \"{name}\" for relation \"{table.Name}\" already exists");
        if (table.Indexes.FirstOrDefault(i => i.ConstraintOid != 0 && i.Name == constraint) is { } index)
        {
            RenameRelation(index, name, scope);
            return;
        }

        if (table.ForeignKeys.Any(k => k.Name == constraint))
        {
            scope.Writer.Put(table with { ForeignKeys = [.. table.ForeignKeys.Select(k => k.Name == constraint ? k with { Name = name } : k)] });
            return;
        }

        if (!table.Checks.Any(c => c.Name == constraint))
            throw new SqlException(SqlState.UndefinedObject, $"constraint \"{constraint}\" for table \"{table.Name}\" does not exist");
        List<CheckDescriptor> checks = [.. table.Checks.Select(c => c.Name == constraint ? c with { Name = name } : c)];
        checks.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        scope.Writer.Put(table with { Checks = checks });
    }

    private static void Store(RelationDescriptor relation, DefinitionScope scope)
    {
        scope.Take(relation.SchemaOid, relation.Name);
        if (relation is IndexDescriptor index) scope.Writer.Put(index, (TableDescriptor)scope.Catalog.RelationByOid(index.TableOid)!);
        else scope.Writer.Put(relation);
    }
}
