namespace Dadbs.Replication;

/// <summary>
/// What all validators of a chain must agree on, fixed in genesis (table of docs/consensus.md). Written in the order of declaration, so
/// a new one goes to the end, under a new format version.
/// </summary>
public sealed record ChainParameters
{
    /// <summary>A batch is full at this many bytes; a larger transaction is alone in its batch.</summary>
    public long BatchBytes { get; init; } = 256 * 1024;

    /// <summary>Under load a lane seals no sooner than this after its previous batch.</summary>
    public long SealIntervalMicros { get; init; } = 2_000;

    /// <summary>W: batches that a lane may be ahead of the committed frontier.</summary>
    public long LaneWindowBatches { get; init; } = 32;

    /// <summary>M: bytes that a lane may be ahead of the committed frontier.</summary>
    public long LaneWindowBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>T: bytes of one transaction.</summary>
    public long TransactionBytes { get; init; } = 16L * 1024 * 1024;

    /// <summary>A: batches that one block takes from one lane at most.</summary>
    public long BatchesPerLaneAndBlock { get; init; } = 32;

    /// <summary>No sooner than this after the last proposal that advanced the cut.</summary>
    public long BlockIntervalMicros { get; init; } = 4_000;

    public long HeartbeatSettlingMicros { get; init; } = 1_000_000;

    public long HeartbeatIdleMicros { get; init; } = 30_000_000;

    /// <summary>Δ base.</summary>
    public long DelayBoundBaseMicros { get; init; } = 150_000;

    /// <summary>Δ cap.</summary>
    public long DelayBoundCapMicros { get; init; } = 5_000_000;

    /// <summary>K: a block further above its executed height than this does not advance the cut.</summary>
    public long ExecutionLag { get; init; } = 64;

    /// <summary>R: roots are computed at heights that are multiples of it. Has its place; only 1 is taken yet.</summary>
    public long SealedEvery { get; init; } = 1;

    public long ClockDriftMicros { get; init; } = 5_000_000;

    /// <summary>How far before block time a captured clock may lie (Rule X1b).</summary>
    public long CapturedClockAgeMicros { get; init; } = 3_600_000_000;

    /// <summary>L: how far after block time an expiry may lie (Rule X1a).</summary>
    public long ExpiryAheadMicros { get; init; } = 600_000_000;

    /// <summary>How far below its stream's highest a sequence may be (Rule X1a).</summary>
    public long SequenceWindow { get; init; } = 65_536;

    /// <summary>Live streams of one key (Rule X1a).</summary>
    public long StreamsPerKey { get; init; } = 256;

    /// <summary>Rule T2, local skip.</summary>
    public long SkipSilentLeaderMicros { get; init; } = 1_000_000;

    internal const int Count = 19;

    internal long[] ToArray() =>
    [
        BatchBytes, SealIntervalMicros, LaneWindowBatches, LaneWindowBytes, TransactionBytes, BatchesPerLaneAndBlock, BlockIntervalMicros,
        HeartbeatSettlingMicros, HeartbeatIdleMicros, DelayBoundBaseMicros, DelayBoundCapMicros, ExecutionLag, SealedEvery,
        ClockDriftMicros, CapturedClockAgeMicros, ExpiryAheadMicros, SequenceWindow, StreamsPerKey, SkipSilentLeaderMicros,
    ];

    internal static ChainParameters FromArray(ReadOnlySpan<long> values) => new()
    {
        BatchBytes = values[0],
        SealIntervalMicros = values[1],
        LaneWindowBatches = values[2],
        LaneWindowBytes = values[3],
        TransactionBytes = values[4],
        BatchesPerLaneAndBlock = values[5],
        BlockIntervalMicros = values[6],
        HeartbeatSettlingMicros = values[7],
        HeartbeatIdleMicros = values[8],
        DelayBoundBaseMicros = values[9],
        DelayBoundCapMicros = values[10],
        ExecutionLag = values[11],
        SealedEvery = values[12],
        ClockDriftMicros = values[13],
        CapturedClockAgeMicros = values[14],
        ExpiryAheadMicros = values[15],
        SequenceWindow = values[16],
        StreamsPerKey = values[17],
        SkipSilentLeaderMicros = values[18],
    };

    /// <exception cref="FormatException">A value that no chain can run with; the message names it.</exception>
    internal void Validate()
    {
        if (ToArray().AsSpan().ContainsAnyInRange(long.MinValue, 0))
            throw new FormatException("genesis: every chain parameter is a positive number");
        if (SealedEvery != 1)
            throw new FormatException("genesis: sealedEvery is 1 in this version, every height is sealed");
        if (SealedEvery * 2 > ExecutionLag)
            throw new FormatException("genesis: sealedEvery is at most half of executionLag");
        if (BatchBytes > TransactionBytes || TransactionBytes > LaneWindowBytes)
            throw new FormatException("genesis: batchBytes ≤ transactionBytes ≤ laneWindowBytes does not hold");
        if (TransactionBytes > 256L * 1024 * 1024 || LaneWindowBatches > 4096 || BatchesPerLaneAndBlock > LaneWindowBatches)
            throw new FormatException("genesis: transactionBytes, laneWindowBatches or batchesPerLaneAndBlock is too large");
    }
}
