using System.Buffers;

namespace Dadbs.Consensus;

/// <summary>What a certificate says, without who signed it: two certificates with one key are interchangeable.</summary>
public readonly record struct CertificateKey(VoteType Type, View View, Digest Digest);

/// <summary>
/// q votes of one type for one view and digest: a notarization, a nullification (digest zero) or a finalization. Signatures stand in the
/// order of the set bits of <see cref="Signers"/>.
/// </summary>
public sealed class Certificate
{
    private readonly ValidatorId[] _signers;
    private readonly Signature[] _signatures;

    /// <summary>Takes votes in ascending order of validator, each validator once.</summary>
    public Certificate(VoteType type, long epoch, View view, Digest digest, IReadOnlyList<(ValidatorId Signer, Signature Signature)> votes)
    {
        Key = new CertificateKey(type, view, digest);
        Epoch = epoch;
        _signers = [.. votes.Select(vote => vote.Signer)];
        _signatures = [.. votes.Select(vote => vote.Signature)];
    }

    public CertificateKey Key { get; }

    public VoteType Type => Key.Type;

    public long Epoch { get; }

    public View View => Key.View;

    public Digest Digest => Key.Digest;

    public IReadOnlyList<ValidatorId> Signers => _signers;

    public IReadOnlyList<Signature> Signatures => _signatures;

    public override string ToString() => $"{Type} certificate {View} {Digest}";

    public void Encode(EpochScope scope, IBufferWriter<byte> writer)
    {
        writer.WriteByte((byte)Type);
        writer.WriteInt64(Epoch);
        writer.WriteInt64(View.Value);
        writer.WriteDigest(Digest);
        Span<byte> bitmap = new byte[(scope.ValidatorCount + 7) / 8];
        foreach (ValidatorId signer in _signers)
            bitmap[signer.Value / 8] |= (byte)(1 << (signer.Value % 8));
        writer.Write(bitmap);
        foreach (Signature signature in _signatures)
            writer.WriteSignature(signature);
    }

    internal static Certificate Decode(EpochScope scope, ref WireReader reader)
    {
        var type = (VoteType)reader.ReadByte();
        long epoch = reader.ReadNatural();
        var view = new View(reader.ReadNatural());
        Digest digest = reader.ReadDigest();
        if (type is < VoteType.Notarize or > VoteType.Finalize || epoch != scope.Epoch || (type == VoteType.Nullify) != (digest == Digest.Zero))
            reader.Fail();
        var signers = new List<ValidatorId>();
        for (int index = 0; index < scope.ValidatorCount; index += 8)
        {
            byte bits = reader.ReadByte();
            for (int bit = 0; bit < 8; bit++)
            {
                if ((bits & (1 << bit)) == 0)
                    continue;
                if (index + bit >= scope.ValidatorCount)
                    reader.Fail();
                else
                    signers.Add(new ValidatorId(index + bit));
            }
        }
        var votes = new List<(ValidatorId, Signature)>(signers.Count);
        foreach (ValidatorId signer in signers)
            votes.Add((signer, reader.ReadSignature()));
        return new Certificate(type, epoch, view, digest, votes);
    }
}
