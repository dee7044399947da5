using Dadbs.Sql.Catalog;
using Dadbs.Storage;

namespace Dadbs.Sql.Tests.Engine;

/// <summary>A state in memory with the genesis catalog, and overlays over it.</summary>
internal sealed class TestDatabase : IDisposable
{
    public static readonly byte[] NodeKey = [2, .. Enumerable.Repeat((byte)7, 32)];

    private readonly StateStore _store;
    private long _height;

    public TestDatabase(params Seams.IVirtualRelation[] relations)
    {
        _store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
        Catalogs = new CatalogCache(relations);
        var genesis = new Overlay(_store.Current);
        GenesisState.Create(genesis, new GenesisOptions { ValidatorKeys = [NodeKey] });
        _store.Apply(genesis.ToChangeSet(), _height);
    }

    public CatalogCache Catalogs { get; }

    public Snapshot Current => _store.Current;

    public long Height => _height;

    public CatalogSnapshot Catalog => Catalogs.Get(Current, WellKnownOids.DadbsDatabase);

    public Overlay NewOverlay() => new(_store.Current);

    /// <summary>What the blocks so far changed.</summary>
    public ChangeHistory History { get; } = new(ChangeHistoryLimits.Chain, Sql.Transactions.Footprint.IsKept);

    public Snapshot Apply(Overlay overlay)
    {
        ChangeSet changes = overlay.ToChangeSet();
        History.Add(++_height, changes);
        return _store.Apply(changes, _height);
    }

    public void Dispose() => _store.Dispose();
}
