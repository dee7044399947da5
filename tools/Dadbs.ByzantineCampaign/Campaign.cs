using System.Diagnostics;
using Dadbs.ClusterHarness;
using Npgsql;

namespace Dadbs.ByzantineCampaign;

/// <summary>What one behaviour led to.</summary>
/// <param name="Behaviour">What the fourth validator did.</param>
/// <param name="Fault">What was wrong with roots or totals; null: nothing.</param>
/// <param name="Before">Transfers a second of the honest nodes' clients before the lies.</param>
/// <param name="During">The same after the lies went on for a while.</param>
/// <param name="Refused">Messages and transactions that the honest nodes refused.</param>
/// <param name="MegabytesMax">The largest resident set of an honest node at the end.</param>
public sealed record CampaignResult(Behaviour Behaviour, string? Fault, double Before, double During, long Refused, long MegabytesMax);

/// <summary>A fresh cluster for each behaviour; three honest processes and a liar, each with clients.</summary>
public static class Campaign
{
    private const int Validators = 4;
    private const double ShareMin = 0.8;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ConvergenceLimit = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(IReadOnlyList<Behaviour> behaviours, int clients, TimeSpan settle, TimeSpan measured, CancellationToken cancellation)
    {
        Console.WriteLine($"{"behaviour",-20} {"before/s",9} {"during/s",9} {"share",6} {"refused",8} {"MB",5}  safety");
        bool good = true;
        foreach (Behaviour behaviour in behaviours)
        {
            CampaignResult result = await RunOneAsync(behaviour, clients, settle, measured, cancellation);
            double share = result.During / result.Before;
            good &= result.Fault is null && share >= ShareMin;
            Console.WriteLine(
                $"{Behaviours.NameOf(behaviour),-20} {result.Before,9:F0} {result.During,9:F0} {share,6:P0} {result.Refused,8} {result.MegabytesMax,5}  {result.Fault ?? "roots and totals agree, nothing acknowledged is missing"}");
        }

        return good ? 0 : 1;
    }

    public static async Task<CampaignResult> RunOneAsync(Behaviour behaviour, int clients, TimeSpan settle, TimeSpan measured, CancellationToken cancellation)
    {
        await using var cluster = await Cluster.InitialiseAsync(Validators, cancellation);
        NodeProcess[] honest = [.. cluster.Nodes.Take(Validators - 1)];
        Task[] starting = [.. honest.Select(node => node.StartAsync(cancellation))];
        await using LyingProcess liar = await LyingProcess.StartAsync(cluster.Nodes[^1], cancellation);
        await Task.WhenAll(starting);

        var transfers = new Transfers(accounts: 1_000);
        await transfers.CreateAsync(honest[0].ConnectionString, cancellation);
        double before, during;
        using (var stop = new CancellationTokenSource())
        {
            Task[] running = [.. Enumerable.Range(0, clients).Select(i => transfers.RunAsync(
                cluster.Nodes[i % Validators].ConnectionString, i, counts: i % Validators < honest.Length, stop.Token))];
            await Task.Delay(WarmUp < settle ? WarmUp : settle, cancellation);
            before = await transfers.RateAsync(measured, cancellation);
            await liar.BehaveAsync(behaviour, cancellation);
            await Task.Delay(settle, cancellation);
            during = await transfers.RateAsync(measured, cancellation);
            await stop.CancelAsync();
            await Task.WhenAll(running);
        }

        string? fault = await liar.FaultAsync() ?? await ConvergeAsync(honest, cancellation);
        long refused = 0;
        long megabytes = 0;
        foreach (NodeProcess node in honest)
        {
            fault ??= await transfers.FaultAsync(node.ConnectionString, cancellation);
            refused += await ScalarAsync<long>(node, "SELECT refused_messages + refused_transactions FROM dadbs.node", cancellation);
            using var process = Process.GetProcessById(node.ProcessId);
            megabytes = Math.Max(megabytes, process.WorkingSet64 >> 20);
        }

        return new CampaignResult(behaviour, fault, before, during, refused, megabytes);
    }

    /// <summary>One cluster whose liar changes its ways every few moments. What was wrong, or null.</summary>
    public static async Task<string?> RunInTurnAsync(IReadOnlyList<Behaviour> behaviours, int clients, TimeSpan each, CancellationToken cancellation)
    {
        await using var cluster = await Cluster.InitialiseAsync(Validators, cancellation);
        NodeProcess[] honest = [.. cluster.Nodes.Take(Validators - 1)];
        Task[] starting = [.. honest.Select(node => node.StartAsync(cancellation))];
        await using LyingProcess liar = await LyingProcess.StartAsync(cluster.Nodes[^1], cancellation);
        await Task.WhenAll(starting);
        var transfers = new Transfers(accounts: 100);
        await transfers.CreateAsync(honest[0].ConnectionString, cancellation);
        using (var stop = new CancellationTokenSource())
        {
            Task[] running = [.. Enumerable.Range(0, clients).Select(i => transfers.RunAsync(cluster.Nodes[i % Validators].ConnectionString, i, counts: true, stop.Token))];
            foreach (Behaviour behaviour in behaviours)
            {
                await liar.BehaveAsync(behaviour, cancellation);
                await Task.Delay(each, cancellation);
            }

            await stop.CancelAsync();
            await Task.WhenAll(running);
        }

        // The others go on, whatever the liar does.
        await using (NpgsqlConnection connection = await Transfers.OpenAsync(honest[1].ConnectionString, cancellation))
        await using (var command = new NpgsqlCommand("INSERT INTO transfers VALUES (-1)", connection))
            await command.ExecuteNonQueryAsync(cancellation);
        string? fault = await liar.FaultAsync() ?? await ConvergeAsync(honest, cancellation);
        foreach (NodeProcess node in honest) fault ??= await transfers.FaultAsync(node.ConnectionString, cancellation);
        return fault ?? (transfers.Done == 0 ? "nothing was done at all" : null);
    }

    /// <summary>All honest nodes come to the same height with the same root, the liar still lying.</summary>
    private static async Task<string?> ConvergeAsync(NodeProcess[] honest, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        string[] roots = [];
        while (watch.Elapsed < ConvergenceLimit)
        {
            roots = await Task.WhenAll(honest.Select(node => ScalarAsync<string>(node, "SELECT executed_height || ' ' || state_root FROM dadbs.node", cancellation)));
            if (roots.Distinct().Count() == 1) return null;
            await Task.Delay(100, cancellation);
        }

        return $"the honest nodes' roots differ: {string.Join(", ", roots)}";
    }

    private static async Task<T> ScalarAsync<T>(NodeProcess node, string sql, CancellationToken cancellation)
    {
        await using NpgsqlConnection connection = await Transfers.OpenAsync(node.ConnectionString, cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
