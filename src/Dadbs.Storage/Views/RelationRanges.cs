namespace Dadbs.Storage;

/// <summary>Ranges of keys of several relations: relations ascending, the ranges of each ascending and apart. Immutable.</summary>
public sealed class RelationRanges
{
    private readonly RelationId[] _relations;
    private readonly KeyRange[][] _ranges;

    /// <summary>Takes relations in ascending order, each with its ranges in ascending order, none meeting the next; anything else is a bug of the caller.</summary>
    public RelationRanges(IReadOnlyList<(RelationId Relation, KeyRange[] Ranges)> relations)
    {
        _relations = new RelationId[relations.Count];
        _ranges = new KeyRange[relations.Count][];
        for (int i = 0; i < relations.Count; i++)
        {
            (_relations[i], _ranges[i]) = relations[i];
            Invariant.Check(i == 0 || _relations[i - 1].CompareTo(_relations[i]) < 0);
            CheckOrder(_ranges[i]);
        }
    }

    public int Count => _relations.Length;

    public RelationId RelationAt(int index) => _relations[index];

    public ReadOnlySpan<KeyRange> RangesAt(int index) => _ranges[index];

    /// <summary>The ranges of one relation; none where it is not named.</summary>
    public ReadOnlySpan<KeyRange> Of(RelationId relation)
    {
        int index = Array.BinarySearch(_relations, relation);
        return index >= 0 ? _ranges[index] : [];
    }

    /// <summary>Whether a key lies in one of the ranges of a relation. O(log n).</summary>
    public static bool Contains(ReadOnlySpan<KeyRange> ranges, ReadOnlySpan<byte> key)
    {
        int low = 0;
        int high = ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            byte[]? end = ranges[middle].High;
            if (end is not null && key.SequenceCompareTo(end) >= 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return low < ranges.Length && ranges[low].Contains(key);
    }

    private static void CheckOrder(KeyRange[] ranges)
    {
        for (int i = 1; i < ranges.Length; i++)
            Invariant.Check(ranges[i - 1].High is { } end && ranges[i].Low is { } start && end.AsSpan().SequenceCompareTo(start) <= 0);
    }
}
