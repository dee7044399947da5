using Dadbs.Replication;
using Dadbs.Server.Sessions.Ordering;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dadbs.Server.Execution;

/// <summary>
/// Where the two halves meet: replication's ordered transactions are replayed by the SQL engine on the state store. <see cref="Execute(OrderedBlock)"/> belongs to the apply
/// thread; <see cref="Latest"/> and <see cref="Pending"/> to any.
/// </summary>
internal sealed partial class SqlStateMachine : IStateMachine
{
    private readonly StateStore _store;
    private readonly EngineComposition _engine;
    private readonly CheckpointPolicy _checkpoints;
    private readonly ILogger _log;

    /// <summary>What the latest blocks changed, for transactions of the upper isolation levels.</summary>
    private readonly ChangeHistory _history = new(ChangeHistoryLimits.Chain, Footprint.IsKept);

    /// <summary>Of all blocks, but for height and time.</summary>
    private readonly ReplayEnvironment _environment;
    private bool _checkpointDue;
    private byte[] _latestKey = [];

    public SqlStateMachine(StateStore store, EngineComposition engine, ChainParameters parameters, CheckpointPolicy checkpoints, ILogger? log = null)
    {
        _store = store;
        _engine = engine;
        _checkpoints = checkpoints;
        _log = log ?? NullLogger.Instance;
        _history.StartAt(store.Current.Height);
        _environment = new ReplayEnvironment
        {
            BlockHeight = store.Current.Height,
            BlockTimeMicros = 0,
            Engine = engine.Engine,
            Catalogs = engine.Catalogs,
            Limits = LimitsOf(parameters),
            History = _history,
            Nanoseconds = MonotonicClock.Nanoseconds,
        };
    }

    /// <summary>The newest executed state. Published before the outcome of any transaction in it.</summary>
    public Snapshot Latest => _store.Current;

    /// <summary>Own transactions whose sessions wait.</summary>
    public PendingOutcomes Pending => _engine.Pending;

    public TransactionIndex Index { get; } = new();

    /// <summary>The receipts root of the recovered height is the block log's to know.</summary>
    public ExecutedState Recovered => new(_store.Current.Height, _store.Current.Root, Hash256.Zero);

    /// <summary>
    /// After a restart, before the first block: takes the change sets up to the recovered height, newest first, as far back as a node that did not restart keeps
    /// them, so that both decide alike.
    /// </summary>
    /// <param name="changesOf">The change set of a height from 1 on; throws if it cannot be read, since with a shorter history this node would decide otherwise than the others.</param>
    public void RestoreHistory(Func<long, ChangeSet> changesOf)
    {
        while (_history.OldestSnapshot > 0 && _history.TryPrepend(_history.OldestSnapshot, changesOf(_history.OldestSnapshot)))
        {
        }
    }

    public ExecutedBlock Execute(OrderedBlock block)
    {
        var taken = new List<Taken>();
        try
        {
            return Execute(block, taken);
        }
        catch
        {
            // The node's part in the chain ends here. Whose transactions were taken would wait for ever, and the process for their sessions.
            foreach (Taken own in taken) Pending.Answer(own.Waiter, own.Waiter.Unknown("this node failed while it executed the transaction"));
            Pending.Deliver();
            throw;
        }
    }

    private ExecutedBlock Execute(OrderedBlock block, List<Taken> taken)
    {
        var overlay = new Overlay(_store.Current);
        ReplayEnvironment environment = _environment with { BlockHeight = block.Height, BlockTimeMicros = block.TimeMicros };
        var receipts = new Receipt[block.Transactions.Count];
        for (int i = 0; i < receipts.Length; i++) receipts[i] = Execute(block.Transactions[i], overlay, environment, taken);

        var record = new ExecutionRecord(receipts, overlay.ToChangeSet());
        _store.Apply(record.Changes, block.Height, seal: false);
        for (int i = 0; i < receipts.Length; i++)
        {
            _engine.Announced.Executed(block.Transactions[i].Id);
            Index.Add(block.Transactions[i].Id, new TransactionPlace(block.Height, i, receipts[i]));
        }

        // Rule D2: whoever learns an outcome must find it in Latest, so the state came first. Its root follows the answers: clients work while this thread hashes.
        foreach (Taken own in taken) Pending.Answer(own.Waiter, own.OutcomeAt(block.Height));
        Pending.Deliver();
        Pending.ExpireBefore(block.TimeMicros);
        Snapshot snapshot = _store.Seal();
        _history.Add(block.Height, record.Changes);
        _checkpointDue |= _checkpoints.IsDue(block.Height, _store.ChangedBytesSinceCheckpoint);
        return new ExecutedBlock(block.Height, snapshot.Root, record.Root(block.Transactions), record.Encode());
    }

    public void BlocksDurable(long height)
    {
        Invariant.Check(height == _store.Current.Height);
        if (!_checkpointDue) return;
        _store.Checkpoint();
        _checkpointDue = false;
    }

    private Receipt Execute(SignedTransaction transaction, Overlay overlay, ReplayEnvironment environment, List<Taken> taken)
    {
        // Taken before execution: from here on only this thread answers, and the session may no longer touch what it gave to observe results.
        var waiter = Pending.TryTake(transaction.Id, out var waiting) ? waiting : null;
        if (waiter is not null) taken.Add(new Taken(waiter, null));
        var outcome = TransactionReplay.Replay(transaction.Body.Span, OriginOf(transaction), overlay, environment, waiter?.Results);
        if (outcome.UnexpectedException is { } bug) LogUnexpected(bug, transaction.Id);
        else if (outcome.Error is { } error) LogFailed(transaction.Id, error.State.Code, error.Message);
        if (waiter is not null) taken[^1] = new Taken(waiter, outcome);
        return outcome.IsDuplicate ? Receipt.Duplicate : outcome.IsCommitted ? Receipt.Committed : Receipt.Failed;
    }

    private static ReplayLimits LimitsOf(ChainParameters parameters) => new()
    {
        ClockDriftMicros = parameters.ClockDriftMicros,
        ClockAgeMicros = parameters.CapturedClockAgeMicros,
        ExpiryAheadMicros = parameters.ExpiryAheadMicros,
        SequenceWindow = parameters.SequenceWindow,
        StreamsPerKey = parameters.StreamsPerKey,
    };

    private TransactionOrigin OriginOf(SignedTransaction transaction) => new(
        KeyBytes(transaction.PublicKey), transaction.Role, transaction.Stream, (long)transaction.Sequence, transaction.ExpiryMicros);

    /// <summary>Transactions of a batch are of one key.</summary>
    private byte[] KeyBytes(in PublicKey key)
    {
        if (!key.Span.SequenceEqual(_latestKey)) _latestKey = key.Span.ToArray();
        return _latestKey;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Transaction {Id} failed with XX000")]
    private partial void LogUnexpected(Exception bug, Hash256 id);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Transaction {Id} failed: {SqlState} {Reason}")]
    private partial void LogFailed(Hash256 id, string sqlState, string reason);

    /// <summary>A transaction of a session of this node.</summary>
    /// <param name="Waiter">Its session, which only this thread answers now.</param>
    /// <param name="Outcome">Null until it was executed.</param>
    private readonly record struct Taken(PendingOutcomes.Waiter Waiter, ReplayOutcome? Outcome)
    {
        public TransactionOutcome OutcomeAt(long height) => Outcome!.IsCommitted
            ? new TransactionOutcome.Committed(height)
            : new TransactionOutcome.Failed(Outcome.Error!, Outcome.FailedStatement);
    }
}
