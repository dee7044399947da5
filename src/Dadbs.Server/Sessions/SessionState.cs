using System.Net;
using Dadbs.Server.Sessions.Results;
using Dadbs.Server.Sessions.Statements;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Settings;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Server.Sessions;

/// <summary>
/// What the parts of one session share: who it is, its settings, its statements and portals, its transaction and its output. Owned by
/// the session's thread of control; only <see cref="Interrupt"/> is touched by others.
/// </summary>
internal sealed class SessionState : IDisposable
{
    private Snapshot? _catalogSource;
    private CatalogSnapshot? _catalog;

    public SessionState(SessionServices services, SessionOutput output, RoleDescriptor role, DatabaseDescriptor database)
    {
        Services = services;
        Output = output;
        SessionRole = role;
        CurrentRole = role;
        Database = database;
        Interrupt = new StatementInterrupt(services.Clock);
        Block = new TransactionBlock(this);
    }

    public SessionServices Services { get; }

    public SessionOutput Output { get; }

    public SessionSettings Settings { get; } = new();

    public StatementInterrupt Interrupt { get; }

    public RoleDescriptor SessionRole { get; set; }

    /// <summary>Under whose privileges statements run: SET ROLE changes it.</summary>
    public RoleDescriptor CurrentRole { get; set; }

    public DatabaseDescriptor Database { get; }

    public int ProcessId { get; init; }

    public IPEndPoint? RemoteEndPoint { get; init; }

    public IPEndPoint? LocalEndPoint { get; init; }

    public NamedStatements Statements { get; } = new();

    public Portals Portals { get; } = new();

    public TransactionBlock Block { get; }

    /// <summary>COPY FROM STDIN under way; null when there is none.</summary>
    public CopyIn? Copy { get; set; }

    public SearchPath SearchPath => Settings.SearchPathFor(CurrentRole.Name);

    /// <summary>The state that statements read now: the transaction's own, else the newest executed one.</summary>
    public IReadView View => (IReadView?)Block.Local?.State ?? Services.Pipeline.Latest;

    /// <summary>The catalog of <see cref="View"/>.</summary>
    public CatalogSnapshot Catalog
    {
        get
        {
            if (Block.Local is { } local)
            {
                return local.Catalog;
            }

            Snapshot latest = Services.Pipeline.Latest;
            if (!ReferenceEquals(latest, _catalogSource) || _catalog is null)
            {
                _catalog = Services.Catalogs.Get(latest, Database.Oid);
                _catalogSource = latest;
            }

            return _catalog;
        }
    }

    /// <summary>µs since 1970-01-01 UTC.</summary>
    public long NowUnixMicros => (Services.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Formats in which results leave: the settings', with names for the reg* types.</summary>
    public TypeSettings OutputSettings => Settings.TypeSettings with { Catalog = new CatalogLookup(Catalog, SearchPath) };

    public void Dispose()
    {
        Portals.Clear();
        Block.Dispose();
        Interrupt.Dispose();
    }
}
