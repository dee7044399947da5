using System.Buffers;

namespace Dadbs.Consensus;

/// <summary>
/// What validators say to each other. One type byte, then the body; the transport adds its own framing. All of it travels on the consensus
/// connection except <see cref="BatchMessage"/> and <see cref="HandedOver"/>, which belong on the batch connection (L5).
/// </summary>
public abstract record Message
{
    private Message()
    {
    }

    /// <summary>
    /// A leader's block (V2). <paramref name="LeaderVote"/> is its Notarize. Outside the block's digest: the certificate of the parent (null
    /// when the parent is genesis) and the nullifications of the views between.
    /// </summary>
    public sealed record Proposal(Block Block, Vote LeaderVote, Certificate? Parent, IReadOnlyList<Certificate> Skipped) : Message;

    public sealed record Voted(Vote Vote) : Message;

    public sealed record Certified(Certificate Certificate) : Message;

    /// <summary>A batch, and the proof of the author's previous batch where there is one (L3).</summary>
    public sealed record BatchMessage(Batch Batch, AvailabilityProof? Proof) : Message
    {
        /// <summary>
        /// Set at the rim, never on the wire: every transaction in the payload is valid in the sense of L2. A batch that is not is still stored
        /// when a certified cut names it, and never acknowledged.
        /// </summary>
        public bool TransactionsValid { get; init; }
    }

    public sealed record Acknowledged(Acknowledgement Acknowledgement) : Message;

    public sealed record Available(AvailabilityProof Proof) : Message;

    /// <summary>First words on a new link (V7). <paramref name="YourLane"/>: how far the sender has acknowledged the receiver's lane.</summary>
    public sealed record LinkStatus(View View, Height Finalized, Height ExecutedHint, Tip YourLane) : Message;

    /// <summary>Any certificate of the view answers it, with its block where there is one (V7).</summary>
    public sealed record ViewRequest(View View) : Message;

    /// <summary>A block that <paramref name="Certificate"/> notarizes or finalizes.</summary>
    public sealed record CertifiedBlock(Block Block, Certificate Certificate) : Message;

    /// <summary>Finalized blocks from a height on; answered from the block log.</summary>
    public sealed record BlocksRequest(Height From) : Message;

    /// <summary>A run of finalized blocks by ascending height. The last one carries its finalization, which makes the run.</summary>
    public sealed record FinalizedBlocks(IReadOnlyList<FinalizedBlock> Blocks) : Message;

    /// <summary>
    /// The batches of a lane's chain from <paramref name="To"/> down to position <paramref name="From"/>. <paramref name="Height"/> is the
    /// finalized block that ordered them, or height 0 when none did yet. Answered by one <see cref="BatchMessage"/> each, highest first.
    /// </summary>
    public sealed record BatchRequest(ValidatorId Lane, long From, Tip To, Height Height) : Message;

    /// <summary>Unsigned hint, sent when votes do not carry it (K1).</summary>
    public sealed record Progress(Height ExecutedHint) : Message
    {
        /// <summary>Set at the rim, never on the wire: the view that a message showed its sender to be in, of which nothing else was worth keeping.</summary>
        public View InView { get; init; }
    }

    /// <summary>
    /// L4: transactions for the receiver's lane, as a batch's payload has them. <paramref name="Number"/> is the sender's, for <see cref="PushedBack"/>.
    /// </summary>
    public sealed record HandedOver(long Number, int Count, ReadOnlyMemory<byte> Payload) : Message;

    /// <summary>L4, L5: the lane is full; nothing of the message with this number was taken.</summary>
    public sealed record PushedBack(long Number) : Message;

    /// <summary>V8: all whom the sender does not hear, by ascending number; takes the place of what it said before.</summary>
    public sealed record Unheard(IReadOnlyList<ValidatorId> Validators) : Message;

    /// <summary>B1: what the leader of a view said to the sender, for one who votes as if it had said something else.</summary>
    public sealed record LeaderSaid(View View, LeaderWord Word) : Message;

    /// <summary>
    /// B1: two words of one view's leader, the one with the smaller digest first. Whoever reads it checks both signatures, so it matters not who sent it, and against a leader that keeps to V3 there is
    /// none.
    /// </summary>
    public sealed record Contradiction(View View, LeaderWord First, LeaderWord Second) : Message
    {
        public static Contradiction Of(View view, LeaderWord one, LeaderWord other) =>
            one.Digest.CompareTo(other.Digest) < 0 ? new Contradiction(view, one, other) : new Contradiction(view, other, one);
    }

    public void Encode(EpochScope scope, IBufferWriter<byte> writer) => MessageCodec.Encode(scope, this, writer);

    public byte[] ToBytes(EpochScope scope)
    {
        var writer = new ArrayBufferWriter<byte>(256);
        Encode(scope, writer);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Null when the bytes are not one well-formed message of this epoch, all of them used. The message refers to the bytes.</summary>
    public static Message? Decode(EpochScope scope, ReadOnlyMemory<byte> bytes) => MessageCodec.Decode(scope, bytes);
}

/// <summary>A block that is final, with its own finalization unless a descendant's covers it (C1).</summary>
public sealed record FinalizedBlock(Block Block, Certificate? Finalization)
{
    public void Encode(EpochScope scope, IBufferWriter<byte> writer)
    {
        Block.Encode(writer);
        MessageCodec.WriteOptional(scope, Finalization, writer);
    }

    /// <summary>Null when the bytes are malformed.</summary>
    public static FinalizedBlock? Decode(EpochScope scope, ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        FinalizedBlock block = Decode(scope, ref reader);
        return reader.Failed || !reader.AtEnd ? null : block;
    }

    internal static FinalizedBlock Decode(EpochScope scope, ref WireReader reader) =>
        new(Block.Decode(scope, ref reader), MessageCodec.ReadOptional(scope, ref reader));
}
