using System.Buffers;
using Dadbs.Consensus;

namespace Dadbs.Replication.Tests.Hosting;

/// <summary>What the loop's own thread takes from peers, and what it leaves to their threads.</summary>
public sealed class PeerIntakeTests : IDisposable
{
    private readonly Genesis _genesis = TestChain.Genesis(4);
    private readonly NodeKey _key = TestChain.Key(0);
    private readonly PeerPoller _poller = new();
    private readonly EpochScope _scope;
    private readonly PeerIntake _intake;

    public PeerIntakeTests()
    {
        _scope = _genesis.ToScope();
        var counters = new PeerCounters();
        var held = new HeldCertificates(TimeProvider.System);
        var payloads = new Payloads(_key, new TransactionVerifier(_genesis), counters);
        var verifier = new MessageVerifier(_scope, new StatementVerifier(_genesis, counters), payloads, held.Contains);
        _intake = new PeerIntake(_scope, 0, 4, verifier, held, new Inbox(4, _poller), counters, new StandingTime());
    }

    public void Dispose()
    {
        _poller.Dispose();
        _key.Dispose();
    }

    /// <summary>Its own thread waits for its budget then, and may be late; the loop and the other peers are not.</summary>
    [Fact]
    public void A_peer_that_says_too_much_loses_the_loops_thread_and_no_other_does()
    {
        byte[] message = Bytes(new Message.Progress(new Height(1)));
        int taken = Enumerable.Range(0, 100_000).TakeWhile(_ => _intake.TryReceive(1, message)).Count();
        Assert.InRange(taken, 100, 10_000);
        Assert.False(_intake.TryReceive(1, message));
        Assert.True(_intake.TryReceive(2, message));
    }

    [Fact]
    public void What_may_hold_many_signatures_is_left_to_the_peers_thread()
    {
        Assert.True(_intake.TryReceive(1, Bytes(new Message.Progress(new Height(1)))));
        Assert.False(_intake.TryReceive(1, Bytes(new Message.FinalizedBlocks([]))));
        Assert.True(_intake.TryReceive(1, Bytes(HandedOver(groups: 4))));
        Assert.False(_intake.TryReceive(1, Bytes(HandedOver(groups: 17))));
        Assert.False(_intake.TryReceive(1, new byte[64 * 1024]));
    }

    /// <summary>The payload says of itself how many signatures it holds.</summary>
    private static Message.HandedOver HandedOver(byte groups) => new(1, 1, new byte[] { 0, 0, 0, groups, 0 });

    private byte[] Bytes(Message message)
    {
        var writer = new ArrayBufferWriter<byte>();
        message.Encode(_scope, writer);
        return writer.WrittenSpan.ToArray();
    }

    private sealed class StandingTime : TimeProvider
    {
        public override long GetTimestamp() => 1;
    }
}
