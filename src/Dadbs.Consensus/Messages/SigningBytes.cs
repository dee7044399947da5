using System.Buffers;

namespace Dadbs.Consensus;

/// <summary>What a signature or a digest speaks about. The tag comes first in the signed bytes, so that no statement can pass for another.</summary>
public enum StatementType : byte
{
    Notarize = 1,
    Nullify = 2,
    Finalize = 3,
    Batch = 4,
    Acknowledgement = 5,
    Block = 6,
    Cut = 7,
}

/// <summary>
/// The domain that precedes every signed or hashed statement: "DADBS" · type · format version · chain id · epoch. A certificate of another
/// epoch or chain therefore never verifies here.
/// </summary>
public static class SigningBytes
{
    public const byte FormatVersion = 3;

    internal static ArrayBufferWriter<byte> Open(EpochScope scope, StatementType type, int capacity = 128)
    {
        var writer = new ArrayBufferWriter<byte>(capacity);
        writer.Write("DADBS"u8);
        writer.WriteByte((byte)type);
        writer.WriteByte(FormatVersion);
        writer.WriteDigest(scope.ChainId);
        writer.WriteInt64(scope.Epoch);
        return writer;
    }

    /// <summary>What a Notarize, Nullify or Finalize signs: domain · view · digest (of a Nullify: its claim, zero for none). The executed height is not signed.</summary>
    public static ReadOnlyMemory<byte> OfVote(EpochScope scope, VoteType type, View view, Digest digest)
    {
        ArrayBufferWriter<byte> writer = Open(scope, (StatementType)type);
        writer.WriteInt64(view.Value);
        writer.WriteDigest(digest);
        return writer.WrittenMemory;
    }

    /// <summary>
    /// What a lane's author signs: domain · the batch's digest · its content. The digest covers the content too; it stands here once more so that who holds a part of the content
    /// needs only the digest, not the header, to show the signature over it.
    /// </summary>
    public static ReadOnlyMemory<byte> OfBatch(EpochScope scope, Digest batch, Digest content = default)
    {
        ArrayBufferWriter<byte> writer = Open(scope, StatementType.Batch);
        writer.WriteDigest(batch);
        writer.WriteDigest(content);
        return writer.WrittenMemory;
    }

    /// <summary>What one acknowledging turn signs: domain · number of leaves · Merkle root over (lane, position, digest).</summary>
    public static ReadOnlyMemory<byte> OfAcknowledgement(EpochScope scope, int leafCount, Digest root)
    {
        ArrayBufferWriter<byte> writer = Open(scope, StatementType.Acknowledgement);
        writer.WriteInt32(leafCount);
        writer.WriteDigest(root);
        return writer.WrittenMemory;
    }
}
