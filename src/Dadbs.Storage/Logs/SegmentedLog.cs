using Dadbs.Storage.Logs;
using Dadbs.Storage.Recovery;
using Microsoft.Win32.SafeHandles;

namespace Dadbs.Storage;

public sealed record SegmentedLogOptions
{
    private const int SegmentBytesMin = 4096;

    /// <summary>Length of a segment file, allocated when it is created; a longer record gets a longer segment of its own.</summary>
    public int SegmentBytes
    {
        get;
        init => field = value >= SegmentBytesMin
            ? value : throw new ArgumentOutOfRangeException(nameof(SegmentBytes), $"a log segment has at least {SegmentBytesMin} bytes");
    } = 16 * 1024 * 1024;

    /// <summary>Looks and touches nothing: a torn tail is stepped over and left as it is.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Replaced by tests that make flushes fail.</summary>
    internal Action<SafeFileHandle> FlushContent { get; init; } = DurableFile.FlushContent;
}

/// <summary>
/// An append log in preallocated segment files: the vote log. A flush is one write and one fdatasync. When it is opened, a last frame that
/// does not check is the trace of a crash in mid-write and is dropped, unless a later frame proves that it had been durable: then it is damage and
/// throws <see cref="CorruptionException"/>, as does any damage met while reading.
/// </summary>
public sealed class SegmentedLog : IAppendLog
{
    /// <summary>The buffer of frames that wait for a flush; one that had to grow beyond it goes with its frames.</summary>
    internal const int PendingBytesKept = 256 * 1024;

    private readonly Lock _gate = new();
    private readonly string _directory;
    private readonly SegmentedLogOptions _options;
    private List<LogSegment> _segments;
    private byte[] _pending = new byte[4096];
    private int _pendingLength;
    private long _durable;

    /// <summary>The last frame is a closing mark: opened and not written to since.</summary>
    private bool _isClosed;
    private Exception? _failure;

    private SegmentedLog(string directory, SegmentedLogOptions options, List<LogSegment> segments)
    {
        _directory = directory;
        _options = options;
        _segments = segments;
    }

    public long FirstAddress
    {
        get
        {
            lock (_gate)
                return _segments.Count == 0 ? LogSegment.HeaderBytes : _segments[0].FirstFrame;
        }
    }

    public long NextAddress
    {
        get
        {
            lock (_gate)
                return _durable + _pendingLength;
        }
    }

    private LogSegment Last => _segments[^1];

    internal int PendingCapacity => _pending.Length;

    public static SegmentedLog Open(string directory, SegmentedLogOptions? options = null)
    {
        options ??= new SegmentedLogOptions();
        if (!options.ReadOnly)
            Directory.CreateDirectory(directory);
        var log = new SegmentedLog(directory, options, OpenSegments(directory, options));
        log.FindEnd();
        return log;
    }

    public long Append(ReadOnlySpan<byte> record)
    {
        if (record.Length > Limits.LogRecordBytesMax)
            throw new ArgumentException($"a log record of {record.Length} bytes is over the limit of {Limits.LogRecordBytesMax}", nameof(record));
        lock (_gate)
        {
            CheckUsable();
            int length = LogFrame.Length(record.Length);
            if (_durable + _pendingLength + length > Last.Limit)
                Roll(length);
            long address = _durable + _pendingLength;
            LogFrame.Write(ReservePending(length), address, _durable, record);
            return address;
        }
    }

    public void Flush()
    {
        lock (_gate)
        {
            CheckUsable();
            FlushPending();
        }
    }

    public IEnumerable<LogRecord> Read(long from)
    {
        while (TryReadSegment(from, out byte[] frames, out long start, out string path))
        {
            int offset = 0;
            while (offset < frames.Length)
            {
                if (!LogFrame.TryRead(frames.AsSpan(offset), start + offset, out int length, out _))
                    throw new CorruptionException("a log record is damaged", path, start + offset);
                if (length != LogFrame.ClosingMark)
                    yield return new LogRecord(start + offset, frames.AsMemory(offset + LogFrame.HeaderBytes, length));
                offset += LogFrame.Length(length);
            }

            from = start + frames.Length;
        }
    }

    public bool TryRead(long address, out byte[] record)
    {
        record = [];
        lock (_gate)
        {
            long next = _durable + _pendingLength;
            LogSegment? segment = SegmentOf(address);
            if (segment is null || address < segment.FirstFrame || address >= next || (address - segment.Start) % LogFrame.Alignment != 0)
                return false;
            long end = EndOf(segment);
            if (address >= end)
                return false;
            ReadOnlySpan<byte> frame = FrameAt(segment, address, end);
            if (!LogFrame.TryRead(frame, address, out int length, out _))
                throw new CorruptionException("a log record is damaged, or the address is not that of a record", segment.Path, address);
            record = length == LogFrame.ClosingMark ? [] : frame.Slice(LogFrame.HeaderBytes, length).ToArray();
            return length != LogFrame.ClosingMark;
        }
    }

    public void TruncateBefore(long address)
    {
        lock (_gate)
        {
            CheckUsable();
            int cut = 0;
            while (cut < _segments.Count - 1 && _segments[cut].Limit <= address)
                cut++;
            if (cut == 0)
                return;
            List<LogSegment> removed = _segments[..cut];
            _segments = _segments[cut..];
            foreach (LogSegment segment in removed)
            {
                segment.Dispose();
                File.Delete(segment.Path);
            }

            DurableFile.FlushDirectory(_directory);
        }
    }

    /// <summary>
    /// Closes the files. What was not flushed is lost, as it would be in a crash. Leaves a closing mark, so that damage to the last frame is not
    /// taken for a torn write when the log is opened again.
    /// </summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_failure is null && !_options.ReadOnly && _segments.Count > 0)
                WriteClosingMark();
            Abandon();
        }
    }

    /// <summary>Closes the files as the end of the process would.</summary>
    internal void Abandon()
    {
        lock (_gate)
        {
            _failure ??= new ObjectDisposedException(nameof(SegmentedLog));
            foreach (LogSegment segment in _segments)
                segment.Dispose();
        }
    }

    private static List<LogSegment> OpenSegments(string directory, SegmentedLogOptions options)
    {
        if (!options.ReadOnly)
        {
            foreach (string unfinished in Directory.GetFiles(directory, "*" + LogSegment.TemporaryExtension))
                File.Delete(unfinished);
        }

        string[] paths = Directory.GetFiles(directory, "*" + LogSegment.Extension);
        Array.Sort(paths, StringComparer.Ordinal);
        var segments = new List<LogSegment>();
        foreach (string path in paths)
        {
            var segment = LogSegment.Open(path, options.ReadOnly);
            if (segments.Count > 0 && (segments[^1].Limit != segment.Start || segment.PreviousEnd > segment.Start))
                throw new CorruptionException("a log segment is missing before this one", path);
            segments.Add(segment);
        }

        if (segments.Count == 0 && !options.ReadOnly)
            segments.Add(LogSegment.Create(directory, start: 0, previousEnd: 0, options.SegmentBytes));
        return segments;
    }

    /// <summary>Sets the end of the log: after the last whole frame of the last segment.</summary>
    private void FindEnd()
    {
        if (_segments.Count == 0)
        {
            _durable = LogSegment.HeaderBytes;
            return;
        }

        LogSegment last = Last;
        byte[] bytes = last.Read(last.FirstFrame, last.Limit);
        int end = 0;
        while (LogFrame.TryRead(bytes.AsSpan(end), last.FirstFrame + end, out int length, out _))
        {
            end = Math.Min(bytes.Length, end + LogFrame.Length(length));
            _isClosed = length == LogFrame.ClosingMark;
        }

        _durable = last.FirstFrame + end;
        last.ContinueAt(_durable);
        int garbage = bytes.AsSpan(end).IndexOfAnyExcept((byte)0);
        if (garbage < 0)
            return;
        CheckNothingDurableFollows(last, bytes, end);
        if (!_options.ReadOnly)
            last.Clear(_durable, last.Limit);
    }

    /// <summary>
    /// Frames of one write may reach the disk in any order, so whole frames can follow a torn one. But a frame that was written after the bad
    /// place had become durable proves that this is no torn write.
    /// </summary>
    private static void CheckNothingDurableFollows(LogSegment segment, byte[] bytes, int end)
    {
        long address = segment.FirstFrame + end;
        for (int at = end + LogFrame.Alignment; at < bytes.Length; at += LogFrame.Alignment)
        {
            int skip = bytes.AsSpan(at).IndexOfAnyExcept((byte)0);
            if (skip < 0)
                return;
            at += skip / LogFrame.Alignment * LogFrame.Alignment;
            if (LogFrame.TryRead(bytes.AsSpan(at), segment.FirstFrame + at, out _, out long durable) && durable > address)
                throw new CorruptionException("a log record is damaged and later ones are whole", segment.Path, address);
        }
    }

    private void WriteClosingMark()
    {
        int length = LogFrame.Length(LogFrame.ClosingMark);
        if (_durable == Last.FirstFrame || _isClosed || _durable + length > Last.Limit)
            return;
        Span<byte> frame = stackalloc byte[length];
        frame.Clear();
        LogFrame.WriteClosingMark(frame, _durable);
        try
        {
            Last.Write(frame, _durable);
            _options.FlushContent(Last.File);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The records are durable; the mark was only a help to recognise later damage.
            _failure = e;
        }
    }

    private void CheckUsable()
    {
        if (_options.ReadOnly)
            throw new InvalidOperationException("the log was opened for reading only");
        if (_failure is not null)
            throw new StorageFailedException("the log failed earlier and takes nothing more", _failure);
    }

    private void FlushPending()
    {
        if (_pendingLength == 0)
            return;
        try
        {
            Last.Write(_pending.AsSpan(0, _pendingLength), _durable);
            _options.FlushContent(Last.File);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fail("write", e);
        }

        _durable += _pendingLength;
        _isClosed = false;
        if (_pending.Length > PendingBytesKept)
            _pending = new byte[4096];
        else
            _pending.AsSpan(0, _pendingLength).Clear();
        _pendingLength = 0;
    }

    /// <summary>Starts a new segment; the old one is durable first, so that its end, noted in the new header, is final.</summary>
    private void Roll(int frameLength)
    {
        FlushPending();
        long capacity = Math.Max(_options.SegmentBytes, (LogSegment.HeaderBytes + (long)frameLength + 4095) / 4096 * 4096);
        try
        {
            LogSegment next = LogSegment.Create(_directory, Last.Limit, _durable, capacity);
            _segments = [.. _segments, next];
            _durable = next.FirstFrame;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fail("extend", e);
        }
    }

    private StorageFailedException Fail(string what, Exception e)
    {
        _failure = e;
        string message = $"cannot {what} the log {_directory}: {e.Message}";
        return DiskFullException.IsReasonOf(e) ? new DiskFullException(message, e) : new StorageFailedException(message, e);
    }

    private Span<byte> ReservePending(int length)
    {
        if (_pending.Length - _pendingLength < length)
            Array.Resize(ref _pending, Math.Max(_pendingLength + length, checked(_pending.Length * 2)));
        _pendingLength += length;
        return _pending.AsSpan(_pendingLength - length, length);
    }

    private LogSegment? SegmentOf(long address)
    {
        foreach (LogSegment segment in _segments)
        {
            if (address >= segment.Start && address < segment.Limit)
                return segment;
        }

        return null;
    }

    private long EndOf(LogSegment segment)
    {
        int index = _segments.IndexOf(segment);
        return index == _segments.Count - 1 ? _durable + _pendingLength : _segments[index + 1].PreviousEnd;
    }

    /// <summary>The bytes from a frame on: of what is pending, or just that frame from the file.</summary>
    private ReadOnlySpan<byte> FrameAt(LogSegment segment, long address, long end)
    {
        if (segment == Last && address >= _durable)
            return _pending.AsSpan((int)(address - _durable), (int)(end - address));
        byte[] header = segment.Read(address, Math.Min(end, address + LogFrame.HeaderBytes));
        int recordLength = header.Length < LogFrame.HeaderBytes ? 0 : System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(header);
        long length = recordLength < 0 ? LogFrame.HeaderBytes : Math.Min(end - address, LogFrame.HeaderBytes + (long)recordLength);
        return segment.Read(address, address + length);
    }

    /// <summary>The frames of the first segment that has any at or after <paramref name="from"/>, what is pending included.</summary>
    private bool TryReadSegment(long from, out byte[] frames, out long start, out string path)
    {
        lock (_gate)
        {
            foreach (LogSegment segment in _segments)
            {
                long end = EndOf(segment);
                start = Math.Max(from, segment.FirstFrame);
                if (start >= end)
                    continue;
                path = segment.Path;
                frames = ReadFrames(segment, start, end);
                return true;
            }
        }

        (frames, start, path) = ([], from, "");
        return false;
    }

    private byte[] ReadFrames(LogSegment segment, long start, long end)
    {
        if (segment != Last)
            return segment.Read(start, end);
        byte[] written = segment.Read(Math.Min(start, _durable), _durable);
        int skipped = (int)Math.Max(0, start - _durable);
        return [.. written, .. _pending.AsSpan(skipped, _pendingLength - skipped)];
    }
}
