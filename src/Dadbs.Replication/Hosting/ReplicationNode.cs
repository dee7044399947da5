using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// A validator's replication: takes own transactions, orders them with those of the others, executes finalized blocks through the
/// <see cref="IStateMachine"/>. Members are thread-safe. Life: <see cref="Open"/>, <see cref="StartAsync"/>, <see cref="DisposeAsync"/>.
/// </summary>
public sealed class ReplicationNode : IAsyncDisposable
{
    private readonly ReplicationOptions _options;

    private ReplicationNode(ReplicationOptions options, IStateMachine machine)
    {
        _options = options;
        _ = machine;
    }

    /// <summary>Checks that key, genesis and logs belong together. Reads nothing long and starts nothing.</summary>
    /// <exception cref="ReplicationException">They do not, or the vote log is missing although there is a past.</exception>
    public static ReplicationNode Open(ReplicationOptions options, IStateMachine machine) => new(options, machine);

    public Genesis Genesis => _options.Genesis;

    /// <summary>This node's index in the validator set.</summary>
    public int Validator => Genesis.IndexOf(_options.Key.PublicKey);

    public IReadOnlyList<GenesisValidator> Validators => Genesis.Validators;

    /// <summary>A snapshot; cheap enough for a status view, too dear for a query's inner loop.</summary>
    public NodeStatus Status => throw new InvalidOperationException("the node is not started");

    /// <summary>True while q validators, this one included, are linked or were heard of late: what <c>/ready</c> says.</summary>
    public bool HasQuorum => false;

    /// <summary>Highest height whose block-log record is on disk.</summary>
    public long DurableHeight => 0;

    /// <summary>Raised on the apply thread after a block was executed and its result published; must return at once.</summary>
    public event Action<ExecutedState>? Executed;

    /// <summary>Replays the block log, recovers the vote log, opens the peer port, begins to vote. Completes when local recovery is done.</summary>
    public Task StartAsync(CancellationToken cancellation = default)
    {
        Executed?.Invoke(new ExecutedState(0, Hash256.Zero, Hash256.Zero));
        return Task.CompletedTask;
    }

    /// <summary>Gives a transaction its envelope, place in the stream and id. Not sent until submitted; a gap in the stream does no harm.</summary>
    /// <exception cref="ArgumentException">Larger than the chain allows (54000).</exception>
    public PendingTransaction Prepare(uint role, ReadOnlyMemory<byte> body, long expiryMicros)
    {
        PublicKey key = _options.Key.PublicKey;
        byte[] core = TransactionEnvelope.Encode(Genesis.ChainId, key, role, 0, 0, expiryMicros, body.Span);
        return new PendingTransaction(core, Hash256.Sha256(core), role, expiryMicros);
    }

    /// <summary>
    /// Hands a transaction to the own lane. Waits while the lane is full (Rule L5); can be cancelled until then. Once it returned, the
    /// transaction is on its way and its outcome is the state machine's to tell.
    /// </summary>
    public ValueTask SubmitAsync(PendingTransaction transaction, CancellationToken cancellation = default) => ValueTask.CompletedTask;

    /// <summary>A block from the log, or null if it is not there (yet).</summary>
    public BlockRecord? ReadBlock(long height) => null;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
