using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// The sequence values that this node took off the counters for explicit transactions: which it has not handed out yet, and which were handed
/// out to transactions that are not over. Shared by the node's sessions; what a restart forgets stays a gap. Any thread.
/// </summary>
/// <param name="nodeKey">The node's public key: whose leases these are in the replicated state.</param>
/// <param name="nowMicros">The node's clock, µs; only how much is asked for depends on it.</param>
public sealed class NodeLeases(byte[] nodeKey, Func<long> nowMicros)
{
    /// <summary>Demand that comes again within this time doubles what is asked for: 1 s.</summary>
    private const long RepeatMicros = 1_000_000;

    /// <summary>The most values that are asked for at once, in several leases: a statement that needs more asks again.</summary>
    private const int RequestMax = 64 * LeaseRequest.CountMax;

    private readonly Lock _lock = new();
    private readonly Dictionary<(uint Database, uint Sequence), Pool> _pools = [];

    /// <summary>Hands out the next value, oldest lease first; false if there is none.</summary>
    /// <param name="database">OID of the database.</param>
    /// <param name="sequenceOid">The sequence.</param>
    /// <param name="latest">The newest executed state: leases that setval or a definition ended there are void.</param>
    /// <param name="value">The value; it is the caller's until <see cref="GiveBack"/> or <see cref="Settle"/>.</param>
    public bool TryTake(uint database, uint sequenceOid, IReadView latest, out long value)
    {
        lock (_lock)
        {
            value = 0;
            if (!_pools.TryGetValue((database, sequenceOid), out Pool? pool)) return false;
            pool.Leases.RemoveAll(lease => lease.HasUnused && !SequenceLease.Exists(latest, database, sequenceOid, nodeKey, lease.Start));
            return pool.Leases.Find(lease => lease.HasUnused) is { } lease && lease.TryTake(out value);
        }
    }

    /// <summary>Takes back values that a statement drew before it was undone to run again.</summary>
    public void GiveBack(uint database, uint sequenceOid, IEnumerable<long> values)
    {
        lock (_lock)
        {
            if (!_pools.TryGetValue((database, sequenceOid), out Pool? pool)) return;
            foreach (long value in values) pool.LeaseOf(value)?.GiveBack(value);
        }
    }

    /// <summary>The transaction that drew these values is over, whatever became of it: they will not be spent any more.</summary>
    public void Settle(uint database, uint sequenceOid, IEnumerable<long> values)
    {
        lock (_lock)
        {
            if (!_pools.TryGetValue((database, sequenceOid), out Pool? pool)) return;
            foreach (long value in values)
            {
                if (pool.LeaseOf(value) is not { } lease) continue;
                lease.Outstanding--;
                if (!lease.IsOver) continue;
                pool.Leases.Remove(lease);
                pool.Over.Add(lease.Start);
            }
        }
    }

    /// <summary>A lease was granted and executed: its values may be handed out.</summary>
    public void Add(uint database, uint sequenceOid, long first, long increment, int count)
    {
        lock (_lock) PoolOf(database, sequenceOid).Leases.Add(new Lease(first, first, increment, count));
    }

    /// <summary>
    /// What is to be given back with a transaction that takes from the counters of these sequences itself: the unused tail of the newest lease
    /// of each, which is no longer handed out, and leases of which nothing is left to spend.
    /// </summary>
    public IReadOnlyList<LeaseReturn> TakeReturns(uint database, IReadOnlyCollection<uint> sequences)
    {
        if (sequences.Count == 0) return [];
        lock (_lock)
        {
            List<LeaseReturn>? returns = null;
            foreach (uint sequence in sequences)
            {
                if (!_pools.TryGetValue((database, sequence), out Pool? pool)) continue;
                if (pool.Leases is [.., { HasTail: true } newest])
                {
                    (returns ??= []).Add(newest.CutTail(sequence));
                    if (newest.IsOver)
                    {
                        pool.Leases.Remove(newest);
                        pool.Over.Add(newest.Start);
                    }
                }

                TakeOver(pool, sequence, ref returns);
            }

            return returns ?? (IReadOnlyList<LeaseReturn>)[];
        }
    }

    /// <summary>Leases of the sequence of which nothing is left to spend: told to the chain with the next request.</summary>
    public IReadOnlyList<LeaseReturn> TakeOver(uint database, uint sequenceOid)
    {
        lock (_lock)
        {
            List<LeaseReturn>? returns = null;
            if (_pools.TryGetValue((database, sequenceOid), out Pool? pool)) TakeOver(pool, sequenceOid, ref returns);
            return returns ?? (IReadOnlyList<LeaseReturn>)[];
        }
    }

    /// <summary>The counter had moved on: a tail that was to be given back is the node's to hand out after all.</summary>
    public void Restore(uint database, LeaseReturn tail, long increment, int count)
    {
        lock (_lock) PoolOf(database, tail.SequenceOid).Leases.Insert(0, new Lease(tail.LeaseStart, tail.FirstUnused, increment, count));
    }

    /// <summary>How many values to ask for: what is needed, or twice as many as last time if that was within a second.</summary>
    public int NextRequest(uint database, uint sequenceOid, long needed)
    {
        lock (_lock)
        {
            Pool pool = PoolOf(database, sequenceOid);
            long now = nowMicros();
            int doubled = now - pool.LastRequestMicros <= RepeatMicros ? Math.Min(pool.LastRequest * 2, LeaseRequest.CountMax) : 1;
            pool.LastRequestMicros = now;
            return pool.LastRequest = (int)Math.Clamp(Math.Max(needed, doubled), 1, RequestMax);
        }
    }

    private static void TakeOver(Pool pool, uint sequence, ref List<LeaseReturn>? returns)
    {
        foreach (long start in pool.Over) (returns ??= []).Add(new LeaseReturn(sequence, start, start, IsOver: true));
        pool.Over.Clear();
    }

    private Pool PoolOf(uint database, uint sequenceOid)
    {
        if (!_pools.TryGetValue((database, sequenceOid), out Pool? pool)) _pools[(database, sequenceOid)] = pool = new Pool();
        return pool;
    }

    private sealed class Pool
    {
        /// <summary>In the order in which they were granted.</summary>
        public List<Lease> Leases { get; } = [];

        /// <summary>Where leases started of which nothing will be spent any more, and of which the chain may still hold a row.</summary>
        public List<long> Over { get; } = [];

        public int LastRequest { get; set; }

        public long LastRequestMicros { get; set; } = long.MinValue / 2;

        public Lease? LeaseOf(long value) => Leases.Find(lease => lease.Holds(value));
    }

    /// <param name="start">Under which value the lease is known to the chain.</param>
    /// <param name="first">The first value that is held here.</param>
    /// <param name="increment">From one value to the next.</param>
    /// <param name="count">How many.</param>
    private sealed class Lease(long start, long first, long increment, int count)
    {
        private readonly SortedSet<int> _handedBack = [];
        private int _count = count;
        private int _drawn;

        public long Start { get; } = start;

        /// <summary>Handed out, to transactions that are not over.</summary>
        public int Outstanding { get; set; }

        public bool HasTail => _drawn < _count;

        public bool HasUnused => HasTail || _handedBack.Count > 0;

        public bool IsOver => Outstanding == 0 && !HasUnused;

        public bool Holds(long value) => ((Int128)value - first) % increment == 0 && IndexOf(value) >= 0 && IndexOf(value) < _count;

        public bool TryTake(out long value)
        {
            value = 0;
            if (!HasUnused) return false;
            int index = _drawn;
            if (_handedBack.Count > 0)
            {
                index = _handedBack.Min;
                _handedBack.Remove(index);
            }
            else
            {
                _drawn++;
            }

            Outstanding++;
            value = first + index * increment;
            return true;
        }

        public void GiveBack(long value)
        {
            Outstanding--;
            _handedBack.Add((int)IndexOf(value));
            while (_handedBack.Remove(_drawn - 1)) _drawn--;
        }

        public LeaseReturn CutTail(uint sequence)
        {
            _count = _drawn;
            return new LeaseReturn(sequence, Start, first + _drawn * increment);
        }

        private Int128 IndexOf(long value) => ((Int128)value - first) / increment;
    }
}
