using Dadbs.Sql.Catalog;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>What all transactions of a block share.</summary>
public sealed record ReplayEnvironment
{
    public required long BlockHeight { get; init; }

    /// <summary>µs since 1970-01-01 UTC.</summary>
    public required long BlockTimeMicros { get; init; }

    public required SqlEngine Engine { get; init; }

    public required CatalogCache Catalogs { get; init; }

    /// <summary>The chain's, from genesis.</summary>
    public ReplayLimits Limits { get; init; } = ReplayLimits.Default;

    /// <summary>What the blocks before this one changed; null: nothing is kept, and no upper-level transaction can be checked (40001).</summary>
    public ChangeHistory? History { get; init; }

    /// <summary>Monotonic nanoseconds of this machine, for the answer that the submitting session gets to EXPLAIN ANALYZE: never part of an outcome.</summary>
    public Func<long>? Nanoseconds { get; init; }

    /// <summary>What replays leave for later ones; those of the next block use it too.</summary>
    internal ReplayWorkspace Workspace { get; } = new();
}
