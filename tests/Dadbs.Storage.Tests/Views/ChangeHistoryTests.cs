using Xunit;

namespace Dadbs.Storage.Tests.Views;

/// <summary>Which ranges changed since a height, against keeping every change set and looking at each.</summary>
public sealed class ChangeHistoryTests
{
    private static readonly RelationId Table = new(1, 20000);
    private static readonly RelationId Ignored = new(1, 5);

    [Fact]
    public void A_dropped_relation_touches_every_range_of_it()
    {
        ChangeHistory history = NewHistory(10, 10_000);
        history.Add(1, new ChangeSet([new RelationChanges(Table, Dropped: true, [])]));
        Assert.Equal(RangesSince.Touched, history.Compare(0, Ranges(Table, KeyRange.Exactly([9]))));
        Assert.Equal(RangesSince.Untouched, history.Compare(0, Ranges(new RelationId(1, 20001), KeyRange.All)));
        Assert.Equal(RangesSince.Untouched, history.Compare(1, Ranges(Table, KeyRange.All)));
    }

    [Fact]
    public void A_snapshot_older_than_what_is_kept_is_forgotten_and_so_is_a_future_one()
    {
        ChangeHistory history = NewHistory(2, 10_000);
        for (int height = 1; height <= 4; height++) history.Add(height, Change(1));
        Assert.Equal(2, history.OldestSnapshot);
        Assert.Equal(RangesSince.Forgotten, history.Compare(1, Ranges(Table, KeyRange.All)));
        Assert.Equal(RangesSince.Touched, history.Compare(2, Ranges(Table, KeyRange.All)));
        Assert.Equal(RangesSince.Forgotten, history.Compare(5, Ranges(Table, KeyRange.All)));
    }

    [Fact]
    public void A_block_over_the_limit_leaves_nothing_but_its_own_state()
    {
        ChangeHistory history = NewHistory(10, 200);
        history.Add(1, Change(1));
        history.Add(2, Change([.. Enumerable.Range(0, 100).Select(i => (byte)i)]));
        Assert.Equal((0, 2L), (history.Blocks, history.OldestSnapshot));
        history.Add(3, Change(1));
        Assert.Equal((1, 2L), (history.Blocks, history.OldestSnapshot));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Answers_as_all_change_sets_would_and_a_restart_changes_nothing(int seed)
    {
        var random = new Random(seed);
        ChangeHistory history = NewHistory(12, 1_500);
        var all = new List<ChangeSet> { ChangeSet.Empty };
        for (int height = 1; height <= 300; height++)
        {
            var keys = new SortedSet<byte>();
            for (int count = random.Next(0, 9); count > 0; count--) keys.Add((byte)random.Next(64));
            ChangeSet changes = Change([.. keys]);
            all.Add(changes);
            history.Add(height, changes);
            ChangeHistory restarted = NewHistory(12, 1_500);
            restarted.StartAt(height);
            while (restarted.OldestSnapshot > 0 && restarted.TryPrepend(restarted.OldestSnapshot, all[(int)restarted.OldestSnapshot]))
            {
            }

            Assert.Equal((history.Blocks, history.Bytes, history.OldestSnapshot), (restarted.Blocks, restarted.Bytes, restarted.OldestSnapshot));
            long snapshot = random.Next((int)Math.Max(0, height - 14), height + 1);
            KeyRange[] ranges = RandomRanges(random);
            RangesSince expected = snapshot < history.OldestSnapshot ? RangesSince.Forgotten
                : all.Skip((int)snapshot + 1).SelectMany(c => c.Relations).SelectMany(r => r.Changes).Any(c => ranges.Any(r => r.Contains(c.Key.Span))) ? RangesSince.Touched
                : RangesSince.Untouched;
            Assert.Equal(expected, history.Compare(snapshot, Ranges(Table, ranges)));
            Assert.Equal(expected, restarted.Compare(snapshot, Ranges(Table, ranges)));
        }
    }

    [Fact]
    public void Relations_that_do_not_count_are_not_kept()
    {
        ChangeHistory history = NewHistory(10, 10_000);
        history.Add(1, new ChangeSet([new RelationChanges(Ignored, Dropped: true, [])]));
        Assert.Equal(64, history.Bytes);
    }

    [Fact]
    public void An_overlay_tells_which_ranges_it_touches()
    {
        var state = new Overlay(new Overlay(new ModelView()));
        state.Put(Table, [5], [1]);
        state.Delete(Table, [7]);
        Assert.True(state.Touches(Ranges(Table, new KeyRange([1], [3]), new KeyRange([7], [8]))));
        Assert.False(state.Touches(Ranges(Table, new KeyRange([1], [5]), new KeyRange([6], [7]), new KeyRange([8], null))));
        Assert.False(state.Touches(Ranges(Ignored, KeyRange.All)));
        state.DropRelation(Ignored);
        Assert.True(state.Touches(Ranges(Ignored, KeyRange.Exactly([1]))));
    }

    [Fact]
    public void Own_writes_are_walked_both_ways_with_their_deletions()
    {
        var parent = new Overlay(new ModelView());
        parent.Put(Table, [4], [4]);
        var overlay = new Overlay(parent);
        overlay.Put(Table, [1], [10]);
        overlay.Delete(Table, [3]);
        overlay.Put(Table, [5], [50]);
        Assert.Equal(["1+", "3-"], Walk(overlay.OwnWrites(Table, new KeyRange(null, [5]))));
        Assert.Equal(["5+", "3-"], Walk(overlay.OwnWrites(Table, new KeyRange([2], null), descending: true)));
        Assert.Empty(Walk(overlay.OwnWrites(Ignored, KeyRange.All)));
    }

    private static List<string> Walk(OwnWriteCursor cursor)
    {
        var seen = new List<string>();
        while (cursor.MoveNext()) seen.Add(cursor.Key.Span[0] + (cursor.IsDelete ? "-" : "+"));
        return seen;
    }

    private static KeyRange[] RandomRanges(Random random)
    {
        var ranges = new List<KeyRange>();
        int at = random.Next(0, 20);
        while (at < 64 && ranges.Count < 12)
        {
            int end = at + random.Next(1, 6);
            ranges.Add(new KeyRange(at == 0 ? null : [(byte)at], end >= 64 ? null : [(byte)end]));
            at = end + random.Next(1, 20);
        }

        return [.. ranges];
    }

    private static ChangeHistory NewHistory(int blocks, long bytes) => new(new ChangeHistoryLimits(blocks, bytes), relation => relation.File > 100);

    private static ChangeSet Change(params byte[] keys) =>
        keys.Length == 0 ? ChangeSet.Empty : new ChangeSet([new RelationChanges(Table, false, [.. keys.Select(k => new Change(new[] { k }, new byte[] { 1 }, false))])]);

    private static RelationRanges Ranges(RelationId relation, params KeyRange[] ranges) => new([(relation, ranges)]);

    /// <summary>Nothing.</summary>
    private sealed class ModelView : IReadView
    {
        public bool TryGet(RelationId relation, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
        {
            value = default;
            return false;
        }

        public RangeCursor Scan(RelationId relation, in KeyRange range, bool descending = false) => RangeCursor.Empty;

        public long CountEntries(RelationId relation) => 0;

        public long CountRange(RelationId relation, in KeyRange range) => 0;
    }
}
