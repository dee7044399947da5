using System.Buffers;

namespace Dadbs.Consensus;

public enum VoteType : byte
{
    Notarize = 1,
    Nullify = 2,
    Finalize = 3,
}

/// <summary>
/// One validator's statement about one view. <paramref name="Digest"/> of a Nullify is the block that its sender notarized in the view, its *claim*; zero: none (S2).
/// <paramref name="ExecutedHint"/> is the sender's executed height (K1): unsigned, known by the link it came over, never part of a certificate.
/// </summary>
public sealed record Vote(VoteType Type, View View, Digest Digest, ValidatorId Voter, Height ExecutedHint, Signature Signature)
{
    /// <summary>
    /// Never on the wire: the signature was checked, or made here. A Notarize without that came over its voter's own link (M1): this node knows that it was said, and nobody else can be
    /// convinced by it yet.
    /// </summary>
    public bool IsProven { get; init; }

    /// <summary>
    /// Whether a certificate is held that makes this vote worth nothing: the one that it would count for; for a Notarize, any finalization of its block, since the last of all n makes one (C1).
    /// </summary>
    public bool IsNeedless(Func<CertificateKey, bool> holds)
    {
        ArgumentNullException.ThrowIfNull(holds);
        return Type == VoteType.Notarize
            ? holds(new CertificateKey(VoteType.Finalize, View, Digest)) || holds(new CertificateKey(VoteType.Finalize, View, Digest, IsUnanimous: true))
            : holds(new CertificateKey(Type, View, Digest));
    }

    public void Encode(EpochScope scope, IBufferWriter<byte> writer)
    {
        writer.WriteByte((byte)Type);
        writer.WriteInt64(scope.Epoch);
        writer.WriteInt64(View.Value);
        writer.WriteDigest(Digest);
        writer.WriteInt32(Voter.Value);
        writer.WriteInt64(ExecutedHint.Value);
        writer.WriteSignature(Signature);
    }

    internal static Vote Decode(EpochScope scope, ref WireReader reader)
    {
        var type = (VoteType)reader.ReadByte();
        long epoch = reader.ReadNatural();
        var vote = new Vote(type, new View(reader.ReadNatural()), reader.ReadDigest(), reader.ReadValidator(scope), new Height(reader.ReadNatural()), reader.ReadSignature());
        if (type is < VoteType.Notarize or > VoteType.Finalize || epoch != scope.Epoch || (type != VoteType.Nullify && vote.Digest == Digest.Zero))
            reader.Fail();
        return vote;
    }
}
