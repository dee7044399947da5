using System.Buffers;
using System.Globalization;

namespace Dadbs.Sql.Parsing;

/// <summary>
/// Cuts text into tokens by PostgreSQL 15's lexical rules (manual 4.1; <c>standard_conforming_strings</c> is on): nested comments, dollar
/// quotes, strings continued over newlines, the rule that trims <c>+</c> and <c>-</c> from operators, identifiers folded in ASCII only
/// and truncated to 63 bytes.
/// </summary>
internal sealed partial class Lexer(string text, ICollection<SqlNotice>? notices)
{
    /// <summary>PostgreSQL's NAMEDATALEN − 1, in bytes of UTF-8.</summary>
    public const int IdentifierBytesMax = 63;

    /// <summary>An operator with one of these may end in a sign.</summary>
    private static readonly SearchValues<char> SignKeepers = SearchValues.Create("~!@#^&|`?%");

    private readonly string _text = text;
    private int _position;

    public static TokenStream Tokenize(string text, ICollection<SqlNotice>? notices)
    {
        var lexer = new Lexer(text, notices);
        var tokens = new Token[Math.Max(16, text.Length / 4)];
        var count = 0;
        while (true)
        {
            if (count == tokens.Length) Array.Resize(ref tokens, count * 2);
            try
            {
                tokens[count] = lexer.Next();
            }
            catch (SqlException error)
            {
                tokens[count] = new Token(TokenKind.Error, Keyword.NoKeyword, lexer._position, text.Length, null);
                return new TokenStream(tokens, error);
            }

            if (tokens[count++].Kind == TokenKind.End) return new TokenStream(tokens, null);
        }
    }

    private Token Next()
    {
        SkipWhitespaceAndComments();
        var start = _position;
        if (start >= _text.Length) return new Token(TokenKind.End, Keyword.NoKeyword, _text.Length, _text.Length, null);

        var c = _text[start];
        switch (c)
        {
            case '\'':
                return QuotedString(start, start + 1);
            case '"':
                return QuotedIdentifier(start);
            case '$':
                return Dollar(start);
            case >= '0' and <= '9':
                return Number(start);
            case '.':
                if (IsDigit(At(start + 1))) return Number(start);
                return At(start + 1) == '.' ? Symbol(TokenKind.DotDot, start, 2) : Symbol(TokenKind.Dot, start, 1);
            case ':':
                return At(start + 1) switch
                {
                    ':' => Symbol(TokenKind.TypeCast, start, 2),
                    '=' => Symbol(TokenKind.ColonEquals, start, 2),
                    _ => Symbol(TokenKind.Colon, start, 1),
                };
            case '(':
                return Symbol(TokenKind.LeftParen, start, 1);
            case ')':
                return Symbol(TokenKind.RightParen, start, 1);
            case '[':
                return Symbol(TokenKind.LeftBracket, start, 1);
            case ']':
                return Symbol(TokenKind.RightBracket, start, 1);
            case ',':
                return Symbol(TokenKind.Comma, start, 1);
            case ';':
                return Symbol(TokenKind.Semicolon, start, 1);
        }

        if (IsIdentifierStart(c)) return PrefixedString(start, c) ?? Word(start);
        return IsOperatorCharacter(c) ? Operator(start) : Symbol(TokenKind.Other, start, 1);
    }

    private Token Symbol(TokenKind kind, int start, int length)
    {
        _position = start + length;
        return new Token(kind, Keyword.NoKeyword, start, _position, null);
    }

    /// <summary>The strings that begin with a letter: B'…', X'…', N'…', E'…', U&amp;'…', U&amp;"…". Null when it is just a word.</summary>
    private Token? PrefixedString(int start, char c)
    {
        var next = At(start + 1);
        if (next == '\'')
        {
            switch (c)
            {
                case 'b' or 'B':
                    return DigitString(start, TokenKind.BitString, "unterminated bit string literal");
                case 'x' or 'X':
                    return DigitString(start, TokenKind.HexString, "unterminated hexadecimal string literal");
                case 'e' or 'E':
                    return EscapeString(start);
                case 'n' or 'N':
                    // N'…' is the keyword NCHAR followed by a plain string, which makes it a bpchar literal.
                    _position = start + 1;
                    return new Token(TokenKind.Keyword, Keyword.Nchar, start, start + 1, Keywords.Word(Keyword.Nchar));
            }
        }
        else if (next == '&' && c is 'u' or 'U')
        {
            if (At(start + 2) == '\'' && next == '&') return UnicodeString(start);
            if (At(start + 2) == '"' && next == '&') return UnicodeIdentifier(start);
        }

        return null;
    }

    private Token Word(int start)
    {
        var end = start + 1;
        var hasUpper = _text[start] is >= 'A' and <= 'Z';
        var hasWide = _text[start] >= 0x80;
        while (end < _text.Length && IsIdentifierPart(_text[end]))
        {
            hasUpper |= _text[end] is >= 'A' and <= 'Z';
            hasWide |= _text[end] >= 0x80;
            end++;
        }

        _position = end;
        var word = _text.AsSpan(start, end - start);
        if (word.Length <= KeywordLengthMax && !hasWide)
        {
            Span<char> folded = stackalloc char[KeywordLengthMax];
            Fold(word, folded);
            var keyword = Keywords.Find(folded[..word.Length]);
            if (keyword != Keyword.NoKeyword) return new Token(TokenKind.Keyword, keyword, start, end, Keywords.Word(keyword));
        }

        var name = hasUpper ? string.Create(word.Length, (_text, start), static (span, from) => Fold(from._text.AsSpan(from.start, span.Length), span)) : word.ToString();
        return new Token(TokenKind.Identifier, Keyword.NoKeyword, start, end, Truncate(name, start));
    }

    /// <summary>The longest keyword is <c>current_timestamp</c>.</summary>
    private const int KeywordLengthMax = 17;

    private static void Fold(ReadOnlySpan<char> word, Span<char> folded)
    {
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            folded[i] = c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
        }
    }

    private Token Number(int start)
    {
        var end = start;
        while (IsDigit(At(end))) end++;
        var isInteger = true;
        // "1..10" is 1, .., 10: the dot belongs to the number only when no second one follows.
        if (At(end) == '.' && !(end > start && At(end + 1) == '.'))
        {
            isInteger = false;
            end++;
            while (IsDigit(At(end))) end++;
        }

        if (At(end) is 'e' or 'E')
        {
            var digits = end + 1;
            if (At(digits) is '+' or '-') digits++;
            if (IsDigit(At(digits)))
            {
                isInteger = false;
                end = digits;
                while (IsDigit(At(end))) end++;
            }
            else if (digits > end + 1)
            {
                throw Error("trailing junk after numeric literal", start, digits);
            }
        }

        if (IsIdentifierStart(At(end))) throw Error("trailing junk after numeric literal", start, EndOfWord(end));
        _position = end;
        var number = _text.AsSpan(start, end - start);
        return isInteger && int.TryParse(number, NumberStyles.None, NumberFormatInfo.InvariantInfo, out _)
            ? new Token(TokenKind.Integer, Keyword.NoKeyword, start, end, null)
            : new Token(TokenKind.Number, Keyword.NoKeyword, start, end, number.ToString());
    }

    /// <summary>A parameter, a dollar-quoted string, or a lone dollar.</summary>
    private Token Dollar(int start)
    {
        var end = start + 1;
        if (IsDigit(At(end)))
        {
            while (IsDigit(At(end))) end++;
            if (IsIdentifierStart(At(end))) throw Error("trailing junk after parameter", start, EndOfWord(end));
            return Symbol(TokenKind.Parameter, start, end - start);
        }

        if (IsIdentifierStart(At(end)))
        {
            while (IsIdentifierStart(At(end)) || IsDigit(At(end))) end++;
        }

        if (At(end) != '$') return Symbol(TokenKind.Other, start, 1);
        end++;
        var tag = _text.AsSpan(start, end - start);
        var close = _text.AsSpan(end).IndexOf(tag);
        if (close < 0) throw Error("unterminated dollar-quoted string", start, _text.Length);
        var value = _text.Substring(end, close);
        _position = end + close + tag.Length;
        return new Token(TokenKind.String, Keyword.NoKeyword, start, _position, value);
    }

    private Token Operator(int start)
    {
        var end = start + 1;
        while (end < _text.Length && IsOperatorCharacter(_text[end])) end++;
        // A comment start inside ends the operator before it.
        for (var i = start + 1; i + 1 < end; i++)
        {
            if ((_text[i] == '/' && _text[i + 1] == '*') || (_text[i] == '-' && _text[i + 1] == '-'))
            {
                end = i;
                break;
            }
        }

        // SQL's own operators may be followed by a sign: "a<-1" is a < -1, while "a@-1" is one operator.
        if (end - start > 1 && _text[end - 1] is '+' or '-' && _text.AsSpan(start, end - start).IndexOfAny(SignKeepers) < 0)
        {
            while (end - start > 1 && _text[end - 1] is '+' or '-') end--;
        }

        var symbol = _text.AsSpan(start, end - start);
        var kind = KindOf(symbol);
        if (kind != TokenKind.Operator) return Symbol(kind, start, symbol.Length);
        if (symbol.Length > IdentifierBytesMax) throw Error("operator too long", start, end);
        _position = end;
        return new Token(TokenKind.Operator, Keyword.NoKeyword, start, end, symbol.ToString());
    }

    private static TokenKind KindOf(ReadOnlySpan<char> symbol) => symbol switch
    {
        "+" => TokenKind.Plus,
        "-" => TokenKind.Minus,
        "*" => TokenKind.Star,
        "/" => TokenKind.Slash,
        "%" => TokenKind.Percent,
        "^" => TokenKind.Caret,
        "<" => TokenKind.Less,
        ">" => TokenKind.Greater,
        "=" => TokenKind.EqualSign,
        "=>" => TokenKind.EqualsGreater,
        ">=" => TokenKind.GreaterEquals,
        "<=" => TokenKind.LessEquals,
        "<>" or "!=" => TokenKind.NotEquals,
        _ => TokenKind.Operator,
    };

    private void SkipWhitespaceAndComments()
    {
        while (_position < _text.Length)
        {
            var c = _text[_position];
            if (IsSpace(c)) _position++;
            else if (c == '-' && At(_position + 1) == '-') SkipLineComment();
            else if (c == '/' && At(_position + 1) == '*') SkipBlockComment();
            else return;
        }
    }

    private void SkipLineComment()
    {
        while (_position < _text.Length && _text[_position] is not ('\n' or '\r')) _position++;
    }

    private void SkipBlockComment()
    {
        var start = _position;
        var depth = 0;
        var i = start;
        while (i < _text.Length)
        {
            if (_text[i] == '/' && At(i + 1) == '*')
            {
                depth++;
                i += 2;
            }
            else if (_text[i] == '*' && At(i + 1) == '/')
            {
                i += 2;
                if (--depth == 0)
                {
                    _position = i;
                    return;
                }
            }
            else
            {
                i++;
            }
        }

        throw Error("unterminated /* comment", start, _text.Length);
    }

    private int EndOfWord(int index)
    {
        while (IsIdentifierPart(At(index))) index++;
        return index;
    }

    private char At(int index) => (uint)index < (uint)_text.Length ? _text[index] : '\0';

    /// <summary>A syntax error in PostgreSQL's form: it quotes the text from the token's start to where the lexer stands.</summary>
    private SqlException Error(string message, int start, int end) =>
        new(SqlState.SyntaxError, start >= _text.Length ? message + " at end of input" : $"{message} at or near \"{_text[start..Math.Min(end, _text.Length)]}\"", start);

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsIdentifierStart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or >= '\u0080';

    private static bool IsIdentifierPart(char c) => IsIdentifierStart(c) || IsDigit(c) || c == '$';

    private static bool IsOperatorCharacter(char c) => c is '~' or '!' or '@' or '#' or '^' or '&' or '|' or '`' or '?' or '+' or '-' or '*' or '/' or '%' or '<' or '>' or '=';
}
