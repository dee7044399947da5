namespace Dadbs.Server.Execution;

/// <summary>How a transaction ended, as far as all nodes agree on it. SQLSTATE and message stay outside of the receipts root.</summary>
public enum Receipt : byte
{
    Failed = 0,
    Committed = 1,

    /// <summary>It was in the order before; what counts is how the first one ended.</summary>
    Duplicate = 2,
}
