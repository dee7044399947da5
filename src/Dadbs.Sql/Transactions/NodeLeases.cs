namespace Dadbs.Sql.Transactions;

/// <summary>
/// The sequence values that this node has taken off the counters and not handed out yet, shared by its sessions. What a restart forgets
/// stays a gap. Any thread.
/// </summary>
public sealed class NodeLeases
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(uint Database, uint Sequence), Pool> _pools = [];

    /// <summary>Hands out the next value, lowest lease first; false if there is none.</summary>
    public bool TryTake(uint database, uint sequenceOid, out long value)
    {
        lock (_lock)
        {
            value = 0;
            return _pools.TryGetValue((database, sequenceOid), out Pool? pool) && pool.Values.TryDequeue(out value, out _);
        }
    }

    /// <summary>Takes back values that a statement drew before it had to wait for a lease.</summary>
    public void GiveBack(uint database, uint sequenceOid, IEnumerable<long> values)
    {
        lock (_lock)
        {
            Pool pool = PoolOf(database, sequenceOid);
            foreach (long value in values) pool.Values.Enqueue(value, pool.Increment < 0 ? -(Int128)value : value);
        }
    }

    /// <summary>A lease was granted: its values may be handed out.</summary>
    public void Add(uint database, uint sequenceOid, long first, long increment, int count)
    {
        lock (_lock)
        {
            Pool pool = PoolOf(database, sequenceOid);
            pool.Increment = increment;
            for (int i = 0; i < count; i++)
            {
                long value = first + i * increment;
                pool.Values.Enqueue(value, increment < 0 ? -(Int128)value : value);
            }
        }
    }

    /// <summary>The counter was set or the sequence dropped: what is left is void.</summary>
    public void Forget(uint database, uint sequenceOid)
    {
        lock (_lock) _pools.Remove((database, sequenceOid));
    }

    /// <summary>How many values to ask for: what is needed, and twice as many as last time.</summary>
    public int NextRequest(uint database, uint sequenceOid, int needed)
    {
        lock (_lock)
        {
            Pool pool = PoolOf(database, sequenceOid);
            int count = Math.Clamp(Math.Max(needed, pool.LastRequest * 2), 1, SequenceLease.CountMax);
            pool.LastRequest = count;
            return count;
        }
    }

    private Pool PoolOf(uint database, uint sequenceOid)
    {
        if (!_pools.TryGetValue((database, sequenceOid), out Pool? pool)) _pools[(database, sequenceOid)] = pool = new Pool();
        return pool;
    }

    private sealed class Pool
    {
        public PriorityQueue<long, Int128> Values { get; } = new();

        public long Increment { get; set; } = 1;

        public int LastRequest { get; set; }
    }
}
