using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dadbs.Replication;
using Dadbs.Storage;

namespace Dadbs.ReplicationBench;

/// <summary>What one node measured between two moments.</summary>
internal sealed record NodeFigures(
    double CpuMicros, long Blocks, long Transactions, long VoteFlushes, long BlockFlushes, long AllocatedBytes, long BytesSent, long[] Work, int[] LatencyMicros);

/// <summary>A validator process with its clients, led by lines on its standard input.</summary>
internal sealed class BenchNode(ReplicationNode node, AnsweringMachine machine, CountingLog voteLog, CountingLog blockLog)
{
    public static async Task RunAsync(string home, int index)
    {
        Genesis genesis = GenesisJson.Parse(await File.ReadAllTextAsync(Path.Combine(home, "genesis.json")));
        using NodeKey key = BenchCluster.KeyOf(index);
        using var voteLog = new CountingLog(SegmentedLog.Open(Path.Combine(home, $"votes{index}")));
        using var blockLog = new CountingLog(SegmentedLog.Open(Path.Combine(home, $"blocks{index}")));
        var machine = new AnsweringMachine(genesis);
        await using var node = ReplicationNode.Open(
            new ReplicationOptions
            {
                Genesis = genesis,
                Key = key,
                VoteLog = voteLog,
                BlockLog = blockLog,
                Fatal = static exception => Environment.FailFast(exception.ToString()),
            },
            machine);
        await node.StartAsync();
        await new BenchNode(node, machine, voteLog, blockLog).ObeyAsync();
    }

    private async Task ObeyAsync()
    {
        while (node.Status.Peers.Any(peer => peer.Link != LinkState.Up))
            await Task.Delay(50);
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            int[] numbers = [.. line.Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
            NodeFigures figures = await MeasureAsync(numbers[0], TimeSpan.FromSeconds(numbers[1]), numbers[2]);
            Console.WriteLine(JsonSerializer.Serialize(figures));
        }
    }

    private async Task<NodeFigures> MeasureAsync(int clients, TimeSpan time, int bodyBytes)
    {
        var stop = new CancellationTokenSource();
        var latencies = new List<int>[clients];
        Task[] loops = [.. Enumerable.Range(0, clients).Select(i => Task.Run(() => ClientAsync(latencies[i] = [], bodyBytes, stop.Token)))];
        await Task.Delay(TimeSpan.FromSeconds(3));
        int[] skipped = [.. latencies.Select(list => list.Count)];
        NodeFigures before = Now();
        await Task.Delay(time);
        NodeFigures after = Now();
        await stop.CancelAsync();
        await Task.WhenAll(loops);
        return new NodeFigures(
            after.CpuMicros - before.CpuMicros,
            after.Blocks - before.Blocks,
            after.Transactions - before.Transactions,
            after.VoteFlushes - before.VoteFlushes,
            after.BlockFlushes - before.BlockFlushes,
            after.AllocatedBytes - before.AllocatedBytes,
            after.BytesSent - before.BytesSent,
            [.. after.Work.Zip(before.Work, (a, b) => a - b)],
            [.. latencies.SelectMany((list, i) => list.Skip(skipped[i]))]);
    }

    private NodeFigures Now() => new(
        Environment.CpuUsage.TotalTime.TotalMicroseconds,
        machine.Blocks,
        machine.Transactions,
        voteLog.Flushes,
        blockLog.Flushes,
        GC.GetTotalAllocatedBytes(),
        node.Status.Peers.Sum(peer => peer.BytesSent),
        node.Work.ToArray(),
        []);

    private async Task ClientAsync(List<int> latencies, int bodyBytes, CancellationToken stop)
    {
        byte[] body = new byte[bodyBytes];
        while (!stop.IsCancellationRequested)
        {
            long start = Stopwatch.GetTimestamp();
            PendingTransaction transaction = node.Prepare(10, body, long.MaxValue);
            Task done = machine.Expect(transaction.Id);
            await node.SubmitAsync(transaction, cancellation: CancellationToken.None);
            await done;
            latencies.Add((int)Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
    }
}
