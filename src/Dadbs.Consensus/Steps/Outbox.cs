namespace Dadbs.Consensus;

/// <summary>
/// Gathers what one Step says. All records come out as one Persist in front of everything else: stronger than the barrier of D1 asks, and
/// it makes one flush of one step.
/// </summary>
internal sealed class Outbox(EpochScope scope)
{
    private readonly List<LogRecord> _records = [];
    private readonly List<Effect> _effects = [];
    private List<LogRecord>? _checkpoint;

    /// <summary>An estimate of the bytes written to the log since the last checkpoint.</summary>
    public long LogBytes { get; private set; }

    public void Persist(LogRecord record)
    {
        _records.Add(record);
        LogBytes += 256 + (record is LogRecord.StoredBatch stored ? stored.Batch.Payload.Length : scope.Quorum * Signature.Length);
    }

    /// <summary>The only way out: what a message claims is proven before it leaves (M1); null: it does not leave. A follower claims nothing.</summary>
    public Func<Message, Message?>? Prove { get; set; }

    public void Emit(Effect effect) => _effects.Add(effect);

    public void Send(ValidatorId to, Message message)
    {
        if ((Prove is null ? message : Prove(message)) is { } proven)
            _effects.Add(new Effect.Send(to, proven));
    }

    /// <summary>Nothing for a single validator: there is nobody to tell.</summary>
    public void Broadcast(Message message)
    {
        if (scope.ValidatorCount > 1 && (Prove is null ? message : Prove(message)) is { } proven)
            _effects.Add(new Effect.Broadcast(proven));
    }

    public void Checkpoint(List<LogRecord> records)
    {
        _checkpoint = records;
        LogBytes = 0;
    }

    public IReadOnlyList<Effect> Drain()
    {
        if (_records.Count == 0 && _effects.Count == 0 && _checkpoint is null)
            return [];
        var drained = new List<Effect>(_effects.Count + 2);
        if (_records.Count > 0)
            drained.Add(new Effect.Persist([.. _records]));
        if (_checkpoint is not null)
            drained.Add(new Effect.Checkpoint(_checkpoint));
        drained.AddRange(_effects);
        _records.Clear();
        _effects.Clear();
        _checkpoint = null;
        return drained;
    }
}
