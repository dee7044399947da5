using System.Net;
using Dadbs.Server.Execution;
using Dadbs.Server.Sessions.Results;
using Dadbs.Server.Sessions.Statements;
using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Settings;
using Dadbs.Sql.SystemCatalog;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Server.Sessions;

/// <summary>
/// What the parts of one session share: who it is, its settings, its statements and portals, its transaction and its output. Owned by
/// the session's thread of control; only <see cref="Interrupt"/> is touched by others.
/// </summary>
internal sealed class SessionState : IDisposable
{
    /// <summary>The state that <see cref="_catalog"/> was read at; by height, because an idle session must not keep a state's pages from being collected.</summary>
    private long _catalogHeight;
    private CatalogSnapshot? _catalog;
    private CatalogSnapshot? _outputCatalog;
    private TypeSettings? _outputSource;
    private TypeSettings? _output;

    /// <summary>What local reads draw random() from: one stream for the session, so that setseed() holds as it does in PostgreSQL.</summary>
    private SeedStream? _localRandom;

    public SessionState(SessionServices services, SessionOutput output, RoleDescriptor role, DatabaseDescriptor database)
    {
        Services = services;
        Output = output;
        SessionRole = role;
        CurrentRole = role;
        Database = database;
        Interrupt = new StatementInterrupt(services.Clock);
        Sequences = new SessionSequences(services.Leases, database.Oid, () => services.Pipeline.Latest);
        Block = new TransactionBlock(this);
        Facts = new SessionFacts(this);
        Locks = new Locks.SessionLocks(this);
    }

    public SessionServices Services { get; }

    public SessionOutput Output { get; }

    public SessionSettings Settings { get; } = new();

    public StatementInterrupt Interrupt { get; }

    public RoleDescriptor SessionRole { get; }

    /// <summary>Under whose privileges statements run: SET ROLE changes it.</summary>
    public RoleDescriptor CurrentRole { get; private set; }

    public DatabaseDescriptor Database { get; }

    public int ProcessId { get; init; }

    public IPEndPoint? RemoteEndPoint { get; init; }

    public IPEndPoint? LocalEndPoint { get; init; }

    public NamedStatements Statements { get; } = new();

    public Portals Portals { get; } = new();

    /// <summary>currval and lastval of this session, and nextval in its transactions.</summary>
    public SessionSequences Sequences { get; }

    public TransactionBlock Block { get; }

    public SessionFacts Facts { get; }

    /// <summary>What its transaction holds in the node's lock table.</summary>
    public Locks.SessionLocks Locks { get; }

    /// <summary>COPY FROM STDIN under way; null when there is none.</summary>
    public CopyIn? Copy { get; set; }

    /// <summary>The text that error positions count in; null when there is none.</summary>
    public string? CurrentText { get; set; }

    public SearchPath SearchPath => Settings.SearchPathFor(CurrentRole.Name);

    /// <summary>The catalog that the next statement sees: the transaction's own, else that of the newest executed state.</summary>
    public CatalogSnapshot Catalog
    {
        get
        {
            if (KnownCatalog is { } known) return known;
            if (Block.Local is { } local) return local.Catalog;
            Snapshot latest = Services.Pipeline.Latest;
            _catalog = Services.Catalogs.Get(latest, Database.Oid);
            _catalogHeight = latest.Height;
            return _catalog;
        }
    }

    /// <summary>The same, unless it would have to be read and put together first.</summary>
    public CatalogSnapshot? KnownCatalog
    {
        get
        {
            if (Block.Local is { } local) return local.KnownCatalog;
            Snapshot latest = Services.Pipeline.Latest;
            if (latest.Height == _catalogHeight && _catalog is not null) return _catalog;
            if (Services.Catalogs.Find(latest, Database.Oid) is not { } known) return null;
            _catalogHeight = latest.Height;
            return _catalog = known;
        }
    }

    public PlanningContext Planning => new() { Catalog = Catalog, SearchPath = SearchPath, TypeSettings = OutputSettings };

    /// <summary>µs since 1970-01-01 UTC.</summary>
    public long NowUnixMicros => (Services.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>How values are read and written: the settings, with names for the reg* types.</summary>
    public TypeSettings OutputSettings
    {
        get
        {
            CatalogSnapshot catalog = Catalog;
            TypeSettings settings = Settings.TypeSettings;
            if (_output is null || !ReferenceEquals(settings, _outputSource) || !ReferenceEquals(catalog, _outputCatalog))
            {
                _output = settings with { Catalog = LookupIn(catalog) };
                _outputSource = settings;
                _outputCatalog = catalog;
            }

            return _output;
        }
    }

    /// <summary>The same with the clock, for inputs such as <c>now</c> and <c>today</c>.</summary>
    public TypeSettings InputSettings => OutputSettings with { NowMicros = NowUnixMicros - UnixToPostgresMicros };

    public PreparedStatement Prepare(string text, ParsedStatement parsed, SqlType?[]? types = null) =>
        Services.Engine.Prepare(text, parsed, types ?? [], Planning);

    /// <summary>The context of a read outside of a transaction: the newest executed state, this instant.</summary>
    public StatementContext ReadContext(Datum[] parameters)
    {
        Snapshot latest = Services.Pipeline.Latest;
        CatalogSnapshot catalog = Catalog;
        Sequences.Begin(catalog, null);
        return InputsAt(NowUnixMicros, null).NewContext(latest, null, catalog, parameters, 0, Sequences);
    }

    public LocalTransaction NewLocalTransaction()
    {
        long clock = NowUnixMicros;
        byte[] seed = SessionSeed.Draw();
        return new LocalTransaction(Services.Pipeline.Latest, new LocalTransactionInputs
        {
            Catalogs = Services.Catalogs,
            DatabaseOid = Database.Oid,
            ClockMicros = clock,
            Seed = seed,
            Settings = Settings,
            Sequences = Sequences,
            Tell = Tell,
            // Roles and settings may change from one statement to the next.
            NewContext = (transaction, state, writable, parameters, index) =>
                InputsAt(clock, seed).NewContext(state, writable, transaction.Catalog, parameters, index, Sequences),
        });
    }

    public void Notice(NoticeSeverity severity, SqlState state, string message) => Tell(new SqlNotice(severity, state, message));

    /// <summary>Sends a notice unless the client wants less (client_min_messages).</summary>
    public void Tell(SqlNotice notice)
    {
        int threshold = Settings.Show("client_min_messages") switch { "error" => 9, "warning" => 3, "notice" => 2, _ => 0 };
        int rank = notice.Severity switch { NoticeSeverity.Warning => 3, NoticeSeverity.Notice => 2, NoticeSeverity.Info => 9, _ => 1 };
        if (rank >= threshold)
        {
            Diagnostics.From(notice, CurrentText).Write(Output.Buffer);
        }
    }

    /// <summary>Follows the setting <c>role</c>.</summary>
    public void ResetRole()
    {
        string role = Settings.Show("role");
        CurrentRole = role is "none" or "" ? SessionRole : Catalog.FindRole(role) ?? SessionRole;
    }

    /// <summary>42704 where there is none.</summary>
    public SqlType ResolveType(TypeNameSyntax name) => Services.Engine.ResolveType(name, Planning).Type;

    public void Dispose()
    {
        Portals.Clear();
        Block.Dispose();
        Interrupt.Dispose();
    }

    private const long UnixToPostgresMicros = 946_684_800_000_000;

    private ICatalogLookup LookupIn(CatalogSnapshot catalog) => new CatalogLookup(catalog, SearchPath);

    /// <summary>What statements of this session see besides the state. No seed: a read outside of a transaction.</summary>
    private TransactionInputs InputsAt(long unixMicros, byte[]? seed) => new()
    {
        Catalogs = Services.Catalogs,
        ClockMicros = unixMicros,
        Seed = seed,
        Random = seed is null ? _localRandom ??= new SeedStream(SessionSeed.Draw(), 0) : null,
        Settings = Settings,
        CurrentUser = CurrentRole.Name,
        SessionUser = SessionRole.Name,
        Session = Facts,
        Interrupt = Interrupt,
        Locks = seed is null ? NoRowLocks.Instance : Locks,
        Types = OutputSettings,
        Nanoseconds = MonotonicClock.Nanoseconds,
    };
}
