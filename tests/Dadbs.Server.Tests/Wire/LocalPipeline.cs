using System.Security.Cryptography;
using System.Text;
using Dadbs.Server.Sessions.Ordering;
using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;

namespace Dadbs.Server.Tests.Wire;

/// <summary>
/// Orders by a lock and executes at once, on a state in memory: what a cluster of one would do, without consensus, signatures and disk.
/// Bodies travel as bytes, as they would.
/// </summary>
internal sealed class LocalPipeline : ITransactionPipeline, IDisposable
{
    public static readonly byte[] Key = [2, .. new byte[32]];

    private readonly SqlEngine _engine;
    private readonly CatalogCache _catalogs;
    private readonly StateStore _store;
    private readonly Lock _submission = new();
    private Task _last = Task.CompletedTask;
    private readonly ChangeHistory _history = new(ChangeHistoryLimits.Chain, Footprint.IsKept);
    private long _height;
    private int _submissions;
    private long _sequence;

    public LocalPipeline(SqlEngine engine, CatalogCache catalogs)
    {
        _engine = engine;
        _catalogs = catalogs;
        _store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
        var genesis = new Overlay(_store.Current);
        GenesisState.Create(genesis, new GenesisOptions { ValidatorKeys = [Key] });
        _store.Apply(genesis.ToChangeSet(), _height);
    }

    /// <summary>The local pipeline keeps no history.</summary>
    public string? StatusOf(string transactionId, Action throwIfInterrupted) => null;

    /// <summary>Where set: a transaction that is submitted waits here before it is executed, one release each.</summary>
    public SemaphoreSlim? Gate { get; set; }

    /// <summary>Explicit transactions whose text contains this fail when they are executed, as if another node had come first.</summary>
    public string? Doomed { get; set; }

    /// <summary>Which of their statements is said to have failed; −1: none, they were refused before the first.</summary>
    public int DoomedStatement { get; set; }

    /// <summary>What sort of transaction was executed last.</summary>
    public TransactionKind LastKind { get; private set; }

    /// <summary>How many transactions were submitted.</summary>
    public int Submissions => Volatile.Read(ref _submissions);

    public Snapshot Latest => _store.Current;

    public async ValueTask<TransactionOutcome> ExecuteAsync(
        uint roleOid, TransactionBody body, IResultObserver? results, TimeSpan commitTimeout, CancellationToken cancellation, Action? submitted = null)
    {
        if (cancellation.IsCancellationRequested) return new TransactionOutcome.Canceled();
        var executed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_submission)
        {
            (before, _last) = (_last, executed.Task);
            submitted?.Invoke();
            Interlocked.Increment(ref _submissions);
        }

        await before;
        try
        {
            if (Gate is { } gate) await gate.WaitAsync(CancellationToken.None);
            LastKind = body.Kind;
            return Execute(roleOid, TransactionBodyCodec.Encode(body), results);
        }
        finally
        {
            executed.SetResult();
        }
    }

    public void Dispose()
    {
        _store.Dispose();
    }

    private TransactionOutcome Execute(uint roleOid, byte[] body, IResultObserver? results)
    {
        if (Doomed is { } text && Encoding.UTF8.GetString(body).Contains(text, StringComparison.Ordinal))
        {
            return new TransactionOutcome.Failed(new SqlException(SqlState.SerializationFailure, "doomed"), DoomedStatement);
        }

        long now = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var block = new Overlay(_store.Current);
        var origin = new TransactionOrigin(Key, roleOid, Stream: 1, ++_sequence, now + 30_000_000);
        var environment = new ReplayEnvironment { BlockHeight = _height + 1, BlockTimeMicros = now, Engine = _engine, Catalogs = _catalogs, History = _history };
        ReplayOutcome outcome = TransactionReplay.Replay(body, origin, block, environment, results);
        results?.Final();
        ChangeSet changes = block.ToChangeSet();
        _history.Add(++_height, changes);
        _store.Apply(changes, _height);
        return outcome.IsCommitted
            ? new TransactionOutcome.Committed(_height)
            : new TransactionOutcome.Failed(outcome.Error!, outcome.FailedStatement);
    }
}
