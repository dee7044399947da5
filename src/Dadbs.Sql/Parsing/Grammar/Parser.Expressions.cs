namespace Dadbs.Sql.Parsing;

/// <summary>
/// Expressions by precedence climbing over PostgreSQL 15's table (manual 4.1.6). A level's operators bind their right side at the next
/// level; those that do not associate refuse a neighbour of their own level.
/// </summary>
internal sealed partial class Parser
{
    private static class Level
    {
        public const int Or = 1;
        public const int And = 2;
        public const int Not = 3;
        public const int Is = 4;
        public const int Comparison = 5;

        /// <summary>BETWEEN, IN, LIKE, ILIKE, SIMILAR.</summary>
        public const int Range = 6;
        public const int Operator = 8;
        public const int Additive = 9;
        public const int Multiplicative = 10;
        public const int Power = 11;
        public const int AtTimeZone = 12;
        public const int Collate = 13;
        public const int Sign = 14;
        public const int Cast = 15;
    }

    /// <summary>a_expr: any expression.</summary>
    private ExpressionSyntax ParseExpression() => ParseOperators(ParsePrefix(false), 0, false);

    /// <summary>b_expr: without AND, OR, NOT, IN, LIKE, BETWEEN, IS NULL, COLLATE and AT TIME ZONE, for places where those words go on.</summary>
    private ExpressionSyntax ParseRestrictedExpression() => ParseOperators(ParsePrefix(true), 0, true);

    private ExpressionSyntax ParseOperand(int level, bool restricted)
    {
        Enter();
        var operand = ParseOperators(ParsePrefix(restricted), level, restricted);
        Leave();
        return operand;
    }

    private List<ExpressionSyntax> ParseExpressionList() => ParseList(static p => p.ParseExpression());

    private ExpressionSyntax ParsePrefix(bool restricted)
    {
        ref readonly var token = ref Current;
        switch (token.Kind)
        {
            case TokenKind.Plus:
                _index++;
                return new UnaryOperatorSyntax(token.Start, new OperatorNameSyntax(token.Start, "+"), ParseOperand(Level.Sign, restricted));
            case TokenKind.Minus:
                _index++;
                return Negate(ParseOperand(Level.Sign, restricted), token.Start);
            case TokenKind.Operator:
                _index++;
                return new UnaryOperatorSyntax(token.Start, new OperatorNameSyntax(token.Start, token.Text!), ParseOperand(Level.Operator, restricted));
        }

        if (token.Keyword == Keyword.NoKeyword) return ParsePrimary();
        if (token.Keyword == Keyword.Operator && IsNext(TokenKind.LeftParen))
        {
            var name = ParseOperatorCall();
            return new UnaryOperatorSyntax(name.Position, name, ParseOperand(Level.Operator, restricted));
        }

        if (restricted) return ParsePrimary();
        switch (token.Keyword)
        {
            case Keyword.Not:
                _index++;
                return new NotSyntax(token.Start, ParseOperand(Level.Not, false));
            case Keyword.Default:
                _index++;
                return new DefaultSyntax(token.Start);
            case Keyword.Unique:
                _index++;
                ParseParenthesizedQuery();
                throw new SqlException(SqlState.FeatureNotSupported, "UNIQUE predicate is not yet implemented", token.Start);
            default:
                return ParsePrimary();
        }
    }

    /// <summary>A minus sign before a number belongs to the number, as in PostgreSQL: −2147483648 is an int4.</summary>
    private static ExpressionSyntax Negate(ExpressionSyntax operand, int position) => operand switch
    {
        IntegerLiteralSyntax { Value: var value } when value != int.MinValue => new IntegerLiteralSyntax(position, -value),
        IntegerLiteralSyntax => new NumericLiteralSyntax(position, "2147483648"),
        NumericLiteralSyntax number => new NumericLiteralSyntax(position, number.Text.StartsWith('-') ? number.Text[1..] : "-" + number.Text),
        _ => new UnaryOperatorSyntax(position, new OperatorNameSyntax(position, "-"), operand),
    };

    /// <summary>Extends <paramref name="left"/> by all operators of at least <paramref name="minimum"/>'s level.</summary>
    private ExpressionSyntax ParseOperators(ExpressionSyntax left, int minimum, bool restricted, bool mayEndInLabel = false)
    {
        var chain = 0;
        // The level whose operator was just applied and may not be followed by another of it.
        var refused = -1;
        while (true)
        {
            var level = InfixLevel(restricted);
            if (level < 0 || level < minimum || (mayEndInLabel && IsOperatorWordAsLabel)) break;
            if (level == refused) throw SyntaxError();
            refused = -1;
            Enter();
            chain++;
            left = level switch
            {
                Level.Or => ParseLogical(left, LogicalOperator.Or, Keyword.Or, Level.And),
                Level.And => ParseLogical(left, LogicalOperator.And, Keyword.And, Level.Not),
                Level.Is => ParseIs(left, restricted, ref refused),
                Level.Range => ParseRange(left, ref refused),
                Level.AtTimeZone => ParseAtTimeZone(left),
                Level.Collate => new CollateSyntax(Advance(), left, ParseAnyName()),
                Level.Cast => new CastSyntax(Advance(), left, ParseTypeName(), CastNotation.Colons),
                _ => ParseBinary(left, level, restricted, ref refused),
            };
        }

        Leave(chain);
        return left;
    }

    /// <summary>The level of the infix or postfix operator that stands here; −1 if none does.</summary>
    private int InfixLevel(bool restricted)
    {
        ref readonly var token = ref Current;
        switch (token.Kind)
        {
            case TokenKind.Keyword:
                return KeywordLevel(token.Keyword, restricted);
            case TokenKind.Less or TokenKind.Greater or TokenKind.EqualSign or TokenKind.LessEquals or TokenKind.GreaterEquals or TokenKind.NotEquals:
                return Level.Comparison;
            case TokenKind.Plus or TokenKind.Minus:
                return Level.Additive;
            case TokenKind.Star or TokenKind.Slash or TokenKind.Percent:
                return Level.Multiplicative;
            case TokenKind.Caret:
                return Level.Power;
            case TokenKind.Operator:
                return Level.Operator;
            case TokenKind.TypeCast:
                return Level.Cast;
            default:
                return -1;
        }
    }

    private int KeywordLevel(Keyword keyword, bool restricted)
    {
        switch (keyword)
        {
            case Keyword.Is:
                return Level.Is;
            case Keyword.Operator:
                return IsNext(TokenKind.LeftParen) ? Level.Operator : -1;
        }

        if (restricted) return -1;
        return keyword switch
        {
            Keyword.Or => Level.Or,
            Keyword.And => Level.And,
            Keyword.Isnull or Keyword.Notnull => Level.Is,
            Keyword.Between or Keyword.In or Keyword.Like or Keyword.Ilike => Level.Range,
            // SUBSTRING (a SIMILAR b ESCAPE c) uses the word alone.
            Keyword.Similar => IsNext(Keyword.To) ? Level.Range : -1,
            Keyword.Not => Peek().Keyword is Keyword.Between or Keyword.In or Keyword.Like or Keyword.Ilike or Keyword.Similar ? Level.Range : -1,
            Keyword.At => Level.AtTimeZone,
            Keyword.Collate => Level.Collate,
            _ => -1,
        };
    }

    /// <summary><c>SELECT a between FROM t</c>: a word with nothing to operate on labels the column.</summary>
    private bool IsOperatorWordAsLabel => Is(TokenKind.Keyword) && Keywords.IsBareLabel(Current.Keyword)
        && (Peek().Kind is TokenKind.Comma or TokenKind.RightParen or TokenKind.Semicolon or TokenKind.End
            || Peek().Keyword is Keyword.From or Keyword.Into or Keyword.Where or Keyword.Group or Keyword.Having or Keyword.Window or Keyword.Union or Keyword.Intersect
                or Keyword.Except or Keyword.Order or Keyword.Limit or Keyword.Offset or Keyword.Fetch or Keyword.For);

    private LogicalSyntax ParseLogical(ExpressionSyntax left, LogicalOperator logical, Keyword keyword, int operandLevel)
    {
        var position = Position;
        var operands = new List<ExpressionSyntax>(4) { left };
        while (Accept(keyword)) operands.Add(ParseOperand(operandLevel, false));
        return new LogicalSyntax(position, logical, operands);
    }

    /// <summary>What begins with IS, and the old ISNULL and NOTNULL.</summary>
    private ExpressionSyntax ParseIs(ExpressionSyntax left, bool restricted, ref int refused)
    {
        var position = Position;
        if (!restricted && Accept(Keyword.Isnull)) return new NullTestSyntax(position, left, false);
        if (!restricted && Accept(Keyword.Notnull)) return new NullTestSyntax(position, left, true);
        Expect(Keyword.Is);
        var negated = Accept(Keyword.Not);
        if (Accept(Keyword.Distinct))
        {
            Expect(Keyword.From);
            refused = Level.Is;
            return new DistinctFromSyntax(position, left, ParseOperand(Level.Comparison, restricted), negated);
        }

        if (Is(Keyword.Document)) throw Unsupported("IS DOCUMENT", position);
        if (restricted) throw SyntaxError();
        if (Accept(Keyword.Null)) return new NullTestSyntax(position, left, negated);
        if (Accept(Keyword.True)) return new BooleanTestSyntax(position, left, BooleanTestKind.True, negated);
        if (Accept(Keyword.False)) return new BooleanTestSyntax(position, left, BooleanTestKind.False, negated);
        if (Accept(Keyword.Unknown)) return new BooleanTestSyntax(position, left, BooleanTestKind.Unknown, negated);
        var form = AcceptNormalForm();
        Expect(Keyword.Normalized);
        ExpressionSyntax[] arguments = form is null ? [left] : [left, form];
        ExpressionSyntax test = SystemCall(position, "is_normalized", CallNotation.IsNormalized, arguments);
        return negated ? new NotSyntax(position, test) : test;
    }

    private StringLiteralSyntax? AcceptNormalForm()
    {
        if (!(Is(Keyword.Nfc) || Is(Keyword.Nfd) || Is(Keyword.Nfkc) || Is(Keyword.Nfkd))) return null;
        var position = Position;
        return new StringLiteralSyntax(position, TakeName().ToUpperInvariant());
    }

    /// <summary>[NOT] BETWEEN, IN, LIKE, ILIKE, SIMILAR TO.</summary>
    private ExpressionSyntax ParseRange(ExpressionSyntax left, ref int refused)
    {
        var position = Position;
        var negated = Accept(Keyword.Not);
        switch (_tokens[_index++].Keyword)
        {
            case Keyword.In:
                return ParseIn(left, position, negated);
            case Keyword.Between:
                {
                    var symmetric = Accept(Keyword.Symmetric);
                    if (!symmetric) Accept(Keyword.Asymmetric);
                    var low = ParseRestrictedExpression();
                    Expect(Keyword.And);
                    refused = Level.Range;
                    return new BetweenSyntax(position, left, low, ParseOperand(Level.Range + 1, false), symmetric, negated);
                }

            case Keyword.Similar:
                Expect(Keyword.To);
                return ParsePattern(left, position, PatternKind.SimilarTo, negated, ref refused);
            case Keyword.Like:
                return ParsePattern(left, position, PatternKind.Like, negated, ref refused);
            default:
                return ParsePattern(left, position, PatternKind.ILike, negated, ref refused);
        }
    }

    private ExpressionSyntax ParsePattern(ExpressionSyntax left, int position, PatternKind kind, bool negated, ref int refused)
    {
        if (kind != PatternKind.SimilarTo && IsQuantifier)
        {
            var symbol = (negated ? "!" : "") + (kind == PatternKind.Like ? "~~" : "~~*");
            return ParseQuantified(left, new OperatorNameSyntax(position, symbol));
        }

        refused = Level.Range;
        var pattern = ParseOperand(Level.Range + 1, false);
        var escape = Accept(Keyword.Escape) ? ParseOperand(Level.Range + 1, false) : null;
        return new PatternMatchSyntax(position, kind, left, pattern, escape, negated);
    }

    private ExpressionSyntax ParseIn(ExpressionSyntax left, int position, bool negated)
    {
        if (!Is(TokenKind.LeftParen)) throw SyntaxError();
        var content = ParseParenthesized();
        return content.Query is { } query
            ? new InSubquerySyntax(position, left, query, negated)
            : new InListSyntax(position, left, content.Expressions!, negated);
    }

    private FunctionCallSyntax ParseAtTimeZone(ExpressionSyntax left)
    {
        var position = Expect(Keyword.At);
        Expect(Keyword.Time);
        Expect(Keyword.Zone);
        return SystemCall(position, "timezone", CallNotation.AtTimeZone, ParseOperand(Level.AtTimeZone + 1, false), left);
    }

    private ExpressionSyntax ParseBinary(ExpressionSyntax left, int level, bool restricted, ref int refused)
    {
        var name = Is(Keyword.Operator) ? ParseOperatorCall() : TakeOperator();
        if (!restricted && IsQuantifier) return ParseQuantified(left, name);
        if (level == Level.Comparison) refused = level;
        return new BinaryOperatorSyntax(name.Position, left, name, ParseOperand(level + 1, restricted));
    }

    private bool IsQuantifier => Current.Keyword is Keyword.Any or Keyword.Some or Keyword.All;

    /// <summary>ANY, SOME or ALL over a query or an array.</summary>
    private ExpressionSyntax ParseQuantified(ExpressionSyntax left, OperatorNameSyntax name)
    {
        var quantifier = Is(Keyword.All) ? Quantifier.All : Quantifier.Any;
        _index++;
        if (!Is(TokenKind.LeftParen)) throw SyntaxError();
        var content = ParseParenthesized(singleExpression: true);
        return content.Query is { } query
            ? new QuantifiedSubquerySyntax(name.Position, left, name, quantifier, query)
            : new QuantifiedArraySyntax(name.Position, left, name, quantifier, content.Expressions![0]);
    }

    /// <summary>An operator token; what PostgreSQL's lexer knows by two spellings gets the first.</summary>
    private OperatorNameSyntax TakeOperator()
    {
        ref readonly var token = ref Current;
        _index++;
        return new OperatorNameSyntax(token.Start, token.Text ?? SymbolOf(token.Kind));
    }

    private static string SymbolOf(TokenKind kind) => kind switch
    {
        TokenKind.Plus => "+",
        TokenKind.Minus => "-",
        TokenKind.Star => "*",
        TokenKind.Slash => "/",
        TokenKind.Percent => "%",
        TokenKind.Caret => "^",
        TokenKind.Less => "<",
        TokenKind.Greater => ">",
        TokenKind.EqualSign => "=",
        TokenKind.LessEquals => "<=",
        TokenKind.GreaterEquals => ">=",
        _ => "<>",
    };

    private bool IsOperatorToken => Current.Kind is TokenKind.Operator or (>= TokenKind.LessEquals and <= TokenKind.Caret);

    /// <summary><c>OPERATOR(schema.op)</c>.</summary>
    private OperatorNameSyntax ParseOperatorCall()
    {
        var position = Expect(Keyword.Operator);
        Expect(TokenKind.LeftParen);
        var name = ParseAnyOperator();
        Expect(TokenKind.RightParen);
        return name with { Position = position };
    }

    private OperatorNameSyntax ParseAnyOperator()
    {
        string? schema = null;
        while (IsColumnId)
        {
            schema = ParseColumnId();
            Expect(TokenKind.Dot);
        }

        if (!IsOperatorToken) throw SyntaxError();
        return TakeOperator() with { Schema = schema };
    }
}
