using Dadbs.Sql.Types;
using TimeZone = Dadbs.Sql.Types.TimeZone;

namespace Dadbs.Sql.Functions;

/// <summary>The clock as captured, arithmetic, casts and comparisons across the date and time types, AT TIME ZONE, make_*, age.</summary>
internal static class DateTimeFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Scalar("now", (context, _) => Datum.FromInt64(context.TransactionTimeMicros));
        registry.Scalar("statement_timestamp", (context, _) => Datum.FromInt64(context.StatementTimeMicros));
        registry.Scalar("clock_timestamp", (context, _) => Datum.FromInt64(context.ClockMicros));
        registry.Scalar("timeofday", (context, _) => TimeOfDay(context));
        RegisterDates(registry);
        RegisterTimestamps(registry);
        RegisterTimes(registry);
        RegisterIntervals(registry);
        RegisterCasts(registry);
        RegisterMixedComparisons(registry);
        RegisterConstructors(registry);
        registry.Scalar("timestamp_finite", (_, a) => Datum.FromBool(Calendar.IsFinite(a[0].AsInt64)));
        registry.Scalar("date_finite", (_, a) => Datum.FromBool(Calendar.IsFiniteDate(a[0].AsInt32)));
        registry.Scalar("interval_finite", (_, _) => Datum.True);
    }

    private static Datum TimeOfDay(EvaluationContext context)
    {
        var zone = context.TypeSettings.TimeZone;
        var offset = zone.OffsetAt(context.ClockMicros, out var abbreviation);
        var fields = DateTimeFields.Of(context.ClockMicros + offset * Calendar.MicrosPerSecond);
        var day = DateTimeWords.Days[Calendar.DayOfWeek(Calendar.ToJulian(fields.Year, fields.Month, fields.Day))][..3];
        return Datum.FromString($"{day} {DateTimeWords.Months[fields.Month - 1][..3]} {fields.Day:D2} {fields.Hour:D2}:{fields.Minute:D2}:{fields.Second:D2}.{fields.Micros:D6} {fields.Year:D4} {abbreviation}");
    }

    private static SqlException DateOutOfRange() => new(SqlState.DatetimeFieldOverflow, "date out of range");

    private static SqlException TimestampOutOfRange() => new(SqlState.DatetimeFieldOverflow, "timestamp out of range");

    private static Datum Date(long date) =>
        date is >= Calendar.DateMin and < Calendar.DateEnd ? Datum.FromInt64(date) : throw DateOutOfRange();

    /// <summary>date → timestamp, infinities kept; 22008.</summary>
    public static long DateToTimestamp(int date)
    {
        if (!Calendar.IsFiniteDate(date))
            return date > 0 ? Calendar.TimestampInfinity : Calendar.TimestampNegativeInfinity;
        return date >= Calendar.TimestampEnd / Calendar.MicrosPerDay
            ? throw new SqlException(SqlState.DatetimeFieldOverflow, "date out of range for timestamp")
            : date * Calendar.MicrosPerDay;
    }

    /// <summary>timestamp in a zone → instant.</summary>
    private static long ToInstant(long local, TimeZone zone)
    {
        if (!Calendar.IsFinite(local))
            return local;
        var utc = zone.ToUtc(local);
        return Calendar.IsValidTimestamp(utc) ? utc : throw TimestampOutOfRange();
    }

    private static long ToLocal(long instant, TimeZone zone)
    {
        if (!Calendar.IsFinite(instant))
            return instant;
        var local = zone.ToLocal(instant);
        return Calendar.IsValidTimestamp(local) ? local : throw TimestampOutOfRange();
    }

    private static int TimestampToDate(long timestamp) => Calendar.IsFinite(timestamp)
        ? Calendar.SplitTimestamp(timestamp).Date
        : timestamp > 0 ? Calendar.DateInfinity : Calendar.DateNegativeInfinity;

    private static void RegisterDates(FunctionRegistry registry)
    {
        registry.Scalar("date_pli", (_, a) => Calendar.IsFiniteDate(a[0].AsInt32) ? Date(a[0].Bits + a[1].Bits) : a[0]);
        registry.Scalar("date_mii", (_, a) => Calendar.IsFiniteDate(a[0].AsInt32) ? Date(a[0].Bits - a[1].Bits) : a[0]);
        registry.Scalar("integer_pl_date(int4,date)", (_, a) => Calendar.IsFiniteDate(a[1].AsInt32) ? Date(a[0].Bits + a[1].Bits) : a[1]);
        registry.Scalar("date_mi", (_, a) => Calendar.IsFiniteDate(a[0].AsInt32) && Calendar.IsFiniteDate(a[1].AsInt32)
            ? Datum.FromInt64(a[0].Bits - a[1].Bits)
            : throw new SqlException(SqlState.DatetimeFieldOverflow, "cannot subtract infinite dates"));
        registry.Scalar("date_pl_interval", (_, a) => Datum.FromInt64(IntervalArithmetic.AddToTimestamp(DateToTimestamp(a[0].AsInt32), a[1].As<IntervalValue>())));
        registry.Scalar("date_mi_interval", (_, a) => Datum.FromInt64(IntervalArithmetic.AddToTimestamp(DateToTimestamp(a[0].AsInt32), IntervalArithmetic.Negate(a[1].As<IntervalValue>()))));
        registry.Scalar("interval_pl_date(interval,date)", (_, a) => Datum.FromInt64(IntervalArithmetic.AddToTimestamp(DateToTimestamp(a[1].AsInt32), a[0].As<IntervalValue>())));
        registry.Scalar("datetime_timestamp", (_, a) => DateAndTime(a[0], a[1]));
        registry.Scalar("timedate_pl(time,date)", (_, a) => DateAndTime(a[1], a[0]));
        registry.Scalar("datetimetz_timestamptz", (_, a) => Datum.FromInt64(Calendar.IsFiniteDate(a[0].AsInt32)
            ? DateToTimestamp(a[0].AsInt32) + a[1].As<TimeTzValue>().UtcMicros
            : DateToTimestamp(a[0].AsInt32)));
    }

    private static Datum DateAndTime(Datum date, Datum time)
    {
        var timestamp = DateToTimestamp(date.AsInt32);
        return Datum.FromInt64(Calendar.IsFinite(timestamp) ? timestamp + time.AsInt64 : timestamp);
    }

    private static void RegisterTimestamps(FunctionRegistry registry)
    {
        registry.Scalar("timestamp_mi", (_, a) => IntervalArithmetic.Difference(a[0].AsInt64, a[1].AsInt64).ToDatum());
        registry.Scalar("timestamp_pl_interval", (_, a) => Datum.FromInt64(IntervalArithmetic.AddToTimestamp(a[0].AsInt64, a[1].As<IntervalValue>())));
        registry.Scalar("timestamp_mi_interval", (_, a) => Datum.FromInt64(IntervalArithmetic.AddToTimestamp(a[0].AsInt64, IntervalArithmetic.Negate(a[1].As<IntervalValue>()))));
        registry.Scalar("interval_pl_timestamp(interval,timestamp)", (_, a) => Datum.FromInt64(IntervalArithmetic.AddToTimestamp(a[1].AsInt64, a[0].As<IntervalValue>())));
        registry.Scalar("timestamptz_pl_interval", (context, a) =>
            Datum.FromInt64(IntervalArithmetic.AddToInstant(a[0].AsInt64, a[1].As<IntervalValue>(), context.TypeSettings.TimeZone)));
        registry.Scalar("timestamptz_mi_interval", (context, a) =>
            Datum.FromInt64(IntervalArithmetic.AddToInstant(a[0].AsInt64, IntervalArithmetic.Negate(a[1].As<IntervalValue>()), context.TypeSettings.TimeZone)));
        registry.Scalar("interval_pl_timestamptz(interval,timestamptz)", (context, a) =>
            Datum.FromInt64(IntervalArithmetic.AddToInstant(a[1].AsInt64, a[0].As<IntervalValue>(), context.TypeSettings.TimeZone)));
        registry.Scalar("timestamp_age", (_, a) => Age(a[0].AsInt64, a[1].AsInt64));
        registry.Scalar("timestamptz_age", (context, a) => Age(ToLocal(a[0].AsInt64, context.TypeSettings.TimeZone), ToLocal(a[1].AsInt64, context.TypeSettings.TimeZone)));
        registry.Scalar("age(timestamp)", (context, a) => Age(Today(context), a[0].AsInt64));
        registry.Scalar("age(timestamptz)", (context, a) => Age(Today(context), ToLocal(a[0].AsInt64, context.TypeSettings.TimeZone)));
        registry.Scalar("timestamp_zone", (_, a) => Calendar.IsFinite(a[1].AsInt64) ? Datum.FromInt64(ToInstant(a[1].AsInt64, Zone(a[0]))) : a[1]);
        registry.Scalar("timestamptz_zone", (_, a) => Calendar.IsFinite(a[1].AsInt64) ? Datum.FromInt64(ToLocal(a[1].AsInt64, Zone(a[0]))) : a[1]);
        registry.Scalar("timestamp_izone", (_, a) => Datum.FromInt64(ToInstant(a[1].AsInt64, IntervalZone(a[0].As<IntervalValue>()))));
        registry.Scalar("timestamptz_izone", (_, a) => Datum.FromInt64(ToLocal(a[1].AsInt64, IntervalZone(a[0].As<IntervalValue>()))));
        registry.Scalar("float8_timestamptz", (_, a) => FromUnixSeconds(a[0].AsDouble));
    }

    /// <summary>PostgreSQL 15 computes nonsense from infinities; here they are refused (22008).</summary>
    private static Datum Age(long later, long earlier) => Calendar.IsFinite(later) && Calendar.IsFinite(earlier)
        ? IntervalArithmetic.Age(later, earlier).ToDatum()
        : throw TimestampOutOfRange();

    /// <summary>Midnight of the transaction's day in the session's zone.</summary>
    private static long Today(EvaluationContext context) =>
        Calendar.SplitTimestamp(context.TypeSettings.TimeZone.ToLocal(context.TransactionTimeMicros)).Date * Calendar.MicrosPerDay;

    /// <summary>A zone by name, abbreviation or POSIX specification; 22023.</summary>
    public static TimeZone Zone(Datum name)
    {
        var text = name.AsString();
        if (TimeZoneAbbreviations.Find(text.ToLowerInvariant()) is { } seconds)
            return TimeZone.FromOffset(seconds, text);
        return TimeZone.Find(text) ?? TimeZone.FindPosix(text) ?? throw new SqlException(SqlState.InvalidParameterValue, $"time zone \"{text}\" not recognized");
    }

    private static TimeZone IntervalZone(IntervalValue offset)
    {
        if (offset.Months != 0 || offset.Days != 0)
        {
            var text = new System.Buffers.ArrayBufferWriter<byte>();
            IntervalText.Format(offset, text, IntervalStyle.Postgres);
            throw new SqlException(SqlState.InvalidParameterValue, $"interval time zone \"{System.Text.Encoding.ASCII.GetString(text.WrittenSpan)}\" must not include months or days");
        }
        return TimeZone.FromOffset((int)(offset.Micros / Calendar.MicrosPerSecond), "");
    }

    private static Datum FromUnixSeconds(double seconds)
    {
        if (double.IsNaN(seconds))
            throw new SqlException(SqlState.DatetimeFieldOverflow, "timestamp cannot be NaN");
        if (double.IsInfinity(seconds))
            return Datum.FromInt64(seconds > 0 ? Calendar.TimestampInfinity : Calendar.TimestampNegativeInfinity);
        var micros = Math.Round((seconds - 946_684_800) * Calendar.MicrosPerSecond, MidpointRounding.ToEven);
        if (micros < Calendar.TimestampMin || micros >= Calendar.TimestampEnd)
        {
            var text = new System.Buffers.ArrayBufferWriter<byte>();
            FloatText.FormatRounded(seconds, 6, text);
            throw new SqlException(SqlState.DatetimeFieldOverflow, $"timestamp out of range: \"{System.Text.Encoding.ASCII.GetString(text.WrittenSpan)}\"");
        }
        return Datum.FromInt64((long)micros);
    }

    private static void RegisterTimes(FunctionRegistry registry)
    {
        registry.Scalar("time_pl_interval", (_, a) => TimeWithin(a[0].AsInt64, a[1].As<IntervalValue>().Micros));
        registry.Scalar("time_mi_interval", (_, a) => TimeWithin(a[0].AsInt64, -a[1].As<IntervalValue>().Micros));
        registry.Scalar("interval_pl_time(interval,time)", (_, a) => TimeWithin(a[1].AsInt64, a[0].As<IntervalValue>().Micros));
        registry.Scalar("time_mi_time", (_, a) => new IntervalValue(0, 0, a[0].AsInt64 - a[1].AsInt64).ToDatum());
        registry.Scalar("timetz_pl_interval", (_, a) => Shift(a[0].As<TimeTzValue>(), a[1].As<IntervalValue>().Micros));
        registry.Scalar("timetz_mi_interval", (_, a) => Shift(a[0].As<TimeTzValue>(), -a[1].As<IntervalValue>().Micros));
        registry.Scalar("timetz_izone", (_, a) => AtOffset(a[1].As<TimeTzValue>(), IntervalZone(a[0].As<IntervalValue>()).OffsetAt(0)));
        registry.Scalar("timetz_zone", (context, a) => AtOffset(a[1].As<TimeTzValue>(), Zone(a[0]).OffsetAt(context.TransactionTimeMicros)));
    }

    private static Datum TimeWithin(long time, long delta)
    {
        var sum = (time + delta % Calendar.MicrosPerDay) % Calendar.MicrosPerDay;
        return Datum.FromInt64(sum < 0 ? sum + Calendar.MicrosPerDay : sum);
    }

    private static Datum Shift(TimeTzValue time, long delta) => Datum.FromObject(time with { Micros = TimeWithin(time.Micros, delta).AsInt64 });

    private static Datum AtOffset(TimeTzValue time, int offset) =>
        Datum.FromObject(new TimeTzValue(TimeWithin(time.UtcMicros, offset * Calendar.MicrosPerSecond).AsInt64, offset));

    private static void RegisterIntervals(FunctionRegistry registry)
    {
        registry.Scalar("interval_pl", (_, a) => IntervalArithmetic.Add(a[0].As<IntervalValue>(), a[1].As<IntervalValue>()).ToDatum());
        registry.Scalar("interval_mi", (_, a) => IntervalArithmetic.Add(a[0].As<IntervalValue>(), IntervalArithmetic.Negate(a[1].As<IntervalValue>())).ToDatum());
        registry.Scalar("interval_um", (_, a) => IntervalArithmetic.Negate(a[0].As<IntervalValue>()).ToDatum());
        registry.Scalar("interval_mul", (_, a) => IntervalArithmetic.Multiply(a[0].As<IntervalValue>(), a[1].AsDouble).ToDatum());
        registry.Scalar("mul_d_interval", (_, a) => IntervalArithmetic.Multiply(a[1].As<IntervalValue>(), a[0].AsDouble).ToDatum());
        registry.Scalar("interval_div", (_, a) => IntervalArithmetic.Divide(a[0].As<IntervalValue>(), a[1].AsDouble).ToDatum());
        registry.Scalar("interval_justify_hours", (_, a) => IntervalArithmetic.JustifyHours(a[0].As<IntervalValue>()).ToDatum());
        registry.Scalar("interval_justify_days", (_, a) => IntervalArithmetic.JustifyDays(a[0].As<IntervalValue>()).ToDatum());
        registry.Scalar("interval_justify_interval", (_, a) => IntervalArithmetic.Justify(a[0].As<IntervalValue>()).ToDatum());
    }

    private static void RegisterCasts(FunctionRegistry registry)
    {
        registry.Scalar("date_timestamp", (_, a) => Datum.FromInt64(DateToTimestamp(a[0].AsInt32)));
        registry.Scalar("date_timestamptz", (context, a) => Datum.FromInt64(ToInstant(DateToTimestamp(a[0].AsInt32), context.TypeSettings.TimeZone)));
        registry.Scalar("timestamp_date", (_, a) => Datum.FromInt32(TimestampToDate(a[0].AsInt64)));
        registry.Scalar("timestamptz_date", (context, a) => Datum.FromInt32(TimestampToDate(ToLocal(a[0].AsInt64, context.TypeSettings.TimeZone))));
        registry.Scalar("timestamp_timestamptz", (context, a) => Datum.FromInt64(ToInstant(a[0].AsInt64, context.TypeSettings.TimeZone)));
        registry.Scalar("timestamptz_timestamp", (context, a) => Datum.FromInt64(ToLocal(a[0].AsInt64, context.TypeSettings.TimeZone)));
        registry.Scalar("timestamp_time", (_, a) => Calendar.IsFinite(a[0].AsInt64) ? Datum.FromInt64(Calendar.SplitTimestamp(a[0].AsInt64).TimeOfDay) : Datum.Null);
        registry.Scalar("timestamptz_time", (context, a) => Calendar.IsFinite(a[0].AsInt64)
            ? Datum.FromInt64(Calendar.SplitTimestamp(ToLocal(a[0].AsInt64, context.TypeSettings.TimeZone)).TimeOfDay)
            : Datum.Null);
        registry.Scalar("timestamptz_timetz", (context, a) => ToTimeTz(a[0].AsInt64, context.TypeSettings.TimeZone));
        registry.Scalar("time_timetz", (context, a) =>
            Datum.FromObject(new TimeTzValue(a[0].AsInt64, context.TypeSettings.TimeZone.OffsetAt(context.TransactionTimeMicros))));
        registry.Scalar("timetz_time", (_, a) => Datum.FromInt64(a[0].As<TimeTzValue>().Micros));
        registry.Scalar("time_interval", (_, a) => new IntervalValue(0, 0, a[0].AsInt64).ToDatum());
        registry.Scalar("interval_time", (_, a) => TimeWithin(0, a[0].As<IntervalValue>().Micros));
        registry.Scalar("timestamp_scale", (_, a) => TimestampOperations.Instance.ApplyModifier(a[0], a[1].AsInt32, true));
        registry.Scalar("timestamptz_scale", (_, a) => TimestampOperations.Instance.ApplyModifier(a[0], a[1].AsInt32, true));
        registry.Scalar("time_scale", (_, a) => TimeOperations.Instance.ApplyModifier(a[0], a[1].AsInt32, true));
        registry.Scalar("timetz_scale", (_, a) => TimeTzOperations.Instance.ApplyModifier(a[0], a[1].AsInt32, true));
        registry.Scalar("interval_scale", (_, a) => IntervalOperations.Instance.ApplyModifier(a[0], a[1].AsInt32, true));
    }

    private static Datum ToTimeTz(long instant, TimeZone zone)
    {
        if (!Calendar.IsFinite(instant))
            return Datum.Null;
        var offset = zone.OffsetAt(instant);
        return Datum.FromObject(new TimeTzValue(Calendar.SplitTimestamp(instant + offset * Calendar.MicrosPerSecond).TimeOfDay, offset));
    }

    private static void RegisterMixedComparisons(FunctionRegistry registry)
    {
        // Each side brought to a timestamp, or to an instant in the session's zone where one of them is one.
        Mixed(registry, "date_", "_timestamp", (_, a) => DateToTimestampForCompare(a).CompareTo, (_, b) => b.AsInt64);
        Mixed(registry, "timestamp_", "_date", (_, a) => a.AsInt64.CompareTo, (_, b) => DateToTimestampForCompare(b));
        Mixed(registry, "date_", "_timestamptz", (c, a) => Instant(c, DateToTimestampForCompare(a)).CompareTo, (_, b) => b.AsInt64);
        Mixed(registry, "timestamptz_", "_date", (_, a) => a.AsInt64.CompareTo, (c, b) => Instant(c, DateToTimestampForCompare(b)));
        Mixed(registry, "timestamp_", "_timestamptz", (c, a) => Instant(c, a.AsInt64).CompareTo, (_, b) => b.AsInt64);
        Mixed(registry, "timestamptz_", "_timestamp", (_, a) => a.AsInt64.CompareTo, (c, b) => Instant(c, b.AsInt64));
    }

    /// <summary>A date past timestamp's range is later than every timestamp.</summary>
    private static long DateToTimestampForCompare(Datum date) =>
        Calendar.IsFiniteDate(date.AsInt32) && date.AsInt32 >= Calendar.TimestampEnd / Calendar.MicrosPerDay ? Calendar.TimestampInfinity - 1 : DateToTimestamp(date.AsInt32);

    private static long Instant(EvaluationContext context, long local) =>
        local is Calendar.TimestampInfinity or Calendar.TimestampNegativeInfinity or Calendar.TimestampInfinity - 1 ? local : context.TypeSettings.TimeZone.ToUtc(local);

    private static void Mixed(FunctionRegistry registry, string prefix, string suffix, Func<EvaluationContext, Datum, Func<long, int>> left, Func<EvaluationContext, Datum, long> right)
    {
        int Order(EvaluationContext context, ReadOnlySpan<Datum> a) => left(context, a[0])(right(context, a[1]));
        registry.Scalar(prefix + "eq" + suffix, (c, a) => Datum.FromBool(Order(c, a) == 0));
        registry.Scalar(prefix + "ne" + suffix, (c, a) => Datum.FromBool(Order(c, a) != 0));
        registry.Scalar(prefix + "lt" + suffix, (c, a) => Datum.FromBool(Order(c, a) < 0));
        registry.Scalar(prefix + "le" + suffix, (c, a) => Datum.FromBool(Order(c, a) <= 0));
        registry.Scalar(prefix + "gt" + suffix, (c, a) => Datum.FromBool(Order(c, a) > 0));
        registry.Scalar(prefix + "ge" + suffix, (c, a) => Datum.FromBool(Order(c, a) >= 0));
        registry.Scalar(prefix + "cmp" + suffix, (c, a) => Datum.FromInt32(Math.Sign(Order(c, a))));
    }

    private static void RegisterConstructors(FunctionRegistry registry)
    {
        registry.Scalar("make_date", (_, a) => MakeDate(a[0].AsInt32, a[1].AsInt32, a[2].AsInt32));
        registry.Scalar("make_time", (_, a) => Datum.FromInt64(MakeTime(a[0].AsInt32, a[1].AsInt32, a[2].AsDouble)));
        registry.Scalar("make_timestamp", (_, a) => Datum.FromInt64(MakeTimestamp(a)));
        registry.Scalar("make_timestamptz", (context, a) => Datum.FromInt64(ToInstant(MakeTimestamp(a), context.TypeSettings.TimeZone)));
        registry.Scalar("make_timestamptz_at_timezone", (_, a) => Datum.FromInt64(ToInstant(MakeTimestamp(a), Zone(a[6]))));
        var zero = Datum.FromInt32(0);
        registry.Scalar("make_interval(int4,int4,int4,int4,int4,int4,float8)", [zero, zero, zero, zero, zero, zero, Datum.FromDouble(0)], (_, a) => MakeInterval(a));
    }

    private static Datum MakeDate(int year, int month, int day)
    {
        var isBeforeChrist = year < 0;
        var astronomical = isBeforeChrist ? year + 1 : year;
        if (year == 0 || month is < 1 or > 12 || day < 1 || day > Calendar.DaysInMonth(astronomical, month))
            throw new SqlException(SqlState.DatetimeFieldOverflow, $"date field value out of range: {year}-{month:D2}-{day:D2}");
        if (!Calendar.IsValidJulian(astronomical, month))
            throw new SqlException(SqlState.DatetimeFieldOverflow, $"date out of range: {year}-{month:D2}-{day:D2}");
        return Date(Calendar.DateFrom(astronomical, month, day));
    }

    private static long MakeTime(int hour, int minute, double seconds)
    {
        if (hour is < 0 or > 24 || minute is < 0 or > 59 || !(seconds >= 0 && seconds <= 60) || hour == 24 && (minute > 0 || seconds > 0))
        {
            var text = new System.Buffers.ArrayBufferWriter<byte>();
            FloatText.Format(seconds, 1, text);
            throw new SqlException(SqlState.DatetimeFieldOverflow, $"time field value out of range: {hour}:{minute:D2}:{System.Text.Encoding.ASCII.GetString(text.WrittenSpan).PadLeft(2, '0')}");
        }
        return (hour * 60L + minute) * Calendar.MicrosPerMinute + (long)Math.Round(seconds * Calendar.MicrosPerSecond, MidpointRounding.ToEven);
    }

    private static long MakeTimestamp(ReadOnlySpan<Datum> a)
    {
        var date = MakeDate(a[0].AsInt32, a[1].AsInt32, a[2].AsInt32).Bits;
        var timestamp = (Int128)date * Calendar.MicrosPerDay + MakeTime(a[3].AsInt32, a[4].AsInt32, a[5].AsDouble);
        return timestamp >= Calendar.TimestampMin && timestamp < Calendar.TimestampEnd ? (long)timestamp : throw TimestampOutOfRange();
    }

    private static Datum MakeInterval(ReadOnlySpan<Datum> a)
    {
        var seconds = a[6].AsDouble;
        if (!double.IsFinite(seconds))
            throw IntervalValue.OutOfRange();
        var micros = (Int128)a[4].Bits * Calendar.MicrosPerHour + (Int128)a[5].Bits * Calendar.MicrosPerMinute + (Int128)Math.Round(seconds * Calendar.MicrosPerSecond, MidpointRounding.ToEven);
        return IntervalValue.Checked((Int128)a[0].Bits * 12 + a[1].Bits, (Int128)a[2].Bits * 7 + a[3].Bits, micros).ToDatum();
    }
}
