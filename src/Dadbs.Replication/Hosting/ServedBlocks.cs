using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// What stored blocks answer to who catches up (rule V7): runs of final blocks, and the batches of one. A stored finalization may be one that this node believed at the word of links (rule M1):
/// what is served is verified, and what others would refuse counts as none. One thread at a time.
/// </summary>
/// <param name="read">The block at a height, or null.</param>
/// <param name="isValid">Whether others will take a finalization.</param>
/// <param name="doubted">Told of each that they would not, once.</param>
internal sealed class ServedBlocks(Func<long, StoredBlock?> read, Func<Certificate, bool> isValid, Action<Certificate>? doubted = null)
{
    /// <summary>A run of blocks without finalization of their own is followed at most so far.</summary>
    private const int RunMax = 1024;

    /// <summary>There are hardly any (rule M1), so there are never many.</summary>
    private const int RefusedMax = 4096;

    /// <summary>What does not check costs its verification once.</summary>
    private readonly HashSet<CertificateKey> _refused = [];

    /// <summary>See <see cref="Effect.ServeBlocks"/>; null: there is nothing to answer.</summary>
    public Message.FinalizedBlocks? Blocks(Height from, int countMax)
    {
        var run = new List<FinalizedBlock>();
        for (long height = from.Value; run.Count < countMax && read(height) is { } stored; height++)
            run.Add(stored.Final);
        int end = run.Count;
        while (end > 0 && !IsProven(run[end - 1]))
            end--;
        if (end > 0)
            return Through(run, end);
        while (run.Count < RunMax && read(from.Value + run.Count) is { } next)
        {
            run.Add(next.Final);
            if (IsProven(next.Final))
                return Through(run, run.Count);
        }
        return null;
    }

    /// <summary>See <see cref="Effect.ServeBatches"/>.</summary>
    public IEnumerable<Message.BatchMessage> Batches(Height height, ValidatorId lane, long from, long through) =>
        read(height.Value) is not { } stored ? [] : stored.Batches
            .Where(batch => batch.Lane == lane && batch.Position >= from && batch.Position <= through)
            .OrderByDescending(batch => batch.Position)
            .Select(batch => new Message.BatchMessage(batch, Proof: null));

    /// <summary>The last one proves all: those before it need no finalization of their own, and nobody a check of it.</summary>
    private static Message.FinalizedBlocks Through(List<FinalizedBlock> run, int end) =>
        new([.. run.Take(end - 1).Select(block => block with { Finalization = null }), run[end - 1]]);

    private bool IsProven(FinalizedBlock block)
    {
        if (block.Finalization is not { } finalization || _refused.Contains(finalization.Key))
            return false;
        if (isValid(finalization))
            return true;
        if (_refused.Count >= RefusedMax)
            _refused.Clear();
        _refused.Add(finalization.Key);
        doubted?.Invoke(finalization);
        return false;
    }
}
