using System.Buffers.Binary;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// The signed bytes of a transaction without its signature: a fixed head, then the opaque body. Its SHA-256 is the transaction's id: the
/// head begins with the tag DTX and the format version, so the id is separated by domain without copying. Bytes: docs/formats.md,
/// "Transaction". Nothing here depends on state; see <see cref="SignedTransaction"/> for the checks.
/// </summary>
internal static class TransactionEnvelope
{
    public const int TagOffset = 0;
    public const int ChainIdOffset = 4;
    public const int PublicKeyOffset = ChainIdOffset + 32;
    public const int RoleOffset = PublicKeyOffset + PublicKey.Length;
    public const int StreamOffset = RoleOffset + 4;
    public const int SequenceOffset = StreamOffset + 8;
    public const int ExpiryOffset = SequenceOffset + 8;
    public const int BodyLengthOffset = ExpiryOffset + 8;
    public const int HeadLength = BodyLengthOffset + 4;

    public static ReadOnlySpan<byte> Tag => "DTX\u0001"u8;

    public static byte[] Encode(
        in Hash256 chainId, in PublicKey key, uint role, ulong stream, ulong sequence, long expiryMicros, ReadOnlySpan<byte> body)
    {
        byte[] core = GC.AllocateUninitializedArray<byte>(HeadLength + body.Length);
        Span<byte> span = core;
        Tag.CopyTo(span);
        chainId.CopyTo(span[ChainIdOffset..]);
        key.Span.CopyTo(span[PublicKeyOffset..]);
        BinaryPrimitives.WriteUInt32BigEndian(span[RoleOffset..], role);
        BinaryPrimitives.WriteUInt64BigEndian(span[StreamOffset..], stream);
        BinaryPrimitives.WriteUInt64BigEndian(span[SequenceOffset..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(span[ExpiryOffset..], expiryMicros);
        BinaryPrimitives.WriteInt32BigEndian(span[BodyLengthOffset..], body.Length);
        body.CopyTo(span[HeadLength..]);
        return core;
    }

    /// <summary>Form, version and lengths; the chain id is compared where the chain is known.</summary>
    public static bool HasCanonicalForm(ReadOnlySpan<byte> core) =>
        core.Length >= HeadLength
        && core[..4].SequenceEqual(Tag)
        && PublicKey.HasCanonicalForm(core.Slice(PublicKeyOffset, PublicKey.Length))
        && BinaryPrimitives.ReadUInt32BigEndian(core[BodyLengthOffset..]) == (uint)(core.Length - HeadLength);
}
