using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;
using Xunit;

namespace Dadbs.Sql.Tests.Transactions;

public sealed class FootprintTests
{
    private static readonly RelationId Table = new(6, 20000);
    private static readonly RelationId Other = new(6, 20001);

    [Fact]
    public void Ranges_are_ordered_and_those_that_meet_are_joined()
    {
        var footprint = new Footprint();
        footprint.Add(Other, new KeyRange(null, [1]));
        footprint.Add(Table, new KeyRange([5], [7]));
        footprint.Add(Table, [3]);
        footprint.Add(Table, new KeyRange([4], [5]));
        footprint.Add(Table, [3]);
        footprint.Add(Table, new KeyRange([6], [6, 1]));
        Assert.Equal(["20000 03..0300", "20000 04..07", "20001 ..01"], Show(footprint));
    }

    [Fact]
    public void System_relations_and_empty_ranges_do_not_count()
    {
        var footprint = new Footprint();
        footprint.Add(new RelationId(6, 3), [1]);
        footprint.Add(Table, new KeyRange([2], [2]));
        Assert.Empty(Show(footprint));
    }

    /// <summary>More ranges than a body may carry: whatever was read stays inside, and the number of ranges within the limit.</summary>
    [Fact]
    public void Too_many_ranges_grow_together_and_still_hold_every_key()
    {
        var footprint = new Footprint();
        var random = new Random(5);
        var keys = new List<(RelationId Relation, byte[] Key)>();
        for (int i = 0; i < 30_000; i++)
        {
            var key = new byte[4];
            random.NextBytes(key);
            var relation = new RelationId(6, (uint)(20000 + i % 7));
            keys.Add((relation, key));
            footprint.Add(relation, key);
        }

        IReadOnlyList<FootprintRange> ranges = footprint.ToRanges();
        Assert.InRange(ranges.Count, 100, TransactionLimits.FootprintRangesMax);
        RelationRanges read = Footprint.Of(ranges);
        Assert.All(keys, k => Assert.True(RelationRanges.Contains(read.Of(k.Relation), k.Key)));
        Assert.False(RelationRanges.Contains(read.Of(new RelationId(6, 20000)), [0xFF, 0xFF, 0xFF, 0xFF, 0xFF]));
    }

    [Theory]
    [InlineData(false, 0, new string[0])]
    [InlineData(false, 2, new[] { "20000 01..0200" })]
    [InlineData(false, 9, new[] { "20000 01..05" })]
    [InlineData(true, 2, new[] { "20000 03..05" })]
    public void A_scan_counts_as_far_as_it_went(bool descending, int steps, string[] expected)
    {
        using var database = new TestDatabase();
        Overlay state = database.NewOverlay();
        for (byte key = 1; key < 9; key++) state.Put(Table, [key], [1]);
        var footprint = new Footprint();
        using (RangeCursor scan = footprint.Follow(state.Scan(Table, new KeyRange([1], [5]), descending), Table, new KeyRange([1], [5]), descending))
        {
            for (int i = 0; i < steps && scan.MoveNext(); i++)
            {
            }

            Assert.Equal(expected, Show(footprint));
        }

        Assert.Equal(expected, Show(footprint));
    }

    private static List<string> Show(Footprint footprint) =>
        [.. footprint.ToRanges().Select(r => $"{r.File} {Hex(r.Low)}..{Hex(r.High)}")];

    private static string Hex(byte[]? bytes) => bytes is null ? "" : Convert.ToHexString(bytes);
}
