using Dadbs.Sql.Catalog;
using Dadbs.Sql.Rows;
using Dadbs.Sql.Types;
using Dadbs.Storage;
using Xunit;

namespace Dadbs.Sql.Tests.Rows;

public sealed class IndexKeysTests
{
    private static readonly Datum Null = Datum.Null;

    [Theory]
    [InlineData(5, "x", "0280000005" + "0278" + "0000")]
    [InlineData(-1, "", "027FFFFFFF" + "02" + "0000")]
    public void Encodes_the_vectors(int number, string text, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(Key(Index(false, false), Datum.FromInt32(number), Datum.FromString(text))));

    [Fact]
    public void Nulls_sort_last_when_ascending_and_first_when_descending()
    {
        IndexDescriptor ascending = Index(false, false);
        Assert.True(Compare(Key(ascending, Datum.FromInt32(int.MaxValue), Null), Key(ascending, Null, Null)) < 0);
        IndexDescriptor descending = Index(true, true);
        Assert.True(Compare(Key(descending, Null, Null), Key(descending, Datum.FromInt32(int.MaxValue), Null)) < 0);
        Assert.True(Compare(Key(descending, Datum.FromInt32(2), Null), Key(descending, Datum.FromInt32(1), Null)) < 0);
    }

    [Theory]
    [InlineData(null, true, 5, true, new[] { 1, 2, 5 })]
    [InlineData(null, true, 5, false, new[] { 1, 2 })]
    [InlineData(2, true, null, true, new[] { 2, 5, 9 })]
    [InlineData(2, false, null, true, new[] { 5, 9 })]
    [InlineData(2, false, 9, false, new[] { 5 })]
    [InlineData(5, true, 5, true, new[] { 5 })]
    public void A_range_holds_the_values_between_its_bounds_and_no_null(int? low, bool lowInclusive, int? high, bool highInclusive, int[] expected)
    {
        foreach (bool descending in new[] { false, true })
        {
            IndexDescriptor index = Index(descending, descending);
            KeyRange range = IndexKeys.Range(index, [], Bound(low, lowInclusive), Bound(high, highInclusive));
            int[] inside = [.. new[] { 1, 2, 5, 9 }.Where(v => range.Contains(Key(index, Datum.FromInt32(v), Datum.FromString("t"))))];
            Assert.Equal(expected, inside);
            Assert.False(range.Contains(Key(index, Null, Datum.FromString("t"))));
        }
    }

    [Fact]
    public void Equality_on_the_first_parts_leaves_the_rest_open()
    {
        IndexDescriptor index = Index(false, false);
        KeyRange range = IndexKeys.Range(index, [Datum.FromInt32(5)]);
        Assert.True(range.Contains(Key(index, Datum.FromInt32(5), Null)));
        Assert.True(range.Contains(Key(index, Datum.FromInt32(5), Datum.FromString("zzz"))));
        Assert.False(range.Contains(Key(index, Datum.FromInt32(6), Datum.FromString(""))));
        Assert.True(IndexKeys.Range(index, [Null]).Contains(Key(index, Null, Datum.FromString(""))));
    }

    [Fact]
    public void An_entry_leads_back_to_its_row()
    {
        Datum[] row = [Datum.FromInt32(5), Datum.FromString("x")];
        byte[] rowKey = IndexKeys.RowId(77);
        IndexDescriptor plain = Index(false, false);
        byte[] entry = IndexKeys.EntryKey(plain, row, rowKey, out bool mayCollide);
        Assert.False(mayCollide);
        Assert.Equal(rowKey, IndexKeys.RowKeyOf(plain, entry, new byte[] { 8, 0 }).ToArray());

        IndexDescriptor unique = plain with { IsUniqueKey = true };
        IndexKeys.EntryKey(unique, row, rowKey, out mayCollide);
        Assert.True(mayCollide);
        Assert.Equal(rowKey, IndexKeys.RowKeyOf(unique, entry, rowKey).ToArray());
        IndexKeys.EntryKey(unique, [Null, row[1]], rowKey, out mayCollide);
        Assert.False(mayCollide);
        IndexKeys.EntryKey(unique with { NullsNotDistinct = true }, [Null, row[1]], rowKey, out mayCollide);
        Assert.True(mayCollide);
    }

    [Fact]
    public void A_key_over_the_limit_is_refused_in_PostgreSQLs_words()
    {
        SqlException error = Assert.Throws<SqlException>(() => Key(Index(false, false), Datum.FromInt32(1), Datum.FromString(new string('x', 2700))));
        Assert.Equal("54000", error.State.Code);
        Assert.Equal("index row size 2708 exceeds btree version 4 maximum 2704 for index \"i\"", error.Message);
    }

    private static IndexBound? Bound(int? value, bool inclusive) => value is { } v ? new IndexBound(Datum.FromInt32(v), inclusive) : null;

    private static IndexDescriptor Index(bool descending, bool nullsFirst) => new()
    {
        Oid = 16390,
        SchemaOid = 2200,
        Name = "i",
        TableOid = 16384,
        Entries = new RelationId(6, 16390),
        Parts = [new IndexPart(0, SqlTypes.Integer, descending, nullsFirst), new IndexPart(1, SqlTypes.Text, false, false)],
    };

    private static byte[] Key(IndexDescriptor index, params Datum[] row)
    {
        var writer = new KeyWriter(stackalloc byte[64]);
        IndexKeys.WriteKey(index, row, ref writer);
        byte[] key = writer.ToArray();
        writer.Dispose();
        return key;
    }

    private static int Compare(byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b);
}
