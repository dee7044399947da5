using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Hosting;

/// <summary>Rule X4: what the apply thread does with a block that is only likely to come.</summary>
public sealed class ApplyLoopTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Genesis _genesis = TestChain.Genesis(1);
    private readonly NodeKey _key = TestChain.Key(0);
    private readonly EpochScope _scope;
    private readonly Block _genesisBlock;
    private readonly Payloads _payloads;
    private readonly Recorder _machine;
    private readonly ApplyLoop _loop;
    private readonly Thread _thread;

    public ApplyLoopTests()
    {
        _scope = _genesis.ToScope();
        _genesisBlock = _genesis.ToBlock(_scope);
        _payloads = new Payloads(_key, new TransactionVerifier(_genesis), new PeerCounters());
        _machine = new Recorder(_genesis);
        BlockLog blocks = BlockLog.Open(new MemoryLog(), _scope, _genesisBlock);
        _loop = new ApplyLoop(_machine, blocks, _payloads, _scope, TimeProvider.System, queueMax: 8, _ => { }, _ => { });
        _thread = new Thread(_loop.Run);
        _thread.Start();
    }

    public void Dispose()
    {
        _loop.Stop();
        _thread.Join();
        _key.Dispose();
    }

    [Fact]
    public async Task X4_a_likely_block_is_offered_to_the_machine_and_executed_when_it_is_delivered()
    {
        (Block block, Batch batch) = First(verified: true);
        _loop.Offer(new Effect.Speculate(block, [batch]));
        OrderedBlock ahead = await _machine.Speculated.Task.WaitAsync(Patience);
        Assert.Equal(3, ahead.Transactions.Count);
        Assert.Equal(0, _loop.State.Height);
        _loop.Enqueue(new DeliveredBlock(block, null, [batch]));
        Assert.Same(ahead, await _machine.Executed.WaitAsync(Patience));
    }

    [Fact]
    public async Task X4_a_likely_block_waits_for_its_parent()
    {
        (Block block, Batch batch) = First(verified: true);
        Block next = On(block);
        _loop.Offer(new Effect.Speculate(next, []));
        _loop.Enqueue(new DeliveredBlock(block, null, [batch]));
        await _machine.Executed.WaitAsync(Patience);
        Assert.Equal(2, (await _machine.Speculated.Task.WaitAsync(Patience)).Height);
    }

    [Fact]
    public async Task X4_another_block_may_come()
    {
        (Block block, Batch batch) = First(verified: true);
        _loop.Offer(new Effect.Speculate(block, [batch]));
        await _machine.Speculated.Task.WaitAsync(Patience);
        Block other = On(_genesisBlock);
        _loop.Enqueue(new DeliveredBlock(other, null, []));
        OrderedBlock executed = await _machine.Executed.WaitAsync(Patience);
        Assert.Equal((other.Digest.ToHash(), 0), (executed.BlockDigest, executed.Transactions.Count));
    }

    /// <summary>What was not verified yet is, when it is ordered: a liar's batch stops the node then and not before (X1).</summary>
    [Fact]
    public async Task X4_transactions_that_were_not_verified_wait_until_they_are_ordered()
    {
        (Block block, Batch batch) = First(verified: false);
        _loop.Offer(new Effect.Speculate(block, [batch]));
        await Task.Delay(TimeSpan.FromMilliseconds(20)); // lets it be taken; whatever comes of it, the next is taken after it
        Block fence = On(_genesisBlock);
        _loop.Offer(new Effect.Speculate(fence, []));
        Assert.Equal(fence.Digest.ToHash(), (await _machine.Speculated.Task.WaitAsync(Patience)).BlockDigest);
        _loop.Enqueue(new DeliveredBlock(block, null, [batch]));
        Assert.Equal(3, (await _machine.Executed.WaitAsync(Patience)).Transactions.Count);
    }

    private (Block Block, Batch Batch) First(bool verified)
    {
        Batch batch = TestChain.Sealed(_genesis, _key, count: 3);
        if (verified)
            Assert.True(_payloads.Verify(batch));
        return (On(_genesisBlock, new LaneTip(batch.Lane, batch.Tip)), batch);
    }

    private Block On(Block parent, params LaneTip[] advances) => Block.Create(_scope, new BlockHeader
    {
        Epoch = _scope.Epoch,
        View = parent.View.Next,
        Height = parent.Height.Next,
        ParentView = parent.View,
        ParentDigest = parent.Digest,
        Cut = advances,
        CutDigest = Cut.Empty(1).Advance(advances).DigestIn(_scope),
        Executed = _genesisBlock.Header.Executed,
        TimeMicros = parent.Header.TimeMicros + 1,
    });

    private sealed class Recorder(Genesis genesis) : IStateMachine
    {
        private readonly HashChain _machine = new(genesis);
        private readonly TaskCompletionSource<OrderedBlock> _executed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<OrderedBlock> Speculated { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ExecutedState Recovered => _machine.Recovered;

        /// <summary>The first.</summary>
        public Task<OrderedBlock> Executed => _executed.Task;

        public void Speculate(OrderedBlock block) => Speculated.TrySetResult(block);

        public ExecutedBlock Execute(OrderedBlock block)
        {
            ExecutedBlock result = _machine.Execute(block);
            _executed.TrySetResult(block);
            return result;
        }

        public void BlocksDurable(long height) => _machine.BlocksDurable(height);
    }
}
