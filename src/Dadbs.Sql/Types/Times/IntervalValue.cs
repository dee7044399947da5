namespace Dadbs.Sql.Types;

/// <summary>A span of time in three parts that do not convert into each other: months, days, µs.</summary>
public sealed record IntervalValue(int Months, int Days, long Micros) : IRetained
{
    public static IntervalValue Zero { get; } = new(0, 0, 0);

    /// <summary>The span for comparison: months count 30 days, days 24 hours.</summary>
    public Int128 Span => ((Int128)Months * 30 + Days) * Calendar.MicrosPerDay + Micros;

    public long RetainedBytes => 32;

    public Datum ToDatum() => Datum.FromObject(this);

    /// <summary>22008</summary>
    public static SqlException OutOfRange() => new(SqlState.DatetimeFieldOverflow, "interval out of range");

    /// <summary>From parts computed in a wider type; 22008 past their ranges.</summary>
    public static IntervalValue Checked(Int128 months, Int128 days, Int128 micros)
    {
        if (months != (int)months || days != (int)days || micros != (long)micros)
            throw OutOfRange();
        return new IntervalValue((int)months, (int)days, (long)micros);
    }
}
