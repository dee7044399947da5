using System.Buffers;
using System.Buffers.Binary;
using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// A record of the block log: a final block with its finalization (unless a descendant's covers it), its batches in the order of execution,
/// and what executing it here led to. Enough to replay and verify alone. Bytes: docs/formats.md, "Block-log record".
/// </summary>
internal sealed record StoredBlock(FinalizedBlock Final, IReadOnlyList<Batch> Batches, ExecutedBlock Result)
{
    private static ReadOnlySpan<byte> Tag => "DBK\u0001"u8;

    public long Height => Final.Block.Height.Value;

    public static void Encode(EpochScope scope, DeliveredBlock block, ExecutedBlock result, ArrayBufferWriter<byte> writer)
    {
        writer.Write(Tag);
        WriteCounted(writer, inner => new FinalizedBlock(block.Block, block.Finalization).Encode(scope, inner));
        WriteInt32(writer, block.Batches.Count);
        foreach (Batch batch in block.Batches)
            WriteCounted(writer, batch.Encode);
        // Place for the batches' proofs of availability: the finalization implies them (Rule D2).
        WriteInt32(writer, 0);
        Span<byte> fixedPart = writer.GetSpan(8 + 2 * Hash256.Size);
        BinaryPrimitives.WriteInt64BigEndian(fixedPart, result.Height);
        result.StateRoot.CopyTo(fixedPart[8..]);
        result.ReceiptsRoot.CopyTo(fixedPart[(8 + Hash256.Size)..]);
        writer.Advance(8 + 2 * Hash256.Size);
        WriteInt32(writer, result.ChangeSet.Length);
        writer.Write(result.ChangeSet.Span);
    }

    /// <summary>About how long <see cref="Encode"/> makes a record; a block's own part is seldom longer than is allowed for here.</summary>
    public static int EstimateBytes(DeliveredBlock block, ExecutedBlock result)
    {
        const int BlockBytes = 16 * 1024;
        const int HeaderBytes = 1024;
        long bytes = BlockBytes + result.ChangeSet.Length;
        foreach (Batch batch in block.Batches)
            bytes += HeaderBytes + batch.Payload.Length;
        return (int)Math.Min(bytes, Array.MaxLength);
    }

    /// <exception cref="BlockLogDamagedException">Not one canonical record.</exception>
    public static StoredBlock Decode(EpochScope scope, ReadOnlyMemory<byte> record)
    {
        try
        {
            var reader = new ByteReader(record.Span);
            if (!reader.ReadBytes(4).SequenceEqual(Tag))
                throw new FormatException("unknown format or version");
            FinalizedBlock final = FinalizedBlock.Decode(scope, ReadCounted(record, ref reader)) ?? throw new FormatException("the block is malformed");
            var batches = new Batch[reader.ReadCount(itemBytesMin: 4)];
            for (int i = 0; i < batches.Length; i++)
                batches[i] = Batch.Decode(scope, ReadCounted(record, ref reader)) ?? throw new FormatException("a batch is malformed");
            if (reader.ReadUInt32() != 0)
                throw new FormatException("proofs of availability are unknown to this version");
            long height = reader.ReadInt64();
            Hash256 stateRoot = Hash256.FromSpan(reader.ReadBytes(Hash256.Size));
            Hash256 receiptsRoot = Hash256.FromSpan(reader.ReadBytes(Hash256.Size));
            ReadOnlyMemory<byte> changeSet = ReadCounted(record, ref reader);
            reader.ExpectEnd();
            if (height != final.Block.Height.Value)
                throw new FormatException("block and result differ in height");
            return new StoredBlock(final, batches, new ExecutedBlock(height, stateRoot, receiptsRoot, changeSet));
        }
        catch (FormatException exception)
        {
            throw new BlockLogDamagedException($"block log: {exception.Message}");
        }
    }

    private static ReadOnlyMemory<byte> ReadCounted(ReadOnlyMemory<byte> record, ref ByteReader reader)
    {
        int length = reader.ReadCount(itemBytesMin: 1);
        ReadOnlyMemory<byte> slice = record.Slice(reader.Position, length);
        reader.ReadBytes(length);
        return slice;
    }

    /// <summary>The length is known after the content, so its place is kept and filled.</summary>
    private static void WriteCounted(ArrayBufferWriter<byte> writer, Action<ArrayBufferWriter<byte>> content)
    {
        int place = writer.WrittenCount;
        WriteInt32(writer, 0);
        content(writer);
        Span<byte> written = System.Runtime.InteropServices.MemoryMarshal.AsMemory(writer.WrittenMemory).Span;
        BinaryPrimitives.WriteInt32BigEndian(written[place..], writer.WrittenCount - place - 4);
    }

    private static void WriteInt32(ArrayBufferWriter<byte> writer, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(writer.GetSpan(4), value);
        writer.Advance(4);
    }
}
