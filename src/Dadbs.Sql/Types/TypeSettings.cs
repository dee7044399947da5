using Dadbs.Sql.Functions;

namespace Dadbs.Sql.Types;

public enum DateStyle
{
    Iso,
    Postgres,
    Sql,
    German,
}

public enum DateOrder
{
    Mdy,
    Dmy,
    Ymd,
}

public enum IntervalStyle
{
    Postgres,
    PostgresVerbose,
    SqlStandard,
    Iso8601,
}

public enum ByteaOutput
{
    Hex,
    Escape,
}

/// <summary>The settings and captured inputs that the text forms of values depend on. Immutable; a session makes a new one when a setting changes.</summary>
public sealed record TypeSettings
{
    public static TypeSettings Default { get; } = new();

    public DateStyle DateStyle { get; init; } = DateStyle.Iso;

    public DateOrder DateOrder { get; init; } = DateOrder.Mdy;

    public TimeZone TimeZone { get; init; } = TimeZone.Utc;

    public IntervalStyle IntervalStyle { get; init; } = IntervalStyle.Postgres;

    /// <summary>-15 … 3; above 0 floats print their shortest exact form.</summary>
    public int ExtraFloatDigits { get; init; } = 1;

    public ByteaOutput ByteaOutput { get; init; } = ByteaOutput.Hex;

    /// <summary>The transaction's captured clock, µs since 2000-01-01 UTC: what the inputs <c>now</c>, <c>today</c> … mean.</summary>
    public long NowMicros { get; init; }

    /// <summary>Where the reg* types look names up. Null: only numbers are read and written.</summary>
    public ICatalogLookup? Catalog { get; init; }
}
