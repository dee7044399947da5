using Dadbs.Replication;
using Dadbs.Storage;

namespace Dadbs.Server.Execution;

/// <summary>
/// How transactions ended that <see cref="TransactionIndex"/> does not know: those from before the last start, and those that newer ones have pushed out of it. They are looked up in the block log,
/// newest first; what was read on the way is remembered, so that the log is read once and not once a question. Any thread.
/// </summary>
internal sealed class OldTransactions(ReplicationNode replication, SqlStateMachine machine)
{
    /// <summary>Beyond these a question reads the log again.</summary>
    private const int RememberedMax = 1 << 18;

    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, Receipt> _remembered = [];

    /// <summary>Those that were met in blocks that came too late for them, or too early: they failed, unless another block has them too.</summary>
    private readonly HashSet<Hash256> _undue = [];
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
                if (_next == 0 || _remembered.Count + _undue.Count >= RememberedMax) break;
                if (!Remember(_next--)) _next = 0;
            }
        }

        bool wasMet = false;
        var found = Search(id, replication.DurableHeight, _top, ref wasMet, throwIfInterrupted) ?? Search(id, _next, 0, ref wasMet, throwIfInterrupted);
        if (found is not null) return found;
        lock (_gate) return wasMet || _undue.Contains(id) ? Receipt.Failed : null;
    }

    private bool Remember(long height)
    {
        if (replication.ReadBlock(height) is not { } record) return false;
        foreach (var (id, receipt, wasDue) in Receipts(record))
        {
            if (wasDue) _remembered[id] = receipt;
            else _undue.Add(id);
        }

        return true;
    }

    /// <summary>From one height down to another, that one not included.</summary>
    private Receipt? Search(Hash256 id, long from, long to, ref bool wasMet, Action throwIfInterrupted)
    {
        for (long height = from; height > to; height--)
        {
            throwIfInterrupted();
            if (replication.ReadBlock(height) is not { } record) return null;
            foreach (var (other, receipt, wasDue) in Receipts(record))
            {
                if (other != id) continue;
                if (wasDue) return receipt;
                wasMet = true;
            }
        }

        return null;
    }

    /// <summary>How the block's transactions ended. Duplicates are left out: what counts is how the first one ended.</summary>
    private IEnumerable<(Hash256 Id, Receipt Receipt, bool WasDue)> Receipts(BlockRecord record)
    {
        for (int i = 0; i < record.Block.Transactions.Count; i++)
        {
            var transaction = record.Block.Transactions[i];
            var receipt = ExecutionRecord.ReceiptAt(record.Result.ChangeSet.Span, i);
            if (receipt != Receipt.Duplicate) yield return (transaction.Id, receipt, machine.IsDue(transaction, record.Block.TimeMicros));
        }
    }
}
