namespace Dadbs.Storage;

/// <summary>How much a <see cref="ChangeHistory"/> keeps. Part of what nodes agree on: what is kept decides how transactions end.</summary>
/// <param name="BlocksMax">Most blocks.</param>
/// <param name="BytesMax">Most bytes, counted by formula: 64 a block, 48 a relation in it, 8 and its length for a key.</param>
public sealed record ChangeHistoryLimits(int BlocksMax, long BytesMax)
{
    /// <summary>What every node of a chain uses.</summary>
    public static ChangeHistoryLimits Chain { get; } = new(1 << 12, 16 << 20);
}

/// <summary>What became of the ranges that a transaction read.</summary>
public enum RangesSince
{
    Untouched,

    /// <summary>Something in them changed.</summary>
    Touched,

    /// <summary>The changes since its snapshot are no longer kept.</summary>
    Forgotten,
}

/// <summary>
/// Which keys the latest blocks changed: what tells whether the ranges that a transaction read are still what they were at its snapshot. It
/// keeps the longest run of latest blocks within its limits, so that its contents are a function of the chain, whatever the node's past. One thread.
/// </summary>
/// <param name="limits">How much is kept.</param>
/// <param name="isKept">Which relations count; the others can be read by no statement.</param>
public sealed class ChangeHistory(ChangeHistoryLimits limits, Func<RelationId, bool> isKept)
{
    /// <summary>Oldest first.</summary>
    private readonly LinkedList<BlockKeys> _blocks = [];

    /// <summary>The oldest height whose state can be compared with the newest: what came later is all kept. Height of the newest block where none is.</summary>
    public long OldestSnapshot { get; private set; }

    public long Height { get; private set; }

    public long Bytes { get; private set; }

    public int Blocks => _blocks.Count;

    /// <summary>Begins at a state, nothing kept.</summary>
    public void StartAt(long height)
    {
        _blocks.Clear();
        Bytes = 0;
        (Height, OldestSnapshot) = (height, height);
    }

    /// <summary>The change set of the next block; a height without one changed nothing.</summary>
    public void Add(long height, ChangeSet changes)
    {
        Invariant.Check(height > Height);
        var block = new BlockKeys(height, changes, isKept);
        _blocks.AddLast(block);
        Bytes += block.Bytes;
        Height = height;
        while (_blocks.Count > limits.BlocksMax || Bytes > limits.BytesMax)
        {
            Bytes -= _blocks.First!.Value.Bytes;
            OldestSnapshot = _blocks.First.Value.Height;
            _blocks.RemoveFirst();
        }
    }

    /// <summary>
    /// After a restart: the change set of the block before the oldest that is kept, newest first. False if it is beyond the limits; then it and all before
    /// it are not kept, as on nodes that did not restart.
    /// </summary>
    public bool TryPrepend(long height, ChangeSet changes)
    {
        Invariant.Check(height == OldestSnapshot);
        var block = new BlockKeys(height, changes, isKept);
        if (_blocks.Count + 1 > limits.BlocksMax || Bytes + block.Bytes > limits.BytesMax)
            return false;
        _blocks.AddFirst(block);
        Bytes += block.Bytes;
        OldestSnapshot = height - 1;
        return true;
    }

    /// <summary>Whether any block after <paramref name="snapshotHeight"/> changed something in the ranges.</summary>
    public RangesSince Compare(long snapshotHeight, RelationRanges ranges)
    {
        if (snapshotHeight < OldestSnapshot || snapshotHeight > Height)
            return RangesSince.Forgotten;
        for (LinkedListNode<BlockKeys>? node = _blocks.Last; node is not null && node.Value.Height > snapshotHeight; node = node.Previous)
        {
            if (node.Value.Touches(ranges))
                return RangesSince.Touched;
        }

        return RangesSince.Untouched;
    }

    /// <summary>The keys that one block changed, copied out of the change set, whose values are not held.</summary>
    private sealed class BlockKeys
    {
        private readonly List<RelationKeys> _relations = [];

        public BlockKeys(long height, ChangeSet changes, Func<RelationId, bool> isKept)
        {
            Height = height;
            Bytes = 64;
            foreach (RelationChanges relation in changes.Relations)
            {
                if (!isKept(relation.Relation))
                    continue;
                var keys = new RelationKeys(relation);
                _relations.Add(keys);
                Bytes += keys.CountedBytes;
            }
        }

        public long Height { get; }

        public long Bytes { get; }

        public bool Touches(RelationRanges ranges)
        {
            foreach (RelationKeys relation in _relations)
            {
                ReadOnlySpan<KeyRange> wanted = ranges.Of(relation.Id);
                if (!wanted.IsEmpty && relation.Touches(wanted))
                    return true;
            }

            return false;
        }
    }

    private sealed class RelationKeys
    {
        private readonly bool _dropped;
        private readonly byte[] _bytes;
        private readonly int[] _ends;

        public RelationKeys(RelationChanges changes)
        {
            Id = changes.Relation;
            _dropped = changes.Dropped;
            _ends = new int[changes.Changes.Count];
            int length = 0;
            for (int i = 0; i < _ends.Length; i++)
                _ends[i] = length += changes.Changes[i].Key.Length;
            _bytes = new byte[length];
            for (int i = 0; i < _ends.Length; i++)
                changes.Changes[i].Key.Span.CopyTo(_bytes.AsSpan(i == 0 ? 0 : _ends[i - 1]));
            CountedBytes = 48 + 8L * _ends.Length + length;
        }

        public RelationId Id { get; }

        public long CountedBytes { get; }

        /// <summary>Looks the fewer up among the more.</summary>
        public bool Touches(ReadOnlySpan<KeyRange> ranges)
        {
            if (_dropped)
                return true;
            if (ranges.Length > _ends.Length)
            {
                for (int i = 0; i < _ends.Length; i++)
                {
                    if (RelationRanges.Contains(ranges, KeyAt(i)))
                        return true;
                }

                return false;
            }

            foreach (KeyRange range in ranges)
            {
                int at = FirstFrom(range.Low);
                if (at < _ends.Length && range.Contains(KeyAt(at)))
                    return true;
            }

            return false;
        }

        private ReadOnlySpan<byte> KeyAt(int index) => _bytes.AsSpan((index == 0 ? 0 : _ends[index - 1]).._ends[index]);

        private int FirstFrom(byte[]? low)
        {
            (int from, int to) = (0, low is null ? 0 : _ends.Length);
            while (from < to)
            {
                int middle = (from + to) >>> 1;
                if (KeyAt(middle).SequenceCompareTo(low) < 0)
                    from = middle + 1;
                else
                    to = middle;
            }

            return from;
        }
    }
}
