using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>CREATE TABLE AS: a table with the columns of a query, filled with its rows.</summary>
internal static class CreateTableAs
{
    public static string Execute(CreateTableAsSyntax syntax, DefinitionScope scope)
    {
        if (syntax.IsMaterializedView) throw DefinitionScope.Unsupported("CREATE MATERIALIZED VIEW", syntax.Position);
        if (syntax.Persistence == TablePersistence.Temporary) throw DefinitionScope.Unsupported("CREATE TEMPORARY TABLE", syntax.Position);
        if (syntax.Source is not QuerySyntax source) throw DefinitionScope.Unsupported("CREATE TABLE AS EXECUTE", syntax.Source.Position);
        SchemaDescriptor schema = scope.CreationSchema(syntax.Name);
        if (scope.IsTaken(schema.Oid, syntax.Name.Name))
        {
            string message = $"relation \"{syntax.Name.Name}\" already exists";
            if (!syntax.IfNotExists) throw new SqlException(SqlState.DuplicateTable, message);
            scope.Notice(message + ", skipping", SqlState.DuplicateTable);
            return "CREATE TABLE AS";
        }

        var binding = new BindingContext(scope.Planning, ParameterTypes.None);
        BoundQuery query = new QueryBinder(binding).Bind(source, null);
        Ownership.RequireUse(binding.Relations, scope.Context);
        TableDescriptor table = CreateTable.Build(schema, syntax.Name.Name, Columns(query, syntax), syntax.StorageParameters, scope);
        return syntax.WithNoData ? "CREATE TABLE AS" : $"SELECT {Fill(table, query, binding, scope)}";
    }

    private static List<TableElementSyntax> Columns(BoundQuery query, CreateTableAsSyntax syntax)
    {
        if (syntax.Columns.Count > query.Outputs.Count) throw new SqlException(SqlState.SyntaxError, "too many column names were specified");
        var columns = new List<TableElementSyntax>(query.Outputs.Count);
        for (int i = 0; i < query.Outputs.Count; i++)
        {
            BoundOutput output = query.Outputs[i];
            string name = i < syntax.Columns.Count ? syntax.Columns[i] : output.Name;
            if (output.Type.IsPseudo) throw new SqlException(SqlState.InvalidTableDefinition, $"column \"{name}\" has pseudo-type {output.Type.DisplayName}");
            columns.Add(new ColumnDefinitionSyntax(syntax.Position, name, SqlParser.ParseTypeName(new ColumnType(output.Type, output.Modifier).ToString()), []));
        }

        return columns;
    }

    private static long Fill(TableDescriptor table, BoundQuery query, BindingContext binding, DefinitionScope scope)
    {
        int[] outputs = QueryBinder.SlotsOf(query);
        PhysicalOperator plan = new PhysicalPlanner(binding).PlanQuery(query.Plan, outputs);
        var state = new ExecutionState(scope.Context, binding.Slots.Count);
        var writer = new TableWriter(table, scope.Context);
        long rows = 0;
        using Cursor cursor = plan.Open(state);
        while (cursor.MoveNext())
        {
            scope.Context.Budget.Step();
            var row = new Datum[outputs.Length];
            for (int i = 0; i < row.Length; i++) row[i] = state.Slots[outputs[i]];
            writer.InsertUnchecked(writer.NewRowKey(row), row);
            rows++;
        }

        return rows;
    }
}
