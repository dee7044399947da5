namespace Dadbs.Sql.Parsing;

/// <summary>Type names, and literals that begin with one.</summary>
internal sealed partial class Parser
{
    private static TypeNameSyntax SystemType(int position, string name, params ExpressionSyntax[] modifiers) =>
        new(position, new QualifiedNameSyntax(position, ["pg_catalog", name]), modifiers, []);

    /// <summary>Typename: with SETOF and array bounds.</summary>
    private TypeNameSyntax ParseTypeName()
    {
        var isSetOf = Accept(Keyword.Setof);
        var type = ParseSimpleTypeName();
        var bounds = ParseArrayBounds();
        return bounds.Length == 0 && !isSetOf ? type : type with { IsSetOf = isSetOf, ArrayBounds = bounds };
    }

    private int?[] ParseArrayBounds()
    {
        if (Accept(Keyword.Array))
        {
            int? bound = null;
            if (Accept(TokenKind.LeftBracket))
            {
                bound = ParseInteger();
                Expect(TokenKind.RightBracket);
            }

            return [bound];
        }

        if (!Is(TokenKind.LeftBracket)) return [];
        var bounds = new List<int?>(1);
        while (Accept(TokenKind.LeftBracket))
        {
            bounds.Add(Is(TokenKind.RightBracket) ? null : ParseInteger());
            Expect(TokenKind.RightBracket);
        }

        return [.. bounds];
    }

    /// <summary>func_type: a type name, or <c>table.column%TYPE</c>.</summary>
    private TypeNameSyntax ParseFunctionType()
    {
        var type = ParseTypeName();
        if (!Is(TokenKind.Percent) || type.Name.Parts.Count < 2 || type.Modifiers.Count > 0 || type.IsArray) return type;
        _index++;
        Expect(Keyword.Type);
        return type with { IsColumnType = true };
    }

    private TypeNameSyntax ParseSimpleTypeName()
    {
        var position = Position;
        if (ParseKeywordType(isConstant: false) is { } type) return type;
        var name = new QualifiedNameSyntax(position, ParseDottedName(ParseTypeOrFunctionName()));
        var modifiers = Is(TokenKind.LeftParen) ? ParseParenthesizedList(static p => p.ParseExpression()) : [];
        return new TypeNameSyntax(position, name, modifiers, []);
    }

    /// <summary><c>int '5'</c>, <c>interval '1' day</c> and the like, when a type's keyword is followed by what makes it one; else null.</summary>
    private ExpressionSyntax? TryParseConstantType()
    {
        var keyword = Current.Keyword;
        if (keyword == Keyword.NoKeyword || !BeginsConstantType(keyword)) return null;
        if (keyword == Keyword.Interval) return ParseIntervalLiteral();
        var type = ParseKeywordType(isConstant: true)!;
        return TypedLiteral(type);
    }

    /// <summary>As a bare word each of these may also be a column, so what follows decides.</summary>
    private bool BeginsConstantType(Keyword keyword)
    {
        var next = Peek();
        switch (keyword)
        {
            case Keyword.Int or Keyword.Integer or Keyword.Smallint or Keyword.Bigint or Keyword.Real or Keyword.Boolean:
                return next.Kind == TokenKind.String;
            case Keyword.Double:
                return next.Keyword == Keyword.Precision;
            case Keyword.Float or Keyword.Dec or Keyword.Decimal or Keyword.Numeric or Keyword.Varchar or Keyword.Interval:
                return next.Kind is TokenKind.String or TokenKind.LeftParen;
            case Keyword.Bit or Keyword.Char or Keyword.Character or Keyword.Nchar:
                return next.Kind is TokenKind.String or TokenKind.LeftParen || next.Keyword == Keyword.Varying;
            case Keyword.National:
                return next.Keyword is Keyword.Char or Keyword.Character;
            case Keyword.Time or Keyword.Timestamp:
                return next.Kind is TokenKind.String or TokenKind.LeftParen || next.Keyword == Keyword.Without || (next.Keyword == Keyword.With && Peek(2).Keyword == Keyword.Time);
            default:
                return false;
        }
    }

    /// <summary>The types whose names are keywords. A bare <c>char</c> or <c>bit</c> has length 1 as a type, any length as a literal's.</summary>
    private TypeNameSyntax? ParseKeywordType(bool isConstant)
    {
        var position = Position;
        var keyword = Current.Keyword;
        switch (keyword)
        {
            case Keyword.Int or Keyword.Integer:
                _index++;
                return SystemType(position, "int4");
            case Keyword.Smallint:
                _index++;
                return SystemType(position, "int2");
            case Keyword.Bigint:
                _index++;
                return SystemType(position, "int8");
            case Keyword.Real:
                _index++;
                return SystemType(position, "float4");
            case Keyword.Boolean:
                _index++;
                return SystemType(position, "bool");
            case Keyword.Double when IsNext(Keyword.Precision):
                _index += 2;
                return SystemType(position, "float8");
            case Keyword.Float:
                _index++;
                return SystemType(position, ParseFloatPrecision());
            case Keyword.Dec or Keyword.Decimal or Keyword.Numeric:
                _index++;
                return SystemType(position, "numeric", Is(TokenKind.LeftParen) ? [.. ParseParenthesizedList(static p => p.ParseExpression())] : []);
            case Keyword.Bit:
                return ParseBitType(position, isConstant);
            case Keyword.Char or Keyword.Character or Keyword.Nchar or Keyword.National or Keyword.Varchar:
                return ParseCharacterType(position, keyword, isConstant);
            case Keyword.Time or Keyword.Timestamp:
                return ParseTimeType(position, keyword);
            case Keyword.Interval:
                return ParseIntervalType(position);
            default:
                return null;
        }
    }

    private string ParseFloatPrecision()
    {
        if (!Accept(TokenKind.LeftParen)) return "float8";
        var position = Position;
        var precision = ParseInteger();
        Expect(TokenKind.RightParen);
        return precision switch
        {
            < 1 => throw new SqlException(SqlState.InvalidParameterValue, "precision for type float must be at least 1 bit", position),
            <= 24 => "float4",
            <= 53 => "float8",
            _ => throw new SqlException(SqlState.InvalidParameterValue, "precision for type float must be less than 54 bits", position),
        };
    }

    private TypeNameSyntax ParseBitType(int position, bool isConstant)
    {
        _index++;
        var name = Accept(Keyword.Varying) ? "varbit" : "bit";
        if (Is(TokenKind.LeftParen)) return SystemType(position, name, [.. ParseParenthesizedList(static p => p.ParseExpression())]);
        return name == "bit" && !isConstant ? SystemType(position, name, new IntegerLiteralSyntax(position, 1)) : SystemType(position, name);
    }

    private TypeNameSyntax ParseCharacterType(int position, Keyword keyword, bool isConstant)
    {
        _index++;
        if (keyword == Keyword.National && !Accept(Keyword.Char)) Expect(Keyword.Character);
        var name = keyword == Keyword.Varchar || Accept(Keyword.Varying) ? "varchar" : "bpchar";
        if (Accept(TokenKind.LeftParen))
        {
            var length = new IntegerLiteralSyntax(Position, ParseInteger());
            Expect(TokenKind.RightParen);
            return SystemType(position, name, length);
        }

        return name == "bpchar" && !isConstant ? SystemType(position, name, new IntegerLiteralSyntax(position, 1)) : SystemType(position, name);
    }

    private TypeNameSyntax ParseTimeType(int position, Keyword keyword)
    {
        _index++;
        ExpressionSyntax[] modifiers = [];
        if (Accept(TokenKind.LeftParen))
        {
            modifiers = [new IntegerLiteralSyntax(Position, ParseInteger())];
            Expect(TokenKind.RightParen);
        }

        var withZone = false;
        if (Is(Keyword.With, Keyword.Time) || Is(Keyword.Without))
        {
            withZone = Is(Keyword.With);
            _index++;
            Expect(Keyword.Time);
            Expect(Keyword.Zone);
        }

        return SystemType(position, (keyword == Keyword.Time ? "time" : "timestamp") + (withZone ? "tz" : ""), modifiers);
    }

    private TypeNameSyntax ParseIntervalType(int position)
    {
        Expect(Keyword.Interval);
        if (Is(TokenKind.LeftParen)) return SystemType(position, "interval", ParsePrecision());
        var (fields, seconds) = ParseIntervalFields();
        return SystemType(position, "interval", seconds is null ? [] : [seconds]) with { Fields = fields };
    }

    private CastSyntax ParseIntervalLiteral()
    {
        var position = Expect(Keyword.Interval);
        if (Is(TokenKind.LeftParen)) return TypedLiteral(SystemType(position, "interval", ParsePrecision()));
        var literal = new StringLiteralSyntax(Position, ParseString());
        var (fields, seconds) = ParseIntervalFields();
        var type = SystemType(position, "interval", seconds is null ? [] : [seconds]) with { Fields = fields };
        return new CastSyntax(position, literal, type, CastNotation.TypedLiteral);
    }

    private IntegerLiteralSyntax ParsePrecision()
    {
        Expect(TokenKind.LeftParen);
        var precision = new IntegerLiteralSyntax(Position, ParseInteger());
        Expect(TokenKind.RightParen);
        return precision;
    }

    /// <summary>opt_interval: YEAR [TO MONTH], DAY [TO HOUR|MINUTE|SECOND], … with a precision for seconds.</summary>
    private (IntervalFields? Fields, IntegerLiteralSyntax? Seconds) ParseIntervalFields()
    {
        if (AcceptIntervalField() is not { } first) return (null, null);
        if (first == IntervalFields.Second) return (first, Is(TokenKind.LeftParen) ? ParsePrecision() : null);
        if (!Is(Keyword.To)) return (first, null);
        // "TO" may belong to something else (RESET … TO), but only after a field that allows no range.
        if (first == IntervalFields.Month) return (first, null);
        _index++;
        var last = AcceptIntervalField() ?? throw SyntaxError();
        var isYears = first == IntervalFields.Year;
        if (isYears != (last == IntervalFields.Month) || last <= first && !isYears || last == IntervalFields.Year)
        {
            _index--;
            throw SyntaxError();
        }

        var fields = IntervalFields.None;
        for (var field = (int)first; field <= (int)last; field <<= 1) fields |= (IntervalFields)field & AllFields;
        if (isYears) fields = IntervalFields.Year | IntervalFields.Month;
        return (fields, last == IntervalFields.Second && Is(TokenKind.LeftParen) ? ParsePrecision() : null);
    }

    private const IntervalFields AllFields =
        IntervalFields.Year | IntervalFields.Month | IntervalFields.Day | IntervalFields.Hour | IntervalFields.Minute | IntervalFields.Second;

    private IntervalFields? AcceptIntervalField()
    {
        IntervalFields? field = Current.Keyword switch
        {
            Keyword.Year => IntervalFields.Year,
            Keyword.Month => IntervalFields.Month,
            Keyword.Day => IntervalFields.Day,
            Keyword.Hour => IntervalFields.Hour,
            Keyword.Minute => IntervalFields.Minute,
            Keyword.Second => IntervalFields.Second,
            _ => null,
        };
        if (field is not null) _index++;
        return field;
    }
}
