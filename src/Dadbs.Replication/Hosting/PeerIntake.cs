using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// The rim: decodes and verifies what peers send, on the threads that read their connections, and hands only <see cref="Verified{T}"/> messages to
/// the loop. A malformed message closes its connection; a message with a bad signature is counted and dropped, and a peer that sends many
/// is disconnected.
/// </summary>
internal sealed class PeerIntake : IPeerHandler
{
    private const int RefusalsMax = 100;

    /// <summary>Questions of one peer: a page of blocks with a batch of every lane for each, at once, and then as many as an honest node in a hurry asks.</summary>
    private const int QuestionsBurst = 2_000;
    private const int QuestionsPerSecond = 500;

    /// <summary>Messages of any kind; beyond it the peer's reader waits, and so in the end the peer.</summary>
    private const int MessagesBurst = 20_000;
    private const int MessagesPerSecond = 6_000;

    /// <summary>So many questions beyond the budget weigh as much as one message that is wrong.</summary>
    private const int ExcessForOne = 20;

    private static readonly TimeSpan BudgetPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Up to so many validators Notarize votes are believed at the word of their links, and the loop verifies others itself, those that a certificate still needs; of more, the connections' threads do it side by side.</summary>
    public const int LateVerificationValidatorsMax = 16;

    /// <summary>What is longer takes long.</summary>
    private const int BriefBytesMax = 16 * 1024;

    /// <summary>Each group of transactions has a signature: no more than a leader gathers of some validators.</summary>
    private const int BriefGroupsMax = 16;

    /// <summary>Of one peer on the thread that serves all: several times what an honest one says. Beyond it the peer's own thread has the work, for a second at least.</summary>
    private const int BriefBurst = 500;
    private const int BriefPerSecond = 2_000;

    private readonly EpochScope _scope;
    private readonly ValidatorId _self;
    private readonly VoteGauge _gauge;
    private long _ownAvailable;
    private readonly MessageVerifier _verifier;
    private readonly HeldCertificates _held;

    /// <summary>Asked for every vote.</summary>
    private readonly Func<CertificateKey, bool> _isFresh;
    private readonly Inbox _inbox;
    private readonly PeerCounters _counters;
    private readonly int[] _refusals;
    private readonly long[] _executedHints;
    private readonly PeerBudget[] _questions;
    private readonly PeerBudget[] _messages;
    private readonly PeerBudget[] _brief;
    private readonly int[] _excess;
    private readonly long[] _refusedEver;
    private readonly long[] _frontiers;
    private readonly object _pause = new();
    private long _view;
    private long _finalView;
    private volatile bool _expectsUnanimity;

    public PeerIntake(
        EpochScope scope, int self, int peers, MessageVerifier verifier, HeldCertificates held, Inbox inbox, PeerCounters counters, TimeProvider time)
    {
        _scope = scope;
        _self = new ValidatorId(self);
        _gauge = new VoteGauge(scope, _self);
        _verifier = verifier;
        _held = held;
        _isFresh = held.IsFresh;
        _inbox = inbox;
        _counters = counters;
        _refusals = new int[peers];
        _executedHints = new long[peers];
        _excess = new int[peers];
        _refusedEver = new long[peers];
        _questions = [.. Enumerable.Range(0, peers).Select(_ => new PeerBudget(QuestionsBurst, QuestionsPerSecond, time))];
        _messages = [.. Enumerable.Range(0, peers).Select(_ => new PeerBudget(MessagesBurst, MessagesPerSecond, time))];
        _brief = [.. Enumerable.Range(0, peers).Select(_ => new PeerBudget(BriefBurst, BriefPerSecond, time))];
        _frontiers = new long[scope.ValidatorCount];
    }

    /// <summary>What a peer says it has executed.</summary>
    public long ExecutedHint(int peer) => Volatile.Read(ref _executedHints[peer]);

    /// <summary>What this node does for others; set once, before the network starts.</summary>
    public PeerService? Service { get; set; }

    /// <summary>Messages of a peer that were refused since the start.</summary>
    public long Refused(int peer) => Volatile.Read(ref _refusedEver[peer]);

    /// <summary>The loop's: where it stands, so that what is past is dropped before it costs a verification (Rule M1).</summary>
    public void Publish(IConsensusCore core)
    {
        Volatile.Write(ref _ownAvailable, core.OwnAvailable.Position);
        _expectsUnanimity = core.ExpectsUnanimity;
        Volatile.Write(ref _view, core.View.Value);
        Volatile.Write(ref _finalView, core.Finalized.View.Value);
        for (int lane = 0; lane < _frontiers.Length; lane++)
            Volatile.Write(ref _frontiers[lane], core.FrontierOf(new ValidatorId(lane)));
    }

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
            _inbox.NoteHeard(peer);
    }

    /// <summary>The position through which the own lane is known to be available; the loop's to set.</summary>
    public long OwnAvailable
    {
        get => Volatile.Read(ref _ownAvailable);
        set => Volatile.Write(ref _ownAvailable, value);
    }

    public void Received(int peer, ReadOnlyMemory<byte> message)
    {
        Message decoded = Decode(message);
        while (!_messages[peer].TrySpend())
        {
            lock (_pause)
                Monitor.Wait(_pause, BudgetPause);
        }
        Take(peer, decoded, message.Length);
        if (!IsObserver(peer))
            _inbox.WaitForRoom(peer);
    }

    public bool TryReceive(int peer, ReadOnlySpan<byte> message)
    {
        if (message.Length > BriefBytesMax || !_inbox.HasRoomFor(peer) || !_brief[peer].TrySpend())
            return false;
        Message decoded = Decode(message.ToArray());
        if (!IsBrief(decoded) || !_messages[peer].TrySpend())
            return false;
        Take(peer, decoded, message.Length);
        return true;
    }

    private Message Decode(ReadOnlyMemory<byte> message) => Message.Decode(_scope, message) ?? throw new FormatException("a message is malformed");

    /// <summary>No more than a few signatures to check, and no block to read from the disk.</summary>
    private static bool IsBrief(Message message) => message switch
    {
        Message.FinalizedBlocks => false,
        Message.HandedOver handed => BatchPayload.GroupsIn(handed.Payload) <= BriefGroupsMax,
        Message.BatchMessage batch => BatchPayload.GroupsIn(batch.Batch.Payload) <= BriefGroupsMax,
        Message.Proposal proposal => proposal.Skipped.Count <= 1,
        _ => true,
    };

    private void Take(int peer, Message decoded, int length)
    {
        _counters.Work.MessageReceived();
        RefuseTooOften(peer);
        if (!IsWithinBudget(peer, decoded))
            return;
        if (IsObserver(peer) || decoded is Message.HandedOver)
        {
            bool isServed = Service is { } service && (IsObserver(peer) ? service.TryServe(peer, decoded) : service.TryTake(peer, (Message.HandedOver)decoded));
            if (!isServed)
                Refuse(peer);
            return;
        }
        NoteExecuted(peer, decoded);
        if (IsPast(decoded) || Shorten(decoded) is not { } useful)
        {
            _counters.Work.MessageDropped();
            // It still shows that its sender lives (Rule T2).
            Heard(peer);
            return;
        }
        if (MayBeVerifiedLate(peer, useful))
        {
            _inbox.PostUnverified(useful, peer, length, IsUrgent(useful));
            return;
        }
        if (_verifier.TryVerify(new ValidatorId(peer), useful) is not { } verified)
        {
            Refuse(peer);
            return;
        }
        var input = new Input.Received(new ValidatorId(peer), verified);
        if (useful is Message.BatchMessage)
            _inbox.PostBatch(input, peer, length);
        else
            _inbox.Post(input, peer, length, IsUrgent(useful));
    }

    /// <summary>
    /// The loop's, for what <see cref="Inbox.PostUnverified"/> took in: null if it came too late to matter, or if its signature is bad. A certificate takes q votes and a proof
    /// f+1 acknowledgements, whatever else was said costs no curve arithmetic (Rule M1).
    /// </summary>
    public Input? VerifyLate(int peer, Message message, Func<CertificateKey, bool> holds)
    {
        Message? useful = message switch
        {
            Message.Voted { Vote: { } vote } when vote.IsNeedless(holds) || vote.IsNeedless(_isFresh) => OnlySeen(vote),
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

    /// <summary>What this node salvaged is believed no further than what a peer says: null if it does not check.</summary>
    public Input? TryVerify(Message salvaged) => _verifier.TryVerify(_self, salvaged) is { } verified ? new Input.Received(_self, verified) : null;

    /// <summary>What is believed at the word of its link needs no verification at all.</summary>
    private bool MayBeVerifiedLate(int peer, Message message) => _scope.ValidatorCount <= LateVerificationValidatorsMax && message switch
    {
        Message.Acknowledged => true,
        Message.Voted { Vote: { } vote } => vote.Type != VoteType.Nullify && !_verifier.Believes(new ValidatorId(peer), vote),
        _ => false,
    };

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
        Interlocked.Increment(ref _refusedEver[peer]);
    }

    /// <summary>
    /// Rule M1. A peer's questions and evidence beyond its budget are dropped, and count against it a little; whatever else it says too fast has to wait (<see cref="Received"/>). The two connections of a
    /// peer share the budgets, and lose a count now and then.
    /// </summary>
    private bool IsWithinBudget(int peer, Message message)
    {
        // Evidence against a leader is rare among honest nodes, and a liar can make any amount of it against itself.
        bool isQuestion = message is Message.LinkStatus or Message.ViewRequest or Message.BlocksRequest or Message.BatchRequest or Message.LeaderSaid or Message.Contradiction
            or Message.Unheard;
        if (!isQuestion || _questions[peer].TrySpend())
            return true;
        if (Interlocked.Increment(ref _excess[peer]) % ExcessForOne == 0)
            Refuse(peer);
        return false;
    }

    /// <summary>Rule M1: what is below the last final block, or so far ahead that it is dropped without a certificate, changes nothing.</summary>
    private bool IsPast(Message message)
    {
        long final = Volatile.Read(ref _finalView);
        return message switch
        {
            Message.Voted { Vote: { } vote } => vote.View.Value > Volatile.Read(ref _view) + ConsensusParameters.Default.ViewWindow,
            Message.LeaderSaid said => said.View.Value > Volatile.Read(ref _view) + ConsensusParameters.Default.ViewWindow
                || said.View.Value <= Volatile.Read(ref _view) - ConsensusParameters.Default.EvidenceViews,
            Message.Contradiction contradiction => contradiction.View.Value > Volatile.Read(ref _view) + ConsensusParameters.Default.ViewWindow,
            Message.Certified { Certificate: { } certificate } => certificate.View.Value <= final,
            Message.CertifiedBlock certified => certified.Block.View.Value <= final,
            Message.BatchMessage { Batch: { } batch } => batch.Position <= Volatile.Read(ref _frontiers[batch.Lane.Value]),
            Message.Available { Proof: { } proof } => proof.Header.Position <= Volatile.Read(ref _frontiers[proof.Header.Lane.Value]),
            _ => false,
        };
    }

    private static Message.Progress OnlySeen(Vote vote) =>
        new(vote.ExecutedHint) { InView = vote.Type == VoteType.Finalize ? vote.View.Next : vote.View };

    /// <summary>Whether the loop can do something about it now that it could not do a moment later, together with what comes next.</summary>
    private bool IsUrgent(Message message) => message switch
    {
        Message.Progress or Message.Acknowledged => false,
        Message.Voted { Vote: { Type: not VoteType.Nullify } vote } => _gauge.Completes(vote, _expectsUnanimity),
        _ => true,
    };

    /// <summary>
    /// Rule M1: a vote for a certificate that is already held is worth only the executed height it carries (K1), the certificate itself nothing.
    /// Null: drop it. Only for a moment: later such a message is that of a peer that was left behind, and is answered.
    /// </summary>
    private Message? Shorten(Message message) => message switch
    {
        Message.Certified certified when _held.IsFresh(certified.Certificate.Key) => new Message.Progress(Height.Genesis) { InView = certified.Certificate.View.Next },
        Message.Voted { Vote: { } vote } when vote.IsNeedless(_isFresh) => OnlySeen(vote),
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
