using System.Buffers.Binary;

namespace Dadbs.Storage.Faster.Devices;

/// <summary>
/// How sectors of a FASTER device lie in a file: blocks of 4,096 bytes with seven sectors of 512, each followed by its CRC-32C and a tag. No sector
/// crosses a block, so whoever rewrites one never touches another's disk sector. The checksum covers the file's name and the sector's number:
/// a sector is valid at its place only. Format: docs/formats.md, "Checked files".
/// </summary>
internal static class SectorLayout
{
    public const int SectorBytes = 512;
    public const int TrailerBytes = 8;
    public const int SlotBytes = SectorBytes + TrailerBytes;
    public const int SlotsPerBlock = 7;
    public const int BlockBytes = 4096;

    /// <summary>"DSC1": never zero, so that a written sector of zeros differs from one that was never written.</summary>
    private const uint Tag = 0x31435344;

    /// <summary>The end mark's number, different from that of a sector in its place.</summary>
    public static long EndMarkNumber(long sector) => sector | (1L << 62);

    public static long PlaceOf(long sector) => sector / SlotsPerBlock * BlockBytes + sector % SlotsPerBlock * SlotBytes;

    /// <summary>Bytes in the file from the first sector's place to the end of the last one's slot.</summary>
    public static int Span(long firstSector, int count) => (int)(PlaceOf(firstSector + count - 1) + SlotBytes - PlaceOf(firstSector));

    /// <summary>Length of the content that a file of so many bytes can hold.</summary>
    public static long ContentBytes(long fileBytes) =>
        (fileBytes / BlockBytes * SlotsPerBlock + Math.Min(SlotsPerBlock, fileBytes % BlockBytes / SlotBytes)) * SectorBytes;

    /// <summary>Fills <paramref name="file"/>, <see cref="Span"/> bytes long and zero, from sectors; zeros complete the last one. A number counts in the whole device, a sector in its file.</summary>
    public static void Encode(uint salt, long firstNumber, long firstSector, ReadOnlySpan<byte> sectors, Span<byte> file)
    {
        long start = PlaceOf(firstSector);
        for (int i = 0; i * SectorBytes < sectors.Length; i++)
        {
            Span<byte> slot = file.Slice((int)(PlaceOf(firstSector + i) - start), SlotBytes);
            sectors.Slice(i * SectorBytes, Math.Min(SectorBytes, sectors.Length - i * SectorBytes)).CopyTo(slot);
            BinaryPrimitives.WriteUInt32LittleEndian(slot[SectorBytes..], Checksum(salt, firstNumber + i, slot[..SectorBytes]));
            BinaryPrimitives.WriteUInt32LittleEndian(slot[(SectorBytes + 4)..], Tag);
        }
    }

    public static SectorState Decode(uint salt, long number, ReadOnlySpan<byte> slot, Span<byte> destination)
    {
        ReadOnlySpan<byte> content = slot[..SectorBytes];
        uint tag = BinaryPrimitives.ReadUInt32LittleEndian(slot[(SectorBytes + 4)..]);
        if (tag == Tag && BinaryPrimitives.ReadUInt32LittleEndian(slot[SectorBytes..]) == Checksum(salt, number, content))
        {
            content[..destination.Length].CopyTo(destination);
            return SectorState.Good;
        }

        destination.Clear();
        return slot.ContainsAnyExcept((byte)0) ? SectorState.Damaged : SectorState.NeverWritten;
    }

    private static uint Checksum(uint salt, long number, ReadOnlySpan<byte> content)
    {
        Span<byte> place = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(place, salt);
        BinaryPrimitives.WriteInt64LittleEndian(place[4..], number);
        return Crc32C.Of(place, content);
    }
}

internal enum SectorState
{
    Good,
    NeverWritten,
    Damaged,
}
