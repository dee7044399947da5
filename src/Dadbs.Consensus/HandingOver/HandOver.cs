namespace Dadbs.Consensus;

/// <summary>
/// Rule L4: how a node without an open lane of its own has its transactions ordered. It hands each to one validator, its home; what is unordered after T goes to one more
/// at a time, at most f + 1 in all, under the same id, at most a tenth as many as it hands over in the first place, and none while a validator pushes back.
/// A session's transactions keep their order: the next is handed over when the one before it is ordered or has expired. Pure; effects are messages only.
/// </summary>
internal sealed class HandOver(EpochScope scope, ConsensusParameters parameters, IBatchSealer sealer, Outbox outbox, HandOverNumbers numbers, ValidatorId home)
{
    /// <summary>What one more validator costs, in tenths of a transaction handed over for the first time.</summary>
    private const int RetryCost = 10;

    /// <summary>Saved for a home that fails: as many may be handed over again at once.</summary>
    private const int CreditMax = 64 * RetryCost;

    /// <summary>A home that pushed back for so many T is left for another: it may be lying.</summary>
    private const int PatienceShare = 4;

    private const int MessagesMax = 256;

    private readonly Dictionary<Digest, HandedTransaction> _all = [];
    private readonly Dictionary<ulong, Queue<HandedTransaction>> _sessions = [];
    private readonly SortedDictionary<long, HandedTransaction> _fresh = [];
    private readonly SortedDictionary<long, HandedTransaction> _given = [];
    private readonly SortedDictionary<long, HandedTransaction[]> _messages = [];
    private readonly bool[] _up = new bool[scope.ValidatorCount];
    private ValidatorId _home = home;
    private long _bytes;
    private long _number;
    private int _credit = RetryCost;
    private long _creditTicks;
    private long _resumeTicks = long.MinValue;
    private long? _pushedBackSince;

    /// <summary>L5: writers wait while so much is on its way.</summary>
    public bool Open => _bytes < parameters.HandOverBytesMax && _all.Count < parameters.HandOverCountMax;

    public bool IsEmpty => _all.Count == 0;

    public ValidatorId Home => _home;

    /// <summary>Handed to more than one validator, ever; for tests and counters.</summary>
    public long Retries { get; private set; }

    public long NextDeadlineTicks
    {
        get
        {
            if (_all.Count == 0 || !_up.Contains(true))
                return long.MaxValue;
            long given = long.MaxValue;
            foreach (HandedTransaction entry in _given.Values)
            {
                if (entry.Tried.Count < scope.OneHonest)
                    given = Math.Min(given, entry.DueTicks);
            }
            if (given != long.MaxValue && _credit < RetryCost)
                given = Math.Max(given, _creditTicks + parameters.DeltaBaseTicks);
            long due = _fresh.Count > 0 ? _resumeTicks : given;
            return due == long.MaxValue ? due : Math.Max(due, _resumeTicks);
        }
    }

    public void LinkUp(ValidatorId peer, long now)
    {
        _up[peer.Value] = true;
        // The link before this one may have lost it: the same validator once more is not one more validator.
        if (now >= _resumeTicks)
            Give(peer, [.. _given.Values.Where(entry => entry.Tried[^1] == peer)], now);
    }

    /// <summary>What its home never confirmed is due at once.</summary>
    public void LinkDown(ValidatorId peer, long now)
    {
        _up[peer.Value] = false;
        foreach (HandedTransaction entry in _given.Values.Where(entry => entry.Tried[^1] == peer))
            entry.DueTicks = now;
    }

    public void Submit(LaneTransaction transaction)
    {
        var entry = new HandedTransaction(transaction, _number++);
        if (!_all.TryAdd(transaction.Id, entry))
            return;
        _bytes += transaction.Bytes.Length;
        if (transaction.Session != 0)
        {
            if (!_sessions.TryGetValue(transaction.Session, out Queue<HandedTransaction>? session))
                _sessions.Add(transaction.Session, session = new Queue<HandedTransaction>());
            session.Enqueue(entry);
            if (session.Count > 1)
                return;
        }
        _fresh.Add(entry.Number, entry);
    }

    /// <summary>These stand in a final block.</summary>
    public void Ordered(IReadOnlyList<Digest> ids)
    {
        foreach (Digest id in ids)
        {
            if (_all.TryGetValue(id, out HandedTransaction? entry))
                Settle(entry);
        }
    }

    /// <summary>L4, L5: the validator's lane is full; it took nothing of this message.</summary>
    public void PushedBack(ValidatorId from, long number, long now)
    {
        if (!_messages.Remove(number, out HandedTransaction[]? message))
            return;
        _resumeTicks = now + parameters.DeltaBaseTicks;
        _pushedBackSince ??= now;
        foreach (HandedTransaction entry in message.Where(entry => _given.ContainsKey(entry.Number) && entry.Tried[^1] == from))
        {
            entry.Tried.RemoveAt(entry.Tried.Count - 1);
            if (entry.Tried.Count > 0)
                continue;
            _given.Remove(entry.Number);
            _fresh.Add(entry.Number, entry);
        }
        if (from == _home && now - _pushedBackSince >= PatienceShare * parameters.HandOverRetryTicks)
            MoveHome(now);
    }

    /// <summary>The end of a turn, or a deadline: everything that may leave now leaves.</summary>
    public void Evaluate(Moment now)
    {
        if (_all.Count == 0)
            return;
        Earn(now.Ticks);
        Expire(now.UtcMicros);
        if (now.Ticks < _resumeTicks)
            return;
        if (!_up[_home.Value])
            MoveHome(now.Ticks);
        if (_up[_home.Value] && _fresh.Count > 0)
            GiveFresh(now.Ticks);
        GiveToOneMore(now.Ticks);
    }

    private void GiveFresh(long now)
    {
        HandedTransaction[] fresh = [.. _fresh.Values];
        _fresh.Clear();
        foreach (HandedTransaction entry in fresh)
        {
            entry.Tried.Add(_home);
            _given.Add(entry.Number, entry);
        }
        _credit = Math.Min(CreditMax, _credit + fresh.Length);
        Give(_home, fresh, now);
    }

    /// <summary>In the order of submission, as far as the credit goes. Who finds nobody left that is linked waits for Δ.</summary>
    private void GiveToOneMore(long now)
    {
        var again = new SortedDictionary<int, List<HandedTransaction>>();
        foreach (HandedTransaction entry in _given.Values)
        {
            if (_credit < RetryCost)
                break;
            if (entry.DueTicks > now || entry.Tried.Count >= scope.OneHonest)
                continue;
            if (After(entry.Tried[^1], entry.Tried) is not { } next)
            {
                entry.DueTicks = now + parameters.DeltaBaseTicks;
                continue;
            }
            if (entry.Tried[^1] == _home)
                _home = next;
            _credit -= RetryCost;
            Retries++;
            entry.Tried.Add(next);
            if (!again.TryGetValue(next.Value, out List<HandedTransaction>? group))
                again.Add(next.Value, group = []);
            group.Add(entry);
        }
        foreach ((int validator, List<HandedTransaction> group) in again)
            Give(new ValidatorId(validator), group, now);
    }

    /// <summary>One message for as many as a batch would hold; each is signed anew, its id stays.</summary>
    private void Give(ValidatorId to, IReadOnlyList<HandedTransaction> entries, long now)
    {
        for (int at = 0; at < entries.Count;)
        {
            long bytes = 0;
            int from = at;
            for (; at < entries.Count && (at == from || bytes + entries[at].Transaction.Bytes.Length <= parameters.BatchBytes); at++)
            {
                bytes += entries[at].Transaction.Bytes.Length;
                entries[at].DueTicks = now + parameters.HandOverRetryTicks;
            }
            HandedTransaction[] message = [.. entries.Skip(from).Take(at - from)];
            long number = numbers.Next();
            _messages.Add(number, message);
            outbox.Send(to, new Message.HandedOver(number, message.Length, sealer.SealApart([.. message.Select(entry => entry.Transaction)])));
        }
        ForgetMessages();
    }

    /// <summary>What a push-back could still speak of; an older one is left to T.</summary>
    private void ForgetMessages()
    {
        if (_messages.Count <= MessagesMax)
            return;
        foreach (long number in _messages.Where(message => !message.Value.Any(entry => _given.ContainsKey(entry.Number))).Select(message => message.Key).ToArray())
            _messages.Remove(number);
        while (_messages.Count > MessagesMax)
            _messages.Remove(_messages.Keys.First());
    }

    private void Settle(HandedTransaction entry)
    {
        _pushedBackSince = null;
        _all.Remove(entry.Transaction.Id);
        _bytes -= entry.Transaction.Bytes.Length;
        _fresh.Remove(entry.Number);
        _given.Remove(entry.Number);
        if (entry.Transaction.Session == 0 || !_sessions.TryGetValue(entry.Transaction.Session, out Queue<HandedTransaction>? session))
            return;
        bool wasFirst = session.Peek() == entry;
        HandedTransaction[] rest = [.. session.Where(other => other != entry)];
        if (rest.Length == 0)
            _sessions.Remove(entry.Transaction.Session);
        else
            _sessions[entry.Transaction.Session] = new Queue<HandedTransaction>(rest);
        if (wasFirst && rest.Length > 0)
            _fresh.Add(rest[0].Number, rest[0]);
    }

    /// <summary>X1a: no block executes it any more, whatever clock its leader has.</summary>
    private void Expire(long utcMicros)
    {
        foreach (HandedTransaction entry in _all.Values.Where(entry => entry.Transaction.ExpiryMicros < utcMicros - parameters.ClockDriftMicros).OrderBy(entry => entry.Number).ToArray())
            Settle(entry);
    }

    /// <summary>A tenth of what was handed over, and one in Δ, so that a node whose clients all wait is not stuck.</summary>
    private void Earn(long now)
    {
        if (now < _creditTicks + parameters.DeltaBaseTicks)
            return;
        _creditTicks = now;
        _credit = Math.Min(CreditMax, _credit + RetryCost);
    }

    private void MoveHome(long now)
    {
        _pushedBackSince = null;
        _home = After(_home, []) ?? _home;
        _resumeTicks = Math.Min(_resumeTicks, now);
    }

    private ValidatorId? After(ValidatorId validator, List<ValidatorId> tried)
    {
        for (int step = 1; step <= scope.ValidatorCount; step++)
        {
            var next = new ValidatorId((validator.Value + step) % scope.ValidatorCount);
            if (_up[next.Value] && !tried.Contains(next))
                return next;
        }
        return null;
    }

    private sealed class HandedTransaction(LaneTransaction transaction, long number)
    {
        public LaneTransaction Transaction { get; } = transaction;

        /// <summary>The order of submission.</summary>
        public long Number { get; } = number;

        /// <summary>To whom it was handed, in this order.</summary>
        public List<ValidatorId> Tried { get; } = [];

        /// <summary>When it may go to one more.</summary>
        public long DueTicks { get; set; }
    }
}
