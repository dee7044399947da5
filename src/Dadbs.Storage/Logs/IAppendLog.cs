namespace Dadbs.Storage;

/// <summary>
/// An append-only log of records. An address names a record, grows with every append and stays valid across restarts. What was appended
/// is durable after <see cref="Flush"/> returned, and only then. A flush that fails throws <see cref="StorageFailedException"/> and poisons the log:
/// nothing more is taken, since nobody knows what the disk kept. One thread appends and flushes; any thread reads.
/// </summary>
public interface IAppendLog : IDisposable
{
    /// <summary>Address of the oldest record that is kept; equals <see cref="NextAddress"/> when there is none.</summary>
    long FirstAddress { get; }

    /// <summary>A bound above every record's address: where the next append goes, or before it.</summary>
    long NextAddress { get; }

    /// <summary>Takes a record and returns its address. Not durable yet.</summary>
    long Append(ReadOnlySpan<byte> record);

    void Flush();

    /// <summary>Records from an address (a record's own, or <see cref="FirstAddress"/>) to the end, oldest first; damage throws <see cref="CorruptionException"/>.</summary>
    IEnumerable<LogRecord> Read(long from);

    /// <summary>The record at an address; false if it was cut away or never written.</summary>
    bool TryRead(long address, out byte[] record);

    /// <summary>The same of an address that is only believed to be a record's: where there is none, it is no damage that anybody is told of.</summary>
    bool TryProbe(long address, out byte[] record)
    {
        try
        {
            return TryRead(address, out record);
        }
        catch (CorruptionException)
        {
            record = [];
            return false;
        }
    }

    /// <summary>Records before <paramref name="address"/> may go. Keeps whole segments: some of them may still be read.</summary>
    void TruncateBefore(long address);
}

/// <summary>A record and its address. The memory is not written again.</summary>
public readonly record struct LogRecord(long Address, ReadOnlyMemory<byte> Bytes);
