using System.Buffers;

namespace Dadbs.Consensus.Tests.Formats;

/// <summary>The vectors of docs/formats.md. A change here is a change of the format: it needs a new version, not a new expectation.</summary>
public sealed class FormatVectors
{
    private static readonly EpochScope Scope = new(Digest.Sha256("chain"u8), 1, 4);
    private static readonly Signature Signed = new(Enumerable.Range(0, 64).Select(value => (byte)value).ToArray());
    private static readonly ValidatorId Two = new(2);

    private static Batch SampleBatch => Batch.Create(
        Scope, new BatchHeader(1, Two, 7, Digest.Sha256("parent"u8), Digest.Sha256("payload"u8), 7, 1, Digest.Sha256("content"u8)), Signed, "payload"u8.ToArray());

    private static Block SampleBlock => Block.Create(Scope, new BlockHeader
    {
        Epoch = 1,
        View = new View(9),
        Height = new Height(5),
        ParentView = new View(8),
        ParentDigest = Digest.Sha256("parent block"u8),
        Cut = [new LaneTip(Two, SampleBatch.Tip)],
        CutDigest = Cut.Empty(4).Advance([new LaneTip(Two, SampleBatch.Tip)]).DigestIn(Scope),
        Executed = new ExecutedRoots(new Height(4), Digest.Sha256("state"u8), Digest.Sha256("receipts"u8)),
        TimeMicros = 1_700_000_000_000_000,
    });

    private static Vote SampleVote => new(VoteType.Notarize, new View(9), SampleBlock.Digest, Two, new Height(4), Signed);

    private static Certificate SampleCertificate => new(
        VoteType.Nullify, 1, new View(9), Digest.Zero, [(new ValidatorId(0), Signed), (Two, Signed), (new ValidatorId(3), Signed)]);

    private static Certificate SampleUnanimous => new(
        VoteType.Finalize, 1, new View(9), SampleBlock.Digest, [.. Enumerable.Range(0, 4).Select(validator => (new ValidatorId(validator), Signed))], isUnanimous: true);

    private static Certificate SampleLocked => Certificate.Nullification(
        Scope, new View(9), [(new ValidatorId(0), SampleBlock.Digest, Signed), (Two, Digest.Zero, Signed), (new ValidatorId(3), SampleBlock.Digest, Signed)]);

    private static LeaderWord SampleWord => new(SampleBlock.Digest, Signed);

    private static Message.Contradiction SampleContradiction => Message.Contradiction.Of(new View(9), SampleWord, new LeaderWord(Digest.Sha256("another block"u8), Signed));

    private static AvailabilityProof SampleProof => new(SampleBatch, [new TipAcknowledgement(new ValidatorId(3), 2, 1, [Digest.Sha256("path"u8)], Signed)]);

    public static TheoryData<string, string> Vectors => new()
    {
        { "batch digest", SampleBatch.Digest.ToHex() },
        { "block digest", SampleBlock.Digest.ToHex() },
        { "cut digest", SampleBlock.Header.CutDigest.ToHex() },
        { "merkle root", MerkleTree.RootOf([new LaneTip(new ValidatorId(0), new Tip(1, Digest.Zero)), new LaneTip(Two, SampleBatch.Tip)]).ToHex() },
        { "signing bytes of batch", Convert.ToHexStringLower(SigningBytes.OfBatch(Scope, SampleBatch.Digest, SampleBatch.Header.Content).Span) },
        { "signing bytes of vote", Convert.ToHexStringLower(SigningBytes.OfVote(Scope, VoteType.Notarize, new View(9), SampleBlock.Digest).Span) },
        { "batch", Hex(SampleBatch.Encode) },
        { "block", Hex(SampleBlock.Encode) },
        { "vote message", Convert.ToHexStringLower(new Message.Voted(SampleVote).ToBytes(Scope)) },
        { "contradiction message", Convert.ToHexStringLower(SampleContradiction.ToBytes(Scope)) },
        { "certificate", Hex(writer => SampleCertificate.Encode(Scope, writer)) },
        { "locked nullification", Hex(writer => SampleLocked.Encode(Scope, writer)) },
        { "unanimous finalization", Hex(writer => SampleUnanimous.Encode(Scope, writer)) },
    };

    public static TheoryData<Message> Messages =>
    [
        new Message.Proposal(SampleBlock, SampleVote, null, [SampleCertificate]),
        new Message.Proposal(SampleBlock, SampleVote, SampleCertificate, []),
        new Message.Voted(SampleVote),
        new Message.Certified(SampleCertificate),
        new Message.Certified(SampleLocked),
        new Message.Certified(SampleUnanimous),
        new Message.BatchMessage(SampleBatch, SampleProof),
        new Message.BatchMessage(SampleBatch, null),
        new Message.Acknowledged(new Acknowledgement(Two, [new LaneTip(Two, SampleBatch.Tip)], Signed)),
        new Message.Available(SampleProof),
        new Message.LinkStatus(new View(3), new Height(2), new Height(1), SampleBatch.Tip),
        new Message.ViewRequest(new View(3)),
        new Message.CertifiedBlock(SampleBlock, SampleCertificate),
        new Message.BlocksRequest(new Height(3)),
        new Message.FinalizedBlocks([new FinalizedBlock(SampleBlock, null), new FinalizedBlock(SampleBlock, SampleCertificate)]),
        new Message.BatchRequest(Two, 3, SampleBatch.Tip, new Height(5)),
        new Message.Progress(new Height(5)),
        new Message.LeaderSaid(new View(9), SampleWord),
        SampleContradiction,
        new Message.Unheard([]),
        new Message.Unheard([new ValidatorId(0), Two]),
    ];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Bytes_are_those_of_the_document(string name, string hex)
    {
        string expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "vectors.txt")).Single(line => line.StartsWith(name + ": "))[(name.Length + 2)..];
        Assert.Equal(expected, hex);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_survives_its_bytes_and_no_shorter_or_longer_bytes_are_one(Message message)
    {
        byte[] bytes = message.ToBytes(Scope);
        Message? decoded = Message.Decode(Scope, bytes);
        Assert.NotNull(decoded);
        Assert.Equal(bytes, decoded.ToBytes(Scope));
        for (int length = 0; length < bytes.Length; length++)
            Assert.Null(Message.Decode(Scope, bytes.AsMemory(0, length)));
        Assert.Null(Message.Decode(Scope, (byte[])[.. bytes, 0]));
        Assert.Null(Message.Decode(new EpochScope(Scope.ChainId, 2, 4), message is Message.Voted or Message.Certified or Message.Proposal or Message.LeaderSaid or Message.Contradiction ? bytes : default));
    }

    /// <summary>The same words in another order would be another message that says the same; twice the same word says nothing.</summary>
    [Fact]
    public void A_contradiction_has_one_form_only()
    {
        Message.Contradiction good = SampleContradiction;
        Assert.Null(Message.Decode(Scope, (good with { First = good.Second, Second = good.First }).ToBytes(Scope)));
        Assert.Null(Message.Decode(Scope, (good with { Second = good.First }).ToBytes(Scope)));
    }

    [Fact]
    public void Who_is_unheard_is_said_in_one_order_only()
    {
        Assert.Null(Message.Decode(Scope, new Message.Unheard([Two, new ValidatorId(0)]).ToBytes(Scope)));
        Assert.Null(Message.Decode(Scope, new Message.Unheard([Two, Two]).ToBytes(Scope)));
    }

    [Fact]
    public void Every_record_of_the_log_survives_its_bytes()
    {
        LogRecord[] records =
        [
            new LogRecord.Floor(SampleBlock, Cut.Empty(4), new View(9), SampleBatch.Tip, Cut.Empty(4)),
            new LogRecord.KnownBlock(SampleBlock),
            new LogRecord.OwnVote(SampleVote),
            new LogRecord.KnownCertificate(SampleCertificate),
            new LogRecord.KnownCertificate(SampleLocked),
            new LogRecord.KnownCertificate(SampleUnanimous),
            new LogRecord.StoredBatch(SampleBatch),
            new LogRecord.OwnAcknowledgement(new Acknowledgement(Two, [new LaneTip(Two, SampleBatch.Tip)], Signed)),
            new LogRecord.OwnExecution(SampleBlock.Header.Executed),
        ];
        var frame = new ArrayBufferWriter<byte>();
        LogRecord.EncodeFrame(Scope, records, frame);
        IReadOnlyList<LogRecord>? decoded = LogRecord.DecodeFrame(Scope, frame.WrittenMemory);
        Assert.NotNull(decoded);
        var again = new ArrayBufferWriter<byte>();
        LogRecord.EncodeFrame(Scope, decoded, again);
        Assert.Equal(frame.WrittenSpan.ToArray(), again.WrittenSpan.ToArray());
    }

    [Fact]
    public void Random_bytes_and_bent_messages_never_throw()
    {
        var random = new Random(5);
        List<byte[]> samples = [];
        foreach (object?[] row in (System.Collections.IEnumerable)Messages)
            samples.Add(((Message)row[0]!).ToBytes(Scope));
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = [.. samples[random.Next(samples.Count)]];
            for (int bent = random.Next(1, 4); bent > 0; bent--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Message.Decode(Scope, bytes);
            LogRecord.DecodeFrame(Scope, bytes);
        }
    }

    [Fact]
    public void Every_leaf_climbs_to_the_root_and_no_other_leaf_does()
    {
        for (int count = 1; count <= 9; count++)
        {
            LaneTip[] leaves = [.. Enumerable.Range(0, count).Select(lane => new LaneTip(new ValidatorId(lane), new Tip(lane + 1, Digest.Zero)))];
            Digest root = MerkleTree.RootOf(leaves);
            for (int index = 0; index < count; index++)
            {
                IReadOnlyList<Digest> path = MerkleTree.PathOf(leaves, index);
                Assert.Equal(root, MerkleTree.Climb(leaves[index], count, index, path));
                Assert.NotEqual(root, MerkleTree.Climb(leaves[index] with { Tip = new Tip(99, Digest.Zero) }, count, index, path));
                Assert.Null(MerkleTree.Climb(leaves[index], count, count, path));
                Assert.Null(MerkleTree.Climb(leaves[index], count, index, [.. path, root]));
            }
        }
    }

    private static string Hex(Action<IBufferWriter<byte>> encode)
    {
        var writer = new ArrayBufferWriter<byte>();
        encode(writer);
        return Convert.ToHexStringLower(writer.WrittenSpan);
    }
}
