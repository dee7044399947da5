using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// Own transactions on their way to the lane, in the order of submission. Bounded by bytes: beyond that, and while the lane is full, writers
/// wait here (Rule L5), and only while they wait can they change their mind.
/// </summary>
internal sealed class SubmissionQueue(long bytesMax, TimeProvider? time = null)
{
    private readonly Lock _gate = new();
    private readonly Queue<LaneTransaction> _ready = new();
    private readonly LinkedList<Waiter> _waiting = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long _bytes;
    private long _handedBytes;
    private Exception? _closed;

    /// <param name="transaction">What to submit.</param>
    /// <param name="cancellation">Ends the wait; nothing was submitted then.</param>
    /// <param name="patience">How long to wait for room. <see cref="TimeoutException"/>: nothing was submitted.</param>
    public ValueTask EnqueueAsync(PendingTransaction transaction, CancellationToken cancellation, TimeSpan? patience = null)
    {
        cancellation.ThrowIfCancellationRequested();
        LinkedListNode<Waiter> waiting;
        lock (_gate)
        {
            if (_closed is not null)
                return ValueTask.FromException(_closed);
            if (_waiting.Count == 0 && HasRoom(transaction))
            {
                Add(transaction);
                return ValueTask.CompletedTask;
            }
            waiting = _waiting.AddLast(new Waiter(transaction));
        }
        return WaitAsync(waiting, patience ?? Timeout.InfiniteTimeSpan, cancellation);
    }

    /// <summary>The loop's: the next transaction, if there is one.</summary>
    public LaneTransaction? TryDequeue()
    {
        lock (_gate)
        {
            if (!_ready.TryDequeue(out LaneTransaction? transaction))
                return null;
            _bytes -= transaction.Bytes.Length;
            if (transaction is HandedTransaction)
                _handedBytes -= transaction.Bytes.Length;
            Admit();
            return transaction;
        }
    }

    /// <summary>
    /// Rule L4: others' transactions for the own lane. False: pushed back, none was taken. They get at most half of the room, and none while own writers wait.
    /// </summary>
    public bool TryEnqueue(IReadOnlyList<HandedTransaction> handed)
    {
        lock (_gate)
        {
            long bytes = handed.Sum(transaction => (long)transaction.Bytes.Length);
            if (_closed is not null || _waiting.Count > 0 || (_handedBytes > 0 && _handedBytes + bytes > bytesMax / 2))
                return false;
            foreach (HandedTransaction transaction in handed)
                _ready.Enqueue(transaction);
            _bytes += bytes;
            _handedBytes += bytes;
            return true;
        }
    }

    /// <summary>The node ends: who waits will not be submitted any more, and learns it.</summary>
    public void Close(Exception reason)
    {
        lock (_gate)
        {
            _closed = reason;
            foreach (Waiter waiter in _waiting)
                waiter.Fail(reason);
            _waiting.Clear();
        }
    }

    private async ValueTask WaitAsync(LinkedListNode<Waiter> waiting, TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            await waiting.Value.WaitAsync(patience, _time, cancellation).ConfigureAwait(false);
        }
        finally
        {
            GoneBy(waiting);
        }
    }

    /// <summary>Who gave up leaves nothing behind, and holds nobody up: a lane may stay full for as long as others are down.</summary>
    private void GoneBy(LinkedListNode<Waiter> waiting)
    {
        lock (_gate)
        {
            if (waiting.List is null)
                return;
            _waiting.Remove(waiting);
            Admit();
        }
    }

    private void Admit()
    {
        while (_waiting.First is { } first && HasRoom(first.Value.Transaction))
        {
            _waiting.RemoveFirst();
            if (first.Value.TryAdmit())
                Add(first.Value.Transaction);
        }
    }

    private bool HasRoom(PendingTransaction transaction) => _bytes == 0 || _bytes + transaction.Core.Length <= bytesMax;

    private void Add(PendingTransaction transaction)
    {
        _ready.Enqueue(new LaneSubmission(transaction));
        _bytes += transaction.Core.Length;
    }

    private sealed class Waiter(PendingTransaction transaction)
    {
        private readonly TaskCompletionSource _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public PendingTransaction Transaction { get; } = transaction;

        /// <summary>False if it was cancelled before: admission and cancellation exclude each other.</summary>
        public bool TryAdmit() => _admitted.TrySetResult();

        public void Fail(Exception reason) => _admitted.TrySetException(reason);

        public async ValueTask WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellation)
        {
            using CancellationTokenRegistration registration = cancellation.Register(() => _admitted.TrySetCanceled(cancellation));
            using ITimer timer = time.CreateTimer(_ => _admitted.TrySetException(new TimeoutException()), null, patience, Timeout.InfiniteTimeSpan);
            await _admitted.Task.ConfigureAwait(false);
        }
    }
}
