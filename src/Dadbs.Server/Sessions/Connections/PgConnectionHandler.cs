using Microsoft.AspNetCore.Connections;

namespace Dadbs.Server.Sessions.Connections;

/// <summary>Serves one accepted connection from its startup packet to its end.</summary>
public sealed class PgConnectionHandler : ConnectionHandler
{
    private readonly SessionServices _services;

    public PgConnectionHandler(SessionServices services)
    {
        _services = services;
    }

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        using var session = new PgConnection(_services, connection);
        await session.RunAsync().ConfigureAwait(false);
    }
}
