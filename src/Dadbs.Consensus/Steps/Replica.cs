namespace Dadbs.Consensus;

/// <summary>
/// One validator's state machine: its lanes and its Simplex core, joined. Pure: what it does is a function of the inputs and the times
/// that it was given. One owner, no locks.
/// <para>
/// The host's loop: wait for input or <see cref="NextDeadlineTicks"/>; Step every input at hand (a passed deadline is an <see cref="Input.Tick"/>);
/// Step <see cref="Input.EndOfTurn"/>; carry out the gathered effects as <see cref="Effect"/> says; repeat. A fresh directory is
/// recovered from no records.
/// </para>
/// </summary>
public sealed class Replica
{
    private readonly ReplicaOptions _options;

    private Replica(ReplicaOptions options) => _options = options;

    /// <summary>When the next <see cref="Input.Tick"/> is due, in ticks of <see cref="Moment"/>; long.MaxValue: never.</summary>
    public long NextDeadlineTicks { get; private set; } = long.MaxValue;

    /// <summary>False: hold writers at COMMIT until a later turn opens it again (L5).</summary>
    public bool IntakeOpen => true;

    public View View => View.Genesis;

    /// <summary>The highest final block whose header chain is complete here; it may not be delivered yet.</summary>
    public Block Finalized => _options.Genesis;

    /// <summary>The last block delivered (or already in the block log at recovery).</summary>
    public Height Delivered => Height.Genesis;

    /// <summary>
    /// Rebuilds the replica from the vote log: all records from the last checkpoint's frame on, oldest first (none for a fresh directory).
    /// <paramref name="blockLogHeight"/> is the height through which the block log is durable: those blocks are not delivered again. Then
    /// Step <see cref="Input.Start"/>, and <see cref="Input.Executed"/> for the recovered state.
    /// </summary>
    public static Replica Recover(ReplicaOptions options, IEnumerable<LogRecord> records, Height blockLogHeight)
    {
        ArgumentNullException.ThrowIfNull(records);
        options.Parameters.Validate();
        return new Replica(options);
    }

    /// <summary>Whether a certificate with this key is already held; for <see cref="MessageVerifier"/>. The owner's thread only.</summary>
    public bool Holds(CertificateKey key) => false;

    /// <summary>
    /// Cheap, before verification: false when the message could change nothing here (a vote or certificate already held, a view long past).
    /// The owner's thread only; skipping the call costs time, not correctness.
    /// </summary>
    public bool IsUseful(ValidatorId from, Message message) => true;

    public IReadOnlyList<Effect> Step(Moment now, Input input) => [];
}
