using System.Diagnostics;
using Dadbs.ClusterHarness;
using Npgsql;

namespace Dadbs.CrashCampaign;

/// <summary>Load, kill -9 of all nodes, restart, check; then <c>dadbs verify</c> of every node.</summary>
internal static class Campaign
{
    private static readonly TimeSpan ConvergenceLimit = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(int nodes, int rounds, int clients, int loadMilliseconds, int seed, CancellationToken cancellation)
    {
        var random = new Random(seed);
        var acknowledged = new AcknowledgedKeys();
        await using var cluster = await Cluster.InitialiseAsync(nodes, cancellation);
        await cluster.StartAsync(cancellation);
        await ExecuteAsync(cluster.Nodes[0], "CREATE TABLE acknowledged (id bigint PRIMARY KEY)", cancellation);

        int failures = 0;
        for (int round = 1; round <= rounds; round++)
        {
            using (var stop = new CancellationTokenSource())
            {
                var writers = Enumerable.Range(0, clients)
                    .Select(i => acknowledged.WriteAsync(cluster.Nodes[i % nodes].ConnectionString, stop.Token)).ToList();
                await Task.Delay(random.Next(loadMilliseconds / 3, loadMilliseconds), cancellation);
                await cluster.KillAllAsync();
                await stop.CancelAsync();
                await Task.WhenAll(writers);
            }

            var watch = Stopwatch.StartNew();
            await cluster.StartAsync(cancellation);
            var ready = watch.Elapsed;

            // A write that goes through on every node shows that the cluster goes on; it also brings each node up to all that came before it.
            foreach (var node in cluster.Nodes) await ExecuteAsync(node, "ANALYZE", cancellation);
            var writable = watch.Elapsed;
            var missing = await Task.WhenAll(cluster.Nodes.Select(n => acknowledged.MissingAsync(n.ConnectionString, cancellation)));
            failures += missing.Count(m => m.Count > 0);
            Console.WriteLine(
                $"round {round,3}: {acknowledged.Count,7} acknowledged, ready after {ready.TotalSeconds:0.0} s, writable after {writable.TotalSeconds:0.0} s, missing per node: {string.Join(' ', missing.Select(m => m.Count))}");
        }

        if (!await ConvergeAsync(cluster, cancellation)) failures++;
        await cluster.StopAsync(cancellation);
        foreach (var node in cluster.Nodes)
        {
            var (exitCode, output, errors) = await NodeProcess.RunAsync(["verify", "--data-dir", node.DataDirectory], cancellation);
            Console.WriteLine($"verify {Path.GetFileName(node.DataDirectory)}: exit {exitCode} {(output + errors).ReplaceLineEndings("; ")}");
            if (exitCode != 0) failures++;
        }

        Console.WriteLine(failures == 0 ? "nothing lost" : $"{failures} FAILURES");
        return failures == 0 ? 0 : 1;
    }

    private static async Task<bool> ConvergeAsync(Cluster cluster, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < ConvergenceLimit)
        {
            var counts = await Task.WhenAll(cluster.Nodes.Select(n => ScalarAsync(n, "SELECT executed_height || ' ' || state_root FROM dadbs.node", cancellation)));
            if (counts.Distinct().Count() == 1)
            {
                Console.WriteLine($"all nodes at {counts[0]}");
                return true;
            }

            await Task.Delay(100, cancellation);
        }

        Console.WriteLine("the nodes' roots differ");
        return false;
    }

    private static async Task ExecuteAsync(NodeProcess node, string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(node.ConnectionString + ";Pooling=false;Command Timeout=60");
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<string> ScalarAsync(NodeProcess node, string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(node.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return $"{await command.ExecuteScalarAsync(cancellation)}";
    }
}
