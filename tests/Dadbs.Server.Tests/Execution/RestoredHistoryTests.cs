using System.Security.Cryptography;
using Dadbs.Replication;
using Dadbs.Server.Execution;
using Dadbs.Server.Hosting;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;

namespace Dadbs.Server.Tests.Execution;

/// <summary>What a node keeps of the latest blocks decides how upper-level transactions end, so a node that restarted must keep what the others do.</summary>
public sealed class RestoredHistoryTests : IDisposable
{
    private const long Start = 1_750_000_000_000_000;
    private const long Second = 1_000_000;

    private readonly NodeKey _key = NodeKey.FromSecret(SHA256.HashData("restored history"u8));
    private readonly Genesis _genesis;
    private readonly List<StateStore> _stores = [];
    private ulong _sequence;

    public RestoredHistoryTests()
    {
        _genesis = new Genesis(
            1, new ChainParameters(), [new GenesisValidator(_key.PublicKey, new PeerAddress("127.0.0.1", 1))], Start, GenesisExecution.ComputeRoot([_key.PublicKey]));
    }

    public void Dispose()
    {
        _stores.ForEach(store => store.Dispose());
        _key.Dispose();
    }

    [Fact]
    public void A_node_that_restarted_decides_as_the_others()
    {
        (SqlStateMachine machine, StateStore store) = Open([]);
        List<ChangeSet> changes = [ChangeSet.Empty];
        string[] texts = ["create table t (a int primary key, b int)", "insert into t values (1, 1), (2, 2), (3, 3)", "update t set b = 5 where a = 1", "select 1", "select 1"];
        for (int i = 0; i < texts.Length; i++) changes.Add(Execute(machine, i + 1, Ordered(texts[i])).Changes);

        RelationId rows = new CatalogCache([]).Get(store.Current, WellKnownOids.DadbsDatabase).Relations.OfType<TableDescriptor>().Single().Rows;
        SignedTransaction[] last = [Serializable(rows, readKey: 1), Serializable(rows, readKey: 2)];
        Receipt[] receipts = [.. Execute(machine, 6, last).Receipts];
        Assert.Equal([Receipt.Failed, Receipt.Committed], receipts);

        (SqlStateMachine restarted, StateStore recovered) = Open(changes);
        restarted.RestoreHistory(height => changes[(int)height]);
        Assert.Equal(receipts, Execute(restarted, 6, last).Receipts);
        Assert.Equal(store.Current.Root, recovered.Current.Root);

        (SqlStateMachine forgetful, _) = Open(changes);
        Assert.Equal([Receipt.Failed, Receipt.Failed], Execute(forgetful, 6, last).Receipts);
    }

    private (SqlStateMachine Machine, StateStore Store) Open(IReadOnlyList<ChangeSet> recovered)
    {
        StateStore store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), manifestDirectory: null);
        _stores.Add(store);
        GenesisExecution.Apply(store, _genesis);
        for (int height = 1; height < recovered.Count; height++) store.Apply(recovered[height], height);
        var engine = new EngineComposition(() => throw new InvalidOperationException("a replicated statement read a local view"));
        return (new SqlStateMachine(store, engine, _genesis.Parameters, CheckpointPolicy.Never), store);
    }

    private static ExecutionRecord Execute(SqlStateMachine machine, long height, params SignedTransaction[] transactions)
    {
        var block = new OrderedBlock(height, Start + height * Second, Hash256.Zero, transactions, [.. transactions.Select(_ => 0)], height, 0, IsReplay: false);
        return ExecutionRecord.Decode(machine.Execute(block).ChangeSet);
    }

    private SignedTransaction Ordered(string text) => Signed(new TransactionBody
    {
        Kind = TransactionKind.OrderedFirst,
        DatabaseOid = WellKnownOids.DadbsDatabase,
        ClockMicros = Start,
        Seed = new byte[32],
        Statements = [new CarriedStatement { Text = text }],
    });

    /// <summary>Read one row at height 2, where the table was just filled, and changes another.</summary>
    private SignedTransaction Serializable(RelationId rows, byte readKey)
    {
        KeyRange read = KeyRange.Exactly([2, 0x80, 0, 0, readKey]);
        return Signed(new TransactionBody
        {
            Kind = TransactionKind.Explicit,
            Isolation = TransactionIsolation.Serializable,
            SnapshotHeight = 2,
            DatabaseOid = WellKnownOids.DadbsDatabase,
            ClockMicros = Start,
            Seed = new byte[32],
            Statements = [new CarriedStatement { Text = "update t set b = 9 where a = 3", Digest = new OutcomeDigest([], isOrdered: false).Finish("UPDATE 1") }],
            Footprint = [new FootprintRange(rows.Database, rows.File, read.Low, read.High)],
        });
    }

    private SignedTransaction Signed(TransactionBody body)
    {
        long until = Start + 60 * Second;
        byte[] core = TransactionEnvelope.Encode(_genesis.ChainId, _key.PublicKey, WellKnownOids.SuperuserRole, stream: 1, ++_sequence, until, TransactionBodyCodec.Encode(body));
        return BatchPayload.Decode(BatchPayload.SignAndEncode([new PendingTransaction(core, Hash256.Sha256(core), WellKnownOids.SuperuserRole, until)], _key)).Single();
    }
}
