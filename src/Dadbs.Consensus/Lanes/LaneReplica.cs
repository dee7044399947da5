namespace Dadbs.Consensus;

/// <summary>
/// All lanes as this node sees them, rules L1 to L5: seals the own lane, takes in others', acknowledges once a turn, collects proofs of
/// availability, fetches what is missing, forgets what is ordered and in the block log.
/// </summary>
internal sealed class LaneReplica : ILanes
{
    private const int AnswerBatchesMax = 64;

    /// <summary>What one peer is sent again within a Δ, so that questions cost no more than their answers are worth (M1).</summary>
    private const long AnswerBytesMax = 32L * 1024 * 1024;

    private readonly ReplicaOptions _options;
    private readonly EpochScope _scope;
    private readonly ConsensusParameters _parameters;
    private readonly Outbox _outbox;
    private readonly Hearing _hearing;
    private readonly LaneChain[] _lanes;

    /// <summary>By lane, as the next: whether its acknowledged tip is to be said once more.</summary>
    private readonly bool[] _acknowledgeAgain;
    private readonly bool[] _newlyAcknowledged;
    private readonly long[] _gapAskedTicks;
    private readonly (long Ticks, long Bytes)[] _answered;
    private readonly BatchFetcher _fetcher;
    private readonly Sealing _sealing;
    private readonly ExpectedTransactions _expected;

    /// <summary>Asked for every proposal.</summary>
    private readonly Func<ValidatorId, bool> _isSuspect;
    private long _acknowledgeDueTicks = long.MaxValue;
    private long _now;

    public LaneReplica(ReplicaOptions options, Outbox outbox, Hearing hearing, HandOverNumbers numbers)
    {
        _options = options;
        _scope = options.Scope;
        _parameters = options.Parameters;
        _outbox = outbox;
        _hearing = hearing;
        _lanes = [.. Enumerable.Range(0, _scope.ValidatorCount).Select(lane => new LaneChain(_scope, options.Self, new ValidatorId(lane)))];
        _acknowledgeAgain = new bool[_scope.ValidatorCount];
        _newlyAcknowledged = new bool[_scope.ValidatorCount];
        _gapAskedTicks = [.. Enumerable.Repeat(long.MinValue / 2, _scope.ValidatorCount)];
        _answered = new (long, long)[_scope.ValidatorCount];
        _fetcher = new BatchFetcher(_scope, options.Self, _lanes, _parameters, outbox);
        _sealing = new Sealing(options, outbox, Own, numbers);
        _expected = new ExpectedTransactions(_scope.ValidatorCount);
        _isSuspect = lane => ComesLate(lane) || Equivocated(lane);
    }

    /// <summary>The own lane's way out (L1, L4).</summary>
    public Sealing Sealing => _sealing;

    public long NextDeadlineTicks =>
        Math.Min(Math.Min(_fetcher.NextDeadlineTicks, _acknowledgeDueTicks), _sealing.NextDeadlineTicks);

    /// <summary>Grows whenever something changed that agreement could build on.</summary>
    public long Changes
    {
        get
        {
            long changes = 0;
            foreach (LaneChain chain in _lanes)
                changes += chain.Changes;
            return changes;
        }
    }

    private LaneChain Own => _lanes[_options.Self.Value];

    public LaneChain this[ValidatorId lane] => _lanes[lane.Value];

    public void BeginStep(long now)
    {
        _now = now;
        _sealing.BeginStep(now);
    }

    public void Tick()
    {
        _fetcher.Tick(_now);
        _sealing.Tick();
    }

    /// <summary>L1 and L3: seals what may be sealed, signs one root over the tips newly acknowledged.</summary>
    public void EndOfTurn()
    {
        _sealing.EndOfTurn();
        SignAcknowledgements();
    }

    /// <summary>L2. The rim has checked the author's signature, the payload's digest and each transaction.</summary>
    public void OnBatch(Message.BatchMessage message)
    {
        Batch batch = message.Batch;
        LaneChain chain = this[batch.Lane];
        if (chain.Find(batch.Digest) is { } known)
        {
            known.TransactionsValid |= message.TransactionsValid;
            if (known.Ackers.Contains(_options.Self))
                _acknowledgeAgain[batch.Lane.Value] = true;
        }
        else if (batch.Position <= chain.Frontier.Position)
        {
            if (chain.Acknowledged.Position >= batch.Position)
                _acknowledgeAgain[batch.Lane.Value] = true;
        }
        else if (_fetcher.IsWanted(batch) || MayStore(chain, message))
        {
            Store(chain, batch, message.TransactionsValid);
        }
        if (message.Proof is { } proof)
            OnProof(proof);
        AdvanceAcknowledged(chain);
        AskForGap(chain, batch);
    }

    public void OnProof(AvailabilityProof proof)
    {
        LaneChain chain = this[proof.Header.Lane];
        chain.TakeProof(proof, _parameters.LaneWindowBatches);
        Tip tip = proof.Header.Tip;
        bool inWindow = tip.Position > chain.Frontier.Position && tip.Position <= chain.Frontier.Position + _parameters.LaneWindowBatches;
        if (inWindow && chain.Find(tip.Digest) is null)
            _fetcher.Want(chain.Lane, tip, chain.Frontier.Position, Height.Genesis, HolderOf(chain, tip) ?? chain.Lane, _now);
    }

    /// <summary>L3: who acknowledged a tip holds it. Its author may have reasons not to answer.</summary>
    private ValidatorId? HolderOf(LaneChain chain, Tip tip) => chain.ProofOf(tip)?.Others.FirstOrDefault(other => other.Signer != _options.Self)?.Signer;

    public void OnAcknowledgement(Acknowledgement acknowledgement)
    {
        foreach (LaneTip leaf in acknowledgement.Leaves)
            this[leaf.Lane].TakeAcknowledgement(acknowledgement.Signer, leaf.Tip, acknowledgement);
    }

    /// <summary>Highest first: the asker accepts each by the digest that the one before names.</summary>
    public void OnRequest(ValidatorId from, Message.BatchRequest request)
    {
        LaneChain chain = this[request.Lane];
        int sent = 0;
        foreach (HeldBatch held in chain.Down(request.To, request.From - 1).Take(AnswerBatchesMax))
        {
            if (!MayAnswer(from, held.Batch))
                return;
            _outbox.Send(from, new Message.BatchMessage(held.Batch, sent == 0 ? chain.ProofOf(held.Batch.Tip) : null));
            sent++;
        }
        if (sent == 0 && chain.ProofOf(request.To) is { } proof)
            _outbox.Send(from, new Message.Available(proof));
        long through = request.To.Position - sent;
        if (request.Height > Height.Genesis && through >= request.From && through <= chain.Frontier.Position)
            _outbox.Emit(new Effect.ServeBatches(from, request.Height, request.Lane, request.From, through));
    }

    /// <summary>V7: what a new link is told about lanes. The acknowledgements themselves follow at the end of the turn.</summary>
    public Tip OnLinkUp(ValidatorId peer)
    {
        foreach (LaneChain chain in _lanes)
        {
            if (chain.Acknowledged.Position > chain.Frontier.Position && chain.Lane != _options.Self)
                _acknowledgeAgain[chain.Lane.Value] = true;
        }
        if (Own.BestAvailable.Position > Own.Frontier.Position && Own.ProofOf(Own.BestAvailable) is { } proof)
            _outbox.Send(peer, new Message.Available(proof));
        return this[peer].Acknowledged;
    }

    /// <summary>V7: the author sends on from where the peer stands.</summary>
    public void OnLinkStatus(ValidatorId from, Tip acknowledged)
    {
        foreach (HeldBatch held in Own.Down(Own.Acknowledged, Math.Max(acknowledged.Position, Own.Frontier.Position)).Reverse())
        {
            if (!MayAnswer(from, held.Batch))
                return;
            _outbox.Send(from, new Message.BatchMessage(held.Batch, null));
        }
    }

    private bool MayAnswer(ValidatorId peer, Batch batch)
    {
        ref (long Ticks, long Bytes) answered = ref _answered[peer.Value];
        if (_now >= answered.Ticks + _parameters.DeltaBaseTicks)
            answered = (_now, 0);
        if (answered.Bytes > AnswerBytesMax)
            return false;
        answered.Bytes += batch.Payload.Length;
        return true;
    }

    /// <summary>Everything that the own lane's others may need to see that a tip is available; sent when work is stuck (P1, V5).</summary>
    public IEnumerable<AvailabilityProof> ProofsAhead(Cut cut)
    {
        foreach (LaneChain chain in _lanes)
        {
            if (chain.BestAvailable.Position > cut[chain.Lane].Position && chain.ProofOf(chain.BestAvailable) is { } proof)
                yield return proof;
        }
    }

    public bool IsAhead(Cut cut)
    {
        foreach (LaneChain chain in _lanes)
        {
            if (chain.BestAvailable.Position > cut[chain.Lane].Position)
                return true;
        }
        return false;
    }

    public bool ComesLate(ValidatorId lane) => _fetcher.ComesLate(lane);

    public bool Equivocated(ValidatorId lane) => this[lane].Equivocated;

    public Tip? ProposableTip(ValidatorId lane, Tip above)
    {
        LaneChain chain = this[lane];
        Tip candidate = lane == _options.Self && Own.Acknowledged.Position > chain.BestAvailable.Position ? Own.Acknowledged : chain.BestAvailable;
        long limit = above.Position + _parameters.BatchesPerLaneAndBlock;
        if (candidate.Position > limit)
            candidate = chain.Down(candidate, limit - 1).LastOrDefault()?.Batch.Tip ?? candidate;
        return candidate.Position > above.Position && candidate.Position <= limit ? candidate : null;
    }

    /// <summary>
    /// V3: a tip with a proof, or one of the proposer's lane or the own that this node acknowledged. The proof says that an honest node holds the batch; of its own
    /// batch a node knows that without hearing it from another.
    /// </summary>
    public bool MayVoteFor(LaneTip tip, ValidatorId proposer) =>
        this[tip.Lane].IsAvailable(tip.Tip.Digest) || ((tip.Lane == proposer || tip.Lane == _options.Self) && this[tip.Lane].IsAcknowledgedHere(tip.Tip.Digest));

    public bool Holds(LaneTip tip, Tip above) => this[tip.Lane].FirstMissing(tip.Tip, above.Position) is null;

    public void Fetch(LaneTip tip, Tip above, Height height, ValidatorId first)
    {
        LaneChain chain = this[tip.Lane];
        if (chain.FirstMissing(tip.Tip, above.Position) is not null)
            _fetcher.Want(tip.Lane, tip.Tip, above.Position, height, HolderOf(chain, tip.Tip) ?? first, _now);
        else if (height == Height.Genesis && _now >= _gapAskedTicks[tip.Lane.Value] + _parameters.DeltaBaseTicks)
            AskAgain(tip, first);
    }

    public IReadOnlyList<Batch> Segment(LaneTip tip, Tip above) => this[tip.Lane].Segment(tip.Tip, above.Position);

    public void Commit(LaneTip tip, Height height)
    {
        LaneChain chain = this[tip.Lane];
        chain.Commit(tip.Tip, height);
        if (tip.Lane == _options.Self)
            _sealing.OnOrdered();
        _fetcher.Refresh(tip.Lane);
        AdvanceAcknowledged(chain);
    }

    /// <summary>V2: transactions that a block above this cut could hold now, of lanes that nobody is suspicious of: in proposable batches, or waiting in the own lane.</summary>
    public int TransactionsAhead(Cut cut)
    {
        int ahead = _sealing.Waiting;
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            var id = new ValidatorId(lane);
            if (ProposableTip(id, cut[id]) is { } tip)
                ahead += TransactionsIn(_lanes[lane], tip, cut[id].Position);
        }
        return ahead;
    }

    /// <inheritdoc/>
    public int TransactionsExpected => _expected.Count(_isSuspect);

    public bool HoldsForProposal => _sealing.HoldsForProposal;

    public void SealForProposal() => _sealing.SealForProposal();

    public void ViewFailed(View view) => _sealing.ViewFailed(view);

    public void Committed(IReadOnlyList<Batch> batches, Cut cut)
    {
        if (batches.Count == 0)
            return;
        _expected.Ordered(batches, TransactionsAhead(cut));
    }

    private static int TransactionsIn(LaneChain chain, Tip tip, long above)
    {
        int transactions = 0;
        foreach (HeldBatch held in chain.Down(tip, above))
            transactions += held.Batch.Header.TransactionCount;
        return transactions;
    }

    public void Forget(Height durable)
    {
        foreach (LaneChain chain in _lanes)
            chain.Forget(durable);
    }

    public void RestoreFloor(LogRecord.Floor floor)
    {
        foreach (LaneChain chain in _lanes)
        {
            chain.MoveFrontier(floor.Cut[chain.Lane]);
            Tip acknowledged = chain.Lane == _options.Self ? floor.OwnTip : floor.Acknowledged[chain.Lane];
            if (acknowledged.Position > 0)
                chain.RestoreAcknowledged(acknowledged);
        }
    }

    public void RestoreBatch(Batch batch)
    {
        LaneChain chain = this[batch.Lane];
        if (batch.Position <= chain.Frontier.Position || chain.Find(batch.Digest) is not null)
            return;
        bool isOwn = batch.Lane == _options.Self;
        chain.Store(batch, isOwn);
        if (isOwn && batch.Position > chain.Acknowledged.Position)
            chain.RestoreAcknowledged(batch.Tip);
        else if (chain.Acknowledged.Position >= batch.Position)
            chain.MarkRestored();
    }

    public void RestoreAcknowledgement(Acknowledgement acknowledgement)
    {
        foreach (LaneTip leaf in acknowledgement.Leaves)
        {
            LaneChain chain = this[leaf.Lane];
            if (leaf.Tip.Position > chain.Acknowledged.Position)
                chain.RestoreAcknowledged(leaf.Tip);
        }
    }

    /// <summary>What a checkpoint must keep of the lanes.</summary>
    public IEnumerable<LogRecord> BatchesToKeep() => _lanes.SelectMany(chain => chain.All()).Select(held => new LogRecord.StoredBatch(held.Batch));

    public Tip OwnTip => Own.Acknowledged;

    public Tip OwnAvailable => Own.BestAvailable;

    public Cut AcknowledgedCut() =>
        Cut.Empty(_scope.ValidatorCount).Advance([.. _lanes.Where(chain => chain.Acknowledged.Position > 0).Select(chain => new LaneTip(chain.Lane, chain.Acknowledged))]);

    private bool MayStore(LaneChain chain, Message.BatchMessage message)
    {
        Batch batch = message.Batch;
        if (batch.Lane == _options.Self)
            return false;
        if (!message.TransactionsValid)
        {
            _fetcher.Distrust(batch.Lane);
            _outbox.Emit(new Effect.Alarm(AlarmKind.InvalidTransaction, batch.Lane, $"{batch} holds an invalid transaction"));
            return false;
        }
        if (chain.At(batch.Position).Count > 0 || (batch.Position == chain.Acknowledged.Position && batch.Digest != chain.Acknowledged.Digest))
        {
            chain.MarkEquivocated();
            _fetcher.Distrust(batch.Lane);
            _outbox.Emit(new Effect.Alarm(AlarmKind.LaneEquivocation, batch.Lane, $"a second batch at {batch.Lane} {batch.Position}: {batch.Digest}"));
            return false;
        }
        return batch.Position <= chain.Frontier.Position + _parameters.LaneWindowBatches
            && chain.BytesAboveFrontier + batch.Payload.Length <= _parameters.LaneWindowBytes + Batch.PayloadBytesMax;
    }

    private void Store(LaneChain chain, Batch batch, bool transactionsValid)
    {
        _fetcher.Came(batch);
        _outbox.Persist(new LogRecord.StoredBatch(batch));
        chain.Store(batch, transactionsValid);
        if (transactionsValid)
            PassOn(batch);
        _fetcher.Refresh(chain.Lane);
    }

    /// <summary>V8: by one; who is not sent it asks.</summary>
    private void PassOn(Batch batch)
    {
        foreach (ValidatorId listener in _hearing.PassedOnTo(batch.Lane, relays: 1, _now))
            _outbox.Send(listener, new Message.BatchMessage(batch, null));
    }

    private void AdvanceAcknowledged(LaneChain chain)
    {
        if (chain.Lane == _options.Self)
            return;
        while (chain.NextPosition <= chain.Frontier.Position + _parameters.LaneWindowBatches && chain.NextToAcknowledge() is { } next)
        {
            chain.Acknowledge(next);
            _newlyAcknowledged[chain.Lane.Value] = true;
            _acknowledgeDueTicks = Math.Min(_acknowledgeDueTicks, _now + AcknowledgeDelayTicks);
        }
    }

    /// <summary>A batch that does not join on: ask its author for what lies between.</summary>
    private void AskForGap(LaneChain chain, Batch batch)
    {
        bool gap = batch.Position > chain.NextPosition && chain.Find(batch.Digest) is not null;
        if (!gap || _now < _gapAskedTicks[chain.Lane.Value] + _parameters.DeltaBaseTicks || chain.FirstMissing(batch.Tip, chain.NextPosition - 1) is not { } missing)
            return;
        _gapAskedTicks[chain.Lane.Value] = _now;
        _outbox.Send(chain.Lane, new Message.BatchRequest(chain.Lane, chain.NextPosition, missing, Height.Genesis));
    }

    /// <summary>The batches are here, what is missing is the proof: whoever proposed the tip has one.</summary>
    private void AskAgain(LaneTip tip, ValidatorId first)
    {
        if (first == _options.Self)
            return;
        _gapAskedTicks[tip.Lane.Value] = _now;
        // Where f = 0 no proof replaces the own acknowledgement, and batches stored before a restart are acknowledged once they come again.
        long from = _scope.Faulty == 0 ? Math.Min(this[tip.Lane].NextPosition, tip.Tip.Position) : tip.Tip.Position;
        _outbox.Send(first, new Message.BatchRequest(tip.Lane, from, tip.Tip, Height.Genesis));
    }

    /// <summary>
    /// L3: where a holder's own acknowledgement and the author's signature are a proof, only the author learns anything from another's, and nothing once its batch is ordered. So it is
    /// told only of what is not ordered by the time that it could seal the next batch for it.
    /// </summary>
    private long AcknowledgeDelayTicks => _scope.OneHonest > 2 ? 0 : _parameters.GatherLimitTicks / 2;

    private void SignAcknowledgements()
    {
        bool isNew = false;
        bool isAgain = false;
        foreach (LaneChain chain in _lanes)
        {
            int lane = chain.Lane.Value;
            _newlyAcknowledged[lane] &= AcknowledgeDelayTicks == 0 || chain.Acknowledged.Position > chain.Frontier.Position;
            isNew |= _newlyAcknowledged[lane];
            isAgain |= _acknowledgeAgain[lane];
        }
        if (!isNew)
            _acknowledgeDueTicks = long.MaxValue;
        if (!isAgain && _now < _acknowledgeDueTicks)
            return;
        _acknowledgeDueTicks = long.MaxValue;
        var leaves = new List<LaneTip>();
        foreach (LaneChain chain in _lanes)
        {
            int lane = chain.Lane.Value;
            if ((_newlyAcknowledged[lane] || _acknowledgeAgain[lane]) && chain.Acknowledged.Position > 0)
                leaves.Add(new LaneTip(chain.Lane, chain.Acknowledged));
            _newlyAcknowledged[lane] = _acknowledgeAgain[lane] = false;
        }
        if (leaves.Count == 0)
            return;
        Signature signature = _options.Signer.Sign(SigningBytes.OfAcknowledgement(_scope, leaves.Count, MerkleTree.RootOf(leaves)).Span);
        var acknowledgement = new Acknowledgement(_options.Self, leaves, signature);
        if (isNew)
            _outbox.Persist(new LogRecord.OwnAcknowledgement(acknowledgement));
        foreach (LaneTip leaf in leaves)
            this[leaf.Lane].TakeAcknowledgement(_options.Self, leaf.Tip, acknowledgement);
        Tell(acknowledgement);
    }

    /// <summary>L3: where a holder's own acknowledgement and the author's signature make the proof, only the authors learn anything from it.</summary>
    private void Tell(Acknowledgement acknowledgement)
    {
        var message = new Message.Acknowledged(acknowledgement);
        if (_scope.OneHonest > 2)
        {
            _outbox.Broadcast(message);
            return;
        }
        foreach (LaneTip leaf in acknowledgement.Leaves)
        {
            if (leaf.Lane != _options.Self)
                _outbox.Send(leaf.Lane, message);
        }
    }
}
