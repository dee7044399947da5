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

    /// <summary>Of the chain, where the target has one.</summary>
    public double? BlocksPerSecond { get; init; }

    /// <summary>Processor time of all servers and of the client for one operation, in microseconds.</summary>
    public (double Servers, double Client) CpuPerOperation =>
        PerSecond == 0 ? default : (Servers.Sum(s => s.Cores) / PerSecond * 1e6, ClientCores / PerSecond * 1e6);
}

public sealed record ProcessUse(string Name, double Cores, double ResidentMegabytes);
