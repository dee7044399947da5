namespace Dadbs.PgWire.Backend;

/// <summary>Severities of ErrorResponse and NoticeResponse, in PostgreSQL's words.</summary>
public enum Severity
{
    Debug,
    Log,
    Info,
    Notice,
    Warning,

    /// <summary>The statement ended; the session goes on.</summary>
    Error,

    /// <summary>The connection ends.</summary>
    Fatal,

    /// <summary>All connections end.</summary>
    Panic,
}
