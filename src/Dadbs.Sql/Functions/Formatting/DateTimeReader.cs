using Dadbs.Sql.Types;
using TimeZone = Dadbs.Sql.Types.TimeZone;

namespace Dadbs.Sql.Functions;

/// <summary>to_date and to_timestamp: reads a text by its template. 22007 for text that does not fit, 22008 for impossible dates.</summary>
internal sealed class DateTimeReader
{
    private readonly string _text;
    private int _at;
    private int? _year;
    private int? _month;
    private int? _day;
    private int? _dayOfYear;
    private int? _julian;
    private int? _isoYear;
    private int? _isoWeek;
    private int? _isoDay;
    private int? _century;
    private int? _weekOfYear;
    private bool _isTwelveHour;
    private bool? _afternoon;
    private bool _beforeChrist;
    private int? _offsetSign;
    private int _offsetHours;
    private int _offsetMinutes;
    private int? _secondsOfDay;
    private DateTimeFields _time;

    private DateTimeReader(string text) => _text = text;

    /// <summary>Local time, or an instant when a zone is given.</summary>
    public static long Read(string text, string template, TimeZone? zone)
    {
        var reader = new DateTimeReader(text);
        var elements = DateTimePicture.Parse(template);
        for (var i = 0; i < elements.Count; i++)
        {
            if (reader._at >= text.Length)
                break;
            if (elements[i].IsLiteral)
                reader.SkipLiteral(elements[i].Literal[0]);
            else
                reader.ReadElement(elements[i], i + 1 < elements.Count && !elements[i + 1].IsLiteral && char.IsAsciiLetter(elements[i + 1].Keyword[0]));
        }
        return reader.Assemble(zone);
    }

    private void SkipLiteral(char literal)
    {
        if (char.IsWhiteSpace(literal) || char.IsPunctuation(literal) || char.IsSymbol(literal))
        {
            // Separators of the template match any separators of the text, or none.
            if (_at < _text.Length && !char.IsLetterOrDigit(_text[_at]) && !(_text[_at] is '+' or '-' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]) && char.IsWhiteSpace(literal)))
                _at++;
            return;
        }
        SkipSpaces();
        _at++;
    }

    private void SkipSpaces()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private void ReadElement(in DateTimeElement element, bool nextIsNumber)
    {
        SkipSpaces();
        var keyword = element.Keyword;
        switch (keyword)
        {
            case "YYYY" or "IYYY":
                SetYear(keyword, ReadSigned(element, nextIsNumber ? 4 : 9));
                break;
            case "YYY" or "IYY" or "YY" or "IY" or "Y" or "I":
                SetYear(keyword, WidenYear(keyword.Length, nextIsNumber));
                break;
            case "Y,YYY":
                var thousands = ReadNumber(9, keyword);
                _at++;
                _year = thousands * 1000 + ReadNumber(3, keyword);
                break;
            case "MM":
                _month = ReadNumber(2, keyword);
                break;
            case "MONTH" or "Month" or "month":
                _month = ReadName(DateTimeWords.Months, keyword, 0) + 1;
                break;
            case "MON" or "Mon" or "mon":
                _month = ReadName(DateTimeWords.Months, keyword, 3) + 1;
                break;
            case "RM" or "rm":
                _month = ReadRomanMonth(keyword);
                break;
            case "DD":
                _day = ReadNumber(2, keyword);
                break;
            case "DDD":
                _dayOfYear = ReadNumber(3, keyword);
                break;
            case "DAY" or "Day" or "day":
                ReadName(DateTimeWords.Days, keyword, 0);
                break;
            case "DY" or "Dy" or "dy":
                ReadName(DateTimeWords.Days, keyword, 3);
                break;
            case "HH24":
                _time.Hour = ReadNumber(2, keyword);
                break;
            case "HH" or "HH12":
                _time.Hour = ReadNumber(2, keyword);
                _isTwelveHour = true;
                break;
            case "MI":
                _time.Minute = ReadNumber(2, keyword);
                break;
            case "SS":
                _time.Second = ReadNumber(2, keyword);
                break;
            case "SSSS" or "SSSSS":
                _secondsOfDay = ReadNumber(5, keyword);
                break;
            case "MS" or "FF3":
                _time.Micros += ReadFraction(3);
                break;
            case "US" or "FF6":
                _time.Micros += ReadFraction(6);
                break;
            case "FF1" or "FF2" or "FF4" or "FF5":
                _time.Micros += ReadFraction(keyword[2] - '0');
                break;
            default:
                ReadRarer(element);
                break;
        }
        if (element.Suffix.Length > 0)
            _at = Math.Min(_at + 2, _text.Length);
    }

    private void ReadRarer(in DateTimeElement element)
    {
        var keyword = element.Keyword;
        switch (keyword.ToUpperInvariant())
        {
            case "AM" or "PM" or "A.M." or "P.M.":
                _afternoon = ReadWord(keyword.Contains('.', StringComparison.Ordinal) ? ["a.m.", "p.m."] : ["am", "pm"], keyword) == 1;
                _isTwelveHour = true;
                break;
            case "BC" or "AD" or "B.C." or "A.D.":
                _beforeChrist = ReadWord(keyword.Contains('.', StringComparison.Ordinal) ? ["a.d.", "b.c."] : ["ad", "bc"], keyword) == 1;
                break;
            case "J":
                _julian = ReadNumber(9, keyword);
                break;
            case "CC":
                _century = ReadNumber(2, keyword);
                break;
            case "IW":
                _isoWeek = ReadNumber(2, keyword);
                break;
            case "ID":
                _isoDay = ReadNumber(1, keyword);
                break;
            case "WW":
                _weekOfYear = ReadNumber(2, keyword);
                break;
            case "Q" or "D":
                ReadNumber(1, keyword);
                break;
            case "TZH":
                _offsetSign = _text[_at] == '-' ? -1 : 1;
                if (_text[_at] is '+' or '-')
                    _at++;
                _offsetHours = ReadNumber(2, keyword);
                break;
            case "TZM":
                _offsetMinutes = ReadNumber(2, keyword);
                break;
            case "TZ" or "OF":
                throw new SqlException(SqlState.FeatureNotSupported, $"formatting field \"{keyword}\" is only supported in to_char");
        }
    }

    private void SetYear(string keyword, int year)
    {
        if (keyword[0] == 'I')
            _isoYear = year;
        else
            _year = year;
    }

    private int WidenYear(int digits, bool limited)
    {
        var start = _at;
        var year = ReadNumber(limited ? digits : 9, "Y");
        return (_at - start) switch
        {
            1 or 2 => year < 70 ? year + 2000 : year < 100 ? year + 1900 : year,
            3 => year < 100 ? year + 2000 : year < 520 ? year + 2000 : year + 1000,
            _ => year,
        };
    }

    private int ReadSigned(in DateTimeElement element, int width)
    {
        var sign = 1;
        if (_at < _text.Length && _text[_at] is '-' or '+' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]))
            sign = _text[_at++] == '-' ? -1 : 1;
        return sign * ReadNumber(width, element.Keyword);
    }

    private int ReadNumber(int width, string keyword)
    {
        SkipSpaces();
        var start = _at;
        long value = 0;
        while (_at < _text.Length && _at - start < width && char.IsAsciiDigit(_text[_at]))
            value = value * 10 + _text[_at++] - '0';
        if (_at > start)
            return (int)value;
        var rest = _text[start..Math.Min(_text.Length, start + Math.Min(width, 4))];
        throw new SqlException(SqlState.InvalidDatetimeFormat, $"invalid value \"{rest}\" for \"{keyword}\"") { Detail = "Value must be an integer." };
    }

    private int ReadFraction(int width)
    {
        var start = _at;
        while (_at < _text.Length && _at - start < width && char.IsAsciiDigit(_text[_at]))
            _at++;
        return DateTimeParser.FractionMicros(_text.AsSpan(start, _at - start));
    }

    private int ReadName(string[] names, string keyword, int length)
    {
        for (var i = 0; i < names.Length; i++)
        {
            var name = length > 0 ? names[i][..length] : names[i];
            if (string.Compare(_text, _at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                _at += name.Length;
                return i;
            }
        }
        throw NotAllowed(keyword);
    }

    private int ReadWord(string[] words, string keyword)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (string.Compare(_text, _at, words[i], 0, words[i].Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                _at += words[i].Length;
                return i;
            }
        }
        throw NotAllowed(keyword);
    }

    private SqlException NotAllowed(string keyword)
    {
        var end = _at;
        while (end < _text.Length && !char.IsWhiteSpace(_text[end]))
            end++;
        return new SqlException(SqlState.InvalidDatetimeFormat, $"invalid value \"{_text[_at..end]}\" for \"{keyword}\"") { Detail = "The given value did not match any of the allowed values for this field." };
    }

    private int ReadRomanMonth(string keyword)
    {
        // Longer numerals first: VIII before VII before VI.
        foreach (var month in Enumerable.Range(1, 12).OrderByDescending(m => NumberFormatter.ToRoman(m).Length))
        {
            var roman = NumberFormatter.ToRoman(month);
            if (string.Compare(_text, _at, roman, 0, roman.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                _at += roman.Length;
                return month;
            }
        }
        throw NotAllowed(keyword);
    }

    private long Assemble(TimeZone? zone)
    {
        if (_isTwelveHour)
        {
            if (_time.Hour is < 1 or > 12)
                throw new SqlException(SqlState.InvalidDatetimeFormat, $"hour \"{_time.Hour}\" is invalid for the 12-hour clock") { Hint = "Use the 24-hour clock, or give an hour between 1 and 12." };
            if (_afternoon is { } afternoon)
                _time.Hour = _time.Hour % 12 + (afternoon ? 12 : 0);
            else if (_time.Hour == 12)
                _time.Hour = 0;
        }
        if (_secondsOfDay is { } seconds)
            (_time.Hour, _time.Minute, _time.Second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        if (_time.Hour > 24 || _time.Minute > 59 || _time.Second > 59 || _time.Hour == 24 && (_time.Minute > 0 || _time.Second > 0))
            throw OutOfRange();
        ResolveDate();
        var local = _time.ToTimestamp() ?? throw new SqlException(SqlState.DatetimeFieldOverflow, "timestamp out of range");
        if (zone is null)
            return local;
        var offset = _offsetSign is { } sign ? sign * (_offsetHours * 3600 + _offsetMinutes * 60) : zone.OffsetAtLocal(local);
        return local - offset * Calendar.MicrosPerSecond;
    }

    private SqlException OutOfRange() => new(SqlState.DatetimeFieldOverflow, $"date/time field value out of range: \"{_text}\"");

    private void ResolveDate()
    {
        if (_julian is { } julian)
        {
            (_time.Year, _time.Month, _time.Day) = Calendar.FromJulian(julian);
            return;
        }
        if (_isoYear is { } isoYear && _isoWeek is { } isoWeek)
        {
            (_time.Year, _time.Month, _time.Day) = Calendar.FromJulian(Calendar.IsoWeekToJulian(isoYear, isoWeek) + (_isoDay ?? 1) - 1);
            return;
        }
        var year = _year ?? _isoYear ?? 0;
        if (_century is { } century)
            year = _year is null ? (century - 1) * 100 + 1 : (century - 1) * 100 + year % 100 + (year % 100 == 0 ? 100 : 0);
        if (_beforeChrist || year < 0)
            year = 1 - Math.Abs(year);
        else if (_year is null && _century is null && _isoYear is null)
            year = 0;
        _time.Year = year;
        if (_weekOfYear is { } week && _dayOfYear is null)
            _dayOfYear = (week - 1) * 7 + 1;
        if (_dayOfYear is { } dayOfYear)
        {
            if (dayOfYear < 1 || dayOfYear > (Calendar.IsLeapYear(year) ? 366 : 365))
                throw OutOfRange();
            (_time.Year, _time.Month, _time.Day) = Calendar.FromJulian(Calendar.ToJulian(year, 1, 1) + dayOfYear - 1);
            return;
        }
        (_time.Month, _time.Day) = (_month ?? 1, _day ?? 1);
        if (_time.Month is < 1 or > 12 || _time.Day < 1 || _time.Day > Calendar.DaysInMonth(year, _time.Month))
            throw OutOfRange();
    }
}
