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
    private static readonly TimeSpan HoldPause = TimeSpan.FromMilliseconds(2);

    private readonly EpochScope _scope;
    private readonly MessageVerifier _verifier;
    private readonly HeldCertificates _held;
    private readonly TimeProvider _time;
    private readonly Inbox _inbox;
    private readonly PeerCounters _counters;
    private readonly int[] _refusals;
    private readonly long[] _executedHints;
    private readonly long[] _lastHeard;

    public PeerIntake(EpochScope scope, MessageVerifier verifier, HeldCertificates held, Inbox inbox, PeerCounters counters, TimeProvider time)
    {
        _scope = scope;
        _verifier = verifier;
        _held = held;
        _time = time;
        _inbox = inbox;
        _counters = counters;
        _refusals = new int[scope.ValidatorCount];
        _executedHints = new long[scope.ValidatorCount];
        _lastHeard = new long[scope.ValidatorCount];
    }

    /// <summary>What a peer says it has executed.</summary>
    public long ExecutedHint(int peer) => Volatile.Read(ref _executedHints[peer]);

    public void LinkUp(int peer) => _inbox.Post(new Input.LinkUp(new ValidatorId(peer)));

    public void LinkDown(int peer) => _inbox.Post(new Input.LinkDown(new ValidatorId(peer)));

    public void Heard(int peer) => _inbox.Post(new Input.Heard(new ValidatorId(peer)));

    public ValueTask ReceivedAsync(int peer, ReadOnlyMemory<byte> message)
    {
        Message decoded = Message.Decode(_scope, message) ?? throw new FormatException("a message is malformed");
        NoteExecuted(peer, decoded);
        if (Shorten(decoded) is not { } useful)
        {
            HeardRedundant(peer);
            return ValueTask.CompletedTask;
        }
        if (_verifier.TryVerify(new ValidatorId(peer), useful) is not { } verified)
        {
            _counters.RefuseMessage();
            if (Interlocked.Increment(ref _refusals[peer]) % RefusalsMax == 0)
                throw new FormatException("too many messages were refused");
            return ValueTask.CompletedTask;
        }
        _inbox.Post(new Input.Received(new ValidatorId(peer), verified), peer, message.Length);
        return _inbox.HasRoomFor(peer) ? ValueTask.CompletedTask : HoldAsync(peer);
    }

    /// <summary>
    /// Rule M1: a vote for a certificate that is already held is worth only the executed height it carries (K1), the certificate itself nothing.
    /// Null: drop it. Only for a moment: later such a message is that of a peer that was left behind, and is answered.
    /// </summary>
    private Message? Shorten(Message message) => message switch
    {
        Message.Certified certified when _held.IsFresh(certified.Certificate.Key) => null,
        Message.Voted { Vote: { } vote } when _held.IsFresh(new CertificateKey(vote.Type, vote.View, vote.Digest)) => new Message.Progress(vote.ExecutedHint),
        _ => message,
    };

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

    /// <summary>Rare, and only the reader of a peer that is ahead of this node waits, so polling is good enough.</summary>
    private async ValueTask HoldAsync(int peer)
    {
        while (!_inbox.HasRoomFor(peer))
            await Task.Delay(HoldPause).ConfigureAwait(false);
    }
}
