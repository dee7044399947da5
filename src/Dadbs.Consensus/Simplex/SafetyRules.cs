namespace Dadbs.Consensus;

/// <summary>Why a statement is not made. A refused vote is a value, never an exception.</summary>
internal enum Refusal
{
    /// <summary>D1: the log no longer tells what was said in this view.</summary>
    BelowFloor,

    /// <summary>V3, V5: votes of this kind are for the current view only, or for what others notarized.</summary>
    NotCurrentView,

    /// <summary>V3: one digest per view.</summary>
    AlreadyNotarized,

    /// <summary>V3: not after the own Nullify of the view.</summary>
    AlreadyNullified,

    /// <summary>S1: Finalize was sent, so Nullify never is.</summary>
    FinalizedBefore,

    /// <summary>S1: Nullify was sent, so Finalize never is.</summary>
    NullifiedBefore,

    /// <summary>V4: said already.</summary>
    AlreadyFinalized,

    /// <summary>V4: only what is notarized.</summary>
    NotNotarized,

    /// <summary>V4: a batch that the block or an ancestor adds is not durable here.</summary>
    BatchesMissing,

    /// <summary>V4: the leader was seen to propose two blocks.</summary>
    LeaderEquivocated,

    /// <summary>V4: the block names other roots than this node's own.</summary>
    ExecutedDiffers,
}

/// <summary>What this node has said in one view; rebuilt from the log after a restart.</summary>
internal readonly record struct OwnStatements(View View, Digest? Notarized, bool Nullified, Digest? Finalized);

/// <summary>What V4 asks about a notarized block before Finalize.</summary>
internal readonly record struct FinalizeGrounds(Digest? Notarized, bool BatchesDurable, bool LeaderEquivocated, bool ExecutedDiffers);

/// <summary>
/// All that keeps the chain from forking, and nothing else. Every own vote passes here once, before it is signed. Null means that the
/// vote may be cast. Virtual only so that a test can take S1 or S2 out and see the simulator find the fork.
/// </summary>
internal class SafetyRules
{
    /// <summary>
    /// Rule V3: one digest per view, while Nullify of it is unsent, in the current view or, <paramref name="isNotarized"/>, after others notarized the same digest: who has left
    /// a view without Nullify never says it.
    /// </summary>
    public Refusal? RefuseNotarize(OwnStatements own, View current, View floor, bool isNotarized = false)
    {
        if (own.View <= floor)
            return Refusal.BelowFloor;
        if (own.View != current && !(isNotarized && own.View < current))
            return Refusal.NotCurrentView;
        if (own.Notarized is not null)
            return Refusal.AlreadyNotarized;
        return own.Nullified ? Refusal.AlreadyNullified : null;
    }

    /// <summary>Rule V5: in the current view, unless Finalize was sent (S1).</summary>
    public Refusal? RefuseNullify(OwnStatements own, View current, View floor)
    {
        if (own.View <= floor)
            return Refusal.BelowFloor;
        if (own.View != current)
            return Refusal.NotCurrentView;
        return FinalizeForbidsNullify(own) ? Refusal.FinalizedBefore : null;
    }

    /// <summary>
    /// Rule V4: for the notarized digest, in any view above the floor, once its batches are durable; never after Nullify (S1), never for an
    /// equivocating leader, never against the own result.
    /// </summary>
    public Refusal? RefuseFinalize(OwnStatements own, Digest digest, FinalizeGrounds grounds, View floor)
    {
        if (own.View <= floor)
            return Refusal.BelowFloor;
        if (NullifyForbidsFinalize(own))
            return Refusal.NullifiedBefore;
        if (own.Finalized is not null)
            return Refusal.AlreadyFinalized;
        if (grounds.Notarized != digest)
            return Refusal.NotNotarized;
        if (!grounds.BatchesDurable)
            return Refusal.BatchesMissing;
        if (grounds.LeaderEquivocated)
            return Refusal.LeaderEquivocated;
        return grounds.ExecutedDiffers ? Refusal.ExecutedDiffers : null;
    }

    /// <summary>Rule S2: a Nullify names the block that its sender notarized in the view; zero: none.</summary>
    public virtual Digest ClaimOf(OwnStatements own) => own.Notarized ?? Digest.Zero;

    /// <summary>Rule S1: who sent Finalize of a view never sends Nullify of it …</summary>
    protected virtual bool FinalizeForbidsNullify(OwnStatements own) => own.Finalized is not null;

    /// <summary>… and the reverse.</summary>
    protected virtual bool NullifyForbidsFinalize(OwnStatements own) => own.Nullified;
}
