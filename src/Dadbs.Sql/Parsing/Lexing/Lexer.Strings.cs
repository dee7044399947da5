using System.Globalization;
using System.Text;

namespace Dadbs.Sql.Parsing;

/// <summary>The quoted lexemes: strings of each notation and quoted identifiers.</summary>
internal sealed partial class Lexer
{
    /// <summary>Finds the end of a quoted lexeme's segment: a quote that is not doubled. −1 at the end of text.</summary>
    private int FindQuote(int from, char quote, out bool hasDoubled)
    {
        hasDoubled = false;
        while (true)
        {
            var found = _text.IndexOf(quote, from);
            if (found < 0 || At(found + 1) != quote) return found;
            hasDoubled = true;
            from = found + 2;
        }
    }

    /// <summary>After a closing quote: does a string go on after white space with a newline in it (manual 4.1.2.1)? Then its next quote.</summary>
    private int ContinuationQuote(int afterQuote)
    {
        var i = afterQuote;
        var newline = false;
        while (i < _text.Length)
        {
            var c = _text[i];
            if (c is '\n' or '\r') newline = true;
            else if (c == '-' && At(i + 1) == '-')
            {
                while (i < _text.Length && _text[i] is not ('\n' or '\r')) i++;
                continue;
            }
            else if (!IsSpace(c)) break;
            i++;
        }

        return newline && At(i) == '\'' ? i : -1;
    }

    private Token QuotedString(int start, int content)
    {
        var value = StringSegments(start, content, "unterminated quoted string");
        return new Token(TokenKind.String, Keyword.NoKeyword, start, _position, value);
    }

    /// <summary>A string without backslash escapes, with all its continuations; leaves the position behind it.</summary>
    private string StringSegments(int start, int content, string unterminated)
    {
        StringBuilder? joined = null;
        while (true)
        {
            var end = FindQuote(content, '\'', out var hasDoubled);
            if (end < 0) throw Error(unterminated, start, _text.Length);
            _position = end + 1;
            var more = ContinuationQuote(_position);
            var segment = _text[content..end];
            if (hasDoubled) segment = segment.Replace("''", "'", StringComparison.Ordinal);
            if (more < 0) return joined is null ? segment : joined.Append(segment).ToString();
            joined = (joined ?? new StringBuilder()).Append(segment);
            content = more + 1;
        }
    }

    private Token DigitString(int start, TokenKind kind, string unterminated)
    {
        // A doubled quote is no escape here: the second one begins another string, a syntax error.
        var close = _text.IndexOf('\'', start + 2);
        if (close >= 0 && At(close + 1) == '\'') return Closed(kind, start, close);
        var value = StringSegments(start, start + 2, unterminated);
        return new Token(kind, Keyword.NoKeyword, start, _position, value);
    }

    private Token Closed(TokenKind kind, int start, int close)
    {
        _position = close + 1;
        return new Token(kind, Keyword.NoKeyword, start, _position, _text[(start + 2)..close]);
    }

    private Token QuotedIdentifier(int start)
    {
        var name = IdentifierContent(start, start + 1);
        return new Token(TokenKind.Identifier, Keyword.NoKeyword, start, _position, Truncate(name, start));
    }

    private string IdentifierContent(int start, int content)
    {
        var end = FindQuote(content, '"', out var hasDoubled);
        if (end < 0) throw Error("unterminated quoted identifier", start, _text.Length);
        _position = end + 1;
        if (end == content) throw Error("zero-length delimited identifier", start, end + 1);
        var name = _text[content..end];
        return hasDoubled ? name.Replace("\"\"", "\"", StringComparison.Ordinal) : name;
    }

    /// <summary>Cuts a name to 63 bytes of UTF-8 at a character's border, with PostgreSQL's notice.</summary>
    private string Truncate(string name, int start)
    {
        if (name.Length * 3 <= IdentifierBytesMax) return name;
        var bytes = 0;
        var length = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > IdentifierBytesMax) break;
            length += rune.Utf16SequenceLength;
        }

        if (length == name.Length) return name;
        var truncated = name[..length];
        notices?.Add(new SqlNotice(NoticeSeverity.Notice, SqlState.NameTooLong, $"identifier \"{name}\" will be truncated to \"{truncated}\"") { Position = start });
        return truncated;
    }

    // E'…': backslash escapes. Byte escapes must form valid UTF-8 together.

    private Token EscapeString(int start)
    {
        var value = new StringBuilder();
        var bytes = new List<byte>();
        var i = start + 2;
        while (true)
        {
            if (i >= _text.Length) throw Error("unterminated quoted string", start, _text.Length);
            var c = _text[i];
            if (c == '\\')
            {
                i = Escape(start, i, value, bytes);
                continue;
            }

            FlushBytes(value, bytes);
            if (c != '\'')
            {
                value.Append(c);
                i++;
            }
            else if (At(i + 1) == '\'')
            {
                value.Append(c);
                i += 2;
            }
            else
            {
                _position = i + 1;
                var more = ContinuationQuote(_position);
                if (more < 0) return new Token(TokenKind.String, Keyword.NoKeyword, start, _position, value.ToString());
                i = more + 1;
            }
        }
    }

    private int Escape(int start, int at, StringBuilder value, List<byte> bytes)
    {
        var c = At(at + 1);
        if (at + 1 >= _text.Length) throw Error("unterminated quoted string", start, _text.Length);
        if (c is >= '0' and <= '7')
        {
            var code = 0;
            var i = at + 1;
            while (i < at + 4 && At(i) is >= '0' and <= '7') code = (code * 8) + (At(i++) - '0');
            bytes.Add((byte)code);
            return i;
        }

        if (c == 'x' && char.IsAsciiHexDigit(At(at + 2)))
        {
            var i = char.IsAsciiHexDigit(At(at + 3)) ? at + 4 : at + 3;
            bytes.Add((byte)int.Parse(_text.AsSpan(at + 2, i - at - 2), NumberStyles.AllowHexSpecifier));
            return i;
        }

        FlushBytes(value, bytes);
        if (c is 'u' or 'U') return EscapedCodePoint(at, c == 'u' ? 4 : 8, value);
        value.Append(c switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => c,
        });
        return at + 2;
    }

    private int EscapedCodePoint(int at, int digits, StringBuilder value)
    {
        const string Hint = "Unicode escapes must be \\uXXXX or \\UXXXXXXXX.";
        var code = HexDigits(at + 2, digits);
        if (code < 0) throw new SqlException(SqlState.InvalidEscapeSequence, "invalid Unicode escape", at) { Hint = Hint };
        var end = at + 2 + digits;
        if (code is >= 0xD800 and <= 0xDBFF)
        {
            var second = At(end) == '\\' && At(end + 1) is 'u' or 'U' ? HexDigits(end + 2, At(end + 1) == 'u' ? 4 : 8) : -1;
            var secondEnd = end + 2 + (At(end + 1) == 'u' ? 4 : 8);
            if (second is < 0xDC00 or > 0xDFFF) throw Error("invalid Unicode surrogate pair", end, second < 0 ? end + 1 : secondEnd);
            value.Append((char)code).Append((char)second);
            return secondEnd;
        }

        if (code is >= 0xDC00 and <= 0xDFFF) throw Error("invalid Unicode surrogate pair", at, end);
        if (code is 0 or > 0x10FFFF) throw Error("invalid Unicode escape value", at, end);
        value.Append(char.ConvertFromUtf32((int)code));
        return end;
    }

    private long HexDigits(int from, int count)
    {
        long code = 0;
        for (var i = from; i < from + count; i++)
        {
            if (!char.IsAsciiHexDigit(At(i))) return -1;
            code = (code * 16) + HexValue(At(i));
        }

        return code;
    }

    private static int HexValue(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static void FlushBytes(StringBuilder value, List<byte> bytes)
    {
        if (bytes.Count == 0) return;
        var array = bytes.ToArray();
        bytes.Clear();
        var zero = Array.IndexOf(array, (byte)0);
        try
        {
            if (zero < 0)
            {
                value.Append(StrictUtf8.GetString(array));
                return;
            }
        }
        catch (DecoderFallbackException failure)
        {
            zero = Math.Max(0, failure.Index);
        }

        var bad = string.Join(' ', array.Skip(zero).Take(SequenceLength(array[zero])).Select(b => "0x" + b.ToString("x2")));
        throw new SqlException(SqlState.CharacterNotInRepertoire, $"invalid byte sequence for encoding \"UTF8\": {bad}");
    }

    private static int SequenceLength(byte lead) => lead switch
    {
        >= 0xF0 and < 0xF8 => 4,
        >= 0xE0 and < 0xF0 => 3,
        >= 0xC0 and < 0xE0 => 2,
        _ => 1,
    };

    // U&'…' and U&"…", with an optional UESCAPE behind.

    private Token UnicodeString(int start)
    {
        var content = start + 3;
        var raw = StringSegments(start, content, "unterminated quoted string");
        var end = _position;
        var escape = UnicodeEscapeCharacter();
        return new Token(TokenKind.String, Keyword.NoKeyword, start, Math.Max(end, _position), ResolveUnicode(raw, escape, content));
    }

    private Token UnicodeIdentifier(int start)
    {
        var content = start + 3;
        var raw = IdentifierContent(start, content);
        var escape = UnicodeEscapeCharacter();
        return new Token(TokenKind.Identifier, Keyword.NoKeyword, start, _position, Truncate(ResolveUnicode(raw, escape, content), start));
    }

    private char UnicodeEscapeCharacter()
    {
        var end = _position;
        SkipWhitespaceAndComments();
        const string Word = "uescape";
        var word = _position + Word.Length <= _text.Length ? _text.AsSpan(_position, Word.Length) : default;
        if (!word.Equals(Word, StringComparison.OrdinalIgnoreCase) || IsIdentifierPart(At(_position + Word.Length)))
        {
            _position = end;
            return '\\';
        }

        _position += Word.Length;
        SkipWhitespaceAndComments();
        var at = _position;
        if (At(at) != '\'')
        {
            var next = Next();
            throw Error("UESCAPE must be followed by a simple string literal", next.Start, next.End);
        }

        var escape = QuotedString(at, at + 1).Text!;
        var c = escape.Length == 1 ? escape[0] : '+';
        if (char.IsAsciiHexDigit(c) || c is '+' or '\'' or '"' || IsSpace(c) || c >= 0x80) throw Error("invalid Unicode escape character", at, _position);
        return c;
    }

    private static string ResolveUnicode(string raw, char escape, int content)
    {
        if (!raw.Contains(escape)) return raw;
        var value = new StringBuilder(raw.Length);
        var high = 0;
        for (var i = 0; i < raw.Length;)
        {
            if (raw[i] != escape)
            {
                if (high != 0) throw BadPair(content + i);
                value.Append(raw[i++]);
                continue;
            }

            if (i + 1 < raw.Length && raw[i + 1] == escape)
            {
                if (high != 0) throw BadPair(content + i);
                value.Append(escape);
                i += 2;
                continue;
            }

            var isLong = i + 1 < raw.Length && raw[i + 1] == '+';
            var digits = isLong ? 6 : 4;
            var from = i + (isLong ? 2 : 1);
            if (from + digits > raw.Length || !raw.AsSpan(from, digits).ContainsOnlyHexDigits())
            {
                throw new SqlException(SqlState.SyntaxError, "invalid Unicode escape", content + i) { Hint = "Unicode escapes must be \\XXXX or \\+XXXXXX." };
            }

            var code = int.Parse(raw.AsSpan(from, digits), NumberStyles.AllowHexSpecifier);
            if (code is 0 or > 0x10FFFF) throw new SqlException(SqlState.SyntaxError, "invalid Unicode escape value", content + i);
            var isLow = code is >= 0xDC00 and <= 0xDFFF;
            if (isLow != (high != 0)) throw BadPair(content + i);
            if (isLow)
            {
                value.Append((char)high).Append((char)code);
                high = 0;
            }
            else if (code is >= 0xD800 and <= 0xDBFF)
            {
                high = code;
            }
            else
            {
                value.Append(char.ConvertFromUtf32(code));
            }

            i = from + digits;
        }

        if (high != 0) throw BadPair(content + raw.Length);
        return value.ToString();
    }

    private static SqlException BadPair(int position) => new(SqlState.SyntaxError, "invalid Unicode surrogate pair", position);
}

file static class HexSpan
{
    public static bool ContainsOnlyHexDigits(this ReadOnlySpan<char> digits)
    {
        foreach (var c in digits)
        {
            if (!char.IsAsciiHexDigit(c)) return false;
        }

        return true;
    }
}
