namespace Dadbs.Consensus;

/// <summary>
/// What a host runs: a validator's <see cref="Replica"/>, or the <see cref="Follower"/> of a node in no validator slot. The host's loop is the same for both;
/// see <see cref="Replica"/>.
/// </summary>
public interface IConsensusCore
{
    /// <summary>When the next <see cref="Input.Tick"/> is due, in ticks of <see cref="Moment"/>; long.MaxValue: never.</summary>
    long NextDeadlineTicks { get; }

    /// <summary>False: hold writers at COMMIT until a later turn opens it again (L5).</summary>
    bool IntakeOpen { get; }

    /// <summary>True while transactions are handed over and not ordered (L4): the host then gives <see cref="Input.Ordered"/>.</summary>
    bool HandsOver { get; }

    View View { get; }

    /// <summary>A hint that saves turns: so many batches of others are worth one.</summary>
    int BatchesWorthATurn { get; }

    /// <summary>The same for own transactions.</summary>
    int SubmissionsWorthATurn { get; }

    /// <summary>The same for results: the next may be what a proposal waits for.</summary>
    bool AwaitsExecution { get; }

    /// <summary>The same for Notarize votes: only the last of all n is worth one.</summary>
    bool ExpectsUnanimity { get; }

    /// <summary>The own lane's highest tip that is known to be available; the origin where there is no own lane.</summary>
    Tip OwnAvailable { get; }

    /// <summary>The highest final block whose header chain is complete here; it may not be delivered yet.</summary>
    Block Finalized { get; }

    /// <summary>The position through which a lane is ordered and delivered here: a batch at or below it changes nothing any more.</summary>
    long FrontierOf(ValidatorId lane);

    /// <summary>Whether a certificate with this key is already held; for <see cref="MessageVerifier"/>. The owner's thread only.</summary>
    bool Holds(CertificateKey key);

    /// <summary>
    /// The effects of one input, in order. The list is the caller's. <paramref name="more"/>: another input of this turn follows, in the end
    /// <see cref="Input.EndOfTurn"/>; what the rules make of all of them is said once, then.
    /// </summary>
    IReadOnlyList<Effect> Step(Moment now, Input input, bool more = false);
}
