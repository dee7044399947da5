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
    private readonly PeerCounters _counters = new();
    private readonly LinkTrust _links = new(4);
    private readonly Inbox _inbox;
    private readonly PeerIntake _intake;

    public PeerIntakeTests()
    {
        _scope = _genesis.ToScope();
        _inbox = new Inbox(4, _poller);
        var held = new HeldCertificates(TimeProvider.System);
        var payloads = new Payloads(_key, new TransactionVerifier(_genesis), _counters);
        var verifier = new MessageVerifier(_scope, new StatementVerifier(_genesis, _counters), payloads, held.Contains, _links);
        _intake = new PeerIntake(_scope, 0, 4, verifier, held, _inbox, _counters, new StandingTime());
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

    /// <summary>Rule M1. Once it was found to sign badly, the loop verifies it, if it still matters.</summary>
    [Fact]
    public void A_Notarize_over_its_voters_own_link_is_believed_until_it_was_found_out()
    {
        byte[] notarize = Bytes(new Message.Voted(VoteOf(1, VoteType.Notarize)));
        Assert.True(_intake.TryReceive(1, notarize));
        Inbox.Item believed = Assert.Single(_inbox.Take(TimeSpan.Zero, 1, 1));
        Assert.False(Assert.IsType<Message.Voted>(Assert.IsType<Input.Received>(believed.Input).Message.Value).Vote.IsProven);

        Assert.True(_intake.TryReceive(2, notarize));
        Assert.Null(_intake.VerifyLate(2, Assert.Single(_inbox.Take(TimeSpan.Zero, 1, 1)).Unverified!, _ => false));
        Assert.True(_intake.TryReceive(1, Bytes(new Message.Voted(VoteOf(1, VoteType.Nullify)))));
        Assert.Equal((1, 1), (_intake.Refused(1), _intake.Refused(2)));

        _links.Withdraw(new ValidatorId(1));
        Assert.True(_intake.TryReceive(1, notarize));
        Assert.Null(_intake.VerifyLate(1, Assert.Single(_inbox.Take(TimeSpan.Zero, 1, 1)).Unverified!, _ => false));
        Assert.Equal(2, _intake.Refused(1));
    }

    /// <summary>Rule C1: where all are well one turn takes all votes of a view.</summary>
    [Fact]
    public void Only_the_last_of_all_Notarize_is_worth_a_turn_where_all_are_expected()
    {
        var gauge = new VoteGauge(_scope, new ValidatorId(0));
        Assert.Equal([false, true], new[] { 2, 3 }.Select(voter => gauge.Completes(VoteOf(voter, VoteType.Notarize), expectsUnanimity: true)));
        gauge = new VoteGauge(_scope, new ValidatorId(1));
        Assert.Equal([false, false, true], new[] { 0, 2, 3 }.Select(voter => gauge.Completes(VoteOf(voter, VoteType.Notarize), expectsUnanimity: true)));
        gauge = new VoteGauge(_scope, new ValidatorId(0));
        Assert.Equal([true, true], new[] { 2, 3 }.Select(voter => gauge.Completes(VoteOf(voter, VoteType.Notarize), expectsUnanimity: false)));
        Assert.Equal([false, true], new[] { 2, 3 }.Select(voter => gauge.Completes(VoteOf(voter, VoteType.Finalize), expectsUnanimity: true)));
    }

    /// <summary>View 1 is led by #1; nobody made the signature.</summary>
    private static Vote VoteOf(int voter, VoteType type) =>
        new(type, new View(1), Digest.Sha256("block"u8), new ValidatorId(voter), Height.Genesis, new Signature(new byte[Signature.Length]));

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
