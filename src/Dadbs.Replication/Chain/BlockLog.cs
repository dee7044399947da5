using System.Buffers;
using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// Finalized and executed blocks by height. One thread, the apply thread, appends and flushes; any thread reads. The index height → address
/// is rebuilt by one pass over the log and costs eight bytes a block.
/// </summary>
internal sealed class BlockLog
{
    /// <summary>Results kept in memory; blocks name heights that are not further back than the execution lag.</summary>
    private const int RecentMax = 128;

    /// <summary>Blocks and bytes of change sets that the tail holds at most.</summary>
    private const int TailBlocksMax = 5120;
    private const long TailBytesMax = 64L << 20;

    private readonly IAppendLog _log;
    private readonly EpochScope _scope;
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

    private BlockLog(IAppendLog log, EpochScope scope, Block genesis)
    {
        _log = log;
        _scope = scope;
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

    public long BytesUnflushed => Volatile.Read(ref _bytesUnflushed);

    /// <summary>Reads the log through once: heights without a gap, each block on its parent, the first on genesis.</summary>
    /// <exception cref="WrongChainException">The first block does not stand on this genesis.</exception>
    /// <exception cref="BlockLogDamagedException">A block is missing or out of place.</exception>
    public static BlockLog Open(IAppendLog log, EpochScope scope, Block genesis)
    {
        var blocks = new BlockLog(log, scope, genesis);
        Digest parent = genesis.Digest;
        foreach (Storage.LogRecord record in log.Read(log.FirstAddress))
        {
            StoredBlock block = StoredBlock.Decode(scope, record.Bytes);
            if (block.Height == 1 && block.Final.Block.Header.ParentDigest != genesis.Digest)
                throw new WrongChainException("block log: its first block does not stand on this genesis");
            if (block.Height != blocks._addresses.Count + 1 || block.Final.Block.Header.ParentDigest != parent)
                throw new BlockLogDamagedException($"block log: height {blocks._addresses.Count + 1} is missing or not on its parent");
            parent = block.Final.Block.Digest;
            blocks.Head = block.Final.Block;
            blocks.Cut = blocks.Cut.Advance(block.Final.Block.Header.Cut);
            blocks._addresses.Add(record.Address);
            blocks.AddToTail(block.Result);
        }
        blocks._durableHeight = blocks._addresses.Count;
        return blocks;
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
        return _log.TryRead(address, out byte[] record) ? StoredBlock.Decode(_scope, record) : null;
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
        StoredBlock.Encode(_scope, block, result, _record);
        long address = _log.Append(_record.WrittenSpan);
        Volatile.Write(ref _bytesUnflushed, _bytesUnflushed + _record.WrittenCount);
        _recent[result.Height] = result with { ChangeSet = default };
        _recent.Remove(result.Height - RecentMax);
        Head = block.Block;
        Cut = Cut.Advance(block.Block.Header.Cut);
        lock (_gate)
            _addresses.Add(address);
    }

    public void Flush()
    {
        long height = Height;
        if (height == DurableHeight)
            return;
        _log.Flush();
        Volatile.Write(ref _bytesUnflushed, 0);
        Volatile.Write(ref _durableHeight, height);
    }
}
