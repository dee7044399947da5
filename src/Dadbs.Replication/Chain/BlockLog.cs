using System.Buffers;
using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// Finalized and executed blocks by height. One thread, the apply thread, appends and flushes; any thread reads. The index height → address
/// costs eight bytes a block in memory; what of it is not on disk (<see cref="BlockIndex"/>) is found by a pass over the end of the log.
/// </summary>
internal sealed class BlockLog
{
    /// <summary>Results kept in memory; blocks name heights that are not further back than the execution lag.</summary>
    private const int RecentMax = 128;

    /// <summary>Blocks and bytes of change sets that the tail holds at most.</summary>
    private const int TailBlocksMax = 5120;
    private const long TailBytesMax = 64L << 20;

    /// <summary>The buffer for records that stays; what a longer record needs goes when it is written.</summary>
    internal const int RecordBytesKept = 1024 * 1024;

    private readonly IAppendLog _log;
    private readonly EpochScope _scope;
    private readonly Block _genesis;
    private readonly BlockIndex? _index;

    /// <summary>Cuts of heights that end a file of the index and are not durable yet.</summary>
    private readonly Queue<(long Height, Cut Cut)> _indexDue = [];
    private readonly Lock _gate = new();
    private readonly List<long> _addresses = [];
    private readonly Dictionary<long, ExecutedBlock> _recent = [];

    /// <summary>
    /// What the newest blocks led to, change sets included, kept by the one pass at the start until <see cref="ForgetTail"/>: to read them one by one
    /// again would cost a megabyte from the disk for each.
    /// </summary>
    private readonly Dictionary<long, ExecutedBlock> _tail = [];
    private long _tailBytes;
    private readonly ArrayBufferWriter<byte> _record = new(64 * 1024);
    private long _durableHeight;
    private long _bytesUnflushed;

    private BlockLog(IAppendLog log, EpochScope scope, Block genesis, BlockIndex? index)
    {
        _log = log;
        _scope = scope;
        _genesis = genesis;
        _index = index;
        (Head, Cut) = (genesis, Cut.Empty(scope.ValidatorCount));
    }

    /// <summary>The last block; genesis for an empty log. The apply thread's, and whoever waits for it.</summary>
    public Block Head { get; private set; }

    /// <summary>The full cut after <see cref="Head"/>.</summary>
    public Cut Cut { get; private set; }

    /// <summary>Highest height appended; 0 for none.</summary>
    public long Height
    {
        get
        {
            lock (_gate)
                return _addresses.Count;
        }
    }

    public long DurableHeight => Volatile.Read(ref _durableHeight);

    internal int RecordCapacity => _record.Capacity;

    public long BytesUnflushed => Volatile.Read(ref _bytesUnflushed);

    /// <summary>Reads the log through once, from where the index on disk ends: heights without a gap, each block on its parent, the first on genesis.</summary>
    /// <exception cref="WrongChainException">The first block does not stand on this genesis.</exception>
    /// <exception cref="BlockLogDamagedException">A block is missing or out of place.</exception>
    public static BlockLog Open(IAppendLog log, EpochScope scope, Block genesis, BlockIndex? index = null)
    {
        var blocks = new BlockLog(log, scope, genesis, index);
        long from = blocks.TryTakeIndex() ? blocks._addresses[^1] : log.FirstAddress;
        foreach (Storage.LogRecord record in log.Read(from))
        {
            // The index's last block is there already.
            if (blocks._addresses.Count > 0 && record.Address == blocks._addresses[^1])
                continue;
            StoredBlock block = StoredBlock.Decode(scope, record.Bytes);
            if (block.Height == 1 && block.Final.Block.Header.ParentDigest != genesis.Digest)
            {
                throw new WrongChainException(
                    $"block log: its first block does not stand on this genesis: it is another chain's, or of a build whose signed statements have another format than {SigningBytes.FormatVersion}, that of this one");
            }

            if (block.Height != blocks._addresses.Count + 1 || block.Final.Block.Header.ParentDigest != blocks.Head.Digest)
                throw new BlockLogDamagedException($"block log: height {blocks._addresses.Count + 1} is missing or not on its parent");
            blocks.Advance(block.Final.Block, record.Address);
            blocks.AddToTail(block.Result);
        }
        blocks._durableHeight = blocks._addresses.Count;
        blocks.WriteIndex();
        return blocks;
    }

    /// <summary>
    /// Takes the index if it is that of this log: the block at its last address has its last height and names its cut, and the first one stands on genesis. What is between is checked
    /// when it is read.
    /// </summary>
    private bool TryTakeIndex()
    {
        if (_index?.TryRead(_scope.ValidatorCount) is not { } read
            || TryProbe(read.Addresses[0]) is not { Height: 1 } first || first.Final.Block.Header.ParentDigest != _genesis.Digest
            || TryProbe(read.Addresses[^1]) is not { } last || last.Height != read.Addresses.Count || last.Final.Block.Header.CutDigest != read.Cut.DigestIn(_scope))
            return false;
        _addresses.AddRange(read.Addresses);
        (Head, Cut) = (last.Final.Block, read.Cut);
        return true;
    }

    private StoredBlock? TryReadAt(long address) => _log.TryRead(address, out byte[] record) ? StoredBlock.Decode(_scope, record) : null;

    /// <summary>An index that is not this log's says nothing about the log.</summary>
    private StoredBlock? TryProbe(long address) => _log.TryProbe(address, out byte[] record) ? StoredBlock.Decode(_scope, record) : null;

    private void Advance(Block block, long address)
    {
        Head = block;
        Cut = Cut.Advance(block.Header.Cut);
        lock (_gate)
            _addresses.Add(address);
        if (_index is not null && block.Height.Value % _index.BlocksPerFile == 0)
            _indexDue.Enqueue((block.Height.Value, Cut));
    }

    private void WriteIndex()
    {
        while (_indexDue.TryPeek(out (long Height, Cut Cut) due) && due.Height <= DurableHeight)
        {
            _indexDue.Dequeue();
            lock (_gate)
                _index!.Write(due.Height, _addresses.GetRange((int)due.Height - _index.BlocksPerFile, _index.BlocksPerFile), due.Cut);
        }
    }

    /// <summary>The block at a height, or null if it is not here.</summary>
    public StoredBlock? TryRead(long height)
    {
        long address;
        lock (_gate)
        {
            if (height < 1 || height > _addresses.Count)
                return null;
            address = _addresses[(int)(height - 1)];
        }
        return TryReadAt(address);
    }

    /// <summary>The same of a height that must be there.</summary>
    /// <exception cref="BlockLogDamagedException">It is not.</exception>
    public StoredBlock Read(long height) => TryRead(height) ?? throw new BlockLogDamagedException($"block log: height {height} cannot be read");

    /// <summary>What a height was executed to; without reading the disk for the last few. The apply thread's.</summary>
    public ExecutedBlock? TryReadResult(long height) => _recent.GetValueOrDefault(height) ?? _tail.GetValueOrDefault(height) ?? TryRead(height)?.Result;

    /// <summary>The start is over: what it wanted of the newest blocks was read.</summary>
    public void ForgetTail() => _tail.Clear();

    private void AddToTail(ExecutedBlock result)
    {
        _tail[result.Height] = result with { ChangeSet = result.ChangeSet.ToArray() };
        _tailBytes += result.ChangeSet.Length;
        while (_tail.Count > TailBlocksMax || (_tailBytes > TailBytesMax && _tail.Count > 1))
        {
            _tail.Remove(result.Height - _tail.Count + 1, out ExecutedBlock? oldest);
            _tailBytes -= oldest!.ChangeSet.Length;
        }
    }

    public void Append(DeliveredBlock block, ExecutedBlock result)
    {
        Invariant.Check(block.Height.Value == Height + 1 && result.Height == block.Height.Value);
        _record.ResetWrittenCount();
        int bytes = StoredBlock.EstimateBytes(block, result);
        ArrayBufferWriter<byte> record = bytes <= RecordBytesKept ? _record : new ArrayBufferWriter<byte>(bytes);
        StoredBlock.Encode(_scope, block, result, record);
        long address = _log.Append(record.WrittenSpan);
        Volatile.Write(ref _bytesUnflushed, _bytesUnflushed + record.WrittenCount);
        _recent[result.Height] = result with { ChangeSet = default };
        _recent.Remove(result.Height - RecentMax);
        Advance(block.Block, address);
    }

    public void Flush()
    {
        long height = Height;
        if (height == DurableHeight)
            return;
        _log.Flush();
        Volatile.Write(ref _bytesUnflushed, 0);
        Volatile.Write(ref _durableHeight, height);
        WriteIndex();
    }
}
