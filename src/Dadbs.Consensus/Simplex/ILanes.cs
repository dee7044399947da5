namespace Dadbs.Consensus;

/// <summary>The segments of lanes that final blocks order: what delivery needs (X1).</summary>
internal interface ILaneSegments
{
    /// <summary>V4: every batch from the tip down to above <paramref name="above"/> is durable here.</summary>
    bool Holds(LaneTip tip, Tip above);

    /// <summary>Ask for what is missing of a segment or of its proof; repeated by itself. Height 0: not yet ordered.</summary>
    void Fetch(LaneTip tip, Tip above, Height height, ValidatorId first);

    /// <summary>The batches of a held segment, lowest first.</summary>
    IReadOnlyList<Batch> Segment(LaneTip tip, Tip above);

    /// <summary>The segment is delivered: the lane's frontier moves there.</summary>
    void Commit(LaneTip tip, Height height);

    /// <summary>All segments of a block are: the cut stands here.</summary>
    void Committed(IReadOnlyList<Batch> batches, Cut cut);
}

/// <summary>What agreement asks of dissemination. Simplex decides on tips; what lies below them is the lanes' business.</summary>
internal interface ILanes : ILaneSegments
{
    /// <summary>Some lane has a proven tip ahead of the cut (P1 a).</summary>
    bool IsAhead(Cut cut);

    /// <summary>V2: the highest tip to propose above <paramref name="above"/>, or null.</summary>
    Tip? ProposableTip(ValidatorId lane, Tip above);

    /// <summary>Two batches at one position were seen: others would have to fetch what they do not hold.</summary>
    bool Equivocated(ValidatorId lane);

    /// <summary>Its batches had to be asked for of late: its author withholds them, or is slow. Nobody gathers for its sake.</summary>
    bool ComesLate(ValidatorId lane);

    /// <summary>Something waits here that would be sealed into a batch of this node's proposal.</summary>
    bool HoldsForProposal { get; }

    /// <summary>V2: transactions that a block above this cut could hold.</summary>
    int TransactionsAhead(Cut cut);

    /// <summary>V2: transactions that are worth waiting for: whoever the last block that advanced the cut answers is soon back.</summary>
    int TransactionsExpected { get; }

    void SealForProposal();

    /// <summary>V6: nothing came of the view.</summary>
    void ViewFailed(View view);

    /// <summary>V3.</summary>
    bool MayVoteFor(LaneTip tip, ValidatorId proposer);

    /// <summary>Proofs that can travel, of tips ahead of the cut.</summary>
    IEnumerable<AvailabilityProof> ProofsAhead(Cut cut);
}
