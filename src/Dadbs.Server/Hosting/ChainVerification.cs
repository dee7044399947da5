using Dadbs.Replication;
using Dadbs.Server.CommandLine;
using Dadbs.Server.Configuration;
using Dadbs.Server.Execution;
using Dadbs.Storage;
using Dadbs.Storage.Faster;

namespace Dadbs.Server.Hosting;

/// <summary>
/// Re-checks a stopped node's chain from public data alone: genesis and the block log. Every block is audited, then executed again into a fresh temporary store,
/// and what that leads to must be what the log recorded. Nothing of the node's own state is believed or touched.
/// </summary>
internal static class ChainVerification
{
    /// <exception cref="CommandFailedException">The first thing that does not hold, or the node is running.</exception>
    public static VerifiedChain Run(DataDirectory data, CancellationToken cancellation)
    {
        if (DirectoryLock.IsHeld(data.Root)) throw new CommandFailedException($"{data.Root} is in use by a running node");
        string temporary = Directory.CreateTempSubdirectory("dadbs-verify-").FullName;
        try
        {
            var genesis = GenesisExecution.Read(data.GenesisFile);
            using var log = FasterBlockLog.Open(data.BlockLogDirectory, new FasterBlockLogOptions { ReadOnly = true });
            using var store = StateStore.Open(new StateStoreOptions(), FasterPageStore.Open(temporary), manifestDirectory: null);
            return Replay(genesis, log, store, cancellation);
        }
        catch (Exception e) when (e is ReplicationException or FormatException or IOException)
        {
            throw new CommandFailedException(e.Message, e);
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static VerifiedChain Replay(Genesis genesis, FasterBlockLog log, StateStore store, CancellationToken cancellation)
    {
        Hash256 root = GenesisExecution.Apply(store, genesis).Root;
        var engine = new EngineComposition(() => throw new InvalidOperationException("a replicated statement read a local view"));
        var machine = new SqlStateMachine(store, engine, genesis.Parameters, CheckpointPolicy.Never);
        var audit = new ChainAudit(log, genesis);
        long transactions = 0;
        foreach (var record in audit.ReadAll())
        {
            cancellation.ThrowIfCancellationRequested();
            var executed = machine.Execute(record.Block);
            if (executed.StateRoot != record.Result.StateRoot || executed.ReceiptsRoot != record.Result.ReceiptsRoot)
                throw new DivergenceException($"height {record.Block.Height} executes to state root {executed.StateRoot}, the block log says {record.Result.StateRoot}");
            root = executed.StateRoot;
            transactions += record.Block.Transactions.Count;
        }

        return new VerifiedChain(genesis.ChainId, audit.Height, audit.FinalizedHeight, audit.CertifiedHeight, root, transactions);
    }
}

/// <summary>What <c>dadbs verify</c> found. The chain id is the trust anchor: compare it with one that you got elsewhere.</summary>
/// <param name="ChainId">Digest of genesis.</param>
/// <param name="Height">Height of the last block.</param>
/// <param name="FinalizedHeight">Highest height covered by a finalization in the log.</param>
/// <param name="CertifiedHeight">Highest height whose roots a finalized block names.</param>
/// <param name="StateRoot">Root after the last block.</param>
/// <param name="Transactions">Transactions executed.</param>
internal sealed record VerifiedChain(Hash256 ChainId, long Height, long FinalizedHeight, long CertifiedHeight, Hash256 StateRoot, long Transactions);
