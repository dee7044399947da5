using Dadbs.Replication;
using Dadbs.Server.Locks;
using Dadbs.Server.SystemViews;
using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.SystemCatalog;

namespace Dadbs.Server.Execution;

/// <summary>The SQL engine with the relations that have no stored rows: the system catalogs, and this node's own views.</summary>
internal sealed class EngineComposition
{
    /// <param name="replication">Asked when a view is read, so never before the node is composed.</param>
    public EngineComposition(Func<ReplicationNode> replication)
    {
        Catalogs = new CatalogCache(SystemRelationSet.Create(
        [
            new NodeView(replication, () => Pending.Count),
            new ValidatorsView(replication),
            new PeersView(replication),
            new BlocksView(replication),
            new TransactionsView(replication),
            new LocksView(Locks),
        ]));
        Engine = new SqlEngine();
    }

    /// <summary>Own transactions whose sessions wait for their outcome.</summary>
    public PendingOutcomes Pending { get; } = new();

    /// <summary>What transactions of this node hold.</summary>
    public LockTable Locks { get; } = new();

    /// <summary>What transactions of other nodes are about to take.</summary>
    public AnnouncedRows Announced { get; } = new(TimeProvider.System);

    public CatalogCache Catalogs { get; }

    public SqlEngine Engine { get; }
}
