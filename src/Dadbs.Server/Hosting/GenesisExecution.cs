using Dadbs.Replication;
using Dadbs.Sql.Catalog;
using Dadbs.Storage;

namespace Dadbs.Server.Hosting;

/// <summary>The state at height 0, as a function of the keys of validators and observers. <c>init</c> computes its root, <c>start</c> and <c>verify</c> execute it again and compare.</summary>
internal static class GenesisExecution
{
    public const uint EngineLevel = 1;

    public static Hash256 ComputeRoot(IEnumerable<PublicKey> nodeKeys)
    {
        using var store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), manifestDirectory: null);
        return Apply(store, nodeKeys).Root;
    }

    /// <summary>Makes the empty store hold height 0.</summary>
    /// <exception cref="DivergenceException">This software makes another state of it than the genesis file names.</exception>
    public static Snapshot Apply(StateStore store, Genesis genesis)
    {
        var snapshot = Apply(store, genesis.Validators.Select(v => v.Key).Concat(genesis.Observers));
        if (snapshot.Root != genesis.InitialStateRoot)
            throw new DivergenceException($"genesis names the state root {genesis.InitialStateRoot}, this software makes {snapshot.Root}");
        return snapshot;
    }

    private static Snapshot Apply(StateStore store, IEnumerable<PublicKey> nodeKeys)
    {
        var overlay = new Overlay(store.Current);
        GenesisState.Create(overlay, new GenesisOptions { ValidatorKeys = [.. nodeKeys.Select(k => k.Span.ToArray())] });
        return store.Apply(overlay.ToChangeSet(), height: 0);
    }
}
