using Dadbs.Server.CommandLine;
using Dadbs.Server.Configuration;
using Npgsql;

namespace Dadbs.Server.Hosting;

/// <summary>
/// N validators as processes of their own. Ready means that each accepts connections and has executed a first write that was made on node 1.
/// A node that dies is named, with the command that starts it again, and left dead: a person is looking.
/// </summary>
internal sealed class DemoCluster : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly string _root;
    private readonly bool _isTemporary;
    private bool _stopping;

    public DemoCluster(int nodes, int port, string? directory)
    {
        _isTemporary = directory is null;
        _root = directory is null ? Directory.CreateTempSubdirectory("dadbs-demo-").FullName : Path.GetFullPath(directory);
        Nodes = [.. Enumerable.Range(0, nodes).Select(i => new DemoNode($"node{i + 1}", port + i, Path.Combine(_root, $"node{i + 1}")))];
    }

    public IReadOnlyList<DemoNode> Nodes { get; }

    /// <exception cref="CommandFailedException">A node did not come up in time.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartLimit);
        try
        {
            if (!new DataDirectory(Nodes[0].DataDirectory).IsInitialised) ClusterInitialization.Create(_root, Nodes.Count, observers: 0, Nodes[0].Port, []);
            RequireSameSize();
            await Task.WhenAll(Nodes.Select(n => n.StartAsync(limit.Token))).ConfigureAwait(false);
            foreach (var node in Nodes) _ = ReportExitAsync(node);
            await FirstWriteAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandFailedException($"the cluster was not ready within {StartLimit.TotalSeconds:0} seconds");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        await Task.WhenAll(Nodes.Select(n => n.StopAsync(StopPatience))).ConfigureAwait(false);
        foreach (var node in Nodes) node.Dispose();
        if (_isTemporary) Directory.Delete(_root, recursive: true);
    }

    /// <summary>Kept data of a cluster of another size would wait for validators that nobody starts.</summary>
    private void RequireSameSize()
    {
        int existing = Directory.GetDirectories(_root, "node*").Count(d => new DataDirectory(d).IsInitialised);
        if (existing != Nodes.Count) throw new CommandFailedException($"{_root} holds a cluster of {existing} nodes, not {Nodes.Count}");
    }

    private async Task FirstWriteAsync(CancellationToken cancellation)
    {
        long height;
        var first = NodeConnection.Create(Nodes[0].Port);
        await using (first.ConfigureAwait(false))
        {
            using var write = first.CreateCommand("ANALYZE");
            await write.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            height = await ExecutedHeightAsync(first, cancellation).ConfigureAwait(false);
        }

        foreach (var node in Nodes)
        {
            var source = NodeConnection.Create(node.Port);
            await using (source.ConfigureAwait(false))
            {
                while (await ExecutedHeightAsync(source, cancellation).ConfigureAwait(false) < height)
                    await Task.Delay(PollInterval, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static async Task<long> ExecutedHeightAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        using var command = source.CreateCommand("SELECT executed_height FROM dadbs.node");
        return (long)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }

    private async Task ReportExitAsync(DemoNode node)
    {
        string reason = await node.Exited.ConfigureAwait(false);
        if (_stopping) return;
        await Console.Error.WriteLineAsync($"{node.Name} ended ({reason}). Start it again with: {node.StartCommandLine}").ConfigureAwait(false);
    }
}
