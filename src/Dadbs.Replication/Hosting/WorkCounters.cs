namespace Dadbs.Replication;

/// <summary>How much a node did since its start, by kind of work. All grow only; thread-safe. The source of the bench's figures a block.</summary>
public sealed class WorkCounters
{
    private long _turns, _messagesReceived, _messagesDropped, _messagesSent, _socketWrites, _socketReads, _signaturesVerified, _signaturesMade, _handedOver, _pushedBack;

    /// <summary>What the places of <see cref="ToArray"/> mean.</summary>
    public static string[] Names { get; } =
        ["turns", "messages received", "of them dropped unread", "messages sent", "socket writes", "socket reads", "signatures verified", "signatures made", "transactions taken for others", "pushed back"];

    internal void Turn() => Interlocked.Increment(ref _turns);

    internal void MessageReceived() => Interlocked.Increment(ref _messagesReceived);

    internal void MessageDropped() => Interlocked.Increment(ref _messagesDropped);

    internal void MessageSent() => Interlocked.Increment(ref _messagesSent);

    internal void SocketWrite() => Interlocked.Increment(ref _socketWrites);

    internal void SocketRead() => Interlocked.Increment(ref _socketReads);

    internal void SignatureVerified() => Interlocked.Increment(ref _signaturesVerified);

    /// <summary>Others' transactions taken into the own lane (Rule L4).</summary>
    internal void HandedOver(int transactions) => Interlocked.Add(ref _handedOver, transactions);

    internal void PushedBack() => Interlocked.Increment(ref _pushedBack);

    internal void SignatureMade() => Interlocked.Increment(ref _signaturesMade);

    public long[] ToArray() =>
    [
        Volatile.Read(ref _turns),
        Volatile.Read(ref _messagesReceived),
        Volatile.Read(ref _messagesDropped),
        Volatile.Read(ref _messagesSent),
        Volatile.Read(ref _socketWrites),
        Volatile.Read(ref _socketReads),
        Volatile.Read(ref _signaturesVerified),
        Volatile.Read(ref _signaturesMade),
        Volatile.Read(ref _handedOver),
        Volatile.Read(ref _pushedBack),
    ];
}
