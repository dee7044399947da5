using System.Text;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>One element of a date template: a keyword with its modifiers, or literal text.</summary>
internal readonly record struct DateTimeElement(string Keyword, string Literal, bool FillMode, string Suffix)
{
    public bool IsLiteral => Keyword.Length == 0;
}

/// <summary>The template of to_char, to_date and to_timestamp (PostgreSQL manual 9.8, tables 9.27 and 9.28), taken apart.</summary>
internal static class DateTimePicture
{
    /// <summary>Longer words first where one begins another. Those for names keep their case.</summary>
    private static readonly string[] Words =
    [
        "A.D.", "A.M.", "AD", "AM", "a.d.", "a.m.", "ad", "am", "B.C.", "BC", "b.c.", "bc", "CC", "DAY", "Day", "day", "DDD", "DD", "DY", "Dy", "dy", "D",
        "FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "FX", "HH24", "HH12", "HH", "IDDD", "ID", "IW", "IYYY", "IYY", "IY", "I", "J", "MI", "MM", "MONTH", "Month", "month",
        "MON", "Mon", "mon", "MS", "OF", "P.M.", "p.m.", "PM", "pm", "Q", "RM", "rm", "SSSSS", "SSSS", "SS", "TZH", "TZM", "TZ", "tz", "US", "WW", "W", "Y,YYY", "YYYY", "YYY", "YY", "Y",
    ];

    public static List<DateTimeElement> Parse(string template)
    {
        var elements = new List<DateTimeElement>();
        for (var i = 0; i < template.Length;)
        {
            if (template[i] == '"')
            {
                i = ReadQuoted(template, i + 1, elements);
                continue;
            }
            if (template[i] == '\\' && i + 1 < template.Length && template[i + 1] == '"')
                i++;
            var start = i;
            var fillMode = false;
            while (StartsWith(template, i, "FM") || StartsWith(template, i, "TM"))
            {
                fillMode |= StartsWith(template, i, "FM");
                i += 2;
            }
            var word = Find(template, i);
            if (word is null)
            {
                i = start == i ? i : start + 2;
                if (start == i)
                    elements.Add(new DateTimeElement("", template[i++].ToString(), false, ""));
                continue;
            }
            i += word.Length;
            var suffix = "";
            if (StartsWith(template, i, "TH"))
            {
                suffix = template.Substring(i, 2);
                i += 2;
            }
            else if (StartsWith(template, i, "SP"))
            {
                i += 2;
            }
            elements.Add(new DateTimeElement(word, "", fillMode, suffix));
        }
        return elements;
    }

    private static int ReadQuoted(string template, int i, List<DateTimeElement> elements)
    {
        for (; i < template.Length && template[i] != '"'; i++)
        {
            if (template[i] == '\\' && i + 1 < template.Length)
                i++;
            elements.Add(new DateTimeElement("", template[i].ToString(), false, ""));
        }
        return i + 1;
    }

    private static bool StartsWith(string template, int at, string word) =>
        string.Compare(template, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>An exact keyword first (Month and MONTH differ), then one in any case.</summary>
    private static string? Find(string template, int at) =>
        Array.Find(Words, word => string.CompareOrdinal(template, at, word, 0, word.Length) == 0 && !IsBeginOfLonger(template, at, word))
        ?? Array.Find(Words, word => StartsWith(template, at, word));

    private static bool IsBeginOfLonger(string template, int at, string word) =>
        Array.Exists(Words, longer => longer.Length > word.Length && StartsWith(template, at, longer));
}

/// <summary>What a date template shows of a value.</summary>
internal readonly record struct DateTimeFace(DateTimeFields Fields, long JulianDay, int OffsetSeconds, string ZoneName, bool IsInterval, long HoursTotal);

/// <summary>to_char of timestamps and intervals.</summary>
internal static class DateTimeFormatter
{
    public static string Format(string template, in DateTimeFace face)
    {
        var output = new StringBuilder();
        foreach (var element in DateTimePicture.Parse(template))
        {
            if (element.IsLiteral)
                output.Append(element.Literal);
            else
                Write(output, element, face);
        }
        return output.ToString();
    }

    private static void Write(StringBuilder output, in DateTimeElement element, in DateTimeFace face)
    {
        var fields = face.Fields;
        var year = face.IsInterval ? fields.Year : fields.Year > 0 ? fields.Year : 1 - fields.Year;
        switch (element.Keyword)
        {
            case "HH" or "HH12":
                Number(output, element, face.HoursTotal % 12 == 0 ? 12 : face.HoursTotal % 12, 2);
                break;
            case "HH24":
                Number(output, element, face.HoursTotal, 2);
                break;
            case "MI":
                Number(output, element, fields.Minute, 2);
                break;
            case "SS":
                Number(output, element, fields.Second, 2);
                break;
            case "MS" or "FF3":
                Number(output, element, fields.Micros / 1000, 3, neverFill: true);
                break;
            case "US" or "FF6":
                Number(output, element, fields.Micros, 6, neverFill: true);
                break;
            case "FF1" or "FF2" or "FF4" or "FF5":
                var digits = element.Keyword[2] - '0';
                Number(output, element, fields.Micros / PowersOfTen.Int64(6 - digits), digits, neverFill: true);
                break;
            case "SSSS" or "SSSSS":
                Number(output, element, face.HoursTotal * 3600 + fields.Minute * 60 + fields.Second, 0);
                break;
            case "AM" or "PM" or "am" or "pm" or "A.M." or "P.M." or "a.m." or "p.m.":
                Meridiem(output, element.Keyword, face.HoursTotal % 24 >= 12);
                break;
            case "TZ":
                output.Append(face.ZoneName);
                break;
            case "tz":
                output.Append(face.ZoneName.ToLowerInvariant());
                break;
            case "TZH":
                output.Append($"{(face.OffsetSeconds < 0 ? '-' : '+')}{Math.Abs(face.OffsetSeconds) / 3600:D2}");
                break;
            case "TZM":
                output.Append($"{Math.Abs(face.OffsetSeconds) / 60 % 60:D2}");
                break;
            case "OF":
                output.Append(face.OffsetSeconds < 0 ? '-' : '+');
                output.Append(element.FillMode ? $"{Math.Abs(face.OffsetSeconds) / 3600}" : $"{Math.Abs(face.OffsetSeconds) / 3600:D2}");
                if (Math.Abs(face.OffsetSeconds) % 3600 != 0)
                    output.Append($":{Math.Abs(face.OffsetSeconds) / 60 % 60:D2}");
                break;
            case "BC" or "AD" or "bc" or "ad" or "B.C." or "A.D." or "b.c." or "a.d.":
                Era(output, element.Keyword, !face.IsInterval && fields.Year <= 0);
                break;
            case "MONTH" or "Month" or "month" or "MON" or "Mon" or "mon" or "RM" or "rm":
                if (fields.Month is >= 1 and <= 12)
                    Month(output, element, fields.Month);
                break;
            case "MM":
                Number(output, element, fields.Month, 2);
                break;
            case "DD":
                // The one number whose width counts the sign.
                Number(output, element, fields.Day, fields.Day < 0 ? 1 : 2);
                break;
            case "Q":
                if (fields.Month is >= 1 and <= 12)
                    Number(output, element, (fields.Month - 1) / 3 + 1, 0);
                break;
            case "YYYY":
                Number(output, element, year, 4);
                break;
            case "YYY":
                Number(output, element, year % 1000, 3);
                break;
            case "YY":
                Number(output, element, year % 100, 2);
                break;
            case "Y":
                Number(output, element, year % 10, 1);
                break;
            case "Y,YYY":
                output.Append($"{year / 1000},{year % 1000:D3}");
                if (element.Suffix.Length > 0)
                    output.Append(NumberFormatter.OrdinalSuffix($"{year % 1000:D3}", char.IsAsciiLetterUpper(element.Suffix[0])));
                break;
            case "CC":
                Century(output, element, face);
                break;
            default:
                Calendric(output, element, face);
                break;
        }
    }

    private static void Century(StringBuilder output, in DateTimeElement element, in DateTimeFace face)
    {
        var year = face.Fields.Year;
        var century = face.IsInterval ? year / 100 : year > 0 ? (year - 1) / 100 + 1 : year / 100 - 1;
        Number(output, element, century, century is <= 99 and >= -99 ? 2 : 0);
    }

    /// <summary>The elements that need a whole date; an interval has none.</summary>
    private static void Calendric(StringBuilder output, in DateTimeElement element, in DateTimeFace face)
    {
        if (face.IsInterval)
        {
            if (element.Keyword is "J")
                Number(output, element, face.JulianDay, 0);
            else if (element.Keyword is "DDD")
                Number(output, element, face.Fields.Day + face.Fields.Month * 30L + face.Fields.Year * 365L, 3);
            return;
        }
        var fields = face.Fields;
        var julian = (int)face.JulianDay;
        var weekday = Calendar.DayOfWeek(julian);
        var dayOfYear = julian - Calendar.ToJulian(fields.Year, 1, 1) + 1;
        var (isoYear, isoWeek) = Calendar.IsoWeek(fields.Year, fields.Month, fields.Day);
        switch (element.Keyword)
        {
            case "DAY" or "Day" or "day":
                Name(output, element, DateTimeWords.Days[weekday], 9);
                break;
            case "DY" or "Dy" or "dy":
                Name(output, element, DateTimeWords.Days[weekday][..3], 0);
                break;
            case "DDD":
                Number(output, element, dayOfYear, 3);
                break;
            case "IDDD":
                Number(output, element, julian - Calendar.IsoWeekToJulian(isoYear, 1) + 1, 3);
                break;
            case "D":
                Number(output, element, weekday + 1, 0);
                break;
            case "ID":
                Number(output, element, weekday == 0 ? 7 : weekday, 0);
                break;
            case "WW":
                Number(output, element, (dayOfYear - 1) / 7 + 1, 2);
                break;
            case "W":
                Number(output, element, (fields.Day - 1) / 7 + 1, 0);
                break;
            case "IW":
                Number(output, element, isoWeek, 2);
                break;
            case "J":
                Number(output, element, julian, 0);
                break;
            case "IYYY":
                Number(output, element, isoYear > 0 ? isoYear : 1 - isoYear, 4);
                break;
            case "IYY":
                Number(output, element, (isoYear > 0 ? isoYear : 1 - isoYear) % 1000, 3);
                break;
            case "IY":
                Number(output, element, (isoYear > 0 ? isoYear : 1 - isoYear) % 100, 2);
                break;
            case "I":
                Number(output, element, (isoYear > 0 ? isoYear : 1 - isoYear) % 10, 1);
                break;
        }
    }

    private static void Number(StringBuilder output, in DateTimeElement element, long value, int width, bool neverFill = false)
    {
        var digits = Math.Abs(value).ToString(System.Globalization.NumberFormatInfo.InvariantInfo);
        if (!element.FillMode || neverFill)
            digits = digits.PadLeft(width, '0');
        output.Append(value < 0 ? "-" : "").Append(digits);
        if (element.Suffix.Length > 0)
            output.Append(NumberFormatter.OrdinalSuffix(digits, char.IsAsciiLetterUpper(element.Suffix[0])));
    }

    private static void Meridiem(StringBuilder output, string keyword, bool afternoon)
    {
        var text = keyword.Contains('.', StringComparison.Ordinal) ? afternoon ? "P.M." : "A.M." : afternoon ? "PM" : "AM";
        output.Append(char.IsAsciiLetterLower(keyword[0]) ? text.ToLowerInvariant() : text);
    }

    private static void Era(StringBuilder output, string keyword, bool beforeChrist)
    {
        var text = keyword.Contains('.', StringComparison.Ordinal) ? beforeChrist ? "B.C." : "A.D." : beforeChrist ? "BC" : "AD";
        output.Append(char.IsAsciiLetterLower(keyword[0]) ? text.ToLowerInvariant() : text);
    }

    private static void Month(StringBuilder output, in DateTimeElement element, int month)
    {
        if (element.Keyword is "RM" or "rm")
        {
            var roman = NumberFormatter.ToRoman(month);
            output.Append((element.Keyword == "rm" ? roman.ToLowerInvariant() : roman).PadRight(element.FillMode ? 0 : 4));
            return;
        }
        var isShort = element.Keyword.Length == 3;
        Name(output, element, isShort ? DateTimeWords.Months[month - 1][..3] : DateTimeWords.Months[month - 1], isShort ? 0 : 9);
    }

    private static void Name(StringBuilder output, in DateTimeElement element, string name, int width)
    {
        var text = char.IsAsciiLetterLower(element.Keyword[0]) ? name.ToLowerInvariant() : char.IsAsciiLetterUpper(element.Keyword[1]) ? name.ToUpperInvariant() : name;
        output.Append(element.FillMode ? text : text.PadRight(width));
    }
}
