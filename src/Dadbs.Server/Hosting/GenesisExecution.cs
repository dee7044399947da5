using Dadbs.Replication;
using Dadbs.Sql.Catalog;
using Dadbs.Storage;

namespace Dadbs.Server.Hosting;

/// <summary>The state at height 0, as a function of the keys of validators and observers. <c>init</c> computes its root, <c>start</c> and <c>verify</c> execute it again and compare.</summary>
internal static class GenesisExecution
{
    /// <summary>
    /// Of what the same transactions make the same states: it grows with every change of this software that makes other ones. 2: tree pages of 2 KB; 3: the version of statistics is a hash.
    /// </summary>
    public const uint EngineLevel = 3;

    /// <summary>The genesis file of a node.</summary>
    /// <exception cref="FormatException">It is none, or of a chain that this software would execute differently.</exception>
    public static Genesis Read(string path)
    {
        try
        {
            var genesis = GenesisJson.Parse(File.ReadAllText(path));
            return genesis.EngineLevel == EngineLevel
                ? genesis
                : throw new FormatException($"the chain is executed by engine level {genesis.EngineLevel}, this software has engine level {EngineLevel} and would make other states of it");
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }

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
