namespace Dadbs.Consensus;

/// <summary>Links as T2 and V7 need them: who is connected, when who was last heard, whom a late vote was answered when.</summary>
internal sealed class PeerTable(EpochScope scope, ValidatorId self, ConsensusParameters parameters)
{
    private readonly bool[] _up = new bool[scope.ValidatorCount];
    private readonly long[] _heardTicks = [.. Enumerable.Repeat(long.MinValue / 2, scope.ValidatorCount)];
    private readonly long[] _answeredTicks = [.. Enumerable.Repeat(long.MinValue / 2, scope.ValidatorCount)];
    private readonly View[] _shown = new View[scope.ValidatorCount];
    private int _rotation = self.Value;

    public void Up(ValidatorId peer, long now)
    {
        _up[peer.Value] = true;
        _heardTicks[peer.Value] = now;
        _answeredTicks[peer.Value] = long.MinValue / 2;
    }

    public void Down(ValidatorId peer) => _up[peer.Value] = false;

    /// <summary>May be told late and out of order.</summary>
    public void Heard(ValidatorId peer, long at) => _heardTicks[peer.Value] = Math.Max(_heardTicks[peer.Value], at);

    /// <summary>V1: what the peer said, it can only say in this view or a later one.</summary>
    public void Shows(ValidatorId peer, View view)
    {
        if (view > _shown[peer.Value])
            _shown[peer.Value] = view;
    }

    /// <summary>V1: the others who have not shown that they are in this view.</summary>
    public IEnumerable<ValidatorId> NotSeenIn(View view)
    {
        for (int peer = 0; peer < scope.ValidatorCount; peer++)
        {
            if (peer != self.Value && _shown[peer] < view)
                yield return new ValidatorId(peer);
        }
    }

    /// <summary>V1: nobody is left of <see cref="NotSeenIn"/>.</summary>
    public bool AllSeenIn(View view)
    {
        for (int peer = 0; peer < scope.ValidatorCount; peer++)
        {
            if (peer != self.Value && _shown[peer] < view)
                return false;
        }
        return true;
    }

    /// <summary>V7: a late vote is answered once per Δ and peer.</summary>
    public bool MayAnswer(ValidatorId peer, long now, long delta)
    {
        if (now < _answeredTicks[peer.Value] + delta)
            return false;
        _answeredTicks[peer.Value] = now;
        return true;
    }

    /// <summary>T2: the leader's link is down or silent, while a quorum with this node in it is heard.</summary>
    public bool IsSilent(ValidatorId leader, long now) => leader != self && !IsHeard(leader, now) && HearsQuorum(now);

    /// <summary>With this node in it.</summary>
    public bool HearsQuorum(long now)
    {
        int heard = 1;
        for (int peer = 0; peer < scope.ValidatorCount; peer++)
        {
            if (peer != self.Value && IsHeard(new ValidatorId(peer), now))
                heard++;
        }
        return heard >= scope.Quorum;
    }

    /// <summary>When the leader, heard now, would become silent.</summary>
    public long SilentFrom(ValidatorId leader) => leader == self ? long.MaxValue : _heardTicks[leader.Value] + parameters.SkipSilentLeaderTicks + 1;

    /// <summary>Another peer each time, connected ones only as long as there is one.</summary>
    public ValidatorId NextToAsk()
    {
        for (int tried = 0; tried < scope.ValidatorCount; tried++)
        {
            _rotation = (_rotation + 1) % scope.ValidatorCount;
            if (_rotation != self.Value && _up[_rotation])
                return new ValidatorId(_rotation);
        }
        return new ValidatorId((self.Value + 1) % scope.ValidatorCount);
    }

    public bool IsHeard(ValidatorId peer, long now) => _up[peer.Value] && now <= _heardTicks[peer.Value] + parameters.SkipSilentLeaderTicks;
}
