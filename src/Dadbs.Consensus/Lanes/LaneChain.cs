namespace Dadbs.Consensus;

/// <summary>A batch held durably here, and what is known about it.</summary>
internal sealed class HeldBatch(Batch batch, int validators)
{
    public Batch Batch { get; } = batch;

    /// <summary>Who acknowledged this batch or one above it on its chain; the author by its signature (L3).</summary>
    public SignerSet Ackers { get; } = new(validators);

    /// <summary>The rim found every transaction valid (L2); unknown, hence false, after a restart.</summary>
    public bool TransactionsValid { get; set; }

    /// <summary>Proven by a certificate of f+1 that came as a whole.</summary>
    public bool ProvenAsWhole { get; set; }

    public bool Available { get; set; }

    /// <summary>The finalized block that ordered it; height 0: none yet.</summary>
    public Height Ordered { get; set; }
}

/// <summary>
/// What this node holds and has acknowledged of one lane. Several batches may stand at one position when the author equivocates: one that came by
/// itself, others that certified cuts name. Acknowledged positions only grow, so no position is acknowledged twice (L2).
/// </summary>
internal sealed class LaneChain(EpochScope scope, ValidatorId self, ValidatorId lane)
{
    private readonly Dictionary<Digest, HeldBatch> _held = [];
    private readonly Dictionary<long, List<HeldBatch>> _byPosition = [];
    private readonly Dictionary<ValidatorId, (Tip Tip, Acknowledgement Source)> _acknowledgements = [];
    private readonly Dictionary<Digest, AvailabilityProof> _proofsAhead = [];

    public ValidatorId Lane { get; } = lane;

    /// <summary>The delivered tip: everything at or below is ordered and was held.</summary>
    public Tip Frontier { get; private set; }

    /// <summary>The highest tip that this node acknowledged (in the own lane: sealed). A statement on disk, never taken back.</summary>
    public Tip Acknowledged { get; private set; }

    /// <summary>The highest tip known to be available, above the frontier; else the frontier.</summary>
    public Tip BestAvailable { get; private set; }

    public long BytesAboveFrontier { get; private set; }

    /// <summary>Its author was seen to sign two batches for one position, in this process's life.</summary>
    public bool Equivocated { get; private set; }

    /// <summary>Counts what agreement could want to know: a batch stored, acknowledged here or found available, a proof ahead.</summary>
    public long Changes { get; private set; }

    /// <summary>The position that comes next for an acknowledgement.</summary>
    public long NextPosition => Math.Max(Acknowledged.Position, Frontier.Position) + 1;

    public HeldBatch? Find(Digest digest) => _held.GetValueOrDefault(digest);

    /// <summary>A proof is enough without the batch, except where f = 0: see <see cref="Judge"/>.</summary>
    public bool IsAvailable(Digest digest) =>
        _held.TryGetValue(digest, out HeldBatch? held) ? held.Available : scope.Faulty > 0 && _proofsAhead.ContainsKey(digest);

    /// <summary>On the chain below the acknowledged tip.</summary>
    public bool IsAcknowledgedHere(Digest digest) => _held.TryGetValue(digest, out HeldBatch? held) && held.Ackers.Contains(self);

    public IReadOnlyList<HeldBatch> At(long position) => _byPosition.TryGetValue(position, out List<HeldBatch>? held) ? held : [];

    /// <summary>Highest first, from the tip down to the position above <paramref name="above"/>; ends early where a batch is not held.</summary>
    public IEnumerable<HeldBatch> Down(Tip tip, long above)
    {
        for (; tip.Position > above && At(tip) is { } held; tip = held.Batch.ParentTip)
            yield return held;
    }

    /// <summary>The batches of a segment that is held, lowest first.</summary>
    public IReadOnlyList<Batch> Segment(Tip tip, long above)
    {
        var segment = new List<Batch>();
        for (; tip.Position > above && At(tip) is { } held; tip = held.Batch.ParentTip)
            segment.Add(held.Batch);
        segment.Reverse();
        return segment;
    }

    /// <summary>Null when the whole segment (X1: by position) is held; else the highest batch that is missing.</summary>
    public Tip? FirstMissing(Tip tip, long above)
    {
        while (tip.Position > above && At(tip) is { } held)
            tip = held.Batch.ParentTip;
        return tip.Position > above ? tip : null;
    }

    /// <summary>Takes a batch in. The caller has decided that it belongs here and writes it to the log.</summary>
    public HeldBatch Store(Batch batch, bool transactionsValid)
    {
        var held = new HeldBatch(batch, scope.ValidatorCount) { TransactionsValid = transactionsValid };
        _held.Add(batch.Digest, held);
        if (!_byPosition.TryGetValue(batch.Position, out List<HeldBatch>? atPosition))
            _byPosition.Add(batch.Position, atPosition = new List<HeldBatch>(1));
        Equivocated |= atPosition.Count > 0;
        atPosition.Add(held);
        if (batch.Position > Frontier.Position)
            BytesAboveFrontier += batch.Payload.Length;
        Changes++;
        held.Ackers.Add(batch.Lane);
        foreach (HeldBatch child in At(batch.Position + 1))
        {
            if (child.Batch.Header.Parent != batch.Digest)
                continue;
            held.Ackers.UnionWith(child.Ackers);
            held.ProvenAsWhole |= child.ProvenAsWhole;
        }
        foreach ((ValidatorId signer, (Tip tip, _)) in _acknowledgements)
        {
            if (tip.Digest == batch.Digest)
                held.Ackers.Add(signer);
        }
        held.ProvenAsWhole |= _proofsAhead.Remove(batch.Digest);
        Spread(held);
        return held;
    }

    public void MarkEquivocated() => Equivocated = true;

    /// <summary>The next batch that L2 allows to acknowledge, or null.</summary>
    public HeldBatch? NextToAcknowledge()
    {
        long next = NextPosition;
        foreach (HeldBatch held in At(next))
        {
            bool parentAcknowledged = Acknowledged.Position == next - 1 && held.Batch.Header.Parent == Acknowledged.Digest;
            if (held.TransactionsValid && (parentAcknowledged || next - 1 <= Frontier.Position))
                return held;
        }
        return null;
    }

    public void Acknowledge(HeldBatch held) => RestoreAcknowledged(held.Batch.Tip);

    public void RestoreAcknowledged(Tip tip)
    {
        Invariant.Check(tip.Position > Acknowledged.Position, "a lane position is acknowledged once (L2)");
        Acknowledged = tip;
        Changes++;
        MarkAcknowledged(self, tip);
    }

    /// <summary>Recovery: a batch at or below the acknowledged tip came back.</summary>
    public void MarkRestored() => MarkAcknowledged(self, Acknowledged);

    /// <summary>True when another's acknowledgement is newer than what was known of it.</summary>
    public bool TakeAcknowledgement(ValidatorId signer, Tip tip, Acknowledgement source)
    {
        if (tip.Position <= Frontier.Position)
            return false;
        if (_acknowledgements.TryGetValue(signer, out (Tip Tip, Acknowledgement Source) known) && known.Tip.Position >= tip.Position)
            return false;
        _acknowledgements[signer] = (tip, source);
        MarkAcknowledged(signer, tip);
        return true;
    }

    /// <summary>A proof as a whole; one for a batch that is not held is kept until it is.</summary>
    public void TakeProof(AvailabilityProof proof, int windowBatches)
    {
        Tip tip = proof.Header.Tip;
        if (tip.Position <= Frontier.Position || tip.Position > Frontier.Position + windowBatches)
            return;
        if (!_held.TryGetValue(tip.Digest, out HeldBatch? held))
        {
            if (_proofsAhead.Count < windowBatches)
                _proofsAhead[tip.Digest] = proof;
            Changes++;
            return;
        }
        held.ProvenAsWhole = true;
        Spread(held);
    }

    /// <summary>A proof that can travel: f acknowledgements of exactly this tip beside the author's. Null when they name different tips.</summary>
    public AvailabilityProof? ProofOf(Tip tip)
    {
        if (!_held.TryGetValue(tip.Digest, out HeldBatch? held))
            return _proofsAhead.GetValueOrDefault(tip.Digest);
        var others = new List<TipAcknowledgement>();
        for (int validator = 0; validator < scope.ValidatorCount && others.Count < scope.OneHonest - 1; validator++)
        {
            var signer = new ValidatorId(validator);
            if (signer == Lane || !_acknowledgements.TryGetValue(signer, out (Tip Tip, Acknowledgement Source) known) || known.Tip != tip)
                continue;
            int index = known.Source.Leaves.TakeWhile(leaf => leaf.Lane != Lane).Count();
            others.Add(new TipAcknowledgement(signer, known.Source.Leaves.Count, index, MerkleTree.PathOf(known.Source.Leaves, index), known.Source.Signature));
        }
        return others.Count == scope.OneHonest - 1 ? new AvailabilityProof(held.Batch, others) : null;
    }

    /// <summary>Moves the frontier over a segment that is held. What stood beside it at those positions is forgotten.</summary>
    public void Commit(Tip tip, Height height)
    {
        for (Tip below = tip; below.Position > Frontier.Position && At(below) is { } held; below = held.Batch.ParentTip)
            held.Ordered = height;
        MoveFrontier(tip);
    }

    /// <summary>Sets the frontier without holding what is below it: recovery, from a floor.</summary>
    public void MoveFrontier(Tip tip)
    {
        // Below the old frontier all was looked through before.
        if (tip.Position - Frontier.Position <= _byPosition.Count)
        {
            for (long position = Frontier.Position + 1; position <= tip.Position; position++)
                LeaveBehind(position);
        }
        else
        {
            foreach (long position in _byPosition.Keys)
            {
                if (position <= tip.Position)
                    LeaveBehind(position);
            }
        }
        Frontier = tip;
        if (_proofsAhead.Count > 0)
        {
            foreach (Digest digest in _proofsAhead.Where(entry => entry.Value.Header.Position <= tip.Position).Select(entry => entry.Key).ToArray())
                _proofsAhead.Remove(digest);
        }
        if (BestAvailable.Position <= tip.Position)
            BestAvailable = tip;
    }

    /// <summary>A position that the frontier passes: only what was ordered is kept.</summary>
    private void LeaveBehind(long position)
    {
        if (!_byPosition.TryGetValue(position, out List<HeldBatch>? atPosition))
            return;
        for (int i = atPosition.Count - 1; i >= 0; i--)
        {
            HeldBatch held = atPosition[i];
            if (position > Frontier.Position)
                BytesAboveFrontier -= held.Batch.Payload.Length;
            if (held.Ordered != Height.Genesis)
                continue;
            _held.Remove(held.Batch.Digest);
            atPosition.RemoveAt(i);
        }
    }

    /// <summary>Ordered batches whose block the block log holds for good are served from there.</summary>
    public void Forget(Height durable)
    {
        foreach ((long position, List<HeldBatch> atPosition) in _byPosition)
        {
            if (position > Frontier.Position)
                continue;
            for (int i = atPosition.Count - 1; i >= 0; i--)
            {
                if (atPosition[i].Ordered > durable)
                    continue;
                _held.Remove(atPosition[i].Batch.Digest);
                atPosition.RemoveAt(i);
            }
            if (atPosition.Count == 0)
                _byPosition.Remove(position);
        }
    }

    /// <summary>By ascending position.</summary>
    public IEnumerable<HeldBatch> All() => _byPosition.OrderBy(at => at.Key).SelectMany(at => at.Value);

    private HeldBatch? At(Tip tip) => _held.TryGetValue(tip.Digest, out HeldBatch? held) && held.Batch.Position == tip.Position ? held : null;

    private void MarkAcknowledged(ValidatorId signer, Tip tip)
    {
        for (; tip.Position > Frontier.Position && At(tip) is { } held; tip = held.Batch.ParentTip)
        {
            if (!held.Ackers.Add(signer))
                break;
            Judge(held);
        }
    }

    /// <summary>What is known of a batch holds for all below it on its chain.</summary>
    private void Spread(HeldBatch from)
    {
        Judge(from);
        HeldBatch above = from;
        for (Tip below = from.Batch.ParentTip; below.Position > Frontier.Position && At(below) is { } held; below = held.Batch.ParentTip)
        {
            bool grew = held.Ackers.UnionWith(above.Ackers);
            if (!grew && (held.ProvenAsWhole || !above.ProvenAsWhole))
                break;
            held.ProvenAsWhole |= above.ProvenAsWhole;
            Judge(held);
            above = held;
        }
    }

    /// <summary>
    /// L3: f+1 make it available. Where f = 0 the author alone would do, so this node also wants its own acknowledgement: it has checked
    /// the signatures, and the loss of the author loses nothing.
    /// </summary>
    private void Judge(HeldBatch held)
    {
        if (held.Available)
            return;
        bool proven = held.ProvenAsWhole || held.Ackers.Count >= scope.OneHonest;
        held.Available = proven && (scope.Faulty > 0 || held.Ackers.Contains(self));
        if (!held.Available)
            return;
        Changes++;
        if (held.Batch.Position > BestAvailable.Position)
            BestAvailable = held.Batch.Tip;
    }
}
