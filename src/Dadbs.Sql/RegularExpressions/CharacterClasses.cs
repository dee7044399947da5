namespace Dadbs.Sql.RegularExpressions;

/// <summary>The named classes and collating elements of bracket expressions, as the "C" locale has them: ASCII only.</summary>
internal static class CharacterClasses
{
    public static CharacterSet Digit { get; } = CharacterSet.FromRanges([('0', '9')]);

    public static CharacterSet Space { get; } = CharacterSet.FromRanges([(9, 13), (' ', ' ')]);

    public static CharacterSet Word { get; } = CharacterSet.FromRanges([('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_')]);

    /// <summary>Names of control and punctuation characters that POSIX.2 lets stand in [.….].</summary>
    private static readonly string[] ElementNames =
    [
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR", "SO", "SI",
        "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "IS4", "IS3", "IS2", "IS1",
        "space", "exclamation-mark", "quotation-mark", "number-sign", "dollar-sign", "percent-sign", "ampersand", "apostrophe",
        "left-parenthesis", "right-parenthesis", "asterisk", "plus-sign", "comma", "hyphen", "period", "slash",
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "colon", "semicolon",
        "less-than-sign", "equals-sign", "greater-than-sign", "question-mark", "commercial-at",
    ];

    private static readonly (string Name, int Code)[] OtherElementNames =
    [
        ("alert", 7), ("backspace", 8), ("tab", 9), ("newline", 10), ("vertical-tab", 11), ("form-feed", 12), ("carriage-return", 13),
        ("FS", 28), ("GS", 29), ("RS", 30), ("US", 31), ("hyphen-minus", '-'), ("full-stop", '.'), ("solidus", '/'),
        ("left-square-bracket", '['), ("backslash", '\\'), ("reverse-solidus", '\\'), ("right-square-bracket", ']'), ("circumflex", '^'),
        ("circumflex-accent", '^'), ("underscore", '_'), ("low-line", '_'), ("grave-accent", '`'), ("left-brace", '{'),
        ("left-curly-bracket", '{'), ("vertical-line", '|'), ("right-brace", '}'), ("right-curly-bracket", '}'), ("tilde", '~'), ("DEL", 127),
    ];

    /// <summary>Null: no class of that name. Under case-insensitive matching upper and lower are both alpha.</summary>
    public static CharacterSet? ByName(string name, bool ignoreCase) => name switch
    {
        "alnum" => CharacterSet.FromRanges([('0', '9'), ('A', 'Z'), ('a', 'z')]),
        "alpha" => CharacterSet.FromRanges([('A', 'Z'), ('a', 'z')]),
        "ascii" => CharacterSet.FromRanges([(0, 127)]),
        "blank" => CharacterSet.FromRanges([(' ', ' '), ('\t', '\t')]),
        "cntrl" => CharacterSet.FromRanges([(0, 31), (127, 127)]),
        "digit" => Digit,
        "graph" => CharacterSet.FromRanges([('!', '~')]),
        "lower" => ignoreCase ? ByName("alpha", false) : CharacterSet.FromRanges([('a', 'z')]),
        "print" => CharacterSet.FromRanges([(' ', '~')]),
        "punct" => CharacterSet.FromRanges([('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]),
        "space" => Space,
        "upper" => ignoreCase ? ByName("alpha", false) : CharacterSet.FromRanges([('A', 'Z')]),
        "xdigit" => CharacterSet.FromRanges([('0', '9'), ('A', 'F'), ('a', 'f')]),
        "word" => Word,
        _ => null,
    };

    /// <summary>-1: no element of that name. A single character names itself.</summary>
    public static int ElementByName(ReadOnlySpan<int> name)
    {
        if (name.Length == 1)
            return name[0];
        for (var code = 0; code < ElementNames.Length; code++)
        {
            if (Same(name, ElementNames[code]))
                return code;
        }
        foreach (var (other, code) in OtherElementNames)
        {
            if (Same(name, other))
                return code;
        }
        return -1;
    }

    private static bool Same(ReadOnlySpan<int> codes, string name)
    {
        if (codes.Length != name.Length)
            return false;
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] != name[i])
                return false;
        }
        return true;
    }
}
