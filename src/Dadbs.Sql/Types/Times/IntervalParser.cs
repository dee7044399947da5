using System.Globalization;
using System.Text;

namespace Dadbs.Sql.Types;

/// <summary>
/// Reads intervals: units (<c>1 year 2 mons -3 days 04:05:06.7 ago</c>), SQL standard (<c>1-2 3 4:05:06</c>) and ISO 8601
/// (<c>P1Y2M3DT4H5M6S</c>). A fraction of a unit spills into smaller ones: of a month into days at 30, of a day into time.
/// </summary>
internal sealed class IntervalParser
{
    private Int128 _years;
    private Int128 _months;
    private Int128 _days;
    private Int128 _micros;
    private bool _any;
    private int _seen;

    /// <summary>Range bits of an interval's modifier: which unit a bare number has (INTERVAL '1' HOUR).</summary>
    private readonly IntervalUnit _defaultUnit;

    private IntervalParser(IntervalUnit defaultUnit) => _defaultUnit = defaultUnit;

    public static IntervalValue Parse(ReadOnlySpan<byte> utf8, IntervalUnit defaultUnit, IntervalStyle style)
    {
        var parser = new IntervalParser(defaultUnit);
        var text = Encoding.UTF8.GetString(utf8).Trim().ToLowerInvariant();
        var fault = text.StartsWith('p')
            ? parser.ReadIso(text)
            : DateTimeLexer.Tokenize(utf8) is { Count: > 0 } tokens ? parser.ReadUnits(tokens, style) : DateTimeFault.Syntax;
        if (fault == DateTimeFault.None && !parser._any)
            fault = DateTimeFault.Syntax;
        if (fault == DateTimeFault.Syntax)
            throw InputErrors.InvalidDateTime("interval", utf8);
        if (fault != DateTimeFault.None || parser.IsOutOfRange)
            throw new SqlException(SqlState.IntervalFieldOverflow, $"interval field value out of range: \"{Encoding.UTF8.GetString(utf8)}\"");
        return IntervalValue.Checked(parser._years * 12 + parser._months, parser._days, parser._micros);
    }

    /// <summary>Each unit may come once.</summary>
    private bool Claim(IntervalUnit unit)
    {
        var bit = 1 << (int)unit;
        var isFree = (_seen & bit) == 0;
        _seen |= bit;
        return isFree;
    }

    private bool IsOutOfRange => _years != (int)_years || _months != (int)_months || _days != (int)_days || _micros != (long)_micros;

    private DateTimeFault ReadUnits(List<DateTimeToken> tokens, IntervalStyle style)
    {
        // In SQL standard style a leading minus covers every field that has no sign of its own.
        var allNegative = style == IntervalStyle.SqlStandard && tokens[0].Text[0] == '-'
            && !tokens.Skip(1).Any(token => token.Text[0] is '-' or '+');
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            var unit = i + 1 < tokens.Count ? IntervalUnits.Find(tokens[i + 1].Text) : IntervalUnit.None;
            switch (token.Kind)
            {
                case DateTimeTokenKind.Time:
                case DateTimeTokenKind.Offset when token.Text.Contains(':', StringComparison.Ordinal):
                    if (ReadClock(token.Text) is var fault && fault != DateTimeFault.None)
                        return fault;
                    break;
                case DateTimeTokenKind.Number or DateTimeTokenKind.Offset or DateTimeTokenKind.Date:
                    if (token.Text.IndexOf('-', 1) > 0)
                    {
                        if (!ReadYearMonth(token.Text))
                            return DateTimeFault.Syntax;
                        break;
                    }
                    var hasUnit = unit != IntervalUnit.None;
                    if (!ReadNumber(token.Text, hasUnit ? unit : BareUnit(tokens, i)))
                        return DateTimeFault.Syntax;
                    if (hasUnit)
                        i++;
                    break;
                case DateTimeTokenKind.Word when token.Text == "ago" && i == tokens.Count - 1 && _any:
                    (_years, _months, _days, _micros) = (-_years, -_months, -_days, -_micros);
                    break;
                case DateTimeTokenKind.Word when GluedUnit(token.Text):
                    break;
                default:
                    return DateTimeFault.Syntax;
            }
        }
        if (allNegative)
            (_years, _months, _days, _micros) = (-Int128.Abs(_years), -Int128.Abs(_months), -Int128.Abs(_days), -Int128.Abs(_micros));
        return DateTimeFault.None;
    }

    private static bool GluedUnit(string word) => word is "at" or "and";

    /// <summary>A number without a unit before a time counts days; else the declared field's unit, else seconds.</summary>
    private IntervalUnit BareUnit(List<DateTimeToken> tokens, int i)
    {
        if (i + 1 < tokens.Count && tokens[i + 1].Text.Contains(':', StringComparison.Ordinal))
            return IntervalUnit.Day;
        return _defaultUnit == IntervalUnit.None ? IntervalUnit.Second : _defaultUnit;
    }

    private bool ReadYearMonth(string text)
    {
        var negative = text[0] == '-';
        var parts = text.TrimStart('+', '-').Split('-');
        if (parts.Length != 2 || !TryInteger(parts[0], out var years) || !TryInteger(parts[1], out var months) || months >= 12)
            return false;
        if (!Claim(IntervalUnit.Year) | !Claim(IntervalUnit.Month))
            return false;
        _years += (negative ? -1 : 1) * years;
        _months += (negative ? -1 : 1) * months;
        return _any = true;
    }

    private static bool TryInteger(string text, out Int128 value) => Int128.TryParse(text, NumberStyles.None, NumberFormatInfo.InvariantInfo, out value);

    private DateTimeFault ReadClock(string text)
    {
        if (!Claim(IntervalUnit.Hour) | !Claim(IntervalUnit.Minute) | !Claim(IntervalUnit.Second))
            return DateTimeFault.Syntax;
        var negative = text[0] == '-';
        var parts = text.TrimStart('+', '-').Split(':');
        if (parts.Length is < 2 or > 3)
            return DateTimeFault.Syntax;
        // "mm:ss.fff", or the declared field MINUTE TO SECOND.
        var withoutHour = parts.Length == 2 && (parts[1].Contains('.', StringComparison.Ordinal) || _defaultUnit == IntervalUnit.Second);
        if (withoutHour)
            parts = ["0", .. parts];
        var seconds = parts.Length == 3 ? parts[2] : "0";
        var point = seconds.IndexOf('.', StringComparison.Ordinal);
        var fraction = 0;
        if (point >= 0)
        {
            if (seconds.AsSpan(point + 1).ContainsAnyExceptInRange('0', '9'))
                return DateTimeFault.Syntax;
            fraction = DateTimeParser.FractionMicros(seconds.AsSpan(point + 1));
            seconds = seconds[..point];
        }
        if (!TryInteger(parts[0], out var hours) || !TryInteger(parts[1], out var minutes) || !TryInteger(seconds, out var whole))
            return DateTimeFault.Syntax;
        if (minutes > 59 || whole > 60)
            return DateTimeFault.FieldOverflow;
        var micros = ((hours * 60 + minutes) * 60 + whole) * Calendar.MicrosPerSecond + fraction;
        _micros += negative ? -micros : micros;
        _any = true;
        return DateTimeFault.None;
    }

    private bool ReadNumber(string text, IntervalUnit unit)
    {
        var negative = text[0] == '-';
        var digits = text.TrimStart('+', '-');
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var wholeText = point < 0 ? digits : digits[..point];
        Int128 whole = 0;
        if (wholeText.Length > 0 && !TryInteger(wholeText, out whole) || wholeText.Length == 0 && point < 0)
            return false;
        var fraction = point < 0 ? "" : digits[(point + 1)..];
        if (fraction.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return false;
        if (!Claim(unit))
            return false;
        Add(unit, whole, fraction, negative ? -1 : 1);
        return _any = true;
    }

    private void Add(IntervalUnit unit, Int128 whole, string fraction, int sign)
    {
        var (months, days, micros) = IntervalUnits.Size(unit);
        if (months >= 12)
            _years += sign * whole * (months / 12);
        else
            _months += sign * whole * months;
        _days += sign * whole * days;
        _micros += sign * whole * micros;
        if (fraction.AsSpan().Trim('0').Length == 0)
            return;
        var share = double.Parse("0." + fraction, NumberFormatInfo.InvariantInfo) * sign;
        if (months > 1)
        {
            // A fraction of years and above is whole months only.
            _months += (Int128)RoundHalfEven(share * months);
            return;
        }
        if (months == 1)
            SpillDays(share * 30);
        else if (days > 0)
            SpillDays(share * days);
        else
            _micros += (Int128)RoundHalfEven(share * micros);
    }

    private void SpillDays(double days)
    {
        var whole = Math.Truncate(days);
        _days += (Int128)whole;
        var rest = days - whole;
        if (rest != 0)
            _micros += (Int128)RoundHalfEven(rest * Calendar.MicrosPerDay);
    }

    private static double RoundHalfEven(double value) => Math.Round(value, MidpointRounding.ToEven);

    private DateTimeFault ReadIso(string text)
    {
        var i = 1;
        var inTime = false;
        while (i < text.Length)
        {
            if (text[i] == 't')
            {
                inTime = _any = true;
                i++;
                continue;
            }
            var start = i;
            while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] is '.' or '-' or '+' or ':'))
                i++;
            if (i == start)
                return DateTimeFault.Syntax;
            var number = text[start..i];
            if (i == text.Length)
                return ReadIsoAlternative(number, inTime);
            if (text[i] == 't')
            {
                if (ReadIsoAlternative(number, false) is var fault && fault != DateTimeFault.None)
                    return fault;
                continue;
            }
            var unit = (inTime, text[i++]) switch
            {
                (false, 'y') => IntervalUnit.Year,
                (false, 'm') => IntervalUnit.Month,
                (false, 'w') => IntervalUnit.Week,
                (false, 'd') => IntervalUnit.Day,
                (true, 'h') => IntervalUnit.Hour,
                (true, 'm') => IntervalUnit.Minute,
                (true, 's') => IntervalUnit.Second,
                _ => IntervalUnit.None,
            };
            if (unit == IntervalUnit.None || !ReadNumber(number, unit))
                return DateTimeFault.Syntax;
        }
        return DateTimeFault.None;
    }

    /// <summary>P0001-02-03T04:05:06.</summary>
    private DateTimeFault ReadIsoAlternative(string text, bool inTime)
    {
        if (inTime)
            return ReadClock(text);
        var parts = text.Split('-');
        if (parts.Length != 3 || !TryInteger(parts[0], out var years) || !TryInteger(parts[1], out var months) || !TryInteger(parts[2], out var days))
            return DateTimeFault.Syntax;
        _years += years;
        _months += months;
        _days += days;
        _any = true;
        return DateTimeFault.None;
    }
}

internal enum IntervalUnit
{
    None,
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
    Millennium,
}

/// <summary>The units of intervals and their spellings.</summary>
internal static class IntervalUnits
{
    public static IntervalUnit Find(string word) => word switch
    {
        "us" or "usec" or "usecs" or "useconds" or "microsecond" or "microseconds" or "microsecon" => IntervalUnit.Microsecond,
        "ms" or "msec" or "msecs" or "mseconds" or "millisecond" or "milliseconds" or "millisecon" => IntervalUnit.Millisecond,
        "s" or "sec" or "secs" or "second" or "seconds" => IntervalUnit.Second,
        "m" or "min" or "mins" or "minute" or "minutes" => IntervalUnit.Minute,
        "h" or "hr" or "hrs" or "hour" or "hours" => IntervalUnit.Hour,
        "d" or "day" or "days" => IntervalUnit.Day,
        "w" or "week" or "weeks" => IntervalUnit.Week,
        "mon" or "mons" or "month" or "months" => IntervalUnit.Month,
        "y" or "yr" or "yrs" or "year" or "years" => IntervalUnit.Year,
        "dec" or "decs" or "decade" or "decades" => IntervalUnit.Decade,
        "c" or "cent" or "century" or "centuries" => IntervalUnit.Century,
        "mil" or "mils" or "millennium" or "millennia" => IntervalUnit.Millennium,
        _ => IntervalUnit.None,
    };

    /// <summary>What one of a unit adds to months, days and µs.</summary>
    public static (int Months, int Days, long Micros) Size(IntervalUnit unit) => unit switch
    {
        IntervalUnit.Microsecond => (0, 0, 1),
        IntervalUnit.Millisecond => (0, 0, 1000),
        IntervalUnit.Second => (0, 0, Calendar.MicrosPerSecond),
        IntervalUnit.Minute => (0, 0, Calendar.MicrosPerMinute),
        IntervalUnit.Hour => (0, 0, Calendar.MicrosPerHour),
        IntervalUnit.Day => (0, 1, 0),
        IntervalUnit.Week => (0, 7, 0),
        IntervalUnit.Month => (1, 0, 0),
        IntervalUnit.Year => (12, 0, 0),
        IntervalUnit.Decade => (120, 0, 0),
        IntervalUnit.Century => (1200, 0, 0),
        IntervalUnit.Millennium => (12000, 0, 0),
        _ => (0, 0, 0),
    };
}
