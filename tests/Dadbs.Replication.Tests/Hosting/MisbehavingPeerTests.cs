using Dadbs.Consensus;
using Dadbs.Replication.Tests.Peers;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Hosting;

/// <summary>Rule M1 at the rim: what a validator that misbehaves over its own link may cost the others.</summary>
public sealed class MisbehavingPeerTests
{
    public enum Wrong
    {
        OwnVote,

        /// <summary>Two words of an honest leader that it never said (B1).</summary>
        EvidenceAgainstAnother,
    }

    [Theory]
    [InlineData(Wrong.OwnVote)]
    [InlineData(Wrong.EvidenceAgainstAnother)]
    public async Task A_peer_that_signs_wrongly_is_counted_put_off_and_named(Wrong wrong)
    {
        await using var cluster = new TestCluster(4);
        await Task.WhenAll(cluster.Nodes[..3].Select(node => node.StartAsync()));
        using NodeKey key = TestChain.Key(3);
        await using PeerNetwork liar = LiarOf(cluster, key);
        await PeerNetworkTests.Eventually(() => liar.Links[0]!.State == LinkState.Up);
        Message message = wrong == Wrong.OwnVote
            ? new Message.Voted(new Vote(VoteType.Nullify, new View(1), Digest.Zero, new ValidatorId(3), Height.Genesis, new Signature(new byte[Signature.Length])))
            : ContradictionAt(cluster, key, view: 1);
        ReadOnlyMemory<byte> frame = EffectRunner.FrameOf(cluster.Genesis.ToScope(), message);
        for (int i = 0; i < 150; i++)
            liar.Send(0, PeerChannel.Consensus, frame);
        liar.Flush();
        await PeerNetworkTests.Eventually(() => PeerOf(cluster.Nodes[0]).Bans == 1);
        Assert.Equal(100, PeerOf(cluster.Nodes[0]).Refused);
        await PeerNetworkTests.Eventually(() => PeerOf(cluster.Nodes[0]).Link == LinkState.Down);
        Assert.Equal(0, PeerOf(cluster.Nodes[1]).Bans);
        Hash256 id = await cluster.Nodes[0].SubmitAsync("without it");
        await TestCluster.AssertAgreed(cluster.Nodes[..3], [id]);
    }

    public enum Excess
    {
        Questions,

        /// <summary>Its own contradiction, as true as it can be (B1).</summary>
        Evidence,
    }

    [Theory]
    [InlineData(Excess.Questions)]
    [InlineData(Excess.Evidence)]
    public async Task Questions_and_evidence_without_end_are_dropped_and_in_the_end_count(Excess excess)
    {
        await using var cluster = new TestCluster(4);
        await Task.WhenAll(cluster.Nodes[..3].Select(node => node.StartAsync()));
        using NodeKey key = TestChain.Key(3);
        await using PeerNetwork liar = LiarOf(cluster, key);
        await PeerNetworkTests.Eventually(() => liar.Links[0]!.State == LinkState.Up);
        // Evidence of a view that is past says nothing: the liar's next but one.
        long view = (cluster.Nodes[0].Node.Status.View / 4 * 4) + 7;
        Message message = excess == Excess.Questions ? new Message.ViewRequest(new View(1)) : ContradictionAt(cluster, key, view);
        ReadOnlyMemory<byte> frame = EffectRunner.FrameOf(cluster.Genesis.ToScope(), message);
        for (int i = 0; i < 10_000; i++)
            liar.Send(0, PeerChannel.Consensus, frame);
        liar.Flush();
        await PeerNetworkTests.Eventually(() => PeerOf(cluster.Nodes[0]).Bans == 1);
        Hash256 id = await cluster.Nodes[0].SubmitAsync("goes on");
        await TestCluster.AssertAgreed(cluster.Nodes[..3], [id]);
    }

    [Fact]
    public void A_budget_is_a_burst_and_then_a_rate()
    {
        var time = new StillTime();
        var budget = new PeerBudget(burst: 3, perSecond: 2, time);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => budget.TrySpend()));
        time.Seconds = 1;
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => budget.TrySpend()));
        time.Seconds = 100;
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => budget.TrySpend()));
    }

    [Fact]
    public async Task L4_handed_over_transactions_get_half_the_room_and_none_while_own_writers_wait()
    {
        using NodeKey key = TestChain.Key(1);
        Genesis genesis = TestChain.Genesis(2);
        HandedTransaction[] handed = [.. TestChain.Signed(genesis, key, 3).Select(transaction => new HandedTransaction(transaction, TransactionSource.HandedOver))];
        int bytes = handed[0].Bytes.Length;
        var queue = new SubmissionQueue(bytesMax: 4 * bytes);
        Assert.True(queue.TryEnqueue(handed[..2]));
        Assert.False(queue.TryEnqueue(handed[2..]));
        await queue.EnqueueAsync(TestChain.Pending(genesis, key, 7, new byte[bytes]), CancellationToken.None);
        Assert.IsType<HandedTransaction>(queue.TryDequeue());
        Task writer = queue.EnqueueAsync(TestChain.Pending(genesis, key, 8, new byte[3 * bytes]), CancellationToken.None).AsTask();
        Assert.False(writer.IsCompleted);
        Assert.False(queue.TryEnqueue(handed[2..]));
        while (queue.TryDequeue() is not null)
            continue;
        await writer;
        Assert.True(queue.TryEnqueue(handed[2..]));
    }

    private static Message.Contradiction ContradictionAt(TestCluster cluster, NodeKey key, long view)
    {
        var signer = new StatementSigner(cluster.Genesis, key, new StatementVerifier(cluster.Genesis, new PeerCounters()));
        LeaderWord WordOf(Digest block) => new(block, signer.Sign(SigningBytes.OfVote(cluster.Genesis.ToScope(), VoteType.Notarize, new View(view), block).Span));
        return Message.Contradiction.Of(new View(view), WordOf(Digest.Sha256("one"u8)), WordOf(Digest.Sha256("another"u8)));
    }

    private static PeerStatus PeerOf(TestNode node) => node.Node.Status.Peers[^1];

    private static PeerNetwork LiarOf(TestCluster cluster, NodeKey key)
    {
        var network = new PeerNetwork(
            cluster.Genesis, key, [.. cluster.Genesis.Validators.Select(validator => validator.Address)], new DeafHandler(), new PeerCounters(), TimeProvider.System);
        network.Start(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, cluster.Genesis.Validators[3].Address.Port));
        return network;
    }

    private sealed class StillTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }

    private sealed class DeafHandler : IPeerHandler
    {
        public void LinkUp(int peer)
        {
        }

        public void LinkDown(int peer)
        {
        }

        public void Heard(int peer)
        {
        }

        public void Received(int peer, ReadOnlyMemory<byte> message)
        {
            // Says what the test says, and nothing else.
        }
    }
}
