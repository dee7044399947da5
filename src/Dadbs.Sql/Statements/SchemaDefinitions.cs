using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Statements;

/// <summary>CREATE, DROP and RENAME SCHEMA.</summary>
internal static class SchemaDefinitions
{
    public static string Create(CreateSchemaSyntax syntax, DefinitionScope scope)
    {
        if (syntax.Elements.Count > 0) throw DefinitionScope.Unsupported("CREATE SCHEMA with elements", syntax.Elements[0].Position);
        if (!scope.Role.IsSuperuser && scope.Catalog.Database.OwnerOid != scope.Role.Oid)
            throw new SqlException(SqlState.InsufficientPrivilege, $"permission denied for database {scope.Catalog.Database.Name}");
        RoleDescriptor owner = syntax.Owner is null ? scope.Role : RoleDefinitions.Resolve(syntax.Owner, scope);
        string name = syntax.Name ?? owner.Name;
        if (scope.Catalog.FindSchema(name) is not null)
        {
            string message = $"schema \"{name}\" already exists";
            if (!syntax.IfNotExists) throw new SqlException(SqlState.DuplicateSchema, message);
            scope.Notice(message + ", skipping", SqlState.DuplicateSchema);
            return "CREATE SCHEMA";
        }

        CheckName(name);
        scope.Writer.Put(new SchemaDescriptor(scope.Writer.NextOid(), name, owner.Oid));
        return "CREATE SCHEMA";
    }

    public static void Drop(DropSyntax syntax, DefinitionScope scope)
    {
        foreach (ObjectNameSyntax name in syntax.Names)
        {
            SchemaDescriptor? schema = scope.Catalog.FindSchema(name.Name.Name);
            if (schema is null)
            {
                string message = $"schema \"{name.Name.Name}\" does not exist";
                if (!syntax.IfExists) throw new SqlException(SqlState.InvalidSchemaName, message);
                scope.Notice(message + ", skipping");
                continue;
            }

            if (schema.Oid < WellKnownOids.FirstUser && schema.Oid != WellKnownOids.PublicSchema)
                throw new SqlException(SqlState.DependentObjectsStillExist, $"cannot drop schema {schema.Name} because it is required by the database system");
            Ownership.RequireOwner(scope.Role, schema.OwnerOid, "schema", schema.Name);
            DropOne(schema, syntax.Behavior, scope);
        }
    }

    public static void Rename(RenameSyntax syntax, DefinitionScope scope)
    {
        SchemaDescriptor schema = Require(syntax.Target.Name.Name, scope);
        Ownership.RequireOwner(scope.Role, schema.OwnerOid, "schema", schema.Name);
        if (scope.Catalog.FindSchema(syntax.NewName) is not null)
            throw new SqlException(SqlState.DuplicateSchema, $"schema \"{syntax.NewName}\" already exists");
        CheckName(syntax.NewName);
        scope.Writer.Put(schema with { Name = syntax.NewName });
    }

    public static SchemaDescriptor Require(string name, DefinitionScope scope) =>
        scope.Catalog.FindSchema(name) ?? throw new SqlException(SqlState.InvalidSchemaName, $"schema \"{name}\" does not exist");

    private static void DropOne(SchemaDescriptor schema, DropBehavior behavior, DefinitionScope scope)
    {
        Drop drop = DropObjects.DropAll(scope.Catalog.Relations.Where(r => r.SchemaOid == schema.Oid && r is not VirtualTableDescriptor), scope);
        if (drop.Dependents.Count > 0)
        {
            if (behavior != DropBehavior.Cascade)
            {
                throw new SqlException(SqlState.DependentObjectsStillExist, $"cannot drop schema {schema.Name} because other objects depend on it")
                {
                    Detail = string.Join('\n', drop.Dependents.Select(d => d.Cascade.Replace("drop cascades to ", "", StringComparison.Ordinal) + $" depends on schema {schema.Name}")),
                    Hint = "Use DROP ... CASCADE to drop the dependent objects too.",
                };
            }

            drop.NoticeCascade();
        }

        drop.Execute();
        scope.Writer.DeleteSchema(schema.Oid);
        scope.Writer.DeleteComments(ClassOids.Schemas, schema.Oid);
    }

    private static void CheckName(string name)
    {
        if (!name.StartsWith("pg_", StringComparison.Ordinal)) return;
        throw new SqlException(SqlState.ReservedName, $"unacceptable schema name \"{name}\"")
        {
            Detail = "The prefix \"pg_\" is reserved for system schemas.",
        };
    }
}
