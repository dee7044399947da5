using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>CREATE [OR REPLACE] VIEW: the query is bound once for its columns, and stored as text that means the same for ever.</summary>
internal static class CreateView
{
    public static string Execute(CreateViewSyntax syntax, DefinitionScope scope)
    {
        if (syntax.Persistence == TablePersistence.Temporary) throw DefinitionScope.Unsupported("CREATE TEMPORARY VIEW", syntax.Position);
        if (syntax.CheckOption != ViewCheckOption.None) throw DefinitionScope.Unsupported("WITH CHECK OPTION", syntax.Position);
        if (syntax.IsRecursive) throw DefinitionScope.Unsupported("CREATE RECURSIVE VIEW", syntax.Position);
        SchemaDescriptor schema = scope.CreationSchema(syntax.Name);
        RelationDescriptor? existing = scope.Catalog.FindRelation(schema.Name, syntax.Name.Name, scope.Path);
        ViewDescriptor? replaced = Replaced(existing, syntax);
        if (replaced is not null) Ownership.RequireOwner(scope.Role, replaced);

        (string text, IReadOnlyList<uint> dependsOn, BoundQuery query) = BindText(syntax.Query, scope);
        List<ColumnDescriptor> columns = Columns(query, syntax.Columns);
        if (replaced is not null) CheckCompatible(replaced, columns);
        scope.Writer.Put(new ViewDescriptor
        {
            Oid = replaced?.Oid ?? scope.Writer.NextOid(),
            SchemaOid = schema.Oid,
            SchemaName = schema.Name,
            Name = syntax.Name.Name,
            OwnerOid = replaced?.OwnerOid ?? scope.Role.Oid,
            Columns = columns,
            QueryText = text,
            DependsOn = dependsOn,
        });
        return "CREATE VIEW";
    }

    private static ViewDescriptor? Replaced(RelationDescriptor? existing, CreateViewSyntax syntax)
    {
        if (existing is null) return null;
        if (!syntax.OrReplace) throw new SqlException(SqlState.DuplicateTable, $"relation \"{syntax.Name.Name}\" already exists");
        return existing as ViewDescriptor ?? throw new SqlException(SqlState.WrongObjectType, $"\"{existing.Name}\" is not a view");
    }

    /// <summary>Errors point into the statement as written, so that is bound first; positions for the edits come from the printed text.</summary>
    private static (string Text, IReadOnlyList<uint> DependsOn, BoundQuery Query) BindText(QuerySyntax syntax, DefinitionScope scope)
    {
        Bind(syntax, scope, null);
        string printed = SyntaxPrinter.Print(syntax);
        var references = new NameReferences();
        BoundQuery query = Bind((QuerySyntax)SqlParser.Parse(printed)[0].Syntax, scope, references);
        List<uint> oids = [.. references.Relations.Where(r => r is not VirtualTableDescriptor).Select(r => r.Oid).Distinct().Order()];
        return (references.Apply(printed), oids, query);
    }

    private static BoundQuery Bind(QuerySyntax syntax, DefinitionScope scope, NameReferences? references)
    {
        var binding = new BindingContext(scope.Planning, ParameterTypes.None) { References = references };
        BoundQuery query = new QueryBinder(binding).Bind(syntax, null);
        Ownership.RequireUse(binding.Relations, scope.Context);
        return query;
    }

    private static List<ColumnDescriptor> Columns(BoundQuery query, IReadOnlyList<string> names)
    {
        if (names.Count > query.Outputs.Count)
            throw new SqlException(SqlState.SyntaxError, "CREATE VIEW specifies more column names than columns");
        var columns = new List<ColumnDescriptor>(query.Outputs.Count);
        for (int i = 0; i < query.Outputs.Count; i++)
        {
            BoundOutput output = query.Outputs[i];
            string name = i < names.Count ? names[i] : output.Name;
            if (columns.Exists(c => c.Name == name)) throw new SqlException(SqlState.DuplicateColumn, $"column \"{name}\" specified more than once");
            SqlType type = output.Type.IsUnknown ? SqlTypes.Text : output.Type;
            if (type.IsPseudo) throw new SqlException(SqlState.InvalidTableDefinition, $"column \"{name}\" has pseudo-type {type.DisplayName}");
            columns.Add(new ColumnDescriptor { Number = i + 1, Name = name, Type = new ColumnType(type, output.Modifier) });
        }

        return columns;
    }

    private static void CheckCompatible(ViewDescriptor old, List<ColumnDescriptor> columns)
    {
        if (columns.Count < old.Columns.Count) throw new SqlException(SqlState.InvalidTableDefinition, "cannot drop columns from view");
        for (int i = 0; i < old.Columns.Count; i++)
        {
            ColumnDescriptor before = old.Columns[i];
            if (before.Name != columns[i].Name)
            {
                throw new SqlException(SqlState.InvalidTableDefinition, $"cannot change name of view column \"{before.Name}\" to \"{columns[i].Name}\"")
                {
                    Hint = "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.",
                };
            }

            if (before.Type != columns[i].Type)
                throw new SqlException(SqlState.InvalidTableDefinition, $"cannot change data type of view column \"{before.Name}\" from {before.Type} to {columns[i].Type}");
        }
    }
}
