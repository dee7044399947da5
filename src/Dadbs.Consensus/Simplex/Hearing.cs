namespace Dadbs.Consensus;

/// <summary>
/// Rule V8: who says that it does not hear whom, because a link is broken or one of the two put the other off. What a validator says is passed on to those that do not hear it, so that one link
/// less costs a hop and not a timer; and T2 takes a leader for away only if others do not hear it either.
/// </summary>
internal sealed class Hearing(EpochScope scope, ValidatorId self, PeerTable peers, Outbox outbox)
{
    /// <summary>Turns, as a power of two, for which a leader counts as not heard that kept its proposals from this node.</summary>
    private const int MissedLogMax = 9;

    /// <summary>Proposals over the leader's own link that pay off one that was missed.</summary>
    private const int ShownForOne = 16;

    private readonly int[] _missed = new int[scope.ValidatorCount];
    private readonly int[] _shown = new int[scope.ValidatorCount];
    private readonly View[] _missedUntil = new View[scope.ValidatorCount];

    /// <summary>By who says so, and whom it does not hear. The own row is what was last said.</summary>
    private readonly bool[,] _unheard = new bool[scope.ValidatorCount, scope.ValidatorCount];

    /// <summary>Pairs in <see cref="_unheard"/>: mostly none.</summary>
    private int _pairs;

    /// <summary>Tells all when there is something new. Who hears no quorum is alone itself, and leaves it at what it said.</summary>
    public void Say(View current, long now)
    {
        if (!peers.HearsQuorum(now))
            return;
        bool isNew = false;
        for (int peer = 0; peer < scope.ValidatorCount; peer++)
            isNew |= peer != self.Value && Note(self, new ValidatorId(peer), !Hears(new ValidatorId(peer), current, now));
        if (isNew)
            outbox.Broadcast(Own());
    }

    /// <summary>What was missed over the link before says nothing about this one.</summary>
    public void LinkUp(ValidatorId peer)
    {
        _missed[peer.Value] = 0;
        _missedUntil[peer.Value] = default;
        outbox.Send(peer, Own());
    }

    /// <summary>The link lives, and what the peer has to say comes over it.</summary>
    public bool Hears(ValidatorId peer, View current, long now) => peers.IsHeard(peer, now) && current >= _missedUntil[peer.Value];

    /// <summary>A proposal came over its leader's own link.</summary>
    public void Shown(ValidatorId leader)
    {
        if (_missed[leader.Value] == 0 || ++_shown[leader.Value] < ShownForOne)
            return;
        _shown[leader.Value] = 0;
        _missed[leader.Value]--;
    }

    /// <summary>The others notarized a proposal that its leader did not show here, though its link lives.</summary>
    public void Missed(View view)
    {
        int leader = scope.LeaderOf(view).Value;
        _missed[leader] = Math.Min(MissedLogMax, _missed[leader] + 1);
        _shown[leader] = 0;
        _missedUntil[leader] = new View(view.Value + ((long)scope.ValidatorCount << _missed[leader]) + 1);
    }

    /// <summary>What the peer said is old.</summary>
    public void LinkDown(ValidatorId peer) => Heard(peer, new Message.Unheard([]));

    public void Heard(ValidatorId from, Message.Unheard said)
    {
        for (int peer = 0; peer < scope.ValidatorCount; peer++)
            Note(from, new ValidatorId(peer), peer != from.Value && said.Validators.Contains(new ValidatorId(peer)));
    }

    /// <summary>T2: neither this node nor f others, one of them honest, hear the leader, while this node hears a quorum.</summary>
    public bool IsAway(ValidatorId leader, long now)
    {
        if (!peers.IsSilent(leader, now))
            return false;
        int others = 0;
        for (int peer = 0; peer < scope.ValidatorCount; peer++)
            others += peer != self.Value && _unheard[peer, leader.Value] ? 1 : 0;
        return others >= scope.Faulty;
    }

    /// <summary>
    /// Those to whom this node passes on what the speaker said to it: of those who hear both the first <paramref name="relays"/> after the one that does not hear the speaker do so.
    /// </summary>
    public IReadOnlyList<ValidatorId> PassedOnTo(ValidatorId speaker, int relays, long now)
    {
        if (_pairs == 0 || speaker == self || !peers.IsHeard(speaker, now))
            return [];
        var listeners = new List<ValidatorId>();
        for (int peer = 0; peer < scope.ValidatorCount; peer++)
        {
            if (peer != self.Value && _unheard[peer, speaker.Value] && IsAmong(relays, peer, speaker.Value))
                listeners.Add(new ValidatorId(peer));
        }
        return listeners;
    }

    private bool IsAmong(int relays, int listener, int speaker)
    {
        for (int step = 1, found = 0; step < scope.ValidatorCount && found < relays; step++)
        {
            int relay = (listener + step) % scope.ValidatorCount;
            if (relay == speaker || _unheard[relay, speaker] || _unheard[relay, listener] || _unheard[listener, relay])
                continue;
            if (relay == self.Value)
                return true;
            found++;
        }
        return false;
    }

    private Message.Unheard Own()
    {
        var unheard = new List<ValidatorId>();
        for (int peer = 0; peer < scope.ValidatorCount; peer++)
        {
            if (_unheard[self.Value, peer])
                unheard.Add(new ValidatorId(peer));
        }
        return new Message.Unheard(unheard);
    }

    /// <summary>True when that is new.</summary>
    private bool Note(ValidatorId by, ValidatorId whom, bool isUnheard)
    {
        ref bool noted = ref _unheard[by.Value, whom.Value];
        if (noted == isUnheard)
            return false;
        noted = isUnheard;
        _pairs += isUnheard ? 1 : -1;
        return true;
    }
}
