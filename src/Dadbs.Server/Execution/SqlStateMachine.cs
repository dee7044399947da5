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

    /// <summary>Executed before its order is known (Rule X4).</summary>
    private Execution? _ahead;

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

    public void Speculate(OrderedBlock block)
    {
        _ahead = null;
        Execution execution = Run(block);
        foreach (Taken own in execution.Taken) own.Waiter.Return();
        execution.Seal();
        _ahead = execution;
    }

    public ExecutedBlock Execute(OrderedBlock block)
    {
        Execution execution = _ahead is { } ahead && ahead.Block.BlockDigest == block.BlockDigest && ahead.Block.Height == block.Height ? ahead : Run(block);
        _ahead = null;
        Publish(execution);
        for (int i = 0; i < block.Transactions.Count; i++)
        {
            SignedTransaction transaction = block.Transactions[i];
            Hash256 id = transaction.Id;
            _engine.Announced.Executed(id);
            Index.Add(id, new TransactionPlace(block.Height, i, execution.Record.Receipts[i], IsDue(transaction, block.TimeMicros)));
            Pending.Remove(id);
        }

        // Rule D2: whoever learns an outcome must find it in Latest, so the state came first. Its root follows the answers: clients work while this thread hashes.
        foreach (Taken own in execution.Taken) Pending.AnswerExecuted(own.Waiter, own.OutcomeAt(block.Height));
        Pending.Deliver();
        Pending.ExpireBefore(block.TimeMicros);
        ExecutedBlock result = execution.Seal();
        _history.Add(block.Height, execution.Record.Changes);
        _checkpointDue |= _checkpoints.IsDue(block.Height, _store.ChangedBytesSinceCheckpoint);
        return result;
    }

    /// <summary>Rule X1a: whether the block came neither too late for the transaction nor too early.</summary>
    public bool IsDue(SignedTransaction transaction, long blockTimeMicros) => _environment.Limits.IsDue(transaction.ExpiryMicros, blockTimeMicros);

    /// <summary>Executes a block on the newest state, and publishes nothing.</summary>
    private Execution Run(OrderedBlock block)
    {
        var taken = new List<Taken>();
        try
        {
            var overlay = new Overlay(_store.Current);
            ReplayEnvironment environment = _environment with { BlockHeight = block.Height, BlockTimeMicros = block.TimeMicros };
            var receipts = new Receipt[block.Transactions.Count];
            for (int i = 0; i < receipts.Length; i++) receipts[i] = Execute(block.Transactions[i], overlay, environment, taken);
            var record = new ExecutionRecord(receipts, overlay.ToChangeSet());
            return new Execution(block, record, _store.Stage(record.Changes, block.Height), taken);
        }
        catch
        {
            AnswerUnknown(taken);
            throw;
        }
    }

    private void Publish(Execution execution)
    {
        try
        {
            _store.Publish(execution.State);
        }
        catch
        {
            AnswerUnknown(execution.Taken);
            throw;
        }
    }

    /// <summary>The node's part in the chain ends. Whose transactions were taken would wait for ever, and the process for their sessions.</summary>
    private void AnswerUnknown(IReadOnlyList<Taken> taken)
    {
        foreach (Taken own in taken) Pending.Answer(own.Waiter, own.Waiter.Unknown("this node failed while it executed the transaction"));
        Pending.Deliver();
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
        var waiter = Pending.Borrow(transaction.Id);
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

    /// <summary>A block that was executed on the newest state, which knows nothing of it yet.</summary>
    /// <param name="Block">What was executed.</param>
    /// <param name="Record">What came of it.</param>
    /// <param name="State">The state after it.</param>
    /// <param name="Taken">The sessions to be answered, in the order of their transactions.</param>
    private sealed record Execution(OrderedBlock Block, ExecutionRecord Record, Snapshot State, IReadOnlyList<Taken> Taken)
    {
        private ExecutedBlock? _result;

        /// <summary>Hashes the state and the record.</summary>
        public ExecutedBlock Seal()
        {
            if (_result is not null) return _result;
            State.Seal();
            return _result = new ExecutedBlock(Block.Height, State.Root, Record.Root(Block.Transactions), Record.Encode());
        }
    }

    /// <summary>A transaction of a session of this node.</summary>
    /// <param name="Waiter">Its session, whose observer saw the execution.</param>
    /// <param name="Outcome">Null until it was executed.</param>
    private readonly record struct Taken(PendingOutcomes.Waiter Waiter, ReplayOutcome? Outcome)
    {
        public TransactionOutcome OutcomeAt(long height) => Outcome!.IsCommitted
            ? new TransactionOutcome.Committed(height)
            : new TransactionOutcome.Failed(Outcome.Error!, Outcome.FailedStatement);
    }
}
