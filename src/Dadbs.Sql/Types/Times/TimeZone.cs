using NodaTime;
using NodaTime.TimeZones;

namespace Dadbs.Sql.Types;

/// <summary>
/// A time zone by the bundled IANA database (NodaTime's, part of the engine level; never the machine's), or a fixed offset.
/// Instants are µs since 2000-01-01 00:00 UTC, local times µs since 2000-01-01 00:00 local.
/// </summary>
public sealed class TimeZone
{
    private const long MicrosPerSecond = 1_000_000;

    /// <summary>Seconds from 1970-01-01 to 2000-01-01.</summary>
    private const long UnixToPostgresSeconds = 946_684_800;

    private static readonly TzdbDateTimeZoneSource Source = TzdbDateTimeZoneSource.Default;
    private static readonly IDateTimeZoneProvider Zones = new DateTimeZoneCache(Source);
    private static readonly Dictionary<string, string> IdsByLowerName = BuildNames();

    public static TimeZone Utc { get; } = new("UTC", null, 0);

    private readonly DateTimeZone? _zone;
    private readonly int _fixedOffsetSeconds;

    private TimeZone(string name, DateTimeZone? zone, int fixedOffsetSeconds)
    {
        Name = name;
        _zone = zone;
        _fixedOffsetSeconds = fixedOffsetSeconds;
    }

    /// <summary>As SHOW timezone prints it.</summary>
    public string Name { get; }

    /// <summary>An IANA name in any case (<c>europe/berlin</c>), or null.</summary>
    public static TimeZone? Find(string name)
    {
        if (!IdsByLowerName.TryGetValue(AsciiLower(name), out var id))
            return null;
        return id is "UTC" ? Utc : new TimeZone(id, Zones[id], 0);
    }

    /// <summary>
    /// A POSIX specification without rules, <c>UTC+3</c> or <c>&lt;+03&gt;-3</c>: its sign counts west of Greenwich, as POSIX has it. Null: not one.
    /// </summary>
    public static TimeZone? FindPosix(string name)
    {
        var i = 0;
        if (name.StartsWith('<'))
        {
            i = name.IndexOf('>', StringComparison.Ordinal) + 1;
        }
        else
        {
            while (i < name.Length && char.IsAsciiLetter(name[i]))
                i++;
            if (i < 3)
                return null;
        }
        if (i <= 0 || i >= name.Length)
            return null;
        var sign = name[i] == '-' ? 1 : -1;
        var parts = name[(name[i] is '+' or '-' ? i + 1 : i)..].Split(':');
        var seconds = 0;
        var unit = 3600;
        foreach (var part in parts)
        {
            if (unit == 0 || part.Length is 0 or > 2 || !int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.NumberFormatInfo.InvariantInfo, out var value))
                return null;
            seconds += value * unit;
            unit /= 60;
        }
        return seconds > 24 * 3600 ? null : new TimeZone(name.ToUpperInvariant(), null, sign * seconds);
    }

    /// <summary>East of Greenwich is positive.</summary>
    public static TimeZone FromOffset(int secondsEast, string name) => new(name, null, secondsEast);

    public static IEnumerable<string> Names => IdsByLowerName.Values.Order(StringComparer.Ordinal);

    /// <summary>Seconds east of UTC in force at an instant, and the abbreviation (CET, CEST) in use then.</summary>
    public int OffsetAt(long utcMicros, out string abbreviation)
    {
        if (_zone is null)
        {
            abbreviation = Name;
            return _fixedOffsetSeconds;
        }
        var interval = _zone.GetZoneInterval(ToInstant(utcMicros));
        abbreviation = interval.Name;
        return interval.WallOffset.Seconds;
    }

    public int OffsetAt(long utcMicros)
    {
        return _zone is null ? _fixedOffsetSeconds : _zone.GetUtcOffset(ToInstant(utcMicros)).Seconds;
    }

    /// <summary>
    /// The offset that PostgreSQL's DetermineTimeZoneOffset gives a local time: in a gap the one before the change, in an overlap the
    /// standard-time reading (the later instant).
    /// </summary>
    public int OffsetAtLocal(long localMicros)
    {
        if (_zone is null)
            return _fixedOffsetSeconds;
        // As PostgreSQL: look at the last change before a day earlier's standard reading. Two candidate offsets around the local time decide.
        var before = OffsetAt(localMicros - 86_400 * MicrosPerSecond);
        var after = OffsetAt(localMicros + 86_400 * MicrosPerSecond);
        if (before == after)
        {
            var middle = OffsetAt(localMicros - before * MicrosPerSecond);
            return middle;
        }
        var beforeHolds = OffsetAt(localMicros - before * MicrosPerSecond) == before;
        var afterHolds = OffsetAt(localMicros - after * MicrosPerSecond) == after;
        if (beforeHolds && !afterHolds)
            return before;
        if (afterHolds && !beforeHolds)
            return after;
        // A gap takes the offset before the change, an overlap the one after it.
        return beforeHolds ? after : before;
    }

    public long ToLocal(long utcMicros) => utcMicros + OffsetAt(utcMicros) * MicrosPerSecond;

    public long ToUtc(long localMicros) => localMicros - OffsetAtLocal(localMicros) * MicrosPerSecond;

    public bool IsDaylightAt(long utcMicros) =>
        _zone is not null && _zone.GetZoneInterval(ToInstant(utcMicros)).Savings != Offset.Zero;

    private static Instant ToInstant(long utcMicros)
    {
        var seconds = Math.DivRem(utcMicros, MicrosPerSecond, out var rest);
        if (rest < 0)
            seconds--;
        seconds += UnixToPostgresSeconds;
        // NodaTime ends at years ±9998; zone rules beyond repeat the last known ones, so the edge's answer is used.
        seconds = Math.Clamp(seconds, -377_705_000_000L, 253_402_000_000L);
        return Instant.FromUnixTimeSeconds(seconds);
    }

    private static Dictionary<string, string> BuildNames()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in Source.GetIds())
            names[AsciiLower(id)] = id;
        return names;
    }

    private static string AsciiLower(string text) => text.ToLowerInvariant();
}
