using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Settings;
using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;
using Xunit;

namespace Dadbs.Sql.Tests.Transactions;

/// <summary>What a server session does with a local transaction.</summary>
internal sealed class LocalSession : IDisposable
{
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<TestEngine, NodeLeases> Leases = [];

    private readonly TestEngine _engine;
    private readonly NodeLeases _leases;
    private readonly TransactionInputs _inputs;

    public LocalSession(TestEngine engine, TransactionIsolation isolation = TransactionIsolation.ReadCommitted)
    {
        _engine = engine;
        _leases = Leases.GetValue(engine, _ => new NodeLeases(TestDatabase.NodeKey, () => 0));
        TransactionInputs inputs = engine.Inputs();
        var sequences = new SessionSequences(_leases, WellKnownOids.DadbsDatabase, () => engine.Current);
        _inputs = inputs;
        Settings = inputs.Settings;
        Settings.BeginTransaction();
        Transaction = new LocalTransaction(engine.Current, new LocalTransactionInputs
        {
            Catalogs = engine.Catalogs,
            DatabaseOid = WellKnownOids.DadbsDatabase,
            ClockMicros = inputs.ClockMicros,
            Seed = inputs.Seed!,
            Settings = inputs.Settings,
            Sequences = sequences,
            NewContext = (transaction, state, writable, parameters, index) =>
                inputs.NewContext(state, writable, transaction.Catalog, parameters, index, sequences),
        });
        Transaction.Isolation = isolation;
    }

    public LocalTransaction Transaction { get; }

    public SessionSettings Settings { get; }

    public List<string> Run(string text)
    {
        while (true)
        {
            try
            {
                return RunOnce(text);
            }
            catch (SequenceLeaseNeededException needed)
            {
                var recorder = new TestEngine.Recorder();
                TransactionBody body = _engine.Body() with { Kind = TransactionKind.Leases, LeaseRequests = [new LeaseRequest(needed.SequenceOid, needed.Count)] };
                Assert.True(_engine.Order(body, recorder).IsCommitted);
                foreach ((uint oid, long first, long increment, int count) in recorder.Leases)
                    _leases.Add(WellKnownOids.DadbsDatabase, oid, first, increment, count);
            }
        }
    }

    /// <summary>COMMIT: nothing is submitted where nothing was written.</summary>
    public bool Commit() => !Transaction.HasWritten || _engine.Order(Transaction.ToBody()).IsCommitted;

    public void Dispose() => Transaction.Dispose();

    private List<string> RunOnce(string text)
    {
        Transaction.Refresh(_engine.Current);
        PreparedStatement statement = _engine.Engine.Prepare(text, SqlParser.Parse(text)[0], [], _inputs.Planning(Transaction.Catalog));
        using StatementCursor cursor = statement.IsReadOnly ? Transaction.Read(statement, []) : Transaction.Write(statement, []);
        var rows = new List<string>();
        while (cursor.MoveNext()) rows.Add(TestEngine.Recorder.Show(cursor.Current, statement));
        return rows;
    }
}
