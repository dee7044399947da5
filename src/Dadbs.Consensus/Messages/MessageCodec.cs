using System.Buffers;
using System.Diagnostics;

namespace Dadbs.Consensus;

/// <summary>The bytes of <see cref="Message"/>: the type byte decides, small functions read. docs/formats.md has vectors.</summary>
internal static class MessageCodec
{
    private const int SkippedMax = 4096;
    private const int BlocksMax = 1024;

    /// <summary>A block that advances no lane, without a finalization of its own.</summary>
    private const int BlockBytesMin = 180;

    public static void Encode(EpochScope scope, Message message, IBufferWriter<byte> writer)
    {
        switch (message)
        {
            case Message.Proposal proposal:
                writer.WriteByte(1);
                proposal.Block.Encode(writer);
                proposal.LeaderVote.Encode(scope, writer);
                WriteOptional(scope, proposal.Parent, writer);
                writer.WriteInt32(proposal.Skipped.Count);
                foreach (Certificate skipped in proposal.Skipped)
                    skipped.Encode(scope, writer);
                break;
            case Message.Voted voted:
                writer.WriteByte(2);
                voted.Vote.Encode(scope, writer);
                break;
            case Message.Certified certified:
                writer.WriteByte(3);
                certified.Certificate.Encode(scope, writer);
                break;
            case Message.BatchMessage batch:
                writer.WriteByte(4);
                batch.Batch.Encode(writer);
                writer.WriteByte(batch.Proof is null ? (byte)0 : (byte)1);
                batch.Proof?.Encode(writer);
                break;
            case Message.Acknowledged acknowledged:
                writer.WriteByte(5);
                acknowledged.Acknowledgement.Encode(writer);
                break;
            case Message.Available available:
                writer.WriteByte(6);
                available.Proof.Encode(writer);
                break;
            case Message.LinkStatus status:
                writer.WriteByte(7);
                writer.WriteInt64(status.View.Value);
                writer.WriteInt64(status.Finalized.Value);
                writer.WriteInt64(status.ExecutedHint.Value);
                WriteTip(status.YourLane, writer);
                break;
            case Message.ViewRequest request:
                writer.WriteByte(8);
                writer.WriteInt64(request.View.Value);
                break;
            case Message.CertifiedBlock certified:
                writer.WriteByte(9);
                certified.Block.Encode(writer);
                certified.Certificate.Encode(scope, writer);
                break;
            case Message.BlocksRequest request:
                writer.WriteByte(10);
                writer.WriteInt64(request.From.Value);
                break;
            case Message.FinalizedBlocks blocks:
                writer.WriteByte(11);
                writer.WriteInt32(blocks.Blocks.Count);
                foreach (FinalizedBlock block in blocks.Blocks)
                    block.Encode(scope, writer);
                break;
            case Message.BatchRequest request:
                writer.WriteByte(12);
                writer.WriteInt32(request.Lane.Value);
                writer.WriteInt64(request.From);
                WriteTip(request.To, writer);
                writer.WriteInt64(request.Height.Value);
                break;
            case Message.Progress hint:
                writer.WriteByte(13);
                writer.WriteInt64(hint.ExecutedHint.Value);
                break;
            case Message.HandedOver handed:
                writer.WriteByte(14);
                writer.WriteInt64(handed.Number);
                writer.WriteInt32(handed.Count);
                writer.WriteCounted(handed.Payload.Span);
                break;
            case Message.PushedBack pushed:
                writer.WriteByte(15);
                writer.WriteInt64(pushed.Number);
                break;
            case Message.LeaderSaid said:
                writer.WriteByte(16);
                WriteTurn(scope, said.View, writer);
                said.Word.Encode(writer);
                break;
            case Message.Contradiction contradiction:
                writer.WriteByte(17);
                WriteTurn(scope, contradiction.View, writer);
                contradiction.First.Encode(writer);
                contradiction.Second.Encode(writer);
                break;
            case Message.Unheard unheard:
                writer.WriteByte(18);
                writer.WriteInt32(unheard.Validators.Count);
                foreach (ValidatorId validator in unheard.Validators)
                    writer.WriteInt32(validator.Value);
                break;
            default:
                throw new UnreachableException();
        }
    }

    public static Message? Decode(EpochScope scope, ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        Message? message = reader.ReadByte() switch
        {
            1 => DecodeProposal(scope, ref reader),
            2 => new Message.Voted(Vote.Decode(scope, ref reader)),
            3 => new Message.Certified(Certificate.Decode(scope, ref reader)),
            4 => DecodeBatch(scope, ref reader),
            5 => new Message.Acknowledged(Acknowledgement.Decode(scope, ref reader)),
            6 => new Message.Available(AvailabilityProof.Decode(scope, ref reader)),
            7 => new Message.LinkStatus(new View(reader.ReadNatural()), new Height(reader.ReadNatural()), new Height(reader.ReadNatural()), ReadTip(ref reader)),
            8 => new Message.ViewRequest(new View(reader.ReadNatural())),
            9 => new Message.CertifiedBlock(Block.Decode(scope, ref reader), Certificate.Decode(scope, ref reader)),
            10 => new Message.BlocksRequest(new Height(reader.ReadNatural())),
            11 => DecodeBlocks(scope, ref reader),
            12 => new Message.BatchRequest(reader.ReadValidator(scope), reader.ReadNatural(), ReadTip(ref reader), new Height(reader.ReadNatural())),
            13 => new Message.Progress(new Height(reader.ReadNatural())),
            14 => new Message.HandedOver(reader.ReadNatural(), reader.ReadInt32(), reader.ReadCounted(Batch.PayloadBytesMax)),
            15 => new Message.PushedBack(reader.ReadNatural()),
            16 => new Message.LeaderSaid(ReadTurn(scope, ref reader), LeaderWord.Decode(ref reader)),
            17 => DecodeContradiction(scope, ref reader),
            18 => DecodeUnheard(scope, ref reader),
            _ => null,
        };
        return reader.Failed || !reader.AtEnd ? null : message;
    }

    public static void WriteTip(Tip tip, IBufferWriter<byte> writer)
    {
        writer.WriteInt64(tip.Position);
        writer.WriteDigest(tip.Digest);
    }

    public static Tip ReadTip(ref WireReader reader) => new(reader.ReadNatural(), reader.ReadDigest());

    public static void WriteOptional(EpochScope scope, Certificate? certificate, IBufferWriter<byte> writer)
    {
        writer.WriteByte(certificate is null ? (byte)0 : (byte)1);
        certificate?.Encode(scope, writer);
    }

    public static Certificate? ReadOptional(EpochScope scope, ref WireReader reader) => reader.ReadFlag() ? Certificate.Decode(scope, ref reader) : null;

    /// <summary>Whose word it is follows from the view.</summary>
    private static void WriteTurn(EpochScope scope, View view, IBufferWriter<byte> writer)
    {
        writer.WriteInt64(scope.Epoch);
        writer.WriteInt64(view.Value);
    }

    private static View ReadTurn(EpochScope scope, ref WireReader reader)
    {
        if (reader.ReadNatural() != scope.Epoch)
            reader.Fail();
        return new View(reader.ReadNatural());
    }

    private static Message.Contradiction DecodeContradiction(EpochScope scope, ref WireReader reader)
    {
        var contradiction = new Message.Contradiction(ReadTurn(scope, ref reader), LeaderWord.Decode(ref reader), LeaderWord.Decode(ref reader));
        if (contradiction.First.Digest.CompareTo(contradiction.Second.Digest) >= 0)
            reader.Fail();
        return contradiction;
    }

    private static Message.Proposal DecodeProposal(EpochScope scope, ref WireReader reader)
    {
        Block block = Block.Decode(scope, ref reader);
        Vote vote = Vote.Decode(scope, ref reader);
        Certificate? parent = ReadOptional(scope, ref reader);
        var skipped = new Certificate[reader.ReadCount(SkippedMax, 50 + (scope.Quorum * Signature.Length))];
        for (int i = 0; i < skipped.Length; i++)
            skipped[i] = Certificate.Decode(scope, ref reader);
        return new Message.Proposal(block, vote, parent, skipped);
    }

    private static Message.BatchMessage DecodeBatch(EpochScope scope, ref WireReader reader)
    {
        Batch batch = Batch.Decode(scope, ref reader);
        return new Message.BatchMessage(batch, reader.ReadFlag() ? AvailabilityProof.Decode(scope, ref reader) : null);
    }

    private static Message.Unheard DecodeUnheard(EpochScope scope, ref WireReader reader)
    {
        var unheard = new ValidatorId[reader.ReadCount(scope.ValidatorCount, sizeof(int))];
        for (int i = 0; i < unheard.Length; i++)
        {
            unheard[i] = reader.ReadValidator(scope);
            if (i > 0 && unheard[i].Value <= unheard[i - 1].Value)
                reader.Fail();
        }
        return new Message.Unheard(unheard);
    }

    private static Message.FinalizedBlocks DecodeBlocks(EpochScope scope, ref WireReader reader)
    {
        var blocks = new FinalizedBlock[reader.ReadCount(BlocksMax, BlockBytesMin)];
        for (int i = 0; i < blocks.Length; i++)
            blocks[i] = FinalizedBlock.Decode(scope, ref reader);
        return new Message.FinalizedBlocks(blocks);
    }
}
