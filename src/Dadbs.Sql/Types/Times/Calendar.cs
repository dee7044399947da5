namespace Dadbs.Sql.Types;

/// <summary>The proleptic Gregorian calendar by Julian day numbers, and the limits of the date and time types. Years count astronomically: 0 is 1 BC.</summary>
internal static class Calendar
{
    public const long MicrosPerSecond = 1_000_000;
    public const long MicrosPerMinute = 60 * MicrosPerSecond;
    public const long MicrosPerHour = 60 * MicrosPerMinute;
    public const long MicrosPerDay = 24 * MicrosPerHour;

    /// <summary>Julian day of 2000-01-01.</summary>
    public const int PostgresEpochJulian = 2451545;

    /// <summary>Julian day of 1970-01-01.</summary>
    public const int UnixEpochJulian = 2440588;

    /// <summary>Julian day after the last date, 5874898-01-01.</summary>
    public const int DateEndJulian = 2147483494;

    /// <summary>Days relative to 2000-01-01: 4713-11-24 BC (Julian day 0) is the first date.</summary>
    public const int DateMin = -PostgresEpochJulian;

    public const int DateEnd = DateEndJulian - PostgresEpochJulian;

    public const int DateNegativeInfinity = int.MinValue;
    public const int DateInfinity = int.MaxValue;

    /// <summary>4713-11-24 00:00:00 BC.</summary>
    public const long TimestampMin = -211813488000000000L;

    /// <summary>294277-01-01 00:00:00, exclusive.</summary>
    public const long TimestampEnd = 9223371331200000000L;

    public const long TimestampNegativeInfinity = long.MinValue;
    public const long TimestampInfinity = long.MaxValue;

    /// <summary>µs from 1970-01-01 to 2000-01-01.</summary>
    public const long UnixEpochMicros = (UnixEpochJulian - PostgresEpochJulian) * MicrosPerDay;

    public static bool IsFinite(long timestamp) => timestamp is not (TimestampInfinity or TimestampNegativeInfinity);

    public static bool IsFiniteDate(int date) => date is not (DateInfinity or DateNegativeInfinity);

    public static bool IsValidTimestamp(long micros) => micros is >= TimestampMin and < TimestampEnd;

    public static bool IsLeapYear(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    public static int DaysInMonth(int year, int month) => month switch
    {
        2 => IsLeapYear(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>Whether a date has a Julian day that PostgreSQL can hold.</summary>
    public static bool IsValidJulian(int year, int month) =>
        (year > -4713 || year == -4713 && month >= 11) && (year < 5874898 || year == 5874898 && month < 6);

    /// <summary>Julian day of a date; months past 12 and days past the month's end carry over.</summary>
    public static int ToJulian(int year, int month, int day)
    {
        // Counts from 1 March of the year -4800, so that the leap day is the last of its year.
        var shift = month > 2 ? 0 : 1;
        long y = (long)year + 4800 - shift;
        var m = month + 12 * shift - 3;
        return (int)(day + (153 * m + 2) / 5 + 365 * y + Floor(y, 4) - Floor(y, 100) + Floor(y, 400) - 32045);
    }

    private static long Floor(long value, long divisor) => value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor);

    public static (int Year, int Month, int Day) FromJulian(int julian)
    {
        var a = julian + 32044L;
        var century = Floor(4 * a + 3, 146097);
        var c = a - Floor(146097 * century, 4);
        var d = (4 * c + 3) / 1461;
        var e = c - 1461 * d / 4;
        var m = (5 * e + 2) / 153;
        return ((int)(100 * century + d - 4800 + m / 10), (int)(m + 3 - 12 * (m / 10)), (int)(e - (153 * m + 2) / 5 + 1));
    }

    public static int DateFrom(int year, int month, int day) => ToJulian(year, month, day) - PostgresEpochJulian;

    public static (int Year, int Month, int Day) SplitDate(int date) => FromJulian(date + PostgresEpochJulian);

    /// <summary>0 = Sunday.</summary>
    public static int DayOfWeek(int julian)
    {
        var day = (julian + 1L) % 7;
        return (int)(day < 0 ? day + 7 : day);
    }

    /// <summary>Days and the time within the day, for a finite timestamp.</summary>
    public static (int Date, long TimeOfDay) SplitTimestamp(long micros)
    {
        var days = Math.DivRem(micros, MicrosPerDay, out var rest);
        return rest < 0 ? ((int)days - 1, rest + MicrosPerDay) : ((int)days, rest);
    }

    /// <summary>ISO 8601 week of a date and the year it belongs to.</summary>
    public static (int Year, int Week) IsoWeek(int year, int month, int day)
    {
        var julian = ToJulian(year, month, day);
        var thursday = julian - (DayOfWeek(julian) + 6) % 7 + 3;
        var weekYear = FromJulian(thursday).Year;
        return (weekYear, (thursday - ToJulian(weekYear, 1, 1)) / 7 + 1);
    }

    /// <summary>Julian day of the Monday of an ISO week.</summary>
    public static int IsoWeekToJulian(int year, int week)
    {
        var fourth = ToJulian(year, 1, 4);
        return fourth - (DayOfWeek(fourth) + 6) % 7 + (week - 1) * 7;
    }
}

/// <summary>A timestamp taken apart, in some local time.</summary>
internal struct DateTimeFields
{
    public int Year;
    public int Month;
    public int Day;
    public int Hour;
    public int Minute;
    public int Second;
    public int Micros;

    public static DateTimeFields Of(long timestamp)
    {
        var (date, time) = Calendar.SplitTimestamp(timestamp);
        var (year, month, day) = Calendar.SplitDate(date);
        var fields = OfTime(time);
        (fields.Year, fields.Month, fields.Day) = (year, month, day);
        return fields;
    }

    public static DateTimeFields OfTime(long time) => new()
    {
        Hour = (int)(time / Calendar.MicrosPerHour),
        Minute = (int)(time / Calendar.MicrosPerMinute % 60),
        Second = (int)(time / Calendar.MicrosPerSecond % 60),
        Micros = (int)(time % Calendar.MicrosPerSecond),
    };

    public readonly long TimeOfDay => ((Hour * 60L + Minute) * 60 + Second) * Calendar.MicrosPerSecond + Micros;

    /// <summary>Null: outside the type's range.</summary>
    public readonly long? ToTimestamp()
    {
        if (!Calendar.IsValidJulian(Year, Month))
            return null;
        var value = (Int128)Calendar.DateFrom(Year, Month, Day) * Calendar.MicrosPerDay + TimeOfDay;
        return value >= Calendar.TimestampMin && value < Calendar.TimestampEnd ? (long)value : null;
    }
}
