using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Dadbs.Replication;
using Dadbs.Storage;

namespace Dadbs.ReplicationBench;

/// <summary>The validators' processes, and the table of what they measured.</summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    private readonly string _home;
    private readonly List<Process> _nodes = [];

    private BenchCluster(string home) => _home = home;

    /// <summary>The secret of validator i is i + 1.</summary>
    public static NodeKey KeyOf(int index)
    {
        byte[] secret = new byte[32];
        secret[31] = (byte)(index + 1);
        return NodeKey.FromSecret(secret);
    }

    public static async Task<BenchCluster> StartAsync(int nodes)
    {
        var cluster = new BenchCluster(Directory.CreateTempSubdirectory("dadbs-replication-bench-").FullName);
        int[] ports = FreePorts(nodes);
        var genesis = new Genesis(
            engineLevel: 1,
            new ChainParameters(),
            Enumerable.Range(0, nodes).Select(i => new GenesisValidator(KeyOf(i).PublicKey, new PeerAddress("127.0.0.1", ports[i]))),
            (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
            Hash256.Sha256("bench"u8));
        await File.WriteAllTextAsync(Path.Combine(cluster._home, "genesis.json"), GenesisJson.Write(genesis));
        for (int i = 0; i < nodes; i++)
            cluster._nodes.Add(cluster.Launch(i));
        foreach (Process node in cluster._nodes)
            await node.StandardOutput.ReadLineAsync();
        return cluster;
    }

    public async Task MeasureAsync(int clients, int seconds, int bodyBytes)
    {
        for (int i = 0; i < _nodes.Count; i++)
            await _nodes[i].StandardInput.WriteLineAsync($"{(clients / _nodes.Count) + (i < clients % _nodes.Count ? 1 : 0)} {seconds} {bodyBytes}");
        var figures = new List<NodeFigures>();
        foreach (Process node in _nodes)
            figures.Add(JsonSerializer.Deserialize<NodeFigures>(await node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("a node ended"))!);
        Print(clients, seconds, figures);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Process node in _nodes)
        {
            node.StandardInput.Close();
            await node.WaitForExitAsync();
            node.Dispose();
        }
        Directory.Delete(_home, recursive: true);
    }

    private static void Print(int clients, int seconds, List<NodeFigures> figures)
    {
        int[] latencies = [.. figures.SelectMany(node => node.LatencyMicros).Order()];
        double blocks = figures.Average(node => node.Blocks);
        double transactions = figures.Average(node => node.Transactions);
        double PerBlock(Func<NodeFigures, double> figure) => figures.Average(figure) / Math.Max(blocks, 1);
        double At(double quantile) => latencies.Length == 0 ? 0 : latencies[(int)(quantile * (latencies.Length - 1))] / 1000.0;
        Console.WriteLine(
            $"{clients} clients: {transactions / seconds:F0} tx/s, p50 {At(0.5):F2} ms, p99 {At(0.99):F2} ms, {blocks / seconds:F0} blocks/s, {transactions / Math.Max(blocks, 1):F1} tx/block");
        Console.WriteLine(
            $"  a node: {PerBlock(node => node.CpuMicros):F0} us CPU/block, {figures.Average(node => node.CpuMicros) / Math.Max(transactions, 1):F0} us CPU/tx, "
            + $"{PerBlock(node => node.VoteFlushes):F2} vote flushes/block, {PerBlock(node => node.BlockFlushes):F2} block flushes/block, "
            + $"{PerBlock(node => node.AllocatedBytes) / 1024:F1} KiB allocated/block, {PerBlock(node => node.BytesSent) / 1024:F1} KiB sent/block");
        string[] names = WorkCounters.Names;
        Console.WriteLine("  a node and block: " + string.Join(", ", names.Select((name, i) => $"{PerBlock(node => node.Work[i]):F2} {name}")));
    }

    private Process Launch(int index)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("node");
        start.ArgumentList.Add(_home);
        start.ArgumentList.Add(index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Process.Start(start)!;
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        Array.ForEach(listeners, listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        Array.ForEach(listeners, listener => listener.Stop());
        return ports;
    }
}
