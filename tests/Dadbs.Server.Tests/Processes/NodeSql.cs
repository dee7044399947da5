using Dadbs.ClusterHarness;
using Npgsql;

namespace Dadbs.Server.Tests.Processes;

/// <summary>SQL against a node of a cluster, a fresh connection each.</summary>
internal static class NodeSql
{
    private static readonly TimeSpan ConvergenceLimit = TimeSpan.FromSeconds(60);

    public static async Task<NpgsqlConnection> ConnectAsync(this NodeProcess node)
    {
        var connection = new NpgsqlConnection(node.ConnectionString + ";Pooling=false;Command Timeout=60;Include Error Detail=true");
        await connection.OpenAsync();
        return connection;
    }

    public static async Task ExecuteAsync(this NodeProcess node, string sql)
    {
        await using var connection = await node.ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ScalarAsync<T>(this NodeProcess node, string sql)
    {
        await using var connection = await node.ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Waits until all nodes have executed the same height to the same root, and returns it.</summary>
    public static async Task<string> ConvergedRootAsync(this Cluster cluster)
    {
        var end = DateTime.UtcNow + ConvergenceLimit;
        while (true)
        {
            var roots = await Task.WhenAll(cluster.Nodes.Select(n => n.ScalarAsync<string>("SELECT executed_height || ' ' || state_root FROM dadbs.node")));
            if (roots.Distinct().Count() == 1) return roots[0];
            Assert.True(DateTime.UtcNow < end, $"the nodes did not converge: {string.Join(", ", roots)}");
            await Task.Delay(100);
        }
    }
}
