using Dadbs.Sql.Parsing;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>Subqueries in expressions.</summary>
public sealed partial class ExpressionBinder
{
    private BoundQuery BindNested(QuerySyntax query, Scope scope) => new QueryBinder(context).Bind(query, scope);

    private static BoundSubquery Finish(BoundSubquery subquery) => subquery with { OuterSlots = SlotUsage.OuterSlots(subquery.Query.Plan) };

    private BoundSubquery BindExists(ExistsSyntax exists, Scope scope) =>
        Finish(new BoundSubquery(SubqueryKind.Exists, BindNested(exists.Query, scope), null, SqlTypes.Boolean));

    private BoundSubquery BindScalarSubquery(ScalarSubquerySyntax subquery, Scope scope)
    {
        BoundQuery query = BindNested(subquery.Query, scope);
        if (query.Outputs.Count != 1) throw new SqlException(SqlState.SyntaxError, "subquery must return only one column", subquery.Position);
        return Finish(new BoundSubquery(SubqueryKind.Scalar, query, null, query.Outputs[0].Type)) with { Modifier = query.Outputs[0].Modifier };
    }

    private BoundSubquery BindArraySubquery(ArraySubquerySyntax subquery, Scope scope)
    {
        BoundQuery query = BindNested(subquery.Query, scope);
        if (query.Outputs.Count != 1) throw new SqlException(SqlState.SyntaxError, "subquery must return only one column", subquery.Position);
        SqlType element = query.Outputs[0].Type;
        SqlType type = element.IsArray ? element : element.ArrayType ?? throw new SqlException(SqlState.UndefinedObject, $"could not find array type for data type {element.DisplayName}", subquery.Position);
        return Finish(new BoundSubquery(SubqueryKind.Array, query, null, type));
    }

    private BoundExpression BindInSubquery(InSubquerySyntax syntax, Scope scope)
    {
        BoundExpression match = BindAny("=", syntax.Operand, syntax.Query, SubqueryKind.Any, scope, syntax.Position);
        return syntax.IsNegated ? new BoundNot(match) : match;
    }

    private BoundExpression BindQuantifiedSubquery(QuantifiedSubquerySyntax syntax, Scope scope)
    {
        // <> ALL is NOT (= ANY), which can be hashed.
        if (syntax.Operator.Symbol == "<>" && syntax.Quantifier == Quantifier.All)
        {
            return new BoundNot(BindAny("=", syntax.Left, syntax.Query, SubqueryKind.Any, scope, syntax.Position));
        }

        return BindAny(syntax.Operator.Symbol, syntax.Left, syntax.Query, syntax.Quantifier == Quantifier.All ? SubqueryKind.All : SubqueryKind.Any, scope, syntax.Position);
    }

    private BoundSubquery BindAny(string symbol, ExpressionSyntax left, QuerySyntax syntax, SubqueryKind kind, Scope scope, int position)
    {
        BoundExpression operand = Bind(left, scope);
        BoundExpression[] operands = operand is BoundRow row ? row.Fields : [operand];
        BoundQuery query = BindNested(syntax, scope);
        if (query.Outputs.Count > operands.Length) throw new SqlException(SqlState.SyntaxError, "subquery has too many columns", position);
        if (query.Outputs.Count < operands.Length) throw new SqlException(SqlState.SyntaxError, "subquery has too few columns", position);
        BoundExpression test = CompareRows(symbol, operands, Outputs(query), position);
        if (test.Type != SqlTypes.Boolean) throw new SqlException(SqlState.DatatypeMismatch, $"operator {symbol} must return type boolean, not type {test.Type.DisplayName}", position);
        return Finish(new BoundSubquery(kind, query, test, SqlTypes.Boolean) { Operands = operands, IsEquality = symbol == "=" });
    }

    /// <summary><c>(a, b) op (SELECT …)</c>: of at most one row; none makes it unknown.</summary>
    private BoundExpression BindRowSubquery(string symbol, BoundExpression[] operands, QuerySyntax syntax, Scope scope, int position)
    {
        BoundQuery query = BindNested(syntax, scope);
        if (query.Outputs.Count != operands.Length) throw new SqlException(SqlState.SyntaxError, query.Outputs.Count > operands.Length ? "subquery has too many columns" : "subquery has too few columns", position);
        BoundExpression test = CompareRows(symbol, operands, Outputs(query), position);

        // The comparison becomes the subquery's only output, so that "no row" and "two rows" are a scalar subquery's.
        int slot = context.Slots.Allocate();
        BoundQuery compared = new(new LogicalProject(query.Plan, [new Projection(slot, test)]), [new BoundOutput("?column?", slot, SqlTypes.Boolean, -1)]);
        return Finish(new BoundSubquery(SubqueryKind.Scalar, compared, null, SqlTypes.Boolean));
    }

    private static BoundExpression[] Outputs(BoundQuery query) =>
        [.. query.Outputs.Select(output => new BoundColumn(output.Slot, output.Type, output.Modifier, output.Name))];
}
