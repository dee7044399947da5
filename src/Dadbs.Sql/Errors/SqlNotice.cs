namespace Dadbs.Sql;

public enum NoticeSeverity
{
    Debug,
    Log,
    Notice,
    Info,
    Warning,
}

/// <summary>A message that goes beside a result: <c>table "t" does not exist, skipping</c>.</summary>
public sealed record SqlNotice(NoticeSeverity Severity, SqlState State, string Message)
{
    public string? Detail { get; init; }

    public string? Hint { get; init; }

    public int? Position { get; init; }
}
