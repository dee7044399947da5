using Dadbs.Replication;
using Dadbs.Server.Hosting;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Server.SystemViews;

/// <summary><c>dadbs.node</c>: one row, what this node knows of itself. What <c>dadbs status</c> prints first.</summary>
internal sealed class NodeView(Func<ReplicationNode> replication, Func<int> waitingSessions) : LocalView(
    1,
    "node",
    ("version", SqlTypes.Text),
    ("chain_id", SqlTypes.Text),
    ("validator", SqlTypes.Integer),
    ("public_key", SqlTypes.Text),
    ("view", SqlTypes.BigInt),
    ("finalized_height", SqlTypes.BigInt),
    ("executed_height", SqlTypes.BigInt),
    ("state_root", SqlTypes.Text),
    ("receipts_root", SqlTypes.Text),
    ("durable_height", SqlTypes.BigInt),
    ("lag", SqlTypes.BigInt),
    ("waiting_sessions", SqlTypes.BigInt),
    ("has_quorum", SqlTypes.Boolean),
    ("is_signing", SqlTypes.Boolean),
    ("stopped_because", SqlTypes.Text),
    ("crypto", SqlTypes.Text),
    ("refused_connections", SqlTypes.BigInt),
    ("refused_messages", SqlTypes.BigInt),
    ("refused_transactions", SqlTypes.BigInt))
{
    public override IEnumerable<Datum[]> Rows(EvaluationContext context, CatalogSnapshot catalog)
    {
        var node = replication();
        var status = node.Status;
        yield return
        [
            Datum.FromString(Node.Version),
            Datum.FromString(node.Genesis.ChainId.ToHex()),
            node.IsObserver ? Datum.Null : Datum.FromInt32(node.Validator),
            Datum.FromString(node.Key.ToString()),
            Datum.FromInt64(status.View),
            Datum.FromInt64(status.FinalizedHeight),
            Datum.FromInt64(status.Executed.Height),
            Datum.FromString(status.Executed.StateRoot.ToHex()),
            Datum.FromString(status.Executed.ReceiptsRoot.ToHex()),
            Datum.FromInt64(status.DurableHeight),
            Datum.FromInt64(Math.Max(0, status.FinalizedHeight - status.Executed.Height)),
            Datum.FromInt64(waitingSessions()),
            Datum.FromBool(node.HasQuorum),
            Datum.FromBool(status.IsSigning),
            status.StoppedBecause is { } reason ? Datum.FromString(reason) : Datum.Null,
            Datum.FromString(status.Crypto),
            Datum.FromInt64(status.Counters.Connections),
            Datum.FromInt64(status.Counters.Frames + status.Counters.Messages + status.Counters.Signatures),
            Datum.FromInt64(status.Counters.Transactions),
        ];
    }
}
