using System.Globalization;
using System.Text;

// Long because the order in which words are tried is the grammar: PostgreSQL manual, appendix B.1.
namespace Dadbs.Sql.Types;

internal enum DateTimeFault
{
    None,

    /// <summary>22007</summary>
    Syntax,

    /// <summary>22008</summary>
    FieldOverflow,

    /// <summary>22008, with the hint about DateStyle.</summary>
    MonthDayOverflow,

    /// <summary>22009</summary>
    OffsetOverflow,

    /// <summary>22023</summary>
    UnknownZone,
}

/// <summary>
/// Reads dates, times and timestamps in the formats PostgreSQL accepts (manual, appendix B): ISO, SQL, German, Postgres style, run-together
/// digits, Julian days, day of year, BC, AM/PM, offsets, zone names and abbreviations, and the special words.
/// </summary>
internal sealed class DateTimeParser
{
    private static readonly System.Buffers.SearchValues<char> ZoneMarks = System.Buffers.SearchValues.Create("/_+-0123456789");

    private readonly TypeSettings _settings;
    private DateTimeFields _fields;
    private bool _hasYear;
    private bool _hasMonth;
    private bool _hasDay;
    private bool _hasTime;
    private bool _isJulian;
    private bool _hasTextMonth;
    private bool _isTwoDigitYear;
    private bool _isBeforeChrist;
    private int _dayOfYear;
    private bool? _afternoon;
    private string? _unknownZone;

    private DateTimeParser(TypeSettings settings) => _settings = settings;

    /// <summary>now, today, tomorrow, yesterday, epoch, infinity, -infinity: a finished value.</summary>
    public enum SpecialValue
    {
        None,
        Infinity,
        NegativeInfinity,
        Epoch,
        Now,
    }

    public SpecialValue Special { get; private set; }

    public DateTimeFields Fields => _fields;

    public bool HasDate => _hasYear && _hasMonth && _hasDay;

    public bool HasTime => _hasTime;

    /// <summary>Seconds east of UTC that the text names, or null.</summary>
    public int? OffsetSeconds { get; private set; }

    /// <summary>The zone that the text names, or null.</summary>
    public TimeZone? Zone { get; private set; }

    /// <summary>Parses or throws the error in PostgreSQL's words for the type.</summary>
    public static DateTimeParser Parse(ReadOnlySpan<byte> utf8, string typeName, TypeSettings settings, bool timeOnly = false)
    {
        var parser = new DateTimeParser(settings);
        var fault = DateTimeLexer.Tokenize(utf8) is { Count: > 0 } tokens ? parser.Read(tokens, timeOnly) : DateTimeFault.Syntax;
        return fault == DateTimeFault.None ? parser : throw parser.Describe(fault, typeName, utf8);
    }

    private SqlException Describe(DateTimeFault fault, string typeName, ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        return fault switch
        {
            DateTimeFault.FieldOverflow => new SqlException(SqlState.DatetimeFieldOverflow, $"date/time field value out of range: \"{text}\""),
            DateTimeFault.MonthDayOverflow => new SqlException(SqlState.DatetimeFieldOverflow, $"date/time field value out of range: \"{text}\"")
            {
                Hint = "Perhaps you need a different \"datestyle\" setting.",
            },
            DateTimeFault.OffsetOverflow => new SqlException(SqlState.InvalidTimeZoneDisplacementValue, $"time zone displacement out of range: \"{text}\""),
            DateTimeFault.UnknownZone => new SqlException(SqlState.InvalidParameterValue, $"time zone \"{_unknownZone}\" not recognized"),
            _ => new SqlException(SqlState.InvalidDatetimeFormat, $"invalid input syntax for type {typeName}: \"{text}\""),
        };
    }

    private DateTimeFault Read(List<DateTimeToken> tokens, bool timeOnly)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var fault = tokens[i].Kind switch
            {
                DateTimeTokenKind.Date => ReadDate(tokens[i].Text),
                DateTimeTokenKind.Time => ReadTime(tokens[i].Text),
                DateTimeTokenKind.Offset => ReadOffset(tokens[i].Text, timeOnly),
                DateTimeTokenKind.Number => ReadNumber(tokens[i].Text, timeOnly, i + 1 < tokens.Count ? tokens[i + 1].Text : ""),
                DateTimeTokenKind.SignedWord => ReadSignedWord(tokens[i].Text),
                _ => ReadWord(tokens, ref i),
            };
            if (fault != DateTimeFault.None)
                return fault;
        }
        return Special == SpecialValue.None ? Validate(timeOnly) : DateTimeFault.None;
    }

    private DateTimeFault ReadSignedWord(string text)
    {
        switch (text)
        {
            case "-infinity":
                Special = SpecialValue.NegativeInfinity;
                return DateTimeFault.None;
            case "+infinity":
                Special = SpecialValue.Infinity;
                return DateTimeFault.None;
            default:
                return DateTimeFault.Syntax;
        }
    }

    private DateTimeFault ReadWord(List<DateTimeToken> tokens, ref int i)
    {
        var word = tokens[i].Text;
        switch (word)
        {
            case "t" or "at" or "on" or "of" or "d":
                return DateTimeFault.None;
            case "z" or "zulu" or "utc" or "gmt" when OffsetSeconds is null:
                OffsetSeconds = 0;
                return DateTimeFault.None;
            case "am" or "pm":
                _afternoon = word == "pm";
                return DateTimeFault.None;
            case "bc":
                _isBeforeChrist = true;
                return DateTimeFault.None;
            case "ad":
                return DateTimeFault.None;
            case "j" or "jd" or "julian" when i + 1 < tokens.Count && tokens[i + 1].Kind == DateTimeTokenKind.Number:
                return ReadJulian(tokens[++i].Text);
            case "infinity":
                Special = SpecialValue.Infinity;
                return DateTimeFault.None;
            case "epoch":
                Special = SpecialValue.Epoch;
                return DateTimeFault.None;
            case "now":
                Special = SpecialValue.Now;
                return DateTimeFault.None;
            case "today" or "tomorrow" or "yesterday":
                SetDay(word == "tomorrow" ? 1 : word == "yesterday" ? -1 : 0);
                return DateTimeFault.None;
            case "allballs":
                _hasTime = true;
                OffsetSeconds ??= 0;
                return DateTimeFault.None;
            case "dst":
                return DateTimeFault.None;
        }
        if (DateTimeWords.Month(word) is var month && month != 0)
            return SetTextMonth(month);
        return DateTimeWords.IsDay(word) ? DateTimeFault.None : ReadZone(word);
    }

    private void SetDay(int delta)
    {
        var (date, _) = Calendar.SplitTimestamp(_settings.TimeZone.ToLocal(_settings.NowMicros));
        (_fields.Year, _fields.Month, _fields.Day) = Calendar.SplitDate(date + delta);
        (_hasYear, _hasMonth, _hasDay, _isJulian) = (true, true, true, true);
    }

    private DateTimeFault SetTextMonth(int month)
    {
        // "Jan 2, 1999" after a first number that was taken for a month: that number was the day.
        if (_hasMonth && !_hasTextMonth && !_hasDay && _fields.Month is >= 1 and <= 31)
        {
            _fields.Day = _fields.Month;
            _hasDay = true;
        }
        else if (_hasMonth)
        {
            return DateTimeFault.Syntax;
        }
        _fields.Month = month;
        (_hasMonth, _hasTextMonth) = (true, true);
        return DateTimeFault.None;
    }

    private DateTimeFault ReadZone(string word)
    {
        if (OffsetSeconds is not null || Zone is not null)
            return DateTimeFault.Syntax;
        if (TimeZoneAbbreviations.Find(word) is { } seconds)
        {
            OffsetSeconds = seconds;
            // "UTC+3" is lexed as one word; "utc +3" adds up.
            return DateTimeFault.None;
        }
        Zone = TimeZone.Find(word) ?? TimeZone.FindPosix(word);
        if (Zone is not null)
            return DateTimeFault.None;
        _unknownZone = word;
        // A plain word that names nothing is bad syntax; one with a slash or digits was meant as a zone.
        return word.AsSpan().IndexOfAny(ZoneMarks) >= 0 ? DateTimeFault.UnknownZone : DateTimeFault.Syntax;
    }

    private DateTimeFault ReadJulian(string text)
    {
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, NumberFormatInfo.InvariantInfo, out var value) || value > int.MaxValue)
            return DateTimeFault.FieldOverflow;
        var day = (int)value;
        (_fields.Year, _fields.Month, _fields.Day) = Calendar.FromJulian(day);
        (_hasYear, _hasMonth, _hasDay, _isJulian) = (true, true, true, true);
        var fraction = value - day;
        if (fraction > 0)
            SetTimeOfDay((long)(fraction * Calendar.MicrosPerDay));
        return DateTimeFault.None;
    }

    private void SetTimeOfDay(long micros)
    {
        var time = DateTimeFields.OfTime(micros);
        (_fields.Hour, _fields.Minute, _fields.Second, _fields.Micros) = (time.Hour, time.Minute, time.Second, time.Micros);
        _hasTime = true;
    }

    private DateTimeFault ReadDate(string text)
    {
        if (_hasYear && _hasMonth && _hasDay)
            return DateTimeFault.Syntax;
        var parts = text.Split('-', '/', '.');
        if (parts.Length > 3)
            return DateTimeFault.Syntax;
        // A month's name decides how the numbers are read, so it is taken first.
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length > 0 && char.IsAsciiLetter(parts[i][0]))
            {
                var month = DateTimeWords.Month(parts[i]);
                if (month == 0 || _hasMonth)
                    return DateTimeFault.Syntax;
                _fields.Month = month;
                (_hasMonth, _hasTextMonth) = (true, true);
                parts[i] = "";
                continue;
            }
            if (parts[i].Length == 0 || !IsDigits(parts[i]))
                return DateTimeFault.Syntax;
        }
        // "2024-123" style: a year and a day of the year is only known with a point ("2024.123"); two parts are refused.
        foreach (var part in parts)
        {
            if (part.Length == 0)
                continue;
            var fault = AssignNumber(part);
            if (fault != DateTimeFault.None)
                return fault;
        }
        return _hasYear && _hasMonth && _hasDay ? DateTimeFault.None : DateTimeFault.Syntax;
    }

    private static bool IsDigits(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
        }
        return true;
    }

    /// <summary>A number as year, month or day, by its length, what is known already, and the DateStyle's order.</summary>
    private DateTimeFault AssignNumber(string digits)
    {
        if (!int.TryParse(digits, NumberStyles.None, NumberFormatInfo.InvariantInfo, out var value))
            return DateTimeFault.FieldOverflow;
        if (digits.Length == 3 && _hasYear && !_hasMonth && value is >= 1 and <= 366)
        {
            _dayOfYear = value;
            (_hasMonth, _hasDay) = (true, true);
            return DateTimeFault.None;
        }
        var isYearLong = digits.Length >= 3;
        switch (_hasYear, _hasMonth, _hasDay)
        {
            case (false, false, false):
                if (isYearLong || _settings.DateOrder == DateOrder.Ymd)
                    SetYear(value, digits.Length);
                else if (_settings.DateOrder == DateOrder.Dmy)
                    SetDayOfMonth(value);
                else
                    SetMonth(value);
                return DateTimeFault.None;
            case (false, true, false) when _hasTextMonth && (isYearLong || _settings.DateOrder == DateOrder.Ymd):
                SetYear(value, digits.Length);
                return DateTimeFault.None;
            case (true, true, false) when _hasTextMonth && isYearLong && _isTwoDigitYear:
                // 02-Jan-1999 under YMD: the first number was the day after all.
                SetDayOfMonth(_fields.Year);
                _isTwoDigitYear = false;
                SetYear(value, digits.Length);
                return DateTimeFault.None;
            case (false, true, false) or (true, true, false):
                SetDayOfMonth(value);
                return DateTimeFault.None;
            case (true, false, _) or (false, false, true):
                SetMonth(value);
                return DateTimeFault.None;
            case (false, true, true):
                SetYear(value, digits.Length);
                return DateTimeFault.None;
            default:
                return DateTimeFault.Syntax;
        }
    }

    private void SetYear(int value, int digits)
    {
        _fields.Year = value;
        _isTwoDigitYear = digits <= 2;
        _hasYear = true;
    }

    private void SetMonth(int value)
    {
        _fields.Month = value;
        _hasMonth = true;
    }

    private void SetDayOfMonth(int value)
    {
        _fields.Day = value;
        _hasDay = true;
    }

    private DateTimeFault ReadTime(string text)
    {
        if (_hasTime)
            return DateTimeFault.Syntax;
        var parts = text.Split(':');
        if (parts.Length is < 2 or > 3)
            return DateTimeFault.Syntax;
        _hasTime = true;
        // "12:34.5" is minutes and seconds.
        var withoutHour = parts.Length == 2 && parts[1].Contains('.', StringComparison.Ordinal);
        if (withoutHour)
            parts = ["0", .. parts];
        if (!int.TryParse(parts[0], NumberStyles.None, NumberFormatInfo.InvariantInfo, out _fields.Hour)
            || !int.TryParse(parts[1], NumberStyles.None, NumberFormatInfo.InvariantInfo, out _fields.Minute))
            return IsDigits(parts[0]) && IsDigits(parts[1]) && parts[1].Length > 0 ? DateTimeFault.FieldOverflow : DateTimeFault.Syntax;
        return parts.Length == 2 ? DateTimeFault.None : ReadSeconds(parts[2]);
    }

    private DateTimeFault ReadSeconds(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        if (!int.TryParse(whole, NumberStyles.None, NumberFormatInfo.InvariantInfo, out _fields.Second))
            return whole.Length > 0 && IsDigits(whole) ? DateTimeFault.FieldOverflow : DateTimeFault.Syntax;
        if (point < 0)
            return DateTimeFault.None;
        if (!IsDigits(text[(point + 1)..]))
            return DateTimeFault.Syntax;
        _fields.Micros = FractionMicros(text.AsSpan(point + 1));
        return DateTimeFault.None;
    }

    /// <summary>Digits after the point as µs, rounded half to even as rint() of the scaled value does.</summary>
    public static int FractionMicros(ReadOnlySpan<char> digits)
    {
        long micros = 0;
        for (var i = 0; i < 6; i++)
            micros = micros * 10 + (i < digits.Length ? digits[i] - '0' : 0);
        if (digits.Length <= 6)
            return (int)micros;
        var next = digits[6] - '0';
        var beyond = digits[7..].ContainsAnyExcept('0');
        if (next > 5 || next == 5 && (beyond || (micros & 1) != 0))
            micros++;
        return (int)micros;
    }

    private DateTimeFault ReadNumber(string text, bool timeOnly, string next)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? text : text[..point];
        if (digits.Length == 0 && point >= 0)
            return DateTimeFault.Syntax;
        if (point >= 0)
        {
            // Run-together digits with a fraction are a time, 1999.123 a day of the year.
            if (digits.Length >= 6 || _hasYear && _hasMonth && _hasDay)
                return ReadRunTogether(digits, text[(point + 1)..], timeOnly);
            if (digits.Length == 4 && text.Length - point == 4 && !_hasYear && !timeOnly)
            {
                SetYear(int.Parse(digits, NumberFormatInfo.InvariantInfo), 4);
                return AssignNumber(text[(point + 1)..]);
            }
            return DateTimeFault.Syntax;
        }
        if (next is "am" or "pm" && digits.Length <= 2 && !_hasTime)
        {
            _fields.Hour = int.Parse(digits, NumberFormatInfo.InvariantInfo);
            _hasTime = true;
            return DateTimeFault.None;
        }
        if (digits.Length > 4 && !(_hasMonth && _hasDay && !_hasYear) || timeOnly || _hasYear && _hasMonth && _hasDay)
            return ReadRunTogether(digits, null, timeOnly);
        return AssignNumber(digits);
    }

    /// <summary>yyyymmdd, yymmdd; hhmmss, hhmm once there is a date or only a time is wanted.</summary>
    private DateTimeFault ReadRunTogether(string digits, string? fraction, bool timeOnly)
    {
        var hasDate = _hasYear && _hasMonth && _hasDay;
        if (!hasDate && !timeOnly && fraction is null && digits.Length >= 5)
        {
            if (digits.Length == 5)
                return DateTimeFault.Syntax;
            SetDayOfMonth(int.Parse(digits[^2..], NumberFormatInfo.InvariantInfo));
            SetMonth(int.Parse(digits[^4..^2], NumberFormatInfo.InvariantInfo));
            if (!int.TryParse(digits[..^4], NumberStyles.None, NumberFormatInfo.InvariantInfo, out var year))
                return DateTimeFault.FieldOverflow;
            SetYear(year, digits.Length - 4);
            return DateTimeFault.None;
        }
        if (_hasTime || digits.Length is not (4 or 6))
            return DateTimeFault.Syntax;
        _fields.Hour = int.Parse(digits[..2], NumberFormatInfo.InvariantInfo);
        _fields.Minute = int.Parse(digits[2..4], NumberFormatInfo.InvariantInfo);
        if (digits.Length == 6)
            _fields.Second = int.Parse(digits[4..], NumberFormatInfo.InvariantInfo);
        if (fraction is not null)
            _fields.Micros = FractionMicros(fraction);
        _hasTime = true;
        return DateTimeFault.None;
    }

    private DateTimeFault ReadOffset(string text, bool timeOnly)
    {
        // "-2" between a year and a month would be a date; here only an offset makes sense, and only after a time or date.
        if (OffsetSeconds is not null && OffsetSeconds != 0 || Zone is not null || !_hasTime && !timeOnly && !(_hasYear && _hasMonth && _hasDay))
            return DateTimeFault.Syntax;
        var sign = text[0] == '-' ? -1 : 1;
        var parts = text[1..].Split(':');
        var numbers = new int[3];
        if (parts.Length > 3 || parts.Any(part => part.Length == 0 || !IsDigits(part)))
            return DateTimeFault.Syntax;
        if (parts.Length == 1 && parts[0].Length > 2)
        {
            var digits = parts[0];
            parts = digits.Length > 4 ? [digits[..^4], digits[^4..^2], digits[^2..]] : [digits[..^2], digits[^2..]];
        }
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, NumberFormatInfo.InvariantInfo, out numbers[i]))
                return DateTimeFault.OffsetOverflow;
        }
        if (numbers[0] > 15 || numbers[1] > 59 || numbers[2] > 59)
            return DateTimeFault.OffsetOverflow;
        OffsetSeconds = sign * (numbers[0] * 3600 + numbers[1] * 60 + numbers[2]);
        return DateTimeFault.None;
    }

    private DateTimeFault Validate(bool timeOnly)
    {
        if (_afternoon is { } afternoon && _hasTime)
        {
            if (_fields.Hour is > 12 or < 0)
                return DateTimeFault.FieldOverflow;
            _fields.Hour = _fields.Hour % 12 + (afternoon ? 12 : 0);
        }
        if (_hasTime && (_fields.Minute > 59 || _fields.Second > 60 || _fields.Hour > 24
            || _fields.Hour == 24 && (_fields.Minute > 0 || _fields.Second > 0 || _fields.Micros > 0)))
            return DateTimeFault.FieldOverflow;
        if (timeOnly)
            return _hasTime || HasDate ? (_hasYear ? ValidateDate() : DateTimeFault.None) : DateTimeFault.Syntax;
        return HasDate ? ValidateDate() : DateTimeFault.Syntax;
    }

    private DateTimeFault ValidateDate()
    {
        if (_isJulian)
            return DateTimeFault.None;
        if (_isBeforeChrist)
        {
            if (_fields.Year <= 0)
                return DateTimeFault.FieldOverflow;
            _fields.Year = 1 - _fields.Year;
        }
        else if (_isTwoDigitYear)
        {
            _fields.Year += _fields.Year < 70 ? 2000 : 1900;
        }
        else if (_fields.Year <= 0)
        {
            return DateTimeFault.FieldOverflow;
        }
        if (_dayOfYear > 0)
        {
            if (_dayOfYear > (Calendar.IsLeapYear(_fields.Year) ? 366 : 365))
                return DateTimeFault.FieldOverflow;
            (_fields.Year, _fields.Month, _fields.Day) = Calendar.FromJulian(Calendar.ToJulian(_fields.Year, 1, 1) + _dayOfYear - 1);
        }
        if (_fields.Month is < 1 or > 12 || _fields.Day is < 1 or > 31)
            return DateTimeFault.MonthDayOverflow;
        return _fields.Day > Calendar.DaysInMonth(_fields.Year, _fields.Month) ? DateTimeFault.FieldOverflow : DateTimeFault.None;
    }
}
