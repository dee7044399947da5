using System.Buffers;

namespace Dadbs.Consensus;

/// <summary>
/// One validator's acknowledgement of the tips that it took in one turn (L3): one signature over the Merkle root of its leaves. Each leaf
/// covers its batch and all below it in that lane.
/// </summary>
public sealed class Acknowledgement
{
    internal const int LeafBytes = 4 + 8 + Digest.Length;

    public Acknowledgement(ValidatorId signer, IReadOnlyList<LaneTip> leaves, Signature signature)
    {
        Signer = signer;
        Leaves = leaves;
        Signature = signature;
    }

    public ValidatorId Signer { get; }

    /// <summary>At most one per lane, ascending.</summary>
    public IReadOnlyList<LaneTip> Leaves { get; }

    /// <summary>Over <see cref="SigningBytes.OfAcknowledgement"/>.</summary>
    public Signature Signature { get; }

    public override string ToString() => $"acknowledgement of {Signer}: {string.Join(", ", Leaves)}";

    public void Encode(IBufferWriter<byte> writer)
    {
        writer.WriteInt32(Signer.Value);
        writer.WriteInt32(Leaves.Count);
        foreach (LaneTip leaf in Leaves)
        {
            writer.WriteInt32(leaf.Lane.Value);
            writer.WriteInt64(leaf.Tip.Position);
            writer.WriteDigest(leaf.Tip.Digest);
        }
        writer.WriteSignature(Signature);
    }

    internal static Acknowledgement Decode(EpochScope scope, ref WireReader reader)
    {
        ValidatorId signer = reader.ReadValidator(scope);
        var leaves = new LaneTip[reader.ReadCount(scope.ValidatorCount, LeafBytes)];
        for (int i = 0; i < leaves.Length; i++)
        {
            leaves[i] = new LaneTip(reader.ReadValidator(scope), new Tip(reader.ReadNatural(), reader.ReadDigest()));
            if (i > 0 && leaves[i].Lane.Value <= leaves[i - 1].Lane.Value)
                reader.Fail();
        }
        if (leaves.Length == 0)
            reader.Fail();
        return new Acknowledgement(signer, leaves, reader.ReadSignature());
    }
}

/// <summary>One acknowledgement of exactly one tip, cut out of its turn's tree: signature, number of leaves, index, path.</summary>
public sealed record TipAcknowledgement(ValidatorId Signer, int LeafCount, int Index, IReadOnlyList<Digest> Path, Signature Signature);

/// <summary>
/// f+1 acknowledgements of one tip (PoA, L3): the author's batch signature, and f others. An honest one of them holds the batch and the lane
/// below it and has checked the signatures of its transactions.
/// </summary>
public sealed class AvailabilityProof
{
    private const int PathMax = 16;

    public AvailabilityProof(Batch header, IReadOnlyList<TipAcknowledgement> others)
    {
        Header = header.WithoutPayload();
        Others = others;
    }

    /// <summary>The batch without its payload.</summary>
    public Batch Header { get; }

    /// <summary>Ascending by signer, without the author.</summary>
    public IReadOnlyList<TipAcknowledgement> Others { get; }

    public void Encode(IBufferWriter<byte> writer)
    {
        Header.EncodeHeader(writer);
        writer.WriteInt32(Others.Count);
        foreach (TipAcknowledgement other in Others)
        {
            writer.WriteInt32(other.Signer.Value);
            writer.WriteInt32(other.LeafCount);
            writer.WriteInt32(other.Index);
            writer.WriteInt32(other.Path.Count);
            foreach (Digest node in other.Path)
                writer.WriteDigest(node);
            writer.WriteSignature(other.Signature);
        }
    }

    internal static AvailabilityProof Decode(EpochScope scope, ref WireReader reader)
    {
        Batch header = Batch.DecodeHeader(scope, ref reader);
        var others = new TipAcknowledgement[reader.ReadCount(scope.ValidatorCount, 16 + Signature.Length)];
        for (int i = 0; i < others.Length; i++)
        {
            ValidatorId signer = reader.ReadValidator(scope);
            int leafCount = reader.ReadInt32();
            int index = reader.ReadInt32();
            var path = new Digest[reader.ReadCount(PathMax, Digest.Length)];
            for (int j = 0; j < path.Length; j++)
                path[j] = reader.ReadDigest();
            others[i] = new TipAcknowledgement(signer, leafCount, index, path, reader.ReadSignature());
        }
        return new AvailabilityProof(header, others);
    }
}
