using System.Net;
using Dadbs.Server.Locks;
using Dadbs.Server.Sessions;
using Dadbs.Server.Sessions.Connections;
using Dadbs.Server.SystemViews;
using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.SystemCatalog;
using Dadbs.Sql.Transactions;
using Npgsql;

namespace Dadbs.Server.Tests.Wire;

/// <summary>A server in this process, on a port of its own: real sockets, sessions and engine, ordering by <see cref="LocalPipeline"/>.</summary>
internal sealed class WireHost : IAsyncDisposable
{
    private readonly LocalPipeline _pipeline;
    private readonly bool _ownsPipeline;
    private readonly SessionServices _services;
    private readonly PgListener _listener;

    private WireHost(LocalPipeline pipeline, bool ownsPipeline, SessionServices services, PgListener listener)
    {
        _pipeline = pipeline;
        _ownsPipeline = ownsPipeline;
        _services = services;
        _listener = listener;
    }

    public IPEndPoint EndPoint => _listener.EndPoint;

    public LocalPipeline Pipeline => _pipeline;

    public AnnouncedRows Announced => _services.Announced;

    public int SessionCount => _services.Registry.Count;

    /// <summary>Without pooling: every connection is a session of its own.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={EndPoint.Port};Username=dadbs;Database=dadbs;Pooling=false;Timeout=20;Command Timeout=60";

    public static async Task<WireHost> StartAsync(int port = 0)
    {
        var engine = new SqlEngine();
        var locks = new LockTable();
        var catalogs = new CatalogCache(SystemRelationSet.Create([new LocksView(locks)]));
        var pipeline = new LocalPipeline(engine, catalogs);
        var services = new SessionServices { Pipeline = pipeline, Engine = engine, Catalogs = catalogs, Locks = locks, Leases = new NodeLeases(LocalPipeline.Key, () => Environment.TickCount64 * 1000) };
        return new WireHost(pipeline, ownsPipeline: true, services, await PgListener.BindAsync(services, new IPEndPoint(IPAddress.Loopback, port)));
    }

    /// <summary>A second node under the same order: its own sessions and locks. Dispose it first.</summary>
    public async Task<WireHost> StartOtherNodeAsync()
    {
        SessionServices services = _services with { Locks = new LockTable(), OrderedWrites = new OrderedWrites(), Registry = new SessionRegistry() };
        return new WireHost(_pipeline, ownsPipeline: false, services, await PgListener.BindAsync(services, new IPEndPoint(IPAddress.Loopback, 0)));
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        if (_ownsPipeline) _pipeline.Dispose();
    }
}
