using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dadbs.Replication;
using Dadbs.Server.Execution;
using Dadbs.Server.Hosting;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;
using Dadbs.Storage.Faster;
using Microsoft.Extensions.Logging;

namespace Dadbs.Determinism;

/// <summary>What differs from run to run; nothing of it may show in the root.</summary>
internal sealed record ExecutionVariation(int Seed, int Length, bool ForeignCulture, int RestartAt, int PageCacheKilobytes, bool Trace);

/// <summary>Feeds the stream to the state machine that nodes run, block by block, on FASTER pages in a temporary directory.</summary>
internal static class Execution
{
    private const int TransactionsPerBlock = 7;
    private const long StartMicros = 1_750_000_000_000_000;
    private const long BlockMicros = 1_000_000;

    public static int Run(ExecutionVariation variation)
    {
        if (variation.ForeignCulture) UseForeignCulture();
        string directory = Directory.CreateTempSubdirectory("dadbs-determinism-").FullName;
        try
        {
            using var key = NodeKey.FromSecret(SHA256.HashData("determinism"u8));
            var genesis = new Genesis(
                1, new ChainParameters(), [new GenesisValidator(key.PublicKey, new PeerAddress("127.0.0.1", 1))], StartMicros, GenesisExecution.ComputeRoot([key.PublicKey]));
            var (root, committed) = ExecuteAll(variation, directory, key, genesis);
            Console.WriteLine($"{root} {committed} committed");
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static (Hash256 Root, int Committed) ExecuteAll(ExecutionVariation variation, string directory, NodeKey key, Genesis genesis)
    {
        using var logging = LoggerFactory.Create(b => b.SetMinimumLevel(variation.Trace ? LogLevel.Debug : LogLevel.None).AddSimpleConsole(o => o.SingleLine = true));
        var log = logging.CreateLogger("execution");
        var store = Open(variation, directory);
        GenesisExecution.Apply(store, genesis);
        var machine = Machine(store, genesis, log);
        int committed = 0;
        long height = 0;
        foreach (string[] block in new StatementStream(variation.Seed, variation.Length).Transactions().Chunk(TransactionsPerBlock))
        {
            height++;
            long time = StartMicros + (height * BlockMicros);
            var transactions = block.Select((text, i) => Sign(genesis, key, text, (ulong)((height * TransactionsPerBlock) + i), time)).ToList();
            var executed = machine.Execute(new OrderedBlock(height, time, Hash256.Zero, transactions, [.. transactions.Select(_ => 0)], height, 0, IsReplay: false));
            committed += ExecutionRecord.Decode(executed.ChangeSet).Receipts.Count(r => r == Receipt.Committed);
            if (variation.Trace) Console.WriteLine($"height {height} root {executed.StateRoot}");
            if (height != variation.RestartAt) continue;
            store.Checkpoint();
            store.Dispose();
            store = Open(variation, directory);
            machine = Machine(store, genesis, log);
        }

        var root = store.Current.Root;
        store.Dispose();
        return (root, committed);
    }

    private static StateStore Open(ExecutionVariation variation, string directory) => StateStore.Open(
        new StateStoreOptions { PageCacheBytes = variation.PageCacheKilobytes * 1024L }, FasterPageStore.Open(directory), directory);

    private static SqlStateMachine Machine(StateStore store, Genesis genesis, ILogger log) => new(
        store, new EngineComposition(() => throw new InvalidOperationException("a replicated statement read a local view")), genesis.Parameters, CheckpointPolicy.Never, log);

    /// <summary>A string of statements as a session would submit it: an ordered-first transaction with inputs that depend on its number alone.</summary>
    private static SignedTransaction Sign(Genesis genesis, NodeKey key, string text, ulong sequence, long blockMicros)
    {
        var body = new TransactionBody
        {
            Kind = TransactionKind.OrderedFirst,
            DatabaseOid = WellKnownOids.DadbsDatabase,
            ClockMicros = blockMicros - 1000,
            Seed = SHA256.HashData(Encoding.UTF8.GetBytes($"seed {sequence}")),
            Statements = [.. SqlParser.Parse(text).Select(s => new CarriedStatement { Text = text.Substring(s.Start, s.Length) })],
        };
        byte[] core = TransactionEnvelope.Encode(
            genesis.ChainId, key.PublicKey, WellKnownOids.SuperuserRole, stream: 1, sequence, blockMicros + BlockMicros, TransactionBodyCodec.Encode(body));
        var pending = new PendingTransaction(core, Hash256.Sha256(core), WellKnownOids.SuperuserRole, blockMicros + BlockMicros);
        return BatchPayload.Decode(BatchPayload.SignAndEncode([pending], key)).Single();
    }

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
