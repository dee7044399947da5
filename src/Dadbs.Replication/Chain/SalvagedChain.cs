using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// The blocks that damaged logs, set aside, still hold. They are believed no further than a peer's: what joins on to the chain without a gap goes back into the log, and its
/// replay must lead to what it says; what lies behind a gap is proven by a finalization like anybody's answer (rule C1).
/// </summary>
public sealed class SalvagedChain
{
    private const long FlushBytes = 8L * 1024 * 1024;

    /// <summary>Blocks are asked for in ascending order: so many are read at a time, and kept until others are asked for.</summary>
    private const int WindowBlocks = 128;
    private const long WindowBytes = 16L * 1024 * 1024;

    private readonly EpochScope _scope;
    private readonly Block _genesis;
    private readonly MessageVerifier _messages;
    private readonly IReadOnlyList<Func<long, IEnumerable<Storage.LogRecord>>> _logs;
    private readonly Dictionary<long, (int Log, long Address)> _places = [];
    private readonly Lock _gate = new();
    private readonly Dictionary<long, StoredBlock> _window = [];

    private SalvagedChain(Genesis genesis, IReadOnlyList<Func<long, IEnumerable<Storage.LogRecord>>> logs)
    {
        _scope = genesis.ToScope();
        _genesis = genesis.ToBlock(_scope);
        _messages = new MessageVerifier(_scope, new StatementVerifier(genesis, new PeerCounters()), new NoPayloads());
        _logs = logs;
    }

    /// <summary>The highest block with a finalization of its own that proves itself (rule M1), through which these logs prove themselves; 0 for none.</summary>
    public long FinalizedHeight { get; private set; }

    /// <summary>Heights that are there.</summary>
    public int Count => _places.Count;

    /// <summary>Reads all logs through, and notes which heights they have; where several have one, the first log.</summary>
    /// <param name="genesis">The chain.</param>
    /// <param name="logs">Each gives its records from an address on (0: all), what cannot be read left out.</param>
    public static SalvagedChain Read(Genesis genesis, IReadOnlyList<Func<long, IEnumerable<Storage.LogRecord>>> logs)
    {
        var chain = new SalvagedChain(genesis, logs);
        var finalized = new List<long>();
        for (int log = 0; log < logs.Count; log++)
        {
            foreach (Storage.LogRecord record in logs[log](0))
            {
                if (chain.TryDecode(record.Bytes) is not { } stored)
                    continue;
                chain._places.TryAdd(stored.Height, (log, record.Address));
                if (stored.Final.Finalization is not null)
                    finalized.Add(stored.Height);
            }
        }
        chain.FinalizedHeight = finalized.OrderDescending().FirstOrDefault(chain.IsProven);
        return chain;
    }

    /// <summary>Appends what joins on to a log's last block, each on its parent, and makes it durable. Returns the log's height.</summary>
    public long CopyTo(IAppendLog log)
    {
        BlockLog blocks = BlockLog.Open(log, _scope, _genesis);
        while (TryRead(blocks.Height + 1) is { } next && next.Final.Block.Header.ParentDigest == blocks.Head.Digest)
        {
            blocks.Append(new DeliveredBlock(next.Final.Block, next.Final.Finalization, next.Batches), next.Result);
            if (blocks.BytesUnflushed >= FlushBytes)
                blocks.Flush();
        }
        blocks.Flush();
        return blocks.Height;
    }

    internal StoredBlock? TryRead(long height)
    {
        lock (_gate)
        {
            if (!_window.ContainsKey(height) && _places.TryGetValue(height, out (int Log, long Address) place))
                ReadWindow(_logs[place.Log](place.Address));
            return _window.GetValueOrDefault(height);
        }
    }

    private bool IsProven(long height) => TryRead(height)?.Final.Finalization is { } finalization && _messages.IsValid(finalization);

    private void ReadWindow(IEnumerable<Storage.LogRecord> records)
    {
        _window.Clear();
        long bytes = 0;
        foreach (Storage.LogRecord record in records)
        {
            if (TryDecode(record.Bytes) is { } stored)
                _window.TryAdd(stored.Height, stored);
            bytes += record.Bytes.Length;
            if (_window.Count >= WindowBlocks || bytes >= WindowBytes)
                return;
        }
    }

    private StoredBlock? TryDecode(ReadOnlyMemory<byte> record)
    {
        try
        {
            return StoredBlock.Decode(_scope, record);
        }
        catch (DamagedRecordException)
        {
            return null;
        }
    }
}
