using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Statements;

/// <summary>DROP TABLE, VIEW, INDEX, SEQUENCE, SCHEMA, with what depends on them (2BP01 without CASCADE).</summary>
internal static class DropObjects
{
    public static string Execute(DropSyntax syntax, DefinitionScope scope)
    {
        switch (syntax.Kind)
        {
            case ObjectKind.Table or ObjectKind.View or ObjectKind.Index or ObjectKind.Sequence:
                DropRelations(syntax, scope);
                break;
            case ObjectKind.Schema:
                SchemaDefinitions.Drop(syntax, scope);
                break;
            default:
                DropAbsent(syntax, scope);
                break;
        }

        return "DROP " + Keyword(syntax.Kind);
    }

    /// <summary>A relation's name in messages: qualified unless the search path finds it.</summary>
    public static string Shown(RelationDescriptor relation, DefinitionScope scope) =>
        scope.Catalog.IsVisible(relation, scope.Path)
            ? Identifiers.Quote(relation.Name)
            : Identifiers.Quote(relation.SchemaName) + "." + Identifiers.Quote(relation.Name);

    /// <summary>Views that read a table and mention the column's name: their stars were expanded when they were made.</summary>
    public static IEnumerable<ViewDescriptor> ViewsUsing(TableDescriptor table, string column, DefinitionScope scope) =>
        scope.Catalog.Relations.OfType<ViewDescriptor>().Where(v => v.DependsOn.Contains(table.Oid) && SyntaxNames.Mentions(v.QueryText, column));

    public static void RefuseDependentViews(TableDescriptor table, string column, DefinitionScope scope, Func<SqlException> error)
    {
        if (ViewsUsing(table, column, scope).Any()) throw error();
    }

    /// <summary>Drops views and all that depends on them, with the NOTICE of CASCADE.</summary>
    public static void Cascade(IReadOnlyList<ViewDescriptor> views, DefinitionScope scope)
    {
        var drop = new Drop(scope);
        foreach (ViewDescriptor view in views) drop.AddDependent(view, $"drop cascades to view {Shown(view, scope)}");
        drop.CollectDependents();
        drop.NoticeCascade();
        drop.Execute();
    }

    /// <summary>Drops relations of a schema that is going.</summary>
    public static Drop DropAll(IEnumerable<RelationDescriptor> relations, DefinitionScope scope)
    {
        var drop = new Drop(scope);
        foreach (RelationDescriptor relation in relations)
        {
            if (relation is IndexDescriptor) continue;
            drop.AddDependent(relation, $"drop cascades to {Word(relation)} {Shown(relation, scope)}");
        }

        drop.CollectDependents();
        return drop;
    }

    public static string Word(RelationDescriptor relation) => relation.Kind switch
    {
        'i' => "index",
        'v' => "view",
        'S' => "sequence",
        _ => "table",
    };

    private static string Keyword(ObjectKind kind) => kind switch
    {
        ObjectKind.MaterializedView => "MATERIALIZED VIEW",
        ObjectKind.ForeignTable => "FOREIGN TABLE",
        _ => kind.ToString().ToUpperInvariant(),
    };

    private static string LowerWord(ObjectKind kind) => Keyword(kind).ToLowerInvariant();

    private static void DropRelations(DropSyntax syntax, DefinitionScope scope)
    {
        var drop = new Drop(scope);
        foreach (ObjectNameSyntax name in syntax.Names)
        {
            RelationDescriptor? relation = scope.Find(name.Name);
            if (relation is null)
            {
                if (!syntax.IfExists) throw Missing(name.Name, syntax.Kind, scope);
                NoticeMissing(name.Name, syntax.Kind, scope);
                continue;
            }

            CheckKind(relation, syntax.Kind);
            Ownership.RequireOwner(scope.Role, relation);
            CheckDroppable(relation, scope);
            drop.AddNamed(relation);
        }

        drop.CollectDependents();
        if (drop.Dependents.Count > 0)
        {
            if (syntax.Behavior != DropBehavior.Cascade) throw drop.Refusal();
            drop.NoticeCascade();
        }

        drop.Execute();
    }

    private static SqlException Missing(QualifiedNameSyntax name, ObjectKind kind, DefinitionScope scope) =>
        kind == ObjectKind.Index && (name.Schema is null || scope.Catalog.FindSchema(name.Schema) is not null)
            ? new SqlException(SqlState.UndefinedObject, $"index \"{name}\" does not exist")
            : scope.Missing(name, LowerWord(kind));

    private static void NoticeMissing(QualifiedNameSyntax name, ObjectKind kind, DefinitionScope scope)
    {
        if (name.Schema is not null && scope.Catalog.FindSchema(name.Schema) is null) scope.Notice($"schema \"{name.Schema}\" does not exist, skipping");
        else scope.Notice($"{LowerWord(kind)} \"{name.Name}\" does not exist, skipping");
    }

    private static void CheckKind(RelationDescriptor relation, ObjectKind kind)
    {
        if (relation is VirtualTableDescriptor)
            throw new SqlException(SqlState.InsufficientPrivilege, $"permission denied: \"{relation.Name}\" is a system catalog");
        bool fits = kind switch
        {
            ObjectKind.Table => relation is TableDescriptor,
            ObjectKind.View => relation is ViewDescriptor,
            ObjectKind.Index => relation is IndexDescriptor,
            _ => relation is SequenceDescriptor,
        };
        if (fits) return;
        string word = LowerWord(kind);
        string article = kind == ObjectKind.Index ? "an" : "a";
        string actual = Word(relation);
        string actualArticle = relation is IndexDescriptor ? "an" : "a";
        throw new SqlException(SqlState.WrongObjectType, $"\"{relation.Name}\" is not {article} {word}")
        {
            Hint = $"Use DROP {actual.ToUpperInvariant()} to remove {actualArticle} {actual}.",
        };
    }

    private static void CheckDroppable(RelationDescriptor relation, DefinitionScope scope)
    {
        switch (relation)
        {
            case IndexDescriptor { ConstraintOid: not 0 } index:
                string on = $"constraint {Identifiers.Quote(index.Name)} on table {Shown(scope.Catalog.RelationByOid(index.TableOid)!, scope)}";
                throw new SqlException(SqlState.DependentObjectsStillExist, $"cannot drop index {Shown(index, scope)} because {on} requires it")
                {
                    Hint = $"You can drop {on} instead.",
                };
            case SequenceDescriptor { IsIdentity: true } sequence:
                var table = (TableDescriptor)scope.Catalog.RelationByOid(sequence.OwnerTableOid)!;
                string column = $"column {Identifiers.Quote(table.Columns.First(c => c.Number == sequence.OwnerColumnNumber).Name)} of table {Shown(table, scope)}";
                throw new SqlException(SqlState.DependentObjectsStillExist, $"cannot drop sequence {Shown(sequence, scope)} because {column} requires it")
                {
                    Hint = $"You can drop {column} instead.",
                };
        }
    }

    /// <summary>Kinds of object that cannot exist here: IF EXISTS is satisfied, everything else is missing.</summary>
    private static void DropAbsent(DropSyntax syntax, DefinitionScope scope)
    {
        string word = LowerWord(syntax.Kind);
        foreach (ObjectNameSyntax name in syntax.Names)
        {
            string shown = syntax.Kind is ObjectKind.Function or ObjectKind.Procedure or ObjectKind.Aggregate or ObjectKind.Routine
                ? $"{word} {name.Name}() does not exist"
                : $"{word} \"{name.Name}\" does not exist";
            if (!syntax.IfExists)
            {
                SqlState state = syntax.Kind is ObjectKind.Function or ObjectKind.Procedure or ObjectKind.Aggregate or ObjectKind.Routine
                    ? SqlState.UndefinedFunction
                    : SqlState.UndefinedObject;
                throw new SqlException(state, shown);
            }

            scope.Notice(shown + ", skipping");
        }
    }
}
