using Dadbs.Storage;

namespace Dadbs.ReplicationBench;

/// <summary>A log that counts its flushes.</summary>
internal sealed class CountingLog(IAppendLog inner) : IAppendLog
{
    private long _flushes;

    public long Flushes => Volatile.Read(ref _flushes);

    public long FirstAddress => inner.FirstAddress;

    public long NextAddress => inner.NextAddress;

    public long Append(ReadOnlySpan<byte> record) => inner.Append(record);

    public void Flush()
    {
        Interlocked.Increment(ref _flushes);
        inner.Flush();
    }

    public IEnumerable<LogRecord> Read(long from) => inner.Read(from);

    public bool TryRead(long address, out byte[] record) => inner.TryRead(address, out record);

    public void TruncateBefore(long address) => inner.TruncateBefore(address);

    public void Dispose() => inner.Dispose();
}
