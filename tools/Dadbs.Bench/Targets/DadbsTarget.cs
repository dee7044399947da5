using System.Data.Common;
using Dadbs.ClusterHarness;
using Npgsql;

namespace Dadbs.Bench.Targets;

/// <summary>A DADBS cluster of this tree's build, a process a node. Clients spread over the nodes.</summary>
public sealed class DadbsTarget(int nodes) : BenchTarget($"dadbs-{nodes}")
{
    private Cluster? _cluster;

    public override IReadOnlyList<(string Name, int Id)> Servers => _cluster is null ? [] : [.. _cluster.Nodes.Select((n, i) => ($"node{i + 1}", n.ProcessId))];

    public override async Task<bool> StartAsync(CancellationToken cancellation)
    {
        _cluster = await Cluster.InitialiseAsync(nodes, cancellation);
        await _cluster.StartAsync(cancellation);
        return true;
    }

    public override async Task<DbConnection> ConnectAsync(int client, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(_cluster!.Nodes[client % nodes].ConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancellation);
        return connection;
    }

    public override async Task<long?> BlocksAsync(CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(0, cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT executed_height FROM dadbs.node";
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), System.Globalization.CultureInfo.InvariantCulture);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        await base.DisposeAsync();
    }
}
