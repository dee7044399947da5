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
using Microsoft.Extensions.Logging;

namespace Dadbs.Server.Hosting;

/// <summary>
/// One node, composed by hand: the data directory's lock, the state store on its pages, the SQL engine, the state machine, replication, sessions, the SQL port. Started
/// in this order, stopped in the reverse.
/// </summary>
internal sealed partial class Node : IAsyncDisposable
{
    /// <summary>A block log and a page store may both turn out damaged while a node is composed, and once more while it heals.</summary>
    private const int StartsMax = 4;

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

    /// <summary>What made the node fail is put right by starting it again.</summary>
    public bool IsRepairable { get; private set; }

    /// <exception cref="CommandFailedException">The data directory is in use, damaged or another chain's; or a port is taken.</exception>
    public static Task<Node> StartAsync(DataDirectory data, NodeConfiguration configuration, CancellationToken cancellation) =>
        StartAsync(data, configuration, static options => options, cancellation);

    /// <summary>The same, for a test build that changes how replication is put together.</summary>
    internal static async Task<Node> StartAsync(
        DataDirectory data, NodeConfiguration configuration, Func<ReplicationOptions, ReplicationOptions> change, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            var node = new Node();
            try
            {
                await node.ComposeAsync(data, configuration, change, cancellation).ConfigureAwait(false);
                return node;
            }
            catch (Exception e) when (e is ReplicationException or FormatException or IOException or UnauthorizedAccessException or ArgumentException or SocketException)
            {
                await node.DisposeAsync().ConfigureAwait(false);
                // What is repairable is noted on disk: the next attempt begins with putting it right.
                if (!node.IsRepairable || attempt == StartsMax) throw new CommandFailedException(e.Message, e);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null) await _listener.StopAsync(SessionPatience).ConfigureAwait(false);
        while (_parts.TryPop(out var part)) await part.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ComposeAsync(
        DataDirectory data, NodeConfiguration configuration, Func<ReplicationOptions, ReplicationOptions> change, CancellationToken cancellation)
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
        var storage = Own(NodeStorage.Open(data, configuration, OnDamaged, logging.CreateLogger<NodeStorage>()));
        var log = logging.CreateLogger<Node>();
        var genesis = storage.Genesis;
        var key = storage.Key;
        ReplicationNode? replication = null;
        ReplicationNode Replication() => replication ?? throw new InvalidOperationException("replication is not composed yet");
        var engine = new EngineComposition(Replication);
        var machine = new SqlStateMachine(
            storage.State,
            engine,
            genesis.Parameters,
            new CheckpointPolicy(configuration.CheckpointBlocks, configuration.CheckpointMegabytes * 1024L * 1024),
            logging.CreateLogger<SqlStateMachine>());

        try
        {
            replication = ReplicationNode.Open(
                change(new ReplicationOptions
                {
                    Genesis = genesis,
                    Key = key,
                    VoteLog = storage.VoteLog,
                    BlockLog = storage.BlockLog,
                    BlockIndexDirectory = data.BlockLogDirectory,
                    Salvage = storage.Salvage,
                    Fatal = e => _failed.TrySetResult(e.Message),
                    DiskFull = e => LogDiskFull(log, e.Message),
                    PeerEndPoint = new IPEndPoint(configuration.PeerListenAddress, configuration.PeerPort),
                    PeerAddresses = configuration.PeerAddresses.ToDictionary(p => PublicKey.Parse(p.Key), p => PeerAddress.Parse(p.Value)),
                    Announced = transactions =>
                    {
                        foreach (SignedTransaction transaction in transactions) engine.Announced.Announce(transaction.Id, transaction.Body.Span);
                    },
                    Logging = logging,
                }),
                machine);
            _parts.Push(replication);
            machine.RestoreHistory(height => ExecutionRecord.Decode(replication.ReadResult(height).ChangeSet).Changes);
            await replication.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (BlockLogDamagedException e)
        {
            IsRepairable |= storage.TryNote(e);
            throw;
        }

        storage.BlockLogHealed();

        var services = new SessionServices
        {
            Pipeline = new TransactionPipeline(replication, machine, TimeProvider.System),
            Engine = engine.Engine,
            Catalogs = engine.Catalogs,
            Leases = new NodeLeases(key.PublicKey.Span.ToArray(), () => (long)TimeProvider.System.GetElapsedTime(0).TotalMicroseconds),
            Locks = engine.Locks,
            Announced = engine.Announced,
            Registry = new SessionRegistry(configuration.MaxConnections),
            Log = logging.CreateLogger("Dadbs.Sessions"),
            ProductVersion = Version,
        };
        _listener = await PgListener.BindAsync(services, new IPEndPoint(configuration.ListenAddress, configuration.Port), cancellation).ConfigureAwait(false);
        _parts.Push(_listener);
        _parts.Push(IdleCompaction.Start(TimeProvider.System));
    }

    /// <summary>
    /// A page or block that does not check is noted on disk already: the next start makes the page store again from the block log, or heals the block log from peers.
    /// </summary>
    private void OnDamaged(CorruptionException damage)
    {
        IsRepairable = true;
        _failed.TrySetResult(damage.Message);
    }

    /// <summary>Disposed with the node, after everything that was composed later.</summary>
    private T Own<T>(T part)
        where T : IDisposable
    {
        _parts.Push(new OwnedPart(part));
        return part;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The disk is full: this node votes and writes no more and answers reads from the last state that it executed; with room on the disk, start it again. {Reason}")]
    private static partial void LogDiskFull(ILogger log, string reason);

    private sealed class OwnedPart(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
