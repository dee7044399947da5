using System.Buffers;

namespace Dadbs.Consensus;

/// <summary>
/// A batch of one lane: a small header under the author's signature, and an opaque payload that the header names by its SHA-256. The
/// cores decide on headers only and pass the payload on as the memory that they were given; nobody may change it afterwards.
/// </summary>
public sealed class Batch
{
    /// <summary>Room for a largest transaction and what a payload adds to it.</summary>
    public const int PayloadBytesMax = 17 * 1024 * 1024;

    private Batch(BatchHeader header, Digest digest, Signature signature, ReadOnlyMemory<byte> payload, object? attached = null)
    {
        Header = header;
        Digest = digest;
        Signature = signature;
        Payload = payload;
        Attached = attached;
    }

    public BatchHeader Header { get; }

    /// <summary>Digest of the header under chain id and epoch; what the author signs and acknowledgements name.</summary>
    public Digest Digest { get; }

    /// <summary>The author's, over <see cref="SigningBytes.OfBatch"/>; it is also the author's acknowledgement (L3).</summary>
    public Signature Signature { get; }

    /// <summary>Made by <see cref="IBatchSealer"/>; empty in a proof of availability, which carries the header only.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The host's: what it made of the payload, so that it makes it once. The cores pass it on and never look at it.</summary>
    public object? Attached { get; set; }

    public ValidatorId Lane => Header.Lane;

    public long Position => Header.Position;

    public Tip Tip => new(Header.Position, Digest);

    /// <summary>The batch that this one follows in its lane.</summary>
    internal Tip ParentTip => new(Header.Position - 1, Header.Parent);

    public override string ToString() => $"batch {Lane} {Tip}";

    public static Batch Create(EpochScope scope, BatchHeader header, Signature signature, ReadOnlyMemory<byte> payload, object? attached = null) =>
        new(header, DigestOf(scope, header), signature, payload, attached);

    public static Digest DigestOf(EpochScope scope, BatchHeader header)
    {
        ArrayBufferWriter<byte> writer = SigningBytes.Open(scope, StatementType.Batch, 224);
        header.Encode(writer);
        return Digest.Sha256(writer.WrittenSpan);
    }

    public Batch WithoutPayload() => new(Header, Digest, Signature, default);

    public void Encode(IBufferWriter<byte> writer)
    {
        EncodeHeader(writer);
        writer.WriteCounted(Payload.Span);
    }

    internal void EncodeHeader(IBufferWriter<byte> writer)
    {
        Header.Encode(writer);
        writer.WriteSignature(Signature);
    }

    /// <summary>Null when the bytes are not exactly one batch with its payload. The batch refers to the bytes. For the block log.</summary>
    public static Batch? Decode(EpochScope scope, ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        Batch batch = Decode(scope, ref reader);
        return reader.Failed || !reader.AtEnd ? null : batch;
    }

    internal static Batch Decode(EpochScope scope, ref WireReader reader)
    {
        BatchHeader header = BatchHeader.Decode(scope, ref reader);
        Signature signature = reader.ReadSignature();
        ReadOnlyMemory<byte> payload = reader.ReadCounted(PayloadBytesMax);
        if (payload.Length != header.PayloadBytes)
            reader.Fail();
        return Create(scope, header, signature, payload);
    }

    internal static Batch DecodeHeader(EpochScope scope, ref WireReader reader)
    {
        BatchHeader header = BatchHeader.Decode(scope, ref reader);
        return Create(scope, header, reader.ReadSignature(), default);
    }
}

/// <summary>
/// (epoch, lane, position, parent digest, payload's digest, length and number of transactions, content). Positions start at 1. The content is the host's: what it wants the
/// author's signature to vouch for beside the batch, so that a part of the payload can be shown to be the author's without the rest; zero for nothing.
/// </summary>
public sealed record BatchHeader(
    long Epoch, ValidatorId Lane, long Position, Digest Parent, Digest PayloadDigest, int PayloadBytes, int TransactionCount, Digest Content = default)
{
    internal void Encode(IBufferWriter<byte> writer)
    {
        writer.WriteInt64(Epoch);
        writer.WriteInt32(Lane.Value);
        writer.WriteInt64(Position);
        writer.WriteDigest(Parent);
        writer.WriteDigest(PayloadDigest);
        writer.WriteInt32(PayloadBytes);
        writer.WriteInt32(TransactionCount);
        writer.WriteDigest(Content);
    }

    internal static BatchHeader Decode(EpochScope scope, ref WireReader reader)
    {
        var header = new BatchHeader(
            reader.ReadNatural(), reader.ReadValidator(scope), reader.ReadNatural(), reader.ReadDigest(), reader.ReadDigest(), reader.ReadInt32(), reader.ReadInt32(),
            reader.ReadDigest());
        if (header.Epoch != scope.Epoch || header.Position < 1 || header.PayloadBytes is < 0 or > Batch.PayloadBytesMax || header.TransactionCount < 1)
            reader.Fail();
        return header;
    }
}
