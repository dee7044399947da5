using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dadbs.Replication;
using Dadbs.Server.Execution;
using Dadbs.Server.Hosting;
using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Settings;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.StepBench;

/// <summary>A one-validator chain in memory with a filled table, and the single steps of a transaction on it.</summary>
internal sealed class BenchChain : IDisposable
{
    public const int BatchTransactions = 32;
    public const int CopyRows = 20_000;
    private const string Upsert = "INSERT INTO kv (k, v, filler) VALUES ($1, $2, 'upserted') ON CONFLICT (k) DO UPDATE SET v = excluded.v";
    private const string Select = "SELECT v FROM kv WHERE k = $1";
    private const long StartMicros = 1_750_000_000_000_000;

    private static readonly uint[] UpsertTypes = [23, 20];

    private readonly NodeKey _key = NodeKey.FromSecret(SHA256.HashData("step bench"u8));
    private readonly Genesis _genesis;
    private readonly StateStore _store;
    private readonly EngineComposition _engine;
    private readonly SqlStateMachine _machine;
    private readonly TransactionVerifier _verifier;
    private readonly TransactionInputs _inputs;
    private readonly Random _random = new(1);
    private readonly int _rows;
    private readonly List<SignedTransaction> _batch;
    private readonly Queue<List<SignedTransaction>> _prepared = new();
    private readonly TransactionBody _body;
    private readonly ParsedStatement _selectSyntax = SqlParser.Parse(Select)[0];
    private readonly ParsedStatement _upsertSyntax = SqlParser.Parse(Upsert)[0];
    private long _height;
    private int _copied;
    private ulong _sequence;

    public BenchChain(int rows)
    {
        _rows = rows;
        _genesis = new Genesis(
            1, new ChainParameters(), [new GenesisValidator(_key.PublicKey, new PeerAddress("127.0.0.1", 1))], StartMicros, GenesisExecution.ComputeRoot([_key.PublicKey]));
        _store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), manifestDirectory: null);
        GenesisExecution.Apply(_store, _genesis);
        _engine = new EngineComposition(() => throw new InvalidOperationException("no node here"));
        _machine = new SqlStateMachine(_store, _engine, _genesis.Parameters, CheckpointPolicy.Never);
        _verifier = new TransactionVerifier(_genesis);
        _inputs = new TransactionInputs
        {
            Catalogs = _engine.Catalogs,
            ClockMicros = StartMicros,
            Seed = new byte[32],
            Settings = new SessionSettings(),
            CurrentUser = "dadbs",
            SessionUser = "dadbs",
        };
        Run("CREATE TABLE kv (k integer PRIMARY KEY, v bigint NOT NULL, filler varchar(84) NOT NULL)");
        const int step = 1000;
        for (int first = 0; first < rows; first += step)
        {
            Run(string.Create(CultureInfo.InvariantCulture,
                $"INSERT INTO kv SELECT g, g, 'a filler, so that a row is about a hundred bytes long, as those of pgbench are' FROM generate_series({first}, {first + step - 1}) AS g"));
        }

        Run("CREATE TABLE pgbench_branches (bid int NOT NULL PRIMARY KEY, bbalance int, filler char(88))");
        Run("CREATE TABLE pgbench_tellers (tid int NOT NULL PRIMARY KEY, bid int, tbalance int, filler char(84))");
        Run("CREATE TABLE pgbench_accounts (aid int NOT NULL PRIMARY KEY, bid int, abalance int, filler char(84))");
        Run("CREATE TABLE pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))");
        _body = UpsertBody(1);
        _batch = NextBatch();
    }

    public void Dispose()
    {
        _store.Dispose();
        _key.Dispose();
    }

    public void Parse() => SqlParser.Parse(Upsert);

    public void PrepareCached() => _engine.Engine.Prepare(Upsert, _upsertSyntax, [SqlTypes.Integer, SqlTypes.BigInt], Planning(out _));

    public void PointRead()
    {
        var planning = Planning(out var catalog);
        var statement = _engine.Engine.Prepare(Select, _selectSyntax, [SqlTypes.Integer], planning);
        var context = _inputs.NewContext(_store.Current, null, catalog, [Datum.FromInt64(_random.Next(_rows))], 0, NoSequences.Instance);
        using var cursor = statement.Open(context);
        if (!cursor.MoveNext()) throw new InvalidOperationException("the row is missing");
    }

    /// <summary>The simple protocol: every statement is another text.</summary>
    public void SimpleRead()
    {
        string text = $"SELECT v FROM kv WHERE k = {_random.Next(_rows)}";
        var planning = Planning(out var catalog);
        Read(_engine.Engine.Prepare(text, _engine.Engine.Parse(text)[0], [], planning), catalog, []);
    }

    /// <summary>The same planned with its literals in place: a declared type, used or not, keeps them there.</summary>
    public void SimpleReadAsWritten()
    {
        string text = $"SELECT v FROM kv WHERE k = {_random.Next(_rows)}";
        var planning = Planning(out var catalog);
        Read(_engine.Engine.Prepare(text, SqlParser.Parse(text)[0], [SqlTypes.Integer], planning), catalog, [default]);
    }

    public void PrepareTpcB()
    {
        var planning = Planning(out _);
        foreach (string text in TpcB(_random.Next(_rows), _random.Next(-5000, 5000))) _engine.Engine.Prepare(text, _engine.Engine.Parse(text)[0], [], planning);
    }

    public void PrepareTpcBAsWritten()
    {
        var planning = Planning(out _);
        foreach (string text in TpcB(_random.Next(_rows), _random.Next(-5000, 5000))) _engine.Engine.Prepare(text, SqlParser.Parse(text)[0], [SqlTypes.Integer], planning);
    }

    public void ReplaySimple() => ReplayTexts(false);

    public void ReplaySimpleAsWritten() => ReplayTexts(true);

    private static string[] TpcB(int key, int delta) =>
    [
        $"UPDATE pgbench_accounts SET abalance = abalance + {delta} WHERE aid = {key};",
        $"SELECT abalance FROM pgbench_accounts WHERE aid = {key};",
        $"UPDATE pgbench_tellers SET tbalance = tbalance + {delta} WHERE tid = {key % 10};",
        $"UPDATE pgbench_branches SET bbalance = bbalance + {delta} WHERE bid = 1;",
        $"INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES ({key % 10}, 1, {key}, {delta}, CURRENT_TIMESTAMP);",
    ];

    private void Read(PreparedStatement statement, CatalogSnapshot catalog, Datum[] parameters)
    {
        using var cursor = statement.Open(_inputs.NewContext(_store.Current, null, catalog, parameters, 0, NoSequences.Instance));
        if (!cursor.MoveNext()) throw new InvalidOperationException("the row is missing");
    }

    private void ReplayTexts(bool asWritten)
    {
        var overlay = new Overlay(_store.Current);
        var environment = new ReplayEnvironment
        {
            BlockHeight = _height + 1,
            BlockTimeMicros = StartMicros + _height + 1,
            Engine = _engine.Engine,
            Catalogs = _engine.Catalogs,
        };
        foreach (var transaction in _batch)
        {
            string text = $"INSERT INTO kv (k, v, filler) VALUES ({_random.Next(_rows)}, {_random.Next()}, 'upserted') ON CONFLICT (k) DO UPDATE SET v = excluded.v";
            var carried = asWritten ? new CarriedStatement { Text = text, ParameterTypes = [23], Parameters = [null] } : new CarriedStatement { Text = text };
            byte[] body = TransactionBodyCodec.Encode(_body with { Statements = [carried] });
            var origin = new TransactionOrigin(
                transaction.PublicKey.Span.ToArray(), transaction.Role, transaction.Stream, (long)transaction.Sequence, transaction.ExpiryMicros);
            if (!TransactionReplay.Replay(body, origin, overlay, environment, null).IsCommitted) throw new InvalidOperationException("an upsert failed");
        }
    }

    public void EncodeBody() => TransactionBodyCodec.Encode(_body);

    public void SignBatch() => NextBatch();

    /// <summary>A fresh verifier each time: the cache of roots would remember.</summary>
    public void VerifyBatch()
    {
        if (new TransactionVerifier(_genesis).RefuseAny(_batch) is { } refusal) throw new InvalidOperationException(refusal);
    }

    public void ReplayBlock()
    {
        var overlay = new Overlay(_store.Current);
        var environment = new ReplayEnvironment
        {
            BlockHeight = _height + 1,
            BlockTimeMicros = StartMicros + _height + 1,
            Engine = _engine.Engine,
            Catalogs = _engine.Catalogs,
        };
        foreach (var transaction in _batch)
        {
            var origin = new TransactionOrigin(
                transaction.PublicKey.Span.ToArray(), transaction.Role, transaction.Stream, (long)transaction.Sequence, transaction.ExpiryMicros);
            if (!TransactionReplay.Replay(transaction.Body.Span, origin, overlay, environment, null).IsCommitted) throw new InvalidOperationException("an upsert failed");
        }
    }

    /// <summary>Blocks that are ready to be executed, so that nothing but their execution is measured.</summary>
    public void PrepareBlocks(int count)
    {
        for (int i = 0; i < count; i++) _prepared.Enqueue(NextBatch());
    }

    public void ExecuteBlock() => Execute(_prepared.Dequeue());

    /// <summary>A COPY of so many rows like pgbench_accounts', as an autocommit one is replayed; nothing is kept.</summary>
    public void ReplayCopy()
    {
        byte[] body = TransactionBodyCodec.Encode(CopyBody(first: 1));
        var overlay = new Overlay(_store.Current);
        var environment = new ReplayEnvironment
        {
            BlockHeight = _height + 1,
            BlockTimeMicros = StartMicros + _height + 1,
            Engine = _engine.Engine,
            Catalogs = _engine.Catalogs,
        };
        var origin = new TransactionOrigin(_key.PublicKey.Span.ToArray(), WellKnownOids.SuperuserRole, 1, (long)_sequence + 1, StartMicros + 300_000_000);
        if (!TransactionReplay.Replay(body, origin, overlay, environment, null).IsCommitted) throw new InvalidOperationException("a COPY failed");
    }

    /// <summary>The same with all that a block of it costs: change set, trees, hashes. Each goes behind the one before.</summary>
    public void ExecuteCopy()
    {
        TransactionBody body = CopyBody(_copied + 1);
        _copied += CopyRows;
        ExecutedBlock result = Execute(BatchPayload.Decode(BatchPayload.SignAndEncode([Pending(body)], _key)));
        if (ExecutionRecord.ReceiptAt(result.ChangeSet.Span, 0) != Receipt.Committed) throw new InvalidOperationException("a COPY failed");
    }

    private TransactionBody CopyBody(int first)
    {
        var lines = new StringBuilder();
        for (int i = first; i < first + CopyRows; i++)
            lines.Append(CultureInfo.InvariantCulture, $"{i}\t1\t0\ta filler, so that a row is about a hundred bytes long, as those of pgbench are\n");
        return UpsertBody(0) with
        {
            Statements = [new CarriedStatement { Text = "COPY pgbench_accounts FROM STDIN", CopyLines = Encoding.UTF8.GetBytes(lines.ToString()) }],
        };
    }

    private void Run(string sql)
    {
        var body = UpsertBody(0) with { Statements = [new CarriedStatement { Text = sql }] };
        var result = Execute(BatchPayload.Decode(BatchPayload.SignAndEncode([Pending(body)], _key)));
        if (ExecutionRecord.ReceiptAt(result.ChangeSet.Span, 0) != Receipt.Committed) throw new InvalidOperationException($"failed: {sql}");
    }

    private ExecutedBlock Execute(List<SignedTransaction> transactions)
    {
        _height++;
        return _machine.Execute(new OrderedBlock(_height, StartMicros + _height, Hash256.Zero, transactions, new int[transactions.Count], _height, 0, IsReplay: false));
    }

    private List<SignedTransaction> NextBatch()
    {
        var pending = new PendingTransaction[BatchTransactions];
        for (int i = 0; i < pending.Length; i++) pending[i] = Pending(UpsertBody(_random.Next(_rows)));
        return BatchPayload.Decode(BatchPayload.SignAndEncode(pending, _key));
    }

    private PendingTransaction Pending(TransactionBody body)
    {
        long expiry = StartMicros + 300_000_000;
        byte[] core = TransactionEnvelope.Encode(
            _genesis.ChainId, _key.PublicKey, WellKnownOids.SuperuserRole, stream: 1, _sequence++, expiry, TransactionBodyCodec.Encode(body));
        return new PendingTransaction(core, Hash256.Sha256(core), WellKnownOids.SuperuserRole, expiry);
    }

    private TransactionBody UpsertBody(int key)
    {
        byte[] k = new byte[4];
        byte[] v = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(k, key);
        _random.NextBytes(v);
        return new TransactionBody
        {
            Kind = TransactionKind.OrderedFirst,
            DatabaseOid = WellKnownOids.DadbsDatabase,
            ClockMicros = StartMicros,
            Seed = new byte[32],
            Statements = [new CarriedStatement { Text = Upsert, ParameterTypes = UpsertTypes, Parameters = [k, v] }],
        };
    }

    private PlanningContext Planning(out CatalogSnapshot catalog)
    {
        catalog = _engine.Catalogs.Get(_store.Current, WellKnownOids.DadbsDatabase);
        return _inputs.Planning(catalog);
    }

    /// <summary>The steps call no sequence function.</summary>
    private sealed class NoSequences : ISequenceSource
    {
        public static NoSequences Instance { get; } = new();

        public long Next(uint sequenceOid) => throw new InvalidOperationException();

        public long Current(uint sequenceOid) => throw new InvalidOperationException();

        public long Last() => throw new InvalidOperationException();

        public void Set(uint sequenceOid, long value, bool isCalled) => throw new InvalidOperationException();
    }
}
