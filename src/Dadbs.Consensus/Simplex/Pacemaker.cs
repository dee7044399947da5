namespace Dadbs.Consensus;

/// <summary>What P1 asks about, at one moment: the first two are P1 (d), then P1 (b), P1 (c). P1 (a) the pacemaker sees itself.</summary>
internal readonly record struct PendingGrounds(
    long? ProposalTicks, long? NullifyPressureTicks, bool UnfinalizedAdvance, bool UnnamedExecution, bool Single);

/// <summary>
/// Time in the current view: Δ (T1), when work became pending (P1), the two timers. With nothing pending no timer runs.
/// </summary>
internal sealed class Pacemaker(ConsensusParameters parameters)
{
    private int _consecutiveNullified;
    private long? _aheadTicks;
    private bool _aheadAtEntry;

    /// <summary>Δ.</summary>
    public long Delta { get; private set; } = parameters.DeltaBaseTicks;

    public long EnteredTicks { get; private set; }

    public long LastBlockTicks { get; set; }

    /// <summary>Work is ahead. A silent leader is skipped for it at once (T2): the Δ of a late proof is the leader's time to propose.</summary>
    public bool SeesAhead => _aheadTicks is not null;

    /// <summary>T2: until when a leader on probation has time to propose what is ahead: Δ from the moment that it was seen.</summary>
    public long ProbationTicks => _aheadTicks + Delta ?? long.MaxValue;

    /// <summary>When a late proof began to count (P1 a) and should be shown to the leader; null: none, or held at entry.</summary>
    public long? LateProofTicks => _aheadAtEntry || _aheadTicks is null ? null : _aheadTicks + Delta;

    public void Enter(long now, bool afterNullification)
    {
        EnteredTicks = now;
        _aheadTicks = null;
        _aheadAtEntry = false;
        _consecutiveNullified = afterNullification ? _consecutiveNullified + 1 : 0;
        if (_consecutiveNullified > 1)
            Delta = Math.Min(parameters.DeltaMaxTicks, Delta * 3 / 2);
    }

    /// <summary>T1: a tenth per finalization, not below the base.</summary>
    public void Finalized() => Delta = Math.Max(parameters.DeltaBaseTicks, Delta * 9 / 10);

    /// <summary>P1 (a): work ahead of the block that would be extended, seen now.</summary>
    public void SeeAhead(bool isAhead, long now)
    {
        if (!isAhead)
            _aheadTicks = null;
        else if (_aheadTicks is null)
        {
            _aheadTicks = now;
            _aheadAtEntry = now == EnteredTicks;
        }
    }

    /// <summary>P1: the moment from which work is pending in this view; long.MaxValue: nothing is.</summary>
    public long PendingFrom(PendingGrounds grounds)
    {
        long moment = Math.Min(grounds.ProposalTicks ?? long.MaxValue, grounds.NullifyPressureTicks ?? long.MaxValue);
        if (_aheadTicks is { } ahead)
            moment = Math.Min(moment, _aheadAtEntry ? EnteredTicks : ahead + Delta);
        moment = Math.Min(moment, HeartbeatFrom(grounds));
        return moment == long.MaxValue ? moment : Math.Max(moment, EnteredTicks);
    }

    /// <summary>P1 (b) and (c): the moment from which a block that need not advance the cut is due.</summary>
    public long HeartbeatFrom(PendingGrounds grounds)
    {
        long moment = long.MaxValue;
        if (grounds.UnfinalizedAdvance)
            moment = EnteredTicks + Delta;
        if (grounds.UnnamedExecution)
            moment = Math.Min(moment, LastBlockTicks + parameters.HeartbeatSettlingTicks);
        else if (!grounds.Single)
            moment = Math.Min(moment, LastBlockTicks + parameters.HeartbeatIdleTicks);
        return moment == long.MaxValue ? moment : Math.Max(moment, EnteredTicks);
    }
}
