using System.Text;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>SIMILAR TO patterns as regular expressions: % any run, _ one character, the rest of POSIX but for ^, $ and the dot.</summary>
internal static class SimilarPattern
{
    /// <summary>22019, 22025. Escape plus a double quote separates the three parts of substring(… similar … escape …).</summary>
    public static Datum Convert(Datum pattern, Datum escape)
    {
        var escapeText = escape.AsString();
        if (escapeText.EnumerateRunes().Count() > 1)
            throw new SqlException(SqlState.InvalidEscapeCharacter, "invalid escape string") { Hint = "Escape string must be empty or one character." };
        var output = new StringBuilder("^(?:");
        var separators = 0;
        var bracket = 0;
        var afterEscape = false;
        foreach (var rune in pattern.AsString().EnumerateRunes())
        {
            var text = rune.ToString();
            if (afterEscape)
            {
                afterEscape = false;
                if (text == "\"" && bracket == 0)
                    output.Append(Separator(separators++));
                else
                    output.Append('\\').Append(text);
            }
            else if (text == escapeText)
            {
                afterEscape = true;
            }
            else if (bracket > 0)
            {
                bracket = text == "]" && bracket > 1 ? 0 : bracket == 1 && text == "^" ? 1 : 2;
                output.Append(text == "\\" ? "\\\\" : text);
            }
            else
            {
                output.Append(text switch
                {
                    "[" => "[",
                    "%" => ".*",
                    "_" => ".",
                    "(" => "(?:",
                    "\\" or "." or "^" or "$" => "\\" + text,
                    _ => text,
                });
                if (text == "[")
                    bracket = 1;
            }
        }
        return Datum.FromString(output.Append(")$").ToString());
    }

    /// <summary>The first part matches as little as it can, the middle one is what substring returns.</summary>
    private static string Separator(int index) => index switch
    {
        0 => "){1,1}?(",
        1 => "){1,1}(?:",
        _ => throw new SqlException(SqlState.InvalidUseOfEscapeCharacter, "SQL regular expression may not contain more than two escape-double-quote separators"),
    };
}
