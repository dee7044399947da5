using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Dadbs.Server.Sessions.Ordering;
using Dadbs.Sql;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;

namespace Dadbs.Server.Execution;

/// <summary>
/// The sessions of this node that wait for transactions of theirs, by transaction id. Sessions enter, the apply thread answers; whoever
/// settles an entry first, the apply thread or the session that gives up, decides what the client learns.
/// </summary>
internal sealed class PendingOutcomes(TimeProvider? clock = null)
{
    /// <summary>How exactly waits are timed: one look at all of them in so long, instead of a timer for each transaction.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ConcurrentDictionary<Hash256, Waiter> _waiters = new();
    private readonly OutcomeDelivery _delivery = new();
    private long _earliestExpiryMicros = long.MaxValue;
    private int _isWatched;

    public int Count => _waiters.Count;

    public Waiter Add(Hash256 id, IResultObserver? results, long expiryMicros)
    {
        var waiter = new Waiter(id, results, expiryMicros);
        _waiters[id] = waiter;
        InterlockedMin(ref _earliestExpiryMicros, expiryMicros);
        return waiter;
    }

    /// <summary>
    /// The apply thread executes a transaction, and lets its session's observer see: until it is told the outcome or <see cref="Waiter.Return"/> is called, the session leaves the observer alone. Null
    /// where nobody waits (any more): it is not this node's, its session has given up, or it stands in the block for the second time.
    /// </summary>
    public Waiter? Borrow(Hash256 id) => _waiters.TryGetValue(id, out Waiter? waiter) && waiter.TryLend() ? waiter : null;

    /// <summary>
    /// Waits for the outcome of a transaction that was submitted. What comes after the wait runs on a thread that delivers other sessions' outcomes, too
    /// (<see cref="OutcomeDelivery"/>): best no more than the answer to the client.
    /// </summary>
    /// <returns><see cref="TransactionOutcome.Unknown"/> when the wait took longer than <paramref name="patience"/>, or was cancelled, before the outcome was known.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // one a statement; what it returns is awaited once
    public async ValueTask<TransactionOutcome> AwaitAsync(Waiter waiter, TimeSpan patience, CancellationToken cancellation)
    {
        if (waiter.Outcome.IsCompleted) return await waiter.Outcome.ConfigureAwait(false);
        waiter.StartPatience(patience, _clock.GetTimestamp() + (long)(patience.TotalSeconds * _clock.TimestampFrequency));
        Watch();
        using var registration = cancellation.UnsafeRegister(static state => ((Waiter)state!).GiveUp("the wait was cancelled after submission"), waiter);
        return await waiter.Outcome.ConfigureAwait(false);
    }

    /// <summary>The apply thread's: an outcome. It reaches the session with the next <see cref="Deliver"/>, unless that has given up.</summary>
    public void Answer(Waiter waiter, TransactionOutcome outcome)
    {
        if (waiter.TrySettle()) _delivery.Add(waiter, outcome);
    }

    /// <summary>The same, where the outcome is that of the execution which the session's observer saw last.</summary>
    public void AnswerExecuted(Waiter waiter, TransactionOutcome outcome)
    {
        if (!waiter.TrySettle()) return;
        waiter.Results?.Final();
        _delivery.Add(waiter, outcome);
    }

    /// <summary>Wakes the sessions that were answered.</summary>
    public void Deliver()
    {
        if (_delivery.IsEmpty) return;
        _delivery.Start();
        Watch();
    }

    /// <summary>Forgets a transaction that was never submitted, or that was executed and can be found.</summary>
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
            else if (_waiters.TryRemove(id, out var expired)) Answer(expired, NotExecuted(id));
        }

        Deliver();
    }

    private void Watch()
    {
        if (Interlocked.Exchange(ref _isWatched, 1) == 0) _ = WatchAsync();
    }

    /// <summary>Ends the waits that have lasted long enough, and sees to it that outcomes get on; as long as anybody waits.</summary>
    private async Task WatchAsync()
    {
        do
        {
            bool anyWaits = true;
            while (anyWaits)
            {
                await Task.Delay(LookInterval, _clock).ConfigureAwait(false);
                anyWaits = EndOverdueWaits();
            }

            // A full barrier: whoever begins to wait after the next look must see it.
            Interlocked.Exchange(ref _isWatched, 0);
        }
        while (EndOverdueWaits() && Interlocked.Exchange(ref _isWatched, 1) == 0);
    }

    /// <summary>Also has delivered what waits behind a session that is long in returning.</summary>
    /// <returns>Whether anybody waits on.</returns>
    private bool EndOverdueWaits()
    {
        long now = _clock.GetTimestamp();
        bool anyWaits = !_delivery.IsEmpty;
        _delivery.Help();
        foreach (var (_, waiter) in _waiters)
        {
            if (waiter.IsSettled) continue;
            if (waiter.DeadlineTimestamp <= now) waiter.GiveUp($"no outcome within dadbs.commit_timeout ({waiter.Patience.TotalSeconds:0.###} s)");
            else anyWaits = true;
        }

        return anyWaits;
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
    internal sealed class Waiter(Hash256 id, IResultObserver? results, long expiryMicros)
    {
        // Never completed by the apply thread, so the session may go on where it is completed.
        private readonly TaskCompletionSource<TransactionOutcome> _outcome = new();

        private long _deadlineTimestamp = long.MaxValue;
        private volatile State _state;
        private string? _reason;

        private enum State
        {
            /// <summary>The session waits, and may give up.</summary>
            Waiting,

            /// <summary>The apply thread executes the transaction, and <see cref="Results"/> is its own.</summary>
            Lent,

            /// <summary>The session has given up meanwhile, and learns so when <see cref="Results"/> is given back; or learns the outcome, if that comes first.</summary>
            Leaving,

            /// <summary>What the session learns is decided.</summary>
            Settled,
        }

        public IResultObserver? Results { get; } = results;

        public long ExpiryMicros { get; } = expiryMicros;

        public Task<TransactionOutcome> Outcome => _outcome.Task;

        public bool IsSettled => _state == State.Settled;

        public TimeSpan Patience { get; private set; }

        public long DeadlineTimestamp => Volatile.Read(ref _deadlineTimestamp);

        public void StartPatience(TimeSpan patience, long deadlineTimestamp)
        {
            Patience = patience;
            Volatile.Write(ref _deadlineTimestamp, deadlineTimestamp);
        }

        /// <summary>The apply thread's, before it executes the transaction.</summary>
        public bool TryLend() => Interlocked.CompareExchange(ref _state, State.Lent, State.Waiting) == State.Waiting;

        /// <summary>The apply thread's, when it has executed the transaction ahead of its order: the outcome is not known yet.</summary>
        public void Return()
        {
            if (Interlocked.CompareExchange(ref _state, State.Waiting, State.Lent) == State.Leaving) End();
        }

        /// <summary>
        /// Whoever settles it decides what the session learns: the apply thread, or the session that gives up. An abandoned one stays listed, so that its status can be told.
        /// </summary>
        public bool TrySettle() => Interlocked.Exchange(ref _state, State.Settled) != State.Settled;

        /// <summary>Ends the wait, as soon as the apply thread is done with the observer; unless that brings the outcome.</summary>
        public void GiveUp(string reason)
        {
            Interlocked.CompareExchange(ref _reason, reason, null);
            State seen = _state;
            while (seen is State.Waiting or State.Lent)
            {
                State before = Interlocked.CompareExchange(ref _state, State.Leaving, seen);
                if (before == seen)
                {
                    if (seen == State.Waiting) End();
                    return;
                }

                seen = before;
            }
        }

        public TransactionOutcome Unknown(string reason) => new TransactionOutcome.Unknown(id.ToHex(), reason);

        /// <summary>Goes on with the session, on the calling thread.</summary>
        public void Complete(TransactionOutcome outcome) => _outcome.TrySetResult(outcome);

        /// <summary>Who left for good: nobody else has the observer.</summary>
        private void End()
        {
            if (!TrySettle()) return;
            ThreadPool.UnsafeQueueUserWorkItem(
                static state => state.Waiter.Complete(state.Outcome),
                (Waiter: this, Outcome: Unknown(_reason!)), preferLocal: false);
        }
    }
}
