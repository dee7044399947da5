using System.Diagnostics;

namespace Dadbs.Server.Execution;

/// <summary>The machine's monotonic clock, for what EXPLAIN ANALYZE tells its session.</summary>
internal static class MonotonicClock
{
    /// <summary>Nanoseconds from an arbitrary start.</summary>
    public static Func<long> Nanoseconds { get; } = static () => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
}
