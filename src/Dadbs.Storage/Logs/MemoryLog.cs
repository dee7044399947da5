namespace Dadbs.Storage;

/// <summary>
/// An append log in memory, for simulation and tests. <see cref="Crash"/> gives the log that a restart would find: what was not flushed is lost.
/// </summary>
public sealed class MemoryLog : IAppendLog
{
    private readonly Lock _gate = new();
    private readonly List<LogRecord> _records;
    private long _next;
    private int _durableCount;
    private long _durableNext;
    private bool _failed;

    public MemoryLog()
        : this([], next: 8)
    {
    }

    private MemoryLog(List<LogRecord> records, long next)
    {
        _records = records;
        _next = _durableNext = next;
        _durableCount = records.Count;
    }

    /// <summary>The next flush fails and poisons the log.</summary>
    public bool FailFlush { get; set; }

    /// <summary>There is no room for what is appended next; the log takes nothing more, not even when there is room again.</summary>
    public bool IsFull { get; set; }

    public long FirstAddress
    {
        get
        {
            lock (_gate)
                return _records.Count == 0 ? _next : _records[0].Address;
        }
    }

    public long NextAddress
    {
        get
        {
            lock (_gate)
                return _next;
        }
    }

    public long Append(ReadOnlySpan<byte> record)
    {
        lock (_gate)
        {
            CheckUsable();
            _failed |= IsFull;
            if (_failed)
                throw new DiskFullException("no space left on device");
            long address = _next;
            _records.Add(new LogRecord(address, record.ToArray()));
            _next += 8 + record.Length;
            return address;
        }
    }

    public void Flush()
    {
        lock (_gate)
        {
            CheckUsable();
            _failed = FailFlush;
            CheckUsable();
            _durableCount = _records.Count;
            _durableNext = _next;
        }
    }

    public IEnumerable<LogRecord> Read(long from)
    {
        lock (_gate)
            return _records.FindAll(record => record.Address >= from);
    }

    public bool TryRead(long address, out byte[] record)
    {
        lock (_gate)
        {
            int index = _records.FindIndex(candidate => candidate.Address == address);
            record = index < 0 ? [] : _records[index].Bytes.ToArray();
            return index >= 0;
        }
    }

    public void TruncateBefore(long address)
    {
        lock (_gate)
        {
            int cut = _records.TakeWhile(record => record.Address < address).Count();
            _records.RemoveRange(0, cut);
            _durableCount = Math.Max(0, _durableCount - cut);
        }
    }

    /// <summary>The log as a restart finds it.</summary>
    public MemoryLog Crash()
    {
        lock (_gate)
            return new MemoryLog(_records.GetRange(0, _durableCount), _durableNext);
    }

    public void Dispose()
    {
    }

    private void CheckUsable()
    {
        if (_failed)
            throw new StorageFailedException("the log failed and takes nothing more");
    }
}
