using System.Globalization;

namespace Dadbs.Sql.Settings;

/// <summary>Checks a setting's text and brings it into the form that SHOW prints. A closed family: one per sort of parameter.</summary>
public abstract record SettingFormat
{
    private SettingFormat()
    {
    }

    /// <exception cref="SqlException">22023 in PostgreSQL's words.</exception>
    public abstract string Normalize(string name, string text);

    /// <summary>pg_settings.vartype.</summary>
    public abstract string TypeName { get; }

    protected static SqlException Invalid(string name, string text, string? detail = null, string? hint = null) =>
        new(SqlState.InvalidParameterValue, $"invalid value for parameter \"{name}\": \"{text}\"") { Detail = detail, Hint = hint };

    /// <summary>Any text.</summary>
    public sealed record Text : SettingFormat
    {
        public override string TypeName => "string";

        public override string Normalize(string name, string text) => text;
    }

    public sealed record Boolean : SettingFormat
    {
        public override string TypeName => "bool";

        public override string Normalize(string name, string text) =>
            TryParse(text) is { } value
                ? value ? "on" : "off"
                : throw new SqlException(SqlState.InvalidParameterValue, $"parameter \"{name}\" requires a Boolean value");

        /// <summary>Any unambiguous beginning of true, false, yes, no, on, off, or 1 and 0.</summary>
        public static bool? TryParse(string text)
        {
            string word = text.Trim().ToLowerInvariant();
            return word switch
            {
                "" => null,
                "1" or "on" => true,
                "0" or "of" or "off" => false,
                _ when "true".StartsWith(word, StringComparison.Ordinal) || "yes".StartsWith(word, StringComparison.Ordinal) => true,
                _ when "false".StartsWith(word, StringComparison.Ordinal) || "no".StartsWith(word, StringComparison.Ordinal) => false,
                _ => null,
            };
        }
    }

    /// <summary>One of some words.</summary>
    public sealed record Choice(params string[] Words) : SettingFormat
    {
        /// <summary>Accepted but not offered: other spellings and what they mean.</summary>
        public IReadOnlyDictionary<string, string> Synonyms { get; init; } = new Dictionary<string, string>();

        /// <summary>Words that PostgreSQL or the design has and nothing here honours yet: refused with 0A000, never taken and ignored.</summary>
        public IReadOnlyList<string> Unsupported { get; init; } = [];

        public override string TypeName => "enum";

        public override string Normalize(string name, string text)
        {
            string word = text.ToLowerInvariant();
            if (Unsupported.Contains(word, StringComparer.Ordinal))
            {
                throw new SqlException(SqlState.FeatureNotSupported, $"{name} = \"{word}\" is not supported");
            }

            if (Synonyms.TryGetValue(word, out string? meant))
            {
                return meant;
            }

            return Words.Contains(word, StringComparer.Ordinal)
                ? word
                : throw Invalid(name, text, hint: $"Available values: {string.Join(", ", Words)}.");
        }
    }

    /// <summary>A whole number, possibly of a unit; printed in the largest unit that divides it.</summary>
    public sealed record Integer(long Low, long High, SettingUnit Unit = SettingUnit.None) : SettingFormat
    {
        public override string TypeName => "integer";

        public override string Normalize(string name, string text)
        {
            double? parsed = SettingUnits.TryParse(text, Unit);
            if (parsed is not { } number)
            {
                throw Invalid(name, text, hint: SettingUnits.Hint(text, Unit));
            }

            double rounded = Math.Round(number, MidpointRounding.ToEven);
            if (rounded < Low || rounded > High)
            {
                string unit = SettingUnits.Suffix(Unit);
                throw new SqlException(
                    SqlState.InvalidParameterValue,
                    $"{rounded.ToString("F0", NumberFormatInfo.InvariantInfo)}{unit} is outside the valid range for parameter \"{name}\" ({Low} .. {High})");
            }

            return SettingUnits.Print((long)rounded, Unit);
        }
    }

    public sealed record Real(double Low, double High) : SettingFormat
    {
        public override string TypeName => "real";

        public override string Normalize(string name, string text)
        {
            if (!double.TryParse(text, NumberStyles.Float, NumberFormatInfo.InvariantInfo, out double value) || double.IsNaN(value))
            {
                throw Invalid(name, text);
            }

            return value < Low || value > High
                ? throw new SqlException(SqlState.InvalidParameterValue, $"{Print(value)} is outside the valid range for parameter \"{name}\" ({Print(Low)} .. {Print(High)})")
                : Print(value);
        }

        private static string Print(double value) => value.ToString("G6", NumberFormatInfo.InvariantInfo);
    }

    /// <summary>DateStyle: an output style and a field order, each optional, in any order; what is not said stays.</summary>
    public sealed record DateStyles : SettingFormat
    {
        public override string TypeName => "string";

        public override string Normalize(string name, string text) => Normalize(name, text, "ISO, MDY");

        public static string Normalize(string name, string text, string current)
        {
            string[] now = current.Split(", ");
            string style = now[0], order = now[1];
            foreach (string word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                switch (word.Trim('"').ToLowerInvariant())
                {
                    case "iso": style = "ISO"; break;
                    case "sql": style = "SQL"; break;
                    case "postgres": style = "Postgres"; break;
                    case "german": style = "German"; order = text.Contains(',', StringComparison.Ordinal) ? order : "DMY"; break;
                    case "ymd": order = "YMD"; break;
                    case "dmy" or "euro" or "european": order = "DMY"; break;
                    case "mdy" or "us" or "noneuro" or "noneuropean": order = "MDY"; break;
                    case "default": (style, order) = ("ISO", "MDY"); break;
                    default: throw Invalid(name, text, $"Unrecognized key word: \"{word}\".");
                }
            }

            return $"{style}, {order}";
        }
    }

    /// <summary>A zone's name, or hours east of Greenwich as a number.</summary>
    public sealed record Zone : SettingFormat
    {
        public override string TypeName => "string";

        public override string Normalize(string name, string text) =>
            TryParse(text) is { } zone ? zone.Name : throw Invalid(name, text);

        public static Types.TimeZone? TryParse(string text)
        {
            if (Types.TimeZone.Find(text) is { } named)
            {
                return named;
            }

            string digits = text.StartsWith('<') && text.IndexOf('>', StringComparison.Ordinal) is var end and > 0 ? text[1..end] : text;
            if (digits.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
                && double.TryParse(digits[..colon], NumberFormatInfo.InvariantInfo, out double whole)
                && double.TryParse(digits[(colon + 1)..], NumberFormatInfo.InvariantInfo, out double minutes))
            {
                return FromHours(digits.StartsWith('-') ? whole - (minutes / 60) : whole + (minutes / 60));
            }

            return double.TryParse(digits, NumberStyles.Float, NumberFormatInfo.InvariantInfo, out double hours) ? FromHours(hours) : null;
        }

        /// <summary>POSIX prints the sign of its offset the other way round: <c>&lt;+02&gt;-02</c> lies east.</summary>
        private static Types.TimeZone? FromHours(double hours)
        {
            if (Math.Abs(hours) > 168)
            {
                return null;
            }

            int seconds = (int)Math.Round(hours * 3600);
            int magnitude = Math.Abs(seconds);
            string digits = $"{magnitude / 3600:00}{(magnitude % 3600 == 0 ? "" : $":{magnitude / 60 % 60:00}")}";
            return Types.TimeZone.FromOffset(seconds, seconds < 0 ? $"<-{digits}>+{digits}" : $"<+{digits}>-{digits}");
        }
    }

    /// <summary>Only UTF-8 is spoken on the wire; SQL_ASCII promises nothing and is accepted.</summary>
    public sealed record ClientEncoding : SettingFormat
    {
        private static readonly string[] Known =
            ["LATIN1", "LATIN2", "LATIN9", "WIN1250", "WIN1251", "WIN1252", "EUC_JP", "SJIS", "GBK", "BIG5", "KOI8R", "ISO_8859_5", "EUC_KR", "GB18030"];

        public override string TypeName => "string";

        public override string Normalize(string name, string text)
        {
            string word = text.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
            return word switch
            {
                "UTF8" or "UNICODE" => "UTF8",
                "SQLASCII" => "SQL_ASCII",
                _ when Known.FirstOrDefault(k => k.Replace("_", "", StringComparison.Ordinal) == word) is { } known =>
                    throw new SqlException(SqlState.FeatureNotSupported, $"conversion between {known} and UTF8 is not supported"),
                _ => throw Invalid(name, text),
            };
        }
    }

    /// <summary>A list of schema names.</summary>
    public sealed record SchemaList : SettingFormat
    {
        public override string TypeName => "string";

        public override string Normalize(string name, string text) =>
            Catalog.SearchPath.TryParse(text, "") is null ? throw Invalid(name, text, "List syntax is invalid.") : text;
    }
}
