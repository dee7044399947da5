using System.Buffers.Binary;

namespace Dadbs.Storage.Faster;

/// <summary>
/// One FasterLog entry: sequence number, whether it begins and ends a record, CRC-32C, bytes. The numbers are without gaps, so that an entry which
/// a damaged disk makes FasterLog skip is missed. Format: docs/formats.md, "Block log".
/// </summary>
internal readonly ref struct BlockLogChunk
{
    public const int HeaderBytes = 8 + 1 + 4;

    /// <summary>Four chunks fill a page of 1 MiB, FasterLog's own entry headers included.</summary>
    public const int PayloadBytesMax = (256 * 1024) - 64 - HeaderBytes;

    private const byte BeginsFlag = 1;
    private const byte EndsFlag = 2;

    private BlockLogChunk(long sequence, byte flags, ReadOnlySpan<byte> payload)
    {
        Sequence = sequence;
        Begins = (flags & BeginsFlag) != 0;
        Ends = (flags & EndsFlag) != 0;
        Payload = payload;
    }

    public long Sequence { get; }

    public bool Begins { get; }

    public bool Ends { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Encodes into <paramref name="destination"/> and returns the bytes used.</summary>
    public static int Write(Span<byte> destination, long sequence, bool begins, bool ends, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteInt64LittleEndian(destination, sequence);
        destination[8] = (byte)((begins ? BeginsFlag : 0) | (ends ? EndsFlag : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(destination[9..], Crc32C.Of(destination[..9], payload));
        payload.CopyTo(destination[HeaderBytes..]);
        return HeaderBytes + payload.Length;
    }

    public static bool TryRead(ReadOnlySpan<byte> entry, out BlockLogChunk chunk)
    {
        chunk = default;
        if (entry.Length < HeaderBytes || entry[8] > (BeginsFlag | EndsFlag))
            return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(entry[9..]) != Crc32C.Of(entry[..9], entry[HeaderBytes..]))
            return false;
        chunk = new BlockLogChunk(BinaryPrimitives.ReadInt64LittleEndian(entry), entry[8], entry[HeaderBytes..]);
        return true;
    }
}
