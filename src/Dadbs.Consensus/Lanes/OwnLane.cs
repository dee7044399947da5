namespace Dadbs.Consensus;

/// <summary>The own lane's intake: transactions wait here until they are sealed into a batch (L1). Bounded by <see cref="Open"/> (L5).</summary>
internal sealed class OwnLane(ConsensusParameters parameters)
{
    /// <summary>What one batch counts for in the average.</summary>
    private const int OrderedAfterShare = 4;

    private readonly Queue<(LaneTransaction Transaction, bool Stays)> _waiting = new();
    private int _staying;
    private int _forwarded;
    private long _orderedAfterTicks;
    private int _inFlight;
    private int _expected;

    public bool Open => WaitingBytes < parameters.IntakeBytesMax;

    public bool IsEmpty => _waiting.Count == 0;

    public int Count => _waiting.Count;

    public long WaitingBytes { get; private set; }

    /// <summary>Something that waits is of another node, was forwarded in vain, or keeps the order of its session: it leaves in a batch of this lane.</summary>
    public bool MustSeal => _staying > 0;

    /// <summary>
    /// As many wait as were under way when the lane last became idle, ordered or waiting: whoever was answered then is back. Where transactions come in groups that missed
    /// each other's batches, the groups so become one again.
    /// </summary>
    public bool HoldsAllExpected => _waiting.Count - _forwarded >= _expected;

    /// <summary>How many more would make an idle lane seal.</summary>
    public int WorthATurn => Math.Max(1, _expected - _waiting.Count + _forwarded);

    /// <summary>
    /// How long an idle lane waits for company: half of what a batch took lately from its seal to its place in the order, so that waiting costs less than it saves. Ticks.
    /// </summary>
    public long PatienceTicks => Math.Clamp(_orderedAfterTicks / 2, parameters.SealIntervalTicks, Math.Max(parameters.SealIntervalTicks, parameters.GatherLimitTicks));

    /// <summary>Since when something waits and the lane could take it.</summary>
    public long WaitingSinceTicks { get; private set; } = long.MinValue / 2;

    public bool HoldsFullBatch => WaitingBytes >= parameters.BatchBytes;

    public long LastSealTicks { get; private set; } = long.MinValue / 2;

    /// <param name="transaction">Behind all others.</param>
    /// <param name="since">Since when it waits.</param>
    /// <param name="stays">It may not be forwarded.</param>
    public void Add(LaneTransaction transaction, long since, bool stays = false)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(transaction.Bytes.Length, parameters.TransactionBytesMax, nameof(transaction));
        if (_waiting.Count == 0)
            WaitingSinceTicks = since;
        stays |= transaction.Source != TransactionSource.Own || transaction.Session != 0;
        _waiting.Enqueue((transaction, stays));
        WaitingBytes += transaction.Bytes.Length;
        _staying += stays ? 1 : 0;
        _forwarded += transaction.Source == TransactionSource.Forwarded ? 1 : 0;
    }

    /// <summary>The next batch's transactions in the order of submission; one larger than a batch goes alone (M1).</summary>
    public List<LaneTransaction> Take(long now)
    {
        var taken = new List<LaneTransaction>();
        long bytes = 0;
        while (_waiting.TryPeek(out (LaneTransaction Transaction, bool Stays) next) && (taken.Count == 0 || bytes + next.Transaction.Bytes.Length <= parameters.BatchBytes))
        {
            _waiting.Dequeue();
            taken.Add(next.Transaction);
            bytes += next.Transaction.Bytes.Length;
            bool isForwarded = next.Transaction.Source == TransactionSource.Forwarded;
            _staying -= next.Stays ? 1 : 0;
            _forwarded -= isForwarded ? 1 : 0;
            _inFlight += isForwarded ? 0 : 1;
        }
        WaitingBytes -= bytes;
        LastSealTicks = now;
        return taken;
    }

    /// <summary>All that was sealed is ordered: who waits from before begins to wait for company now.</summary>
    public void BecameIdle(long now)
    {
        if (_inFlight == 0)
            return;
        _expected = _inFlight + _waiting.Count - _forwarded;
        _inFlight = 0;
        _orderedAfterTicks += (now - LastSealTicks - _orderedAfterTicks) / OrderedAfterShare;
        WaitingSinceTicks = now;
    }
}
