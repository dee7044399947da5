namespace Dadbs.Consensus;

/// <summary>All that a follower is built from.</summary>
public sealed record FollowerOptions
{
    public required EpochScope Scope { get; init; }

    /// <summary>The last block that the block log holds; genesis for a fresh directory.</summary>
    public required Block Head { get; init; }

    /// <summary>The full cut after <see cref="Head"/>.</summary>
    public required Cut Cut { get; init; }

    /// <summary>Makes the payload of what is handed over, as a lane's batches have it.</summary>
    public required IBatchSealer Sealer { get; init; }

    /// <summary>It stops at this height, and takes for granted that it exists: a node that heals its block log knows that it held so much. Null: it follows on.</summary>
    public Height? Through { get; init; }

    /// <summary>The validator's slot that this node has, and that it therefore does not ask; null: none.</summary>
    public ValidatorId? Self { get; init; }

    /// <summary>To whom it hands over first; spread over the validators by the host.</summary>
    public ValidatorId Home { get; init; }

    public ConsensusParameters Parameters { get; init; } = ConsensusParameters.Default;
}

/// <summary>
/// A node that is in no validator slot: it says nothing about views or lanes. It follows the chain by what final blocks prove (C1), fetches their batches, and
/// hands its own transactions over (L4). It needs no log of its own statements, for it makes none that bind it.
/// </summary>
public sealed class Follower : IConsensusCore
{
    private readonly EpochScope _scope;
    private readonly ConsensusParameters _parameters;
    private readonly Outbox _outbox;
    private readonly FollowedLanes _lanes;
    private readonly DeliveryQueue _deliveries;
    private readonly HandOver _handOver;
    private readonly Height[] _announced;
    private readonly bool[] _up;
    private readonly Height? _through;
    private ValidatorId _asked;
    private long _askAgainTicks = long.MaxValue;
    private Cut _cut;
    private long _now;

    public Follower(FollowerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _scope = options.Scope;
        _parameters = options.Parameters.Validate();
        _outbox = new Outbox(_scope);
        _lanes = new FollowedLanes(_scope, options.Self, _parameters, _outbox, options.Cut);
        _deliveries = new DeliveryQueue(_scope, _lanes, _outbox, options.Head, options.Cut, _parameters.CatchUpBlocks, NextToAsk);
        _handOver = new HandOver(_scope, _parameters, options.Sealer, _outbox, new HandOverNumbers(), options.Home);
        _announced = new Height[_scope.ValidatorCount];
        _up = new bool[_scope.ValidatorCount];
        _asked = options.Home;
        _through = options.Through;
        _cut = options.Cut;
        Finalized = options.Head;
    }

    public long NextDeadlineTicks => Math.Min(Math.Min(_lanes.NextDeadlineTicks, _askAgainTicks), _handOver.NextDeadlineTicks);

    public bool IntakeOpen => _handOver.Open;

    public bool HandsOver => !_handOver.IsEmpty;

    /// <summary>The view after the last final block: a follower is in none.</summary>
    public View View => Finalized.View.Next;

    public int BatchesWorthATurn => 1;

    public int SubmissionsWorthATurn => 1;

    public bool AwaitsExecution => false;

    public bool ExpectsUnanimity => false;

    public Tip OwnAvailable => Tip.Origin;

    public Block Finalized { get; private set; }

    public Height Delivered => _deliveries.Delivered;

    /// <summary>Transactions handed to more than one validator so far (L4).</summary>
    public long HandOverRetries => _handOver.Retries;

    public bool Holds(CertificateKey key) => false;

    public long FrontierOf(ValidatorId lane) => _lanes.FrontierOf(lane);

    public IReadOnlyList<Effect> Step(Moment now, Input input, bool more = false)
    {
        _now = now.Ticks;
        _lanes.BeginStep(_now);
        Take(input);
        if (input is Input.EndOfTurn or Input.Tick or Input.LinkUp or Input.LinkDown)
            _handOver.Evaluate(now);
        if (!more)
            Follow();
        return _outbox.Drain();
    }

    private void Take(Input input)
    {
        switch (input)
        {
            case Input.Tick:
                _lanes.Tick();
                break;
            case Input.LinkUp up:
                _up[up.Peer.Value] = true;
                _handOver.LinkUp(up.Peer, _now);
                break;
            case Input.LinkDown down:
                _up[down.Peer.Value] = false;
                _handOver.LinkDown(down.Peer, _now);
                break;
            case Input.Submitted submitted:
                _handOver.Submit(submitted.Transaction);
                break;
            case Input.Ordered ordered:
                _handOver.Ordered(ordered.Ids);
                break;
            case Input.BlockLogDurable durable:
                _deliveries.BlockLogDurable(durable.Height);
                _lanes.Forget(durable.Height);
                break;
            case Input.Received received:
                Take(received.From, received.Message.Value);
                break;
        }
    }

    private void Take(ValidatorId from, Message message)
    {
        switch (message)
        {
            case Message.Progress progress when progress.ExecutedHint > _announced[from.Value]:
                _announced[from.Value] = progress.ExecutedHint;
                break;
            case Message.FinalizedBlocks blocks:
                TakeBlocks(blocks.Blocks);
                break;
            case Message.BatchMessage batch:
                _lanes.TakeBatch(batch);
                break;
            case Message.PushedBack pushed:
                _handOver.PushedBack(from, pushed.Number, _now);
                break;
        }
    }

    /// <summary>The rim checked the run's last finalization and that each block stands on the one before; here it must join on to the head.</summary>
    private void TakeBlocks(IReadOnlyList<FinalizedBlock> blocks)
    {
        Block before = Finalized;
        foreach (FinalizedBlock final in blocks.Where(block => block.Block.Height > Finalized.Height && !(block.Block.Height > _through)))
        {
            Block block = final.Block;
            if (block.Height != Finalized.Height.Next || block.Header.ParentDigest != Finalized.Digest)
                break;
            Cut after = _cut.Advance(block.Header.Cut);
            Invariant.Check(after.DigestIn(_scope) == block.Header.CutDigest, "a final block's cut is that of its chain");
            _deliveries.Add(new FinalBlock(block, _cut, after, final.Finalization));
            (_cut, Finalized) = (after, block);
        }
        if (Finalized != before)
            _askAgainTicks = long.MaxValue;
    }

    /// <summary>Asks for what exists, another validator each Δ. Delivers what is complete.</summary>
    private void Follow()
    {
        _deliveries.Deliver();
        // What f + 1 announce, one honest node has.
        Height announced = _through ?? _announced.OrderDescending().ElementAt(_scope.OneHonest - 1);
        if (announced <= Finalized.Height || _deliveries.WaitingCount >= _parameters.CatchUpBlocks)
        {
            _askAgainTicks = long.MaxValue;
            return;
        }
        if (_askAgainTicks != long.MaxValue && _now < _askAgainTicks)
            return;
        _askAgainTicks = _now + _parameters.DeltaBaseTicks;
        _outbox.Send(NextToAsk(), new Message.BlocksRequest(Finalized.Height.Next));
    }

    /// <summary>Another each time, of those that are linked and announced what is missing.</summary>
    private ValidatorId NextToAsk()
    {
        for (int step = 1; step <= _scope.ValidatorCount; step++)
        {
            var next = new ValidatorId((_asked.Value + step) % _scope.ValidatorCount);
            if (_up[next.Value] && (_through is not null || _announced[next.Value] >= Finalized.Height))
                return _asked = next;
        }
        return _asked;
    }
}
