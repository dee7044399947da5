using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dadbs.Replication;
using Dadbs.Storage;

namespace Dadbs.ReplicationBench;

/// <summary>A state machine whose state is a running hash; tells each waiting client that its transaction was executed.</summary>
internal sealed class AnsweringMachine(Genesis genesis) : IStateMachine
{
    private readonly ConcurrentDictionary<Hash256, TaskCompletionSource> _waiting = new();
    private readonly byte[] _state = genesis.InitialStateRoot.ToArray();
    private long _blocks;
    private long _transactions;

    public ExecutedState Recovered { get; } = new(0, genesis.InitialStateRoot, Hash256.Zero);

    public long Blocks => Volatile.Read(ref _blocks);

    public long Transactions => Volatile.Read(ref _transactions);

    public Task Expect(Hash256 id)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = done;
        return done.Task;
    }

    public ExecutedBlock Execute(OrderedBlock block)
    {
        Span<byte> input = stackalloc byte[2 * Hash256.Size];
        foreach (SignedTransaction transaction in block.Transactions)
        {
            _state.CopyTo(input);
            transaction.Id.CopyTo(input[Hash256.Size..]);
            SHA256.HashData(input, _state);
        }
        // Answered when the block is executed, as a session is.
        foreach (SignedTransaction transaction in block.Transactions)
        {
            if (_waiting.TryRemove(transaction.Id, out TaskCompletionSource? done))
                done.SetResult();
        }
        Volatile.Write(ref _blocks, _blocks + 1);
        Volatile.Write(ref _transactions, _transactions + block.Transactions.Count);
        var root = Hash256.FromSpan(_state);
        return new ExecutedBlock(block.Height, root, root, ReadOnlyMemory<byte>.Empty);
    }

    public void BlocksDurable(long height)
    {
        // Nothing is kept.
    }
}
