using Dadbs.Replication;
using Dadbs.Storage;

namespace Dadbs.Server.Execution;

/// <summary>
/// How transactions ended that <see cref="TransactionIndex"/> does not know: those from before the last start, and those that newer ones have pushed out of it. They are looked up in the block log,
/// newest first; what was read on the way is remembered, so that the log is read once and not once a question. Any thread.
/// </summary>
internal sealed class OldTransactions(ReplicationNode replication)
{
    /// <summary>Beyond these a question reads the log again.</summary>
    private const int RememberedMax = 1 << 18;

    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, Receipt> _remembered = [];

    /// <summary>Those that stood in a block too early or too late to be executed there: as if they were not in it, unless nothing else becomes known of them.</summary>
    private readonly HashSet<Hash256> _untimely = [];
    private long _top = -1;
    private long _next;

    /// <summary>Null: no kept block has it.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="throwIfInterrupted">Called between blocks: the log may be long.</param>
    public Receipt? Find(Hash256 id, Action throwIfInterrupted)
    {
        while (true)
        {
            throwIfInterrupted();
            lock (_gate)
            {
                if (_top < 0) _top = _next = replication.DurableHeight;
                if (_remembered.TryGetValue(id, out var known)) return known;
                if (_next == 0 || _remembered.Count >= RememberedMax) break;
                if (!Remember(_next--)) _next = 0;
            }
        }

        return Search(id, replication.DurableHeight, _top, throwIfInterrupted) ?? Search(id, _next, 0, throwIfInterrupted) ?? (IsUntimely(id) ? Receipt.Failed : null);
    }

    private bool IsUntimely(Hash256 id)
    {
        lock (_gate) return _untimely.Contains(id);
    }

    private bool Remember(long height)
    {
        if (replication.ReadBlock(height) is not { } record) return false;
        foreach (var (id, receipt) in Receipts(record)) _remembered[id] = receipt;
        return true;
    }

    /// <summary>From one height down to another, that one not included.</summary>
    private Receipt? Search(Hash256 id, long from, long to, Action throwIfInterrupted)
    {
        for (long height = from; height > to; height--)
        {
            throwIfInterrupted();
            if (replication.ReadBlock(height) is not { } record) return null;
            foreach (var (other, receipt) in Receipts(record))
            {
                if (other == id) return receipt;
            }
        }

        return null;
    }

    /// <summary>How the block's transactions ended that were executed in it; a duplicate was executed elsewhere.</summary>
    private IEnumerable<(Hash256 Id, Receipt Receipt)> Receipts(BlockRecord record)
    {
        long time = record.Block.TimeMicros;
        long latestExpiry = time + replication.Genesis.Parameters.ExpiryAheadMicros;
        for (int i = 0; i < record.Block.Transactions.Count; i++)
        {
            var transaction = record.Block.Transactions[i];
            var receipt = ExecutionRecord.ReceiptAt(record.Result.ChangeSet.Span, i);
            if (receipt == Receipt.Duplicate) continue;
            if (receipt == Receipt.Committed || (transaction.ExpiryMicros >= time && transaction.ExpiryMicros <= latestExpiry)) yield return (transaction.Id, receipt);
            else NoteUntimely(transaction.Id);
        }
    }

    private void NoteUntimely(Hash256 id)
    {
        lock (_gate)
        {
            if (_untimely.Count < RememberedMax) _untimely.Add(id);
        }
    }
}
