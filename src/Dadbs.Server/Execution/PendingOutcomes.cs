using System.Collections.Concurrent;
using Dadbs.Server.Sessions.Ordering;
using Dadbs.Sql;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;

namespace Dadbs.Server.Execution;

/// <summary>
/// The sessions of this node that wait for transactions of theirs, by transaction id. Sessions enter, the apply thread answers; whoever
/// settles an entry first, the apply thread or the session that gives up, decides what the client learns.
/// </summary>
internal sealed class PendingOutcomes
{
    private readonly ConcurrentDictionary<Hash256, Waiter> _waiters = new();
    private long _earliestExpiryMicros = long.MaxValue;

    public int Count => _waiters.Count;

    public Waiter Add(Hash256 id, IResultObserver? results, long expiryMicros)
    {
        var waiter = new Waiter(results, expiryMicros);
        _waiters[id] = waiter;
        InterlockedMin(ref _earliestExpiryMicros, expiryMicros);
        return waiter;
    }

    /// <summary>
    /// The apply thread takes the transaction that it executes next, or that can never be executed. False where nobody waits (any more): it is not this node's, or its session
    /// has given up.
    /// </summary>
    public bool TryTake(Hash256 id, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Waiter? waiter) =>
        _waiters.TryRemove(id, out waiter) && waiter.TrySettle();

    /// <summary>Forgets a transaction that was never submitted.</summary>
    public void Remove(Hash256 id) => _waiters.TryRemove(id, out _);

    public bool Contains(Hash256 id) => _waiters.ContainsKey(id);

    /// <summary>
    /// A block with this time was executed: what expired before it and was in no block can never be executed, so it is safe to retry.
    /// </summary>
    public void ExpireBefore(long blockTimeMicros)
    {
        if (blockTimeMicros <= Volatile.Read(ref _earliestExpiryMicros)) return;
        Volatile.Write(ref _earliestExpiryMicros, long.MaxValue);
        foreach (var (id, waiter) in _waiters)
        {
            if (waiter.ExpiryMicros >= blockTimeMicros) InterlockedMin(ref _earliestExpiryMicros, waiter.ExpiryMicros);
            else if (TryTake(id, out var expired)) expired.Answer(NotExecuted(id));
        }
    }

    private static TransactionOutcome.Failed NotExecuted(Hash256 id) => new(
        new SqlException(SqlState.SerializationFailure, "transaction expired before it was ordered")
        {
            Detail = $"Transaction {id} was not executed; it is safe to retry.",
        },
        -1);

    private static void InterlockedMin(ref long target, long value)
    {
        long seen = Volatile.Read(ref target);
        while (value < seen)
        {
            long before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }

    /// <summary>One waiting session.</summary>
    internal sealed class Waiter(IResultObserver? results, long expiryMicros)
    {
        private readonly TaskCompletionSource<TransactionOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private int _settled;

        public IResultObserver? Results { get; } = results;

        public long ExpiryMicros { get; } = expiryMicros;

        public Task<TransactionOutcome> Outcome => _outcome.Task;

        /// <summary>
        /// Either the apply thread takes the transaction, or its session gives up waiting: whoever is first. An abandoned one stays listed, so that its status can be told.
        /// </summary>
        public bool TrySettle() => Interlocked.CompareExchange(ref _settled, 1, 0) == 0;

        public void Answer(TransactionOutcome outcome) => _outcome.TrySetResult(outcome);
    }
}
