using System.Collections.Concurrent;
using Dadbs.Server.Sessions.Ordering;

namespace Dadbs.Server.Execution;

/// <summary>
/// Carries the outcomes of a block from the apply thread to the sessions that wait for them, one after the other on a thread of its own. The pool would wake two of its threads for
/// each block, the second in case that there is more to do. A session may be long in returning, when its client has sent the next statement already: then, and where very many
/// wait, the pool helps. The thread ends when nothing was asked of it for a while.
/// </summary>
internal sealed class OutcomeDelivery : IThreadPoolWorkItem
{
    /// <summary>So many answers are given one after the other sooner than another thread is woken.</summary>
    private const int AloneMax = 64;

    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<(PendingOutcomes.Waiter Waiter, TransactionOutcome Outcome)> _ready = new();

    /// <summary>Guards the rest; the thread waits on it.</summary>
    private readonly object _gate = new();
    private ThreadState _thread;

    public bool IsEmpty => _ready.IsEmpty;

    public void Add(PendingOutcomes.Waiter waiter, TransactionOutcome outcome) => _ready.Enqueue((waiter, outcome));

    /// <summary>Has what was added delivered.</summary>
    public void Start()
    {
        if (_ready.IsEmpty) return;
        lock (_gate)
        {
            if (_thread is ThreadState.None or ThreadState.Idle)
            {
                if (_thread == ThreadState.None) new Thread(Run) { Name = "dadbs answers", IsBackground = true }.Start();
                _thread = ThreadState.Due;
                Monitor.Pulse(_gate);
                return;
            }
        }

        Help();
    }

    /// <summary>Has what still waits delivered by the pool, behind whatever session is long in returning.</summary>
    public void Help()
    {
        if (!_ready.IsEmpty) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        if (_ready.Count > AloneMax) Help();
        while (_ready.TryDequeue(out var next)) next.Waiter.Complete(next.Outcome);
    }

    private void Run()
    {
        while (IsDue()) Execute();
    }

    private bool IsDue()
    {
        lock (_gate)
        {
            if (_thread == ThreadState.Busy)
            {
                _thread = ThreadState.Idle;
                Monitor.Wait(_gate, IdleLimit);
            }

            // Not due after all that time: what is added from now on starts another thread.
            bool isDue = _thread == ThreadState.Due;
            _thread = isDue ? ThreadState.Busy : ThreadState.None;
            return isDue;
        }
    }

    private enum ThreadState
    {
        /// <summary>There is no thread.</summary>
        None,

        /// <summary>It waits to be asked.</summary>
        Idle,

        /// <summary>It was asked, and has not begun.</summary>
        Due,

        /// <summary>It delivers.</summary>
        Busy,
    }
}
