namespace Dadbs.Consensus.Tests.Simulation;

/// <summary>How bad the weather is. All zero: links as TLS makes them, in order and without loss.</summary>
internal sealed record Weather
{
    public double Loss { get; init; }

    public double Duplication { get; init; }

    public bool Reorder { get; init; }

    public long LatencyMinTicks { get; init; } = 300;

    public long LatencyMaxTicks { get; init; } = 2_000;
}

/// <summary>
/// A cluster in virtual time. Everything that happens is a function of the seed: events in order of (time, number), one random stream.
/// </summary>
internal sealed class Simulation
{
    private readonly PriorityQueue<Action, (long Time, long Number)> _events = new();
    private readonly HashSet<(int, int)> _cut = [];
    private readonly long[,] _lastArrival;
    private const long EventsMax = 1_000_000;
    private long _number;
    private long _steps;

    public Simulation(int seed, int validators = 4, ConsensusParameters? parameters = null, Func<int, SafetyRules?>? rules = null, int observers = 0)
    {
        Seed = seed;
        Random = new Random(seed);
        Parameters = parameters ?? ConsensusParameters.Default;
        Scope = new EpochScope(Digest.Sha256("test chain"u8), 1, validators);
        Genesis = Block.Genesis(Scope, 1_700_000_000_000_000, Digest.Zero, Digest.Zero);
        Checkers = new Checkers(this);
        Nodes = [.. Enumerable.Range(0, validators).Select(id => new SimulatedNode(this, new ValidatorId(id)) { Rules = rules?.Invoke(id) })];
        Observers = [.. Enumerable.Range(validators, observers).Select(id => new SimulatedObserver(this, new ValidatorId(id)))];
        _lastArrival = new long[validators + observers, validators + observers];
        ClockSkewMicros = new long[validators];
        At(0, Ping);
    }

    public static Action<Simulation, ValidatorId, ValidatorId, Message>? Watch { get; set; }

    public int Seed { get; }

    public Random Random { get; }

    public long Now { get; private set; }

    public ConsensusParameters Parameters { get; }

    public EpochScope Scope { get; }

    public Block Genesis { get; }

    public TestKeys Keys { get; } = new();

    public TestPayloads Payloads { get; } = new();

    public Checkers Checkers { get; }

    public IReadOnlyList<SimulatedNode> Nodes { get; }

    /// <summary>Nodes in no validator slot, numbered after the validators.</summary>
    public IReadOnlyList<SimulatedObserver> Observers { get; }

    public IEnumerable<SimulatedNode> Honest => Nodes.Where(node => node.IsHonest);

    public Weather Weather { get; set; } = new();

    public long[] ClockSkewMicros { get; }

    public long MessagesSent { get; private set; }

    /// <summary>FNV-1a over everything that was ever sent, with its time: equal for two runs iff they did the same.</summary>
    public ulong Trace { get; private set; } = 14_695_981_039_346_656_037;

    /// <summary>Sees every message that arrives; false eats it.</summary>
    public Func<ValidatorId, ValidatorId, Message, bool>? Filter { get; set; }

    public Moment Moment(ValidatorId node) => new(Now, 1_700_000_000_000_000 + Now + ClockSkewMicros[node.Value]);

    public long FlushTicks() => Random.Next(80, 400);

    public void At(long time, Action action) => _events.Enqueue(action, (Math.Max(time, Now), _number++));

    public void After(long ticks, Action action) => At(Now + ticks, action);

    public void Run(long ticks) => RunUntil(() => false, ticks);

    /// <summary>True when the condition came about in time.</summary>
    public bool RunUntil(Func<bool> condition, long ticks)
    {
        long end = Now + ticks;
        while (!condition())
        {
            if (!_events.TryPeek(out _, out (long Time, long Number) next) || next.Time > end)
            {
                Now = end;
                return condition();
            }
            Now = next.Time;
            Checkers.Require(++_steps < EventsMax, "events without end");
            _events.Dequeue()();
        }
        return true;
    }

    public void BootAll()
    {
        foreach (SimulatedNode node in Nodes)
            node.Boot();
        for (int left = 0; left < Nodes.Count; left++)
        {
            for (int right = left + 1; right < Nodes.Count; right++)
                Announce(left, right);
        }
        foreach (SimulatedObserver observer in Observers)
        {
            observer.Boot();
            foreach (SimulatedNode node in Nodes)
                observer.Input(new Input.LinkUp(node.Id));
        }
    }

    /// <summary>A validator's block log grew: its observers are told.</summary>
    public void AnnounceDurable(SimulatedNode node, Height height)
    {
        foreach (SimulatedObserver observer in Observers)
            Send(node.Id, observer.Id, new Message.Progress(height));
    }

    public void Boot(int id)
    {
        Nodes[id].Boot();
        for (int other = 0; other < Nodes.Count; other++)
        {
            if (other != id)
                Announce(id, other);
        }
    }

    public void Crash(int id)
    {
        if (!Nodes[id].IsAlive)
            return;
        Nodes[id].Crash();
        foreach (SimulatedNode other in Nodes.Where(other => other.Id.Value != id && !IsCut(id, other.Id.Value)))
            After(Random.Next(100, 2000), () => LinkDown(other, id));
    }

    public void Cut(int left, int right)
    {
        if (!_cut.Add((Math.Min(left, right), Math.Max(left, right))))
            return;
        LinkDown(Nodes[left], right);
        LinkDown(Nodes[right], left);
    }

    public void Heal(int left, int right)
    {
        if (_cut.Remove((Math.Min(left, right), Math.Max(left, right))))
            Announce(left, right);
    }

    public void HealAll()
    {
        foreach ((int left, int right) in _cut.ToArray())
            Heal(left, right);
    }

    public void Isolate(int id)
    {
        for (int other = 0; other < Nodes.Count; other++)
        {
            if (other != id)
                Cut(id, other);
        }
    }

    public void Send(ValidatorId from, ValidatorId to, Message message) => SendBytes(from, to, message.ToBytes(Scope), message);

    public void SendGarbage(ValidatorId from, ValidatorId to)
    {
        byte[] bytes = new byte[Random.Next(0, 400)];
        Random.NextBytes(bytes);
        if (bytes.Length > 0)
            bytes[0] = (byte)Random.Next(0, 15);
        SendBytes(from, to, bytes, null);
    }

    /// <summary>A root that depends on everything executed before it.</summary>
    public Digest NextRoot(Digest before, DeliveredBlock block) => Digest.Sha256([.. before.ToArray(), .. block.Block.Digest.ToArray()]);

    public Digest RootAfter(long height, IReadOnlyList<DeliveredBlock> blocks)
    {
        Digest root = Digest.Zero;
        for (int index = 0; index < height; index++)
            root = NextRoot(root, blocks[index]);
        return root;
    }

    private void SendBytes(ValidatorId from, ValidatorId to, byte[] bytes, Message? message)
    {
        MessagesSent++;
        Remember(from, to, bytes);
        if (message is not null) Watch?.Invoke(this, from, to, message);
        if (IsCut(from.Value, to.Value) || (to.Value < Nodes.Count && !Nodes[to.Value].IsAlive))
            return;
        if (Filter is not null && message is not null && !Filter(from, to, message))
            return;
        int copies = Random.NextDouble() < Weather.Duplication ? 2 : 1;
        for (int copy = 0; copy < copies; copy++)
        {
            if (Random.NextDouble() < Weather.Loss)
                continue;
            long arrival = Now + Random.NextInt64(Weather.LatencyMinTicks, Weather.LatencyMaxTicks + 1);
            if (!Weather.Reorder)
                arrival = _lastArrival[from.Value, to.Value] = Math.Max(arrival, _lastArrival[from.Value, to.Value] + 1);
            if (to.Value >= Nodes.Count)
            {
                At(arrival, () => Observers[to.Value - Nodes.Count].Receive(from, bytes));
                continue;
            }
            int life = Nodes[to.Value].Life;
            At(arrival, () =>
            {
                if (Nodes[to.Value].Life != life || IsCut(from.Value, to.Value))
                    return;
                if (from.Value >= Nodes.Count)
                    Nodes[to.Value].ReceiveFromObserver(from, message!);
                else
                    Nodes[to.Value].Receive(from, bytes);
            });
        }
    }

    private void Remember(ValidatorId from, ValidatorId to, byte[] bytes)
    {
        ulong trace = Mixed(Mixed(Trace, (ulong)Now), (ulong)((from.Value * 1000) + to.Value));
        foreach (byte value in bytes)
            trace = Mixed(trace, value);
        Trace = trace;

        static ulong Mixed(ulong trace, ulong value) => unchecked((trace ^ value) * 1_099_511_628_211);
    }

    private bool IsCut(int left, int right) => _cut.Contains((Math.Min(left, right), Math.Max(left, right)));

    private void Announce(int left, int right)
    {
        if (IsCut(left, right) || !Nodes[left].IsAlive || !Nodes[right].IsAlive)
            return;
        Nodes[left].Input(new Input.LinkUp(new ValidatorId(right)));
        Nodes[right].Input(new Input.LinkUp(new ValidatorId(left)));
    }

    private static void LinkDown(SimulatedNode node, int peer)
    {
        if (node.IsAlive && !node.Simulation.Nodes[peer].IsAlive || node.IsAlive && node.Simulation.IsCut(node.Id.Value, peer))
            node.Input(new Input.LinkDown(new ValidatorId(peer)));
    }

    private void Ping()
    {
        foreach (SimulatedNode from in Nodes.Where(node => node.IsAlive))
        {
            foreach (SimulatedNode to in Nodes.Where(node => node.IsAlive && node != from && !IsCut(node.Id.Value, from.Id.Value)))
                to.Input(new Input.Heard(from.Id));
        }
        After(300_000, Ping);
    }
}
