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

        return Search(id, replication.DurableHeight, _top, throwIfInterrupted) ?? Search(id, _next, 0, throwIfInterrupted);
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

    /// <summary>Duplicates are left out: what counts is how the first one ended.</summary>
    private static IEnumerable<(Hash256 Id, Receipt Receipt)> Receipts(BlockRecord record)
    {
        for (int i = 0; i < record.Block.Transactions.Count; i++)
        {
            var receipt = ExecutionRecord.ReceiptAt(record.Result.ChangeSet.Span, i);
            if (receipt != Receipt.Duplicate) yield return (record.Block.Transactions[i].Id, receipt);
        }
    }
}
