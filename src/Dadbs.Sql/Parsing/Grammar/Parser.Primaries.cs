using System.Globalization;
namespace Dadbs.Sql.Parsing;

/// <summary>What stands between operators (c_expr): constants, names, calls, constructors, parentheses, subqueries.</summary>
internal sealed partial class Parser
{
    private ExpressionSyntax ParsePrimary()
    {
        ref readonly var token = ref Current;
        switch (token.Kind)
        {
            case TokenKind.Integer:
                return new IntegerLiteralSyntax(token.Start, ParseInteger());
            case TokenKind.Number:
                _index++;
                return new NumericLiteralSyntax(token.Start, token.Text!);
            case TokenKind.String:
                _index++;
                return new StringLiteralSyntax(token.Start, token.Text!);
            case TokenKind.BitString or TokenKind.HexString:
                _index++;
                return new BitStringLiteralSyntax(token.Start, token.Text!, token.Kind == TokenKind.HexString);
            case TokenKind.Parameter:
                return ParseIndirection(ParseParameter());
            case TokenKind.LeftParen:
                return ParseParenthesizedPrimary();
            case TokenKind.Identifier:
                return ParseNameOrCall();
            case TokenKind.Keyword:
                return ParseKeywordPrimary(token.Keyword, token.Start);
            default:
                throw SyntaxError();
        }
    }

    private ParameterSyntax ParseParameter()
    {
        ref readonly var token = ref Current;
        var digits = _text.AsSpan(token.Start + 1, token.End - token.Start - 1);
        if (!int.TryParse(digits, NumberStyles.None, NumberFormatInfo.InvariantInfo, out var number) || number is < 1 or > ushort.MaxValue)
        {
            throw new SqlException(SqlState.UndefinedParameter, $"there is no parameter ${digits}", token.Start);
        }

        _index++;
        _parameterCount = Math.Max(_parameterCount, number);
        return new ParameterSyntax(token.Start, number);
    }

    private ExpressionSyntax ParseKeywordPrimary(Keyword keyword, int position)
    {
        switch (keyword)
        {
            case Keyword.Null:
                _index++;
                return new NullLiteralSyntax(position);
            case Keyword.True or Keyword.False:
                _index++;
                return new BooleanLiteralSyntax(position, keyword == Keyword.True);
            case Keyword.Case:
                return ParseCase();
            case Keyword.Exists when IsNext(TokenKind.LeftParen):
                _index++;
                return new ExistsSyntax(position, ParseParenthesizedQuery());
            case Keyword.Array:
                _index++;
                return Is(TokenKind.LeftBracket) ? ParseArray(position) : new ArraySubquerySyntax(position, ParseParenthesizedQuery());
            case Keyword.Row when IsNext(TokenKind.LeftParen):
                return ParseOverlaps(ParseExplicitRow());
            case Keyword.Grouping when IsNext(TokenKind.LeftParen):
                _index++;
                return new GroupingSyntax(position, ParseParenthesizedList(static p => p.ParseExpression()));
        }

        return ParseSpecialFunction(keyword, position) ?? ParseNameOrCall();
    }

    private CaseSyntax ParseCase()
    {
        var position = Expect(Keyword.Case);
        Enter();
        var operand = Is(Keyword.When) ? null : ParseExpression();
        if (!Is(Keyword.When)) throw SyntaxError();
        var whens = new List<CaseWhenSyntax>();
        while (Is(Keyword.When))
        {
            var at = Advance();
            var condition = ParseExpression();
            Expect(Keyword.Then);
            whens.Add(new CaseWhenSyntax(at, condition, ParseExpression()));
        }

        var otherwise = Accept(Keyword.Else) ? ParseExpression() : null;
        Expect(Keyword.End);
        Leave();
        return new CaseSyntax(position, operand, whens, otherwise);
    }

    /// <summary>The bracketed part of ARRAY[…]: either all expressions or all inner brackets.</summary>
    private ArraySyntax ParseArray(int position)
    {
        Enter();
        Expect(TokenKind.LeftBracket);
        var elements = new List<ExpressionSyntax>();
        if (Is(TokenKind.LeftBracket))
        {
            do elements.Add(ParseArray(Position));
            while (Accept(TokenKind.Comma));
        }
        else if (!Is(TokenKind.RightBracket))
        {
            elements = ParseExpressionList();
        }

        Expect(TokenKind.RightBracket);
        Leave();
        return new ArraySyntax(position, elements);
    }

    private RowSyntax ParseExplicitRow()
    {
        var position = Expect(Keyword.Row);
        Expect(TokenKind.LeftParen);
        Enter();
        var fields = Is(TokenKind.RightParen) ? [] : ParseExpressionList();
        Leave();
        Expect(TokenKind.RightParen);
        return new RowSyntax(position, fields, true);
    }

    /// <summary><c>row OVERLAPS row</c>; both sides must be rows of two.</summary>
    private ExpressionSyntax ParseOverlaps(RowSyntax left)
    {
        if (!Is(Keyword.Overlaps)) return left;
        var position = Advance();
        var right = Is(Keyword.Row) ? ParseExplicitRow() : ParseImplicitRow();
        if (left.Fields.Count != 2) throw Wrong("wrong number of parameters on left side of OVERLAPS expression", left.Position);
        if (right.Fields.Count != 2) throw Wrong("wrong number of parameters on right side of OVERLAPS expression", right.Position);
        return SystemCall(position, "overlaps", CallNotation.Overlaps, left.Fields[0], left.Fields[1], right.Fields[0], right.Fields[1]);
    }

    private RowSyntax ParseImplicitRow()
    {
        var position = Expect(TokenKind.LeftParen);
        Enter();
        var fields = new List<ExpressionSyntax> { ParseExpression() };
        if (!Is(TokenKind.Comma)) throw SyntaxError();
        while (Accept(TokenKind.Comma)) fields.Add(ParseExpression());
        Leave();
        Expect(TokenKind.RightParen);
        return new RowSyntax(position, fields, false);
    }

    // Parentheses: a query, an expression or a list; which one may show only after the inner ones were read.

    /// <summary>What a pair of parentheses held: exactly one of the two.</summary>
    private readonly record struct Parenthesized(QuerySyntax? Query, List<ExpressionSyntax>? Expressions);

    private ExpressionSyntax ParseParenthesizedPrimary()
    {
        var position = Position;
        var content = ParseParenthesized();
        if (content.Query is { } query) return ParseIndirection(new ScalarSubquerySyntax(position, query));
        if (content.Expressions!.Count > 1) return ParseOverlaps(new RowSyntax(position, content.Expressions, false));
        return ParseIndirection(content.Expressions[0]);
    }

    /// <summary>Does a query begin at the token <paramref name="distance"/> ahead, parentheses before it left aside?</summary>
    private bool IsQueryAhead(int distance)
    {
        var index = _index + distance;
        while (_tokens[index].Kind == TokenKind.LeftParen) index++;
        return _tokens[index].Keyword switch
        {
            Keyword.Select or Keyword.With or Keyword.Table => true,
            // VALUES may name a column, but only the clause has a parenthesis behind it.
            Keyword.Values => _tokens[index + 1].Kind == TokenKind.LeftParen,
            _ => false,
        };
    }

    private Parenthesized ParseParenthesized(bool singleExpression = false)
    {
        Expect(TokenKind.LeftParen);
        Enter();
        var content = ParseParenthesesContent(singleExpression);
        Leave();
        Expect(TokenKind.RightParen);
        return content;
    }

    private Parenthesized ParseParenthesesContent(bool singleExpression)
    {
        if (!IsQueryAhead(0)) return new Parenthesized(null, ParseItems(ParseExpression(), singleExpression));
        if (!Is(TokenKind.LeftParen)) return new Parenthesized(ParseQuery(), null);

        var position = Position;
        var inner = ParseParenthesized();
        ExpressionSyntax first;
        if (inner.Query is { } query)
        {
            if (Is(TokenKind.RightParen)) return inner;
            if (IsQueryContinuation) return new Parenthesized(ParseQueryAfter(query), null);
            first = ParseIndirection(new ScalarSubquerySyntax(position, query));
        }
        else
        {
            first = inner.Expressions!.Count > 1
                ? ParseOverlaps(new RowSyntax(position, inner.Expressions, false))
                : ParseIndirection(inner.Expressions[0]);
        }

        return new Parenthesized(null, ParseItems(ParseOperators(first, 0, false), singleExpression));
    }

    private List<ExpressionSyntax> ParseItems(ExpressionSyntax first, bool single)
    {
        var items = new List<ExpressionSyntax>(4) { first };
        if (single) return items;
        while (Accept(TokenKind.Comma)) items.Add(ParseExpression());
        return items;
    }

    /// <summary>A query where only one may stand: EXISTS (…), ARRAY (…).</summary>
    private QuerySyntax ParseParenthesizedQuery()
    {
        Expect(TokenKind.LeftParen);
        Enter();
        var query = ParseQuery();
        Leave();
        Expect(TokenKind.RightParen);
        return query;
    }

    // Names and calls.

    /// <summary>A column, a call, or a literal with its type before it.</summary>
    private ExpressionSyntax ParseNameOrCall()
    {
        if (TryParseConstantType() is { } constant) return constant;
        ref readonly var first = ref Current;
        var position = first.Start;
        var mayBeColumn = IsColumnId;
        var mayBeFunction = IsTypeOrFunctionName;
        if (!mayBeColumn && !mayBeFunction) throw SyntaxError();
        _index++;
        if (Is(TokenKind.LeftParen) && mayBeFunction) return ParseCall(new QualifiedNameSyntax(position, [first.Text!]));
        if (Is(TokenKind.String) && mayBeFunction) return TypedLiteral(new TypeNameSyntax(position, new QualifiedNameSyntax(position, [first.Text!]), [], []));
        if (!mayBeColumn) throw SyntaxError();
        if (!Is(TokenKind.Dot) && !Is(TokenKind.LeftBracket)) return new ColumnReferenceSyntax(position, [first.Text!]);
        return ParseQualifiedReference(position, first.Text!);
    }

    private ExpressionSyntax ParseQualifiedReference(int position, string first)
    {
        var parts = new List<string>(4) { first };
        while (Is(TokenKind.Dot))
        {
            _index++;
            if (Accept(TokenKind.Star))
            {
                if (Is(TokenKind.Dot) || Is(TokenKind.LeftBracket)) throw ImproperStar();
                return new StarSyntax(position, parts);
            }

            parts.Add(ParseColumnLabel());
        }

        if (Is(TokenKind.LeftParen)) return ParseCall(new QualifiedNameSyntax(position, parts));
        if (Is(TokenKind.String)) return TypedLiteral(new TypeNameSyntax(position, new QualifiedNameSyntax(position, parts), [], []));
        return ParseIndirection(new ColumnReferenceSyntax(position, parts));
    }

    /// <summary>PostgreSQL finds this when the indirection is complete.</summary>
    private SqlException ImproperStar()
    {
        ParseIndirection(new NullLiteralSyntax(Position));
        return Error("improper use of \"*\"");
    }

    private CastSyntax TypedLiteral(TypeNameSyntax type)
    {
        var literal = new StringLiteralSyntax(Position, ParseString());
        return new CastSyntax(type.Position, literal, type, CastNotation.TypedLiteral);
    }

    /// <summary>Field selections and subscripts behind an operand.</summary>
    private ExpressionSyntax ParseIndirection(ExpressionSyntax operand)
    {
        var levels = 0;
        while (true)
        {
            var position = Position;
            if (Is(TokenKind.LeftBracket))
            {
                var subscripts = new List<SubscriptItemSyntax>(1);
                while (Is(TokenKind.LeftBracket)) subscripts.Add(ParseSubscript());
                operand = new SubscriptSyntax(position, operand, subscripts);
            }
            else if (Accept(TokenKind.Dot))
            {
                if (Accept(TokenKind.Star))
                {
                    if (Is(TokenKind.Dot) || Is(TokenKind.LeftBracket)) throw ImproperStar();
                    Leave(levels);
                    return new CompositeStarSyntax(position, operand);
                }

                operand = new FieldSelectionSyntax(position, operand, ParseColumnLabel());
            }
            else
            {
                Leave(levels);
                return operand;
            }

            Enter();
            levels++;
        }
    }

    private SubscriptItemSyntax ParseSubscript()
    {
        var position = Expect(TokenKind.LeftBracket);
        Enter();
        var first = Is(TokenKind.Colon) ? null : ParseExpression();
        SubscriptItemSyntax item;
        if (Accept(TokenKind.Colon))
        {
            item = new SubscriptItemSyntax(position, true, first, Is(TokenKind.RightBracket) ? null : ParseExpression());
        }
        else
        {
            item = new SubscriptItemSyntax(position, false, null, first);
        }

        Leave();
        Expect(TokenKind.RightBracket);
        return item;
    }
}
