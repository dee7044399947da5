using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// The thread that executes: takes delivered blocks in order, runs the state machine, appends block and result to the block log, reports the
/// roots. The block log is flushed when there is a pause or enough is waiting, so no transaction waits for it: until then the vote log holds
/// the same blocks.
/// </summary>
internal sealed class ApplyLoop
{
    private const int FlushBlocks = 64;
    private const long FlushBytes = 8L * 1024 * 1024;
    private static readonly TimeSpan FlushPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(250);

    private readonly IStateMachine _machine;
    private readonly BlockLog _blocks;
    private readonly Payloads _payloads;
    private readonly EpochScope _scope;
    private readonly TimeProvider _time;
    private readonly int _queueMax;
    private readonly Action<ExecutedState> _executed;
    private readonly Action<long> _durable;
    private readonly object _gate = new();
    private readonly Queue<DeliveredBlock> _queue = new();
    private Effect.Speculate? _likely;
    private OrderedBlock? _speculated;
    private bool _stopping;
    private ExecutedState _state;
    private long _lastFlush;
    private long _named;

    public ApplyLoop(
        IStateMachine machine, BlockLog blocks, Payloads payloads, EpochScope scope, TimeProvider time, int queueMax, Action<ExecutedState> executed, Action<long> durable)
    {
        _machine = machine;
        _blocks = blocks;
        _payloads = payloads;
        _scope = scope;
        _time = time;
        _queueMax = queueMax;
        _executed = executed;
        _durable = durable;
        _state = machine.Recovered;
        _lastFlush = time.GetTimestamp();
    }

    /// <summary>Only on top of what is executed.</summary>
    private bool HasLikely => _likely is { } likely && likely.Block.Height.Value == _state.Height + 1;

    /// <summary>Called on the apply thread with each block that is executed for the first time, before it is.</summary>
    public Action<OrderedBlock>? Ordered { get; set; }

    /// <summary>The height executed last, with its roots. Any thread.</summary>
    public ExecutedState State => Volatile.Read(ref _state);

    /// <summary>Repeats what the block log holds above the recovered state; every result must be the recorded one.</summary>
    public void Replay(CancellationToken cancellation)
    {
        if (_state.Height > _blocks.Height)
            throw new BlockLogDamagedException($"block log: it ends at height {_blocks.Height}, below the recovered state's {_state.Height}");
        CheckRecovered();
        for (long height = _state.Height + 1; height <= _blocks.Height; height++)
        {
            cancellation.ThrowIfCancellationRequested();
            StoredBlock stored = _blocks.Read(height);
            ExecutedBlock result = Execute(Order(stored.Final.Block, stored.Batches, isReplay: true));
            if (result.StateRoot != stored.Result.StateRoot || result.ReceiptsRoot != stored.Result.ReceiptsRoot)
                throw new DivergenceException($"height {height} executed to {result.StateRoot.ToHex()}, was {stored.Result.StateRoot.ToHex()} before the restart");
            _machine.BlocksDurable(height);
        }
    }

    /// <summary>The loop's: takes a block. Waits while the queue is full, which the execution lag (Rule K1) keeps from happening in ordinary operation.</summary>
    public void Enqueue(DeliveredBlock block)
    {
        lock (_gate)
        {
            while (_queue.Count >= _queueMax && !_stopping)
                Monitor.Wait(_gate);
            _queue.Enqueue(block);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Rule X4. The loop's: a block that is likely to be delivered next. Executed ahead when there is nothing else to do; forgotten for a later one.</summary>
    public void Offer(Effect.Speculate likely)
    {
        lock (_gate)
        {
            _likely = likely;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The thread's body; ends after <see cref="Stop"/> with everything flushed.</summary>
    public void Run()
    {
        while (TryTake(out DeliveredBlock? block, out Effect.Speculate? likely))
        {
            if (block is not null)
                Apply(block);
            else if (likely is not null)
                Speculate(likely);
            if (MustFlush(idle: block is null && likely is null))
                Flush();
        }
        Flush();
    }

    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool TryTake(out DeliveredBlock? block, out Effect.Speculate? likely)
    {
        lock (_gate)
        {
            // Woken for a block that cannot be executed yet, it waits on: only a pause in which nothing came is one.
            bool isPause = false;
            while (_queue.Count == 0 && !HasLikely && !_stopping && !isPause)
            {
                if (_blocks.DurableHeight < _blocks.Height)
                    isPause = !Monitor.Wait(_gate, FlushPause);
                else
                    Monitor.Wait(_gate);
            }
            likely = null;
            if (_queue.TryDequeue(out block))
            {
                if (_likely is { } passed && passed.Block.Height <= block.Height)
                    _likely = null;
                Monitor.PulseAll(_gate);
            }
            else if (HasLikely)
                (likely, _likely) = (_likely, null);
            return !_stopping;
        }
    }

    /// <summary>Transactions that have not been verified yet wait until they are ordered.</summary>
    private void Speculate(Effect.Speculate likely)
    {
        if (likely.Batches.Any(batch => batch.Attached is null))
            return;
        _speculated = Order(likely.Block, likely.Batches, isReplay: false);
        _machine.Speculate(_speculated);
    }

    private void Apply(DeliveredBlock block)
    {
        CheckNamed(block.Block.Header.Executed.ToState());
        OrderedBlock ordered = _speculated is { } ahead && ahead.BlockDigest == block.Block.Digest.ToHash() ? ahead : Order(block.Block, block.Batches, isReplay: false);
        _speculated = null;
        // Before those whom the execution answers can come back.
        Ordered?.Invoke(ordered);
        ExecutedBlock result = Execute(ordered);
        _blocks.Append(block, result);
        _executed(_state);
    }

    private ExecutedBlock Execute(OrderedBlock ordered)
    {
        Invariant.Check(ordered.Height == _state.Height + 1);
        ExecutedBlock result = _machine.Execute(ordered);
        Invariant.Check(result.Height == ordered.Height);
        Volatile.Write(ref _state, new ExecutedState(result.Height, result.StateRoot, result.ReceiptsRoot));
        return result;
    }

    /// <summary>Rule X1: consensus gives the batches in their order; a batch's transactions stay together.</summary>
    private OrderedBlock Order(Block block, IReadOnlyList<Batch> batches, bool isReplay) =>
        Ordering.Flatten(block, batches, _payloads.TransactionsOf, _scope, isReplay);

    /// <summary>Rule X3: a final block names what q validators executed an earlier height to; whoever has another result is wrong and must stop.</summary>
    private void CheckNamed(ExecutedState named)
    {
        if (named.Height <= _named)
            return;
        _named = named.Height;
        ExecutedBlock? own = named.Height == _state.Height ? null : _blocks.TryReadResult(named.Height);
        Hash256 stateRoot = own?.StateRoot ?? _state.StateRoot;
        Hash256 receiptsRoot = own?.ReceiptsRoot ?? _state.ReceiptsRoot;
        if (stateRoot != named.StateRoot || receiptsRoot != named.ReceiptsRoot)
            throw new DivergenceException($"height {named.Height} executed to {stateRoot.ToHex()} here, the chain says {named.StateRoot.ToHex()}");
    }

    private bool MustFlush(bool idle) =>
        _blocks.DurableHeight < _blocks.Height
        && (idle
            || _blocks.Height - _blocks.DurableHeight >= FlushBlocks
            || _blocks.BytesUnflushed >= FlushBytes
            || _time.GetElapsedTime(_lastFlush) >= FlushInterval);

    private void Flush()
    {
        _lastFlush = _time.GetTimestamp();
        if (_blocks.DurableHeight == _blocks.Height)
            return;
        _blocks.Flush();
        _machine.BlocksDurable(_blocks.DurableHeight);
        _durable(_blocks.DurableHeight);
    }

    private void CheckRecovered()
    {
        if (_state.Height == 0)
            return;
        StoredBlock stored = _blocks.Read(_state.Height);
        if (stored.Result.StateRoot != _state.StateRoot)
            throw new DivergenceException($"the recovered state of height {_state.Height} is {_state.StateRoot.ToHex()}, the block log says {stored.Result.StateRoot.ToHex()}");

        // The state holds no receipts: their root comes from the log.
        Volatile.Write(ref _state, new ExecutedState(_state.Height, stored.Result.StateRoot, stored.Result.ReceiptsRoot));
    }
}
