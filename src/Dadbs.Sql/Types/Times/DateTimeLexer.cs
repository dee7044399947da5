using System.Text;

namespace Dadbs.Sql.Types;

internal enum DateTimeTokenKind
{
    /// <summary>Digits, perhaps with a fraction.</summary>
    Number,

    /// <summary>Parts joined by - / or . of which one may be a month's name.</summary>
    Date,

    /// <summary>Parts joined by colons.</summary>
    Time,

    /// <summary>A sign and what follows it: an offset.</summary>
    Offset,

    Word,

    /// <summary>A signed word: -infinity.</summary>
    SignedWord,
}

internal readonly record struct DateTimeToken(DateTimeTokenKind Kind, string Text);

/// <summary>Splits the text of a date, time or interval into fields, lower case; punctuation that joins nothing is dropped.</summary>
internal static class DateTimeLexer
{
    private const int TokensMax = 25;

    /// <summary>Null: not even the characters make sense.</summary>
    public static List<DateTimeToken>? Tokenize(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        var tokens = new List<DateTimeToken>();
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (IsSpace(c))
            {
                i++;
                continue;
            }
            if (char.IsAsciiDigit(c))
                tokens.Add(ReadNumeric(text, ref i));
            else if (c == '.')
                tokens.Add(new DateTimeToken(DateTimeTokenKind.Number, ReadWhile(text, ref i, x => char.IsAsciiDigit(x), 1)));
            else if (char.IsAsciiLetter(c))
                tokens.Add(ReadWord(text, ref i));
            else if (c is '+' or '-')
                tokens.Add(ReadSigned(text, ref i));
            else if (char.IsAscii(c) && char.IsPunctuation(c) || c is '$' or '^' or '`' or '|' or '~' or '<' or '>' or '=')
                i++;
            else
                return null;
            if (tokens.Count > TokensMax || tokens.Count > 0 && tokens[^1].Text.Length == 0)
                return null;
        }
        return tokens;
    }

    private static bool IsSpace(char c) => c is ' ' or (>= '\t' and <= '\r');

    private static string ReadWhile(string text, ref int i, Func<char, bool> belongs, int skip = 0)
    {
        var start = i;
        i += skip;
        while (i < text.Length && belongs(text[i]))
            i++;
        return text[start..i].ToLowerInvariant();
    }

    private static DateTimeToken ReadNumeric(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        if (i < text.Length && text[i] == ':')
        {
            i = start;
            return new DateTimeToken(DateTimeTokenKind.Time, ReadWhile(text, ref i, x => char.IsAsciiDigit(x) || x is ':' or '.'));
        }
        if (i >= text.Length || text[i] is not ('-' or '/' or '.'))
            return new DateTimeToken(DateTimeTokenKind.Number, text[start..i]);
        var delimiter = text[i];
        var afterDelimiter = i + 1;
        if (afterDelimiter < text.Length && char.IsAsciiDigit(text[afterDelimiter]))
        {
            i = afterDelimiter;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
                i++;
            // One point between digits is a fraction; anything else twice is a date.
            if (i < text.Length && text[i] == delimiter)
            {
                i = start;
                return new DateTimeToken(DateTimeTokenKind.Date, ReadWhile(text, ref i, x => char.IsAsciiDigit(x) || x == delimiter));
            }
            return new DateTimeToken(delimiter == '.' ? DateTimeTokenKind.Number : DateTimeTokenKind.Date, text[start..i]);
        }
        i = start;
        return new DateTimeToken(DateTimeTokenKind.Date, ReadWhile(text, ref i, x => char.IsAsciiLetterOrDigit(x) || x == delimiter));
    }

    private static DateTimeToken ReadWord(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && char.IsAsciiLetter(text[i]))
            i++;
        // A month's name before a delimiter starts a date; an underscore, slash, sign or digit continues a time zone's name.
        if (i < text.Length && text[i] is '-' or '/' or '.' or '+' or '_' || i < text.Length && char.IsAsciiDigit(text[i]) && IsZoneHead(text[start..i]))
        {
            var word = text[start..i].ToLowerInvariant();
            var isDate = text[i] is '-' or '/' or '.' && DateTimeWords.Month(word) != 0;
            i = start;
            return isDate
                ? new DateTimeToken(DateTimeTokenKind.Date, ReadWhile(text, ref i, x => char.IsAsciiLetterOrDigit(x) || x is '-' or '/' or '.'))
                : new DateTimeToken(DateTimeTokenKind.Word, ReadWhile(text, ref i, x => char.IsAsciiLetterOrDigit(x) || x is '-' or '/' or '.' or '+' or '_' or ':'));
        }
        return new DateTimeToken(DateTimeTokenKind.Word, text[start..i].ToLowerInvariant());
    }

    /// <summary>est5edt and its like; "j2451187", "t040506", "y10" are word and number.</summary>
    private static bool IsZoneHead(string word) => word.Length >= 3 && DateTimeWords.Month(word.ToLowerInvariant()) == 0;

    private static DateTimeToken ReadSigned(string text, ref int i)
    {
        var sign = text[i++].ToString();
        while (i < text.Length && IsSpace(text[i]))
            i++;
        if (i < text.Length && char.IsAsciiDigit(text[i]))
            return new DateTimeToken(DateTimeTokenKind.Offset, sign + ReadWhile(text, ref i, x => char.IsAsciiDigit(x) || x is ':' or '.' or '-'));
        if (i < text.Length && text[i] == '.')
            return new DateTimeToken(DateTimeTokenKind.Offset, sign + ReadWhile(text, ref i, x => char.IsAsciiDigit(x), 1));
        if (i < text.Length && char.IsAsciiLetter(text[i]))
            return new DateTimeToken(DateTimeTokenKind.SignedWord, sign + ReadWhile(text, ref i, x => char.IsAsciiLetter(x)));
        return new DateTimeToken(DateTimeTokenKind.Word, "");
    }
}

/// <summary>Names of months and days.</summary>
internal static class DateTimeWords
{
    public static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public static readonly string[] Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    /// <summary>1 … 12 for a full or abbreviated lower-case name; 0 otherwise.</summary>
    public static int Month(string word)
    {
        if (word == "sept")
            return 9;
        for (var i = 0; i < Months.Length; i++)
        {
            if (IsNameOf(word, Months[i]))
                return i + 1;
        }
        return 0;
    }

    public static bool IsDay(string word)
    {
        if (word is "tues" or "wednes" or "weds" or "thur" or "thurs")
            return true;
        foreach (var day in Days)
        {
            if (IsNameOf(word, day))
                return true;
        }
        return false;
    }

    private static bool IsNameOf(string word, string name) =>
        (word.Length == 3 || word.Length == name.Length) && name.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
