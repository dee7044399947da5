using System.Buffers.Binary;
using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// Signature, leaf count, leaf index and path, as they follow a transaction that stands alone. The path's length follows from the other two. Where the signature is that of the
/// transaction's batch, the leaf count's highest bit is set, and the batch's epoch and digest come last.
/// </summary>
internal static class StandaloneProof
{
    private const int FixedLength = CompactSignature.Length + 4 + 4;

    private const int SealLength = 8 + Digest.Length;
    private const uint WithBatch = 0x8000_0000;

    public static int Length(SignedRoot root, int pathLength) => FixedLength + (pathLength * Hash256.Size) + (root.Seal is null ? 0 : SealLength);

    public static void Write(Span<byte> destination, SignedRoot root, int index, ReadOnlySpan<Hash256> path)
    {
        root.Signature.Span.CopyTo(destination);
        BinaryPrimitives.WriteUInt32BigEndian(destination[CompactSignature.Length..], (uint)root.LeafCount | (root.Seal is null ? 0 : WithBatch));
        BinaryPrimitives.WriteInt32BigEndian(destination[(CompactSignature.Length + 4)..], index);
        Span<byte> rest = destination[FixedLength..];
        for (int i = 0; i < path.Length; i++)
            path[i].CopyTo(rest[(i * Hash256.Size)..]);
        if (root.Seal is not { } seal)
            return;
        rest = rest[(path.Length * Hash256.Size)..];
        BinaryPrimitives.WriteInt64BigEndian(rest, seal.Epoch);
        seal.Batch.CopyTo(rest[8..]);
    }

    public static SignedRoot Read(ReadOnlyMemory<byte> bytes, out int index, out int consumed)
    {
        var reader = new ByteReader(bytes.Span);
        reader.ReadBytes(CompactSignature.Length);
        uint leaves = reader.ReadUInt32();
        uint leafCount = leaves & ~WithBatch;
        uint leafIndex = reader.ReadUInt32();
        if (leafCount is 0 or > TransactionTree.LeavesMax || leafIndex >= leafCount)
            throw new FormatException("a transaction's place in its tree is impossible");
        var path = new Hash256[TransactionTree.PathLength((int)leafCount, (int)leafIndex)];
        foreach (ref Hash256 hash in path.AsSpan())
            hash = Hash256.FromSpan(reader.ReadBytes(Hash256.Size));
        BatchSeal? seal = (leaves & WithBatch) == 0 ? null : ReadSeal(ref reader);
        index = (int)leafIndex;
        consumed = reader.Position;
        return SignedRoot.OfPath(bytes[..CompactSignature.Length], (int)leafCount, path, seal);
    }

    private static BatchSeal ReadSeal(ref ByteReader reader)
    {
        long epoch = BinaryPrimitives.ReadInt64BigEndian(reader.ReadBytes(8));
        return epoch >= 0 ? new BatchSeal(epoch, new Digest(reader.ReadBytes(Digest.Length))) : throw new FormatException("an epoch is not negative");
    }
}
