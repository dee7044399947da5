using System.Globalization;
using Dadbs.Replication;
using Dadbs.Server.Configuration;
using Dadbs.Server.Execution;
using Dadbs.Server.Hosting;
using Dadbs.Storage;
using Dadbs.Storage.Faster;
using Microsoft.Extensions.Logging;

namespace Dadbs.Determinism;

/// <summary>What differs from replay to replay; nothing of it may show in the root.</summary>
internal sealed record ReplayVariation(bool ForeignCulture, int RestartEvery, int CheckpointEvery, int ColdEvery, int PageCacheKilobytes, bool Trace);

/// <summary>Feeds a recorded chain to the state machine that nodes run, block by block, on FASTER pages in a temporary directory.</summary>
internal sealed class Replaying : IDisposable
{
    private readonly ReplayVariation _variation;
    private readonly Genesis _genesis;
    private readonly ILogger _log;
    private readonly string _directory = Directory.CreateTempSubdirectory("dadbs-determinism-").FullName;
    private StateStore _store;
    private SqlStateMachine _machine;

    private Replaying(ReplayVariation variation, Genesis genesis, ILogger log)
    {
        (_variation, _genesis, _log) = (variation, genesis, log);
        _store = OpenStore();
        GenesisExecution.Apply(_store, genesis);
        _machine = NewMachine();
    }

    /// <summary>Prints the root, and how many transactions were committed of how many.</summary>
    /// <returns>1 where a height leads elsewhere than the node that recorded the chain.</returns>
    public static int Run(string directory, ReplayVariation variation)
    {
        if (variation.ForeignCulture) UseForeignCulture();
        var data = new DataDirectory(directory);
        var genesis = GenesisJson.Parse(File.ReadAllText(data.GenesisFile));
        using var logging = LoggerFactory.Create(b => b.SetMinimumLevel(variation.Trace ? LogLevel.Debug : LogLevel.None).AddSimpleConsole(o => o.SingleLine = true));
        using var log = FasterBlockLog.Open(data.BlockLogDirectory, new FasterBlockLogOptions { ReadOnly = true });
        using var replay = new Replaying(variation, genesis, logging.CreateLogger("execution"));
        return replay.Run(new ChainAudit(log, genesis)) ? 0 : 1;
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private bool Run(ChainAudit chain)
    {
        (int committed, int transactions) = (0, 0);
        var root = Hash256.Zero;
        foreach (var record in chain.ReadAll())
        {
            var executed = _machine.Execute(record.Block);
            root = executed.StateRoot;
            if (_variation.Trace) Console.WriteLine($"height {record.Block.Height} root {root}");
            if (root != record.Result.StateRoot || executed.ReceiptsRoot != record.Result.ReceiptsRoot)
            {
                Console.WriteLine($"height {record.Block.Height} leads to {root}, the chain says {record.Result.StateRoot}");
                return false;
            }

            transactions += record.Block.Transactions.Count;
            committed += ExecutionRecord.Decode(executed.ChangeSet).Receipts.Count(r => r == Receipt.Committed);
            Vary(record.Block.Height);
        }

        Console.WriteLine($"{root} {committed} of {transactions} committed");
        return true;
    }

    private void Vary(long height)
    {
        if (IsDue(_variation.CheckpointEvery, height)) _store.Checkpoint();
        if (IsDue(_variation.ColdEvery, height)) _machine = NewMachine();
        if (!IsDue(_variation.RestartEvery, height)) return;
        _store.Checkpoint();
        _store.Dispose();
        _store = OpenStore();
        _machine = NewMachine();
    }

    private static bool IsDue(int every, long height) => every > 0 && height % every == 0;

    private StateStore OpenStore() =>
        StateStore.Open(new StateStoreOptions { PageCacheBytes = _variation.PageCacheKilobytes * 1024L }, FasterPageStore.Open(_directory), _directory);

    private SqlStateMachine NewMachine() => new(
        _store, new EngineComposition(() => throw new InvalidOperationException("a replicated statement read a local view")), _genesis.Parameters, CheckpointPolicy.Never, _log);

    /// <summary>The process runs with invariant globalisation, so a foreign culture is made by hand.</summary>
    private static void UseForeignCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "−";
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yy";
        culture.DateTimeFormat.FirstDayOfWeek = DayOfWeek.Saturday;
        CultureInfo.DefaultThreadCurrentCulture = culture;
        CultureInfo.CurrentCulture = culture;
    }
}
