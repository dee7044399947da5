namespace Dadbs.Consensus;

/// <summary>Everything that can happen to a replica. Each is one call of <see cref="Replica.Step"/>, on the thread that owns the replica.</summary>
public abstract record Input
{
    private Input()
    {
    }

    /// <summary>Once, first, after <see cref="Replica.Recover"/>.</summary>
    public sealed record Start : Input;

    /// <summary>The time given to Step has reached <see cref="Replica.NextDeadlineTicks"/>. Harmless at any other time.</summary>
    public sealed record Tick : Input;

    /// <summary>
    /// The host has fed all inputs that were at hand and is about to flush: acknowledgements are signed (L3) and batches sealed (L1) here.
    /// A turn without it never acknowledges, so: exactly once after every group of inputs.
    /// </summary>
    public sealed record EndOfTurn : Input;

    /// <summary>From an authenticated link.</summary>
    public sealed record Received(ValidatorId From, Verified<Message> Message) : Input;

    /// <summary>A local transaction for the own lane. Ask <see cref="Replica.IntakeOpen"/> first; when closed, the writer waits at COMMIT (L5).</summary>
    /// <param name="Transaction">For the next batch.</param>
    /// <param name="WaitedTicks">How long it waited at the host (<see cref="Replica.SubmissionsWorthATurn"/>): the lane counts that as waiting for company.</param>
    public sealed record Submitted(LaneTransaction Transaction, long WaitedTicks = 0) : Input;

    /// <summary>A link to a peer is up, new or again (V7).</summary>
    public sealed record LinkUp(ValidatorId Peer) : Input;

    public sealed record LinkDown(ValidatorId Peer) : Input;

    /// <summary>A ping or pong came over the link (T2). Received messages count by themselves.</summary>
    /// <param name="Peer">Who sent it.</param>
    /// <param name="AgoTicks">How long ago it came: the host need not call for it before the next turn.</param>
    public sealed record Heard(ValidatorId Peer, long AgoTicks = 0) : Input;

    /// <summary>The apply loop's result for a delivered block. In height order; after a restart first the recovered height itself.</summary>
    public sealed record Executed(ExecutedRoots Roots) : Input;

    /// <summary>A finalization out of the block log does not check: somebody signed badly what all said over their links (M1).</summary>
    public sealed record Doubted(Certificate Finalization) : Input;

    /// <summary>The block log is flushed through this height: its blocks, finalizations and batches are there for good.</summary>
    public sealed record BlockLogDurable(Height Height) : Input;

    /// <summary>These own transactions stand in a delivered block. Only while <see cref="IConsensusCore.HandsOver"/> does anything come of it (L4).</summary>
    public sealed record Ordered(IReadOnlyList<Digest> Ids) : Input;
}
