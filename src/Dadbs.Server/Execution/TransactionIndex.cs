using Dadbs.Storage;

namespace Dadbs.Server.Execution;

/// <summary>Where a transaction stands in the chain, and how it ended.</summary>
public readonly record struct TransactionPlace(long Height, int Position, Receipt Receipt);

/// <summary>
/// The places of the latest transactions by id. Local and in memory: what is older, or came before the last start, is looked up in the block log by
/// those who ask. A ring of fixed size, 64 bytes a transaction, whose entries are chained by hash. The apply thread adds, any thread asks.
/// </summary>
public sealed class TransactionIndex
{
    /// <summary>A power of two, so that a place in the ring is a mask away.</summary>
    public const int TransactionsMax = 1 << 16;

    private const int None = -1;

    private readonly Lock _gate = new();
    private readonly Entry[] _ring = new Entry[TransactionsMax];
    private readonly int[] _newest = new int[TransactionsMax];
    private long _added;

    public TransactionIndex() => Array.Fill(_newest, None);

    public void Add(Hash256 id, TransactionPlace place)
    {
        if (place.Receipt == Receipt.Duplicate) return;
        lock (_gate)
        {
            int at = (int)(_added & (TransactionsMax - 1));
            if (_added++ >= TransactionsMax) Forget(at);
            ref int newest = ref _newest[ChainOf(id)];
            _ring[at] = new Entry(id, place, newest);
            newest = at;
        }
    }

    public TransactionPlace? Find(Hash256 id)
    {
        lock (_gate)
        {
            for (int at = _newest[ChainOf(id)]; at != None; at = _ring[at].Older)
            {
                if (_ring[at].Id == id) return _ring[at].Place;
            }
        }

        return null;
    }

    private static int ChainOf(Hash256 id) => id.GetHashCode() & (TransactionsMax - 1);

    /// <summary>The oldest entry of all is the last of its chain.</summary>
    private void Forget(int oldest)
    {
        ref int link = ref _newest[ChainOf(_ring[oldest].Id)];
        while (link != oldest) link = ref _ring[link].Older;
        link = None;
    }

    private struct Entry(Hash256 id, TransactionPlace place, int older)
    {
        public readonly Hash256 Id = id;
        public readonly TransactionPlace Place = place;
        public int Older = older;
    }
}
