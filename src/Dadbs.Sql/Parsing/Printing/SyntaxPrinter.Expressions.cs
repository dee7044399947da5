using System.Diagnostics;
using System.Globalization;

namespace Dadbs.Sql.Parsing;

public sealed partial class SyntaxPrinter
{
    private SyntaxPrinter Expression(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case IntegerLiteralSyntax literal:
                return Write(literal.Value.ToString(NumberFormatInfo.InvariantInfo));
            case NumericLiteralSyntax literal:
                return Write(literal.Text);
            case StringLiteralSyntax literal:
                return Write(Literal(literal.Value));
            case BitStringLiteralSyntax literal:
                return Write(literal.IsHexadecimal ? "X" : "B").Write(Literal(literal.Digits));
            case NullLiteralSyntax:
                return Write("NULL");
            case BooleanLiteralSyntax literal:
                return Write(literal.Value ? "true" : "false");
            case ParameterSyntax parameter:
                return Write("$").Write(parameter.Number.ToString(NumberFormatInfo.InvariantInfo));
            case ColumnReferenceSyntax column:
                return List(column.Parts, p => Id(p), ".");
            case StarSyntax star:
                return List(star.Qualifier, p => Id(p), ".").Write(star.Qualifier.Count > 0 ? ".*" : "*");
            case FieldSelectionSyntax field:
                return Indirect(field.Operand, isField: true).Write(".").Id(field.Field);
            case CompositeStarSyntax star:
                return Indirect(star.Operand, isField: true).Write(".*");
            case SubscriptSyntax subscript:
                return Indirect(subscript.Operand, isField: false).Subscripts(subscript.Subscripts);
            case UnaryOperatorSyntax unary:
                return Operator(unary.Operator).Write(" ").Operand(unary.Operand);
            case BinaryOperatorSyntax binary:
                return Operand(binary.Left).Write(" ").Operator(binary.Operator).Write(" ").Operand(binary.Right);
            case LogicalSyntax logical:
                return List(logical.Operands, o => Operand(o), logical.Operator == LogicalOperator.And ? " AND " : " OR ");
            case NotSyntax not:
                return Write("NOT ").Operand(not.Operand);
            case NamedArgumentSyntax named:
                return Id(named.Name).Write(" => ").Expression(named.Value);
            case DefaultSyntax:
                return Write("DEFAULT");
            case CurrentOfSyntax current:
                return Write("CURRENT OF ").Id(current.Cursor);
            case NullTestSyntax or BooleanTestSyntax or DistinctFromSyntax or BetweenSyntax or InListSyntax or InSubquerySyntax or PatternMatchSyntax
                or QuantifiedArraySyntax or QuantifiedSubquerySyntax:
                return Predicate(expression);
            default:
                return Construct(expression);
        }
    }

    /// <summary>An expression as an operand: in parentheses unless it is primary.</summary>
    private SyntaxPrinter Operand(ExpressionSyntax operand) => IsPrimary(operand) ? Expression(operand) : Write("(").Expression(operand).Write(")");

    private static bool IsPrimary(ExpressionSyntax expression) => expression switch
    {
        IntegerLiteralSyntax literal => literal.Value >= 0,
        NumericLiteralSyntax literal => !literal.Text.StartsWith('-'),
        StringLiteralSyntax or BitStringLiteralSyntax or NullLiteralSyntax or BooleanLiteralSyntax or ParameterSyntax or ColumnReferenceSyntax => true,
        FieldSelectionSyntax or SubscriptSyntax or CaseSyntax or CoalesceSyntax or NullIfSyntax or GreatestLeastSyntax or RowSyntax => true,
        ArraySyntax or ArraySubquerySyntax or ExistsSyntax or ScalarSubquerySyntax or GroupingSyntax or SessionValueSyntax => true,
        CastSyntax cast => cast.Notation == CastNotation.Function,
        FunctionCallSyntax call => call.Notation is not (CallNotation.AtTimeZone or CallNotation.Overlaps or CallNotation.IsNormalized),
        _ => false,
    };

    private SyntaxPrinter Operator(OperatorNameSyntax name) =>
        name.Schema is null ? Write(name.Symbol) : Write("OPERATOR(").Id(name.Schema).Write(".").Write(name.Symbol).Write(")");

    /// <summary>What stands before a field or a subscript.</summary>
    private SyntaxPrinter Indirect(ExpressionSyntax operand, bool isField)
    {
        var isBare = operand switch
        {
            ParameterSyntax => true,
            ColumnReferenceSyntax => !isField,
            FieldSelectionSyntax => true,
            SubscriptSyntax => isField,
            ScalarSubquerySyntax => true,
            _ => false,
        };
        return isBare ? Expression(operand) : Write("(").Expression(operand).Write(")");
    }

    private SyntaxPrinter Subscripts(IReadOnlyList<SubscriptItemSyntax> items)
    {
        foreach (var item in items)
        {
            Write("[");
            if (item.Lower is not null) Operand(item.Lower);
            WriteIf(item.IsSlice, ":");
            if (item.Upper is not null) Operand(item.Upper);
            Write("]");
        }

        return this;
    }

    private SyntaxPrinter Predicate(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case NullTestSyntax test:
                return Operand(test.Operand).Write(test.IsNegated ? " IS NOT NULL" : " IS NULL");
            case BooleanTestSyntax test:
                return Operand(test.Operand).Write(test.IsNegated ? " IS NOT " : " IS ").Write(test.Test.ToString().ToUpperInvariant());
            case DistinctFromSyntax distinct:
                return Operand(distinct.Left).Write(distinct.IsNegated ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ").Operand(distinct.Right);
            case BetweenSyntax between:
                return Operand(between.Operand).Not(between.IsNegated).Write(between.IsSymmetric ? " BETWEEN SYMMETRIC " : " BETWEEN ")
                    .Operand(between.Low).Write(" AND ").Operand(between.High);
            case InListSyntax list:
                return Operand(list.Operand).Not(list.IsNegated).Write(" IN (").Expressions(list.Items).Write(")");
            case InSubquerySyntax sub:
                return Operand(sub.Operand).Not(sub.IsNegated).Write(" IN ").Subquery(sub.Query);
            case PatternMatchSyntax match:
                Operand(match.Operand).Not(match.IsNegated).Write(match.Kind switch
                {
                    PatternKind.Like => " LIKE ",
                    PatternKind.ILike => " ILIKE ",
                    _ => " SIMILAR TO ",
                }).Operand(match.Pattern);
                return match.Escape is null ? this : Write(" ESCAPE ").Operand(match.Escape);
            case QuantifiedArraySyntax quantified:
                Operand(quantified.Left).Write(" ").QuantifiedOperator(quantified.Operator).Write(quantified.Quantifier == Quantifier.Any ? " ANY (" : " ALL (");
                return Expression(quantified.Array).Write(")");
            case QuantifiedSubquerySyntax quantified:
                return Operand(quantified.Left).Write(" ").QuantifiedOperator(quantified.Operator).Write(quantified.Quantifier == Quantifier.Any ? " ANY " : " ALL ")
                    .Subquery(quantified.Query);
            default:
                throw new UnreachableException(expression.GetType().Name);
        }
    }

    private SyntaxPrinter Not(bool isNegated) => WriteIf(isNegated, " NOT");

    private SyntaxPrinter QuantifiedOperator(OperatorNameSyntax name) => Operator(name);

    private SyntaxPrinter Subquery(QuerySyntax query)
    {
        var inLines = _inLines;
        _inLines = false;
        Write("(").Query(query).Write(")");
        _inLines = inLines;
        return this;
    }

    private SyntaxPrinter Construct(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case CaseSyntax @case:
                return Case(@case);
            case CoalesceSyntax coalesce:
                return Write("COALESCE(").Expressions(coalesce.Arguments).Write(")");
            case NullIfSyntax nullIf:
                return Write("NULLIF(").Expression(nullIf.Left).Write(", ").Expression(nullIf.Right).Write(")");
            case GreatestLeastSyntax greatest:
                return Write(greatest.IsGreatest ? "GREATEST(" : "LEAST(").Expressions(greatest.Arguments).Write(")");
            case CastSyntax cast:
                return Cast(cast);
            case CollateSyntax collate:
                return Operand(collate.Operand).Write(" COLLATE ").Name(collate.Collation);
            case FunctionCallSyntax call:
                return Call(call);
            case ArraySyntax array:
                return Write("ARRAY").ArrayElements(array);
            case ArraySubquerySyntax array:
                return Write("ARRAY").Subquery(array.Query);
            case RowSyntax row:
                return Write(row.IsExplicit ? "ROW(" : "(").Expressions(row.Fields).Write(")");
            case ExistsSyntax exists:
                return Write("EXISTS ").Subquery(exists.Query);
            case ScalarSubquerySyntax scalar:
                return Subquery(scalar.Query);
            case GroupingSyntax grouping:
                return Write("GROUPING(").Expressions(grouping.Arguments).Write(")");
            case SessionValueSyntax value:
                return Write(SessionWord(value.Value)).Write(value.Precision is { } precision ? $"({precision})" : "");
            default:
                throw new UnreachableException(expression.GetType().Name);
        }
    }

    private SyntaxPrinter ArrayElements(ArraySyntax array)
    {
        // Inner dimensions are bare brackets; an array constructor among ordinary elements is not one.
        var isNested = array.Elements.Count > 0 && array.Elements.All(e => e is ArraySyntax);
        return Write("[").List(array.Elements, e =>
        {
            if (isNested) ArrayElements((ArraySyntax)e);
            else Expression(e);
        }).Write("]");
    }

    private static string SessionWord(SessionValue value) => value switch
    {
        SessionValue.CurrentDate => "CURRENT_DATE",
        SessionValue.CurrentTime => "CURRENT_TIME",
        SessionValue.CurrentTimestamp => "CURRENT_TIMESTAMP",
        SessionValue.LocalTime => "LOCALTIME",
        SessionValue.LocalTimestamp => "LOCALTIMESTAMP",
        SessionValue.CurrentRole => "CURRENT_ROLE",
        SessionValue.CurrentUser => "CURRENT_USER",
        SessionValue.User => "USER",
        SessionValue.SessionUser => "SESSION_USER",
        SessionValue.CurrentCatalog => "CURRENT_CATALOG",
        _ => "CURRENT_SCHEMA",
    };

    private SyntaxPrinter Case(CaseSyntax @case)
    {
        Write("CASE ");
        if (@case.Operand is not null) Expression(@case.Operand).Write(" ");
        foreach (var when in @case.Whens) Write("WHEN ").Expression(when.Condition).Write(" THEN ").Expression(when.Result).Write(" ");
        if (@case.Else is not null) Write("ELSE ").Expression(@case.Else).Write(" ");
        return Write("END");
    }

    private SyntaxPrinter Cast(CastSyntax cast)
    {
        switch (cast.Notation)
        {
            case CastNotation.Function:
                return Write("CAST(").Expression(cast.Operand).Write(" AS ").Type(cast.Type).Write(")");
            case CastNotation.Colons:
                return Operand(cast.Operand).Write("::").Type(cast.Type);
        }

        // An interval's fields stand behind the literal.
        if (cast.Type.Name.Parts is not ["pg_catalog", "interval"] || cast.Type.Fields is not { } fields) return Type(cast.Type).Write(" ").Expression(cast.Operand);
        Write("interval ").Expression(cast.Operand).Write(" ").Write(Fields(fields));
        return cast.Type.Modifiers.Count > 0 ? Parenthesized(cast.Type.Modifiers, m => Expression(m)) : this;
    }

    // Calls.

    private SyntaxPrinter Call(FunctionCallSyntax call)
    {
        if (call.Notation == CallNotation.Ordinary) Name(call.Name).Write("(").Arguments(call).Write(")");
        else Special(call, call.Arguments);
        if (call.IsWithinGroup) Write(" WITHIN GROUP (").OrderBy(call.OrderBy).Write(")");
        if (call.Filter is not null) Write(" FILTER (WHERE ").Expression(call.Filter).Write(")");
        if (call.Over is null) return this;
        return call.Over.Name is { } name ? Write(" OVER ").Id(name) : Write(" OVER ").Window(call.Over);
    }

    private SyntaxPrinter Arguments(FunctionCallSyntax call)
    {
        if (call.IsStar) return Write("*");
        WriteIf(call.IsDistinct, "DISTINCT ");
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            WriteIf(i > 0, ", ").WriteIf(call.IsVariadic && i == call.Arguments.Count - 1, "VARIADIC ").Expression(call.Arguments[i]);
        }

        return call.OrderBy.Count > 0 && !call.IsWithinGroup ? Write(" ").OrderBy(call.OrderBy) : this;
    }

    private SyntaxPrinter Special(FunctionCallSyntax call, IReadOnlyList<ExpressionSyntax> a) => call.Notation switch
    {
        CallNotation.AtTimeZone => Operand(a[1]).Write(" AT TIME ZONE ").Operand(a[0]),
        CallNotation.Extract => Write("EXTRACT(").Expression(a[0]).Write(" FROM ").Expression(a[1]).Write(")"),
        CallNotation.Position => Write("POSITION(").Operand(a[1]).Write(" IN ").Operand(a[0]).Write(")"),
        CallNotation.Overlay => Write("OVERLAY(").Expression(a[0]).Write(" PLACING ").Expression(a[1]).Write(" FROM ").Expression(a[2]).OptionalArgument(a, 3, " FOR ").Write(")"),
        CallNotation.Substring => Substring(a),
        CallNotation.SubstringSimilar => Write("SUBSTRING(").Expression(a[0]).Write(" SIMILAR ").Expression(a[1]).Write(" ESCAPE ").Expression(a[2]).Write(")"),
        CallNotation.Trim => Trim(call.Name.Name, a),
        CallNotation.Overlaps => Write("(").Expression(a[0]).Write(", ").Expression(a[1]).Write(") OVERLAPS (").Expression(a[2]).Write(", ").Expression(a[3]).Write(")"),
        CallNotation.Normalize => Write("NORMALIZE(").Expression(a[0]).Write(a.Count > 1 ? ", " + NormalForm(a[1]) : "").Write(")"),
        CallNotation.IsNormalized => Operand(a[0]).Write(" IS ").Write(a.Count > 1 ? NormalForm(a[1]) + " " : "").Write("NORMALIZED"),
        CallNotation.CollationFor => Write("COLLATION FOR (").Expression(a[0]).Write(")"),
        CallNotation.Treat => Write("TREAT(").Expression(a[0]).Write(" AS ").Name(call.Name).Write(")"),
        _ => throw new UnreachableException(),
    };

    private SyntaxPrinter OptionalArgument(IReadOnlyList<ExpressionSyntax> arguments, int index, string word) =>
        index < arguments.Count ? Write(word).Expression(arguments[index]) : this;

    private SyntaxPrinter Substring(IReadOnlyList<ExpressionSyntax> a)
    {
        Write("SUBSTRING(").Expression(a[0]);
        // FOR alone was given its start and a cast by the parser.
        var isForAlone = a is [_, IntegerLiteralSyntax { Value: 1 } start, CastSyntax { Notation: CastNotation.Function, Type.Name.Parts: ["pg_catalog", "int4"] }] && start.Position == a[0].Position;
        if (isForAlone) return Write(" FOR ").Expression(((CastSyntax)a[2]).Operand).Write(")");
        return Write(" FROM ").Expression(a[1]).OptionalArgument(a, 2, " FOR ").Write(")");
    }

    private SyntaxPrinter Trim(string name, IReadOnlyList<ExpressionSyntax> a)
    {
        Write("TRIM(").Write(name switch
        {
            "ltrim" => "LEADING ",
            "rtrim" => "TRAILING ",
            _ => "BOTH ",
        });
        // The characters to trim came first and are last in the call; with more than two arguments only the list form exists.
        return Write("FROM ").Expressions(a).Write(")");
    }

    private static string NormalForm(ExpressionSyntax form) => ((StringLiteralSyntax)form).Value;
}
