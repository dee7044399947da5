namespace Dadbs.Replication;

/// <summary>Counts refusals, and work, of all threads.</summary>
internal sealed class PeerCounters
{
    private long _connections, _frames, _messages, _signatures, _transactions, _sendsDropped;

    public WorkCounters Work { get; } = new();

    public void RefuseConnection() => Interlocked.Increment(ref _connections);

    public void RefuseFrame() => Interlocked.Increment(ref _frames);

    public void RefuseMessage() => Interlocked.Increment(ref _messages);

    public void RefuseSignature() => Interlocked.Increment(ref _signatures);

    public void RefuseTransaction() => Interlocked.Increment(ref _transactions);

    public void DropSend() => Interlocked.Increment(ref _sendsDropped);

    public RefusalCounters Read() => new(
        Volatile.Read(ref _connections),
        Volatile.Read(ref _frames),
        Volatile.Read(ref _messages),
        Volatile.Read(ref _signatures),
        Volatile.Read(ref _transactions),
        Volatile.Read(ref _sendsDropped));
}
