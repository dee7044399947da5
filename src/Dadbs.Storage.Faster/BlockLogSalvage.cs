using System.Buffers;
using System.Globalization;
using System.Text;
using Dadbs.Storage.Faster.Devices;
using Dadbs.Storage.Recovery;
using Microsoft.Win32.SafeHandles;

namespace Dadbs.Storage.Faster;

/// <summary>
/// What a damaged block log still says: every record whose sectors and checksums are good, wherever it lies. FASTER is not asked, and neither are its commits: a sector that does
/// not check is nothing, and an entry is where length and checksum agree. Above the last commit records of before a crash may show; whoever reads these
/// checks that each stands where it claims to. Opens the files anew for each call; any thread.
/// </summary>
public sealed class BlockLogSalvage(string directory, FasterBlockLogOptions? options = null)
{
    private static readonly uint Salt = Crc32C.Of(Encoding.UTF8.GetBytes(FasterBlockLog.FileName));

    private readonly FasterBlockLogOptions _options = options ?? new FasterBlockLogOptions();

    /// <summary>The directory that it reads.</summary>
    public string Directory { get; } = Path.GetFullPath(directory);

    private int PageBytes => 1 << _options.PageSizeBits;

    private long SegmentBytes => 1L << _options.SegmentSizeBits;

    /// <summary>Renames a log's directory to the first free name of the kind `NAME.damaged-1`, durably, and returns that.</summary>
    public static string SetAside(string logDirectory)
    {
        int number = 1;
        while (Path.Exists(SetAsideName(logDirectory, number)))
            number++;
        string name = SetAsideName(logDirectory, number);
        System.IO.Directory.Move(logDirectory, name);
        DurableFile.FlushDirectory(Path.GetDirectoryName(name)!);
        return name;
    }

    /// <summary>What <see cref="SetAside"/> has put there and nobody has deleted, newest first.</summary>
    public static IReadOnlyList<string> FindSetAside(string logDirectory)
    {
        string prefix = Path.GetFileName(logDirectory) + SetAsideSuffix;
        return !System.IO.Directory.Exists(Path.GetDirectoryName(logDirectory)) ? [] : [..
            from path in System.IO.Directory.GetDirectories(Path.GetDirectoryName(logDirectory)!, prefix + "*")
            let number = int.TryParse(Path.GetFileName(path).AsSpan(prefix.Length), CultureInfo.InvariantCulture, out int parsed) ? parsed : 0
            where number > 0
            orderby number descending
            select path];
    }

    /// <summary>Records from an address of an earlier call on, in the order of the file, those that cannot be read left out. An address is the place of a record's first entry.</summary>
    public IEnumerable<LogRecord> Read(long from = 0)
    {
        ArrayBufferWriter<byte>? gathered = null;
        long address = -1;
        long expected = -1;
        foreach ((long place, byte[] entry) in Entries(from))
        {
            BlockLogChunk.TryRead(entry, out BlockLogChunk chunk);
            if (chunk.Begins)
            {
                (address, gathered) = (place, new ArrayBufferWriter<byte>(Math.Max(1, chunk.Payload.Length)));
            }
            else if (gathered is null || chunk.Sequence != expected)
            {
                gathered = null;
                continue;
            }

            gathered.Write(chunk.Payload);
            expected = chunk.Sequence + 1;
            if (!chunk.Ends)
                continue;
            yield return new LogRecord(address, gathered.WrittenMemory);
            gathered = null;
        }
    }

    private static string SetAsideName(string logDirectory, int number) => logDirectory + SetAsideSuffix + number.ToString(CultureInfo.InvariantCulture);

    private const string SetAsideSuffix = ".damaged-";

    private IEnumerable<(long Place, byte[] Entry)> Entries(long from)
    {
        byte[] page = new byte[PageBytes];
        foreach ((int segment, string file) in Segments())
        {
            long start = segment * SegmentBytes;
            if (start + SegmentBytes <= from)
                continue;
            using SafeFileHandle handle = File.OpenHandle(file);
            long content = SectorLayout.ContentBytes(RandomAccess.GetLength(handle) + SectorLayout.BlockBytes);
            for (long at = Math.Max(0, from - start) / PageBytes * PageBytes; at < content; at += PageBytes)
            {
                ReadPage(handle, start, at, page);
                int place = (int)Math.Max(0, from - start - at);
                while (place + BlockLogEntry.HeaderBytes < PageBytes)
                {
                    if (EntryAt(page, place) is not { } length)
                    {
                        place += BlockLogEntry.Alignment;
                        continue;
                    }

                    yield return (start + at + place, page.AsSpan(place + BlockLogEntry.HeaderBytes, length).ToArray());
                    place += BlockLogEntry.SpanOf(length);
                }
            }
        }
    }

    /// <summary>The entry's length, or null if there is none.</summary>
    private static int? EntryAt(byte[] page, int place) =>
        BlockLogEntry.LengthOf(page.AsSpan(place, BlockLogEntry.HeaderBytes)) is { } length
            && length <= page.Length - place - BlockLogEntry.HeaderBytes
            && BlockLogChunk.TryRead(page.AsSpan(place + BlockLogEntry.HeaderBytes, length), out _) ? length : null;

    /// <summary>A page of the log; sectors that do not check, or that the disk does not give, are zeros.</summary>
    private void ReadPage(SafeFileHandle file, long segmentStart, long offset, byte[] page)
    {
        page.AsSpan().Clear();
        Span<byte> block = stackalloc byte[SectorLayout.BlockBytes];
        long first = offset / SectorLayout.SectorBytes;
        long end = first + (page.Length / SectorLayout.SectorBytes);
        long loaded = -1;
        for (long sector = first; sector < end; sector++)
        {
            if (sector / SectorLayout.SlotsPerBlock != loaded)
            {
                loaded = sector / SectorLayout.SlotsPerBlock;
                ReadBlock(file, loaded * SectorLayout.BlockBytes, block);
            }

            Span<byte> slot = block.Slice((int)(sector % SectorLayout.SlotsPerBlock) * SectorLayout.SlotBytes, SectorLayout.SlotBytes);
            SectorLayout.Decode(Salt, (segmentStart / SectorLayout.SectorBytes) + sector, slot, page.AsSpan((int)(sector - first) * SectorLayout.SectorBytes, SectorLayout.SectorBytes));
        }
    }

    private static void ReadBlock(SafeFileHandle file, long offset, Span<byte> block)
    {
        block.Clear();
        try
        {
            for (int done = 0; done < block.Length;)
            {
                int read = RandomAccess.Read(file, block[done..], offset + done);
                if (read == 0)
                    return;
                done += read;
            }
        }
        catch (IOException)
        {
            // What the disk refuses to read is as lost as what it reads wrongly.
            block.Clear();
        }
    }

    private IEnumerable<(int Segment, string File)> Segments() =>
        !System.IO.Directory.Exists(Directory) ? [] :
        from file in System.IO.Directory.GetFiles(Directory, FasterBlockLog.FileName + ".*")
        let segment = int.TryParse(Path.GetExtension(file).AsSpan(1), CultureInfo.InvariantCulture, out int parsed) ? parsed : -1
        where segment >= 0
        orderby segment
        select (segment, file);
}
