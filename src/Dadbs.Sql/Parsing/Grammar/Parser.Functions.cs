namespace Dadbs.Sql.Parsing;

/// <summary>CREATE FUNCTION and PROCEDURE, CALL, DO.</summary>
internal sealed partial class Parser
{
    private CreateFunctionSyntax ParseCreateFunction(int position, bool orReplace)
    {
        var isProcedure = Is(Keyword.Procedure);
        _index++;
        var name = ParseFunctionName();
        Expect(TokenKind.LeftParen);
        var parameters = Is(TokenKind.RightParen) ? [] : ParseList(static p => p.ParseFunctionParameter(allowDefault: true));
        Expect(TokenKind.RightParen);
        TypeNameSyntax? returns = null;
        List<FunctionParameterSyntax> table = [];
        if (!isProcedure && Accept(Keyword.Returns))
        {
            if (Accept(Keyword.Table)) table = ParseParenthesizedList(static p => p.ParseTableFunctionColumn());
            else returns = ParseFunctionType();
        }

        var options = new List<OptionSyntax>();
        while (ParseFunctionOption() is { } option) options.Add(option);
        var body = Accept(Keyword.Return) ? ParseExpression() : null;
        var atomic = body is null && Is(Keyword.Begin, Keyword.Atomic) ? ParseAtomicBody() : null;
        return new CreateFunctionSyntax(position, name, parameters)
        {
            IsProcedure = isProcedure,
            OrReplace = orReplace,
            Returns = returns,
            ReturnsTable = table,
            Options = options,
            ReturnBody = body,
            AtomicBody = atomic,
        };
    }

    /// <summary>func_name.</summary>
    private QualifiedNameSyntax ParseFunctionName()
    {
        var position = Position;
        if (!IsTypeOrFunctionName && !IsColumnId) throw SyntaxError();
        var isPlain = IsTypeOrFunctionName;
        var parts = ParseDottedName(TakeName());
        return isPlain || parts.Length > 1 ? new QualifiedNameSyntax(position, parts) : throw SyntaxError();
    }

    private List<StatementSyntax> ParseAtomicBody()
    {
        _index += 2;
        var statements = new List<StatementSyntax>();
        Enter();
        while (!Accept(Keyword.End))
        {
            if (Accept(TokenKind.Semicolon)) continue;
            if (Is(Keyword.Return)) throw Unsupported("RETURN in BEGIN ATOMIC", Position);
            statements.Add(ParseStatement());
            Expect(TokenKind.Semicolon);
        }

        Leave();
        return statements;
    }

    /// <summary>func_arg: mode and name in either order, both optional, then the type.</summary>
    private FunctionParameterSyntax ParseFunctionParameter(bool allowDefault)
    {
        var position = Position;
        var mode = AcceptParameterMode();
        string? name = null;
        if (IsTypeOrFunctionName && IsParameterName())
        {
            name = TakeName();
            mode ??= AcceptParameterMode();
        }

        var type = ParseFunctionType();
        ExpressionSyntax? value = null;
        if (allowDefault && (Accept(Keyword.Default) || Accept(TokenKind.EqualSign))) value = ParseExpression();
        return new FunctionParameterSyntax(position, mode ?? FunctionParameterMode.In, name, type, value);
    }

    /// <summary>A word before a type is the parameter's name: something that can begin a type follows it.</summary>
    private bool IsParameterName()
    {
        var next = Peek();
        if (Is(Keyword.Double) && next.Keyword == Keyword.Precision) return false;
        return next.Kind == TokenKind.Identifier
            || (next.Kind == TokenKind.Keyword
                && (Keywords.Category(next.Keyword) != KeywordCategory.Reserved || next.Keyword is Keyword.In or Keyword.Variadic)
                && next.Keyword is not (Keyword.With or Keyword.Without));
    }

    private FunctionParameterMode? AcceptParameterMode()
    {
        if (Accept(Keyword.In)) return Accept(Keyword.Out) ? FunctionParameterMode.InOut : FunctionParameterMode.In;
        if (Accept(Keyword.Out)) return FunctionParameterMode.Out;
        if (Accept(Keyword.Inout)) return FunctionParameterMode.InOut;
        return Accept(Keyword.Variadic) ? FunctionParameterMode.Variadic : null;
    }

    private FunctionParameterSyntax ParseTableFunctionColumn()
    {
        var position = Position;
        var name = ParseTypeOrFunctionName();
        return new FunctionParameterSyntax(position, FunctionParameterMode.Out, name, ParseFunctionType(), null);
    }

    private OptionSyntax? ParseFunctionOption()
    {
        var position = Position;
        switch (Current.Keyword)
        {
            case Keyword.As:
                {
                    _index++;
                    var items = ParseList<ExpressionSyntax>(static p => new StringLiteralSyntax(p.Position, p.ParseString()));
                    return new OptionSyntax(position, "as", items.Count == 1 ? items[0] : new RowSyntax(position, items, false));
                }

            case Keyword.Language:
                _index++;
                return new OptionSyntax(position, "language", ParseWordValue());
            case Keyword.Window:
                return Flag(position, "window", true);
            case Keyword.Immutable or Keyword.Stable or Keyword.Volatile:
                return new OptionSyntax(position, "volatility", new StringLiteralSyntax(position, TakeName()));
            case Keyword.Strict:
                return Flag(position, "strict", true);
            case Keyword.Leakproof:
                return Flag(position, "leakproof", true);
            case Keyword.Not when IsNext(Keyword.Leakproof):
                _index++;
                return Flag(position, "leakproof", false);
            case Keyword.Called or Keyword.Returns:
                {
                    var isStrict = Is(Keyword.Returns);
                    _index++;
                    if (isStrict) Expect(Keyword.Null);
                    Expect(Keyword.On);
                    Expect(Keyword.Null);
                    Expect(Keyword.Input);
                    return new OptionSyntax(position, "strict", new BooleanLiteralSyntax(position, isStrict));
                }

            case Keyword.External or Keyword.Security:
                if (Accept(Keyword.External) && !Is(Keyword.Security)) throw SyntaxError();
                _index++;
                if (Accept(Keyword.Definer)) return new OptionSyntax(position, "security", new BooleanLiteralSyntax(position, true));
                Expect(Keyword.Invoker);
                return new OptionSyntax(position, "security", new BooleanLiteralSyntax(position, false));
            case Keyword.Cost or Keyword.Rows:
                return new OptionSyntax(position, TakeName(), ParseSignedNumber());
            case Keyword.Parallel:
                _index++;
                return new OptionSyntax(position, "parallel", new StringLiteralSyntax(Position, ParseColumnId()));
            case Keyword.Support or Keyword.Transform:
                throw Unsupported(Keywords.Word(Current.Keyword).ToUpperInvariant(), position);
            case Keyword.Set or Keyword.Reset:
                throw Unsupported("SET in a function definition", position);
            default:
                return null;
        }
    }

    private OptionSyntax Flag(int position, string name, bool value)
    {
        _index++;
        return new OptionSyntax(position, name, new BooleanLiteralSyntax(position, value));
    }

    private CallSyntax ParseCallStatement()
    {
        var position = Expect(Keyword.Call);
        return new CallSyntax(position, ParseArguments(ParseFunctionName()));
    }

    private DoSyntax ParseDo()
    {
        var position = Expect(Keyword.Do);
        string? body = null;
        string? language = null;
        do
        {
            if (Accept(Keyword.Language))
            {
                if (language is not null) throw Wrong("conflicting or redundant options", Position);
                language = ParseNonReservedWordOrString();
            }
            else
            {
                var at = Position;
                var code = ParseString();
                if (body is not null) throw Wrong("conflicting or redundant options", at);
                body = code;
            }
        }
        while (Is(TokenKind.String) || Is(Keyword.Language));
        return new DoSyntax(position, body ?? throw new SqlException(SqlState.SyntaxError, "no inline code specified"), language);
    }
}
