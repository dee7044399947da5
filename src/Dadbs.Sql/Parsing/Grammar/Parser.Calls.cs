namespace Dadbs.Sql.Parsing;

/// <summary>Function calls, and the functions that SQL spells with words.</summary>
internal sealed partial class Parser
{
    private static FunctionCallSyntax SystemCall(int position, string name, CallNotation notation, params ExpressionSyntax[] arguments) =>
        new(position, new QualifiedNameSyntax(position, ["pg_catalog", name]), arguments) { Notation = notation };

    /// <summary>From the parenthesis behind a function's name to the end of OVER. A string behind the arguments makes it a typed literal.</summary>
    private ExpressionSyntax ParseCall(QualifiedNameSyntax name)
    {
        var call = ParseArguments(name);
        if (Is(TokenKind.String)) return ModifiedLiteral(call);
        return ParseCallSuffixes(call);
    }

    /// <summary><c>name(modifiers) 'text'</c>.</summary>
    private CastSyntax ModifiedLiteral(FunctionCallSyntax call)
    {
        // PostgreSQL reads an argument list here and refuses afterwards what a type modifier cannot be.
        foreach (var argument in call.Arguments)
        {
            if (argument is NamedArgumentSyntax named) throw Wrong("type modifier cannot have parameter name", named.Position);
        }

        if (call.OrderBy.Count > 0) throw Wrong("type modifier cannot have ORDER BY", call.Position);
        if (call.IsStar || call.IsDistinct || call.IsVariadic || call.Arguments.Count == 0) throw SyntaxError();
        return TypedLiteral(new TypeNameSyntax(call.Position, call.Name, call.Arguments, []));
    }

    private FunctionCallSyntax ParseArguments(QualifiedNameSyntax name)
    {
        Expect(TokenKind.LeftParen);
        if (Accept(TokenKind.RightParen)) return new FunctionCallSyntax(name.Position, name, []);
        if (Is(TokenKind.Star))
        {
            _index++;
            Expect(TokenKind.RightParen);
            return new FunctionCallSyntax(name.Position, name, []) { IsStar = true };
        }

        Enter();
        var isDistinct = Accept(Keyword.Distinct);
        var quantified = isDistinct || Accept(Keyword.All);
        var arguments = new List<ExpressionSyntax>(4);
        var isVariadic = false;
        do
        {
            isVariadic = !quantified && Accept(Keyword.Variadic);
            arguments.Add(ParseArgument());
        }
        while (!isVariadic && Accept(TokenKind.Comma));
        var orderBy = ParseOptionalOrderBy();
        Leave();
        Expect(TokenKind.RightParen);
        return new FunctionCallSyntax(name.Position, name, arguments) { IsDistinct = isDistinct, IsVariadic = isVariadic, OrderBy = orderBy };
    }

    /// <summary>func_arg_expr: a value, or a named one.</summary>
    private ExpressionSyntax ParseArgument()
    {
        if (IsTypeOrFunctionName && Peek().Kind is TokenKind.EqualsGreater or TokenKind.ColonEquals)
        {
            var position = Position;
            var name = TakeName();
            _index++;
            return new NamedArgumentSyntax(position, name, ParseExpression());
        }

        return ParseExpression();
    }

    private FunctionCallSyntax ParseCallSuffixes(FunctionCallSyntax call)
    {
        if (Is(Keyword.Within))
        {
            var position = Advance();
            Expect(Keyword.Group);
            Expect(TokenKind.LeftParen);
            var orderBy = ParseOrderBy();
            Expect(TokenKind.RightParen);
            if (call.OrderBy.Count > 0) throw Wrong("cannot use multiple ORDER BY clauses with WITHIN GROUP", position);
            if (call.IsDistinct) throw Wrong("cannot use DISTINCT with WITHIN GROUP", position);
            if (call.IsVariadic) throw Wrong("cannot use VARIADIC with WITHIN GROUP", position);
            call = call with { IsWithinGroup = true, OrderBy = orderBy };
        }

        if (Accept(Keyword.Filter))
        {
            Expect(TokenKind.LeftParen);
            Expect(Keyword.Where);
            call = call with { Filter = ParseExpression() };
            Expect(TokenKind.RightParen);
        }

        return Is(Keyword.Over) ? call with { Over = ParseOver() } : call;
    }

    private WindowSpecificationSyntax ParseOver()
    {
        Expect(Keyword.Over);
        var position = Position;
        return Is(TokenKind.LeftParen) ? ParseWindowSpecification() : new WindowSpecificationSyntax(position) { Name = ParseColumnId() };
    }

    /// <summary>The functions with a grammar of their own; null when the keyword is an ordinary name here.</summary>
    private ExpressionSyntax? ParseSpecialFunction(Keyword keyword, int position)
    {
        if (SessionValueOf(keyword) is { } value) return ParseSessionValue(value, position);
        switch (keyword)
        {
            case Keyword.Cast:
                {
                    _index++;
                    Expect(TokenKind.LeftParen);
                    Enter();
                    var operand = ParseExpression();
                    Leave();
                    Expect(Keyword.As);
                    var type = ParseTypeName();
                    Expect(TokenKind.RightParen);
                    return new CastSyntax(position, operand, type, CastNotation.Function);
                }

            case Keyword.Collation when IsNext(Keyword.For):
                {
                    _index += 2;
                    Expect(TokenKind.LeftParen);
                    var operand = ParseExpression();
                    Expect(TokenKind.RightParen);
                    return ParseCallSuffixes(SystemCall(position, "pg_collation_for", CallNotation.CollationFor, operand));
                }
        }

        if (!IsNext(TokenKind.LeftParen)) return null;
        Enter();
        ExpressionSyntax? call = keyword switch
        {
            Keyword.Coalesce => new CoalesceSyntax(Advance(), ParseParenthesizedList(static p => p.ParseExpression())),
            Keyword.Greatest or Keyword.Least => new GreatestLeastSyntax(Advance(), keyword == Keyword.Greatest, ParseParenthesizedList(static p => p.ParseExpression())),
            Keyword.Nullif => ParseNullIf(),
            Keyword.Extract => ParseExtract(),
            Keyword.Position => ParsePositionCall(),
            Keyword.Substring => ParseSubstring(),
            Keyword.Overlay => ParseOverlay(),
            Keyword.Trim => ParseTrim(),
            Keyword.Normalize => ParseNormalize(),
            Keyword.Treat => ParseTreat(),
            Keyword.Xmlconcat or Keyword.Xmlelement or Keyword.Xmlexists or Keyword.Xmlforest or Keyword.Xmlparse or Keyword.Xmlpi or Keyword.Xmlroot or Keyword.Xmlserialize
                => throw Unsupported(Keywords.Word(keyword), position),
            _ => null,
        };
        Leave();
        return call is FunctionCallSyntax function ? ParseCallSuffixes(function) : call;
    }

    private static SessionValue? SessionValueOf(Keyword keyword) => keyword switch
    {
        Keyword.CurrentDate => SessionValue.CurrentDate,
        Keyword.CurrentTime => SessionValue.CurrentTime,
        Keyword.CurrentTimestamp => SessionValue.CurrentTimestamp,
        Keyword.Localtime => SessionValue.LocalTime,
        Keyword.Localtimestamp => SessionValue.LocalTimestamp,
        Keyword.CurrentRole => SessionValue.CurrentRole,
        Keyword.CurrentUser => SessionValue.CurrentUser,
        Keyword.SessionUser => SessionValue.SessionUser,
        Keyword.User => SessionValue.User,
        Keyword.CurrentCatalog => SessionValue.CurrentCatalog,
        Keyword.CurrentSchema => SessionValue.CurrentSchema,
        _ => null,
    };

    private ExpressionSyntax? ParseSessionValue(SessionValue value, int position)
    {
        // current_schema is also an ordinary function name.
        if (value == SessionValue.CurrentSchema && IsNext(TokenKind.LeftParen)) return null;
        _index++;
        int? precision = null;
        if (value is >= SessionValue.CurrentTime and <= SessionValue.LocalTimestamp && Accept(TokenKind.LeftParen))
        {
            precision = ParseInteger();
            Expect(TokenKind.RightParen);
        }

        return new SessionValueSyntax(position, value, precision);
    }

    private NullIfSyntax ParseNullIf()
    {
        var position = Advance();
        Expect(TokenKind.LeftParen);
        var left = ParseExpression();
        Expect(TokenKind.Comma);
        var right = ParseExpression();
        Expect(TokenKind.RightParen);
        return new NullIfSyntax(position, left, right);
    }

    private FunctionCallSyntax ParseExtract()
    {
        var position = Advance();
        Expect(TokenKind.LeftParen);
        ref readonly var token = ref Current;
        var isField = token.Kind is TokenKind.Identifier or TokenKind.String
            || token.Keyword is Keyword.Year or Keyword.Month or Keyword.Day or Keyword.Hour or Keyword.Minute or Keyword.Second;
        if (!isField) throw SyntaxError();
        var field = new StringLiteralSyntax(token.Start, TakeName());
        Expect(Keyword.From);
        var source = ParseExpression();
        Expect(TokenKind.RightParen);
        return SystemCall(position, "extract", CallNotation.Extract, field, source);
    }

    private FunctionCallSyntax ParsePositionCall()
    {
        var position = Advance();
        Expect(TokenKind.LeftParen);
        var part = ParseRestrictedExpression();
        Expect(Keyword.In);
        var whole = ParseRestrictedExpression();
        Expect(TokenKind.RightParen);
        return SystemCall(position, "position", CallNotation.Position, whole, part);
    }

    private FunctionCallSyntax ParseSubstring()
    {
        var position = Position;
        if (AcceptEmptyCall()) return OrdinaryCall(position, "substring", []);
        var first = ParseArgument();
        if (first is not NamedArgumentSyntax)
        {
            if (Accept(Keyword.From))
            {
                var from = ParseExpression();
                var count = Accept(Keyword.For) ? ParseExpression() : null;
                Expect(TokenKind.RightParen);
                return count is null
                    ? SystemCall(position, "substring", CallNotation.Substring, first, from)
                    : SystemCall(position, "substring", CallNotation.Substring, first, from, count);
            }

            if (Accept(Keyword.For)) return ParseSubstringFor(position, first);
            if (Accept(Keyword.Similar))
            {
                var pattern = ParseExpression();
                Expect(Keyword.Escape);
                var escape = ParseExpression();
                Expect(TokenKind.RightParen);
                return SystemCall(position, "substring", CallNotation.SubstringSimilar, first, pattern, escape);
            }
        }

        return OrdinaryCall(position, "substring", ParseMoreArguments(first));
    }

    private FunctionCallSyntax ParseSubstringFor(int position, ExpressionSyntax first)
    {
        var count = ParseExpression();
        if (Accept(Keyword.From))
        {
            var from = ParseExpression();
            Expect(TokenKind.RightParen);
            return SystemCall(position, "substring", CallNotation.Substring, first, from, count);
        }

        Expect(TokenKind.RightParen);
        // SQL's FOR alone starts at 1; the cast keeps a count of unknown type from choosing the regular-expression variant.
        var length = new CastSyntax(count.Position, count, SystemType(count.Position, "int4"), CastNotation.Function);
        return SystemCall(position, "substring", CallNotation.Substring, first, new IntegerLiteralSyntax(first.Position, 1), length);
    }

    private FunctionCallSyntax ParseOverlay()
    {
        var position = Position;
        if (AcceptEmptyCall()) return OrdinaryCall(position, "overlay", []);
        var first = ParseArgument();
        if (first is NamedArgumentSyntax || !Accept(Keyword.Placing)) return OrdinaryCall(position, "overlay", ParseMoreArguments(first));
        var replacement = ParseExpression();
        Expect(Keyword.From);
        var from = ParseExpression();
        var count = Accept(Keyword.For) ? ParseExpression() : null;
        Expect(TokenKind.RightParen);
        return count is null
            ? SystemCall(position, "overlay", CallNotation.Overlay, first, replacement, from)
            : SystemCall(position, "overlay", CallNotation.Overlay, first, replacement, from, count);
    }

    private bool AcceptEmptyCall()
    {
        _index++;
        Expect(TokenKind.LeftParen);
        return Accept(TokenKind.RightParen);
    }

    private List<ExpressionSyntax> ParseMoreArguments(ExpressionSyntax first)
    {
        var arguments = new List<ExpressionSyntax>(4) { first };
        while (Accept(TokenKind.Comma)) arguments.Add(ParseArgument());
        Expect(TokenKind.RightParen);
        return arguments;
    }

    /// <summary><c>substring(a, b)</c> finds functions of the user, too, hence no schema.</summary>
    private static FunctionCallSyntax OrdinaryCall(int position, string name, IReadOnlyList<ExpressionSyntax> arguments) =>
        new(position, new QualifiedNameSyntax(position, [name]), arguments);

    private FunctionCallSyntax ParseTrim()
    {
        var position = Advance();
        Expect(TokenKind.LeftParen);
        var name = "btrim";
        if (Accept(Keyword.Leading)) name = "ltrim";
        else if (Accept(Keyword.Trailing)) name = "rtrim";
        else Accept(Keyword.Both);
        List<ExpressionSyntax> arguments;
        if (Accept(Keyword.From))
        {
            arguments = ParseExpressionList();
        }
        else
        {
            var first = ParseExpression();
            if (Accept(Keyword.From))
            {
                arguments = ParseExpressionList();
                arguments.Add(first);
            }
            else
            {
                arguments = ParseItems(first, false);
            }
        }

        Expect(TokenKind.RightParen);
        return SystemCall(position, name, CallNotation.Trim, [.. arguments]);
    }

    private FunctionCallSyntax ParseNormalize()
    {
        var position = Advance();
        Expect(TokenKind.LeftParen);
        var operand = ParseExpression();
        StringLiteralSyntax? form = null;
        if (Accept(TokenKind.Comma)) form = AcceptNormalForm() ?? throw SyntaxError();
        Expect(TokenKind.RightParen);
        return form is null
            ? SystemCall(position, "normalize", CallNotation.Normalize, operand)
            : SystemCall(position, "normalize", CallNotation.Normalize, operand, form);
    }

    private FunctionCallSyntax ParseTreat()
    {
        var position = Advance();
        Expect(TokenKind.LeftParen);
        var operand = ParseExpression();
        Expect(Keyword.As);
        var type = ParseTypeName();
        Expect(TokenKind.RightParen);
        return SystemCall(position, type.Name.Name, CallNotation.Treat, operand);
    }
}
