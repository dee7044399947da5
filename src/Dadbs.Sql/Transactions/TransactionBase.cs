using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>A row of a transaction that is submitted but not executed yet, taken over with its lock: its key and the bytes that it will have.</summary>
public sealed record PendingRow(RelationId Relation, byte[] Key, ReadOnlyMemory<byte> Image);

/// <summary>
/// What lies beneath the overlay of an explicit transaction: a snapshot, and over it the images of exactly those rows whose locks were handed over
/// before their last writer was executed (never other writes of that transaction: a plain read must not see what may yet abort). It can move to
/// another snapshot while the overlay, with its undo list, stays; no scan may be open then. One thread.
/// </summary>
public sealed class TransactionBase(Snapshot start) : IReadView
{
    private IReadView _view = start;

    /// <summary>The executed state that it stands on.</summary>
    public Snapshot Snapshot { get; private set; } = start;

    /// <summary>Rows over the snapshot.</summary>
    public IReadOnlyList<PendingRow> Pending { get; private set; } = [];

    public void MoveTo(Snapshot snapshot, IReadOnlyList<PendingRow> pending)
    {
        Snapshot = snapshot;
        Pending = pending;
        if (pending.Count == 0)
        {
            _view = snapshot;
            return;
        }

        var layer = new Overlay(snapshot);
        foreach (PendingRow row in pending) layer.Put(row.Relation, row.Key, row.Image.Span);
        _view = layer;
    }

    /// <summary>Where reads are noted, under the upper isolation levels; null: nowhere.</summary>
    public Footprint? Footprint { get; set; }

    public bool TryGet(RelationId relation, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        Footprint?.Add(relation, key);
        return _view.TryGet(relation, key, out value);
    }

    public RangeCursor Scan(RelationId relation, in KeyRange range, bool descending = false)
    {
        RangeCursor cursor = _view.Scan(relation, range, descending);
        return Footprint is null ? cursor : Footprint.Follow(cursor, relation, range, descending);
    }

    public long CountEntries(RelationId relation) => CountRange(relation, KeyRange.All);

    public long CountRange(RelationId relation, in KeyRange range)
    {
        Footprint?.Add(relation, range);
        return _view.CountRange(relation, range);
    }
}
