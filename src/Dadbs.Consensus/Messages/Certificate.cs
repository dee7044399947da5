using System.Buffers;

namespace Dadbs.Consensus;

/// <summary>What a certificate says and by which votes, without who signed it: two certificates with one key are interchangeable.</summary>
public readonly record struct CertificateKey(VoteType Type, View View, Digest Digest, bool IsUnanimous = false);

/// <summary>
/// Votes of one type for one view and digest: q of them are a notarization, a nullification or a finalization; n Notarize, one of each validator, are a
/// finalization too, a *unanimous* one (C1). A nullification in which all votes but f claim one block is *locked* on it, and <see cref="Digest"/> names it;
/// zero: the view may be skipped (S2). Signatures stand in ascending order of validator.
/// </summary>
public sealed class Certificate
{
    private const byte UnanimousTag = 4;

    private readonly ValidatorId[] _signers;
    private readonly Signature[] _signatures;

    /// <summary>What each signer of a nullification claims; null: nobody claims anything.</summary>
    private readonly Digest[]? _claims;

    /// <summary>Takes votes in ascending order of validator, each validator once. A nullification made here is one without claims.</summary>
    public Certificate(VoteType type, long epoch, View view, Digest digest, IReadOnlyList<(ValidatorId Signer, Signature Signature)> votes, bool isUnanimous = false)
        : this(new CertificateKey(type, view, digest, isUnanimous), epoch, [.. votes.Select(vote => vote.Signer)], [.. votes.Select(vote => vote.Signature)], null)
    {
    }

    private Certificate(CertificateKey key, long epoch, ValidatorId[] signers, Signature[] signatures, Digest[]? claims)
    {
        Key = key;
        Epoch = epoch;
        _signers = signers;
        _signatures = signatures;
        _claims = claims;
    }

    public CertificateKey Key { get; }

    /// <summary>What is certified; of a unanimous finalization it is not the type of its votes: see <see cref="VotesType"/>.</summary>
    public VoteType Type => Key.Type;

    public long Epoch { get; }

    public View View => Key.View;

    public Digest Digest => Key.Digest;

    public bool IsUnanimous => Key.IsUnanimous;

    /// <summary>
    /// Never on the wire: every signature was checked. One that is not proven was made of what all said over their own links, or comes back from a log; it leaves the node only when it
    /// has been proven (M1).
    /// </summary>
    public bool IsProven { get; private set; }

    /// <summary>What the signers said.</summary>
    public VoteType VotesType => IsUnanimous ? VoteType.Notarize : Type;

    public IReadOnlyList<ValidatorId> Signers => _signers;

    public IReadOnlyList<Signature> Signatures => _signatures;

    /// <summary>A nullification of votes in ascending order of validator, each validator once.</summary>
    public static Certificate Nullification(EpochScope scope, View view, IReadOnlyList<(ValidatorId Signer, Digest Claim, Signature Signature)> votes)
    {
        ArgumentNullException.ThrowIfNull(scope);
        Digest[] claims = [.. votes.Select(vote => vote.Claim)];
        return new Certificate(
            new CertificateKey(VoteType.Nullify, view, LockOf(scope, claims)), scope.Epoch, [.. votes.Select(vote => vote.Signer)], [.. votes.Select(vote => vote.Signature)], claims);
    }

    /// <summary>The digest in the vote of the signer at this place.</summary>
    public Digest SaidBy(int place) => Type == VoteType.Nullify ? _claims?[place] ?? Digest.Zero : Digest;

    internal void MarkProven() => IsProven = true;

    public override string ToString() => $"{(IsUnanimous ? "unanimous " : "")}{Type} certificate {View} {Digest}";

    public void Encode(EpochScope scope, IBufferWriter<byte> writer)
    {
        writer.WriteByte(IsUnanimous ? UnanimousTag : (byte)Type);
        writer.WriteInt64(Epoch);
        writer.WriteInt64(View.Value);
        writer.WriteDigest(Digest);
        Span<byte> bitmap = new byte[(scope.ValidatorCount + 7) / 8];
        foreach (ValidatorId signer in _signers)
            bitmap[signer.Value / 8] |= (byte)(1 << (signer.Value % 8));
        writer.Write(bitmap);
        for (int place = 0; place < _signers.Length; place++)
        {
            if (Type == VoteType.Nullify)
                writer.WriteDigest(SaidBy(place));
            writer.WriteSignature(_signatures[place]);
        }
    }

    internal static Certificate Decode(EpochScope scope, ref WireReader reader)
    {
        byte tag = reader.ReadByte();
        bool isUnanimous = tag == UnanimousTag;
        VoteType type = isUnanimous ? VoteType.Finalize : (VoteType)tag;
        long epoch = reader.ReadNatural();
        var view = new View(reader.ReadNatural());
        Digest digest = reader.ReadDigest();
        if (type is < VoteType.Notarize or > VoteType.Finalize || epoch != scope.Epoch || (type != VoteType.Nullify && digest == Digest.Zero))
            reader.Fail();
        ValidatorId[] signers = DecodeSigners(scope, ref reader);
        var signatures = new Signature[signers.Length];
        Digest[]? claims = type == VoteType.Nullify ? new Digest[signers.Length] : null;
        for (int place = 0; place < signers.Length; place++)
        {
            if (claims is not null)
                claims[place] = reader.ReadDigest();
            signatures[place] = reader.ReadSignature();
        }
        if (claims is not null && digest != LockOf(scope, claims))
            reader.Fail();
        return new Certificate(new CertificateKey(type, view, digest, isUnanimous), epoch, signers, signatures, claims);
    }

    private static ValidatorId[] DecodeSigners(EpochScope scope, ref WireReader reader)
    {
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
        return [.. signers];
    }

    /// <summary>S2: the block that all signers but f claim; zero: none. There are never two, since more than 2f sign.</summary>
    private static Digest LockOf(EpochScope scope, Digest[] claims)
    {
        foreach (Digest claim in claims)
        {
            if (claim != Digest.Zero && claims.Count(other => other == claim) >= claims.Length - scope.Faulty)
                return claim;
        }
        return Digest.Zero;
    }
}
