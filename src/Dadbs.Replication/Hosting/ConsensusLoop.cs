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

    private readonly Replica _replica;
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
    private long _view;
    private long _finalized;

    public ConsensusLoop(Replica replica, Inbox inbox, SubmissionQueue submissions, VoteLog voteLog, EffectRunner runner, WorkCounters work, PeerIntake rim, TimeProvider time)
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

    public long FinalizedHeight => Volatile.Read(ref _finalized);

    /// <summary>The thread's body.</summary>
    public void Run(ExecutedRoots recovered)
    {
        Step(new Input.Start());
        Step(new Input.Executed(recovered));
        EndTurn();
        while (!_stopping)
        {
            List<Inbox.Item> items = _inbox.Take(UntilDeadline(), _replica.BatchesWorthATurn);
            int next = 0;
            do
            {
                if (Now().Ticks >= _replica.NextDeadlineTicks)
                    Step(new Input.Tick());
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
        _inbox.Close();
    }

    private int StepItems(List<Inbox.Item> items, int next)
    {
        for (long bytes = 0; next < items.Count && bytes < TurnBytesMax; next++)
        {
            Inbox.Item item = items[next];
            Step(item.Input);
            _inbox.Release(item);
            bytes += item.Bytes;
        }
        return next;
    }

    private void StepSubmissions()
    {
        while (_replica.IntakeOpen && _submissions.TryDequeue() is { } transaction)
            Step(new Input.Submitted(new LaneSubmission(transaction)));
    }

    private void Step(Input input)
    {
        foreach (Effect effect in _replica.Step(Now(), input))
            _effects.Add(effect);
    }

    private void EndTurn()
    {
        _work.Turn();
        Step(new Input.EndOfTurn());
        _rim.OwnAvailable = _replica.OwnAvailable.Position;
        Volatile.Write(ref _view, _replica.View.Value);
        Volatile.Write(ref _finalized, _replica.Finalized.Height.Value);
        foreach (Effect effect in _effects)
        {
            if (effect is Effect.Persist persist)
                _voteLog.Write(persist.Records);
            else if (effect is Effect.Checkpoint checkpoint)
                _voteLog.Checkpoint(checkpoint.Records);
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
