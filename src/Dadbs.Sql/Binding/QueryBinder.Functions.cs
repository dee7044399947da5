using Dadbs.Sql.Functions;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>Functions in FROM: one, or several side by side.</summary>
public sealed partial class QueryBinder
{
    /// <summary>One function of FROM, or (Function null) an ordinary value, which makes one row.</summary>
    private sealed record TableFunction(string Name, BoundSetFunction? Function, BoundExpression Value)
    {
        public OutputColumn[] Outputs => Function?.Function.OutputColumns ?? [];
    }

    private FromItem BindFunction(FunctionTableSyntax syntax, Scope scope)
    {
        if (syntax.ColumnDefinitions.Count > 0 || syntax.Functions.Any(function => function.ColumnDefinitions.Count > 0))
        {
            throw new SqlException(SqlState.FeatureNotSupported, "column definition lists are not supported", syntax.Position);
        }

        TableFunction[] functions = [.. syntax.Functions.SelectMany(function => Apart(function.Call)).Select(call => BindTableFunction(call, scope))];
        string name = syntax.Alias?.Name ?? functions[0].Name;
        _locking?.RefuseNamed(name, "a function");
        List<(string Name, SqlType Type)> shape = [];
        List<LogicalFunctionScan> parts = [];
        foreach (TableFunction function in functions)
        {
            int start = shape.Count;
            if (function.Outputs.Length > 0) shape.AddRange(function.Outputs.Select(output => (output.Name, output.Type)));
            else shape.Add((functions.Length == 1 ? name : function.Name, function.Value.Type));
            parts.Add(new LogicalFunctionScan(
                function.Function?.Function, function.Value, function.Function?.Arguments ?? [], start, [.. shape.Skip(start).Select(column => column.Type)], false, name)
            {
                FunctionName = function.Name,
            });
        }

        if (syntax.WithOrdinality) shape.Add(("ordinality", SqlTypes.BigInt));
        CheckAliases(syntax.Alias, name, shape.Count);
        int first = _context.Slots.Allocate(shape.Count);
        ScopeColumn[] columns = new ScopeColumn[shape.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            string columnName = syntax.Alias is not null && i < syntax.Alias.Columns.Count ? syntax.Alias.Columns[i] : shape[i].Name;
            columns[i] = new ScopeColumn(columnName, new BoundColumn(first + i, shape[i].Type, -1, columnName) { Relation = name });
        }

        LogicalFunctionScan plan = parts[0] with
        {
            Base = first,
            WithOrdinality = syntax.WithOrdinality,
            Beside = [.. parts.Skip(1).Select(part => part with { Base = first + part.Base })],
        };
        return Single(plan, new ScopeRelation(name, columns)) with { IsLateral = true };
    }

    /// <summary>unnest of several arrays stands for one unnest of each, side by side (PostgreSQL manual 9.19).</summary>
    private static IEnumerable<ExpressionSyntax> Apart(ExpressionSyntax call) =>
        call is FunctionCallSyntax { Name: { Name: "unnest", Schema: null or "pg_catalog" }, Arguments.Count: > 1 } unnest
            ? unnest.Arguments.Select(array => unnest with { Name = new QualifiedNameSyntax(unnest.Name.Position, ["pg_catalog", "unnest"]), Arguments = [array] })
            : [call];

    /// <summary>The call is bound as in a select list; what it collects is the function, or else it is an ordinary value.</summary>
    private TableFunction BindTableFunction(ExpressionSyntax call, Scope scope)
    {
        Scope inner = new(scope) { Clause = ClauseKind.From, SetFunctions = new SetFunctionCollector() };
        BoundExpression value = _expressions.Bind(call, inner);
        List<BoundSetFunction> calls = inner.SetFunctions.Calls;
        if (calls.Count > 1 || (calls.Count == 1 && value is not BoundColumn)) throw new SqlException(SqlState.FeatureNotSupported, "set-returning functions must appear at top level of FROM", call.Position);
        BoundSetFunction? function = calls.Count == 1 ? calls[0] : null;
        return new TableFunction(function?.Function.Name ?? OutputNames.Of(call), function, _context.Coercion.ResolveUnknown(value));
    }
}
