using System.Buffers.Binary;

namespace Dadbs.Storage.Faster;

/// <summary>
/// How FasterLog lays an entry out, as far as its files are read without it: checksum i64 and length i32, then the bytes; entries begin at multiples of four, and one that does not fit into
/// what is left of a page begins the next.
/// </summary>
internal static class BlockLogEntry
{
    public const int HeaderBytes = 12;
    public const int Alignment = 4;

    /// <summary>The length of the entry whose header this is; null: no chunk is so long, or so short.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> header)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(header[(HeaderBytes - sizeof(int))..]);
        return length is >= BlockLogChunk.HeaderBytes and <= BlockLogChunk.HeaderBytes + BlockLogChunk.PayloadBytesMax ? length : null;
    }

    /// <summary>From an entry's place to that of the next.</summary>
    public static int SpanOf(int length) => HeaderBytes + ((length + Alignment - 1) & -Alignment);
}
