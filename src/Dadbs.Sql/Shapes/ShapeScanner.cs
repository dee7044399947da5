using System.Globalization;

namespace Dadbs.Sql.Shapes;

/// <summary>What a literal's text says about its type before anything is bound.</summary>
internal enum LiteralClass : byte
{
    None,

    /// <summary>Digits that fit int4.</summary>
    Int4,

    /// <summary>Digits that fit int8 only.</summary>
    Int8,

    /// <summary>Digits with a point, or too many for int8.</summary>
    Numeric,

    /// <summary>A plain quoted string, of type unknown until bound.</summary>
    String,
}

/// <summary>A literal of a text: its place, quotes included, and its class.</summary>
internal readonly record struct LiteralToken(int Start, int Length, LiteralClass Class);

/// <summary>
/// Reads a statement's text once into its shape: the same characters with one mark for each literal. Whether a text has a shape depends on the text alone; what is unusual (comments,
/// parameters, escape strings, exponents, several statements) has none and goes the ordinary way.
/// </summary>
internal ref struct ShapeScanner
{
    public const int TextLengthMax = 4096;
    public const int LiteralsMax = 96;

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<char> _shape;
    private readonly Span<LiteralToken> _literals;
    private int _length;
    private int _count;

    /// <param name="text">One statement without white space around it.</param>
    /// <param name="shape">Receives the shape; as long as the text.</param>
    /// <param name="literals">Receives the literals; <see cref="LiteralsMax"/> long.</param>
    public ShapeScanner(ReadOnlySpan<char> text, Span<char> shape, Span<LiteralToken> literals)
    {
        _text = text;
        _shape = shape;
        _literals = literals;
    }

    public readonly ReadOnlySpan<char> Shape => _shape[.._length];

    public readonly ReadOnlySpan<LiteralToken> Literals => _literals[.._count];

    /// <summary>The statement inside of a text: white space around it and one semicolon at its end left out.</summary>
    public static (int Start, int Length) Trim(ReadOnlySpan<char> text, int start, int length)
    {
        int end = start + length;
        while (start < end && IsSpace(text[start])) start++;
        while (end > start && IsSpace(text[end - 1])) end--;
        if (end > start && text[end - 1] == ';') end--;
        while (end > start && IsSpace(text[end - 1])) end--;
        return (start, end - start);
    }

    /// <summary>False: the text has no shape.</summary>
    public bool Scan()
    {
        if (!BeginsLiftable(_text)) return false;
        int at = 0;
        while (at < _text.Length)
        {
            char c = _text[at];
            bool scanned = c switch
            {
                '\'' => String(ref at),
                >= '0' and <= '9' => Number(ref at),
                '"' => QuotedIdentifier(ref at),
                _ when IsWordStart(c) => Word(ref at),
                _ => Symbol(ref at, c),
            };
            if (!scanned) return false;
        }

        return _count > 0;
    }

    private static bool BeginsLiftable(ReadOnlySpan<char> text)
    {
        if (text.Length is < 8 or > TextLengthMax || !IsSpace(text[6])) return false;
        ReadOnlySpan<char> word = text[..6];
        return word.Equals("select", StringComparison.OrdinalIgnoreCase) || word.Equals("insert", StringComparison.OrdinalIgnoreCase)
            || word.Equals("update", StringComparison.OrdinalIgnoreCase) || word.Equals("delete", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsSpace(char c) => c is ' ' or '\n' or '\t' or '\r';

    private static bool IsWordStart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private readonly char At(int index) => index < _text.Length ? _text[index] : '\0';

    /// <summary>Operators, brackets, white space: kept as they are. Refused: comments, semicolons, parameters, and what the marks could be taken for.</summary>
    private bool Symbol(ref int at, char c)
    {
        if (c is ';' or '$' or >= '\u007f' || (c < ' ' && !IsSpace(c))) return false;
        char next = At(at + 1);
        if ((c == '-' && next == '-') || (c == '/' && next == '*') || (c == '.' && (IsDigit(next) || next == '.'))) return false;
        _shape[_length++] = c;
        at++;
        return true;
    }

    private bool Word(ref int at)
    {
        int start = at++;
        while (at < _text.Length && (IsWordStart(_text[at]) || IsDigit(_text[at]))) at++;
        char next = At(at);
        if (next is '\'' or '$' or '"' or >= '\u007f' || (next == '&' && At(at + 1) is '\'' or '"')) return false;
        return Keep(start, at);
    }

    private bool QuotedIdentifier(ref int at)
    {
        int start = at++;
        while (at < _text.Length && _text[at] != '"')
        {
            if (_text[at] < ' ') return false;
            at++;
        }

        if (at >= _text.Length) return false;
        at++;
        return Keep(start, at);
    }

    private bool Keep(int start, int end)
    {
        _text[start..end].CopyTo(_shape[_length..]);
        _length += end - start;
        return true;
    }

    private bool String(ref int at)
    {
        int start = at++;
        while (true)
        {
            int quote = _text[at..].IndexOf('\'');
            if (quote < 0) return false;
            at += quote + 1;
            if (At(at) != '\'') break;
            at++;
        }

        // A string may go on behind white space, as one token.
        int next = at;
        while (next < _text.Length && IsSpace(_text[next])) next++;
        return At(next) != '\'' && Literal(start, at, LiteralClass.String);
    }

    private bool Number(ref int at)
    {
        int start = at;
        while (IsDigit(At(at))) at++;
        LiteralClass kind;
        if (At(at) == '.')
        {
            if (!IsDigit(At(at + 1))) return false;
            at++;
            while (IsDigit(At(at))) at++;
            kind = LiteralClass.Numeric;
        }
        else
        {
            kind = ClassOf(_text[start..at]);
        }

        char next = At(at);
        if (next is '.' or '$' or '\'' or '"' or >= '\u007f' || IsWordStart(next)) return false;
        return kind != LiteralClass.None && Literal(start, at, kind);
    }

    /// <summary>None for the two numbers whose type a minus before them changes.</summary>
    private static LiteralClass ClassOf(ReadOnlySpan<char> digits)
    {
        if (!ulong.TryParse(digits, NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong value)) return LiteralClass.Numeric;
        return value switch
        {
            <= int.MaxValue => LiteralClass.Int4,
            (ulong)int.MaxValue + 1 => LiteralClass.None,
            <= long.MaxValue => LiteralClass.Int8,
            (ulong)long.MaxValue + 1 => LiteralClass.None,
            _ => LiteralClass.Numeric,
        };
    }

    private bool Literal(int start, int end, LiteralClass kind)
    {
        if (_count == _literals.Length) return false;
        _literals[_count++] = new LiteralToken(start, end - start, kind);
        _shape[_length++] = (char)kind;
        return true;
    }
}
