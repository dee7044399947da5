namespace Dadbs.Consensus;

/// <summary>
/// The batches that this node needs and does not hold, asked for from the top of a segment down, one peer after the other. Accepting is by digest,
/// so a batch that a certified cut names is taken whatever else stands at its position.
/// </summary>
internal sealed class BatchFetcher(EpochScope scope, ValidatorId self, IReadOnlyList<LaneChain> lanes, ConsensusParameters parameters, Outbox outbox)
{
    /// <summary>How small a part of Δ a batch has to come by itself.</summary>
    private const int GraceShare = 16;

    /// <summary>After so many batches of a lane that had to be asked for, the next are asked for at once.</summary>
    private const int LateMax = 3;

    /// <summary>How small a part of Δ the one asked first has to answer; then, in a small cluster, everybody is asked.</summary>
    private const int PatienceShare = 4;

    private const int AskAllMax = 16;

    /// <summary>After so many batches that came from its author by themselves a lane is thought well of again.</summary>
    private const int DistrustMax = 64;

    private readonly int[] _distrust = new int[scope.ValidatorCount];
    private readonly int[] _late = new int[scope.ValidatorCount];
    private readonly SortedDictionary<(int Lane, long Position, Digest Digest), WantedSegment> _wants = [];

    public long NextDeadlineTicks => _wants.Count == 0 ? long.MaxValue : _wants.Values.Min(want => want.NextAskTicks);

    /// <summary>Idempotent. <paramref name="height"/> is the finalized block that ordered the segment, or 0; <paramref name="first"/> is asked first.</summary>
    public void Want(ValidatorId lane, Tip tip, long above, Height height, ValidatorId first, long now)
    {
        if (lanes[lane.Value].FirstMissing(tip, above) is not { } missing)
            return;
        if (_wants.TryGetValue((lane.Value, tip.Position, tip.Digest), out WantedSegment? want))
        {
            want.Above = Math.Min(want.Above, above);
            if (height <= want.Height)
                return;
            want.Height = height;
        }
        else
        {
            want = new WantedSegment { Lane = lane, Tip = tip, Above = above, Height = height, Missing = missing, Peer = first };
            _wants.Add((lane.Value, tip.Position, tip.Digest), want);
        }
        if (lanes[lane.Value].At(missing.Position).Count > 0)
            Distrust(lane);
        // A batch that no final block waits for is most likely on its way: it left its author no later than whatever named it. Unless its author is known to be late.
        if (height == Height.Genesis && !ComesLate(lane) && !IsDistrusted(lane))
            want.NextAskTicks = now + (parameters.DeltaBaseTicks / GraceShare);
        else
            Ask(want, now);
    }

    public bool ComesLate(ValidatorId lane) => _late[lane.Value] >= LateMax;

    /// <summary>
    /// The author showed a batch that may not be taken, or a second one at its position: what others name there will not come from it. Everybody is asked, at once.
    /// </summary>
    public void Distrust(ValidatorId lane) => _distrust[lane.Value] = DistrustMax;

    private bool IsDistrusted(ValidatorId lane) => _distrust[lane.Value] > 0;

    public bool IsWanted(Batch batch) => _wants.Count > 0 && _wants.Values.Any(want => want.Lane == batch.Lane && want.Missing == batch.Tip);

    /// <summary>A batch came. Asked for: its lane is late; by itself: a little less so.</summary>
    public void Came(Batch batch)
    {
        bool wasAsked = _wants.Count > 0 && _wants.Values.Any(want => want.Lane == batch.Lane && want.Missing == batch.Tip && want.Asked > 0);
        _late[batch.Lane.Value] = wasAsked ? LateMax * 2 : Math.Max(0, _late[batch.Lane.Value] - 1);
        if (!wasAsked && IsDistrusted(batch.Lane))
            _distrust[batch.Lane.Value]--;
    }

    public void Tick(long now)
    {
        if (_wants.Count == 0)
            return;
        foreach (WantedSegment want in _wants.Values.Where(want => want.NextAskTicks <= now).ToArray())
            Ask(want, now);
    }

    /// <summary>After a batch was stored or the frontier moved: what is complete or past is dropped.</summary>
    public void Refresh(ValidatorId lane)
    {
        if (_wants.Count == 0)
            return;
        LaneChain chain = lanes[lane.Value];
        foreach ((var key, WantedSegment want) in _wants.Where(entry => entry.Key.Lane == lane.Value).ToArray())
        {
            want.Above = Math.Max(want.Above, chain.Frontier.Position);
            if (chain.FirstMissing(want.Tip, want.Above) is { } missing)
            {
                want.Asked = missing == want.Missing ? want.Asked : 0;
                want.Missing = missing;
            }
            else
                _wants.Remove(key);
        }
    }

    private void Ask(WantedSegment want, long now)
    {
        if (scope.ValidatorCount == 1)
            return;
        if (want.Peer == self)
            want.Peer = After(want.Peer);
        var request = new Message.BatchRequest(want.Lane, want.Above + 1, want.Missing, want.Height);
        if ((want.Asked == 1 || IsDistrusted(want.Lane)) && want.Height == Height.Genesis && scope.ValidatorCount <= AskAllMax)
            outbox.Broadcast(request);
        else
            outbox.Send(want.Peer, request);
        want.Peer = After(want.Peer);
        want.NextAskTicks = now + (want.Asked == 0 && want.Height == Height.Genesis ? parameters.DeltaBaseTicks / PatienceShare : parameters.DeltaBaseTicks);
        want.Asked++;
    }

    private ValidatorId After(ValidatorId peer)
    {
        var next = new ValidatorId((peer.Value + 1) % scope.ValidatorCount);
        return next == self ? new ValidatorId((next.Value + 1) % scope.ValidatorCount) : next;
    }

    private sealed class WantedSegment
    {
        public required ValidatorId Lane { get; init; }

        public required Tip Tip { get; init; }

        public required long Above { get; set; }

        public required Height Height { get; set; }

        public required Tip Missing { get; set; }

        public required ValidatorId Peer { get; set; }

        public long NextAskTicks { get; set; }

        /// <summary>How often since the missing batch is this one.</summary>
        public int Asked { get; set; }
    }
}
