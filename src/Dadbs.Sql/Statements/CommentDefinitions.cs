using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Statements;

/// <summary>COMMENT ON: relations, columns, constraints, schemas, databases, roles.</summary>
internal static class CommentDefinitions
{
    public static string Execute(CommentSyntax syntax, DefinitionScope scope)
    {
        QualifiedNameSyntax name = syntax.Target.Name;
        switch (syntax.Kind)
        {
            case ObjectKind.Table or ObjectKind.View or ObjectKind.Index or ObjectKind.Sequence:
                RelationDescriptor relation = scope.Find(name) ?? throw scope.Missing(name);
                CheckKind(relation, syntax.Kind);
                Ownership.RequireOwner(scope.Role, relation);
                scope.Writer.PutComment(false, ClassOids.Relations, relation.Oid, 0, syntax.Comment);
                break;
            case ObjectKind.Column:
                CommentOnColumn(name, syntax.Comment, scope);
                break;
            case ObjectKind.Constraint:
                CommentOnConstraint(syntax, scope);
                break;
            case ObjectKind.Schema or ObjectKind.Database or ObjectKind.Role when !scope.Role.IsSuperuser:
                throw new SqlException(SqlState.InsufficientPrivilege, $"permission denied to comment on {syntax.Kind.ToString().ToLowerInvariant()} {name.Name}");
            case ObjectKind.Schema:
                scope.Writer.PutComment(false, ClassOids.Schemas, SchemaDefinitions.Require(name.Name, scope).Oid, 0, syntax.Comment);
                break;
            case ObjectKind.Database:
                scope.Writer.PutComment(true, ClassOids.Databases, DatabaseDefinitions.Require(name.Name, scope).Oid, 0, syntax.Comment);
                break;
            case ObjectKind.Role:
                RoleDescriptor role = scope.Catalog.FindRole(name.Name) ?? throw new SqlException(SqlState.UndefinedObject, $"role \"{name.Name}\" does not exist");
                scope.Writer.PutComment(true, ClassOids.Roles, role.Oid, 0, syntax.Comment);
                break;
            default:
                throw DefinitionScope.Unsupported($"COMMENT ON {syntax.Kind.ToString().ToUpperInvariant()}", syntax.Position);
        }

        return "COMMENT";
    }

    private static void CommentOnColumn(QualifiedNameSyntax name, string? comment, DefinitionScope scope)
    {
        if (name.Parts.Count < 2) throw new SqlException(SqlState.SyntaxError, "column name must be qualified", name.Position);
        var relationName = new QualifiedNameSyntax(name.Position, [.. name.Parts.Take(name.Parts.Count - 1)]);
        RelationDescriptor relation = scope.Find(relationName) ?? throw scope.Missing(relationName);
        Ownership.RequireOwner(scope.Role, relation);
        int column = relation.ColumnIndex(name.Parts[^1]);
        if (column < 0) throw new SqlException(SqlState.UndefinedColumn, $"column \"{name.Parts[^1]}\" of relation \"{relation.Name}\" does not exist");
        scope.Writer.PutComment(false, ClassOids.Relations, relation.Oid, relation.Columns[column].Number, comment);
    }

    private static void CommentOnConstraint(CommentSyntax syntax, DefinitionScope scope)
    {
        TableDescriptor table = scope.RequireTable(syntax.Target.Owner!);
        Ownership.RequireOwner(scope.Role, table);
        string name = syntax.Target.Name.Name;
        uint oid = table.Checks.FirstOrDefault(c => c.Name == name)?.Oid
            ?? table.Indexes.FirstOrDefault(i => i.ConstraintOid != 0 && i.Name == name)?.ConstraintOid
            ?? throw new SqlException(SqlState.UndefinedObject, $"constraint \"{name}\" for table \"{table.Name}\" does not exist");
        scope.Writer.PutComment(false, ClassOids.Constraints, oid, 0, syntax.Comment);
    }

    private static void CheckKind(RelationDescriptor relation, ObjectKind kind)
    {
        char wanted = kind switch { ObjectKind.Table => 'r', ObjectKind.View => 'v', ObjectKind.Index => 'i', _ => 'S' };
        if (relation.Kind == wanted) return;
        string article = kind == ObjectKind.Index ? "an" : "a";
        throw new SqlException(SqlState.WrongObjectType, $"\"{relation.Name}\" is not {article} {kind.ToString().ToLowerInvariant()}");
    }
}
