using System.Buffers;

namespace Dadbs.Consensus;

/// <summary>A place in a lane: position 0 with digest zero lies before its first batch.</summary>
public readonly record struct Tip(long Position, Digest Digest)
{
    public static Tip Origin => default;

    public override string ToString() => $"{Position}:{Digest}";
}

/// <summary>A tip and whose lane it is in.</summary>
public readonly record struct LaneTip(ValidatorId Lane, Tip Tip);

/// <summary>The roots after a height, as a block names them (`executed`).</summary>
public readonly record struct ExecutedRoots(Height Height, Digest StateRoot, Digest ReceiptsRoot);

/// <summary>
/// What the chain agrees on: which lanes advance to which tips, an earlier height's roots, a time. It holds no transaction.
/// Immutable; its digest covers everything here, under the chain id and the epoch.
/// </summary>
public sealed class Block
{
    internal const int CutBytesEach = 4 + 8 + Digest.Length;
    private const int EvidenceBytesMax = 64 * 1024;

    private Block(BlockHeader header, Digest digest)
    {
        Header = header;
        Digest = digest;
    }

    public BlockHeader Header { get; }

    public Digest Digest { get; }

    public View View => Header.View;

    public Height Height => Header.Height;

    /// <summary>A block advances the cut iff it names a lane.</summary>
    public bool AdvancesCut => Header.Cut.Count > 0;

    public override string ToString() => $"block {View} {Height} {Digest} on {Header.ParentDigest}";

    public static Block Create(EpochScope scope, BlockHeader header)
    {
        ArrayBufferWriter<byte> writer = SigningBytes.Open(scope, StatementType.Block, 512);
        header.Encode(writer);
        return new Block(header, Digest.Sha256(writer.WrittenSpan));
    }

    /// <summary>View 0, height 0, final by definition. The caller has made the chain id, the digest of the genesis document.</summary>
    public static Block Genesis(EpochScope scope, long timeMicros, Digest stateRoot, Digest receiptsRoot) => Create(scope, new BlockHeader
    {
        Epoch = scope.Epoch,
        View = View.Genesis,
        Height = Height.Genesis,
        ParentView = View.Genesis,
        ParentDigest = scope.ChainId,
        Cut = [],
        CutDigest = Consensus.Cut.Empty(scope.ValidatorCount).DigestIn(scope),
        Executed = new ExecutedRoots(Height.Genesis, stateRoot, receiptsRoot),
        TimeMicros = timeMicros,
    });

    public void Encode(IBufferWriter<byte> writer) => Header.Encode(writer);

    internal static Block Decode(EpochScope scope, ref WireReader reader)
    {
        var header = new BlockHeader
        {
            Epoch = reader.ReadNatural(),
            View = new View(reader.ReadNatural()),
            Height = new Height(reader.ReadNatural()),
            ParentView = new View(reader.ReadNatural()),
            ParentDigest = reader.ReadDigest(),
            Cut = DecodeCut(scope, ref reader),
            CutDigest = reader.ReadDigest(),
            Executed = new ExecutedRoots(new Height(reader.ReadNatural()), reader.ReadDigest(), reader.ReadDigest()),
            TimeMicros = reader.ReadNatural(),
            Evidence = reader.ReadCounted(EvidenceBytesMax),
            Reconfiguration = reader.ReadCounted(EvidenceBytesMax),
        };
        if (header.Epoch != scope.Epoch)
            reader.Fail();
        return Create(scope, header);
    }

    private static LaneTip[] DecodeCut(EpochScope scope, ref WireReader reader)
    {
        var cut = new LaneTip[reader.ReadCount(scope.ValidatorCount, CutBytesEach)];
        for (int i = 0; i < cut.Length; i++)
            cut[i] = new LaneTip(reader.ReadValidator(scope), new Tip(reader.ReadNatural(), reader.ReadDigest()));
        return cut;
    }
}

/// <summary>The fields of a block, in the order of their bytes.</summary>
public sealed record BlockHeader
{
    public required long Epoch { get; init; }

    public required View View { get; init; }

    public required Height Height { get; init; }

    public required View ParentView { get; init; }

    public required Digest ParentDigest { get; init; }

    /// <summary>The lanes that advance, ascending, each with its new tip.</summary>
    public required IReadOnlyList<LaneTip> Cut { get; init; }

    /// <summary>Digest of the full cut after this block: every lane's tip.</summary>
    public required Digest CutDigest { get; init; }

    public required ExecutedRoots Executed { get; init; }

    /// <summary>Microseconds since 1970 UTC, greater than the parent's.</summary>
    public required long TimeMicros { get; init; }

    /// <summary>Place for rule B1: empty, anything else is invalid.</summary>
    public ReadOnlyMemory<byte> Evidence { get; init; }

    /// <summary>Place for rule E1: empty, anything else is invalid.</summary>
    public ReadOnlyMemory<byte> Reconfiguration { get; init; }

    internal void Encode(IBufferWriter<byte> writer)
    {
        writer.WriteInt64(Epoch);
        writer.WriteInt64(View.Value);
        writer.WriteInt64(Height.Value);
        writer.WriteInt64(ParentView.Value);
        writer.WriteDigest(ParentDigest);
        writer.WriteInt32(Cut.Count);
        foreach (LaneTip advance in Cut)
        {
            writer.WriteInt32(advance.Lane.Value);
            writer.WriteInt64(advance.Tip.Position);
            writer.WriteDigest(advance.Tip.Digest);
        }
        writer.WriteDigest(CutDigest);
        writer.WriteInt64(Executed.Height.Value);
        writer.WriteDigest(Executed.StateRoot);
        writer.WriteDigest(Executed.ReceiptsRoot);
        writer.WriteInt64(TimeMicros);
        writer.WriteCounted(Evidence.Span);
        writer.WriteCounted(Reconfiguration.Span);
    }
}

/// <summary>A full cut: one tip per lane, in validator order. Immutable.</summary>
public sealed class Cut
{
    private readonly Tip[] _tips;

    private Cut(Tip[] tips) => _tips = tips;

    public int Count => _tips.Length;

    public Tip this[ValidatorId lane] => _tips[lane.Value];

    public static Cut Empty(int lanes) => new(new Tip[lanes]);

    public Cut Advance(IReadOnlyList<LaneTip> advances)
    {
        if (advances.Count == 0)
            return this;
        Tip[] tips = [.. _tips];
        foreach (LaneTip advance in advances)
            tips[advance.Lane.Value] = advance.Tip;
        return new Cut(tips);
    }

    public Digest DigestIn(EpochScope scope)
    {
        ArrayBufferWriter<byte> writer = SigningBytes.Open(scope, StatementType.Cut, 64 + (_tips.Length * 40));
        Encode(writer);
        return Digest.Sha256(writer.WrittenSpan);
    }

    public void Encode(IBufferWriter<byte> writer)
    {
        writer.WriteInt32(_tips.Length);
        foreach (Tip tip in _tips)
        {
            writer.WriteInt64(tip.Position);
            writer.WriteDigest(tip.Digest);
        }
    }

    internal static Cut Decode(EpochScope scope, ref WireReader reader)
    {
        var tips = new Tip[reader.ReadCount(scope.ValidatorCount, 8 + Digest.Length)];
        if (tips.Length != scope.ValidatorCount)
            reader.Fail();
        for (int i = 0; i < tips.Length; i++)
            tips[i] = new Tip(reader.ReadNatural(), reader.ReadDigest());
        return reader.Failed ? Empty(scope.ValidatorCount) : new Cut(tips);
    }
}
