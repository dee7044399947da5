using System.Security.Cryptography;
using Dadbs.Replication;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Hosting;

/// <summary>A state machine whose state is the hash of everything it executed: two nodes agree iff they executed the same in the same order.</summary>
internal sealed class HashChain : IStateMachine
{
    private readonly Lock _gate = new();
    private readonly HashSet<Hash256> _seen = [];
    private readonly List<Hash256> _order = [];
    private readonly Dictionary<long, Hash256> _roots = [];
    private Hash256 _root;

    public HashChain(Genesis genesis)
    {
        _root = genesis.InitialStateRoot;
        Recovered = new ExecutedState(0, _root, Hash256.Zero);
    }

    public ExecutedState Recovered { get; init; }

    /// <summary>A wrong result from this height on, as a machine with a bug would give.</summary>
    public long WrongFrom { get; init; } = long.MaxValue;

    /// <summary>Called before each block; what it throws is a failure of the machine.</summary>
    public Action? Executing { get; set; }

    public int Replayed { get; private set; }

    public long DurableHeight { get; private set; }

    public Hash256[] Order
    {
        get
        {
            lock (_gate)
                return [.. _order];
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _order.Count;
        }
    }

    public long Height
    {
        get
        {
            lock (_gate)
                return _roots.Count;
        }
    }

    public bool Contains(Hash256 id)
    {
        lock (_gate)
            return _seen.Contains(id);
    }

    public Hash256 RootAt(long height)
    {
        lock (_gate)
            return _roots.GetValueOrDefault(height);
    }

    public ExecutedBlock Execute(OrderedBlock block)
    {
        Executing?.Invoke();
        lock (_gate)
        {
            Replayed += block.IsReplay ? 1 : 0;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(_root.ToArray());
            hash.AppendData(BitConverter.GetBytes(block.Height));
            hash.AppendData(BitConverter.GetBytes(block.TimeMicros));
            foreach (SignedTransaction transaction in block.Transactions)
            {
                hash.AppendData(transaction.Id.ToArray());
                if (_seen.Add(transaction.Id))
                    _order.Add(transaction.Id);
            }
            if (block.Height >= WrongFrom)
                hash.AppendData([1]);
            _root = Hash256.FromSpan(hash.GetHashAndReset());
            _roots[block.Height] = _root;
            return new ExecutedBlock(block.Height, _root, Hash256.Sha256(_root.ToArray()), _root.ToArray());
        }
    }

    public void BlocksDurable(long height) => DurableHeight = height;
}
