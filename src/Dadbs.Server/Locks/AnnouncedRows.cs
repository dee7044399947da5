using Dadbs.Sql.Transactions;
using Dadbs.Storage;

namespace Dadbs.Server.Locks;

/// <summary>
/// Rows that transactions of other nodes have locked or chosen and that are on their way to the order: they come before whatever this node submits from now on, mostly. SKIP LOCKED passes
/// them over like rows that are locked here, so that nodes which take from one queue do not all take the same. A hint, never safety: what is forgotten or late costs a 40001. Any thread.
/// </summary>
internal sealed class AnnouncedRows(TimeProvider clock)
{
    /// <summary>Transactions remembered at a time; more are not.</summary>
    private const int TransactionsMax = 1 << 12;

    /// <summary>Rows of one transaction that are remembered.</summary>
    private const int RowsOfTransactionMax = 64;

    /// <summary>A transaction that was not executed by then is forgotten: it may never be.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>So long after the last SKIP LOCKED of this node bodies are still looked into.</summary>
    private static readonly TimeSpan Interest = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<LockName, int> _rows = new(LockNameComparer.Instance);
    private readonly Dictionary<Hash256, LockName[]> _transactions = [];
    private readonly Queue<(Hash256 Id, long ForgottenAt)> _arrivals = new();
    private long _interestEnds = long.MinValue;
    private volatile int _count;

    /// <summary>A session is about to choose rows. True: this one is another's.</summary>
    public bool Contains(RelationId relation, ReadOnlySpan<byte> key)
    {
        long now = clock.GetTimestamp();
        Volatile.Write(ref _interestEnds, now + InTimestamps(Interest));
        if (_count == 0) return false;
        lock (_gate)
        {
            Forget(now);
            return _rows.GetAlternateLookup<LockProbe>().ContainsKey(new LockProbe(relation, key, isRow: true));
        }
    }

    /// <summary>Another node's transaction came: what it relies on or has chosen is noted, while somebody here chooses rows, too.</summary>
    public void Announce(Hash256 id, ReadOnlySpan<byte> bodyBytes)
    {
        long now = clock.GetTimestamp();
        if (now > Volatile.Read(ref _interestEnds) || _count >= TransactionsMax) return;
        LockName[] rows;
        try
        {
            rows = RowsOf(TransactionBodyCodec.Decode(bodyBytes));
        }
        catch (MalformedBytesException)
        {
            // Its replay says so.
            return;
        }

        if (rows.Length == 0) return;
        lock (_gate)
        {
            Forget(now);
            if (!_transactions.TryAdd(id, rows)) return;
            _arrivals.Enqueue((id, now + InTimestamps(Patience)));
            foreach (LockName row in rows) _rows[row] = _rows.GetValueOrDefault(row) + 1;
            _count = _transactions.Count;
        }
    }

    /// <summary>It was executed, and the state that shows it is published.</summary>
    public void Executed(Hash256 id)
    {
        if (_count == 0) return;
        lock (_gate) Remove(id);
    }

    /// <summary>Rows that locking reads returned, and rows that were chosen inside of DML.</summary>
    private static LockName[] RowsOf(TransactionBody body) =>
    [
        .. body.Assertions.Where(assertion => assertion.Key is not null && assertion.ImageDigest.Length > 0)
            .Select(assertion => new LockName(new RelationId(assertion.Database, assertion.File), assertion.Key))
            .Concat(body.Statements.SelectMany(statement => statement.CapturedKeys).SelectMany(chosen => chosen.Keys.Select(key => new LockName(new RelationId(chosen.Database, chosen.File), key))))
            .Take(RowsOfTransactionMax),
    ];

    private void Forget(long now)
    {
        while (_arrivals.TryPeek(out (Hash256 Id, long ForgottenAt) oldest) && (oldest.ForgottenAt <= now || !_transactions.ContainsKey(oldest.Id)))
        {
            _arrivals.Dequeue();
            Remove(oldest.Id);
        }
    }

    private void Remove(Hash256 id)
    {
        if (!_transactions.Remove(id, out LockName[]? rows)) return;
        foreach (LockName row in rows)
        {
            if (_rows[row] == 1) _rows.Remove(row);
            else _rows[row]--;
        }

        _count = _transactions.Count;
    }

    private long InTimestamps(TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);
}
