namespace Dadbs.Consensus.Tests.Simulation;

/// <summary>A node in no validator slot: follows, and hands its transactions over (L4). What it delivers is checked like a validator's.</summary>
internal sealed class SimulatedObserver(Simulation simulation, ValidatorId id)
{
    private readonly List<DeliveredBlock> _blocks = [];
    private Follower? _follower;
    private long _wakeTicks = long.MaxValue;

    public ValidatorId Id { get; } = id;

    public Follower Follower => _follower ?? throw new InvalidOperationException("not booted");

    public long DeliveredHeight => _blocks.Count;

    /// <summary>Every message handed over, with its receiver.</summary>
    public List<(ValidatorId To, Message.HandedOver Message, long Time)> Handed { get; } = [];

    public void Boot(int home = 0)
    {
        _follower = new Follower(new FollowerOptions
        {
            Scope = simulation.Scope,
            Head = simulation.Genesis,
            Cut = Cut.Empty(simulation.Scope.ValidatorCount),
            Sealer = new TestPayloads(),
            Home = new ValidatorId(home),
            Parameters = simulation.Parameters,
        });
        Input(new Input.Start());
    }

    public bool Submit(string text, ulong session = 0)
    {
        if (!Follower.IntakeOpen)
            return false;
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text + ";");
        Input(new Input.Submitted(new LaneTransaction(Digest.Sha256(bytes), bytes) { Session = session }));
        return true;
    }

    public void Receive(ValidatorId from, byte[] bytes)
    {
        if (Message.Decode(simulation.Scope, bytes) is not { } message)
            return;
        var verifier = new MessageVerifier(simulation.Scope, simulation.Keys, simulation.Payloads);
        if (verifier.TryVerify(from, message) is { } verified)
            Input(new Input.Received(from, verified));
        else
            simulation.Checkers.Require(!simulation.Nodes[from.Value].IsHonest, $"observer {Id} refuses what the honest {from} says: {message}");
    }

    public void Input(Input input)
    {
        var moment = new Moment(simulation.Now, 1_700_000_000_000_000 + simulation.Now);
        foreach (Effect effect in Follower.Step(moment, input).Concat(Follower.Step(moment, new Input.EndOfTurn())).ToArray())
            CarryOut(effect);
        ScheduleWake();
    }

    private void CarryOut(Effect effect)
    {
        switch (effect)
        {
            case Effect.Send send:
                if (send.Message is Message.HandedOver handed)
                    Handed.Add((send.To, handed, simulation.Now));
                simulation.Send(Id, send.To, send.Message);
                break;
            case Effect.Deliver deliver:
                Deliver(deliver.Block);
                break;
        }
    }

    private void Deliver(DeliveredBlock block)
    {
        simulation.Checkers.Require(block.Height.Value == _blocks.Count + 1, $"observer {Id} delivers {block.Height} after {_blocks.Count}");
        simulation.Checkers.OnObserved(Id, block);
        _blocks.Add(block);
        Digest[] ids = [.. block.Batches.SelectMany(batch => TestPayloads.Decode(batch.Payload)).Select(transaction => transaction.Id)];
        simulation.After(500, () =>
        {
            Input(new Input.Ordered(ids));
            Input(new Input.BlockLogDurable(block.Height));
        });
    }

    private void ScheduleWake()
    {
        long deadline = Follower.NextDeadlineTicks;
        if (deadline == long.MaxValue)
            return;
        long wake = Math.Max(deadline, simulation.Now + 1);
        if (wake >= _wakeTicks && _wakeTicks > simulation.Now)
            return;
        _wakeTicks = wake;
        simulation.At(wake, () =>
        {
            if (_wakeTicks != wake)
                return;
            _wakeTicks = long.MaxValue;
            Input(new Input.Tick());
        });
    }
}
