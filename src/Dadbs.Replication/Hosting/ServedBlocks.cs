using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>What stored blocks answer to who catches up (rule V7): runs of final blocks, and the batches of one.</summary>
/// <param name="read">The block at a height, or null.</param>
internal sealed class ServedBlocks(Func<long, StoredBlock?> read)
{
    /// <summary>A run of blocks without finalization of their own is followed at most so far.</summary>
    private const int RunMax = 1024;

    /// <summary>See <see cref="Effect.ServeBlocks"/>; null: there is nothing to answer.</summary>
    public Message.FinalizedBlocks? Blocks(Height from, int countMax)
    {
        var run = new List<FinalizedBlock>();
        int lastFinal = 0;
        for (long height = from.Value; run.Count < RunMax && (run.Count < countMax || lastFinal == 0); height++)
        {
            if (read(height) is not { } stored)
                break;
            run.Add(stored.Final);
            if (stored.Final.Finalization is not null)
                lastFinal = run.Count;
        }
        run.RemoveRange(lastFinal, run.Count - lastFinal);
        return lastFinal == 0 ? null : new Message.FinalizedBlocks(run);
    }

    /// <summary>See <see cref="Effect.ServeBatches"/>.</summary>
    public IEnumerable<Message.BatchMessage> Batches(Height height, ValidatorId lane, long from, long through) =>
        read(height.Value) is not { } stored ? [] : stored.Batches
            .Where(batch => batch.Lane == lane && batch.Position >= from && batch.Position <= through)
            .OrderByDescending(batch => batch.Position)
            .Select(batch => new Message.BatchMessage(batch, Proof: null));
}
