using System.Buffers.Binary;
using System.Globalization;
using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// Where the block log has which height, on disk, so that a start need not read the chain to know: a file for each so many heights, written once. Only a help: what is missing, damaged or
/// of another log is not believed, and found out by reading the log. Bytes: docs/formats.md, "Block index". One thread.
/// </summary>
internal sealed class BlockIndex(string directory, int blocksPerFile = BlockIndex.BlocksPerFileDefault)
{
    public const int BlocksPerFileDefault = 4096;

    private const int TipBytes = 8 + Hash256.Size;
    private const int ChecksumBytes = 4;

    private static ReadOnlySpan<byte> Tag => "DBI\u0001"u8;

    public int BlocksPerFile => blocksPerFile;

    /// <summary>Addresses from height 1 on, as far as files follow each other, and the full cut after the last; null: there is none.</summary>
    public (List<long> Addresses, Cut Cut)? TryRead(int validators)
    {
        var addresses = new List<long>();
        Cut? cut = null;
        for (int number = 1; TryReadFile(number, validators, addresses) is { } after; number++)
            cut = after;
        return cut is null ? null : (addresses, cut);
    }

    /// <summary>Writes the file that ends with a height. What goes wrong is made good by the next start, which reads the log instead.</summary>
    public void Write(long lastHeight, IReadOnlyList<long> addresses, Cut cut)
    {
        int number = (int)(lastHeight / blocksPerFile);
        byte[] bytes = new byte[LengthOf(cut.Count)];
        Tag.CopyTo(bytes);
        int at = Tag.Length;
        for (int i = 0; i < blocksPerFile; i++, at += sizeof(long))
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(at), addresses[i]);
        for (int lane = 0; lane < cut.Count; lane++, at += TipBytes)
        {
            Tip tip = cut[new ValidatorId(lane)];
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(at), tip.Position);
            tip.Digest.CopyTo(bytes.AsSpan(at + sizeof(long)));
        }
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), Checksum(number, bytes.AsSpan(0, at)));
        try
        {
            File.WriteAllBytes(NameOf(number) + ".tmp", bytes);
            File.Move(NameOf(number) + ".tmp", NameOf(number), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nothing depends on it.
        }
    }

    private Cut? TryReadFile(int number, int validators, List<long> addresses)
    {
        byte[] bytes = TryReadBytes(NameOf(number));
        if (bytes.Length != LengthOf(validators) || !bytes.AsSpan().StartsWith(Tag)
            || BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(bytes.Length - ChecksumBytes)) != Checksum(number, bytes.AsSpan(0, bytes.Length - ChecksumBytes)))
            return null;
        int at = Tag.Length;
        for (int i = 0; i < blocksPerFile; i++, at += sizeof(long))
            addresses.Add(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at)));
        var tips = new LaneTip[validators];
        for (int lane = 0; lane < validators; lane++, at += TipBytes)
            tips[lane] = new LaneTip(new ValidatorId(lane), new Tip(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at)), new Digest(bytes.AsSpan(at + sizeof(long), Hash256.Size))));
        return Cut.Empty(validators).Advance(tips);
    }

    /// <summary>Nothing where there is no file, or none that can be read.</summary>
    private static byte[] TryReadBytes(string name)
    {
        try
        {
            return File.Exists(name) ? File.ReadAllBytes(name) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private int LengthOf(int validators) => Tag.Length + (blocksPerFile * sizeof(long)) + (validators * TipBytes) + ChecksumBytes;

    /// <summary>The number is in it, so that a file under another's name does not check.</summary>
    private static uint Checksum(int number, ReadOnlySpan<byte> bytes)
    {
        Span<byte> place = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(place, number);
        return Crc32C.Of(place, bytes);
    }

    private string NameOf(int number) => Path.Combine(directory, "index-" + number.ToString("x8", CultureInfo.InvariantCulture));
}
