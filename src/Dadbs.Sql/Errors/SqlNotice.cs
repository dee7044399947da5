namespace Dadbs.Sql;

public enum NoticeSeverity
{
    Debug,
    Log,
    Info,
    Notice,
    Warning,
}

/// <summary>A message that does not end the statement.</summary>
public sealed record SqlNotice(NoticeSeverity Severity, SqlState State, string Message)
{
    public string? Detail { get; init; }

    public string? Hint { get; init; }

    /// <summary>As <see cref="SqlException.Position"/>.</summary>
    public int? Position { get; init; }
}
