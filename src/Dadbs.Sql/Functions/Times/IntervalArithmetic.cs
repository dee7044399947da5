using Dadbs.Sql.Types;
using TimeZone = Dadbs.Sql.Types.TimeZone;

namespace Dadbs.Sql.Functions;

/// <summary>Arithmetic of intervals, and of timestamps with intervals. Months are added on the calendar, days on the clock of a zone, µs on the time line.</summary>
internal static class IntervalArithmetic
{
    public static IntervalValue Add(IntervalValue a, IntervalValue b) =>
        IntervalValue.Checked((Int128)a.Months + b.Months, (Int128)a.Days + b.Days, (Int128)a.Micros + b.Micros);

    public static IntervalValue Negate(IntervalValue a) => IntervalValue.Checked(-(Int128)a.Months, -(Int128)a.Days, -(Int128)a.Micros);

    /// <summary>Fractions cascade: of months into days at 30, of days into time.</summary>
    public static IntervalValue Multiply(IntervalValue a, double factor)
    {
        var months = a.Months * factor;
        var days = a.Days * factor;
        return Cascade(months, days, a.Micros * factor);
    }

    public static IntervalValue Divide(IntervalValue a, double divisor)
    {
        if (divisor == 0)
            throw InputErrors.DivisionByZero();
        return Cascade(a.Months / divisor, a.Days / divisor, a.Micros / divisor);
    }

    private static IntervalValue Cascade(double months, double days, double micros)
    {
        if (double.IsNaN(months) || Math.Abs(months) > int.MaxValue || double.IsNaN(days) || Math.Abs(days) > int.MaxValue)
            throw IntervalValue.OutOfRange();
        var wholeMonths = Math.Truncate(months);
        var wholeDays = Math.Truncate(days);
        // The rest of the months in days, rounded to µs of a day so that 0.1 × 30 does not become 2.9999…
        var monthDays = RoundToMicros((months - wholeMonths) * 30);
        var restSeconds = RoundToMicros((days - wholeDays + monthDays - Math.Truncate(monthDays)) * 86_400);
        if (Math.Abs(restSeconds) >= 86_400)
        {
            var carried = Math.Truncate(restSeconds / 86_400);
            wholeDays += carried;
            restSeconds -= carried * 86_400;
        }
        wholeDays += Math.Truncate(monthDays);
        var total = Math.Round(micros + restSeconds * Calendar.MicrosPerSecond, MidpointRounding.ToEven);
        if (Math.Abs(wholeDays) > int.MaxValue || double.IsNaN(total) || Math.Abs(total) >= 9.223372036854775e18)
            throw IntervalValue.OutOfRange();
        return new IntervalValue((int)wholeMonths, (int)wholeDays, (long)total);
    }

    private static double RoundToMicros(double value) => Math.Round(value * 1e6, MidpointRounding.ToEven) / 1e6;

    private static SqlException TimestampOutOfRange() => new(SqlState.DatetimeFieldOverflow, "timestamp out of range");

    /// <summary>timestamp + interval; 22008.</summary>
    public static long AddToTimestamp(long timestamp, IntervalValue interval)
    {
        if (!Calendar.IsFinite(timestamp))
            return timestamp;
        var value = (Int128)AddMonths(timestamp, interval.Months) + (Int128)interval.Days * Calendar.MicrosPerDay + interval.Micros;
        return value >= Calendar.TimestampMin && value < Calendar.TimestampEnd ? (long)value : throw TimestampOutOfRange();
    }

    /// <summary>timestamptz + interval: months and days count in the zone, so that a day may have 23 hours.</summary>
    public static long AddToInstant(long instant, IntervalValue interval, TimeZone zone)
    {
        if (!Calendar.IsFinite(instant))
            return instant;
        if (interval.Months != 0)
            instant = zone.ToUtc(AddMonths(zone.ToLocal(instant), interval.Months));
        if (interval.Days != 0)
        {
            var local = (Int128)zone.ToLocal(instant) + (Int128)interval.Days * Calendar.MicrosPerDay;
            if (local < Calendar.TimestampMin || local >= Calendar.TimestampEnd)
                throw TimestampOutOfRange();
            instant = zone.ToUtc((long)local);
        }
        var value = (Int128)instant + interval.Micros;
        return value >= Calendar.TimestampMin && value < Calendar.TimestampEnd ? (long)value : throw TimestampOutOfRange();
    }

    /// <summary>The same day of another month, or its last day.</summary>
    private static long AddMonths(long timestamp, int months)
    {
        if (months == 0)
            return timestamp;
        var fields = DateTimeFields.Of(timestamp);
        var total = (long)fields.Year * 12 + fields.Month - 1 + months;
        var year = total >= 0 ? total / 12 : -((11 - total) / 12);
        if (Math.Abs(year) > 6_000_000)
            throw TimestampOutOfRange();
        fields.Year = (int)year;
        fields.Month = (int)(total - year * 12) + 1;
        fields.Day = Math.Min(fields.Day, Calendar.DaysInMonth(fields.Year, fields.Month));
        return fields.ToTimestamp() ?? throw TimestampOutOfRange();
    }

    /// <summary>age(): years, months and days by the calendar (timestamp_age).</summary>
    public static IntervalValue Age(long later, long earlier)
    {
        var sign = later < earlier ? -1 : 1;
        var (a, b) = sign > 0 ? (DateTimeFields.Of(later), DateTimeFields.Of(earlier)) : (DateTimeFields.Of(earlier), DateTimeFields.Of(later));
        var micros = a.TimeOfDay - b.TimeOfDay;
        var days = a.Day - b.Day;
        var months = a.Month - b.Month;
        var years = a.Year - b.Year;
        if (micros < 0)
        {
            micros += Calendar.MicrosPerDay;
            days--;
        }
        // Borrowed days are those of the earlier date's month.
        for (var (year, month) = (b.Year, b.Month); days < 0; (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1))
        {
            days += Calendar.DaysInMonth(year, month);
            months--;
        }
        if (months < 0)
        {
            months += 12;
            years--;
        }
        return new IntervalValue(sign * (years * 12 + months), sign * days, sign * micros);
    }

    /// <summary>timestamp − timestamp: days of 24 hours and time.</summary>
    public static IntervalValue Difference(long left, long right)
    {
        if (!Calendar.IsFinite(left) || !Calendar.IsFinite(right))
            throw new SqlException(SqlState.DatetimeFieldOverflow, "cannot subtract infinite timestamps");
        var micros = (Int128)left - right;
        if (micros != (long)micros)
            throw IntervalValue.OutOfRange();
        return new IntervalValue(0, (int)((long)micros / Calendar.MicrosPerDay), (long)micros % Calendar.MicrosPerDay);
    }

    /// <summary>justify_hours.</summary>
    public static IntervalValue JustifyHours(IntervalValue a)
    {
        var days = (Int128)a.Days + a.Micros / Calendar.MicrosPerDay;
        var micros = a.Micros % Calendar.MicrosPerDay;
        if (days > 0 && micros < 0)
            (days, micros) = (days - 1, micros + Calendar.MicrosPerDay);
        else if (days < 0 && micros > 0)
            (days, micros) = (days + 1, micros - Calendar.MicrosPerDay);
        return IntervalValue.Checked(a.Months, days, micros);
    }

    /// <summary>justify_days.</summary>
    public static IntervalValue JustifyDays(IntervalValue a)
    {
        var months = (Int128)a.Months + a.Days / 30;
        var days = a.Days % 30;
        if (months > 0 && days < 0)
            (months, days) = (months - 1, days + 30);
        else if (months < 0 && days > 0)
            (months, days) = (months + 1, days - 30);
        return IntervalValue.Checked(months, days, a.Micros);
    }

    /// <summary>justify_interval: all parts of one sign.</summary>
    public static IntervalValue Justify(IntervalValue a)
    {
        var days = (Int128)a.Days + a.Micros / Calendar.MicrosPerDay;
        Int128 micros = a.Micros % Calendar.MicrosPerDay;
        var months = a.Months + days / 30;
        days %= 30;
        if (months > 0 && (days < 0 || days == 0 && micros < 0))
            (months, days) = (months - 1, days + 30);
        else if (months < 0 && (days > 0 || days == 0 && micros > 0))
            (months, days) = (months + 1, days - 30);
        if (days > 0 && micros < 0)
            (days, micros) = (days - 1, micros + Calendar.MicrosPerDay);
        else if (days < 0 && micros > 0)
            (days, micros) = (days + 1, micros - Calendar.MicrosPerDay);
        return IntervalValue.Checked(months, days, micros);
    }
}
