using System.Buffers.Binary;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>Signature, leaf count, leaf index and path, as they follow a transaction that stands alone. The path's length follows from the other two.</summary>
internal static class StandaloneProof
{
    private const int FixedLength = CompactSignature.Length + 4 + 4;

    public static int Length(int pathLength) => FixedLength + pathLength * Hash256.Size;

    public static void Write(Span<byte> destination, ReadOnlySpan<byte> signature, int leafCount, int index, ReadOnlySpan<Hash256> path)
    {
        signature.CopyTo(destination);
        BinaryPrimitives.WriteInt32BigEndian(destination[CompactSignature.Length..], leafCount);
        BinaryPrimitives.WriteInt32BigEndian(destination[(CompactSignature.Length + 4)..], index);
        Span<byte> rest = destination[FixedLength..];
        for (int i = 0; i < path.Length; i++)
            path[i].CopyTo(rest[(i * Hash256.Size)..]);
    }

    public static SignedRoot Read(ReadOnlyMemory<byte> bytes, out int index, out int consumed)
    {
        var reader = new ByteReader(bytes.Span);
        reader.ReadBytes(CompactSignature.Length);
        uint leafCount = reader.ReadUInt32();
        uint leafIndex = reader.ReadUInt32();
        if (leafCount is 0 or > TransactionTree.LeavesMax || leafIndex >= leafCount)
            throw new FormatException("a transaction's place in its tree is impossible");
        var path = new Hash256[TransactionTree.PathLength((int)leafCount, (int)leafIndex)];
        foreach (ref Hash256 hash in path.AsSpan())
            hash = Hash256.FromSpan(reader.ReadBytes(Hash256.Size));
        index = (int)leafIndex;
        consumed = reader.Position;
        return SignedRoot.OfPath(bytes[..CompactSignature.Length], (int)leafCount, path);
    }
}
