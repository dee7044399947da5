using Dadbs.Storage;

namespace Dadbs.Server.Execution;

/// <summary>Where a transaction stands in the chain, and how it ended.</summary>
public readonly record struct TransactionPlace(long Height, int Position, Receipt Receipt);

/// <summary>
/// The places of the latest transactions by id. Local and in memory: what is older, or came before the last start, is looked up in the block log by
/// those who ask. The apply thread adds, any thread asks.
/// </summary>
public sealed class TransactionIndex
{
    private const int TransactionsMax = 1 << 18;

    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, TransactionPlace> _places = [];
    private readonly Queue<Hash256> _arrivals = new();

    public void Add(Hash256 id, TransactionPlace place)
    {
        if (place.Receipt == Receipt.Duplicate) return;
        lock (_gate)
        {
            _places[id] = place;
            _arrivals.Enqueue(id);
            if (_arrivals.Count > TransactionsMax) _places.Remove(_arrivals.Dequeue());
        }
    }

    public TransactionPlace? Find(Hash256 id)
    {
        lock (_gate) return _places.TryGetValue(id, out var place) ? place : null;
    }
}
