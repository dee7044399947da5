using System.Buffers.Binary;

namespace Dadbs.Storage.Faster;

/// <summary>
/// What a manifest keeps of a checkpoint: FASTER's two checkpoints, the log's extent, and how much of it is alive. 64 bytes; format:
/// docs/formats.md, "Manifest".
/// </summary>
internal sealed record PageStoreToken(Guid Log, Guid Index, long Begin, long Tail, long LivePages, long LiveBytes)
{
    private const int Bytes = 2 * 16 + 4 * 8;

    public byte[] Encode()
    {
        var bytes = new byte[Bytes];
        Log.TryWriteBytes(bytes);
        Index.TryWriteBytes(bytes.AsSpan(16));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), Begin);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), Tail);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(48), LivePages);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(56), LiveBytes);
        return bytes;
    }

    public static PageStoreToken? Decode(ReadOnlySpan<byte> bytes) => bytes.Length != Bytes ? null : new PageStoreToken(
        new Guid(bytes[..16]),
        new Guid(bytes[16..32]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[56..]));
}
