using System.Security.Cryptography;
using Dadbs.Replication;
using Dadbs.Server.Execution;
using Dadbs.Server.Hosting;
using Dadbs.Server.Sessions.Ordering;
using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Server.Tests.Execution;

/// <summary>Rules X1, X1a, X2 and D2 where replication's transactions meet the engine: signed ones are ordered, state decides at their place.</summary>
public sealed class SqlStateMachineTests : IDisposable
{
    private const long Start = 1_750_000_000_000_000;
    private const long Second = 1_000_000;

    private readonly NodeKey _key = NodeKey.FromSecret(SHA256.HashData("state machine"u8));
    private readonly StateStore _store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), manifestDirectory: null);
    private readonly Genesis _genesis;
    private readonly SqlStateMachine _machine;
    private long _height;

    public SqlStateMachineTests()
    {
        _genesis = new Genesis(
            1, new ChainParameters(), [new GenesisValidator(_key.PublicKey, new PeerAddress("127.0.0.1", 1))], Start, GenesisExecution.ComputeRoot([_key.PublicKey]));
        GenesisExecution.Apply(_store, _genesis);
        _machine = new SqlStateMachine(
            _store, new EngineComposition(() => throw new InvalidOperationException("a replicated statement read a local view")), _genesis.Parameters, CheckpointPolicy.Never);
    }

    public void Dispose()
    {
        _store.Dispose();
        _key.Dispose();
    }

    /// <summary>Pitfall. Acknowledging asks the bytes alone, so the transaction is ordered; the state at its place has the last word.</summary>
    [Fact]
    public void A_key_revoked_between_acknowledgement_and_execution()
    {
        Assert.Equal([Receipt.Committed], Execute(Signed("create table t (a int primary key)", 1)));
        SignedTransaction acknowledged = Signed("insert into t values (1)", 2);
        Assert.Null(new TransactionVerifier(_genesis).Refuse(acknowledged));
        Revoke();
        Hash256 before = _store.Current.Root;
        Assert.Null(new TransactionVerifier(_genesis).Refuse(acknowledged));
        Assert.Equal([Receipt.Failed], Execute(acknowledged));
        Assert.NotEqual(before, _store.Current.Root);
        Assert.Equal([Receipt.Duplicate], Execute(acknowledged));
    }

    [Fact]
    public void X1a_a_transaction_that_is_ordered_again_changes_nothing_and_keeps_its_outcome()
    {
        SignedTransaction transaction = Signed("create table t (a int)", 1);
        Assert.Equal([Receipt.Committed, Receipt.Duplicate], Execute(transaction, transaction));
        Hash256 root = _store.Current.Root;
        Assert.Equal([Receipt.Duplicate], Execute(transaction));
        Assert.Equal(root, _store.Current.Root);
        Assert.Equal(new TransactionPlace(1, 0, Receipt.Committed), _machine.Index.Find(transaction.Id));
    }

    [Fact]
    public async Task D2_who_learns_an_outcome_finds_it_in_the_newest_state()
    {
        SignedTransaction transaction = Signed("create table t (a int)", 1);
        PendingOutcomes.Waiter waiter = _machine.Pending.Add(transaction.Id, results: null, transaction.ExpiryMicros);
        Task<long> seen = waiter.Outcome.ContinueWith(_ => _machine.Latest.Height, TaskScheduler.Default);
        Execute(transaction);
        Assert.Equal(1, await seen);
        Assert.Equal(new TransactionOutcome.Committed(1), await waiter.Outcome);
    }

    /// <summary>A failure of this machine ends the node's part, and must not leave sessions waiting for what it took.</summary>
    [Fact]
    public async Task Whose_transaction_was_taken_when_the_node_failed_is_told_that_its_outcome_is_unknown()
    {
        SignedTransaction before = Signed("create table t (a int)", 1);
        SignedTransaction failing = Signed("create table u (a int)", 2);
        PendingOutcomes.Waiter first = _machine.Pending.Add(before.Id, results: null, before.ExpiryMicros);
        PendingOutcomes.Waiter second = _machine.Pending.Add(failing.Id, new DamagedMachine(), failing.ExpiryMicros);
        Assert.Throws<CorruptionException>(() => Execute(before, failing));
        Assert.Equal(before.Id.ToHex(), Assert.IsType<TransactionOutcome.Unknown>(await first.Outcome).TransactionId);
        Assert.Equal(failing.Id.ToHex(), Assert.IsType<TransactionOutcome.Unknown>(await second.Outcome).TransactionId);
    }

    [Fact]
    public void X2_a_failing_transaction_is_an_outcome_and_its_neighbours_are_executed()
    {
        Receipt[] receipts = Execute(Signed("create table t (a int)", 1), Signed("insert into t values (1 / 0)", 2), Signed("not sql at all", 3), Signed("insert into t values (1)", 4));
        Assert.Equal([Receipt.Committed, Receipt.Failed, Receipt.Failed, Receipt.Committed], receipts);
    }

    [Fact]
    public void An_expired_transaction_and_one_for_a_role_that_its_key_does_not_have_are_executed_by_nobody()
    {
        Execute(Signed("create table t (a int)", 1));
        Assert.Equal(
            [Receipt.Failed, Receipt.Failed, Receipt.Failed],
            Execute(
                Signed("insert into t values (1)", 2, expiry: Start),
                Signed("insert into t values (2)", 3, expiry: Start + 700 * Second),
                Signed("insert into t values (3)", 4, role: 99)));
    }

    private Receipt[] Execute(params SignedTransaction[] transactions)
    {
        _height++;
        var block = new OrderedBlock(_height, Time, Hash256.Zero, transactions, [.. transactions.Select(_ => 0)], _height, 0, IsReplay: false);
        return [.. ExecutionRecord.Decode(_machine.Execute(block).ChangeSet).Receipts];
    }

    private long Time => Start + _height * Second;

    private void Revoke()
    {
        var overlay = new Overlay(_store.Current);
        new CatalogWriter(overlay, WellKnownOids.DadbsDatabase).Put(new RoleKeyDescriptor(WellKnownOids.SuperuserRole, _key.PublicKey.Span.ToArray(), IsRevoked: true));
        _height++;
        _store.Apply(overlay.ToChangeSet(), _height);
    }

    private SignedTransaction Signed(string text, ulong sequence, long? expiry = null, uint role = WellKnownOids.SuperuserRole)
    {
        var body = new TransactionBody
        {
            Kind = TransactionKind.OrderedFirst,
            DatabaseOid = WellKnownOids.DadbsDatabase,
            ClockMicros = Start,
            Seed = new byte[32],
            Statements = [new CarriedStatement { Text = text }],
        };
        long until = expiry ?? Start + 60 * Second;
        byte[] core = TransactionEnvelope.Encode(_genesis.ChainId, _key.PublicKey, role, stream: 1, sequence, until, TransactionBodyCodec.Encode(body));
        return BatchPayload.Decode(BatchPayload.SignAndEncode([new PendingTransaction(core, Hash256.Sha256(core), role, until)], _key)).Single();
    }

    private sealed class DamagedMachine : IResultObserver
    {
        public void BeginStatement(int index, PreparedStatement statement) => throw new CorruptionException("damaged");

        public void Row(ReadOnlySpan<Datum> row)
        {
        }

        public void EndStatement(string commandTag) => throw new CorruptionException("damaged");

        public void Notice(SqlNotice notice)
        {
        }
    }
}
