using Dadbs.Sql.Catalog;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// The key ranges that the statements of an upper-level transaction read beneath its own writes, failed and rolled-back statements included.
/// Ranges that meet are joined; where there are too many, neighbours are joined with what lies between them, which is safe: a larger footprint only
/// conflicts more. One thread.
/// </summary>
public sealed class Footprint
{
    /// <summary>Ranges of one relation before they are joined.</summary>
    private const int RangesPerRelationMax = 2048;

    private readonly Dictionary<RelationId, RelationFootprint> _relations = [];
    private readonly List<FootprintCursor> _open = [];

    /// <summary>
    /// Whether reads of a relation count: rows, index entries and overflow chunks do. The catalog counts as a whole (<see cref="OfCatalog"/>); sequence
    /// counters, leases and replay windows do not, as sequences in PostgreSQL are outside of transactions.
    /// </summary>
    public static bool Covers(RelationId relation) => relation.File >= WellKnownOids.FirstUser;

    /// <summary>What a history of changes must keep for footprints: the relations that count, and the counters that tell whether a catalog changed.</summary>
    public static bool IsKept(RelationId relation) => Covers(relation) || relation.File == SystemRelations.SharedCounters.File;

    /// <summary>What stands for all of a database's catalog, statistics included, in every footprint without being carried.</summary>
    public static RelationRanges OfCatalog(uint database) => new(
    [
        (SystemRelations.SharedCounters, [KeyRange.Exactly(CatalogKeys.Fingerprint)]),
        (SystemRelations.Counters(database), [KeyRange.Exactly(CatalogKeys.Fingerprint), KeyRange.Exactly(CatalogKeys.StatisticsVersion)]),
    ]);

    /// <summary>The ranges that a body carries, which its decoder found in order.</summary>
    public static RelationRanges Of(IReadOnlyList<FootprintRange> carried)
    {
        var relations = new List<(RelationId, KeyRange[])>();
        for (int at = 0; at < carried.Count;)
        {
            int end = at + 1;
            while (end < carried.Count && carried[end].Database == carried[at].Database && carried[end].File == carried[at].File) end++;
            relations.Add((new RelationId(carried[at].Database, carried[at].File), [.. carried.Skip(at).Take(end - at).Select(r => new KeyRange(r.Low, r.High))]));
            at = end;
        }

        return new RelationRanges(relations);
    }

    /// <summary>One key was looked up, found or not.</summary>
    public void Add(RelationId relation, ReadOnlySpan<byte> key)
    {
        if (Covers(relation)) FootprintOf(relation).Add(key);
    }

    public void Add(RelationId relation, in KeyRange range)
    {
        if (Covers(relation) && !range.IsEmpty) FootprintOf(relation).Add(range);
    }

    /// <summary>Follows a scan: what it really passed counts, from its start to where it stopped.</summary>
    public RangeCursor Follow(RangeCursor scan, RelationId relation, in KeyRange range, bool descending)
    {
        if (!Covers(relation)) return scan;
        var cursor = new FootprintCursor(this, scan, relation, range, descending);
        _open.Add(cursor);
        return cursor;
    }

    /// <summary>As a body carries it: ordered, apart, at most <see cref="TransactionLimits.FootprintRangesMax"/>. 40001 if more relations than that were read.</summary>
    public IReadOnlyList<FootprintRange> ToRanges()
    {
        foreach (FootprintCursor open in _open)
        {
            if (open.Extent is { } extent) Add(open.Relation, extent);
        }

        List<KeyValuePair<RelationId, RelationFootprint>> relations = [.. _relations.OrderBy(r => r.Key)];
        foreach (KeyValuePair<RelationId, RelationFootprint> relation in relations) relation.Value.Join();
        while (relations.Sum(r => r.Value.Ranges.Count) > TransactionLimits.FootprintRangesMax)
        {
            RelationFootprint largest = relations.MaxBy(r => r.Value.Ranges.Count).Value;
            if (largest.Ranges.Count == 1)
                throw new SqlException(SqlState.SerializationFailure, "could not serialize access: the footprint is over its limit");
            largest.Coarsen();
        }

        return [.. relations.SelectMany(r => r.Value.Ranges.Select(range => new FootprintRange(r.Key.Database, r.Key.File, range.Low, range.High)))];
    }

    internal void Close(FootprintCursor cursor)
    {
        if (_open.Remove(cursor) && cursor.Extent is { } extent) Add(cursor.Relation, extent);
    }

    private RelationFootprint FootprintOf(RelationId relation)
    {
        if (_relations.TryGetValue(relation, out RelationFootprint? known)) return known;
        return _relations[relation] = new RelationFootprint();
    }

    private sealed class RelationFootprint
    {
        public List<KeyRange> Ranges { get; private set; } = [];

        public void Add(ReadOnlySpan<byte> key)
        {
            if (Ranges.Count > 0 && Ranges[^1].Contains(key)) return;
            Add(KeyRange.Exactly(key));
        }

        public void Add(in KeyRange range)
        {
            // An empty low bound and none are the same; a body knows one form.
            Ranges.Add(range.Low is { Length: 0 } ? new KeyRange(null, range.High) : range);
            if (Ranges.Count < RangesPerRelationMax) return;
            Join();
            while (Ranges.Count > RangesPerRelationMax / 2) Coarsen();
        }

        /// <summary>Orders the ranges and joins those that meet.</summary>
        public void Join()
        {
            Ranges.Sort(static (a, b) => a.Low is null ? (b.Low is null ? 0 : -1) : b.Low is null ? 1 : a.Low.AsSpan().SequenceCompareTo(b.Low));
            var joined = new List<KeyRange>(Ranges.Count);
            foreach (KeyRange range in Ranges)
            {
                if (joined.Count > 0 && Meets(joined[^1], range)) joined[^1] = new KeyRange(joined[^1].Low, Later(joined[^1].High, range.High));
                else joined.Add(range);
            }

            Ranges = joined;
        }

        /// <summary>Halves the number of (joined) ranges: each takes in its right neighbour and what lies between.</summary>
        public void Coarsen()
        {
            var coarser = new List<KeyRange>((Ranges.Count + 1) / 2);
            for (int i = 0; i < Ranges.Count; i += 2) coarser.Add(new KeyRange(Ranges[i].Low, Ranges[Math.Min(i + 1, Ranges.Count - 1)].High));
            Ranges = coarser;
        }

        private static bool Meets(in KeyRange left, in KeyRange right) =>
            left.High is null || right.Low is null || left.High.AsSpan().SequenceCompareTo(right.Low) >= 0;

        private static byte[]? Later(byte[]? left, byte[]? right) =>
            left is null || right is null ? null : left.AsSpan().SequenceCompareTo(right) >= 0 ? left : right;
    }
}
