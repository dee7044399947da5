using Dadbs.Sql.Functions;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>Operators and what is defined by them: comparisons, BETWEEN, IN, LIKE, IS DISTINCT FROM, row comparisons.</summary>
public sealed partial class ExpressionBinder
{
    /// <summary>An operator applied to bound operands: resolved, operands converted. 42883 or 42725 when it cannot be.</summary>
    internal BoundExpression MakeOperator(string symbol, BoundExpression? left, BoundExpression right, int position)
    {
        ResolutionOutcome outcome = FunctionResolver.ResolveOperator(BuiltinFunctions.OperatorsByName(symbol), left?.Type, right.Type, out Candidate? found);
        if (outcome != ResolutionOutcome.Found) throw OperatorError(outcome, symbol, left?.Type, right.Type, position);

        OperatorDescriptor descriptor = found!.Operator!;
        SqlType[] declared = found.ArgumentTypes;
        BoundExpression[] operands = left is null ? [right] : [left, right];
        SqlType[] resolved = PolymorphicTypes.Resolve(declared, operands);
        for (int i = 0; i < operands.Length; i++) operands[i] = context.Coercion.Coerce(operands[i], resolved[i]);
        SqlType[] actual = Array.ConvertAll(operands, operand => operand.Type);
        FunctionDescriptor function = descriptor.Function.Specialize(actual);
        if (!ReferenceEquals(function, descriptor.Function)) descriptor = descriptor with { Function = function };
        if (function.Body is null) throw new SqlException(SqlState.FeatureNotSupported, $"operator {symbol} of function {function} is not supported", position);
        context.Note(function, []);
        SqlType result = descriptor.Result.IsPolymorphic ? function.ReturnType : descriptor.Result;
        return new BoundOperator(descriptor, left is null ? null : operands[0], operands[^1], result) { Position = position };
    }

    private static SqlException OperatorError(ResolutionOutcome outcome, string symbol, SqlType? left, SqlType right, int position)
    {
        string signature = left is null ? $"{symbol} {right.DisplayName}" : $"{left.DisplayName} {symbol} {right.DisplayName}";
        return outcome == ResolutionOutcome.Ambiguous
            ? new SqlException(SqlState.AmbiguousFunction, $"operator is not unique: {signature}", position)
            {
                Hint = "Could not choose a best candidate operator. You might need to add explicit type casts.",
            }
            : new SqlException(SqlState.UndefinedFunction, $"operator does not exist: {signature}", position)
            {
                Hint = left is null
                    ? "No operator matches the given name and argument type. You might need to add an explicit type cast."
                    : "No operator matches the given name and argument types. You might need to add explicit type casts.",
            };
    }

    private BoundExpression BindUnary(UnaryOperatorSyntax unary, Scope scope)
    {
        // A minus before digits belongs to the number, so that -2147483648 is an integer.
        if (unary.Operator.Symbol == "-")
        {
            switch (unary.Operand)
            {
                case IntegerLiteralSyntax integer:
                    return new BoundConstant(Datum.FromInt32(-integer.Value), SqlTypes.Integer);
                case NumericLiteralSyntax number:
                    return Number("-" + number.Text);
            }
        }

        return MakeOperator(unary.Operator.Symbol, null, Bind(unary.Operand, scope), unary.Position);
    }

    private BoundExpression BindBinary(BinaryOperatorSyntax binary, Scope scope)
    {
        string symbol = binary.Operator.Symbol;
        if (binary.Left is RowSyntax leftRow && binary.Right is RowSyntax rightRow)
        {
            return CompareRows(symbol, BindAll(leftRow.Fields, scope), BindAll(rightRow.Fields, scope), binary.Position);
        }

        // (a, b) = (SELECT x, y …): a row subquery.
        if (binary.Left is RowSyntax row && binary.Right is ScalarSubquerySyntax subquery)
        {
            return BindRowSubquery(symbol, BindAll(row.Fields, scope), subquery.Query, scope, binary.Position);
        }

        BoundExpression left = Bind(binary.Left, scope);
        BoundExpression right = Bind(binary.Right, scope);
        if (left is BoundRow leftFields && right is BoundRow rightFields) return CompareRows(symbol, leftFields.Fields, rightFields.Fields, binary.Position);
        return MakeOperator(symbol, left, right, binary.Position);
    }

    /// <summary>A comparison of rows (manual 9.24.5): = and &lt;&gt; field by field, order by the first difference.</summary>
    internal BoundExpression CompareRows(string symbol, BoundExpression[] left, BoundExpression[] right, int position)
    {
        if (left.Length != right.Length) throw new SqlException(SqlState.SyntaxError, "unequal number of entries in row expressions", position);
        if (left.Length == 0) throw new SqlException(SqlState.FeatureNotSupported, "cannot compare rows of zero length", position);
        if (left.Length == 1) return MakeOperator(symbol, left[0], right[0], position);
        BoundExpression[] pairs = new BoundExpression[left.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            BoundExpression pair = MakeOperator(symbol is "=" or "<>" ? symbol : symbol[..1], left[i], right[i], position);
            if (pair.Type != SqlTypes.Boolean) throw new SqlException(SqlState.DatatypeMismatch, $"row comparison operator must yield type boolean, not type {pair.Type.DisplayName}", position);
            pairs[i] = pair;
        }

        switch (symbol)
        {
            case "=":
                return new BoundLogical(true, pairs);
            case "<>":
                return new BoundLogical(false, pairs);
            case "<" or "<=" or ">" or ">=":
                BoundExpression[] equal = new BoundExpression[left.Length];
                for (int i = 0; i < equal.Length; i++) equal[i] = MakeOperator("=", left[i], right[i], position);
                return new BoundRowComparison(symbol, equal, pairs);
            default:
                throw new SqlException(SqlState.FeatureNotSupported, $"could not determine interpretation of row comparison operator {symbol}", position);
        }
    }

    private BoundDistinctFrom BindDistinctFrom(DistinctFromSyntax syntax, Scope scope)
    {
        BoundExpression equality = MakeOperator("=", Bind(syntax.Left, scope), Bind(syntax.Right, scope), syntax.Position);
        BoundOperator comparison = (BoundOperator)equality;
        return new BoundDistinctFrom(comparison.Operator, comparison.Left!, comparison.Right, syntax.IsNegated);
    }

    private BoundExpression BindBetween(BetweenSyntax syntax, Scope scope)
    {
        BoundExpression Compare(string symbol, ExpressionSyntax bound) =>
            syntax.Operand is RowSyntax || bound is RowSyntax
                ? BindBinary(new BinaryOperatorSyntax(syntax.Position, syntax.Operand, new OperatorNameSyntax(syntax.Position, symbol), bound), scope)
                : MakeOperator(symbol, Bind(syntax.Operand, scope), Bind(bound, scope), syntax.Position);

        BoundExpression Between(ExpressionSyntax low, ExpressionSyntax high) => syntax.IsNegated
            ? new BoundLogical(false, [Compare("<", low), Compare(">", high)])
            : new BoundLogical(true, [Compare(">=", low), Compare("<=", high)]);

        BoundExpression straight = Between(syntax.Low, syntax.High);
        if (!syntax.IsSymmetric) return straight;
        return new BoundLogical(syntax.IsNegated, [straight, Between(syntax.High, syntax.Low)]);
    }

    private BoundExpression BindInList(InListSyntax syntax, Scope scope)
    {
        BoundExpression operand = Bind(syntax.Operand, scope);
        BoundExpression[] items = BindAll(syntax.Items, scope);
        if (operand is BoundRow row)
        {
            BoundExpression[] matches = new BoundExpression[items.Length];
            for (int i = 0; i < items.Length; i++)
            {
                BoundExpression[] fields = items[i] is BoundRow itemRow ? itemRow.Fields : [items[i]];
                matches[i] = CompareRows(syntax.IsNegated ? "<>" : "=", row.Fields, fields, syntax.Position);
            }

            return matches.Length == 1 ? matches[0] : new BoundLogical(syntax.IsNegated, matches);
        }

        SqlType? common = Coercion.TryCommonType([operand, .. items], out _, out _);
        if (common is null || items.Length == 1)
        {
            // No common type: one comparison an item, each resolved by itself.
            BoundExpression[] matches = new BoundExpression[items.Length];
            for (int i = 0; i < items.Length; i++) matches[i] = MakeOperator(syntax.IsNegated ? "<>" : "=", operand, items[i], syntax.Position);
            return matches.Length == 1 ? matches[0] : new BoundLogical(syntax.IsNegated, matches);
        }

        for (int i = 0; i < items.Length; i++) items[i] = context.Coercion.ToCommon(items[i], common, "IN");
        BoundOperator first = (BoundOperator)MakeOperator("=", operand, items[0], syntax.Position);
        for (int i = 0; i < items.Length; i++) items[i] = context.Coercion.Coerce(items[i], first.Right.Type);
        return new BoundInList(first.Left!, items, first.Operator, syntax.IsNegated);
    }

    private BoundExpression BindPattern(PatternMatchSyntax syntax, Scope scope)
    {
        BoundExpression operand = Bind(syntax.Operand, scope);
        BoundExpression pattern = Bind(syntax.Pattern, scope);
        if (syntax.Kind == PatternKind.SimilarTo)
        {
            BoundExpression[] arguments = syntax.Escape is null ? [pattern] : [pattern, Bind(syntax.Escape, scope)];
            pattern = CallByName("similar_to_escape", arguments, syntax.Position);
            return MakeOperator(syntax.IsNegated ? "!~" : "~", operand, pattern, syntax.Position);
        }

        if (syntax.Escape is not null) pattern = CallByName("like_escape", [pattern, Bind(syntax.Escape, scope)], syntax.Position);
        string symbol = (syntax.Kind == PatternKind.ILike, syntax.IsNegated) switch
        {
            (false, false) => "~~",
            (false, true) => "!~~",
            (true, false) => "~~*",
            _ => "!~~*",
        };
        return MakeOperator(symbol, operand, pattern, syntax.Position);
    }

    private BoundExpression BindQuantifiedArray(QuantifiedArraySyntax syntax, Scope scope)
    {
        BoundExpression left = Bind(syntax.Left, scope);
        BoundExpression array = Bind(syntax.Array, scope);
        BoundExpression item;
        if (array.Type.IsUnknown)
        {
            // An unknown array is of the left side's type.
            BoundExpression probe = MakeOperator(syntax.Operator.Symbol, left, new BoundConstant(Datum.Null, SqlTypes.Unknown), syntax.Position);
            SqlType element = ((BoundOperator)probe).Right.Type;
            array = context.Coercion.Coerce(array, element.ArrayType ?? SqlTypes.TextArray);
        }

        SqlType? of = array.Type.ElementType;
        if (of is null) throw new SqlException(SqlState.WrongObjectType, "op ANY/ALL (array) requires array on right side", syntax.Position);
        item = new BoundColumn(-1, of, -1, "element");
        BoundOperator comparison = (BoundOperator)MakeOperator(syntax.Operator.Symbol, left, item, syntax.Position);
        if (comparison.Type != SqlTypes.Boolean) throw new SqlException(SqlState.WrongObjectType, "op ANY/ALL (array) requires operator to yield boolean", syntax.Position);
        if (comparison.Right.Type != of)
        {
            SqlType wanted = comparison.Right.Type.ArrayType ?? throw new SqlException(SqlState.UndefinedObject, $"could not find array type for data type {comparison.Right.Type.DisplayName}", syntax.Position);
            array = context.Coercion.Coerce(array, wanted);
        }

        return new BoundArrayComparison(comparison.Left!, comparison.Operator, array, syntax.Quantifier == Quantifier.All);
    }
}
