using System.Buffers.Binary;

namespace Dadbs.Storage.Recovery;

/// <summary>
/// One checkpoint: what is needed to find the state in the page store again. Written last and durably, it is what makes the pages of a
/// checkpoint reachable (recovery invariant 2). Format: docs/formats.md, "Manifest".
/// </summary>
internal sealed record Manifest(long Height, PageId TopRoot, Hash256 Root, long NextPageId, byte[] StoreToken)
{
    public const int StoreTokenBytesMax = 64;

    private const int FixedBytes = 8 + 4 + 8 + 8 + Hash256.Size + 8 + 2;
    private const uint FormatVersion = 1;

    private static ReadOnlySpan<byte> Magic => "DADBSMAN"u8;

    public byte[] Encode()
    {
        Invariant.Check(StoreToken.Length <= StoreTokenBytesMax);
        var bytes = new byte[FixedBytes + StoreToken.Length + 4];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), FormatVersion);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), Height);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(20), TopRoot.Value);
        Root.CopyTo(bytes.AsSpan(28));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(60), NextPageId);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(68), (ushort)StoreToken.Length);
        StoreToken.CopyTo(bytes.AsSpan(FixedBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4), Crc32C.Of(bytes.AsSpan(0, bytes.Length - 4)));
        return bytes;
    }

    /// <summary>Null for bytes that do not check.</summary>
    public static Manifest? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedBytes + 4 || !bytes.StartsWith(Magic))
            return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) != Crc32C.Of(bytes[..^4]))
            return null;
        int tokenLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[68..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != FormatVersion || bytes.Length != FixedBytes + tokenLength + 4)
            return null;
        return new Manifest(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]),
            new PageId(BinaryPrimitives.ReadInt64LittleEndian(bytes[20..])),
            Hash256.FromSpan(bytes[28..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[60..]),
            bytes.Slice(FixedBytes, tokenLength).ToArray());
    }
}
