namespace Dadbs.Sql.Transactions;

/// <summary>
/// What a chain allows of the times and numbers in a transaction: chain parameters, fixed in genesis, so every node judges alike. Times in µs. The
/// defaults are those of a new chain (docs/consensus.md).
/// </summary>
public sealed record ReplayLimits
{
    public static ReplayLimits Default { get; } = new();

    /// <summary>How far a captured clock may be ahead of block time (Rule X1b, docs/consensus.md).</summary>
    public long ClockDriftMicros { get; init; } = 5_000_000;

    /// <summary>How far a captured clock may be behind block time (Rule X1b).</summary>
    public long ClockAgeMicros { get; init; } = 3_600_000_000;

    /// <summary>L: how far an expiry may be ahead of block time (Rule X1a).</summary>
    public long ExpiryAheadMicros { get; init; } = 600_000_000;

    /// <summary>How far below its stream's highest a sequence may be (Rule X1a).</summary>
    public long SequenceWindow { get; init; } = 65_536;

    /// <summary>Live streams of one key (Rule X1a).</summary>
    public long StreamsPerKey { get; init; } = 256;

    /// <summary>Rule X1a: a block of this time comes neither too late for the transaction nor too early.</summary>
    public bool IsDue(long expiryMicros, long blockTimeMicros) => blockTimeMicros <= expiryMicros && expiryMicros <= blockTimeMicros + ExpiryAheadMicros;
}
