using Dadbs.Consensus;
using Dadbs.Replication;
using Dadbs.Replication.Tests.Peers;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Hosting;

/// <summary>One validator of an in-process cluster: its logs outlive the node, as files outlive a process.</summary>
internal sealed class TestNode(Genesis genesis, int index) : IAsyncDisposable
{
    private readonly NodeKey _key = TestChain.Key(index);
    private readonly List<Exception> _failures = [];
    private ReplicationNode? _node;

    public MemoryLog VoteLog { get; set; } = new();

    public MemoryLog BlockLog { get; set; } = new();

    public HashChain Machine { get; set; } = new(genesis);

    /// <summary>What a damaged block log still held; used up by the next start.</summary>
    public SalvagedChain? Salvage { get; set; }

    public TimeSpan HealingPatience { get; set; } = TimeSpan.FromMinutes(1);

    public long VoteLogBytes { get; set; } = 32L * 1024 * 1024;

    public Func<IConsensusCore, IConsensusCore> Core { get; set; } = core => core;

    public ReplicationNode Node => _node ?? throw new InvalidOperationException("not started");

    public Exception[] Failures
    {
        get
        {
            lock (_failures)
                return [.. _failures];
        }
    }

    public async Task StartAsync()
    {
        var node = ReplicationNode.Open(
            new ReplicationOptions
            {
                Genesis = genesis,
                Key = _key,
                VoteLog = VoteLog,
                BlockLog = BlockLog,
                Salvage = Salvage,
                HealingPatience = HealingPatience,
                VoteLogBytes = VoteLogBytes,
                Core = Core,
                DiskFull = _ => { },
                Fatal = exception =>
                {
                    lock (_failures)
                        _failures.Add(exception);
                },
            },
            Machine);
        (_node, Salvage) = (node, null);
        await node.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
        _node = null;
    }

    /// <summary>Ends the node and leaves the logs as a kill would: what was not flushed is gone.</summary>
    public async Task KillAsync()
    {
        MemoryLog votes = VoteLog.Crash();
        MemoryLog blocks = BlockLog.Crash();
        await StopAsync();
        (VoteLog, BlockLog) = (votes, blocks);
    }

    /// <summary>A new process on the old files: the machine starts from genesis and replays.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        Machine = new HashChain(genesis);
        await StartAsync();
    }

    public async Task<Hash256> SubmitAsync(string body)
    {
        PendingTransaction pending = Node.Prepare(10, System.Text.Encoding.UTF8.GetBytes(body), long.MaxValue);
        await Node.SubmitAsync(pending);
        return pending.Id;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _key.Dispose();
    }
}

/// <summary>A cluster on loopback, real TLS between its nodes.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    public TestCluster(int validators, ChainParameters? parameters = null, int observers = 0)
    {
        Genesis = TestChain.Genesis(validators, PeerNetworkTests.Ports(validators), parameters, observers);
        Nodes = [.. Enumerable.Range(0, validators).Select(i => new TestNode(Genesis, i))];
        Observers = [.. Enumerable.Range(validators, observers).Select(i => new TestNode(Genesis, i))];
    }

    public Genesis Genesis { get; }

    public TestNode[] Nodes { get; }

    /// <summary>In no validator slot.</summary>
    public TestNode[] Observers { get; }

    public static async Task<TestCluster> StartAsync(int validators, ChainParameters? parameters = null)
    {
        var cluster = new TestCluster(validators, parameters);
        await Task.WhenAll(cluster.Nodes.Select(node => node.StartAsync()));
        return cluster;
    }

    /// <summary>All of these have executed all of those, in one order, to one state.</summary>
    public static async Task AssertAgreed(IEnumerable<TestNode> nodes, IEnumerable<Hash256> ids)
    {
        TestNode[] all = [.. nodes];
        Hash256[] wanted = [.. ids];
        await PeerNetworkTests.Eventually(() =>
        {
            foreach (TestNode node in all)
                Assert.Empty(node.Failures);
            return all.All(node => wanted.All(node.Machine.Contains));
        });
        long height = all.Min(node => node.Machine.Height);
        Assert.Single(all.Select(node => node.Machine.RootAt(height)).Distinct());
        int count = all.Min(node => node.Machine.Count);
        Assert.Single(all.Select(node => string.Join(',', node.Machine.Order.Take(count))).Distinct());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (TestNode node in Nodes.Concat(Observers))
            await node.DisposeAsync();
    }
}
