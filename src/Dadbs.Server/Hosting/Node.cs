using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Dadbs.Replication;
using Dadbs.Server.CommandLine;
using Dadbs.Server.Configuration;
using Dadbs.Server.Execution;
using Dadbs.Server.Sessions;
using Dadbs.Server.Sessions.Connections;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;
using Dadbs.Storage.Faster;
using Microsoft.Extensions.Logging;

namespace Dadbs.Server.Hosting;

/// <summary>
/// One node, composed by hand: the data directory's lock, the state store on its pages, the SQL engine, the state machine, replication, sessions, the SQL port. Started
/// in this order, stopped in the reverse.
/// </summary>
internal sealed class Node : IAsyncDisposable
{
    /// <summary>A bucket of FASTER's hash index is one cache line.</summary>
    private const int IndexBucketBytes = 64;

    private static readonly TimeSpan SessionPatience = TimeSpan.FromSeconds(3);

    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly TaskCompletionSource<string> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PgListener? _listener;

    private Node()
    {
    }

    public static string Version { get; } = typeof(Node).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Completes with the reason when the node cannot go on (a failed flush, damage, divergence).</summary>
    public Task<string> Failed => _failed.Task;

    /// <exception cref="CommandFailedException">The data directory is in use, damaged or another chain's; or a port is taken.</exception>
    public static async Task<Node> StartAsync(DataDirectory data, NodeConfiguration configuration, CancellationToken cancellation)
    {
        var node = new Node();
        try
        {
            await node.ComposeAsync(data, configuration, cancellation).ConfigureAwait(false);
            return node;
        }
        catch (Exception e) when (e is ReplicationException or FormatException or IOException or UnauthorizedAccessException or ArgumentException or SocketException)
        {
            await node.DisposeAsync().ConfigureAwait(false);
            throw new CommandFailedException(e.Message, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null) await _listener.StopAsync(SessionPatience).ConfigureAwait(false);
        while (_parts.TryPop(out var part)) await part.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ComposeAsync(DataDirectory data, NodeConfiguration configuration, CancellationToken cancellation)
    {
        var logging = Own(LoggerFactory.Create(b => b
            .SetMinimumLevel(configuration.LogLevel)
            .AddSimpleConsole(o =>
            {
                o.SingleLine = true;
                o.TimestampFormat = "yyyy-MM-dd HH:mm:ss.fff ";
                o.UseUtcTimestamp = true;
            })
            .AddFilter(level => level >= configuration.LogLevel)));
        Own(DirectoryLock.Acquire(data.Root));
        var genesis = GenesisJson.Parse(await File.ReadAllTextAsync(data.GenesisFile, cancellation).ConfigureAwait(false));
        var key = Own(KeyFile.Read(data.KeyFile));

        var store = Own(OpenState(data, configuration, genesis));
        ReplicationNode? replication = null;
        ReplicationNode Replication() => replication ?? throw new InvalidOperationException("replication is not composed yet");
        var engine = new EngineComposition(Replication);
        var machine = new SqlStateMachine(
            store,
            engine,
            genesis.Parameters,
            new CheckpointPolicy(configuration.CheckpointBlocks, configuration.CheckpointMegabytes * 1024L * 1024),
            logging.CreateLogger<SqlStateMachine>());

        var voteLog = Own(SegmentedLog.Open(data.VoteLogDirectory));
        var blockLog = Own(FasterBlockLog.Open(data.BlockLogDirectory));
        replication = ReplicationNode.Open(
            new ReplicationOptions
            {
                Genesis = genesis,
                Key = key,
                VoteLog = voteLog,
                BlockLog = blockLog,
                Fatal = e => _failed.TrySetResult(e.Message),
                PeerEndPoint = new IPEndPoint(configuration.PeerListenAddress, configuration.PeerPort),
                PeerAddresses = configuration.PeerAddresses.ToDictionary(p => PublicKey.Parse(p.Key), p => PeerAddress.Parse(p.Value)),
                Logging = logging,
            },
            machine);
        _parts.Push(replication);
        machine.RestoreHistory(height => replication.ReadResult(height) is { } result ? ExecutionRecord.Decode(result.ChangeSet).Changes : null);
        await replication.StartAsync(cancellation).ConfigureAwait(false);

        var services = new SessionServices
        {
            Pipeline = new TransactionPipeline(replication, machine, TimeProvider.System),
            Engine = engine.Engine,
            Catalogs = engine.Catalogs,
            Leases = new NodeLeases(key.PublicKey.Span.ToArray(), () => (long)TimeProvider.System.GetElapsedTime(0).TotalMicroseconds),
            Locks = engine.Locks,
            Registry = new SessionRegistry(configuration.MaxConnections),
            Log = logging.CreateLogger("Dadbs.Sessions"),
            ProductVersion = Version,
        };
        _listener = await PgListener.BindAsync(services, new IPEndPoint(configuration.ListenAddress, configuration.Port), cancellation).ConfigureAwait(false);
        _parts.Push(_listener);
    }

    /// <summary>Recovers the newest checkpoint, or makes the genesis state of a fresh directory.</summary>
    private static StateStore OpenState(DataDirectory data, NodeConfiguration configuration, Genesis genesis)
    {
        var pages = FasterPageStore.Open(data.StateDirectory, new FasterPageStoreOptions
        {
            LogMemorySizeBits = Log2Megabytes(configuration.StoreMemoryMegabytes),
            IndexBuckets = configuration.StoreIndexMegabytes * 1024L * 1024 / IndexBucketBytes,
        });
        var store = StateStore.Open(new StateStoreOptions { PageCacheBytes = configuration.PageCacheMegabytes * 1024L * 1024 }, pages, data.StateDirectory);
        if (store.CheckpointHeight == StateStore.EmptyHeight) GenesisExecution.Apply(store, genesis);
        return store;
    }

    private static int Log2Megabytes(int megabytes) => int.Log2(megabytes) + 20;

    /// <summary>Disposed with the node, after everything that was composed later.</summary>
    private T Own<T>(T part)
        where T : IDisposable
    {
        _parts.Push(new OwnedPart(part));
        return part;
    }

    private sealed class OwnedPart(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
