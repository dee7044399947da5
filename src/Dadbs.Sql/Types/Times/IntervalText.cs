using System.Buffers;
using System.Text;

namespace Dadbs.Sql.Types;

/// <summary>Output of intervals in the four IntervalStyles (PostgreSQL manual 8.5.5).</summary>
internal static class IntervalText
{
    public static void Format(IntervalValue interval, IBufferWriter<byte> output, IntervalStyle style)
    {
        var text = new StringBuilder(40);
        switch (style)
        {
            case IntervalStyle.SqlStandard:
                AppendSqlStandard(text, interval);
                break;
            case IntervalStyle.Iso8601:
                AppendIso(text, interval);
                break;
            case IntervalStyle.PostgresVerbose:
                AppendVerbose(text, interval);
                break;
            default:
                AppendPostgres(text, interval);
                break;
        }
        AsciiText.Write(text.ToString(), output);
    }

    private static void AppendPostgres(StringBuilder text, IntervalValue interval)
    {
        var afterNegative = false;
        AppendUnit(text, interval.Months / 12, "year", ref afterNegative);
        AppendUnit(text, interval.Months % 12, "mon", ref afterNegative);
        AppendUnit(text, interval.Days, "day", ref afterNegative);
        if (text.Length > 0 && interval.Micros == 0)
            return;
        if (text.Length > 0)
            text.Append(' ');
        text.Append(interval.Micros < 0 ? "-" : afterNegative ? "+" : "");
        AppendClock(text, interval.Micros);
    }

    /// <summary>After a negative unit a positive one shows its sign.</summary>
    private static void AppendUnit(StringBuilder text, int value, string unit, ref bool afterNegative)
    {
        if (value == 0)
            return;
        if (text.Length > 0)
            text.Append(' ');
        text.Append(afterNegative && value > 0 ? "+" : "").Append(value).Append(' ').Append(unit).Append(value == 1 ? "" : "s");
        afterNegative = value < 0;
    }

    private static void AppendClock(StringBuilder text, long micros)
    {
        var magnitude = micros < 0 ? (ulong)-micros : (ulong)micros;
        text.Append($"{magnitude / (ulong)Calendar.MicrosPerHour:D2}:{magnitude / (ulong)Calendar.MicrosPerMinute % 60:D2}:{magnitude / (ulong)Calendar.MicrosPerSecond % 60:D2}");
        DateTimeText.AppendFraction(text, (int)(magnitude % (ulong)Calendar.MicrosPerSecond));
    }

    private static void AppendSqlStandard(StringBuilder text, IntervalValue interval)
    {
        var (years, months) = (interval.Months / 12, interval.Months % 12);
        var (days, micros) = (interval.Days, interval.Micros);
        var hasNegative = interval.Months < 0 || days < 0 || micros < 0;
        var hasPositive = interval.Months > 0 || days > 0 || micros > 0;
        var hasYearMonth = interval.Months != 0;
        var hasDayTime = days != 0 || micros != 0;
        if (!hasNegative && !hasPositive)
        {
            text.Append('0');
        }
        else if (hasYearMonth && hasDayTime || hasNegative && hasPositive)
        {
            // Mixed: every part with its own sign.
            text.Append(interval.Months < 0 ? '-' : '+').Append(Math.Abs(years)).Append('-').Append(Math.Abs(months));
            text.Append(' ').Append(days < 0 ? '-' : '+').Append(Math.Abs((long)days));
            text.Append(' ').Append(micros < 0 ? '-' : '+');
            AppendShortClock(text, micros);
        }
        else if (hasYearMonth)
        {
            text.Append(hasNegative ? "-" : "").Append(Math.Abs(years)).Append('-').Append(Math.Abs(months));
        }
        else
        {
            text.Append(hasNegative ? "-" : "");
            if (days != 0)
                text.Append(Math.Abs((long)days)).Append(' ');
            AppendShortClock(text, micros);
        }
    }

    /// <summary>Hours without a leading zero.</summary>
    private static void AppendShortClock(StringBuilder text, long micros)
    {
        var magnitude = micros < 0 ? (ulong)-micros : (ulong)micros;
        text.Append($"{magnitude / (ulong)Calendar.MicrosPerHour}:{magnitude / (ulong)Calendar.MicrosPerMinute % 60:D2}:{magnitude / (ulong)Calendar.MicrosPerSecond % 60:D2}");
        DateTimeText.AppendFraction(text, (int)(magnitude % (ulong)Calendar.MicrosPerSecond));
    }

    private static void AppendIso(StringBuilder text, IntervalValue interval)
    {
        text.Append('P');
        if (interval is { Months: 0, Days: 0, Micros: 0 })
        {
            text.Append("T0S");
            return;
        }
        AppendIsoUnit(text, interval.Months / 12, 'Y');
        AppendIsoUnit(text, interval.Months % 12, 'M');
        AppendIsoUnit(text, interval.Days, 'D');
        if (interval.Micros == 0)
            return;
        text.Append('T');
        AppendIsoUnit(text, interval.Micros / Calendar.MicrosPerHour, 'H');
        AppendIsoUnit(text, interval.Micros / Calendar.MicrosPerMinute % 60, 'M');
        var seconds = interval.Micros / Calendar.MicrosPerSecond % 60;
        var fraction = (int)(interval.Micros % Calendar.MicrosPerSecond);
        if (seconds == 0 && fraction == 0)
            return;
        text.Append(interval.Micros < 0 ? "-" : "").Append(Math.Abs(seconds));
        DateTimeText.AppendFraction(text, Math.Abs(fraction));
        text.Append('S');
    }

    private static void AppendIsoUnit(StringBuilder text, long value, char unit)
    {
        if (value != 0)
            text.Append(value).Append(unit);
    }

    private static void AppendVerbose(StringBuilder text, IntervalValue interval)
    {
        text.Append('@');
        // The first field decides about "ago"; the others then show their sign relative to it.
        var sign = 0;
        AppendVerboseUnit(text, interval.Months / 12, "year", ref sign);
        AppendVerboseUnit(text, interval.Months % 12, "mon", ref sign);
        AppendVerboseUnit(text, interval.Days, "day", ref sign);
        AppendVerboseUnit(text, interval.Micros / Calendar.MicrosPerHour, "hour", ref sign);
        AppendVerboseUnit(text, interval.Micros / Calendar.MicrosPerMinute % 60, "min", ref sign);
        var seconds = interval.Micros / Calendar.MicrosPerSecond % 60;
        var fraction = (int)(interval.Micros % Calendar.MicrosPerSecond);
        if (seconds != 0 || fraction != 0)
        {
            if (sign == 0)
                sign = interval.Micros < 0 ? -1 : 1;
            text.Append(' ').Append(interval.Micros < 0 != sign < 0 ? "-" : "").Append(Math.Abs(seconds));
            DateTimeText.AppendFraction(text, Math.Abs(fraction));
            text.Append(Math.Abs(seconds) != 1 || fraction != 0 ? " secs" : " sec");
        }
        if (sign == 0)
            text.Append(" 0");
        if (sign < 0)
            text.Append(" ago");
    }

    private static void AppendVerboseUnit(StringBuilder text, long value, string unit, ref int sign)
    {
        if (value == 0)
            return;
        if (sign == 0)
            sign = value < 0 ? -1 : 1;
        var shown = sign < 0 ? -value : value;
        text.Append(' ').Append(shown).Append(' ').Append(unit).Append(shown == 1 ? "" : "s");
    }
}
