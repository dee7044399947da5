using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// The rim: decodes and verifies what peers send, on the threads of their connections, and hands only <see cref="Verified{T}"/> messages to
/// the loop. A malformed message closes its connection; a message with a bad signature is counted and dropped, and a peer that sends many
/// is disconnected.
/// </summary>
internal sealed class PeerIntake : IPeerHandler
{
    private const int RefusalsMax = 100;

    /// <summary>Up to so many validators the loop verifies votes itself, those that a certificate still needs; of more, the connections' threads do it side by side.</summary>
    private const int LateVerificationValidatorsMax = 16;

    private readonly EpochScope _scope;
    private readonly ValidatorId _self;
    private readonly VoteGauge _gauge;
    private long _ownAvailable;
    private readonly MessageVerifier _verifier;
    private readonly HeldCertificates _held;
    private readonly TimeProvider _time;
    private readonly Inbox _inbox;
    private readonly PeerCounters _counters;
    private readonly int[] _refusals;
    private readonly long[] _executedHints;
    private readonly long[] _lastHeard;

    public PeerIntake(
        EpochScope scope, int self, int peers, MessageVerifier verifier, HeldCertificates held, Inbox inbox, PeerCounters counters, TimeProvider time)
    {
        _scope = scope;
        _self = new ValidatorId(self);
        _gauge = new VoteGauge(scope, _self);
        _verifier = verifier;
        _held = held;
        _time = time;
        _inbox = inbox;
        _counters = counters;
        _refusals = new int[peers];
        _executedHints = new long[peers];
        _lastHeard = new long[peers];
    }

    /// <summary>What a peer says it has executed.</summary>
    public long ExecutedHint(int peer) => Volatile.Read(ref _executedHints[peer]);

    /// <summary>What this node does for others; set once, before the network starts.</summary>
    public PeerService? Service { get; set; }

    public void LinkUp(int peer)
    {
        if (IsObserver(peer))
            Service!.Greet(peer);
        else
            _inbox.Post(new Input.LinkUp(new ValidatorId(peer)));
    }

    public void LinkDown(int peer)
    {
        if (!IsObserver(peer))
            _inbox.Post(new Input.LinkDown(new ValidatorId(peer)));
    }

    public void Heard(int peer)
    {
        if (!IsObserver(peer))
            _inbox.Post(new Input.Heard(new ValidatorId(peer)), urgent: false);
    }

    /// <summary>The position through which the own lane is known to be available; the loop's to set.</summary>
    public long OwnAvailable
    {
        get => Volatile.Read(ref _ownAvailable);
        set => Volatile.Write(ref _ownAvailable, value);
    }

    public void Received(int peer, ReadOnlyMemory<byte> message)
    {
        _counters.Work.MessageReceived();
        Message decoded = Message.Decode(_scope, message) ?? throw new FormatException("a message is malformed");
        RefuseTooOften(peer);
        if (IsObserver(peer) || decoded is Message.HandedOver)
        {
            bool isServed = Service is { } service && (IsObserver(peer) ? service.TryServe(peer, decoded) : service.TryTake(peer, (Message.HandedOver)decoded));
            if (!isServed)
                Refuse(peer);
            return;
        }
        NoteExecuted(peer, decoded);
        if (Shorten(decoded) is not { } useful)
        {
            _counters.Work.MessageDropped();
            HeardRedundant(peer);
            return;
        }
        if (MayBeVerifiedLate(useful))
        {
            _inbox.PostUnverified(useful, peer, message.Length, IsUrgent(useful));
            _inbox.WaitForRoom(peer);
            return;
        }
        if (_verifier.TryVerify(new ValidatorId(peer), useful) is not { } verified)
        {
            Refuse(peer);
            return;
        }
        var input = new Input.Received(new ValidatorId(peer), verified);
        if (useful is Message.BatchMessage)
            _inbox.PostBatch(input, peer, message.Length);
        else
            _inbox.Post(input, peer, message.Length, IsUrgent(useful));
        _inbox.WaitForRoom(peer);
    }

    /// <summary>
    /// The loop's, for what <see cref="Inbox.PostUnverified"/> took in: null if it came too late to matter, or if its signature is bad. A certificate takes q votes and a proof
    /// f+1 acknowledgements, whatever else was said costs no curve arithmetic (Rule M1).
    /// </summary>
    public Input? VerifyLate(int peer, Message message, Func<CertificateKey, bool> holds)
    {
        Message? useful = message switch
        {
            Message.Voted { Vote: { } vote } when holds(new CertificateKey(vote.Type, vote.View, vote.Digest)) => OnlySeen(vote),
            Message.Acknowledged acknowledged when TellsNothing(acknowledged.Acknowledgement) => null,
            _ => message,
        };
        if (useful is null)
            return null;
        if (_verifier.TryVerify(new ValidatorId(peer), useful) is { } verified)
            return new Input.Received(new ValidatorId(peer), verified);
        Refuse(peer);
        return null;
    }

    private bool MayBeVerifiedLate(Message message) =>
        _scope.ValidatorCount <= LateVerificationValidatorsMax && message is Message.Acknowledged or Message.Voted { Vote.Type: not VoteType.Nullify };

    private bool IsObserver(int peer) => peer >= _scope.ValidatorCount;

    private void RefuseTooOften(int peer)
    {
        if (Volatile.Read(ref _refusals[peer]) < RefusalsMax)
            return;
        Volatile.Write(ref _refusals[peer], 0);
        throw new FormatException("too many messages were refused");
    }

    /// <summary>The next message of a peer that was refused too often ends its connection.</summary>
    private void Refuse(int peer)
    {
        _counters.RefuseMessage();
        Interlocked.Increment(ref _refusals[peer]);
    }

    private static Message.Progress OnlySeen(Vote vote) =>
        new(vote.ExecutedHint) { InView = vote.Type == VoteType.Finalize ? vote.View.Next : vote.View };

    /// <summary>Whether the loop can do something about it now that it could not do a moment later, together with what comes next.</summary>
    private bool IsUrgent(Message message) => message switch
    {
        Message.Progress or Message.Acknowledged => false,
        Message.Voted { Vote: { Type: not VoteType.Nullify } vote } => _gauge.CompletesQuorum(vote),
        _ => true,
    };

    /// <summary>
    /// Rule M1: a vote for a certificate that is already held is worth only the executed height it carries (K1), the certificate itself nothing.
    /// Null: drop it. Only for a moment: later such a message is that of a peer that was left behind, and is answered.
    /// </summary>
    private Message? Shorten(Message message) => message switch
    {
        Message.Certified certified when _held.IsFresh(certified.Certificate.Key) => new Message.Progress(Height.Genesis) { InView = certified.Certificate.View.Next },
        Message.Voted { Vote: { } vote } when _held.IsFresh(new CertificateKey(vote.Type, vote.View, vote.Digest)) => OnlySeen(vote),
        Message.Acknowledged acknowledged when TellsNothing(acknowledged.Acknowledgement) => null,
        _ => message,
    };

    /// <summary>L3: where a holder's own acknowledgement and the author's are a proof, another's only matters for the own lane, until that has its proof.</summary>
    private bool TellsNothing(Acknowledgement acknowledgement)
    {
        if (_scope.OneHonest > 2)
            return false;
        foreach (LaneTip leaf in acknowledgement.Leaves)
        {
            if (leaf.Lane == _self && leaf.Tip.Position > OwnAvailable)
                return false;
        }
        return true;
    }

    /// <summary>What is dropped still shows that its sender lives (Rule T2), which the loop need not hear more often than pings would say it.</summary>
    private void HeardRedundant(int peer)
    {
        if (_time.GetElapsedTime(Volatile.Read(ref _lastHeard[peer])) < PeerLimits.ConsensusPing)
            return;
        Volatile.Write(ref _lastHeard[peer], _time.GetTimestamp());
        Heard(peer);
    }

    private void NoteExecuted(int peer, Message message)
    {
        long hint = message switch
        {
            Message.Voted voted => voted.Vote.ExecutedHint.Value,
            Message.Proposal proposal => proposal.LeaderVote.ExecutedHint.Value,
            Message.Progress progress => progress.ExecutedHint.Value,
            Message.LinkStatus status => status.ExecutedHint.Value,
            _ => 0,
        };
        if (hint > 0)
            Volatile.Write(ref _executedHints[peer], hint);
    }
}
