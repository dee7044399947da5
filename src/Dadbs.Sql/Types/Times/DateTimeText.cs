using System.Buffers;
using System.Text;

namespace Dadbs.Sql.Types;

/// <summary>Output of dates and timestamps in the four DateStyles (PostgreSQL manual 8.5.2).</summary>
internal static class DateTimeText
{
    public static void FormatDate(int date, IBufferWriter<byte> output, TypeSettings settings)
    {
        if (!Calendar.IsFiniteDate(date))
        {
            output.Write(date > 0 ? "infinity"u8 : "-infinity"u8);
            return;
        }
        var (year, month, day) = Calendar.SplitDate(date);
        var text = new StringBuilder(16);
        AppendDate(text, year, month, day, settings);
        AppendEra(text, year);
        AsciiText.Write(text.ToString(), output);
    }

    private static void AppendDate(StringBuilder text, int year, int month, int day, TypeSettings settings)
    {
        var shown = year > 0 ? year : 1 - year;
        var dayFirst = settings.DateOrder == DateOrder.Dmy;
        switch (settings.DateStyle)
        {
            case DateStyle.Iso:
                text.Append($"{shown:D4}-{month:D2}-{day:D2}");
                break;
            case DateStyle.Sql:
                text.Append(dayFirst ? $"{day:D2}/{month:D2}/{shown:D4}" : $"{month:D2}/{day:D2}/{shown:D4}");
                break;
            case DateStyle.German:
                text.Append($"{day:D2}.{month:D2}.{shown:D4}");
                break;
            default:
                text.Append(dayFirst ? $"{day:D2}-{month:D2}-{shown:D4}" : $"{month:D2}-{day:D2}-{shown:D4}");
                break;
        }
    }

    private static void AppendEra(StringBuilder text, int year)
    {
        if (year <= 0)
            text.Append(" BC");
    }

    /// <summary>hh:mm:ss with up to six digits of fraction, trailing zeros dropped.</summary>
    public static void AppendTime(StringBuilder text, in DateTimeFields fields)
    {
        text.Append($"{fields.Hour:D2}:{fields.Minute:D2}:{fields.Second:D2}");
        AppendFraction(text, fields.Micros);
    }

    public static void AppendFraction(StringBuilder text, int micros)
    {
        if (micros == 0)
            return;
        var digits = $"{micros:D6}".AsSpan().TrimEnd('0');
        text.Append('.').Append(digits);
    }

    public static void FormatTime(long micros, IBufferWriter<byte> output)
    {
        var text = new StringBuilder(16);
        AppendTime(text, DateTimeFields.OfTime(micros));
        AsciiText.Write(text.ToString(), output);
    }

    /// <summary>A timestamp without time zone, or with one when <paramref name="zone"/> is given.</summary>
    public static void FormatTimestamp(long timestamp, TimeZone? zone, IBufferWriter<byte> output, TypeSettings settings)
    {
        if (!Calendar.IsFinite(timestamp))
        {
            output.Write(timestamp > 0 ? "infinity"u8 : "-infinity"u8);
            return;
        }
        if (settings.DateStyle == DateStyle.Iso && zone is null && TryFormatIso(timestamp, output))
            return;
        var offset = 0;
        var abbreviation = "";
        if (zone is not null)
            offset = zone.OffsetAt(timestamp, out abbreviation);
        var fields = DateTimeFields.Of(timestamp + offset * Calendar.MicrosPerSecond);
        var text = new StringBuilder(40);
        if (settings.DateStyle == DateStyle.Postgres)
        {
            AppendPostgresStyle(text, fields, settings);
            if (zone is not null)
                text.Append(' ').Append(NameOrOffset(abbreviation, offset));
        }
        else
        {
            AppendDate(text, fields.Year, fields.Month, fields.Day, settings);
            text.Append(' ');
            AppendTime(text, fields);
            if (zone is not null && settings.DateStyle == DateStyle.Iso)
                AppendOffset(text, offset);
            else if (zone is not null)
                text.Append(' ').Append(NameOrOffset(abbreviation, offset));
        }
        AppendEra(text, fields.Year);
        AsciiText.Write(text.ToString(), output);
    }

    /// <summary>The common case without allocation: years 1 … 9999.</summary>
    private static bool TryFormatIso(long timestamp, IBufferWriter<byte> output)
    {
        var fields = DateTimeFields.Of(timestamp);
        if (fields.Year is < 1 or > 9999)
            return false;
        var span = output.GetSpan(26);
        Digits(span, fields.Year, 4);
        span[4] = (byte)'-';
        Digits(span[5..], fields.Month, 2);
        span[7] = (byte)'-';
        Digits(span[8..], fields.Day, 2);
        span[10] = (byte)' ';
        Digits(span[11..], fields.Hour, 2);
        span[13] = (byte)':';
        Digits(span[14..], fields.Minute, 2);
        span[16] = (byte)':';
        Digits(span[17..], fields.Second, 2);
        var length = 19;
        if (fields.Micros != 0)
        {
            span[19] = (byte)'.';
            Digits(span[20..], fields.Micros, 6);
            length = 26;
            while (span[length - 1] == '0')
                length--;
        }
        output.Advance(length);
        return true;
    }

    private static void Digits(Span<byte> span, int value, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            span[i] = (byte)('0' + value % 10);
            value /= 10;
        }
    }

    private static void AppendPostgresStyle(StringBuilder text, in DateTimeFields fields, TypeSettings settings)
    {
        var weekday = Calendar.DayOfWeek(Calendar.ToJulian(fields.Year, fields.Month, fields.Day));
        var shown = fields.Year > 0 ? fields.Year : 1 - fields.Year;
        var month = DateTimeWords.Months[fields.Month - 1][..3];
        text.Append(DateTimeWords.Days[weekday].AsSpan(0, 3)).Append(' ');
        text.Append(settings.DateOrder == DateOrder.Dmy ? $"{fields.Day:D2} {month} " : $"{month} {fields.Day:D2} ");
        AppendTime(text, fields);
        text.Append($" {shown:D4}");
    }

    private static string NameOrOffset(string abbreviation, int offset)
    {
        if (abbreviation.Length > 0 && char.IsAsciiLetter(abbreviation[0]))
            return abbreviation;
        var text = new StringBuilder();
        AppendOffset(text, offset);
        return text.ToString();
    }

    /// <summary>+hh, +hh:mm, +hh:mm:ss: as much as it needs.</summary>
    public static void AppendOffset(StringBuilder text, int seconds)
    {
        text.Append(seconds < 0 ? '-' : '+');
        var magnitude = Math.Abs(seconds);
        text.Append($"{magnitude / 3600:D2}");
        if (magnitude % 3600 != 0)
            text.Append($":{magnitude / 60 % 60:D2}");
        if (magnitude % 60 != 0)
            text.Append($":{magnitude % 60:D2}");
    }
}
