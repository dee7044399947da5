using System.Buffers;
using System.Text;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Settings;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Tests.Engine;

/// <summary>
/// The engine behind its front door: every statement is a transaction, encoded, ordered into a block of its own and replayed, as a node
/// with nobody else would do it. Rows come back as text.
/// </summary>
internal sealed class TestEngine : IDisposable
{
    private const uint Db = WellKnownOids.DadbsDatabase;
    private const long Genesis = 1_700_000_000_000_000;

    private readonly TestDatabase _database = new();
    private readonly SqlEngine _engine = new();
    private ReplayEnvironment? _environment;
    private long _sequence;

    public Snapshot Current => _database.Current;

    public CatalogCache Catalogs => _database.Catalogs;

    public SqlEngine Engine => _engine;

    public CatalogSnapshot Catalog => _database.Catalog;

    public string Root => _database.Current.Root.ToString();

    /// <summary>NOTICEs of the last <see cref="Run(string)"/>.</summary>
    public List<SqlNotice> Notices { get; } = [];

    /// <summary>Bodies of all transactions so far, to replay them elsewhere.</summary>
    public List<byte[]> Ordered { get; } = [];

    public long BlockTime => Genesis + _database.Height * 1_000_000;

    /// <summary>Runs the statements of a text, each as a transaction. Returns the last one's rows, "a|b" each, NULL as ∅.</summary>
    /// <exception cref="SqlException">Of the first that fails.</exception>
    public List<string> Run(string text)
    {
        Notices.Clear();
        var last = new Recorder(Notices);
        foreach (ParsedStatement statement in SqlParser.Parse(text))
        {
            last = new Recorder(Notices);
            ReplayOutcome outcome = Order(Body(text.Substring(statement.Start, statement.Length)), last);
            if (outcome.UnexpectedException is { } bug) throw new InvalidOperationException("XX000", bug);
            if (!outcome.IsCommitted) throw outcome.Error!;
        }

        Tag = last.Tag;
        return last.Rows;
    }

    /// <summary>The command tag of the last statement.</summary>
    public string Tag { get; private set; } = "";

    public SqlException Fails(string text) => Xunit.Assert.Throws<SqlException>(() => Run(text));

    public TransactionBody Body(params string[] statements) => new()
    {
        Kind = TransactionKind.OrderedFirst,
        DatabaseOid = Db,
        ClockMicros = BlockTime,
        Seed = [.. Enumerable.Range(0, 32).Select(i => (byte)(i + _sequence))],
        Statements = [.. statements.Select(s => new CarriedStatement { Text = s })],
    };

    /// <summary>Orders a body into the next block.</summary>
    public ReplayOutcome Order(TransactionBody body, IResultObserver? observer = null) => Order(TransactionBodyCodec.Encode(body), observer);

    public ReplayOutcome Order(byte[] body, IResultObserver? observer = null)
    {
        Ordered.Add(body);
        Overlay block = _database.NewOverlay();
        var origin = new TransactionOrigin(TestDatabase.NodeKey, WellKnownOids.SuperuserRole, 1, _sequence++, BlockTime + 60_000_000);
        ReplayOutcome outcome = TransactionReplay.Replay(body, origin, block, NextBlock(), observer);
        _database.Apply(block);
        return outcome;
    }

    /// <summary>As a node does: of all blocks the same but for height and time, so that replays find what earlier ones left.</summary>
    private ReplayEnvironment NextBlock()
    {
        _environment = _environment is null
            ? new ReplayEnvironment { BlockHeight = _database.Height + 1, BlockTimeMicros = BlockTime, Engine = _engine, Catalogs = Catalogs, History = _database.History }
            : _environment with { BlockHeight = _database.Height + 1, BlockTimeMicros = BlockTime };
        return _environment;
    }

    /// <summary>Orders several bodies into one block.</summary>
    public ReplayOutcome[] OrderInOneBlock(params TransactionBody[] bodies)
    {
        Overlay block = _database.NewOverlay();
        ReplayEnvironment environment = NextBlock();
        ReplayOutcome[] outcomes =
        [
            .. bodies.Select(body => TransactionReplay.Replay(
                TransactionBodyCodec.Encode(body),
                new TransactionOrigin(TestDatabase.NodeKey, WellKnownOids.SuperuserRole, 1, _sequence++, BlockTime + 60_000_000),
                block,
                environment,
                null)),
        ];
        _database.Apply(block);
        return outcomes;
    }

    /// <summary>What an explicit transaction of a session on this node captured at BEGIN.</summary>
    public TransactionInputs Inputs() => new()
    {
        Catalogs = Catalogs,
        ClockMicros = BlockTime,
        Seed = new byte[32],
        Settings = new SessionSettings(),
        CurrentUser = "dadbs",
        SessionUser = "dadbs",
        SigningKey = TestDatabase.NodeKey,
    };

    public void Dispose() => _database.Dispose();

    internal sealed class Recorder(List<SqlNotice>? notices = null) : IResultObserver
    {
        private PreparedStatement? _statement;

        public List<string> Rows { get; } = [];

        public string Tag { get; private set; } = "";

        public List<(uint Sequence, long First, long Increment, int Count)> Leases { get; } = [];

        public void Begin()
        {
            Rows.Clear();
            Leases.Clear();
        }

        public void BeginStatement(int index, PreparedStatement statement) => _statement = statement;

        public void Row(ReadOnlySpan<Datum> row) => Rows.Add(Show(row, _statement!));

        public void EndStatement(string commandTag) => Tag = commandTag;

        public void Notice(SqlNotice notice) => notices?.Add(notice);

        public void LeaseGranted(uint sequenceOid, long first, long increment, int count) => Leases.Add((sequenceOid, first, increment, count));

        public static string Show(ReadOnlySpan<Datum> row, PreparedStatement statement)
        {
            var text = new StringBuilder();
            for (int i = 0; i < row.Length; i++)
            {
                if (i > 0) text.Append('|');
                if (row[i].IsNull)
                {
                    text.Append('∅');
                    continue;
                }

                var bytes = new ArrayBufferWriter<byte>();
                statement.Columns!.Columns[i].Type.Type.Operations.FormatText(row[i], bytes, TypeSettings.Default);
                text.Append(Encoding.UTF8.GetString(bytes.WrittenSpan));
            }

            return text.ToString();
        }
    }
}
