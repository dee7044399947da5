using System.Collections.Concurrent;
using Dadbs.Server.Sessions.Ordering;

namespace Dadbs.Server.Execution;

/// <summary>
/// Carries the outcomes of a block from the apply thread to the sessions that wait for them: as few work items of the thread pool as there are processors to run
/// them, each taking the next outcome until none is left. A work item for each session would wake a thread for each. As they share one queue, a session that does not
/// return soon holds up nobody but its own work item.
/// </summary>
internal sealed class OutcomeDelivery : IThreadPoolWorkItem
{
    /// <summary>So many outcomes are worth one more work item.</summary>
    private const int OutcomesAWorker = 4;

    private readonly ConcurrentQueue<(PendingOutcomes.Waiter Waiter, TransactionOutcome Outcome)> _ready = new();

    /// <summary>The apply thread's.</summary>
    private int _added;

    public void Add(PendingOutcomes.Waiter waiter, TransactionOutcome outcome)
    {
        _ready.Enqueue((waiter, outcome));
        _added++;
    }

    /// <summary>The apply thread's: has what was added delivered.</summary>
    public void Start()
    {
        for (; _added > 0; _added -= OutcomesAWorker) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        _added = 0;
    }

    public void Execute()
    {
        while (_ready.TryDequeue(out var next)) next.Waiter.Complete(next.Outcome);
    }
}
