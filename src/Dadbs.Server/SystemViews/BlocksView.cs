using Dadbs.Replication;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Server.SystemViews;

/// <summary><c>dadbs.blocks</c>: the finalized and executed blocks in the block log, newest first.</summary>
internal sealed class BlocksView(Func<ReplicationNode> replication) : LocalView(
    4,
    "blocks",
    ("height", SqlTypes.BigInt),
    ("view", SqlTypes.BigInt),
    ("time", SqlTypes.TimestampTz),
    ("digest", SqlTypes.Text),
    ("proposer", SqlTypes.Integer),
    ("transactions", SqlTypes.Integer),
    ("state_root", SqlTypes.Text),
    ("receipts_root", SqlTypes.Text),
    ("certified_height", SqlTypes.BigInt),
    ("certified_root", SqlTypes.Text))
{
    public override IEnumerable<Datum[]> Rows(EvaluationContext context, CatalogSnapshot catalog)
    {
        foreach (var record in NewestFirst(replication()))
        {
            context.Budget.Step();
            yield return
            [
                Datum.FromInt64(record.Block.Height),
                Datum.FromInt64(record.Block.View),
                Timestamp(record.Block.TimeMicros),
                Datum.FromString(record.Block.BlockDigest.ToHex()),
                Datum.FromInt32(record.Block.Proposer),
                Datum.FromInt32(record.Block.Transactions.Count),
                Datum.FromString(record.Result.StateRoot.ToHex()),
                Datum.FromString(record.Result.ReceiptsRoot.ToHex()),
                Datum.FromInt64(record.CertifiedHeight.Height),
                Datum.FromString(record.CertifiedHeight.StateRoot.ToHex()),
            ];
        }
    }

    /// <summary>Reads the log from its newest block on disk, which is a moment behind the executed one, down to the oldest that is kept.</summary>
    internal static IEnumerable<BlockRecord> NewestFirst(ReplicationNode node)
    {
        for (long height = node.DurableHeight; height > 0; height--)
        {
            if (node.ReadBlock(height) is not { } record) yield break;
            yield return record;
        }
    }
}
