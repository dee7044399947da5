using System.Buffers;
using System.Buffers.Binary;
using Dadbs.Storage.Faster.Devices;
using FASTER.core;

namespace Dadbs.Storage.Faster;

/// <summary>
/// An append log in a FasterLog: the block log. Records longer than a chunk take several entries; the first one's address is the record's.
/// The commit's cookie carries the next sequence number, so that a scan knows whether it has seen everything that was committed.
/// Reads show what is committed.
/// </summary>
public sealed class FasterBlockLog : IAppendLog
{
    /// <summary>The log's files are called so, with a number behind a dot.</summary>
    internal const string FileName = "blocks.log";

    private readonly string _directory;
    private readonly bool _readOnly;
    private readonly long _pageBytes;
    private readonly Action<CorruptionException>? _damageFound;
    private readonly CheckedDevice _device;
    private readonly CheckedDeviceFactory _commits;
    private readonly WriteLatch _latch;
    private readonly FasterLogSettings _settings;
    private readonly FasterLog _log;
    private readonly byte[] _chunk = new byte[BlockLogChunk.HeaderBytes + BlockLogChunk.PayloadBytesMax];
    private long _nextSequence;
    private long _committedSequence;
    private Exception? _failure;

    private FasterBlockLog(string directory, FasterBlockLogOptions options, CheckedDevice device, CheckedDeviceFactory commits, WriteLatch latch)
    {
        _directory = directory;
        _readOnly = options.ReadOnly;
        _pageBytes = 1L << options.PageSizeBits;
        _damageFound = options.DamageFound;
        _device = device;
        _commits = commits;
        _latch = latch;
        _settings = new FasterLogSettings
        {
            LogDevice = _device,
            LogCommitManager = new DeviceLogCommitCheckpointManager(_commits, new DefaultCheckpointNamingScheme(directory), removeOutdated: !options.ReadOnly),
            PageSizeBits = options.PageSizeBits,
            MemorySizeBits = options.MemorySizeBits,
            SegmentSizeBits = options.SegmentSizeBits,
            LogChecksum = LogChecksumType.PerEntry,
            ReadOnlyMode = options.ReadOnly,
        };
        _log = new FasterLog(_settings);
        _device.WrittenThrough = _log.CommittedUntilAddress;
        byte[]? cookie = _log.RecoveredCookie;
        _nextSequence = _committedSequence = cookie is null ? 0 : BinaryPrimitives.ReadInt64LittleEndian(cookie);
    }

    public long FirstAddress => _log.BeginAddress;

    public long NextAddress => _readOnly ? _log.CommittedUntilAddress : _log.TailAddress;

    /// <exception cref="CorruptionException">The newest commit is damaged, or what it says is there is not; <see cref="FasterBlockLogOptions.DamageFound"/> has been told.</exception>
    public static FasterBlockLog Open(string directory, FasterBlockLogOptions? options = null)
    {
        options ??= new FasterBlockLogOptions();
        try
        {
            return OpenChecked(directory, options);
        }
        catch (CorruptionException e)
        {
            options.DamageFound?.Invoke(e);
            throw;
        }
    }

    private static FasterBlockLog OpenChecked(string directory, FasterBlockLogOptions options)
    {
        directory = Path.GetFullPath(directory);
        if (!options.ReadOnly)
            Directory.CreateDirectory(directory);
        var latch = new WriteLatch();
        var device = new CheckedDevice(Path.Combine(directory, FileName), DeviceFlush.EachWrite, options.ReadOnly, latch, options.FlushContent) { IsLog = true, FasterMayTruncate = true };
        // A commit file without content is what a crash leaves of an unfinished commit.
        var commits = new CheckedDeviceFactory(options.ReadOnly, isSealed: false, latch, options.FlushContent);
        FasterBlockLog log;
        try
        {
            log = new FasterBlockLog(directory, options, device, commits, latch);
        }
        catch (Exception e) when (e is FasterException or IOException or ArgumentException)
        {
            device.Dispose();
            throw commits.Damage ?? device.DamageBelow(long.MaxValue) ?? new CorruptionException($"the block log cannot be recovered: {e.Message}", directory, inner: e);
        }

        // FasterLog falls back to an older commit when it cannot read the newest: right for one that was never finished, wrong for a damaged one.
        if ((commits.Damage ?? device.DamageBelow(device.WrittenThrough)) is { } damage)
        {
            log.Dispose();
            throw damage;
        }

        commits.Forget();
        return log;
    }

    public long Append(ReadOnlySpan<byte> record)
    {
        if (record.Length > Limits.LogRecordBytesMax)
            throw new ArgumentException($"a log record of {record.Length} bytes is over the limit of {Limits.LogRecordBytesMax}", nameof(record));
        CheckUsable();
        long address = -1;
        bool begins = true;
        do
        {
            ReadOnlySpan<byte> payload = record[..Math.Min(record.Length, BlockLogChunk.PayloadBytesMax)];
            record = record[payload.Length..];
            int length = BlockLogChunk.Write(_chunk, _nextSequence, begins, record.IsEmpty, payload);
            long entry = Enqueue(_chunk.AsSpan(0, length));
            if (begins)
                address = entry;
            _nextSequence++;
            begins = false;
        }
        while (!record.IsEmpty);
        return address;
    }

    public void Flush()
    {
        CheckUsable();
        var cookie = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(cookie, _nextSequence);
        try
        {
            // Not spinWait: that yields in a loop until the disk answers, on cores that others need.
            if (_log.CommitStrongly(out long tail, out long number, spinWait: false, cookie))
                _log.WaitForCommitAsync(tail, number).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is FasterException or IOException)
        {
            throw Fail(e);
        }

        if (_latch.Failure is { } failure)
            throw Fail(failure);
        _commits.Forget();
        _device.WrittenThrough = _log.CommittedUntilAddress;
        Volatile.Write(ref _committedSequence, _nextSequence);
    }

    public IEnumerable<LogRecord> Read(long from)
    {
        long last = Volatile.Read(ref _committedSequence) - 1;
        long end = _device.WrittenThrough;
        long start = Math.Max(from, FirstAddress);
        if (start >= end)
            yield break;
        using FasterLogScanIterator scan = _log.Scan(start, end);
        long expected = -1;
        while (TryReadRecord(scan, ref expected, out LogRecord record))
            yield return record;
        if (expected >= 0 && expected <= last)
            throw Damaged("the block log ends before its last committed record", end);
    }

    public bool TryRead(long address, out byte[] record)
    {
        if (TryProbe(address, out record))
            return true;
        if (!IsCommitted(address))
            return false;
        using FasterLogScanIterator scan = _log.Scan(address, _device.WrittenThrough);
        long expected = -1;
        if (!TryReadRecord(scan, ref expected, out LogRecord found) || found.Address != address)
            throw Damaged("a block log record is damaged, or the address is not that of a record", address);
        record = found.Bytes.ToArray();
        return true;
    }

    public bool TryProbe(long address, out byte[] record)
    {
        byte[]? read = IsCommitted(address) ? TryReadEntries(address) : null;
        record = read ?? [];
        return read is not null;
    }

    /// <summary>FASTER takes a commit whose write failed for one that was made.</summary>
    private bool IsCommitted(long address) => address >= FirstAddress && address < _device.WrittenThrough;

    /// <summary>
    /// The record's own bytes from the files: a scan would read a whole page for it. Null where anything is not as it should be: the scan then says what.
    /// </summary>
    private byte[]? TryReadEntries(long address)
    {
        long pageBytes = _pageBytes;
        long end = _device.WrittenThrough;
        var gathered = new ArrayBufferWriter<byte>();
        Span<byte> header = stackalloc byte[BlockLogEntry.HeaderBytes];
        long expected = -1;
        for (long place = address; place + BlockLogEntry.HeaderBytes <= end;)
        {
            long left = pageBytes - (place % pageBytes) - BlockLogEntry.HeaderBytes;
            header.Clear();
            if (left > 0)
                _device.Read(place, header);
            if (BlockLogEntry.LengthOf(header) is not { } length || length > left)
            {
                // The rest of a page may be too short for the next chunk.
                if (expected < 0 || place % pageBytes == 0)
                    return null;
                place += pageBytes - (place % pageBytes);
                continue;
            }

            byte[] entry = new byte[length];
            _device.Read(place + BlockLogEntry.HeaderBytes, entry);
            if (!BlockLogChunk.TryRead(entry, out BlockLogChunk chunk) || chunk.Begins != (expected < 0) || (expected >= 0 && chunk.Sequence != expected))
                return null;
            gathered.Write(chunk.Payload);
            if (chunk.Ends)
                return gathered.WrittenSpan.ToArray();
            expected = chunk.Sequence + 1;
            place += BlockLogEntry.SpanOf(length);
        }

        return null;
    }

    /// <summary>The address must be that of a record. Takes effect on disk with the next flush.</summary>
    public void TruncateBefore(long address)
    {
        CheckUsable();
        if (address > FirstAddress)
            _log.TruncateUntil(Math.Min(address, _log.CommittedUntilAddress));
    }

    public void Dispose()
    {
        _failure ??= new ObjectDisposedException(nameof(FasterBlockLog));
        _log.Dispose();
        _settings.Dispose();
        _device.Dispose();
    }

    private long Enqueue(ReadOnlySpan<byte> entry)
    {
        try
        {
            return _log.Enqueue(entry);
        }
        catch (Exception e) when (e is FasterException or IOException)
        {
            throw Fail(e);
        }
    }

    /// <summary>Gathers the entries of the next record. False at the end of the scan; a gap, a bad checksum or a record cut short throws.</summary>
    private bool TryReadRecord(FasterLogScanIterator scan, ref long expected, out LogRecord record)
    {
        record = default;
        ArrayBufferWriter<byte>? gathered = null;
        long address = -1;
        while (TryNext(scan, out byte[] entry, out int length, out long entryAddress))
        {
            if (!BlockLogChunk.TryRead(entry.AsSpan(0, length), out BlockLogChunk chunk)
                || (expected >= 0 && chunk.Sequence != expected) || chunk.Begins != (address < 0))
                throw Damaged("a block log record is damaged", entryAddress);
            expected = chunk.Sequence + 1;
            if (chunk.Begins)
                address = entryAddress;
            if (chunk.Begins && chunk.Ends)
            {
                record = new LogRecord(address, chunk.Payload.ToArray());
                return true;
            }

            gathered ??= new ArrayBufferWriter<byte>(4 * BlockLogChunk.PayloadBytesMax);
            gathered.Write(chunk.Payload);
            if (!chunk.Ends)
                continue;
            record = new LogRecord(address, gathered.WrittenMemory);
            return true;
        }

        if (address >= 0)
            throw Damaged("a block log record is cut short", address);
        return false;
    }

    private bool TryNext(FasterLogScanIterator scan, out byte[] entry, out int length, out long address)
    {
        try
        {
            return scan.GetNext(out entry, out length, out address);
        }
        catch (Exception e) when (e is FasterException or IOException)
        {
            throw Damaged($"the block log cannot be read: {e.Message}", scan.NextAddress);
        }
    }

    /// <summary>Names the file and place where the device met a bad sector, if it did.</summary>
    private CorruptionException Damaged(string what, long address) =>
        Reported(_device.DamageBelow(_device.WrittenThrough) is { } sector
            ? new CorruptionException($"{what}: {sector.Message}", sector.File, sector.Position, sector)
            : new CorruptionException(what, _directory, address));

    private CorruptionException Reported(CorruptionException damage)
    {
        _damageFound?.Invoke(damage);
        return damage;
    }

    private void CheckUsable()
    {
        if (_readOnly)
            throw new InvalidOperationException("the log was opened for reading only");
        if (_failure is not null)
            throw new StorageFailedException("the log failed earlier and takes nothing more", _failure);
    }

    private StorageFailedException Fail(Exception e)
    {
        _failure = e;
        string message = $"cannot write the log {_directory}: {e.Message}";
        return DiskFullException.IsReasonOf(e) ? new DiskFullException(message, e) : new StorageFailedException(message, e);
    }
}
