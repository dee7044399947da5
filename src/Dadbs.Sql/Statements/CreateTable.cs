using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Rows;
using Dadbs.Storage;

namespace Dadbs.Sql.Statements;

/// <summary>CREATE TABLE.</summary>
internal static class CreateTable
{
    public static string Execute(CreateTableSyntax syntax, DefinitionScope scope)
    {
        if (syntax.Persistence == TablePersistence.Temporary) throw DefinitionScope.Unsupported("CREATE TEMPORARY TABLE", syntax.Position);
        if (syntax.Inherits.Count > 0) throw DefinitionScope.Unsupported("INHERITS", syntax.Inherits[0].Position);
        SchemaDescriptor schema = scope.CreationSchema(syntax.Name);
        if (scope.IsTaken(schema.Oid, syntax.Name.Name))
        {
            string message = $"relation \"{syntax.Name.Name}\" already exists";
            if (!syntax.IfNotExists) throw new SqlException(SqlState.DuplicateTable, message);
            scope.Notice(message + ", skipping", SqlState.DuplicateTable);
            return "CREATE TABLE";
        }

        Build(schema, syntax.Name.Name, Expand(syntax, scope), syntax.StorageParameters, scope);
        return "CREATE TABLE";
    }

    /// <summary>Makes a table from its elements; CREATE TABLE AS gives it bare columns.</summary>
    public static TableDescriptor Build(
        SchemaDescriptor schema, string name, IReadOnlyList<TableElementSyntax> elements, IReadOnlyList<OptionSyntax> options, DefinitionScope scope)
    {
        scope.Take(schema.Oid, name);
        List<ColumnDefinitionSyntax> columns = [.. elements.OfType<ColumnDefinitionSyntax>()];
        if (columns.Count > RowFormat.ColumnsMax)
            throw new SqlException(SqlState.TooManyColumns, $"tables can have at most {RowFormat.ColumnsMax} columns");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ColumnDefinitionSyntax column in columns)
        {
            if (!names.Add(column.Name)) throw new SqlException(SqlState.DuplicateColumn, $"column \"{column.Name}\" specified more than once");
            ColumnDefinition.RefuseSystemName(column);
        }

        uint oid = scope.Writer.NextOid();
        uint overflow = scope.Writer.NextOid();
        var table = new TableDescriptor
        {
            Oid = oid,
            SchemaOid = schema.Oid,
            SchemaName = schema.Name,
            Name = name,
            OwnerOid = scope.Role.Oid,
            Rows = new RelationId(scope.Database, oid),
            Overflow = new RelationId(scope.Database, overflow),
            StoredColumnCount = columns.Count,
            Options = StorageParameters(options),
        };
        var definition = new TableDefinition(table, scope);
        foreach (ColumnDefinitionSyntax column in columns) definition.AddColumn(column);
        definition.AddConstraints(elements);
        definition.Store();
        return definition.Table;
    }

    /// <summary>fillfactor and the like are kept and shown; unknown ones are refused as PostgreSQL does.</summary>
    public static IReadOnlyList<string> StorageParameters(IReadOnlyList<OptionSyntax> options)
    {
        var kept = new List<string>(options.Count);
        foreach (OptionSyntax option in options)
        {
            if (option.Namespace is not null) continue;
            if (option.Name is not ("fillfactor" or "parallel_workers" or "toast_tuple_target" or "user_catalog_table" or "vacuum_truncate" or "vacuum_index_cleanup")
                && !option.Name.StartsWith("autovacuum_", StringComparison.Ordinal) && !option.Name.StartsWith("log_autovacuum", StringComparison.Ordinal))
            {
                throw new SqlException(SqlState.InvalidParameterValue, $"unrecognized parameter \"{option.Name}\"");
            }

            kept.Add($"{option.Name}={OptionText(option)}");
        }

        return kept;
    }

    private static string OptionText(OptionSyntax option) => option.Value switch
    {
        null => "true",
        StringLiteralSyntax text => text.Value,
        ExpressionSyntax other => SyntaxPrinter.Print(other),
    };

    /// <summary>Replaces LIKE by copies of the named table's columns.</summary>
    private static IReadOnlyList<TableElementSyntax> Expand(CreateTableSyntax syntax, DefinitionScope scope)
    {
        if (!syntax.Elements.Any(e => e is LikeTableSyntax)) return syntax.Elements;
        var elements = new List<TableElementSyntax>();
        foreach (TableElementSyntax element in syntax.Elements)
        {
            if (element is not LikeTableSyntax like)
            {
                elements.Add(element);
                continue;
            }

            RelationDescriptor source = scope.Find(like.Name) ?? throw scope.Missing(like.Name).At(like.Name.Position);
            foreach (ColumnDescriptor column in source.Columns) elements.Add(CopyOf(column, like));
            if (source is TableDescriptor table) elements.AddRange(LikeConstraints(table, like));
        }

        return elements;
    }

    private static ColumnDefinitionSyntax CopyOf(ColumnDescriptor column, LikeTableSyntax like)
    {
        var constraints = new List<ConstraintSyntax>();
        if (column.NotNull) constraints.Add(new NotNullConstraintSyntax(like.Position));
        if (column.DefaultText is { } text && like.Including.HasFlag(LikeOptions.Defaults))
            constraints.Add(new DefaultConstraintSyntax(like.Position, SqlParser.ParseExpression(text)));
        if (column.Identity != IdentityKind.None && like.Including.HasFlag(LikeOptions.Identity))
            constraints.Add(new IdentityConstraintSyntax(like.Position, column.Identity == IdentityKind.Always, []));
        return new ColumnDefinitionSyntax(like.Position, column.Name, SqlParser.ParseTypeName(column.Type.ToString()), constraints);
    }

    private static IEnumerable<TableElementSyntax> LikeConstraints(TableDescriptor table, LikeTableSyntax like)
    {
        if (like.Including.HasFlag(LikeOptions.Constraints))
        {
            foreach (CheckDescriptor check in table.Checks)
            {
                yield return new TableConstraintSyntax(
                    like.Position, new CheckConstraintSyntax(like.Position, SqlParser.ParseExpression(check.ExpressionText), NoInherit: false) { Name = check.Name });
            }
        }

        if (!like.Including.HasFlag(LikeOptions.Indexes)) yield break;
        foreach (IndexDescriptor index in table.Indexes.Where(i => i.ConstraintOid != 0))
        {
            List<string> columns = [.. index.Parts.Select(p => table.Columns[p.ColumnIndex].Name)];
            yield return new TableConstraintSyntax(
                like.Position, index.IsPrimary ? new PrimaryKeyConstraintSyntax(like.Position, columns) : new UniqueConstraintSyntax(like.Position, columns));
        }
    }
}
