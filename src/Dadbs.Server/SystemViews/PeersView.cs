using Dadbs.Replication;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Server.SystemViews;

/// <summary><c>dadbs.peers</c>: the links to the other validators as this node sees them.</summary>
internal sealed class PeersView(Func<ReplicationNode> replication) : LocalView(
    3,
    "peers",
    ("validator", SqlTypes.Integer),
    ("address", SqlTypes.Text),
    ("link", SqlTypes.Text),
    ("last_heard", SqlTypes.TimestampTz),
    ("executed_height", SqlTypes.BigInt),
    ("bytes_sent", SqlTypes.BigInt),
    ("bytes_received", SqlTypes.BigInt),
    ("refused_messages", SqlTypes.BigInt),
    ("bans", SqlTypes.BigInt))
{
    public override IEnumerable<Datum[]> Rows(EvaluationContext context, CatalogSnapshot catalog)
    {
        foreach (var peer in replication().Status.Peers)
        {
            yield return
            [
                Datum.FromInt32(peer.Validator),
                Datum.FromString(peer.Address.ToString()),
                Datum.FromString(Word(peer.Link)),
                Timestamp(peer.LastHeardMicros),
                Datum.FromInt64(peer.ExecutedHeight),
                Datum.FromInt64(peer.BytesSent),
                Datum.FromInt64(peer.BytesReceived),
                Datum.FromInt64(peer.Refused),
                Datum.FromInt64(peer.Bans),
            ];
        }
    }

    private static string Word(LinkState link) => link switch
    {
        LinkState.Down => "down",
        LinkState.Connecting => "connecting",
        LinkState.Up => "up",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
