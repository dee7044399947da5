namespace Dadbs.Sql.Transactions;

/// <summary>How a transaction ended at its place in the order. Only <see cref="IsCommitted"/> enters the receipts root.</summary>
public sealed record ReplayOutcome
{
    public required bool IsCommitted { get; init; }

    /// <summary>Committed, the catalog as before: how most end.</summary>
    internal static ReplayOutcome Committed { get; } = new() { IsCommitted = true };

    /// <summary>Why it failed; null when committed. SQLSTATE and text stay outside the root.</summary>
    public SqlException? Error { get; init; }

    /// <summary>The index of the statement that failed, or −1 if the transaction was refused before its first.</summary>
    public int FailedStatement { get; init; } = -1;

    /// <summary>Set when the failure was an exception that is not SQL's (XX000): for the node's log.</summary>
    public Exception? UnexpectedException { get; init; }

    /// <summary>True if it was refused as seen before: the first in order counts, and this one's outcome must not overwrite it.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>True if it changed the catalog.</summary>
    public bool ChangedCatalog { get; init; }
}
