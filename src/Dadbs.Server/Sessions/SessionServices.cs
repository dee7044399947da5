using Dadbs.Server.Sessions.Connections;
using Dadbs.Server.Sessions.Ordering;
using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Transactions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dadbs.Server.Sessions;

/// <summary>What all sessions of a node share. Composed once, at start.</summary>
public sealed record SessionServices
{
    public required ITransactionPipeline Pipeline { get; init; }

    public required SqlEngine Engine { get; init; }

    public required CatalogCache Catalogs { get; init; }

    /// <summary>Sequence values that the node holds for explicit transactions.</summary>
    public required NodeLeases Leases { get; init; }

    /// <summary>Rows and relations that transactions of this node hold.</summary>
    internal Locks.LockTable Locks { get; init; } = new();

    /// <summary>Rows that transactions of other nodes are about to take.</summary>
    internal Locks.AnnouncedRows Announced { get; init; } = new(TimeProvider.System);

    /// <summary>Autocommit writes of this node that are on their way without locks.</summary>
    internal Locks.OrderedWrites OrderedWrites { get; init; } = new();

    public SessionRegistry Registry { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>Reported to clients as <c>dadbs_version</c>, beside <c>server_version</c>, which is PostgreSQL's.</summary>
    public string ProductVersion { get; init; } = "0.1.0";

    /// <summary>When the node started: pg_postmaster_start_time().</summary>
    public DateTimeOffset StartedAt { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>How long a client may take for its startup packet (PostgreSQL: authentication_timeout).</summary>
    public TimeSpan StartupTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a client that is being disconnected may take to read why.</summary>
    public TimeSpan FarewellTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
