namespace Dadbs.Sql.Settings;

/// <summary>Who may change a setting, and when (pg_settings.context).</summary>
public enum SettingContext
{
    /// <summary>Nobody: it states a fact (55P02).</summary>
    Internal,

    /// <summary>Only the server's start (55P02 … without restarting the server).</summary>
    Start,

    /// <summary>Only the server's configuration (55P02 … now).</summary>
    Configuration,

    Superuser,

    User,
}

/// <summary>One configuration parameter: its canonical name, its default in the form that SHOW prints, and how text becomes its value.</summary>
public sealed record SettingDefinition(string Name, SettingContext Context, SettingFormat Format, string Default)
{
    /// <summary>Sent to the client as ParameterStatus, at startup and when it changes.</summary>
    public bool IsReported { get; init; }

    /// <summary>It changes what statements mean: carried by every transaction when it differs from the default.</summary>
    public bool IsCaptured { get; init; }

    /// <summary>Lives as long as one transaction (transaction_isolation …).</summary>
    public bool IsTransactional { get; init; }
}
