using System.Net;
using System.Net.Sockets;
using Dadbs.Server.Configuration;
using Dadbs.Server.Hosting;
using Npgsql;

namespace Dadbs.SqlConformance;

/// <summary>One node, composed as <c>dadbs start</c> composes it, in this process: a fresh directory, a free port, a single validator.</summary>
public sealed class NodeFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dadbs-conformance-");
    private Node? _node;
    private int _port;

    public async Task InitializeAsync()
    {
        _port = FreePort();
        var data = new DataDirectory(_directory.FullName);
        var configuration = NodeConfiguration.Load(data.Root, _port);
        ClusterInitialization.CreateSingleValidator(data, configuration);
        _node = await Node.StartAsync(data, configuration, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (_node is not null) await _node.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    /// <summary>A session in a schema of its own.</summary>
    internal async Task<SqlLogicRunner> OpenAsync(string schema)
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={_port};Username=dadbs;Database=dadbs;Pooling=false;Command Timeout=120");
        await connection.OpenAsync();
        await PrepareAsync(connection, schema);
        return new SqlLogicRunner(connection);
    }

    internal static async Task PrepareAsync(NpgsqlConnection connection, string schema)
    {
        foreach (var sql in (string[])[$"DROP SCHEMA IF EXISTS {schema} CASCADE", $"CREATE SCHEMA {schema}", $"SET search_path TO {schema}"])
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
