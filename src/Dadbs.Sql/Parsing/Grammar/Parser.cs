using System.Globalization;
namespace Dadbs.Sql.Parsing;

/// <summary>
/// The recursive-descent parser: one method per rule of PostgreSQL 15's grammar, by area in the files beside this one. It decides by looking
/// ahead and never backs out of a choice that consumed tokens, so an error names the first token that cannot continue, as PostgreSQL's does.
/// </summary>
internal sealed partial class Parser
{
    private readonly string _text;
    private readonly Token[] _tokens;
    private readonly SqlException? _lexicalError;
    private int _index;
    private int _depth;
    private int _parameterCount;

    public Parser(string text, ICollection<SqlNotice>? notices)
    {
        _text = text;
        (_tokens, _lexicalError) = Lexer.Tokenize(text, notices);
    }

    public List<ParsedStatement> ParseStatements()
    {
        var statements = new List<ParsedStatement>(1);
        while (true)
        {
            while (Accept(TokenKind.Semicolon))
            {
            }

            if (Is(TokenKind.End)) return statements;
            if (statements.Count == SqlParser.StatementsMax)
                throw new SqlException(SqlState.ProgramLimitExceeded, $"a query string cannot have more than {SqlParser.StatementsMax} statements");
            var start = Current.Start;
            _parameterCount = 0;
            var syntax = ParseStatement();
            if (!Is(TokenKind.End) && !Is(TokenKind.Semicolon)) throw SyntaxError();
            statements.Add(new ParsedStatement(syntax, start, _tokens[_index - 1].End - start, _parameterCount));
        }
    }

    public ExpressionSyntax ParseOnlyExpression()
    {
        var expression = ParseExpression();
        return Is(TokenKind.End) ? expression : throw SyntaxError();
    }

    public TypeNameSyntax ParseOnlyTypeName()
    {
        var type = ParseTypeName();
        return Is(TokenKind.End) ? type : throw SyntaxError();
    }

    // Tokens.

    private ref readonly Token Current => ref _tokens[_index];

    private int Position => _tokens[_index].Start;

    private int LastEnd => _index == 0 ? 0 : _tokens[_index - 1].End;

    /// <summary>The token <paramref name="distance"/> after the current; past the end, the end.</summary>
    private ref readonly Token Peek(int distance = 1)
    {
        var index = _index;
        while (distance-- > 0 && _tokens[index].Kind is not (TokenKind.End or TokenKind.Error)) index++;
        return ref _tokens[index];
    }

    private bool Is(TokenKind kind) => _tokens[_index].Kind == kind;

    private bool Is(Keyword keyword) => _tokens[_index].Keyword == keyword;

    private bool Is(Keyword first, Keyword second) => Is(first) && Peek().Keyword == second;

    private bool IsNext(Keyword keyword) => Peek().Keyword == keyword;

    private bool IsNext(TokenKind kind) => Peek().Kind == kind;

    private bool Accept(TokenKind kind)
    {
        if (_tokens[_index].Kind != kind) return false;
        _index++;
        return true;
    }

    private bool Accept(Keyword keyword)
    {
        if (_tokens[_index].Keyword != keyword) return false;
        _index++;
        return true;
    }

    private bool Accept(Keyword first, Keyword second)
    {
        if (!Is(first, second)) return false;
        _index += 2;
        return true;
    }

    private int Expect(TokenKind kind)
    {
        var position = Position;
        return Accept(kind) ? position : throw SyntaxError();
    }

    private int Expect(Keyword keyword)
    {
        var position = Position;
        return Accept(keyword) ? position : throw SyntaxError();
    }

    /// <summary>Consumes the current token, whatever it is, and returns its position.</summary>
    private int Advance() => _tokens[_index++].Start;

    // Errors.

    /// <summary>42601 at the current token.</summary>
    private SqlException SyntaxError() => Error("syntax error");

    /// <summary>A 42601 that PostgreSQL's grammar raises with its own words and the token at which it stands.</summary>
    private SqlException Error(string message)
    {
        ref readonly var token = ref Current;
        return token.Kind switch
        {
            TokenKind.Error => _lexicalError!,
            TokenKind.End => new SqlException(SqlState.SyntaxError, message + " at end of input", token.Start),
            _ => new SqlException(SqlState.SyntaxError, $"{message} at or near \"{_text[token.Start..token.End]}\"", token.Start),
        };
    }

    /// <summary>42601 with a message of its own.</summary>
    private static SqlException Wrong(string message, int position) => new(SqlState.SyntaxError, message, position);

    /// <summary>SQL that PostgreSQL has and this engine has not.</summary>
    private static SqlException Unsupported(string feature, int position) => new(SqlState.FeatureNotSupported, feature + " is not supported", position);

    // Depth.

    /// <summary>Counts a level of nesting; <see cref="Leave"/> undoes it.</summary>
    private void Enter(int levels = 1)
    {
        _depth += levels;
        if (_depth <= SqlParser.DepthMax) return;
        throw new SqlException(SqlState.StatementTooComplex, "stack depth limit exceeded")
        {
            Hint = $"Statements may nest to a depth of {SqlParser.DepthMax}.",
        };
    }

    private void Leave(int levels = 1) => _depth -= levels;

    // Names.

    private bool IsCategory(KeywordCategory first, KeywordCategory? second = null)
    {
        ref readonly var token = ref Current;
        if (token.Kind != TokenKind.Keyword) return token.Kind == TokenKind.Identifier;
        var category = Keywords.Category(token.Keyword);
        return category == KeywordCategory.Unreserved || category == first || category == second;
    }

    /// <summary>May the current token name a column or table (ColId)?</summary>
    private bool IsColumnId => IsCategory(KeywordCategory.ColumnName);

    private bool IsColumnIdAt(int distance)
    {
        ref readonly var token = ref Peek(distance);
        return token.Kind == TokenKind.Identifier
            || (token.Kind == TokenKind.Keyword && Keywords.Category(token.Keyword) is KeywordCategory.Unreserved or KeywordCategory.ColumnName);
    }

    /// <summary>May it name a type or function?</summary>
    private bool IsTypeOrFunctionName => IsCategory(KeywordCategory.TypeOrFunctionName);

    private bool IsNonReservedWord => IsCategory(KeywordCategory.ColumnName, KeywordCategory.TypeOrFunctionName);

    private string TakeName() => _tokens[_index++].Text!;

    private string ParseColumnId() => IsColumnId ? TakeName() : throw SyntaxError();

    private string ParseTypeOrFunctionName() => IsTypeOrFunctionName ? TakeName() : throw SyntaxError();

    private string ParseNonReservedWord() => IsNonReservedWord ? TakeName() : throw SyntaxError();

    /// <summary>Any word: what may follow AS or a dot.</summary>
    private string ParseColumnLabel() => Current.Kind is TokenKind.Identifier or TokenKind.Keyword ? TakeName() : throw SyntaxError();

    private string ParseString() => Is(TokenKind.String) ? TakeName() : throw SyntaxError();

    /// <summary>A word or a string, as options take them.</summary>
    private string ParseNonReservedWordOrString() => Is(TokenKind.String) ? TakeName() : ParseNonReservedWord();

    private int ParseInteger()
    {
        if (!Is(TokenKind.Integer)) throw SyntaxError();
        ref readonly var token = ref Current;
        _index++;
        return int.Parse(_text.AsSpan(token.Start, token.End - token.Start), NumberFormatInfo.InvariantInfo);
    }

    /// <summary>Comma-separated items.</summary>
    private List<T> ParseList<T>(Func<Parser, T> item)
    {
        var list = new List<T>(4);
        do list.Add(item(this));
        while (Accept(TokenKind.Comma));
        return list;
    }

    private List<T> ParseParenthesizedList<T>(Func<Parser, T> item)
    {
        Expect(TokenKind.LeftParen);
        var list = ParseList(item);
        Expect(TokenKind.RightParen);
        return list;
    }

    private List<string> ParseNameList() => ParseList(static p => p.ParseColumnId());

    private List<string> ParseParenthesizedNames() => ParseParenthesizedList(static p => p.ParseColumnId());

    /// <summary><c>name[.name…]</c> of a relation; three parts at most.</summary>
    private QualifiedNameSyntax ParseQualifiedName()
    {
        var position = Position;
        var name = ParseDottedName(ParseColumnId());
        if (Is(TokenKind.LeftBracket))
        {
            // PostgreSQL reads any indirection here and refuses subscripts afterwards.
            ParseIndirection(new NullLiteralSyntax(position));
            throw SyntaxError();
        }

        if (name.Length > 3) throw Wrong($"improper qualified name (too many dotted names): {string.Join('.', name)}", position);
        return new QualifiedNameSyntax(position, name);
    }

    /// <summary>A name of any depth (any_name).</summary>
    private QualifiedNameSyntax ParseAnyName()
    {
        var position = Position;
        return new QualifiedNameSyntax(position, ParseDottedName(ParseColumnId()));
    }

    private string[] ParseDottedName(string first)
    {
        if (!Is(TokenKind.Dot)) return [first];
        var parts = new List<string>(3) { first };
        while (Accept(TokenKind.Dot)) parts.Add(ParseColumnLabel());
        return [.. parts];
    }
}
