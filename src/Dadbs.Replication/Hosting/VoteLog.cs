using System.Buffers;
using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// The log of all that this node says (Rule D1). One record is one loop turn: a kind byte, for checkpoints the identity of the log, and the
/// frame of consensus records. Appended and flushed by the loop thread alone.
/// </summary>
internal sealed class VoteLog
{
    private const byte IdentityRecord = 1;
    private const byte TurnRecord = 2;
    private const byte CheckpointRecord = 3;

    /// <summary>The buffer of a turn that stays; one that had to grow beyond it goes when the turn is written.</summary>
    private const int TurnBytesKept = 256 * 1024;

    private const int IdentityLength = 1 + 32 + PublicKey.Length;

    private readonly IAppendLog _log;
    private readonly EpochScope _scope;
    private readonly byte[] _identity;
    private ArrayBufferWriter<byte> _turn = new(64 * 1024);
    private bool _mustFlush;

    public VoteLog(IAppendLog log, EpochScope scope, Genesis genesis, in PublicKey key)
    {
        _log = log;
        _scope = scope;
        _identity = new byte[IdentityLength];
        _identity[0] = 1;
        genesis.ChainId.CopyTo(_identity.AsSpan(1));
        key.Span.CopyTo(_identity.AsSpan(33));
    }

    public bool IsEmpty => !_log.Read(_log.FirstAddress).Any();

    /// <summary>Marks a fresh log as this validator's on this chain, before anything is said.</summary>
    public void Create()
    {
        _log.Append([IdentityRecord, .. _identity]);
        _log.Flush();
    }

    /// <summary>All records from the last checkpoint on.</summary>
    /// <exception cref="WrongChainException">The log was written by another validator or for another chain.</exception>
    /// <exception cref="DamagedRecordException">A record passed its checksum and is still not one of ours.</exception>
    public IReadOnlyList<Dadbs.Consensus.LogRecord> Recover()
    {
        var records = new List<Dadbs.Consensus.LogRecord>();
        foreach (Dadbs.Storage.LogRecord record in _log.Read(_log.FirstAddress))
        {
            ReadOnlyMemory<byte> rest = record.Bytes[1..];
            switch (record.Bytes.Span[0])
            {
                case IdentityRecord:
                    CheckIdentity(rest.Span);
                    break;
                case TurnRecord:
                    records.AddRange(DecodeFrame(rest, record.Address));
                    break;
                case CheckpointRecord:
                    CheckIdentity(rest.Span[..Math.Min(IdentityLength, rest.Length)]);
                    records.Clear();
                    records.AddRange(DecodeFrame(rest[IdentityLength..], record.Address));
                    break;
                default:
                    throw new DamagedRecordException($"vote log: the record at {record.Address} is of an unknown kind");
            }
        }
        return records;
    }

    /// <summary>Adds records to this turn's frame.</summary>
    public void Write(IReadOnlyList<Dadbs.Consensus.LogRecord> records)
    {
        if (_turn.WrittenCount == 0)
            _turn.Write([TurnRecord]);
        Dadbs.Consensus.LogRecord.EncodeFrame(_scope, records, _turn);
        foreach (Dadbs.Consensus.LogRecord record in records)
            _mustFlush |= record.MustBeFlushed;
    }

    /// <summary>Writes all that is still needed as one frame and lets go of what precedes it, once it is on disk.</summary>
    public void Checkpoint(IReadOnlyList<Dadbs.Consensus.LogRecord> records)
    {
        AppendTurn();
        _turn.Write([CheckpointRecord]);
        _turn.Write(_identity);
        Dadbs.Consensus.LogRecord.EncodeFrame(_scope, records, _turn);
        long address = _log.Append(_turn.WrittenSpan);
        BeginTurn();
        _mustFlush = false;
        _log.Flush();
        _log.TruncateBefore(address);
    }

    /// <summary>The barrier: when it returns, what was written in this turn is on disk, unless it holds only what others said first.</summary>
    public void Commit()
    {
        AppendTurn();
        if (!_mustFlush)
            return;
        _mustFlush = false;
        _log.Flush();
    }

    private void AppendTurn()
    {
        if (_turn.WrittenCount == 0)
            return;
        _log.Append(_turn.WrittenSpan);
        BeginTurn();
    }

    private void BeginTurn()
    {
        if (_turn.Capacity > TurnBytesKept)
            _turn = new ArrayBufferWriter<byte>(64 * 1024);
        else
            _turn.ResetWrittenCount();
    }

    private IReadOnlyList<Dadbs.Consensus.LogRecord> DecodeFrame(ReadOnlyMemory<byte> frame, long address) =>
        Dadbs.Consensus.LogRecord.DecodeFrame(_scope, frame)
        ?? throw new DamagedRecordException($"vote log: the record at {address} is not a frame of this version");

    private void CheckIdentity(ReadOnlySpan<byte> identity)
    {
        if (!identity.SequenceEqual(_identity))
            throw new WrongChainException("vote log: it belongs to another chain or another validator");
    }
}
