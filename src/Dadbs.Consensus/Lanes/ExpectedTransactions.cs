namespace Dadbs.Consensus;

/// <summary>
/// Rule V2: how many transactions are worth waiting for before a proposal. Whoever the last block answered is soon back, and who missed it is here: so groups that miss each other's
/// blocks become one again. A matter of time, never of safety.
/// </summary>
internal sealed class ExpectedTransactions(int lanes)
{
    /// <summary>Blocks whose largest bounds what is expected.</summary>
    private const int Remembered = 8;

    /// <summary>So many blocks in a row were missed by some: there are more than the largest block held.</summary>
    private const int MissedMax = 3;

    private readonly int[] _sizes = new int[Remembered];
    private readonly int[] _lastByLane = new int[lanes];
    private int _next;
    private int _missed;
    private int _missedInARow;

    /// <summary>A block that advanced the cut is ordered.</summary>
    /// <param name="batches">What it ordered.</param>
    /// <param name="ahead">Transactions that are here and not in it. A node that hears of the block late may find some among them that it answered already, and would count them twice.</param>
    public void Ordered(IReadOnlyList<Batch> batches, int ahead)
    {
        Array.Clear(_lastByLane);
        int size = 0;
        foreach (Batch batch in batches)
        {
            _lastByLane[batch.Lane.Value] += batch.Header.TransactionCount;
            size += batch.Header.TransactionCount;
        }
        _sizes[_next] = size;
        _next = (_next + 1) % Remembered;
        _missed = ahead;
        _missedInARow = ahead > 0 ? _missedInARow + 1 : 0;
    }

    /// <param name="isSuspect">Lanes for whose sake nobody waits.</param>
    public int Count(Func<ValidatorId, bool> isSuspect)
    {
        int last = 0;
        for (int lane = 0; lane < _lastByLane.Length; lane++)
            last += isSuspect(new ValidatorId(lane)) ? 0 : _lastByLane[lane];
        return _missedInARow >= MissedMax ? last + _missed : Math.Min(last + _missed, Math.Max(last, _sizes.Max()));
    }
}
