using Dadbs.Sql.Types;
using TimeZone = Dadbs.Sql.Types.TimeZone;

namespace Dadbs.Sql.Functions;

/// <summary>extract (numeric), date_part (double precision) and date_trunc.</summary>
internal static class DateTimePartFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Scalar("extract_timestamp", (_, a) => Part(a[0], a[1].AsInt64, null, "timestamp without time zone"));
        registry.Scalar("extract_timestamptz", (context, a) => Part(a[0], a[1].AsInt64, context.TypeSettings.TimeZone, "timestamp with time zone"));
        registry.Scalar("extract_date", (_, a) => DatePart(a[0], a[1].AsInt32));
        registry.Scalar("extract_time", (_, a) => TimePart(a[0], a[1].AsInt64, null, "time without time zone"));
        registry.Scalar("extract_timetz", (_, a) => TimePart(a[0], a[1].As<TimeTzValue>().Micros, a[1].As<TimeTzValue>().OffsetSeconds, "time with time zone"));
        registry.Scalar("extract_interval", (_, a) => IntervalPart(a[0], a[1].As<IntervalValue>()));
        registry.Scalar("timestamp_part", (_, a) => AsDouble(Part(a[0], a[1].AsInt64, null, "timestamp without time zone")));
        registry.Scalar("timestamptz_part", (context, a) => AsDouble(Part(a[0], a[1].AsInt64, context.TypeSettings.TimeZone, "timestamp with time zone")));
        registry.Scalar("date_part(text,date)", (_, a) => AsDouble(Part(a[0], DateTimeFunctions.DateToTimestamp(a[1].AsInt32), null, "timestamp without time zone")));
        registry.Scalar("time_part", (_, a) => AsDouble(TimePart(a[0], a[1].AsInt64, null, "time without time zone")));
        registry.Scalar("timetz_part", (_, a) => AsDouble(TimePart(a[0], a[1].As<TimeTzValue>().Micros, a[1].As<TimeTzValue>().OffsetSeconds, "time with time zone")));
        registry.Scalar("interval_part", (_, a) => AsDouble(IntervalPart(a[0], a[1].As<IntervalValue>())));
        registry.Scalar("timestamp_trunc", (_, a) => Datum.FromInt64(Truncate(a[0], a[1].AsInt64, "timestamp without time zone")));
        registry.Scalar("timestamptz_trunc", (context, a) => TruncateInZone(a[0], a[1].AsInt64, context.TypeSettings.TimeZone));
        registry.Scalar("timestamptz_trunc_zone", (_, a) => TruncateInZone(a[0], a[1].AsInt64, DateTimeFunctions.Zone(a[2])));
        registry.Scalar("interval_trunc", (_, a) => TruncateInterval(a[0], a[1].As<IntervalValue>()));
    }

    private static Datum AsDouble(Datum numeric) => numeric.IsNull ? numeric : Datum.FromDouble(NumericFunctions.ToDouble(numeric));

    private static Datum Whole(long value) => Numerics.FromInt64(value);

    private static string Field(Datum name) => name.AsString().ToLowerInvariant() switch
    {
        "mil" or "mils" or "millennia" => "millennium",
        "cent" or "c" or "centuries" => "century",
        "dec" or "decs" or "decades" => "decade",
        "y" or "yr" or "yrs" or "years" => "year",
        "qtr" => "quarter",
        "mon" or "mons" or "months" => "month",
        "w" or "weeks" => "week",
        "d" or "days" => "day",
        "h" or "hr" or "hrs" or "hours" => "hour",
        "m" or "min" or "mins" or "minutes" => "minute",
        "s" or "sec" or "secs" or "seconds" => "second",
        "ms" or "msec" or "msecs" or "millisecond" or "mseconds" => "milliseconds",
        "us" or "usec" or "usecs" or "microsecond" or "useconds" => "microseconds",
        "j" or "jd" => "julian",
        var field => field,
    };

    private static SqlException Unsupported(Datum name, string type) =>
        new(SqlState.FeatureNotSupported, $"unit \"{name.AsString().ToLowerInvariant()}\" not supported for type {type}");

    private static SqlException Unrecognized(Datum name, string type) =>
        new(SqlState.InvalidParameterValue, $"unit \"{name.AsString().ToLowerInvariant()}\" not recognized for type {type}");

    /// <summary>date_trunc knows the units; of the fields that only extract has, the zone's are refused otherwise.</summary>
    private static SqlException RefuseTruncation(Datum name, string type) =>
        Field(name).StartsWith("timezone", StringComparison.Ordinal) ? Unsupported(name, type) : Unrecognized(name, type);

    private static bool IsKnown(string field) => field is "millennium" or "century" or "decade" or "year" or "quarter" or "month" or "week" or "day" or "hour" or "minute"
        or "second" or "milliseconds" or "microseconds" or "julian" or "isoyear" or "dow" or "isodow" or "doy" or "epoch" or "timezone" or "timezone_hour" or "timezone_minute";

    private static SqlException Refuse(Datum name, string type) => IsKnown(Field(name)) ? Unsupported(name, type) : Unrecognized(name, type);

    private static Datum Part(Datum name, long timestamp, TimeZone? zone, string type)
    {
        var field = Field(name);
        if (!Calendar.IsFinite(timestamp))
            return InfinitePart(name, field, timestamp, type);
        var offset = zone?.OffsetAt(timestamp) ?? 0;
        if (field == "epoch")
            return Numerics.FromBig((System.Numerics.BigInteger)timestamp - Calendar.UnixEpochMicros, 6);
        if (zone is not null && field.StartsWith("timezone", StringComparison.Ordinal))
            return field switch
            {
                "timezone" => Whole(offset),
                "timezone_hour" => Whole(offset / 3600),
                "timezone_minute" => Whole(offset / 60 % 60),
                _ => throw Refuse(name, type),
            };
        var fields = DateTimeFields.Of(timestamp + offset * Calendar.MicrosPerSecond);
        return ClockPart(field, fields) ?? CalendarPart(field, fields) ?? throw Refuse(name, type);
    }

    /// <summary>Fields that grow without end are infinite, cyclic ones NULL.</summary>
    private static Datum InfinitePart(Datum name, string field, long timestamp, string type) => field switch
    {
        "year" or "decade" or "century" or "millennium" or "julian" or "isoyear" or "epoch" =>
            Datum.FromObject(timestamp > 0 ? BigNumeric.PositiveInfinity : BigNumeric.NegativeInfinity),
        "microseconds" or "milliseconds" or "second" or "minute" or "hour" or "day" or "month" or "quarter" or "week" or "dow" or "isodow" or "doy"
            or "timezone" or "timezone_hour" or "timezone_minute" => Datum.Null,
        _ => throw Refuse(name, type),
    };

    private static Datum? ClockPart(string field, in DateTimeFields fields) => field switch
    {
        "microseconds" => Whole(fields.Second * Calendar.MicrosPerSecond + fields.Micros),
        "milliseconds" => Numerics.Small(fields.Second * Calendar.MicrosPerSecond + fields.Micros, 3),
        "second" => Numerics.Small(fields.Second * Calendar.MicrosPerSecond + fields.Micros, 6),
        "minute" => Whole(fields.Minute),
        "hour" => Whole(fields.Hour),
        _ => null,
    };

    private static Datum? CalendarPart(string field, in DateTimeFields fields)
    {
        var julian = Calendar.ToJulian(fields.Year, fields.Month, fields.Day);
        return field switch
        {
            "day" => Whole(fields.Day),
            "month" => Whole(fields.Month),
            "quarter" => Whole((fields.Month - 1) / 3 + 1),
            "week" => Whole(Calendar.IsoWeek(fields.Year, fields.Month, fields.Day).Week),
            "year" => Whole(fields.Year > 0 ? fields.Year : fields.Year - 1),
            "isoyear" => Whole(Calendar.IsoWeek(fields.Year, fields.Month, fields.Day).Year is var year && year > 0 ? year : year - 1),
            "decade" => Whole(fields.Year >= 0 ? fields.Year / 10 : -((8 - (fields.Year - 1)) / 10)),
            "century" => Whole(fields.Year > 0 ? (fields.Year + 99) / 100 : -((99 - (fields.Year - 1)) / 100)),
            "millennium" => Whole(fields.Year > 0 ? (fields.Year + 999) / 1000 : -((999 - (fields.Year - 1)) / 1000)),
            "dow" => Whole(Calendar.DayOfWeek(julian)),
            "isodow" => Whole(Calendar.DayOfWeek(julian) is var day && day == 0 ? 7 : day),
            "doy" => Whole(julian - Calendar.ToJulian(fields.Year, 1, 1) + 1),
            "julian" => JulianPart(julian, fields.TimeOfDay),
            _ => null,
        };
    }

    private static Datum JulianPart(int julian, long timeOfDay) => NumericArithmetic.Add(
        Numerics.FromInt64(julian),
        NumericArithmetic.Divide(Numerics.FromInt64(timeOfDay), Numerics.FromInt64(Calendar.MicrosPerDay)));

    private static Datum DatePart(Datum name, int date)
    {
        const string Type = "date";
        var field = Field(name);
        if (!Calendar.IsFiniteDate(date))
        {
            if (field is "hour" or "minute" or "second" or "milliseconds" or "microseconds" || field.StartsWith("timezone", StringComparison.Ordinal))
                throw Refuse(name, Type);
            return InfinitePart(name, field, date, Type);
        }
        if (field == "epoch")
            return Whole((date + (long)(Calendar.PostgresEpochJulian - Calendar.UnixEpochJulian)) * 86_400);
        if (field == "julian")
            return Whole(date + Calendar.PostgresEpochJulian);
        var (year, month, day) = Calendar.SplitDate(date);
        return CalendarPart(field, new DateTimeFields { Year = year, Month = month, Day = day }) ?? throw Refuse(name, Type);
    }

    private static Datum TimePart(Datum name, long micros, int? offset, string type)
    {
        var field = Field(name);
        if (field == "epoch")
            return Numerics.Small(micros - (offset ?? 0) * Calendar.MicrosPerSecond, 6);
        if (offset is { } seconds)
        {
            switch (field)
            {
                case "timezone":
                    return Whole(seconds);
                case "timezone_hour":
                    return Whole(seconds / 3600);
                case "timezone_minute":
                    return Whole(seconds / 60 % 60);
            }
        }
        return ClockPart(field, DateTimeFields.OfTime(micros)) ?? throw Refuse(name, type);
    }

    private static Datum IntervalPart(Datum name, IntervalValue interval)
    {
        var (years, months) = (interval.Months / 12, interval.Months % 12);
        var seconds = interval.Micros % Calendar.MicrosPerMinute;
        return Field(name) switch
        {
            "microseconds" => Whole(seconds),
            "milliseconds" => Numerics.Small(seconds, 3),
            "second" => Numerics.Small(seconds, 6),
            "minute" => Whole(interval.Micros / Calendar.MicrosPerMinute % 60),
            "hour" => Whole(interval.Micros / Calendar.MicrosPerHour),
            "day" => Whole(interval.Days),
            "month" => Whole(months),
            "quarter" => Whole(months / 3 + 1),
            "year" => Whole(years),
            "decade" => Whole(years / 10),
            "century" => Whole(years / 100),
            "millennium" => Whole(years / 1000),
            // Years count 365.25 days, months 30.
            "epoch" => Numerics.FromInt128((Int128)years * 31_557_600 * 1_000_000 + ((Int128)months * 30 + interval.Days) * Calendar.MicrosPerDay + interval.Micros, 6),
            _ => throw Refuse(name, "interval"),
        };
    }

    private static Datum TruncateInZone(Datum name, long instant, TimeZone zone)
    {
        if (!Calendar.IsFinite(instant))
            return Datum.FromInt64(instant);
        var local = Truncate(name, zone.ToLocal(instant), "timestamp with time zone");
        // Below a day the offset stays: an hour in an overlap keeps its side.
        var keepsOffset = Field(name) is "hour" or "minute" or "second" or "milliseconds" or "microseconds";
        return Datum.FromInt64(keepsOffset ? local - zone.OffsetAt(instant) * Calendar.MicrosPerSecond : zone.ToUtc(local));
    }

    private static long Truncate(Datum name, long timestamp, string type)
    {
        if (!Calendar.IsFinite(timestamp))
            return timestamp;
        var fields = DateTimeFields.Of(timestamp);
        var (date, time) = Calendar.SplitTimestamp(timestamp);
        var midnight = date * Calendar.MicrosPerDay;
        switch (Field(name))
        {
            case "microseconds":
                return timestamp;
            case "milliseconds":
                return midnight + time / 1000 * 1000;
            case "second":
                return midnight + time / Calendar.MicrosPerSecond * Calendar.MicrosPerSecond;
            case "minute":
                return midnight + time / Calendar.MicrosPerMinute * Calendar.MicrosPerMinute;
            case "hour":
                return midnight + time / Calendar.MicrosPerHour * Calendar.MicrosPerHour;
            case "day":
                return midnight;
            case "week":
                var julian = date + Calendar.PostgresEpochJulian;
                return (date - (Calendar.DayOfWeek(julian) + 6) % 7) * Calendar.MicrosPerDay;
            case "month":
                return Start(fields.Year, fields.Month);
            case "quarter":
                return Start(fields.Year, (fields.Month - 1) / 3 * 3 + 1);
            case "year":
                return Start(fields.Year, 1);
            case "decade":
                return Start(fields.Year > 0 ? fields.Year / 10 * 10 : -((8 - (fields.Year - 1)) / 10) * 10, 1);
            case "century":
                return Start(fields.Year > 0 ? (fields.Year + 99) / 100 * 100 - 99 : -((99 - (fields.Year - 1)) / 100) * 100 + 1, 1);
            case "millennium":
                return Start(fields.Year > 0 ? (fields.Year + 999) / 1000 * 1000 - 999 : -((999 - (fields.Year - 1)) / 1000) * 1000 + 1, 1);
            default:
                throw RefuseTruncation(name, type);
        }
    }

    private static long Start(int year, int month) => Calendar.DateFrom(year, month, 1) * Calendar.MicrosPerDay;

    private static Datum TruncateInterval(Datum name, IntervalValue a)
    {
        long Cut(long unit) => a.Micros / unit * unit;
        IntervalValue Months(int unit) => new(a.Months / unit * unit, 0, 0);
        return (Field(name) switch
        {
            "microseconds" => a,
            "milliseconds" => a with { Micros = Cut(1000) },
            "second" => a with { Micros = Cut(Calendar.MicrosPerSecond) },
            "minute" => a with { Micros = Cut(Calendar.MicrosPerMinute) },
            "hour" => a with { Micros = Cut(Calendar.MicrosPerHour) },
            "day" => a with { Micros = 0 },
            "month" => Months(1),
            "quarter" => Months(3),
            "year" => Months(12),
            "decade" => Months(120),
            "century" => Months(1200),
            "millennium" => Months(12000),
            "week" => throw new SqlException(SqlState.FeatureNotSupported, "unit \"week\" not supported for type interval") { Detail = "Months usually have fractional weeks." },
            _ => throw RefuseTruncation(name, "interval"),
        }).ToDatum();
    }
}
