using Dadbs.Storage;

namespace Dadbs.Server.Execution;

/// <summary>Where a transaction stands in the chain, and how it ended.</summary>
/// <param name="Height">The block.</param>
/// <param name="Position">Its place in the block.</param>
/// <param name="Receipt">How it ended there.</param>
/// <param name="WasDue">False: the block came too late for it, or too early, so that it failed whatever became of it in another block.</param>
public readonly record struct TransactionPlace(long Height, int Position, Receipt Receipt, bool WasDue = true);

/// <summary>
/// The places of the latest transactions by id. Local and in memory: what is older, or came before the last start, is looked up in the block log by
/// those who ask. A ring of fixed size, 64 bytes a transaction, whose entries are chained by hash, newest first: a chain ends where it leads to what the ring has forgotten. The apply thread
/// adds, any thread asks.
/// </summary>
public sealed class TransactionIndex
{
    /// <summary>A power of two, so that a place in the ring is a mask away.</summary>
    public const int TransactionsMax = 1 << 16;

    private const int None = -1;

    private readonly Lock _gate = new();
    private readonly Entry[] _ring = new Entry[TransactionsMax];

    /// <summary>Numbers of transactions, in the order in which they were added.</summary>
    private readonly long[] _newest = new long[TransactionsMax];
    private long _added;

    public TransactionIndex() => Array.Fill(_newest, None);

    /// <summary>A place where it was not due tells nothing where another is known.</summary>
    public void Add(Hash256 id, TransactionPlace place)
    {
        if (place.Receipt == Receipt.Duplicate) return;
        lock (_gate)
        {
            if (!place.WasDue && Find(id) is { WasDue: true }) return;
            ref long newest = ref _newest[ChainOf(id)];
            _ring[PlaceOf(_added)] = new Entry(id, place, newest);
            newest = _added++;
        }
    }

    public TransactionPlace? Find(Hash256 id)
    {
        lock (_gate)
        {
            long oldest = Math.Max(0, _added - TransactionsMax);
            for (long number = _newest[ChainOf(id)]; number >= oldest; number = _ring[PlaceOf(number)].Older)
            {
                ref readonly Entry entry = ref _ring[PlaceOf(number)];
                if (entry.Id == id) return entry.Place;
            }
        }

        return null;
    }

    private static int ChainOf(Hash256 id) => id.GetHashCode() & (TransactionsMax - 1);

    private static int PlaceOf(long number) => (int)(number & (TransactionsMax - 1));

    private readonly record struct Entry(Hash256 Id, TransactionPlace Place, long Older);
}
