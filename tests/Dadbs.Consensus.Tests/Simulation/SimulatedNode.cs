using System.Buffers;

namespace Dadbs.Consensus.Tests.Simulation;

/// <summary>
/// A host in small: turns, one flush at a time, a vote log of encoded frames, a block log that becomes durable later, an apply loop that
/// takes its time. A crash loses everything that was not flushed.
/// </summary>
internal sealed class SimulatedNode
{
    private readonly List<byte[]> _voteLog = [];
    private readonly List<DeliveredBlock> _blockLog = [];
    private List<Effect> _open = [];
    private LogRecord[] _unflushed = [];
    private Replica? _replica;
    private LinkTrust _links;
    private bool _flushing;
    private bool _touched;
    private long _durableBlocks;
    private long _wakeTicks = long.MaxValue;
    private Digest _stateRoot;
    private long _executed;

    public SimulatedNode(Simulation simulation, ValidatorId id)
    {
        Simulation = simulation;
        Id = id;
        _links = new LinkTrust(simulation.Scope.ValidatorCount);
    }

    public Simulation Simulation { get; }

    public ValidatorId Id { get; }

    public Adversary? Adversary { get; set; }

    /// <summary>Test doubles: rules with a hole.</summary>
    public SafetyRules? Rules { get; init; }

    public bool IsHonest => Adversary is null;

    public bool IsAlive => _replica is not null;

    public Replica Replica => _replica ?? throw new InvalidOperationException("crashed");

    /// <summary>Counts lives: an event of an earlier one is void.</summary>
    public int Life { get; private set; }

    public long Flushes { get; private set; }

    public long FramesEver { get; private set; }

    public long DeliveredHeight => _blockLog.Count;

    public IReadOnlyList<DeliveredBlock> BlockLog => _blockLog;

    public IReadOnlyList<byte[]> VoteLog => _voteLog;

    /// <summary>False: deliveries are not executed (a node that stalls in SQL).</summary>
    public bool Executes { get; set; } = true;

    /// <summary>Called when a block was executed here.</summary>
    public Action<SimulatedNode, DeliveredBlock>? Executed { get; set; }

    public List<Effect.Alarm> Alarms { get; } = [];

    /// <summary>What others handed over to this node's lane (L4), in order of arrival.</summary>
    public List<string> HandedOver { get; } = [];

    /// <summary>False: swallows what is handed over, and says nothing.</summary>
    public bool TakesHandedOver { get; set; } = true;

    /// <summary>Says that its lane is full.</summary>
    public bool PushesBack { get; set; }

    public void Boot()
    {
        var options = new ReplicaOptions
        {
            Scope = Simulation.Scope,
            Self = Id,
            Genesis = Simulation.Genesis,
            Signer = new TestSigner(Id),
            Sealer = new TestPayloads(),
            Verifier = Simulation.Keys,
            Links = _links = new LinkTrust(Simulation.Scope.ValidatorCount),
            Parameters = Simulation.Parameters,
            Safety = Rules ?? new SafetyRules(),
        };
        IEnumerable<LogRecord> records = _voteLog.SelectMany(frame => LogRecord.DecodeFrame(Simulation.Scope, frame) ?? throw new InvalidOperationException("damaged frame"));
        _replica = Replica.Recover(options, records, new Height(_blockLog.Count));
        Life++;
        _durableBlocks = _blockLog.Count;
        _executed = Math.Max(0, _durableBlocks - Simulation.Random.Next(3));
        _stateRoot = Simulation.RootAfter(_executed, _blockLog);
        Step(new Input.Start());
        Step(new Input.Executed(new ExecutedRoots(new Height(_executed), _stateRoot, Digest.Zero)));
        for (long height = _executed + 1; height <= _blockLog.Count; height++)
            ScheduleExecution(height);
    }

    /// <summary>kill -9: what was not flushed is gone, the tail of the block log too.</summary>
    public void Crash()
    {
        _replica = null;
        _unflushed = [];
        Life++;
        _open = [];
        _flushing = false;
        _touched = false;
        _wakeTicks = long.MaxValue;
        _blockLog.RemoveRange((int)_durableBlocks, _blockLog.Count - (int)_durableBlocks);
    }

    public void Input(Input input)
    {
        if (!IsAlive)
            return;
        // As the host does it: what the rules make of a turn's inputs is said once, at its end.
        Step(input, more: true);
        if (!_flushing)
            EndTurn();
    }

    public bool Submit(string transaction, ulong session = 0)
    {
        if (!IsAlive || !Replica.IntakeOpen)
            return false;
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(transaction + ";");
        Input(new Input.Submitted(new LaneTransaction(Digest.Sha256(bytes), bytes) { Session = session }));
        return true;
    }

    public void Receive(ValidatorId from, byte[] bytes)
    {
        if (!IsAlive || Message.Decode(Simulation.Scope, bytes) is not { } message || !Replica.IsUseful(from, message))
            return;
        var verifier = new MessageVerifier(Simulation.Scope, Simulation.Keys, Simulation.Payloads, Replica.Holds, _links);
        if (verifier.TryVerify(from, message) is not { } verified)
        {
            // What is refused counts against its sender.
            Simulation.Checkers.Require(!Simulation.Nodes[from.Value].IsHonest, $"{Id} refuses what the honest {from} says: {message}");
            return;
        }
        if (message is Message.HandedOver handed)
            TakeHandedOver(from, handed);
        else
            Input(new Input.Received(from, verified));
    }

    /// <summary>L4 as a host has it: into the lane, or pushed back as a whole. False from <see cref="TakesHandedOver"/>: withheld.</summary>
    private void TakeHandedOver(ValidatorId from, Message.HandedOver handed)
    {
        if (!TakesHandedOver)
            return;
        if (PushesBack || !Replica.IntakeOpen)
        {
            Simulation.Send(Id, from, new Message.PushedBack(handed.Number));
            return;
        }
        TransactionSource source = from.Value < Simulation.Nodes.Count ? TransactionSource.Forwarded : TransactionSource.HandedOver;
        foreach (LaneTransaction transaction in TestPayloads.Decode(handed.Payload))
        {
            HandedOver.Add(System.Text.Encoding.UTF8.GetString(transaction.Bytes.Span[..^1]));
            Input(new Input.Submitted(transaction with { Source = source }));
        }
    }

    /// <summary>From an observer: what a validator's host answers out of its block log.</summary>
    public void ReceiveFromObserver(ValidatorId from, Message message)
    {
        if (!IsAlive)
            return;
        switch (message)
        {
            case Message.HandedOver handed:
                TakeHandedOver(from, handed);
                break;
            case Message.BlocksRequest request:
                ServeBlocks(new Effect.ServeBlocks(from, request.From, Simulation.Parameters.CatchUpBlocks));
                break;
            case Message.BatchRequest request:
                ServeBatches(new Effect.ServeBatches(from, request.Height, request.Lane, request.From, request.To.Position));
                break;
        }
    }

    private void Step(Input input, bool more = false)
    {
        _touched = true;
        _open.AddRange(Replica.Step(Simulation.Moment(Id), input, more));
        ScheduleWake();
    }

    /// <summary>One wake at a time counts: the earliest. Others that were scheduled find that they are void.</summary>
    private void ScheduleWake()
    {
        long deadline = Replica.NextDeadlineTicks;
        if (deadline == long.MaxValue)
            return;
        long wake = Math.Max(deadline, Simulation.Now + 1);
        if (wake >= _wakeTicks && _wakeTicks > Simulation.Now)
            return;
        _wakeTicks = wake;
        int life = Life;
        Simulation.At(wake, () =>
        {
            if (life != Life || _wakeTicks != wake)
                return;
            _wakeTicks = long.MaxValue;
            Input(new Input.Tick());
        });
    }

    private void EndTurn()
    {
        if (!_touched)
            return;
        _open.AddRange(Replica.Step(Simulation.Moment(Id), new Input.EndOfTurn()));
        ScheduleWake();
        _touched = false;
        if (_open.Count == 0)
            return;
        List<Effect> turn = _open;
        _open = [];
        _flushing = true;
        int life = Life;
        bool writes = turn.Any(MustBeFlushed);
        Simulation.After(writes ? Simulation.FlushTicks() : 1, () =>
        {
            if (life == Life)
                FlushDone(turn);
        });
    }

    private static bool MustBeFlushed(Effect effect) =>
        effect is Effect.Checkpoint || (effect is Effect.Persist persist && persist.Records.Any(record => record.MustBeFlushed));

    private void FlushDone(List<Effect> turn)
    {
        WriteLog(turn);
        foreach (Effect effect in turn)
            CarryOut(effect);
        _flushing = false;
        EndTurn();
    }

    private void WriteLog(List<Effect> turn)
    {
        LogRecord[] records = [.. _unflushed, .. turn.OfType<Effect.Persist>().SelectMany(persist => persist.Records)];
        if (!turn.Any(MustBeFlushed))
        {
            _unflushed = records;
            return;
        }
        Flushes++;
        FramesEver++;
        var frame = new List<LogRecord>(_unflushed);
        _unflushed = [];
        foreach (Effect effect in turn)
        {
            if (effect is Effect.Persist persist)
                frame.AddRange(persist.Records);
            if (effect is not Effect.Checkpoint checkpoint)
                continue;
            Append(frame);
            frame.Clear();
            _voteLog.Clear();
            Append(checkpoint.Records);
        }
        Append(frame);
        if (!IsHonest)
            return;
        foreach (LogRecord record in records)
            Simulation.Checkers.OnDurable(this, record);
    }

    private void Append(IReadOnlyList<LogRecord> records)
    {
        if (records.Count == 0)
            return;
        var writer = new ArrayBufferWriter<byte>();
        LogRecord.EncodeFrame(Simulation.Scope, records, writer);
        _voteLog.Add(writer.WrittenSpan.ToArray());
    }

    private void CarryOut(Effect effect)
    {
        switch (effect)
        {
            case Effect.Send send:
                Say(send.To, send.Message);
                break;
            case Effect.Broadcast broadcast:
                foreach (SimulatedNode other in Simulation.Nodes)
                {
                    if (other != this)
                        Say(other.Id, broadcast.Message);
                }
                break;
            case Effect.Deliver deliver:
                Deliver(deliver.Block);
                break;
            case Effect.ServeBlocks serve:
                ServeBlocks(serve);
                break;
            case Effect.ServeBatches serve:
                ServeBatches(serve);
                break;
            case Effect.Alarm alarm:
                Simulation.Checkers.Require(
                    alarm is not { Kind: AlarmKind.BadSignature, Culprit: { } culprit } || !Simulation.Nodes[culprit.Value].IsHonest, $"{Id} accuses the honest: {alarm.Text}");
                Alarms.Add(alarm);
                break;
        }
    }

    private void Say(ValidatorId to, Message message)
    {
        if (Adversary is null)
        {
            Simulation.Send(Id, to, message);
            return;
        }
        foreach ((ValidatorId target, Message distorted) in Adversary.Distort(this, to, message, Simulation.Random).ToArray())
            Simulation.Send(Id, target, distorted);
    }

    private void Deliver(DeliveredBlock block)
    {
        Simulation.Checkers.Require(block.Height.Value == _blockLog.Count + 1, $"{Id} delivers {block.Height} after {_blockLog.Count}");
        if (IsHonest)
            Simulation.Checkers.OnDelivered(this, block);
        _blockLog.Add(block);
        int life = Life;
        Simulation.After(Simulation.Random.Next(500, 3000), () =>
        {
            if (life != Life || _durableBlocks >= block.Height.Value)
                return;
            _durableBlocks = block.Height.Value;
            Simulation.AnnounceDurable(this, block.Height);
            Input(new Input.BlockLogDurable(block.Height));
        });
        ScheduleExecution(block.Height.Value);
    }

    private void ScheduleExecution(long height)
    {
        int life = Life;
        Simulation.After(Simulation.Random.Next(100, 2000), () => Execute(height, life));
    }

    private void Execute(long height, int life)
    {
        if (life != Life)
            return;
        if (!Executes || height != _executed + 1)
        {
            if (height > _executed)
                Simulation.After(1000, () => Execute(height, life));
            return;
        }
        _stateRoot = Simulation.NextRoot(_stateRoot, _blockLog[(int)height - 1]);
        _executed = height;
        if (Replica.HandsOver)
            Input(new Input.Ordered([.. _blockLog[(int)height - 1].Batches.SelectMany(batch => TestPayloads.Decode(batch.Payload)).Select(transaction => transaction.Id)]));
        Input(new Input.Executed(new ExecutedRoots(new Height(height), _stateRoot, Digest.Zero)));
        Executed?.Invoke(this, _blockLog[(int)height - 1]);
    }

    private void ServeBlocks(Effect.ServeBlocks serve)
    {
        var verifier = new MessageVerifier(Simulation.Scope, Simulation.Keys, Simulation.Payloads);
        var run = new List<FinalizedBlock>();
        int certified = 0;
        for (int index = (int)serve.From.Value - 1; index < _durableBlocks && (run.Count < serve.CountMax || certified == 0); index++)
        {
            // As the host does it: what others would refuse is none.
            Certificate? finalization = _blockLog[index].Finalization;
            if (finalization is not null && !verifier.IsValid(finalization))
            {
                Input(new Input.Doubted(finalization));
                finalization = null;
            }
            run.Add(new FinalizedBlock(_blockLog[index].Block, finalization));
            if (finalization is not null)
                certified = run.Count;
        }
        if (certified > 0)
            Say(serve.To, new Message.FinalizedBlocks([.. run.Take(certified - 1).Select(block => block with { Finalization = null }), run[certified - 1]]));
    }

    private void ServeBatches(Effect.ServeBatches serve)
    {
        if (serve.Height.Value > _blockLog.Count)
            return;
        IEnumerable<Batch> batches = _blockLog[(int)serve.Height.Value - 1].Batches
            .Where(batch => batch.Lane == serve.Lane && batch.Position >= serve.From && batch.Position <= serve.Through).OrderByDescending(batch => batch.Position);
        foreach (Batch batch in batches)
            Say(serve.To, new Message.BatchMessage(batch, null));
    }
}
