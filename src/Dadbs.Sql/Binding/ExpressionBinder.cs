using System.Diagnostics;
using System.Globalization;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>
/// Expressions: syntax → bound. Names by <see cref="Scope"/>, overloads by <see cref="FunctionResolver"/>, conversions by <see cref="Coercion"/>; errors carry PostgreSQL's text and position.
/// Things start here: <see cref="Bind"/> dispatches; the other parts of the class are by kind of expression.
/// </summary>
public sealed partial class ExpressionBinder(BindingContext context)
{
    /// <summary>Binds in a scope. The result may be of type unknown (a bare literal or parameter).</summary>
    public BoundExpression Bind(ExpressionSyntax expression, Scope scope)
    {
        BoundExpression bound = Dispatch(expression, scope);
        if (context.Lifting is { } lifting && bound is BoundConstant constant) bound = constant with { Lift = lifting.MarkOf(expression) };
        return bound.Position >= 0 ? bound : bound with { Position = expression.Position };
    }

    /// <summary>Binds and converts for storing into a column: by assignment, its modifier applied; 42804 in PostgreSQL's words.</summary>
    public BoundExpression BindAssignment(ExpressionSyntax expression, Scope scope, ColumnType type, string columnName) =>
        ToAssignment(Bind(expression, scope), type, columnName);

    internal BoundExpression ToAssignment(BoundExpression bound, ColumnType type, string columnName) =>
        context.Coercion.TryCoerce(bound, type.Type, type.Modifier, CastContext.Assignment)
        ?? throw new SqlException(SqlState.DatatypeMismatch, $"column \"{columnName}\" is of type {type.Type.DisplayName} but expression is of type {bound.Type.DisplayName}", Coercion.At(bound))
        {
            Hint = "You will need to rewrite or cast the expression.",
        };

    /// <summary>Binds a condition of the named construct (WHERE, CASE/WHEN, AND …).</summary>
    public BoundExpression BindCondition(ExpressionSyntax expression, Scope scope, string construct) =>
        context.Coercion.ToBoolean(Bind(expression, scope), construct);

    private BoundExpression Dispatch(ExpressionSyntax expression, Scope scope) => expression switch
    {
        IntegerLiteralSyntax literal => new BoundConstant(Datum.FromInt32(literal.Value), SqlTypes.Integer),
        NumericLiteralSyntax literal => Number(literal.Text),
        StringLiteralSyntax literal => new BoundConstant(Datum.FromString(literal.Value), SqlTypes.Unknown),
        NullLiteralSyntax => new BoundConstant(Datum.Null, SqlTypes.Unknown),
        BooleanLiteralSyntax literal => new BoundConstant(Datum.FromBool(literal.Value), SqlTypes.Boolean),
        ParameterSyntax parameter => context.Parameters.Reference(parameter.Number, parameter.Position),
        ColumnReferenceSyntax column => BindColumn(column, scope),
        UnaryOperatorSyntax unary => BindUnary(unary, scope),
        BinaryOperatorSyntax binary => BindBinary(binary, scope),
        LogicalSyntax logical => BindLogical(logical, scope),
        NotSyntax not => new BoundNot(BindCondition(not.Operand, scope, "NOT")),
        NullTestSyntax test => new BoundIsNull(context.Coercion.ResolveUnknown(Bind(test.Operand, scope)), test.IsNegated),
        BooleanTestSyntax test => BindBooleanTest(test, scope),
        DistinctFromSyntax distinct => BindDistinctFrom(distinct, scope),
        BetweenSyntax between => BindBetween(between, scope),
        InListSyntax list => BindInList(list, scope),
        InSubquerySyntax subquery => BindInSubquery(subquery, scope),
        PatternMatchSyntax pattern => BindPattern(pattern, scope),
        QuantifiedArraySyntax quantified => BindQuantifiedArray(quantified, scope),
        QuantifiedSubquerySyntax quantified => BindQuantifiedSubquery(quantified, scope),
        CaseSyntax @case => BindCase(@case, scope),
        CoalesceSyntax coalesce => BindCoalesce(coalesce, scope),
        NullIfSyntax nullIf => BindNullIf(nullIf, scope),
        GreatestLeastSyntax greatest => BindGreatest(greatest, scope),
        CastSyntax cast => BindCast(cast, scope),
        CollateSyntax collate => BindCollate(collate, scope),
        FunctionCallSyntax call => BindCall(call, scope),
        ArraySyntax array => BindArray(array, scope, null),
        ArraySubquerySyntax array => BindArraySubquery(array, scope),
        SubscriptSyntax subscript => BindSubscript(subscript, scope),
        RowSyntax row => new BoundRow(BindAll(row.Fields, scope).Select(context.Coercion.ResolveUnknown).ToArray()),
        ExistsSyntax exists => BindExists(exists, scope),
        ScalarSubquerySyntax subquery => BindScalarSubquery(subquery, scope),
        SessionValueSyntax value => BindSessionValue(value),
        GroupingSyntax grouping => BindGrouping(grouping, scope),
        BitStringLiteralSyntax => throw Unsupported("bit strings", expression),
        FieldSelectionSyntax field => BindField(field, scope),
        StarSyntax { Qualifier: [{ } relation] } star when FindRelation(null, relation, scope) is { } found => WholeRow(found, star.Position),
        StarSyntax or CompositeStarSyntax => throw new SqlException(SqlState.SyntaxError, "row expansion via \"*\" is not supported here", expression.Position),
        NamedArgumentSyntax => throw Unsupported("named arguments here", expression),
        DefaultSyntax => throw new SqlException(SqlState.SyntaxError, "DEFAULT is not allowed in this context", expression.Position),
        CurrentOfSyntax => throw Unsupported("WHERE CURRENT OF", expression),
        _ => throw new UnreachableException(expression.GetType().Name),
    };

    private static SqlException Unsupported(string what, SyntaxNode at) => new(SqlState.FeatureNotSupported, $"{what} are not supported", at.Position);

    private BoundExpression[] BindAll(IReadOnlyList<ExpressionSyntax> expressions, Scope scope)
    {
        BoundExpression[] bound = new BoundExpression[expressions.Count];
        for (int i = 0; i < bound.Length; i++) bound[i] = Bind(expressions[i], scope);
        return bound;
    }

    /// <summary>Digits that are no int4: bigint if they fit, else numeric.</summary>
    private BoundConstant Number(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, NumberFormatInfo.InvariantInfo, out long value))
        {
            return value is >= int.MinValue and <= int.MaxValue
                ? new BoundConstant(Datum.FromInt32((int)value), SqlTypes.Integer)
                : new BoundConstant(Datum.FromInt64(value), SqlTypes.BigInt);
        }

        byte[] digits = System.Text.Encoding.UTF8.GetBytes(text);
        return new BoundConstant(SqlTypes.Numeric.Operations.ParseText(digits, -1, context.TypeSettings), SqlTypes.Numeric);
    }

    private BoundLogical BindLogical(LogicalSyntax logical, Scope scope)
    {
        bool isAnd = logical.Operator == LogicalOperator.And;
        BoundExpression[] operands = new BoundExpression[logical.Operands.Count];
        for (int i = 0; i < operands.Length; i++) operands[i] = BindCondition(logical.Operands[i], scope, isAnd ? "AND" : "OR");
        return new BoundLogical(isAnd, operands);
    }

    private BoundBooleanTest BindBooleanTest(BooleanTestSyntax test, Scope scope)
    {
        string construct = "IS " + (test.IsNegated ? "NOT " : "") + test.Test.ToString().ToUpperInvariant();
        bool? expected = test.Test switch { BooleanTestKind.True => true, BooleanTestKind.False => false, _ => null };
        return new BoundBooleanTest(BindCondition(test.Operand, scope, construct), expected, test.IsNegated);
    }

    private BoundCase BindCase(CaseSyntax syntax, Scope scope)
    {
        BoundExpression? operand = syntax.Operand is null ? null : context.Coercion.ResolveUnknown(Bind(syntax.Operand, scope));
        int slot = operand is null ? -1 : context.Slots.Allocate();
        BoundExpression[] conditions = new BoundExpression[syntax.Whens.Count];
        BoundExpression[] results = new BoundExpression[syntax.Whens.Count + 1];
        for (int i = 0; i < conditions.Length; i++)
        {
            CaseWhenSyntax when = syntax.Whens[i];
            conditions[i] = operand is null
                ? BindCondition(when.Condition, scope, "CASE/WHEN")
                : context.Coercion.ToBoolean(
                    MakeOperator("=", new BoundColumn(slot, operand.Type, operand.Modifier, "case") { Position = operand.Position }, Bind(when.Condition, scope), when.Condition.Position), "CASE/WHEN");
            results[i + 1] = Bind(when.Result, scope);
        }

        // ELSE takes part in type resolution first, as in PostgreSQL.
        results[0] = syntax.Else is null ? new BoundConstant(Datum.Null, SqlTypes.Unknown) : Bind(syntax.Else, scope);
        SqlType type = Coercion.CommonType(results, "CASE");
        BoundWhen[] whens = new BoundWhen[conditions.Length];
        for (int i = 0; i < whens.Length; i++) whens[i] = new BoundWhen(conditions[i], context.Coercion.ToCommon(results[i + 1], type, "CASE/WHEN"));
        return new BoundCase(operand, slot, whens, context.Coercion.ToCommon(results[0], type, "CASE/ELSE"), type);
    }

    private BoundExpression[] BindCommon(IReadOnlyList<ExpressionSyntax> expressions, Scope scope, string construct, out SqlType type)
    {
        BoundExpression[] bound = BindAll(expressions, scope);
        SqlType common = Coercion.CommonType(bound, construct);
        type = common;
        for (int i = 0; i < bound.Length; i++) bound[i] = context.Coercion.ToCommon(bound[i], common, construct);
        return bound;
    }

    private BoundCoalesce BindCoalesce(CoalesceSyntax coalesce, Scope scope)
    {
        BoundExpression[] arguments = BindCommon(coalesce.Arguments, scope, "COALESCE", out SqlType type);
        return new BoundCoalesce(arguments, type);
    }

    private BoundGreatest BindGreatest(GreatestLeastSyntax syntax, Scope scope)
    {
        string construct = syntax.IsGreatest ? "GREATEST" : "LEAST";
        BoundExpression[] arguments = BindCommon(syntax.Arguments, scope, construct, out SqlType type);
        if (!type.Operations.IsOrderable) throw new SqlException(SqlState.UndefinedFunction, $"could not identify a comparison function for type {type.DisplayName}", syntax.Position);
        return new BoundGreatest(syntax.IsGreatest, arguments, type);
    }

    private BoundNullIf BindNullIf(NullIfSyntax syntax, Scope scope)
    {
        BoundExpression equality = MakeOperator("=", Bind(syntax.Left, scope), Bind(syntax.Right, scope), syntax.Position);
        BoundOperator comparison = (BoundOperator)equality;
        BoundExpression left = comparison.Left!;
        int slot = context.Slots.Allocate();
        return new BoundNullIf(left, slot, comparison with { Left = new BoundColumn(slot, left.Type, left.Modifier, "nullif") }, left.Type);
    }

    private BoundExpression BindCast(CastSyntax cast, Scope scope)
    {
        ColumnType target = TypeNameResolver.Resolve(cast.Type);
        if (cast.Operand is ArraySyntax array && target.Type.IsArray)
        {
            return CastExplicitly(BindArray(array, scope, target.Type), target, cast.Position);
        }

        return CastExplicitly(Bind(cast.Operand, scope), target, cast.Operand is StringLiteralSyntax ? cast.Operand.Position : cast.Position);
    }

    private BoundExpression CastExplicitly(BoundExpression operand, ColumnType target, int position) =>
        context.Coercion.TryCoerce(operand, target.Type, target.Modifier, CastContext.Explicit)
        ?? throw new SqlException(SqlState.CannotCoerce, $"cannot cast type {operand.Type.DisplayName} to {target.Type.DisplayName}", position);

    private BoundExpression BindCollate(CollateSyntax collate, Scope scope)
    {
        BoundExpression operand = Bind(collate.Operand, scope);
        if (collate.Collation.Name is not ("C" or "POSIX" or "default" or "ucs_basic"))
        {
            throw new SqlException(SqlState.UndefinedObject, $"collation \"{collate.Collation}\" for encoding \"UTF8\" does not exist", collate.Position);
        }

        if (operand.Type.CollationOid == 0 && !operand.Type.IsUnknown)
        {
            throw new SqlException(SqlState.DatatypeMismatch, $"collations are not supported by type {operand.Type.DisplayName}", collate.Position);
        }

        return context.Coercion.ResolveUnknown(operand);
    }

    private BoundExpression BindArray(ArraySyntax array, Scope scope, SqlType? target)
    {
        BoundExpression[] elements = new BoundExpression[array.Elements.Count];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = array.Elements[i] is ArraySyntax inner ? BindArray(inner, scope, target) : Bind(array.Elements[i], scope);
        }

        if (elements.Length == 0)
        {
            if (target is null)
            {
                throw new SqlException(SqlState.IndeterminateDatatype, "cannot determine type of empty array", array.Position)
                {
                    Hint = "Explicitly cast to the desired type, for example ARRAY[]::integer[].",
                };
            }

            return new BoundArray([], target);
        }

        SqlType element = target?.ElementType is { } wanted && !elements[0].Type.IsArray ? wanted : Coercion.CommonType(elements, "ARRAY");
        CastContext how = target is null ? CastContext.Implicit : CastContext.Explicit;
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = context.Coercion.TryCoerce(elements[i], element, -1, how)
                ?? throw new SqlException(SqlState.CannotCoerce, $"cannot cast type {elements[i].Type.DisplayName} to {element.DisplayName}", Coercion.At(elements[i]));
        }

        // A nested ARRAY[] adds a dimension, not a type.
        SqlType? type = element.IsArray ? element : element.ArrayType;
        if (type is null) throw new SqlException(SqlState.UndefinedObject, $"could not find array type for data type {element.DisplayName}", array.Position);
        return new BoundArray(elements, type);
    }

    private BoundSubscript BindSubscript(SubscriptSyntax subscript, Scope scope)
    {
        BoundExpression array = Bind(subscript.Operand, scope);
        SqlType? element = array.Type.ElementType;
        if (array.Type == SqlTypes.Name) element = SqlTypes.InternalChar;
        if (element is null || !(array.Type.IsArray || array.Type == SqlTypes.Name || array.Type == SqlTypes.Int2Vector || array.Type == SqlTypes.OidVector))
        {
            throw new SqlException(SqlState.DatatypeMismatch, $"cannot subscript type {array.Type.DisplayName} because it does not support subscripting", subscript.Position);
        }

        BoundExpression[] indexes = new BoundExpression[subscript.Subscripts.Count];
        for (int i = 0; i < indexes.Length; i++)
        {
            SubscriptItemSyntax item = subscript.Subscripts[i];
            if (item.IsSlice) throw Unsupported("array slices", item);
            BoundExpression index = Bind(item.Upper!, scope);
            indexes[i] = context.Coercion.TryCoerce(index, SqlTypes.Integer, -1, CastContext.Assignment)
                ?? throw new SqlException(SqlState.DatatypeMismatch, "array subscript must have type integer", item.Position);
        }

        return new BoundSubscript(array, indexes, element);
    }

    private BoundExpression BindField(FieldSelectionSyntax field, Scope scope)
    {
        // (t).a is t.a.
        if (field.Operand is ColumnReferenceSyntax { Parts: [{ } relation] } && FindRelation(null, relation, scope) is not null)
        {
            return BindQualified(null, relation, field.Field, field.Position, scope);
        }

        BoundExpression operand = Bind(field.Operand, scope);
        throw new SqlException(SqlState.WrongObjectType, $"column notation .{field.Field} applied to type {operand.Type.DisplayName}, which is not a composite type", field.Position);
    }
}
