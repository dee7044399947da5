using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>Consensus and Storage do not know each other and each has its own 32-byte value; here they meet.</summary>
internal static class Conversions
{
    public static Digest ToDigest(this in Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        hash.CopyTo(bytes);
        return new Digest(bytes);
    }

    public static Hash256 ToHash(this Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        digest.CopyTo(bytes);
        return Hash256.FromSpan(bytes);
    }

    public static ExecutedRoots ToRoots(this ExecutedState state) =>
        new(new Height(state.Height), state.StateRoot.ToDigest(), state.ReceiptsRoot.ToDigest());

    public static ExecutedState ToState(this ExecutedRoots roots) => new(roots.Height.Value, roots.StateRoot.ToHash(), roots.ReceiptsRoot.ToHash());

    public static EpochScope ToScope(this Genesis genesis) => new(genesis.ChainId.ToDigest(), epoch: 0, genesis.Validators.Count);

    /// <summary>Height 0: the state of genesis, with no receipts.</summary>
    public static ExecutedState ToExecuted(this Genesis genesis) => new(0, genesis.InitialStateRoot, Hash256.Zero);

    public static Block ToBlock(this Genesis genesis, EpochScope scope) =>
        Block.Genesis(scope, genesis.TimeMicros, genesis.InitialStateRoot.ToDigest(), Digest.Zero);

    public static ConsensusParameters ToConsensus(this ChainParameters parameters) => new()
    {
        DeltaBaseTicks = parameters.DelayBoundBaseMicros,
        DeltaMaxTicks = parameters.DelayBoundCapMicros,
        BatchBytes = (int)parameters.BatchBytes,
        SealIntervalTicks = parameters.SealIntervalMicros,
        LaneWindowBatches = (int)parameters.LaneWindowBatches,
        LaneWindowBytes = parameters.LaneWindowBytes,
        TransactionBytesMax = (int)parameters.TransactionBytes,
        BatchesPerLaneAndBlock = (int)parameters.BatchesPerLaneAndBlock,
        BlockIntervalTicks = parameters.BlockIntervalMicros,
        HeartbeatSettlingTicks = parameters.HeartbeatSettlingMicros,
        HeartbeatIdleTicks = parameters.HeartbeatIdleMicros,
        ExecutionLagBlocks = (int)parameters.ExecutionLag,
        ClockDriftMicros = parameters.ClockDriftMicros,
        SkipSilentLeaderTicks = parameters.SkipSilentLeaderMicros,
    };
}
