namespace Dadbs.Consensus;

/// <summary>All numbers of docs/consensus.md. Durations are microseconds (ticks), sizes bytes. Checked once, by <see cref="Validate"/>.</summary>
public sealed record ConsensusParameters
{
    public static ConsensusParameters Default { get; } = new();

    /// <summary>Δ never falls below it (T1).</summary>
    public long DeltaBaseTicks { get; init; } = 150_000;

    public long DeltaMaxTicks { get; init; } = 5_000_000;

    /// <summary>A batch is sealed when it reaches this (L1). A larger transaction travels alone.</summary>
    public int BatchBytes { get; init; } = 256 * 1024;

    /// <summary>Under load a lane seals no sooner after its last batch (L1).</summary>
    public long SealIntervalTicks { get; init; } = 2_000;

    /// <summary>W: batches of one lane above the committed frontier (L2).</summary>
    public int LaneWindowBatches { get; init; } = 32;

    /// <summary>M: bytes of one lane above the committed frontier (L2).</summary>
    public long LaneWindowBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>T: a longer transaction is refused at intake.</summary>
    public int TransactionBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>A: one block advances a lane by at most so many batches (M1).</summary>
    public int BatchesPerLaneAndBlock { get; init; } = 32;

    /// <summary>Transactions waiting unsealed at their author; beyond it the intake is closed (L5).</summary>
    public long IntakeBytesMax { get; init; } = 32L * 1024 * 1024;

    /// <summary>Between proposals that advance the cut, unless nothing is in flight (V2).</summary>
    public long BlockIntervalTicks { get; init; } = 4_000;

    /// <summary>
    /// How long an idle lane, and a leader whose parent block is executed, wait for those whom that block answered to come back (L1, V2). A lone transaction meets
    /// nothing to wait for.
    /// </summary>
    public long GatherLimitTicks { get; init; } = 8_000;

    /// <summary>
    /// How soon after a batch or block that is still under way the next one of its lane, of its chain, may follow (L1, V2). Under load on a fast network what is under
    /// way arrives first, and the next then carries more; on a slow one this bounds what a transaction waits.
    /// </summary>
    public long OverlapLimitTicks { get; init; } = 20_000;

    /// <summary>Rule P1 (c): after the last block, while an executed root is not yet named.</summary>
    public long HeartbeatSettlingTicks { get; init; } = 1_000_000;

    /// <summary>Rule P1 (c): after the last block otherwise. A single validator has no idle heartbeat: nobody would hear it.</summary>
    public long HeartbeatIdleTicks { get; init; } = 30_000_000;

    /// <summary>K: a block further above its `executed` does not advance the cut (K1).</summary>
    public int ExecutionLagBlocks { get; init; } = 64;

    /// <summary>A proposal whose time is further ahead of this node's clock waits (V3).</summary>
    public long ClockDriftMicros { get; init; } = 5_000_000;

    /// <summary>A leader not heard for so long, while a quorum was, is skipped (T2).</summary>
    public long SkipSilentLeaderTicks { get; init; } = 1_000_000;

    /// <summary>Votes for views further ahead are dropped unless a certificate comes with them (M1).</summary>
    public int ViewWindow { get; init; } = 16;

    /// <summary>Of so many views back what their leaders said is remembered (B1): a second or so under load.</summary>
    public int EvidenceViews { get; init; } = 256;

    /// <summary>No more waits at a node that forwards it to the next leader instead of sealing a batch (L4); 0: nothing is forwarded.</summary>
    public long ForwardBytesMax { get; init; } = 8 * 1024;

    /// <summary>Forwarded and unordered for so long, a transaction goes into the own lane (L4).</summary>
    public long ForwardRetryTicks { get; init; } = 500_000;

    /// <summary>T of rule L4: a transaction handed over and unordered for so long goes to one more validator.</summary>
    public long HandOverRetryTicks { get; init; } = 1_000_000;

    /// <summary>Handed over and unordered; beyond it the intake is closed (L4, L5).</summary>
    public long HandOverBytesMax { get; init; } = 4L * 1024 * 1024;

    public int HandOverCountMax { get; init; } = 4096;

    /// <summary>Blocks asked for, and held undelivered, while catching up.</summary>
    public int CatchUpBlocks { get; init; } = 64;

    /// <summary>The statement log is rewritten to what is still needed after so many bytes (D1).</summary>
    public long CheckpointLogBytes { get; init; } = 32L * 1024 * 1024;

    /// <exception cref="ArgumentException">A value that makes no sense; the message names it.</exception>
    public ConsensusParameters Validate()
    {
        Require(DeltaBaseTicks > 0 && DeltaMaxTicks >= DeltaBaseTicks, "delta: 0 < base <= max");
        Require(BatchBytes > 0 && TransactionBytesMax > 0, "batch and transaction sizes are positive");
        Require(LaneWindowBatches > 0 && LaneWindowBytes >= TransactionBytesMax, "lane window: at least one batch of the largest size");
        Require(BatchesPerLaneAndBlock is > 0 and <= 1024, "batches per lane and block: 1 to 1024");
        Require(SealIntervalTicks >= 0 && BlockIntervalTicks >= 0 && GatherLimitTicks >= 0 && OverlapLimitTicks >= 0, "intervals are not negative");
        Require(HeartbeatSettlingTicks > 0 && HeartbeatIdleTicks >= HeartbeatSettlingTicks, "heartbeat: 0 < settling <= idle");
        Require(ExecutionLagBlocks > 0 && ViewWindow > 0 && EvidenceViews > 0 && CatchUpBlocks > 0, "windows are positive");
        Require(ClockDriftMicros >= 0 && SkipSilentLeaderTicks > 0, "drift >= 0, skip > 0");
        Require(HandOverRetryTicks > 0 && HandOverBytesMax > 0 && HandOverCountMax > 0, "hand-over limits are positive");
        Require(ForwardBytesMax >= 0 && ForwardBytesMax <= BatchBytes && ForwardRetryTicks > 0, "forwarding: at most a batch, retried after a while");
        Require(CheckpointLogBytes > 0 && IntakeBytesMax > 0, "byte limits are positive");
        return this;
    }

    private static void Require(bool holds, string expected)
    {
        if (!holds)
            throw new ArgumentException($"Consensus parameters out of range; expected {expected}.");
    }
}
