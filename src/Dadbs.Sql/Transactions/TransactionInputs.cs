using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Settings;
using Dadbs.Sql.SystemCatalog;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// What all statements of one transaction share: the captured inputs, the roles and the settings. Sessions and replay make their statements'
/// contexts here, so that both see the same.
/// </summary>
public sealed record TransactionInputs
{
    /// <summary>From 1970-01-01 to 2000-01-01, where SQL's times start.</summary>
    private const long EpochMicros = 946_684_800_000_000;

    private TypeSettings? _types;
    private CatalogSnapshot? _typesCatalog;
    private long _typesVersion;

    public required CatalogCache Catalogs { get; init; }

    /// <summary>now(): µs since 1970-01-01 UTC.</summary>
    public required long ClockMicros { get; init; }

    /// <summary>32 bytes; null for a local read outside of a transaction, which draws from <see cref="Random"/>.</summary>
    public required byte[]? Seed { get; init; }

    /// <summary>A session's own stream for its local reads, so that setseed() holds from one to the next.</summary>
    public SeedStream? Random { get; init; }

    public required SessionSettings Settings { get; init; }

    public required string CurrentUser { get; init; }

    public required string SessionUser { get; init; }

    /// <summary>The key that signs the transaction; empty for reads.</summary>
    public byte[] SigningKey { get; init; } = [];

    /// <summary>True at the transaction's place in the order, where every node executes the same.</summary>
    public bool IsReplicated { get; init; }

    /// <summary>Facts of the local session, shown to statements that do not write: what writes will be replayed where there is no session. Null in a replay.</summary>
    public ISessionFacts? Session { get; init; }

    /// <summary>The node's row locks, in an explicit transaction of a session.</summary>
    public IRowLocks Locks { get; init; } = NoRowLocks.Instance;

    /// <summary>How values are read and written, with the names of the catalog, where the maker keeps that; else it is made of the settings.</summary>
    public TypeSettings? Types { get; init; }

    /// <summary>Timeout and cancel; null in a replay.</summary>
    public IInterrupt? Interrupt { get; init; }

    /// <summary>See <see cref="StatementContext.Nanoseconds"/>.</summary>
    public Func<long>? Nanoseconds { get; init; }

    /// <summary>What plans may depend on.</summary>
    public PlanningContext Planning(CatalogSnapshot catalog) => new()
    {
        Catalog = catalog,
        SearchPath = Settings.SearchPathFor(CurrentUser),
        TypeSettings = TypeSettingsFor(catalog),
    };

    /// <summary>A context for one execution of one statement.</summary>
    /// <param name="state">What it reads.</param>
    /// <param name="writable">Where it writes; null: nowhere.</param>
    /// <param name="catalog">The catalog as of <paramref name="state"/>.</param>
    /// <param name="parameters">$1, $2, …</param>
    /// <param name="statementIndex">Its place in the transaction: which stream of random values it draws from.</param>
    /// <param name="sequences">Where nextval takes from.</param>
    /// <param name="budget">What it may use up; null: as much as a statement alone may.</param>
    public StatementContext NewContext(
        IReadView state, Overlay? writable, CatalogSnapshot catalog, Datum[] parameters, int statementIndex, ISequenceSource sequences, Budget? budget = null)
    {
        long clock = ClockMicros - EpochMicros;
        TypeSettings types = TypeSettingsFor(catalog);
        return new StatementContext
        {
            State = state,
            Writable = writable,
            Descriptors = catalog,
            Parameters = parameters,
            VirtualRelations = Catalogs.VirtualRelation,
            IsReplicated = IsReplicated,
            SigningKey = SigningKey,
            TypeSettings = types,
            TransactionTimeMicros = clock,
            StatementTimeMicros = clock,
            ClockMicros = clock,
            Random = (Seed is null ? Random : null)!,
            TransactionSeed = Seed,
            StatementIndex = statementIndex,
            Locks = Locks,
            Nanoseconds = Nanoseconds,
            Budget = budget ?? new Budget(interrupt: Interrupt),
            CurrentUser = CurrentUser,
            SessionUser = SessionUser,
            CurrentDatabase = catalog.Database.Name,
            SearchPath = Settings.SearchPathFor(CurrentUser).Named,
            Catalog = types.Catalog,
            Sequences = sequences,
            Settings = Settings,
            Session = writable is null ? Session : null,
        };
    }

    private TypeSettings TypeSettingsFor(CatalogSnapshot catalog)
    {
        if (_types is null || _typesVersion != Settings.Version || !ReferenceEquals(_typesCatalog, catalog))
        {
            (_typesCatalog, _typesVersion) = (catalog, Settings.Version);
            _types = Types is null
                ? Settings.TypeSettings with { NowMicros = ClockMicros - EpochMicros, Catalog = new CatalogLookup(catalog, Settings.SearchPathFor(CurrentUser)) }
                : Types with { NowMicros = ClockMicros - EpochMicros };
        }

        return _types;
    }
}
