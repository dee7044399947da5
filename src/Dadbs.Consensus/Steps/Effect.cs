namespace Dadbs.Consensus;

/// <summary>
/// What the host must do, strictly in the order given. All effects of one turn (its Steps up to EndOfTurn) may be gathered first: append the
/// records of all <see cref="Persist"/> as one frame, flush once, and only then carry out the rest in order. Nothing leaves the process
/// (message, delivery, client answer) before the flush of every Persist that precedes it (D1). A failed flush ends the process.
/// </summary>
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Append these records to the vote log and flush before any later effect is carried out. The barrier of D1.</summary>
    public sealed record Persist(IReadOnlyList<LogRecord> Records) : Effect;

    /// <summary>To one peer if its link is up, else dropped: V7 repairs it when the link comes back. Never to oneself.</summary>
    public sealed record Send(ValidatorId To, Message Message) : Effect;

    /// <summary>To every other validator whose link is up.</summary>
    public sealed record Broadcast(Message Message) : Effect;

    /// <summary>
    /// The next block in the one order, exactly once per process life for each height above the block log. Write block, finalization and
    /// batches to the block log, hand it to the apply loop; later report BlockLogDurable and Executed.
    /// </summary>
    public sealed record Deliver(DeliveredBlock Block) : Effect;

    /// <summary>
    /// This node says Notarize for a block whose batches it holds, so it will most likely be the next to be delivered: its execution may begin, as long as nothing of it is seen before
    /// the delivery (X4). Nothing leaves the process by it, so it need not wait for the flush. To do nothing is right, too.
    /// </summary>
    public sealed record Speculate(Block Block, IReadOnlyList<Batch> Batches) : Effect;

    /// <summary>
    /// Answer with a <see cref="Message.FinalizedBlocks"/> out of the block log: blocks from <paramref name="From"/> on, at most
    /// <paramref name="CountMax"/>, cut back to the last one that has its own finalization; if none has, extended to the first that has. Nothing
    /// to send: send nothing.
    /// </summary>
    public sealed record ServeBlocks(ValidatorId To, Height From, int CountMax) : Effect;

    /// <summary>
    /// Answer with one <see cref="Message.BatchMessage"/> (proof null) for each batch of <paramref name="Lane"/> in the block-log record at
    /// <paramref name="Height"/> with a position from <paramref name="From"/> to <paramref name="To"/>, highest position first.
    /// </summary>
    public sealed record ServeBatches(ValidatorId To, Height Height, ValidatorId Lane, long From, long Through) : Effect;

    /// <summary>
    /// Append these records as one frame, flush, and truncate the vote log before that frame: they are all that is still needed. Like
    /// Persist a barrier; earlier Persist records of the turn must be appended before it.
    /// </summary>
    public sealed record Checkpoint(IReadOnlyList<LogRecord> Records) : Effect;

    /// <summary>Something an operator must see; log it and count it.</summary>
    public sealed record Alarm(AlarmKind Kind, ValidatorId? Culprit, string Text) : Effect;
}

public enum AlarmKind
{
    /// <summary>Two proposals or notarizes of one view, finalize and nullify of one view (B1).</summary>
    Equivocation,

    /// <summary>Two batches at one position of a lane (B1).</summary>
    LaneEquivocation,

    /// <summary>A batch whose author signed it with an invalid transaction inside.</summary>
    InvalidTransaction,

    /// <summary>A notarized block names other roots than this node's own execution (X3). The host stops serving when this is fatal to it.</summary>
    ExecutedDiffers,

    /// <summary>A vote that was believed at the word of its voter's link is signed badly (M1).</summary>
    BadSignature,
}

/// <summary>
/// A finalized block with all its batches, flattened for execution (X1): round i takes the batch at frontier + i of each lane, lanes in
/// validator order starting at height mod n; a batch's transactions stay together.
/// </summary>
public sealed record DeliveredBlock(Block Block, Certificate? Finalization, IReadOnlyList<Batch> Batches)
{
    public Height Height => Block.Height;
}
