using System.Buffers;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.RegularExpressions;

/// <summary>
/// SQL's SIMILAR TO pattern as an advanced regular expression: anchored, % and _ are .* and ., parentheses do not capture. Two escape-quotes
/// cut it into three: the first as short as can be, the second captured.
/// </summary>
internal static class SimilarPattern
{
    /// <summary>22025 for an escape of several characters; 2200C for a third escape-quote. An empty escape means that there is none.</summary>
    public static Datum Translate(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> escape)
    {
        if (escape.Length > 0 && AsciiText.CountCharacters(escape) != 1)
            throw new SqlException(SqlState.InvalidEscapeSequence, "invalid escape string") { Hint = "Escape string must be empty or one character." };
        var output = new ArrayBufferWriter<byte>(pattern.Length * 3 + 16);
        output.Write("^(?:"u8);
        var (isEscaped, inBrackets, quotes) = (false, false, 0);
        for (var at = 0; at < pattern.Length;)
        {
            var character = pattern.Slice(at, Math.Min(AsciiText.CharacterLength(pattern[at]), pattern.Length - at));
            at += character.Length;
            if (isEscaped)
            {
                isEscaped = false;
                if (character[0] == '"' && !inBrackets)
                {
                    output.Write(quotes switch
                    {
                        0 => "){1,1}?("u8,
                        1 => "){1,1}(?:"u8,
                        _ => throw new SqlException(SqlState.InvalidUseOfEscapeCharacter,
                            "SQL regular expression may not contain more than two escape-double-quote separators"),
                    });
                    quotes++;
                }
                else
                {
                    output.Write("\\"u8);
                    output.Write(character);
                }
            }
            else if (escape.Length > 0 && character.SequenceEqual(escape))
            {
                isEscaped = true;
            }
            else if (inBrackets)
            {
                if (character[0] == '\\')
                    output.Write("\\"u8);
                output.Write(character);
                inBrackets = character[0] != ']';
            }
            else
            {
                inBrackets = character[0] == '[';
                switch ((char)character[0])
                {
                    case '%':
                        output.Write(".*"u8);
                        break;
                    case '_':
                        output.Write("."u8);
                        break;
                    case '(':
                        output.Write("(?:"u8);
                        break;
                    case '\\' or '.' or '^' or '$':
                        output.Write("\\"u8);
                        output.Write(character);
                        break;
                    default:
                        output.Write(character);
                        break;
                }
            }
        }
        output.Write(")$"u8);
        return Datum.FromUtf8(output.WrittenSpan);
    }
}
