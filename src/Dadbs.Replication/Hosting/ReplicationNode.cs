using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.Channels;
using Dadbs.Consensus;
using Dadbs.Storage;
using Microsoft.Extensions.Logging;

namespace Dadbs.Replication;

/// <summary>
/// A validator's replication: takes own transactions, orders them with those of the others, executes finalized blocks through the
/// <see cref="IStateMachine"/>. Members are thread-safe. Life: <see cref="Open"/>, <see cref="StartAsync"/>, <see cref="DisposeAsync"/>.
/// </summary>
public sealed class ReplicationNode : IAsyncDisposable
{
    /// <summary>Submitted and not yet in the lane; beyond it writers wait.</summary>
    private const long SubmissionBytesMax = 4L * 1024 * 1024;

    /// <summary>Delivered and not yet executed, as a multiple of the execution lag that consensus keeps to.</summary>
    private const int ApplyQueueLags = 4;

    /// <summary>Up to so many validators the loop reads what is short from their sockets itself; of more, threads verify side by side.</summary>
    private const int PolledValidatorsMax = 7;

    private static readonly TimeSpan RecoveryPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RecoveryPoll = TimeSpan.FromMilliseconds(1);

    private readonly ReplicationOptions _options;
    private readonly IStateMachine _machine;
    private readonly ILogger _log;
    private readonly EpochScope _scope;
    private readonly Block _genesisBlock;
    private readonly PeerCounters _counters = new();
    private readonly HeldCertificates _held;
    private readonly SubmissionQueue _submissions;
    private readonly PeerPoller _poller = new();
    private readonly Inbox _inbox;
    private readonly VoteLog _voteLog;
    private readonly BlockLog _blocks;
    private readonly Payloads _payloads;
    private readonly StatementVerifier _statements;
    private readonly StatementSigner _signer;
    private readonly LinkTrust _links;
    private readonly MessageVerifier _verifier;
    private readonly PeerIntake _intake;
    private readonly PeerNetwork _network;
    private readonly ApplyLoop _apply;
    private readonly BlockServer _server;
    private readonly PeerService _service;
    private readonly IReadOnlyList<PeerAddress> _addresses;
    private readonly int _peer;
    private readonly ulong _stream = BinaryPrimitives.ReadUInt64BigEndian(RandomNumberGenerator.GetBytes(8));
    private readonly List<Thread> _threads = [];
    private ulong _sequence;
    private ConsensusLoop? _loop;
    private Task? _serving;
    private readonly Lock _failing = new();
    private bool _fatal;
    private Exception? _failure;
    private Task? _unlinked;
    private volatile SalvagedChain? _salvage;

    private ReplicationNode(ReplicationOptions options, IStateMachine machine)
    {
        _options = options;
        _machine = machine;
        _log = options.Logging.CreateLogger<ReplicationNode>();
        _submissions = new SubmissionQueue(SubmissionBytesMax, options.Time);
        _peer = options.Genesis.PeerIndexOf(options.Key.PublicKey);
        if (_peer < 0)
            throw new WrongChainException("the node's key is not one of the validators or observers in genesis");
        Validator = options.Genesis.IndexOf(options.Key.PublicKey);
        _scope = options.Genesis.ToScope();
        _genesisBlock = options.Genesis.ToBlock(_scope);
        _addresses = [.. options.Genesis.Validators.Select(validator => options.PeerAddresses.TryGetValue(validator.Key, out PeerAddress other) ? other : validator.Address)];
        _voteLog = new VoteLog(options.VoteLog, _scope, options.Genesis, options.Key.PublicKey);
        _blocks = BlockLog.Open(options.BlockLog, _scope, _genesisBlock, options.BlockIndexDirectory is { } directory ? new BlockIndex(directory) : null);
        RefuseIfVoteLogIsMissing();

        _inbox = new Inbox(_scope.ValidatorCount, _poller);
        _payloads = new Payloads(options.Key, new TransactionVerifier(options.Genesis), _counters, options.Announced);
        _held = new HeldCertificates(options.Time);
        _statements = new StatementVerifier(options.Genesis, _counters);
        _signer = new StatementSigner(options.Genesis, options.Key, _statements);
        _links = _scope.ValidatorCount <= PeerIntake.LateVerificationValidatorsMax ? new LinkTrust(_scope.ValidatorCount) : LinkTrust.Nobody(_scope.ValidatorCount);
        _verifier = new MessageVerifier(_scope, _statements, _payloads, _held.Contains, _links);
        _intake = new PeerIntake(_scope, _peer, options.Genesis.Validators.Count + options.Genesis.Observers.Count, _verifier, _held, _inbox, _counters, options.Time);
        _network = new PeerNetwork(options.Genesis, options.Key, _addresses, _intake, _counters, options.Time, _scope.ValidatorCount <= PolledValidatorsMax ? _poller : null);
        _apply = new ApplyLoop(
            machine, _blocks, _payloads, _scope, options.Time, ApplyQueueLags * (int)options.Genesis.Parameters.ExecutionLag, OnExecuted, OnDurable);
        _salvage = options.Salvage;
        var served = new ServedBlocks(height => _blocks.TryRead(height) ?? _salvage?.TryRead(height), _verifier.IsValid, doubted => _inbox.Post(new Input.Doubted(doubted), urgent: false));
        _server = new BlockServer(_scope, served, _network);
        _service = new PeerService(options.Genesis, _scope, _payloads, _submissions, _inbox, _blocks, _server, _network, _counters);
        _intake.Service = IsObserver ? null : _service;
        _apply.Ordered = OnOrdered;
    }

    /// <summary>Checks that key, genesis and logs belong together, and reads the end of the block log. Starts nothing.</summary>
    /// <exception cref="ReplicationException">They do not, or the vote log is missing although there is a past.</exception>
    public static ReplicationNode Open(ReplicationOptions options, IStateMachine machine)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(machine);
        return new ReplicationNode(options, machine);
    }

    public Genesis Genesis => _options.Genesis;

    /// <summary>This node's index in the validator set; −1: it is an observer.</summary>
    public int Validator { get; }

    /// <summary>In no validator slot: it follows, and hands its transactions over (Rule L4).</summary>
    public bool IsObserver => Validator < 0;

    public PublicKey Key => _options.Key.PublicKey;

    public IReadOnlyList<GenesisValidator> Validators => Genesis.Validators;

    /// <summary>A snapshot; cheap enough for a status view, too dear for a query's inner loop.</summary>
    public NodeStatus Status => new(
        _loop?.View ?? 0,
        _loop?.FinalizedHeight ?? _blocks.Height,
        _apply.State,
        _blocks.DurableHeight,
        SignatureBackend.Default.Name,
        IsSigning: Volatile.Read(ref _failure) is null,
        StoppedBecause: (Volatile.Read(ref _failure) as DiskFullException)?.Message,
        [.. _network.Links.OfType<PeerLink>().Where(link => link.Peer < _scope.ValidatorCount).Select(StatusOf)],
        _counters.Read());

    /// <summary>How much was done since the start.</summary>
    public WorkCounters Work => _counters.Work;

    /// <summary>True while so many validators are linked that they make a quorum, with this node if it is one: what <c>/ready</c> says.</summary>
    public bool HasQuorum => (IsObserver ? 0 : 1) + _network.Links.Take(_scope.ValidatorCount).Count(link => link?.State == LinkState.Up) >= _scope.Quorum;

    /// <summary>Highest height whose block-log record is on disk.</summary>
    public long DurableHeight => _blocks.DurableHeight;

    /// <summary>Raised on the apply thread after a block was executed and logged; must return at once.</summary>
    public event Action<ExecutedState>? Executed;

    /// <summary>Replays the block log, recovers the vote log, opens the peer port, begins to vote. Completes when local recovery is done.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        if (_apply.State is { Height: 0 } state && state.StateRoot != Genesis.InitialStateRoot)
            throw new WrongChainException($"the initial state is {state.StateRoot.ToHex()}, genesis says {Genesis.InitialStateRoot.ToHex()}");

        _blocks.ForgetTail();
        var replayed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StartThread("dadbs apply", () =>
        {
            if (TryReplay(replayed, cancellation))
                _apply.Run();
        });
        await replayed.Task.ConfigureAwait(false);

        IReadOnlyList<Consensus.LogRecord> said = IsObserver ? [] : _voteLog.Recover();
        long floor = said is [Consensus.LogRecord.Floor { Base: { } block }, ..] ? block.Height.Value : 0;
        long through = Math.Max(floor, _salvage?.FinalizedHeight ?? 0);
        bool isWhole = _blocks.Height >= through;
        if (!isWhole)
        {
            StartNetwork();
            await HealAsync(floor, through, cancellation).ConfigureAwait(false);
        }
        _salvage = null;

        // The rim knows the view before a peer is linked: a vote that it drops as too far ahead is said once on a link.
        IConsensusCore core = _options.Core(IsObserver ? CreateFollower(through: null) : RecoverReplica(said));
        _intake.Publish(core);
        if (isWhole)
            StartNetwork();
        else
            LinkAnew();
        ConsensusLoop loop = CreateLoop(core);
        StartLoop("dadbs consensus", loop);
        await ExecuteRecoveredAsync(loop, cancellation).ConfigureAwait(false);
    }

    private void StartNetwork()
    {
        _network.Start(_options.PeerEndPoint ?? (IsObserver ? new IPEndPoint(IPAddress.Loopback, 0) : ListenAddress(_addresses[Validator])));
        _serving = Task.Run(() => GuardAsync(_server.RunAsync), CancellationToken.None);
    }

    /// <summary>What peers said on these links nobody has heard: on new ones they say it again (Rule V7).</summary>
    private void LinkAnew()
    {
        for (int peer = 0; peer < _network.Links.Count; peer++)
            _network.Disconnect(peer);
    }

    private ConsensusLoop CreateLoop(IConsensusCore core)
    {
        var runner = new EffectRunner(_scope, _network, _apply, _server, _held, _log, Fail);
        return new ConsensusLoop(core, _inbox, _submissions, _voteLog, runner, Work, _intake, _options.Time);
    }

    private Thread StartLoop(string name, ConsensusLoop loop)
    {
        _loop = loop;
        ExecutedRoots recovered = _apply.State.ToRoots();
        return StartThread(name, () => loop.Run(recovered));
    }

    private Task HealAsync(long floor, long through, CancellationToken cancellation)
    {
        if (!IsObserver && _scope.ValidatorCount == 1)
            throw new DamagedRecordException($"block log: it ends at height {_blocks.Height}, but the vote log was cut at {floor}, and there are no peers to fetch from");

        var healing = new BlockLogHealing
        {
            Blocks = _blocks,
            Salvage = _salvage,
            IsValid = _verifier.IsValid,
            Answered = PostSalvaged,
            Start = core =>
            {
                ConsensusLoop loop = CreateLoop(core);
                return (loop, StartLoop("dadbs healing", loop));
            },
            Failure = () => Volatile.Read(ref _failure),
            Patience = _options.HealingPatience,
            Time = _options.Time,
            Log = _log,
        };
        return healing.RunAsync(CreateFollower(new Height(through)), through, cancellation);
    }

    /// <summary>An answer out of the salvaged blocks goes the way of a peer's: what is not proven is refused.</summary>
    private void PostSalvaged(Message answer)
    {
        if (_intake.TryVerify(answer) is { } input)
            _inbox.Post(input);
    }

    /// <summary>
    /// What the vote log finalizes beyond the block log may have been acknowledged before the process ended, so it is executed before anybody reads. Only for a while:
    /// a batch of it may have to come from peers, and they may be down.
    /// </summary>
    private async Task ExecuteRecoveredAsync(ConsensusLoop loop, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(RecoveryPatience);
        try
        {
            long finalized = await loop.Recovered.WaitAsync(patience.Token).ConfigureAwait(false);
            while (_apply.State.Height < finalized)
                await Task.Delay(RecoveryPoll, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Late, not lost: it is executed when its batches are there.
        }
    }

    /// <summary>
    /// Gives a transaction its envelope, place in the stream and id. Not sent until submitted; a gap in the stream does no harm. Of one <paramref name="session"/>
    /// (0: of none) none overtakes the one before, even when they are handed over to others' lanes.
    /// </summary>
    /// <exception cref="TransactionTooLargeException">Larger than the chain allows.</exception>
    public PendingTransaction Prepare(uint role, ReadOnlyMemory<byte> body, long expiryMicros, ulong session = 0)
    {
        long bytes = (long)TransactionEnvelope.HeadLength + body.Length;
        if (bytes > Genesis.Parameters.TransactionBytes)
            throw new TransactionTooLargeException(bytes, Genesis.Parameters.TransactionBytes);
        ulong sequence = Interlocked.Increment(ref _sequence);
        byte[] core = TransactionEnvelope.Encode(Genesis.ChainId, _options.Key.PublicKey, role, _stream, sequence, expiryMicros, body.Span);
        return new PendingTransaction(core, Hash256.Sha256(core), role, expiryMicros, session);
    }

    /// <summary>
    /// Hands a transaction to the own lane. Waits while the lane is full (Rule L5), at most as long as <paramref name="patience"/> says; can be cancelled until
    /// then. Once it returned, the transaction is on its way and its outcome is the state machine's to tell.
    /// </summary>
    /// <exception cref="TimeoutException">There was no room for so long: nothing was submitted.</exception>
    /// <exception cref="DiskFullException">The node has stopped taking part: nothing was submitted.</exception>
    public ValueTask SubmitAsync(PendingTransaction transaction, TimeSpan? patience = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ValueTask admitted = _submissions.EnqueueAsync(transaction, cancellation, patience);
        _inbox.NoteSubmission(transaction.Core.Length);
        return admitted;
    }

    /// <summary>A block from the log, or null if it is not there (yet). Reads the disk.</summary>
    public BlockRecord? ReadBlock(long height)
    {
        if (_blocks.TryRead(height) is not { } stored)
            return null;
        OrderedBlock ordered = Ordering.Flatten(stored.Final.Block, stored.Batches, batch => BatchPayload.Decode(batch), _scope, isReplay: true);
        return new BlockRecord(ordered, stored.Result, stored.Final.Block.Header.Executed.ToState());
    }

    /// <summary>What the execution of a block led to. Before the start only.</summary>
    /// <exception cref="BlockLogDamagedException">The block log does not hold the height.</exception>
    public ExecutedBlock ReadResult(long height) => _blocks.TryReadResult(height) ?? _blocks.Read(height).Result;

    public async ValueTask DisposeAsync()
    {
        _submissions.Close(new ReplicationException("the node is shutting down"));
        _server.Stop();
        _loop?.Stop();
        _inbox.Close();
        _apply.Stop();
        await Task.Run(() => _threads.ForEach(static thread => thread.Join())).ConfigureAwait(false);
        await (_unlinked ?? _network.DisposeAsync().AsTask()).ConfigureAwait(false);
        if (_serving is not null)
            await _serving.ConfigureAwait(false);
        _poller.Dispose();
    }

    private void RefuseIfVoteLogIsMissing()
    {
        // An observer says nothing that it could contradict.
        if (IsObserver || !_voteLog.IsEmpty)
            return;
        if (_blocks.Height > 0 || _machine.Recovered.Height > 0)
            throw new VoteLogMissingException("the vote log is missing, but this node has a past: it could contradict what it said, so it does not start");
        _voteLog.Create();
    }

    private bool TryReplay(TaskCompletionSource replayed, CancellationToken cancellation)
    {
        try
        {
            _apply.Replay(cancellation);
            replayed.SetResult();
            return true;
        }
        catch (Exception exception)
        {
            // The thread border (CONTRIBUTING.md): whatever stopped the replay belongs to who awaits the start.
            replayed.SetException(exception);
            return false;
        }
    }

    private Replica RecoverReplica(IReadOnlyList<Consensus.LogRecord> records)
    {
        var options = new ReplicaOptions
        {
            Scope = _scope,
            Self = new ValidatorId(Validator),
            Genesis = _genesisBlock,
            Signer = _signer,
            Sealer = _payloads,
            Verifier = _statements,
            Links = _links,
            Parameters = Genesis.Parameters.ToConsensus() with { CheckpointLogBytes = _options.VoteLogBytes },
        };
        return Replica.Recover(options, records, new Height(_blocks.Height));
    }

    /// <summary>An observer begins where its block log ends: nothing else of what it knew binds it.</summary>
    private Follower CreateFollower(Height? through) => new(new FollowerOptions
    {
        Scope = _scope,
        Self = IsObserver ? null : new ValidatorId(Validator),
        Through = through,
        Head = _blocks.Head,
        Cut = _blocks.Cut,
        Sealer = _payloads,
        Home = new ValidatorId(_peer % _scope.ValidatorCount),
        Parameters = Genesis.Parameters.ToConsensus(),
    });

    /// <summary>Rule L4: what was handed over and stands in the order now.</summary>
    private void OnOrdered(OrderedBlock block)
    {
        if (_loop is not { HandsOver: true })
            return;
        Digest[] own = [.. block.Transactions.Where(transaction => transaction.Stream == _stream && transaction.PublicKey == Key).Select(transaction => transaction.Id.ToDigest())];
        if (own.Length > 0)
            _inbox.Post(new Input.Ordered(own), urgent: false);
    }

    private void OnExecuted(ExecutedState state)
    {
        _inbox.Post(new Input.Executed(state.ToRoots()), urgent: _loop?.AwaitsExecution ?? true);
        Executed?.Invoke(state);
    }

    private void OnDurable(long height)
    {
        _inbox.Post(new Input.BlockLogDurable(new Height(height)), urgent: false);
        if (!IsObserver)
            _service.Announce(height);
    }

    private PeerStatus StatusOf(PeerLink link) => new(
        link.Peer,
        Validators[link.Peer].Key,
        _addresses[link.Peer],
        link.State,
        link.LastHeardMicros,
        _intake.ExecutedHint(link.Peer),
        link.BytesSent,
        link.BytesReceived,
        _intake.Refused(link.Peer),
        link.Bans);

    private Thread StartThread(string name, Action body)
    {
        var thread = new Thread(() => Guard(body)) { Name = name, IsBackground = true };
        _threads.Add(thread);
        thread.Start();
        return thread;
    }

    /// <summary>
    /// The thread border (CONTRIBUTING.md, "Where exceptions end"): nothing may go on after a failure here, of whatever type, and the process must learn of it.
    /// </summary>
    private void Guard(Action body)
    {
        try
        {
            body();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>The same border for the block server, which is a task.</summary>
    private async Task GuardAsync(Func<Task> body)
    {
        try
        {
            await body().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        var full = _options.DiskFull is null ? null : exception as DiskFullException;
        lock (_failing)
        {
            bool isFirst = _failure is null;
            // What ends a node ends one that stopped for want of room, too: it must not go on to be read.
            if (_fatal || (!isFirst && (full is not null || IsOfClosing(exception))))
                return;
            _fatal = full is null;
            Volatile.Write(ref _failure, _failure ?? exception);
        }
        _loop?.Stop();
        _inbox.Close();
        if (full is not null)
        {
            _apply.Stop();
            _submissions.Close(full);
            // Who does not vote should not look as if it did: without a link its turns as leader are passed over (Rule T2).
            _unlinked = Task.Run(() => _network.DisposeAsync().AsTask());
            _options.DiskFull!(full);
            return;
        }
        _submissions.Close(new ReplicationException("the node failed", exception));
        _options.Fatal(exception);
    }

    /// <summary>What threads may meet because the network or the node is being closed under them.</summary>
    private static bool IsOfClosing(Exception exception) =>
        exception is ObjectDisposedException or OperationCanceledException or SocketException or ChannelClosedException;

    private static IPEndPoint ListenAddress(PeerAddress address) =>
        IPAddress.TryParse(address.Host, out IPAddress? ip) ? new IPEndPoint(ip, address.Port)
        : address.Host == "localhost" ? new IPEndPoint(IPAddress.Loopback, address.Port)
        : new IPEndPoint(IPAddress.IPv6Any, address.Port);
}
