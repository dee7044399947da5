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
        int port = FreePorts.FirstOf(nodes + observers);
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
}
