using System.Buffers.Binary;

namespace Dadbs.Storage.Logs;

/// <summary>
/// One record in a segment file: length, CRC-32C, the address up to which the log was durable when the frame was written, the record, zeros up to
/// a multiple of eight. The checksum covers the frame's own address, so that a frame is valid at its place only. Format: docs/formats.md, "Segmented log".
/// </summary>
internal static class LogFrame
{
    public const int HeaderBytes = 16;
    public const int Alignment = 8;

    /// <summary>Length of the frame that a tidy close leaves: no record, but a proof that all before it was durable.</summary>
    public const int ClosingMark = -1;

    public static int Length(int recordLength) => (HeaderBytes + Math.Max(0, recordLength) + Alignment - 1) / Alignment * Alignment;

    /// <summary>Fills a frame without a record.</summary>
    public static void WriteClosingMark(Span<byte> frame, long address)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame, ClosingMark);
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], address);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Checksum(frame, address, 0));
    }

    /// <summary>Fills <paramref name="frame"/>, which is zero and exactly <see cref="Length"/> long.</summary>
    public static void Write(Span<byte> frame, long address, long durable, ReadOnlySpan<byte> record)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame, record.Length);
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], durable);
        record.CopyTo(frame[HeaderBytes..]);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Checksum(frame, address, record.Length));
    }

    /// <summary>
    /// Whether the bytes begin with a whole frame of this address; gives the record's length (or <see cref="ClosingMark"/>) and what was durable when it was written.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, long address, out int recordLength, out long durable)
    {
        (recordLength, durable) = (0, 0);
        if (bytes.Length < HeaderBytes)
            return false;
        recordLength = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        durable = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        if (recordLength < ClosingMark || recordLength > bytes.Length - HeaderBytes || durable <= 0 || durable > address)
            return false;
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == Checksum(bytes, address, Math.Max(0, recordLength));
    }

    /// <summary>Over address, length, durable address and record.</summary>
    private static uint Checksum(ReadOnlySpan<byte> frame, long address, int recordLength)
    {
        Span<byte> head = stackalloc byte[20];
        BinaryPrimitives.WriteInt64LittleEndian(head, address);
        frame[..4].CopyTo(head[8..]);
        frame.Slice(8, 8).CopyTo(head[12..]);
        return Crc32C.Of(head, frame.Slice(HeaderBytes, recordLength));
    }
}
