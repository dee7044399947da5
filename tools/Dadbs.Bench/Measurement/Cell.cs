namespace Dadbs.Bench.Measurement;

/// <summary>One figure of the table: a target under a workload with a number of clients. Latencies in microseconds, memory in MiB.</summary>
public sealed record Cell
{
    public required string Target { get; init; }
    public required string Workload { get; init; }
    public required int Clients { get; init; }
    public required double PerSecond { get; init; }
    public required double P50 { get; init; }
    public required double P95 { get; init; }
    public required double P99 { get; init; }
    public required long Failed { get; init; }

    /// <summary>Of each server process: cores used (1.0 = one core) and resident memory at the end.</summary>
    public required IReadOnlyList<ProcessUse> Servers { get; init; }

    /// <summary>Cores used by this client process.</summary>
    public required double ClientCores { get; init; }
}

public sealed record ProcessUse(string Name, double Cores, double ResidentMegabytes);
