namespace Dadbs.Sql.Parsing;

internal enum TokenKind : byte
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A name that is no keyword, or a quoted one; <see cref="Token.Text"/> is folded, unquoted, truncated.</summary>
    Identifier,

    /// <summary><see cref="Token.Keyword"/> says which; <see cref="Token.Text"/> is the word.</summary>
    Keyword,

    /// <summary>Digits that fit an int4.</summary>
    Integer,

    /// <summary>Any other number; <see cref="Token.Text"/> as written.</summary>
    Number,

    /// <summary>A string constant; <see cref="Token.Text"/> is its value.</summary>
    String,
    BitString,
    HexString,

    /// <summary><c>$n</c>.</summary>
    Parameter,

    /// <summary>An operator without a token kind of its own; <see cref="Token.Text"/> is it.</summary>
    Operator,
    TypeCast,
    DotDot,
    ColonEquals,
    EqualsGreater,
    LessEquals,
    GreaterEquals,
    NotEquals,
    Less,
    Greater,
    EqualSign,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Caret,
    LeftParen,
    RightParen,
    LeftBracket,
    RightBracket,
    Comma,
    Dot,
    Semicolon,
    Colon,

    /// <summary>A character that begins no token: a syntax error wherever it stands.</summary>
    Other,

    /// <summary>Text that the lexer refused; the parser throws <see cref="TokenStream.LexicalError"/> when it gets here, so that an earlier syntax error wins.</summary>
    Error,
}

/// <summary>A lexeme: <see cref="Start"/> to <see cref="End"/> in the text.</summary>
internal readonly record struct Token(TokenKind Kind, Keyword Keyword, int Start, int End, string? Text);
