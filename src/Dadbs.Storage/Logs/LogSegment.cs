using System.Buffers.Binary;
using System.Globalization;
using Dadbs.Storage.Recovery;
using Microsoft.Win32.SafeHandles;

namespace Dadbs.Storage.Logs;

/// <summary>
/// One file of a segmented log: a header, then frames, then zeros up to its fixed length. A byte's address is the segment's base plus its
/// offset in the file. Named after the base in hexadecimal.
/// </summary>
internal sealed class LogSegment : IDisposable
{
    public const int HeaderBytes = 40;
    public const string Extension = ".seg";
    public const string TemporaryExtension = ".new";
    private const int ChecksumPlace = HeaderBytes - 4;
    private const uint FormatVersion = 2;

    /// <summary>So much is zeroed ahead of the writes: a flush into zeroed blocks changes no metadata, which is what makes it fast.</summary>
    private const int ZeroAheadBytes = 1024 * 1024;

    private static readonly byte[] Zeros = new byte[ZeroAheadBytes];

    private readonly SafeFileHandle _file;
    private long _zeroedTo;

    private LogSegment(string path, SafeFileHandle file, long start, long previousEnd, long capacity)
    {
        Path = path;
        _file = file;
        Start = start;
        PreviousEnd = previousEnd;
        Capacity = capacity;
    }

    private static ReadOnlySpan<byte> Magic => "DADBSLOG"u8;

    public string Path { get; }

    public SafeFileHandle File => _file;

    /// <summary>Address of the file's first byte.</summary>
    public long Start { get; }

    public long FirstFrame => Start + HeaderBytes;

    /// <summary>Address of the byte after the file: the next segment's start.</summary>
    public long Limit => Start + Capacity;

    /// <summary>Where the frames of the segment before this one end.</summary>
    public long PreviousEnd { get; }

    private long Capacity { get; }

    /// <summary>Creates the file under a temporary name, durably, so that a segment exists with its header or not at all.</summary>
    public static LogSegment Create(string directory, long start, long previousEnd, long capacity)
    {
        string path = PathOf(directory, start);
        string temporary = path + TemporaryExtension;
        SafeFileHandle file = System.IO.File.OpenHandle(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            DurableFile.SetLength(file, capacity);
            DurableFile.Write(file, Header(start, previousEnd, capacity), 0);
            var segment = new LogSegment(path, file, start, previousEnd, capacity) { _zeroedTo = HeaderBytes };
            segment.ZeroAhead(HeaderBytes);
            RandomAccess.FlushToDisk(file);
            System.IO.File.Move(temporary, path);
            DurableFile.FlushDirectory(directory);
            return segment;
        }
        catch
        {
            // On a full disk it would keep the room that the next start needs.
            file.Dispose();
            System.IO.File.Delete(temporary);
            throw;
        }
    }

    public static LogSegment Open(string path, bool readOnly)
    {
        SafeFileHandle file = System.IO.File.OpenHandle(
            path, FileMode.Open, readOnly ? FileAccess.Read : FileAccess.ReadWrite, readOnly ? FileShare.ReadWrite : FileShare.Read);
        Span<byte> header = stackalloc byte[HeaderBytes];
        int read = RandomAccess.Read(file, header, 0);
        long start = BinaryPrimitives.ReadInt64LittleEndian(header[12..]);
        if (read < HeaderBytes || !header.StartsWith(Magic) || !IsNamed(path, start)
            || BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) != FormatVersion
            || BinaryPrimitives.ReadUInt32LittleEndian(header[ChecksumPlace..]) != Crc32C.Of(header[..ChecksumPlace]))
        {
            file.Dispose();
            throw new CorruptionException("the header of a log segment is damaged", path, 0);
        }

        long capacity = BinaryPrimitives.ReadInt64LittleEndian(header[28..]);
        long length = RandomAccess.GetLength(file);
        if (length != capacity)
        {
            file.Dispose();
            throw new CorruptionException($"a log segment has {length} bytes instead of {capacity}", path, length);
        }

        return new LogSegment(path, file, start, BinaryPrimitives.ReadInt64LittleEndian(header[20..]), capacity);
    }

    /// <summary>Bytes from one address to another.</summary>
    public byte[] Read(long from, long to)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((int)(to - from)));
        int filled = 0;
        while (filled < bytes.Length)
        {
            int read = RandomAccess.Read(_file, bytes.AsSpan(filled), from - Start + filled);
            if (read == 0)
                throw new CorruptionException("a log segment is shorter than it was", Path, from);
            filled += read;
        }

        return bytes;
    }

    public void Write(ReadOnlySpan<byte> frames, long address)
    {
        long offset = address - Start;
        if (_zeroedTo < offset + frames.Length)
            ZeroAhead(offset + frames.Length);
        DurableFile.Write(_file, frames, offset);
    }

    /// <summary>Everything from an address on becomes zero again: what a torn write left behind must not be taken for a frame later.</summary>
    public void Clear(long from, long to)
    {
        for (long at = from - Start; at < to - Start; at += Zeros.Length)
            DurableFile.Write(_file, Zeros.AsSpan(0, (int)Math.Min(Zeros.Length, to - Start - at)), at);
        DurableFile.FlushContent(_file);
        _zeroedTo = to - Start;
    }

    /// <summary>After opening: frames end here, and zeroing ahead begins here.</summary>
    public void ContinueAt(long address) => _zeroedTo = address - Start;

    public void Dispose() => _file.Dispose();

    private static string PathOf(string directory, long start) =>
        System.IO.Path.Combine(directory, start.ToString("x16", CultureInfo.InvariantCulture) + Extension);

    private static bool IsNamed(string path, long start) => PathOf(System.IO.Path.GetDirectoryName(path)!, start) == path;

    private static byte[] Header(long start, long previousEnd, long capacity)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), FormatVersion);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(12), start);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(20), previousEnd);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(28), capacity);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(ChecksumPlace), Crc32C.Of(header.AsSpan(0, ChecksumPlace)));
        return header;
    }

    private void ZeroAhead(long wanted)
    {
        while (_zeroedTo <= wanted && _zeroedTo < Capacity)
        {
            int length = (int)Math.Min(Zeros.Length, Capacity - _zeroedTo);
            DurableFile.Write(_file, Zeros.AsSpan(0, length), _zeroedTo);
            _zeroedTo += length;
        }
    }
}
