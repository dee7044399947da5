using System.Collections.Concurrent;
using Dadbs.Server.Sessions.Ordering;

namespace Dadbs.Server.Execution;

/// <summary>
/// Carries the outcomes of a block from the apply thread to the sessions that wait for them. A work item of the thread pool for each would wake a thread for each: here a
/// work item takes one outcome after the other until none is left. Before it goes on with a session, which may be long in returning, it sees to it that another
/// work item is queued for what still waits.
/// </summary>
internal sealed class OutcomeDelivery : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<(PendingOutcomes.Waiter Waiter, TransactionOutcome Outcome)> _ready = new();

    /// <summary>1: a work item is queued that has not begun.</summary>
    private int _isQueued;

    public void Add(PendingOutcomes.Waiter waiter, TransactionOutcome outcome) => _ready.Enqueue((waiter, outcome));

    /// <summary>Has what was added delivered.</summary>
    public void Start()
    {
        if (!_ready.IsEmpty && Interlocked.Exchange(ref _isQueued, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        // Before the first look at the queue: whoever adds from now on queues a work item of its own.
        Interlocked.Exchange(ref _isQueued, 0);
        while (_ready.TryDequeue(out var next))
        {
            Start();
            next.Waiter.Complete(next.Outcome);
        }
    }
}
