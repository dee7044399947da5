using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Storage;

namespace Dadbs.Sql.Statements;

/// <summary>CREATE, DROP and RENAME DATABASE. A new database is always empty: the only template is the bare one.</summary>
internal static class DatabaseDefinitions
{
    public static string Create(CreateDatabaseSyntax syntax, DefinitionScope scope)
    {
        if (!scope.Role.IsSuperuser && !scope.Role.CanCreateDatabase)
            throw new SqlException(SqlState.InsufficientPrivilege, "permission denied to create database");
        if (scope.Catalog.FindDatabase(syntax.Name) is not null)
            throw new SqlException(SqlState.DuplicateDatabase, $"database \"{syntax.Name}\" already exists");
        RoleDescriptor owner = scope.Role;
        foreach (OptionSyntax option in syntax.Options) ReadOption(option, ref owner, scope);
        GenesisState.CreateDatabase(scope.Overlay, new DatabaseDescriptor(scope.Writer.NextOid(), syntax.Name, owner.Oid));
        return "CREATE DATABASE";
    }

    public static string Drop(DropDatabaseSyntax syntax, DefinitionScope scope)
    {
        DatabaseDescriptor? database = scope.Catalog.FindDatabase(syntax.Name);
        if (database is null)
        {
            string message = $"database \"{syntax.Name}\" does not exist";
            if (!syntax.IfExists) throw new SqlException(SqlState.InvalidCatalogName, message);
            scope.Notice(message + ", skipping");
            return "DROP DATABASE";
        }

        Ownership.RequireOwner(scope.Role, database.OwnerOid, "database", database.Name);
        if (database.Oid == scope.Database) throw new SqlException(SqlState.ObjectInUse, "cannot drop the currently open database");
        if (database.IsTemplate) throw new SqlException(SqlState.WrongObjectType, "cannot drop a template database");
        DropTrees(database.Oid, scope);
        scope.Writer.DeleteDatabase(database.Oid);
        scope.Writer.PutComment(isShared: true, ClassOids.Databases, database.Oid, 0, null);
        return "DROP DATABASE";
    }

    public static void Rename(RenameSyntax syntax, DefinitionScope scope)
    {
        DatabaseDescriptor database = Require(syntax.Target.Name.Name, scope);
        Ownership.RequireOwner(scope.Role, database.OwnerOid, "database", database.Name);
        if (scope.Catalog.FindDatabase(syntax.NewName) is not null)
            throw new SqlException(SqlState.DuplicateDatabase, $"database \"{syntax.NewName}\" already exists");
        if (database.Oid == scope.Database) throw new SqlException(SqlState.FeatureNotSupported, "current database cannot be renamed");
        scope.Writer.Put(database with { Name = syntax.NewName });
    }

    public static DatabaseDescriptor Require(string name, DefinitionScope scope) =>
        scope.Catalog.FindDatabase(name) ?? throw new SqlException(SqlState.InvalidCatalogName, $"database \"{name}\" does not exist");

    private static void ReadOption(OptionSyntax option, ref RoleDescriptor owner, DefinitionScope scope)
    {
        string? text = (option.Value as StringLiteralSyntax)?.Value;
        switch (option.Name)
        {
            case "owner" when text is not null:
                owner = scope.Catalog.FindRole(text) ?? throw new SqlException(SqlState.UndefinedObject, $"role \"{text}\" does not exist");
                break;
            case "template" when text is null or "template0" or "template1":
            case "connection_limit" or "allow_connections" or "is_template" or "tablespace" or "strategy" or "oid" or "locale_provider":
                break;
            case "encoding" when text is null || text.Replace("-", "", StringComparison.Ordinal).Equals("UTF8", StringComparison.OrdinalIgnoreCase):
                break;
            case "lc_collate" or "lc_ctype" or "locale" when text is null or "C" or "POSIX" or "C.UTF-8" or "C.utf8":
                break;
            default:
                throw DefinitionScope.Unsupported($"this value of the option {option.Name}", option.Position);
        }
    }

    private static void DropTrees(uint database, DefinitionScope scope)
    {
        using (RangeCursor rows = scope.Overlay.Scan(SystemRelations.Relations(database), KeyRange.All))
        {
            while (rows.MoveNext())
            {
                StoredRelation relation = DescriptorCodec.Decode(database, CatalogKeys.ReadOid(rows.Key.Span), rows.Value.Span);
                if (relation.File != 0) scope.Overlay.DropRelation(new RelationId(database, relation.File));
                if (relation.OverflowFile != 0) scope.Overlay.DropRelation(new RelationId(database, relation.OverflowFile));
            }
        }

        foreach (RelationId relation in SystemRelations.OfDatabase(database)) scope.Overlay.DropRelation(relation);
    }
}
