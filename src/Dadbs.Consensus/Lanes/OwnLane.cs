namespace Dadbs.Consensus;

/// <summary>The own lane's intake: transactions wait here until they are sealed into a batch (L1). Bounded by <see cref="Open"/> (L5).</summary>
internal sealed class OwnLane(ConsensusParameters parameters)
{
    private readonly Queue<LaneTransaction> _waiting = new();
    private long _waitingBytes;
    private int _lastTaken;

    public bool Open => _waitingBytes < parameters.IntakeBytesMax;

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>As many wait as the last batch took: whoever was answered by it is back.</summary>
    public bool HoldsAsManyAsLast => _waiting.Count >= _lastTaken;

    /// <summary>Since when something waits and the lane could take it.</summary>
    public long WaitingSinceTicks { get; private set; } = long.MinValue / 2;

    public bool HoldsFullBatch => _waitingBytes >= parameters.BatchBytes;

    public long LastSealTicks { get; set; } = long.MinValue / 2;

    public void Add(LaneTransaction transaction, long now)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(transaction.Bytes.Length, parameters.TransactionBytesMax, nameof(transaction));
        if (_waiting.Count == 0)
            WaitingSinceTicks = now;
        _waiting.Enqueue(transaction);
        _waitingBytes += transaction.Bytes.Length;
    }

    /// <summary>The next batch's transactions in the order of submission; one larger than a batch goes alone (M1).</summary>
    public List<LaneTransaction> Take()
    {
        var taken = new List<LaneTransaction>();
        long bytes = 0;
        while (_waiting.TryPeek(out LaneTransaction? next) && (taken.Count == 0 || bytes + next.Bytes.Length <= parameters.BatchBytes))
        {
            taken.Add(_waiting.Dequeue());
            bytes += next.Bytes.Length;
        }
        _waitingBytes -= bytes;
        _lastTaken = taken.Count;
        return taken;
    }

    /// <summary>All that was sealed is ordered: who waits from before begins to wait for company now.</summary>
    public void BecameIdle(long now) => WaitingSinceTicks = now;
}
