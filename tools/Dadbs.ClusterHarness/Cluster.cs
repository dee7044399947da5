using System.Net;
using System.Net.Sockets;

namespace Dadbs.ClusterHarness;

/// <summary>N validators as real processes in a temporary directory, for benchmarks, crash campaigns and tests. Disposing kills and deletes.</summary>
public sealed class Cluster : IAsyncDisposable
{
    private Cluster(string directory, IReadOnlyList<NodeProcess> nodes, IReadOnlyList<NodeProcess> observers)
    {
        Directory = directory;
        Nodes = nodes;
        Observers = observers;
    }

    public string Directory { get; }

    /// <summary>The validators.</summary>
    public IReadOnlyList<NodeProcess> Nodes { get; }

    /// <summary>Nodes in no validator slot; started one by one.</summary>
    public IReadOnlyList<NodeProcess> Observers { get; }

    /// <summary>Keys, genesis and configuration by <c>dadbs init</c>; nothing runs yet.</summary>
    public static Task<Cluster> InitialiseAsync(int nodes, CancellationToken cancellation = default) => InitialiseAsync(nodes, 0, cancellation);

    /// <summary>The same with observers.</summary>
    public static async Task<Cluster> InitialiseAsync(int nodes, int observers, CancellationToken cancellation)
    {
        string directory = System.IO.Directory.CreateTempSubdirectory("dadbs-cluster-").FullName;
        int port = FreePorts(nodes + observers);
        var (exitCode, _, errors) = await NodeProcess.RunAsync(
            ["init", "--nodes", $"{nodes}", "--observers", $"{observers}", "--out", directory, "--port", $"{port}"], cancellation).ConfigureAwait(false);
        if (exitCode != 0) throw new InvalidOperationException($"dadbs init: {errors}");
        return new Cluster(
            directory,
            [.. Enumerable.Range(0, nodes).Select(i => new NodeProcess(Path.Combine(directory, $"node{i + 1}"), port + i))],
            [.. Enumerable.Range(0, observers).Select(i => new NodeProcess(Path.Combine(directory, $"observer{i + 1}"), port + nodes + i))]);
    }

    /// <summary>Starts every node that does not run, all at once, and waits until all are ready.</summary>
    public Task StartAsync(CancellationToken cancellation = default) =>
        Task.WhenAll(Nodes.Where(n => !n.IsRunning).Select(n => n.StartAsync(cancellation)));

    public async Task StopAsync(CancellationToken cancellation = default) =>
        await Task.WhenAll(Nodes.Select(n => n.StopAsync(cancellation))).ConfigureAwait(false);

    /// <summary>kill -9 of every node at once.</summary>
    public Task KillAllAsync() => Task.WhenAll(Nodes.Select(n => n.KillAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes.Concat(Observers)) await node.DisposeAsync().ConfigureAwait(false);
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    /// <summary>The first of a run of ports of which all, and those of the peers 1,000 above, are free now. Below the ephemeral range, which peers' outgoing connections use.</summary>
    private static int FreePorts(int count)
    {
        const int lowest = 10_000;
        const int steps = 900;
        const int attemptsMax = 200;
        for (int attempt = 0; attempt < attemptsMax; attempt++)
        {
            int first = lowest + (Random.Shared.Next(steps) * 20);
            if (first % 2000 >= 1000) continue; // so that one cluster's SQL ports are never another's peer ports
            if (Enumerable.Range(first, count).All(p => IsFree(p) && IsFree(p + 1000))) return first;
        }

        throw new InvalidOperationException("no free ports");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
