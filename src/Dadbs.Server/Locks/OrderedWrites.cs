namespace Dadbs.Server.Locks;

/// <summary>
/// The writes of this node that are ordered without locks, from before they look whether a transaction block stands in their way until their outcome is known. Whoever locks a
/// table against writers waits for those that were under way: the next look sees the lock. Any thread.
/// </summary>
internal sealed class OrderedWrites
{
    private readonly Lock _gate = new();
    private Generation _current = new();
    private Task _earlier = Task.CompletedTask;

    /// <summary>A write begins. <see cref="Generation.Leave"/> ends it.</summary>
    public Generation Enter()
    {
        while (true)
        {
            Generation current = Volatile.Read(ref _current);
            if (current.TryEnter()) return current;
        }
    }

    /// <summary>Ends when all writes that are under way now have ended.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            Generation closed = _current;
            Volatile.Write(ref _current, new Generation());
            closed.Leave();
            return _earlier = _earlier.IsCompleted ? closed.Ended : Task.WhenAll(_earlier, closed.Ended);
        }
    }

    /// <summary>Writes that began between two drains. It counts itself as one until it is closed.</summary>
    internal sealed class Generation
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count = 1;

        public Task Ended => _ended.Task;

        public bool TryEnter()
        {
            int count = Volatile.Read(ref _count);
            while (count > 0)
            {
                int seen = Interlocked.CompareExchange(ref _count, count + 1, count);
                if (seen == count) return true;
                count = seen;
            }

            return false;
        }

        public void Leave()
        {
            if (Interlocked.Decrement(ref _count) == 0) _ended.SetResult();
        }
    }
}
