using Dadbs.Sql;

namespace Dadbs.Server.Sessions.Connections;

/// <summary>Ends a session: FATAL, then the connection is closed.</summary>
internal sealed class FatalSessionException : Exception
{
    public FatalSessionException(SqlState state, string message)
        : base(message)
    {
        State = state;
    }

    public SqlState State { get; }

    public string? Hint { get; init; }
}
