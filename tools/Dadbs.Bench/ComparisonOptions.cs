namespace Dadbs.Bench;

/// <summary>What to compare. Times are in seconds.</summary>
public sealed record ComparisonOptions
{
    public required int Seconds { get; init; }
    public required int WarmupSeconds { get; init; }
    public required int[] Clients { get; init; }
    public required string[] Targets { get; init; }
    public required string[] Workloads { get; init; }
    public required int Rows { get; init; }

    /// <summary>Operations a second that all clients of a cell offer together; 0: as many as they can.</summary>
    public int Rate { get; init; }

    public string? JsonFile { get; init; }
}
