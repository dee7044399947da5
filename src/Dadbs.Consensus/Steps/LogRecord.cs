using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Dadbs.Consensus;

/// <summary>
/// What the vote log keeps (D1). A frame of the log is the concatenation of the encoded records of one turn, each preceded by its length;
/// framing, checksums and torn ends are the log's business. The host keeps every record from the last
/// <see cref="Effect.Checkpoint"/> on, and truncates only when such an effect tells it to.
/// </summary>
public abstract record LogRecord
{
    private LogRecord()
    {
    }

    /// <summary>
    /// Always the first record of its frame: where everything starts. <paramref name="Base"/> is final and in the block log, <paramref name="Cut"/>
    /// is the full cut after it, <paramref name="FloorView"/> the last view in which this node will never vote again, <paramref name="OwnTip"/>
    /// the newest batch of the own lane, <paramref name="Acknowledged"/> the acknowledged tip of each lane.
    /// </summary>
    public sealed record Floor(Block Base, Cut Cut, View FloorView, Tip OwnTip, Cut Acknowledged) : LogRecord;

    /// <summary>A block that this node voted for, proposed or knows to be certified.</summary>
    public sealed record KnownBlock(Block Block) : LogRecord;

    public sealed record OwnVote(Vote Vote) : LogRecord;

    public sealed record KnownCertificate(Certificate Certificate) : LogRecord;

    /// <summary>A batch stored: own or others'.</summary>
    public sealed record StoredBatch(Batch Batch) : LogRecord;

    /// <summary>The tips that this node newly acknowledged in one turn.</summary>
    public sealed record OwnAcknowledgement(Acknowledgement Acknowledgement) : LogRecord;

    /// <summary>An own result. Written along with the next statement, never flushed for its own sake.</summary>
    public sealed record OwnExecution(ExecutedRoots Roots) : LogRecord;

    /// <summary>
    /// Whether the record must be on disk before the turn's messages and deliveries leave (D1). What others said first can be had again from them: a
    /// turn that learns and says nothing is appended and rides on the next flush.
    /// </summary>
    public bool MustBeFlushed => this is not (KnownCertificate or KnownBlock or OwnExecution);

    public void Encode(EpochScope scope, IBufferWriter<byte> writer)
    {
        switch (this)
        {
            case Floor floor:
                writer.WriteByte(1);
                floor.Base.Encode(writer);
                floor.Cut.Encode(writer);
                writer.WriteInt64(floor.FloorView.Value);
                MessageCodec.WriteTip(floor.OwnTip, writer);
                floor.Acknowledged.Encode(writer);
                break;
            case KnownBlock known:
                writer.WriteByte(2);
                known.Block.Encode(writer);
                break;
            case OwnVote own:
                writer.WriteByte(3);
                own.Vote.Encode(scope, writer);
                break;
            case KnownCertificate known:
                writer.WriteByte(4);
                known.Certificate.Encode(scope, writer);
                break;
            case StoredBatch stored:
                writer.WriteByte(5);
                stored.Batch.Encode(writer);
                break;
            case OwnAcknowledgement own:
                writer.WriteByte(6);
                own.Acknowledgement.Encode(writer);
                break;
            case OwnExecution own:
                writer.WriteByte(7);
                writer.WriteInt64(own.Roots.Height.Value);
                writer.WriteDigest(own.Roots.StateRoot);
                writer.WriteDigest(own.Roots.ReceiptsRoot);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Null when malformed: the log is damaged, and the node must not vote.</summary>
    public static LogRecord? Decode(EpochScope scope, ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        LogRecord? record = reader.ReadByte() switch
        {
            1 => new Floor(Block.Decode(scope, ref reader), Cut.Decode(scope, ref reader), new View(reader.ReadNatural()), MessageCodec.ReadTip(ref reader), Cut.Decode(scope, ref reader)),
            2 => new KnownBlock(Block.Decode(scope, ref reader)),
            3 => new OwnVote(Vote.Decode(scope, ref reader)),
            4 => new KnownCertificate(Certificate.Decode(scope, ref reader)),
            5 => new StoredBatch(Batch.Decode(scope, ref reader)),
            6 => new OwnAcknowledgement(Acknowledgement.Decode(scope, ref reader)),
            7 => new OwnExecution(new ExecutedRoots(new Height(reader.ReadNatural()), reader.ReadDigest(), reader.ReadDigest())),
            _ => null,
        };
        return reader.Failed || !reader.AtEnd ? null : record;
    }

    /// <summary>One frame of the log: the records of a turn.</summary>
    public static void EncodeFrame(EpochScope scope, IReadOnlyList<LogRecord> records, ArrayBufferWriter<byte> writer)
    {
        foreach (LogRecord record in records)
        {
            int start = writer.WrittenCount;
            writer.WriteInt32(0);
            record.Encode(scope, writer);
            // The length goes before what it is the length of: into memory that is still the writer's own.
            BinaryPrimitives.WriteInt32LittleEndian(MemoryMarshal.AsMemory(writer.WrittenMemory).Span[start..], writer.WrittenCount - start - sizeof(int));
        }
    }

    /// <summary>Null when any record is malformed.</summary>
    public static IReadOnlyList<LogRecord>? DecodeFrame(EpochScope scope, ReadOnlyMemory<byte> frame)
    {
        var records = new List<LogRecord>();
        var reader = new WireReader(frame);
        while (!reader.AtEnd)
        {
            ReadOnlyMemory<byte> bytes = reader.ReadCounted(int.MaxValue);
            if (reader.Failed || Decode(scope, bytes) is not { } record)
                return null;
            records.Add(record);
        }
        return records;
    }
}
