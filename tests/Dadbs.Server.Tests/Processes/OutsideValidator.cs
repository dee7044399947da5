using Dadbs.ClusterHarness;
using Dadbs.Replication;
using Dadbs.Server.Configuration;
using Dadbs.Server.Execution;
using Dadbs.Server.Hosting;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;

namespace Dadbs.Server.Tests.Processes;

/// <summary>
/// The last validator of a cluster, made of the product's own parts within the test's process: it orders and executes like the others, and submits transactions that no
/// session of a node would make.
/// </summary>
internal sealed class OutsideValidator : IAsyncDisposable
{
    private readonly NodeKey _key;
    private readonly StateStore _store;
    private readonly SqlStateMachine _machine;
    private readonly ReplicationNode _node;

    private OutsideValidator(DataDirectory data)
    {
        var genesis = GenesisJson.Parse(File.ReadAllText(data.GenesisFile));
        _key = KeyFile.Read(data.KeyFile);
        _store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), manifestDirectory: null);
        GenesisExecution.Apply(_store, genesis);
        ReplicationNode? node = null;
        var engine = new EngineComposition(() => node!);
        _machine = new SqlStateMachine(_store, engine, genesis.Parameters, new CheckpointPolicy(int.MaxValue, long.MaxValue));
        _node = node = ReplicationNode.Open(
            new ReplicationOptions
            {
                Genesis = genesis,
                Key = _key,
                VoteLog = new MemoryLog(),
                BlockLog = new MemoryLog(),
                Fatal = e => Failure = e,
            },
            _machine);
    }

    /// <summary>Why it could not go on.</summary>
    public Exception? Failure { get; private set; }

    public Snapshot State => _machine.Latest;

    public static async Task<OutsideValidator> StartAsync(NodeProcess node)
    {
        var validator = new OutsideValidator(new DataDirectory(node.DataDirectory));
        await validator._node.StartAsync();
        return validator;
    }

    public static long NowMicros => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>One statement, autocommit, in database dadbs.</summary>
    public PendingTransaction Prepare(uint role, string statement, TimeSpan? life = null) => Prepare(role, TransactionBodyCodec.Encode(new TransactionBody
    {
        Kind = TransactionKind.OrderedFirst,
        DatabaseOid = WellKnownOids.DadbsDatabase,
        ClockMicros = NowMicros,
        Seed = new byte[32],
        Statements = [new CarriedStatement { Text = statement }],
    }), life);

    public PendingTransaction Prepare(uint role, byte[] body, TimeSpan? life = null) =>
        _node.Prepare(role, body, NowMicros + (long)(life ?? TimeSpan.FromMinutes(1)).TotalMicroseconds);

    public async Task<string> SubmitAsync(PendingTransaction transaction)
    {
        await _node.SubmitAsync(transaction);
        return transaction.Id.ToHex();
    }

    public Receipt? ReceiptOf(string id) => _machine.Index.Find(Hash256.FromHex(id))?.Receipt;

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _store.Dispose();
        _key.Dispose();
    }
}
