using System.Buffers.Binary;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// A transaction with the proof that the holder of <see cref="PublicKey"/> wants it: a signature over the root of a
/// <see cref="TransactionTree"/> and this transaction's place in it. Immutable; shares the memory it was decoded from. That an object exists
/// says only that the form is right: <see cref="TransactionVerifier"/> checks chain and signature, execution checks authority and replay.
/// </summary>
public sealed class SignedTransaction
{
    private readonly ReadOnlyMemory<byte> _core;

    internal SignedTransaction(ReadOnlyMemory<byte> core, Hash256 id, SignedRoot root, int index)
    {
        _core = core;
        Id = id;
        SignedRoot = root;
        LeafIndex = index;
    }

    /// <summary>SHA-256 of the envelope, signature and path left out (Rule X1a).</summary>
    public Hash256 Id { get; }

    public Hash256 ChainId => Hash256.FromSpan(_core.Span[TransactionEnvelope.ChainIdOffset..]);

    /// <summary>Who signed. Whether this key may act for <see cref="Role"/> is decided at execution.</summary>
    public PublicKey PublicKey => new(_core.Span.Slice(TransactionEnvelope.PublicKeyOffset, PublicKey.Length));

    /// <summary>OID of the role under which the body is executed.</summary>
    public uint Role => BinaryPrimitives.ReadUInt32BigEndian(_core.Span[TransactionEnvelope.RoleOffset..]);

    /// <summary>64 random bits, new at every start of the signing process.</summary>
    public ulong Stream => BinaryPrimitives.ReadUInt64BigEndian(_core.Span[TransactionEnvelope.StreamOffset..]);

    /// <summary>Counts up within the stream; gaps are allowed.</summary>
    public ulong Sequence => BinaryPrimitives.ReadUInt64BigEndian(_core.Span[TransactionEnvelope.SequenceOffset..]);

    /// <summary>Not executed in a block with a later time, microseconds since 1970 UTC.</summary>
    public long ExpiryMicros => BinaryPrimitives.ReadInt64BigEndian(_core.Span[TransactionEnvelope.ExpiryOffset..]);

    /// <summary>Opaque here; Dadbs.Sql owns its format.</summary>
    public ReadOnlyMemory<byte> Body => _core[TransactionEnvelope.HeadLength..];

    /// <summary>Envelope and body: the bytes that the id is the hash of.</summary>
    public ReadOnlyMemory<byte> Core => _core;

    public ReadOnlyMemory<byte> Signature => SignedRoot.Signature;

    public int LeafCount => SignedRoot.LeafCount;

    public int LeafIndex { get; }

    /// <summary>What the signature covers, and where other leaves come from.</summary>
    internal SignedRoot SignedRoot { get; }

    /// <summary>The Merkle path, computed on demand when the transaction came with its whole tree.</summary>
    public Hash256[] Path() => SignedRoot.PathOf(LeafIndex);

    /// <summary>The form in which a transaction stands alone: envelope, then signature, leaf count, index and path.</summary>
    public byte[] Encode()
    {
        Hash256[] path = Path();
        byte[] bytes = new byte[_core.Length + StandaloneProof.Length(SignedRoot, path.Length)];
        _core.Span.CopyTo(bytes);
        StandaloneProof.Write(bytes.AsSpan(_core.Length), SignedRoot, LeafIndex, path);
        return bytes;
    }

    /// <exception cref="FormatException">Not exactly one canonical encoding.</exception>
    public static SignedTransaction Decode(ReadOnlyMemory<byte> bytes)
    {
        SignedTransaction transaction = Decode(bytes, out int consumed);
        return consumed == bytes.Length ? transaction : throw new FormatException("there are bytes after the transaction");
    }

    internal static SignedTransaction Decode(ReadOnlyMemory<byte> bytes, out int consumed)
    {
        if (bytes.Length < TransactionEnvelope.HeadLength)
            throw new FormatException("a transaction's bytes end too early");
        uint bodyLength = BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[TransactionEnvelope.BodyLengthOffset..]);
        if (bodyLength > (uint)(bytes.Length - TransactionEnvelope.HeadLength))
            throw new FormatException("a transaction's bytes end too early");
        ReadOnlyMemory<byte> core = bytes[..(TransactionEnvelope.HeadLength + (int)bodyLength)];
        if (!TransactionEnvelope.HasCanonicalForm(core.Span))
            throw new FormatException("a transaction has an unknown version or a key that is not canonical");
        SignedRoot root = StandaloneProof.Read(bytes[core.Length..], out int index, out int proofLength);
        consumed = core.Length + proofLength;
        return new SignedTransaction(core, Hash256.Sha256(core.Span), root, index);
    }
}
