namespace Dadbs.Consensus;

/// <summary>
/// Rule L4 among validators with open lanes: a node's few transactions go to the leader whose proposal comes next, which puts them into its own batch. One message then does what takes a batch in
/// every lane otherwise: a flush, and a message to each other validator. What that view does not order goes into the own lane under the same id, and its leader is left out for a
/// while that doubles with each failure. Pure; effects are messages only.
/// </summary>
internal sealed class Forwarding(EpochScope scope, ConsensusParameters parameters, IBatchSealer sealer, Outbox outbox, HandOverNumbers numbers)
{
    /// <summary>As a power of two: after so many failures in a row a validator is left out for the longest time.</summary>
    private const int DistrustLogMax = 9;

    private readonly Dictionary<Digest, ForwardedGroup> _byId = [];
    private readonly List<ForwardedGroup> _groups = [];
    private readonly int[] _failures = new int[scope.ValidatorCount];
    private readonly long[] _distrustedUntil = new long[scope.ValidatorCount];

    public bool IsEmpty => _groups.Count == 0;

    public long NextDeadlineTicks
    {
        get
        {
            long due = long.MaxValue;
            foreach (ForwardedGroup group in _groups)
                due = Math.Min(due, group.DueTicks);
            return due;
        }
    }

    /// <summary>What the peer did not order may be lost.</summary>
    public void LinkDown(ValidatorId peer, long now)
    {
        foreach (ForwardedGroup group in _groups)
        {
            if (group.To == peer)
                group.DueTicks = now;
        }
    }

    /// <summary>Nothing came of a view: nor of what its leader was sent for it.</summary>
    public void ViewFailed(View view, long now)
    {
        foreach (ForwardedGroup group in _groups)
        {
            if (group.View == view)
                group.DueTicks = now;
        }
    }

    public bool MayForwardTo(ValidatorId leader, long bytes, long now) =>
        bytes <= parameters.ForwardBytesMax && now >= _distrustedUntil[leader.Value];

    public void Forward(List<LaneTransaction> transactions, View view, long now)
    {
        var group = new ForwardedGroup(numbers.Next(), view, scope.LeaderOf(view), transactions) { DueTicks = now + parameters.ForwardRetryTicks };
        _groups.Add(group);
        foreach (LaneTransaction transaction in transactions)
            _byId[transaction.Id] = group;
        outbox.Send(group.To, new Message.HandedOver(group.Number, transactions.Count, sealer.SealApart(transactions)));
    }

    /// <summary>These stand in a final block.</summary>
    public void Ordered(IReadOnlyList<Digest> ids)
    {
        foreach (Digest id in ids)
        {
            if (!_byId.Remove(id, out ForwardedGroup? group) || --group.Unordered > 0)
                continue;
            _groups.Remove(group);
            _failures[group.To.Value] = 0;
        }
    }

    /// <summary>L5: the validator's lane is full; it took nothing of this message.</summary>
    public void PushedBack(ValidatorId from, long number, long now)
    {
        if (_groups.Find(group => group.Number == number && group.To == from) is { } group)
            group.DueTicks = now;
    }

    /// <summary>What was not ordered in time, in the order of submission, for the own lane.</summary>
    public List<LaneTransaction> TakeOverdue(long now)
    {
        var overdue = new List<LaneTransaction>();
        foreach (ForwardedGroup group in _groups)
        {
            if (group.DueTicks > now)
                continue;
            Distrust(group.To, now);
            overdue.AddRange(group.Transactions.Where(transaction => _byId.Remove(transaction.Id)));
        }
        _groups.RemoveAll(group => group.DueTicks <= now);
        return overdue;
    }

    private void Distrust(ValidatorId validator, long now)
    {
        ref int failures = ref _failures[validator.Value];
        _distrustedUntil[validator.Value] = now + (parameters.ForwardRetryTicks << failures);
        failures = Math.Min(DistrustLogMax, failures + 1);
    }

    private sealed class ForwardedGroup(long number, View view, ValidatorId to, List<LaneTransaction> transactions)
    {
        public long Number { get; } = number;

        /// <summary>In which it is expected to be proposed.</summary>
        public View View { get; } = view;

        public ValidatorId To { get; } = to;

        public List<LaneTransaction> Transactions { get; } = transactions;

        public int Unordered { get; set; } = transactions.Count;

        public long DueTicks { get; set; }
    }
}

/// <summary>Numbers the messages that hand transactions over, so that each can be told to be pushed back.</summary>
internal sealed class HandOverNumbers
{
    private long _last;

    public long Next() => ++_last;
}
