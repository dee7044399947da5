using System.Diagnostics;
using Dadbs.ClusterHarness;
using Npgsql;

namespace Dadbs.QueueCampaign;

/// <summary>A table of jobs, workers on every node, and the count at the end: every job once, none twice, none left.</summary>
internal static class Campaign
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromMinutes(10);

    public static async Task<int> RunAsync(int jobs, int workers, int nodes, string form, int workMilliseconds, CancellationToken cancellation)
    {
        await using var cluster = await Cluster.InitialiseAsync(nodes, cancellation);
        await cluster.StartAsync(cancellation);
        int failures = 0;
        foreach (QueueForm one in form switch { "statement" => new[] { QueueForm.Statement }, "block" => [QueueForm.Block], _ => [QueueForm.Statement, QueueForm.Block] })
            failures += await RunAsync(cluster, one, jobs, workers, workMilliseconds, cancellation);
        await cluster.StopAsync(cancellation);
        Console.WriteLine(failures == 0 ? "each job once" : $"{failures} FAILURES");
        return failures == 0 ? 0 : 1;
    }

    private static async Task<int> RunAsync(Cluster cluster, QueueForm form, int jobs, int workers, int workMilliseconds, CancellationToken cancellation)
    {
        string table = form == QueueForm.Statement ? "jobs_by_statement" : "jobs_by_block";
        await ExecuteAsync(cluster.Nodes[0], $"CREATE TABLE {table} (id integer PRIMARY KEY, note text); INSERT INTO {table} SELECT i, 'job ' || i FROM generate_series(1, {jobs}) i", cancellation);

        // A write of its own brings each node up to the jobs.
        foreach (NodeProcess node in cluster.Nodes) await ExecuteAsync(node, $"DELETE FROM {table} WHERE false", cancellation);
        var handedOut = new HandedOut();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StallLimit);
        Worker[] all = [.. Enumerable.Range(0, workers).Select(i => new Worker(cluster.Nodes[i % cluster.Nodes.Count].ConnectionString, table, form, TimeSpan.FromMilliseconds(workMilliseconds), handedOut))];
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(all.Select(worker => worker.RunAsync(limit.Token)));
        double seconds = watch.Elapsed.TotalSeconds;

        long left = await CountAsync(cluster.Nodes[0], table, cancellation);
        int twice = handedOut.Twice, missing = jobs - handedOut.Count;
        long conflicts = all.Sum(worker => worker.Conflicts), unknown = all.Sum(worker => worker.Unknown);
        string shares = string.Join(' ', Enumerable.Range(0, cluster.Nodes.Count).Select(n => all.Where((_, i) => i % cluster.Nodes.Count == n).Sum(worker => worker.Jobs)));
        Console.WriteLine(
            $"{form.ToString().ToLowerInvariant()}: {jobs} jobs, {workers} workers, {cluster.Nodes.Count} nodes: {seconds:0.0} s, {jobs / seconds:0} jobs/s, {conflicts} conflicts ({conflicts / (double)jobs:0.00} a job), per node {shares}; {twice} twice, {missing} missing, {left} left, {unknown} unknown");
        return twice == 0 && missing == 0 && left == 0 && unknown == 0 ? 0 : 1;
    }

    private static async Task ExecuteAsync(NodeProcess node, string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(node.ConnectionString + ";Pooling=false;Command Timeout=60");
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<long> CountAsync(NodeProcess node, string table, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(node.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {table}", connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
