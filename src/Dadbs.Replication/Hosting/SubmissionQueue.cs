using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// Own transactions on their way to the lane, in the order of submission. Bounded by bytes: beyond that, and while the lane is full, writers
/// wait here (Rule L5), and only while they wait can they change their mind.
/// </summary>
internal sealed class SubmissionQueue(long bytesMax)
{
    private readonly Lock _gate = new();
    private readonly Queue<LaneTransaction> _ready = new();
    private readonly Queue<Waiter> _waiting = new();
    private long _bytes;
    private long _handedBytes;
    private Exception? _closed;

    public ValueTask EnqueueAsync(PendingTransaction transaction, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_gate)
        {
            if (_closed is not null)
                return ValueTask.FromException(_closed);
            if (_waiting.Count == 0 && HasRoom(transaction))
            {
                Add(transaction);
                return ValueTask.CompletedTask;
            }
            waiter = new Waiter(transaction);
            _waiting.Enqueue(waiter);
        }
        return waiter.WaitAsync(cancellation);
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
            while (_waiting.TryPeek(out Waiter? waiter) && HasRoom(waiter.Transaction))
            {
                _waiting.Dequeue();
                if (waiter.TryAdmit())
                    Add(waiter.Transaction);
            }
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
            while (_waiting.TryDequeue(out Waiter? waiter))
                waiter.Fail(reason);
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

        public async ValueTask WaitAsync(CancellationToken cancellation)
        {
            using CancellationTokenRegistration registration = cancellation.Register(() => _admitted.TrySetCanceled(cancellation));
            await _admitted.Task.ConfigureAwait(false);
        }
    }
}
