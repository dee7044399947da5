using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>From a block and its batches in their order to the transactions in theirs (Rule X1).</summary>
internal static class Ordering
{
    public static OrderedBlock Flatten(Block block, IReadOnlyList<Batch> batches, Func<Batch, IReadOnlyList<SignedTransaction>> transactionsOf, EpochScope scope, bool isReplay)
    {
        int count = 0;
        foreach (Batch batch in batches)
            count += batch.Header.TransactionCount;
        var transactions = new List<SignedTransaction>(count);
        var lanes = new List<int>(count);
        foreach (Batch batch in batches)
        {
            IReadOnlyList<SignedTransaction> own = transactionsOf(batch);
            transactions.AddRange(own);
            for (int i = 0; i < own.Count; i++)
                lanes.Add(batch.Lane.Value);
        }
        BlockHeader header = block.Header;
        int proposer = scope.LeaderOf(header.View).Value;
        return new OrderedBlock(header.Height.Value, header.TimeMicros, block.Digest.ToHash(), transactions, lanes, header.View.Value, proposer, isReplay);
    }
}
