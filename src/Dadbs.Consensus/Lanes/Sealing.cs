namespace Dadbs.Consensus;

/// <summary>
/// The own lane's way out, rules L1 and L4: when what waits leaves, and how: sealed into a batch, alone or with the own proposal (V2), or forwarded to the leader whose proposal comes next.
/// </summary>
internal sealed class Sealing
{
    private readonly ReplicaOptions _options;
    private readonly EpochScope _scope;
    private readonly ConsensusParameters _parameters;
    private readonly Outbox _outbox;
    private readonly LaneChain _lane;
    private readonly OwnLane _waiting;
    private readonly Forwarding _forwarding;
    private long _resendTicks = long.MaxValue;
    private long _dueTicks = long.MaxValue;
    private long _now;

    public Sealing(ReplicaOptions options, Outbox outbox, LaneChain lane, HandOverNumbers numbers)
    {
        _options = options;
        _scope = options.Scope;
        _parameters = options.Parameters;
        _outbox = outbox;
        _lane = lane;
        _waiting = new OwnLane(_parameters);
        _forwarding = new Forwarding(_scope, _parameters, options.Sealer, outbox, numbers);
    }

    public bool IntakeOpen => _waiting.Open;

    /// <summary>Transactions that are in no batch yet.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>See <see cref="Replica.SubmissionsWorthATurn"/>. While a batch is in flight the clock decides.</summary>
    public int SubmissionsWorthATurn => HasNoneInFlight ? _waiting.WorthATurn : int.MaxValue;

    /// <summary>Own transactions are with other validators (L4).</summary>
    public bool Forwards => !_forwarding.IsEmpty;

    /// <summary>In whose proposal what waits can stand next (<see cref="SimplexReplica.NextProposal"/>); null: in none that can be counted on.</summary>
    public View? NextProposal { get; set; }

    /// <summary>What waits here waits for the own proposal.</summary>
    public bool Leads => NextProposal is { } view && _scope.LeaderOf(view) == _options.Self;

    /// <summary>V2: something would go into the own proposal.</summary>
    public bool HoldsForProposal => _scope.ValidatorCount > 1 && !_waiting.IsEmpty && WindowOpen();

    public long NextDeadlineTicks => Math.Min(Math.Min(_dueTicks, _resendTicks), _forwarding.NextDeadlineTicks);

    private bool HasNoneInFlight => _lane.Acknowledged.Position <= _lane.Frontier.Position;

    /// <summary>All that left here is ordered.</summary>
    private bool IsIdle => HasNoneInFlight && _forwarding.IsEmpty;

    public void BeginStep(long now) => _now = now;

    /// <summary>After recovery a tip without proof is sent again, in case the links' first words were lost.</summary>
    public void Start()
    {
        if (_scope.ValidatorCount > 1 && _lane.BestAvailable.Position < _lane.Acknowledged.Position)
            _resendTicks = _now + ResendAfterTicks;
    }

    public void Submit(Input.Submitted submitted) => _waiting.Add(submitted.Transaction, _now - submitted.WaitedTicks);

    public void OnLinkDown(ValidatorId peer) => _forwarding.LinkDown(peer, _now);

    public void ViewFailed(View view) => _forwarding.ViewFailed(view, _now);

    public void PushedBack(ValidatorId from, long number) => _forwarding.PushedBack(from, number, _now);

    /// <summary>L4: these stand in a final block.</summary>
    public void Ordered(IReadOnlyList<Digest> ids)
    {
        if (_forwarding.IsEmpty)
            return;
        _forwarding.Ordered(ids);
        OnOrdered();
    }

    /// <summary>Something that left here is ordered.</summary>
    public void OnOrdered()
    {
        if (IsIdle)
            _waiting.BecameIdle(_now);
    }

    public void Tick()
    {
        if (_now >= _resendTicks)
            Resend();
    }

    public void EndOfTurn()
    {
        foreach (LaneTransaction overdue in _forwarding.TakeOverdue(_now))
            _waiting.Add(overdue, _now, stays: true);
        _dueTicks = long.MaxValue;
        while (!_waiting.IsEmpty && MayLeave())
        {
            if (MayForward(out View view))
                _forwarding.Forward(_waiting.Take(_now), view, _now);
            else if (WindowOpen())
                Seal();
            else
                break;
        }
        if (_resendTicks != long.MaxValue && _lane.BestAvailable.Position >= _lane.Acknowledged.Position)
            _resendTicks = long.MaxValue;
    }

    /// <summary>V2: batch and proposal leave after one flush.</summary>
    public void SealForProposal()
    {
        if (HoldsForProposal)
            Seal();
    }

    /// <summary>L4: all that waits is own, little, and nothing before it is under way in the own lane.</summary>
    private bool MayForward(out View view)
    {
        view = NextProposal ?? default;
        return NextProposal is not null && !Leads && !_waiting.MustSeal && HasNoneInFlight && _forwarding.MayForwardTo(_scope.LeaderOf(view), _waiting.WaitingBytes, _now);
    }

    private bool WindowOpen() =>
        _lane.Acknowledged.Position - _lane.Frontier.Position < _parameters.LaneWindowBatches && _lane.BytesAboveFrontier < _parameters.LaneWindowBytes;

    /// <summary>
    /// L1. A full batch: at once. Before the own proposal: with that, or after the overlap limit without it. Else where all that left is ordered: at once if as many wait as were under way
    /// before, or after its patience. Else with the last batch's proof, at the overlap limit.
    /// </summary>
    private bool MayLeave()
    {
        if (_waiting.HoldsFullBatch)
            return true;
        if (Leads)
            return IsDue(_waiting.WaitingSinceTicks + _parameters.OverlapLimitTicks);
        if (IsIdle)
            return _waiting.HoldsAllExpected || IsDue(_waiting.WaitingSinceTicks + _waiting.PatienceTicks);
        bool isProven = HasNoneInFlight || _lane.BestAvailable.Position >= _lane.Acknowledged.Position;
        return isProven && IsDue(_waiting.LastSealTicks + Math.Max(_parameters.SealIntervalTicks, _parameters.OverlapLimitTicks));
    }

    private bool IsDue(long due)
    {
        if (_now >= due)
            return true;
        _dueTicks = due;
        return false;
    }

    private void Seal()
    {
        List<LaneTransaction> transactions = _waiting.Take(_now);
        (ReadOnlyMemory<byte> payload, Digest content, object? attached) = _options.Sealer.Seal(transactions);
        Tip parent = _lane.Acknowledged.Position >= _lane.Frontier.Position ? _lane.Acknowledged : _lane.Frontier;
        var header = new BatchHeader(
            _scope.Epoch, _options.Self, parent.Position + 1, parent.Digest, Digest.Sha256(payload.Span), payload.Length, transactions.Count, content);
        Signature signature = _options.Signer.Sign(SigningBytes.OfBatch(_scope, Batch.DigestOf(_scope, header), content).Span);
        Batch batch = Batch.Create(_scope, header, signature, payload, attached);
        AvailabilityProof? proof = parent.Position > _lane.Frontier.Position ? _lane.ProofOf(parent) : null;
        _outbox.Persist(new LogRecord.StoredBatch(batch));
        _lane.Acknowledge(_lane.Store(batch, true));
        _outbox.Broadcast(new Message.BatchMessage(batch, proof));
        if (_scope.ValidatorCount > 1)
            _resendTicks = _now + ResendAfterTicks;
    }

    /// <summary>A link that stays up while it loses nothing never comes here; a peer that dropped a batch (its window was full) does.</summary>
    private long ResendAfterTicks => 4 * _parameters.DeltaBaseTicks;

    private void Resend()
    {
        foreach (HeldBatch held in _lane.Down(_lane.Acknowledged, Math.Max(_lane.BestAvailable.Position, _lane.Frontier.Position)).Reverse())
            _outbox.Broadcast(new Message.BatchMessage(held.Batch, null));
        _resendTicks = _lane.BestAvailable.Position < _lane.Acknowledged.Position ? _now + ResendAfterTicks : long.MaxValue;
    }
}
