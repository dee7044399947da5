using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// The one thread that owns the consensus replica. A turn: take what came, step the replica, write one frame to the vote log, flush it, and
/// only then let anything leave (Rule D1).
/// </summary>
internal sealed class ConsensusLoop
{
    /// <summary>Input bytes after which a turn ends, so that a burst of batches does not hold a vote back for long.</summary>
    private const long TurnBytesMax = 4L * 1024 * 1024;

    private static readonly TimeSpan WaitMax = TimeSpan.FromHours(1);

    private readonly IConsensusCore _replica;
    private readonly Inbox _inbox;
    private readonly SubmissionQueue _submissions;
    private readonly VoteLog _voteLog;
    private readonly EffectRunner _runner;
    private readonly WorkCounters _work;
    private readonly PeerIntake _rim;
    private readonly TimeProvider _time;
    private readonly long _clockStart;
    private readonly List<Effect> _effects = [];
    private volatile bool _stopping;
    private volatile bool _awaitsExecution = true;
    private volatile bool _handsOver;
    private long _view;
    private long _finalized;
    private readonly TaskCompletionSource<long> _recovered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConsensusLoop(IConsensusCore replica, Inbox inbox, SubmissionQueue submissions, VoteLog voteLog, EffectRunner runner, WorkCounters work, PeerIntake rim, TimeProvider time)
    {
        _replica = replica;
        _inbox = inbox;
        _submissions = submissions;
        _voteLog = voteLog;
        _runner = runner;
        _work = work;
        _rim = rim;
        _time = time;
        _clockStart = time.GetTimestamp();
    }

    public long View => Volatile.Read(ref _view);

    /// <summary>See <see cref="Replica.AwaitsExecution"/>, as of the last turn.</summary>
    public bool AwaitsExecution => _awaitsExecution;

    /// <summary>Own transactions are in others' lanes: who executes them says so (Rule L4). True before the first of them left.</summary>
    public bool HandsOver => _handsOver;

    /// <summary>Completes with the first turn: the height that the own logs alone finalize, and that the apply loop has been given.</summary>
    public Task<long> Recovered => _recovered.Task;

    public long FinalizedHeight => Volatile.Read(ref _finalized);

    /// <summary>The thread's body.</summary>
    public void Run(ExecutedRoots recovered)
    {
        Step(new Input.Start());
        Step(new Input.Executed(recovered));
        EndTurn();
        _recovered.TrySetResult(FinalizedHeight);
        while (!_stopping)
        {
            List<Inbox.Item> items = _inbox.Take(UntilDeadline(), _replica.BatchesWorthATurn, _replica.SubmissionsWorthATurn);
            StepHeard();
            int next = 0;
            do
            {
                if (Now().Ticks >= _replica.NextDeadlineTicks)
                    Step(new Input.Tick(), more: true);
                next = StepItems(items, next);
                StepSubmissions();
                EndTurn();
            }
            while (next < items.Count);
        }
    }

    public void Stop()
    {
        _stopping = true;
        _inbox.Wake();
    }

    /// <summary>Before any deadline is looked at: a leader that was heard in time is not silent (Rule T2).</summary>
    private void StepHeard()
    {
        for (int peer = 0; peer < _inbox.Peers; peer++)
        {
            if (_inbox.TryTakeHeard(peer, out TimeSpan ago))
                Step(new Input.Heard(new ValidatorId(peer), (long)ago.TotalMicroseconds), more: true);
        }
    }

    private int StepItems(List<Inbox.Item> items, int next)
    {
        for (long bytes = 0; next < items.Count && bytes < TurnBytesMax; next++)
        {
            Inbox.Item item = items[next];
            // What may be too late to matter was left unverified until now (Rule M1).
            if (item.Unverified is not null)
                _rim.OwnAvailable = _replica.OwnAvailable.Position;
            Input? input = item.Input ?? _rim.VerifyLate(item.Peer, item.Unverified!, _replica.Holds);
            if (input is not null)
                Step(input, more: true);
            _inbox.Release(item);
            bytes += item.Bytes;
        }
        return next;
    }

    private void StepSubmissions()
    {
        long waited = (long)_inbox.SubmissionsWaited.TotalMicroseconds;
        while (_replica.IntakeOpen && _submissions.TryDequeue() is { } transaction)
            Step(new Input.Submitted(transaction, waited), more: true);
    }

    private void Step(Input input, bool more = false)
    {
        IReadOnlyList<Effect> effects = _replica.Step(Now(), input, more);
        for (int i = 0; i < effects.Count; i++)
            _effects.Add(effects[i]);
    }

    private void EndTurn()
    {
        _work.Turn();
        Step(new Input.EndOfTurn());
        _rim.Publish(_replica);
        _awaitsExecution = _replica.AwaitsExecution;
        _handsOver = _replica.HandsOver;
        Volatile.Write(ref _view, _replica.View.Value);
        Volatile.Write(ref _finalized, _replica.Finalized.Height.Value);
        foreach (Effect effect in _effects)
        {
            if (effect is Effect.Persist persist)
                _voteLog.Write(persist.Records);
            else if (effect is Effect.Checkpoint checkpoint)
                _voteLog.Checkpoint(checkpoint.Records);
            else if (effect is Effect.Speculate ahead)
                _runner.Speculate(ahead);
        }
        _voteLog.Commit();
        foreach (Effect effect in _effects)
            _runner.Run(effect);
        _runner.EndTurn();
        _effects.Clear();
    }

    private TimeSpan UntilDeadline()
    {
        long deadline = _replica.NextDeadlineTicks;
        if (deadline == long.MaxValue)
            return WaitMax;
        // Monitor waits whole milliseconds: rounded up, or the loop would spin through the last one.
        long micros = deadline - Now().Ticks;
        return micros <= 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Min((micros + 999) / 1000, (long)WaitMax.TotalMilliseconds));
    }

    private Moment Now() => new(
        (long)_time.GetElapsedTime(_clockStart).TotalMicroseconds,
        (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
}
