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

    /// <summary>Another block may come, or none.</summary>
    [Fact]
    public void X4_nothing_is_seen_of_a_block_that_is_executed_ahead()
    {
        (SignedTransaction transaction, Recorder observer, PendingOutcomes.Waiter waiter) = WaitingInsert();
        Snapshot before = _machine.Latest;
        _machine.Speculate(Block(_height + 1, "ahead", transaction));
        Assert.Same(before, _machine.Latest);
        Assert.False(waiter.Outcome.IsCompleted);
        Assert.Null(_machine.Index.Find(transaction.Id));
        Assert.False(observer.IsFinal);
    }

    [Fact]
    public async Task X4_a_block_that_was_executed_ahead_is_not_executed_again()
    {
        (SignedTransaction transaction, Recorder observer, PendingOutcomes.Waiter waiter) = WaitingInsert();
        OrderedBlock block = Block(++_height, "ahead", transaction, transaction);
        _machine.Speculate(block);
        ExecutedBlock result = _machine.Execute(block);
        Assert.Equal([Receipt.Committed, Receipt.Duplicate], ExecutionRecord.Decode(result.ChangeSet).Receipts);
        Assert.Equal(result.StateRoot, _machine.Latest.Root);
        Assert.Equal(new TransactionOutcome.Committed(_height), await waiter.Outcome);
        Assert.Equal((1, true), (observer.Begun, observer.IsFinal));
        Assert.Equal(new TransactionPlace(_height, 0, Receipt.Committed), _machine.Index.Find(transaction.Id));
        Assert.False(_machine.Pending.Contains(transaction.Id));
    }

    /// <summary>The table of the block that came to nothing has other columns: its catalog must not be taken for the one that holds.</summary>
    [Fact]
    public async Task X4_a_block_that_was_executed_ahead_for_nothing_leaves_no_trace()
    {
        SignedTransaction mine = Signed("create table t (a int primary key, b int not null)", 1);
        SignedTransaction other = Signed("create table t (a text)", 2);
        SignedTransaction insert = Signed("insert into t values ('text')", 3);
        var observer = new Recorder();
        PendingOutcomes.Waiter waiter = _machine.Pending.Add(mine.Id, observer, mine.ExpiryMicros);
        _machine.Speculate(Block(1, "ahead", mine));
        _machine.Speculate(Block(1, "ahead of another view", mine, Signed("insert into t values (1, 1)", 4)));
        ExecutedBlock came = _machine.Execute(Block(++_height, "final", other, mine, insert));
        Assert.Equal([Receipt.Committed, Receipt.Failed, Receipt.Committed], ExecutionRecord.Decode(came.ChangeSet).Receipts);
        Assert.Equal((3, true), (observer.Begun, observer.IsFinal));
        Assert.Equal("42P07", Assert.IsType<TransactionOutcome.Failed>(await waiter.Outcome).Error.State.Code);

        using var store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), manifestDirectory: null);
        GenesisExecution.Apply(store, _genesis);
        var straight = new SqlStateMachine(store, new EngineComposition(() => throw new InvalidOperationException()), _genesis.Parameters, CheckpointPolicy.Never);
        ExecutedBlock same = straight.Execute(Block(1, "final", other, mine, insert));
        Assert.Equal((same.StateRoot, same.ReceiptsRoot), (came.StateRoot, came.ReceiptsRoot));
    }

    [Fact]
    public async Task X4_whoever_stops_waiting_after_its_transaction_was_executed_ahead_is_not_answered_twice()
    {
        (SignedTransaction transaction, Recorder observer, PendingOutcomes.Waiter waiter) = WaitingInsert();
        OrderedBlock block = Block(++_height, "ahead", transaction);
        _machine.Speculate(block);
        waiter.GiveUp("enough");
        Assert.Equal("enough", Assert.IsType<TransactionOutcome.Unknown>(await waiter.Outcome).Reason);
        _machine.Execute(block);
        Assert.False(observer.IsFinal);
        Assert.Equal(Receipt.Committed, _machine.Index.Find(transaction.Id)?.Receipt);
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

    /// <summary>Into a table that is there, by a session that waits.</summary>
    private (SignedTransaction Transaction, Recorder Observer, PendingOutcomes.Waiter Waiter) WaitingInsert()
    {
        Execute(Signed("create table t (a int primary key)", 1));
        SignedTransaction transaction = Signed("insert into t values (1)", 2);
        var observer = new Recorder();
        return (transaction, observer, _machine.Pending.Add(transaction.Id, observer, transaction.ExpiryMicros));
    }

    private Receipt[] Execute(params SignedTransaction[] transactions)
    {
        _height++;
        return [.. ExecutionRecord.Decode(_machine.Execute(Block(_height, "", transactions)).ChangeSet).Receipts];
    }

    private static OrderedBlock Block(long height, string name, params SignedTransaction[] transactions) => new(
        height, Start + height * Second, Hash256.Sha256(System.Text.Encoding.UTF8.GetBytes(name)), transactions, [.. transactions.Select(_ => 0)], height, 0, IsReplay: false);

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

    private sealed class Recorder : IResultObserver
    {
        public int Begun { get; private set; }

        public bool IsFinal { get; private set; }

        public void Begin() => Begun++;

        public void Final() => IsFinal = true;

        public void BeginStatement(int index, PreparedStatement statement)
        {
        }

        public void Row(ReadOnlySpan<Datum> row)
        {
        }

        public void EndStatement(string commandTag)
        {
        }

        public void Notice(SqlNotice notice)
        {
        }
    }

    private sealed class DamagedMachine : IResultObserver
    {
        public void Begin()
        {
        }

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
