using Dadbs.Sql.Catalog;
using Dadbs.Sql.Rows;
using Dadbs.Sql.Types;
using Dadbs.Storage;
using Xunit;

namespace Dadbs.Sql.Tests.Rows;

/// <summary>The bytes of docs/formats.md.</summary>
public sealed class RowCodecTests
{
    private const uint Xmin = 0x01020304;

    private static readonly TableDescriptor Table = TableOf(("id", SqlTypes.Integer), ("name", SqlTypes.Text), ("flag", SqlTypes.Boolean), ("note", SqlTypes.Text));

    [Theory]
    [InlineData(7, "ab", true, "c", "020400" + "04030201" + "00" + "07000000" + "01" + "1300" + "1400" + "6162" + "63")]
    [InlineData(null, "", null, null, "020400" + "04030201" + "0D" + "00000000" + "00" + "1100" + "1100")]
    public void Encodes_the_vectors(int? id, string? name, bool? flag, string? note, string expected)
    {
        Datum[] row = Row(id, name, flag, note);
        byte[] bytes = Encode(Table, row);
        Assert.Equal(expected, Convert.ToHexString(bytes));
        Assert.Equal(Xmin, RowCodec.XminOf(bytes));
        AssertSame(row, Decode(Table, bytes));
    }

    [Fact]
    public void Decodes_only_the_masked_columns()
    {
        byte[] bytes = Encode(Table, Row(7, "ab", true, "c"));
        var into = new Datum[4];
        Table.Codec.Decode(bytes, ColumnMask.Of([3]), NoOverflow, into);
        Assert.Equal("c", into[3].AsString());
        Assert.True(into[0].IsNull && into[1].IsNull && into[2].IsNull);
    }

    [Fact]
    public void Reads_text_where_it_lies_in_a_page()
    {
        byte[] row = Encode(Table, Row(7, "ab", true, "c"));
        byte[] page = [9, 9, 9, .. row, 9];
        var into = new Datum[4];
        Table.Codec.DecodeAll(page.AsMemory(3, row.Length), NoOverflow, into);
        Assert.Same(page, into[1].Ref);
        Assert.Equal("ab", into[1].AsString());
        Assert.Equal(7, into[0].AsInt32);
    }

    [Fact]
    public void A_column_added_later_reads_as_its_missing_value()
    {
        byte[] old = Encode(Table, Row(7, "ab", true, "c"));
        TableDescriptor wider = Table with
        {
            Columns =
            [
                .. Table.Columns,
                new ColumnDescriptor { Number = 5, Name = "added", Type = new ColumnType(SqlTypes.Text), MissingValue = "x"u8.ToArray() },
                new ColumnDescriptor { Number = 6, Name = "empty", Type = new ColumnType(SqlTypes.Integer) },
            ],
            StoredColumnCount = 6,
        };
        Datum[] row = Decode(wider, old);
        Assert.Equal("x", row[4].AsString());
        Assert.True(row[5].IsNull);
        Assert.Equal("c", row[3].AsString());
    }

    [Fact]
    public void A_dropped_column_keeps_its_place_in_old_rows_and_is_null_in_new_ones()
    {
        byte[] old = Encode(Table, Row(7, "ab", true, "c"));
        TableDescriptor narrower = Table with
        {
            Columns = [Table.Columns[0], Table.Columns[2], Table.Columns[3]],
            DroppedColumns = [Table.Columns[1]],
        };
        Datum[] row = Decode(narrower, old);
        Assert.Equal(7, row[0].AsInt32);
        Assert.Equal("c", row[2].AsString());
        Assert.Equal("020400" + "04030201" + "02" + "07000000" + "01" + "1100" + "1200" + "63", Convert.ToHexString(Encode(narrower, row)));
    }

    [Fact]
    public void The_largest_columns_of_a_long_row_move_until_it_fits()
    {
        Datum[] row = Row(7, new string('a', 900), true, new string('b', 950));
        var moved = new List<MovedColumn>();
        byte[] bytes = Table.Codec.Encode(row, Xmin, new RowBuffer(), moved).ToArray();
        MovedColumn only = Assert.Single(moved);
        Assert.Equal(4, only.ColumnNumber);
        Assert.True(bytes.Length <= RowFormat.InlineBytesTarget);
        Assert.Equal(Xmin, RowCodec.XminOf(bytes));

        var overlay = new Overlay(new EmptyView());
        OverflowStore.Write(overlay, Table.Overflow, "key"u8, only);
        Assert.Equal(1, overlay.CountEntries(Table.Overflow));
        var into = new Datum[4];
        Table.Codec.DecodeAll(bytes, new OverflowSource(overlay, Table.Overflow, "key"u8.ToArray()), into);
        AssertSame(row, into);
    }

    [Fact]
    public void A_long_value_is_stored_in_chunks_and_read_back()
    {
        string text = string.Concat(Enumerable.Range(0, 5000).Select(i => (char)('a' + i % 26)));
        var moved = new List<MovedColumn>();
        byte[] bytes = Table.Codec.Encode(Row(1, text, null, null), Xmin, new RowBuffer(), moved).ToArray();
        var overlay = new Overlay(new EmptyView());
        OverflowStore.Write(overlay, Table.Overflow, "k"u8, moved[0]);
        Assert.Equal(6, overlay.CountEntries(Table.Overflow));
        var into = new Datum[4];
        Table.Codec.DecodeAll(bytes, new OverflowSource(overlay, Table.Overflow, "k"u8.ToArray()), into);
        Assert.Equal(text, into[1].AsString());

        var stubs = new List<StoredStub>();
        Assert.True(Table.Codec.HasStubs(bytes));
        Table.Codec.CollectStubs(bytes, stubs);
        OverflowStore.Remove(overlay, Table.Overflow, "k"u8, stubs[0]);
        Assert.Equal(0, overlay.CountEntries(Table.Overflow));
    }

    [Fact]
    public void A_row_that_stays_too_long_is_refused()
    {
        TableDescriptor wide = TableOf([.. Enumerable.Range(0, 1100).Select(i => ("c" + i, SqlTypes.BigInt))]);
        Datum[] row = [.. Enumerable.Range(0, 1100).Select(i => Datum.FromInt64(i))];
        SqlException error = Assert.Throws<SqlException>(() => Encode(wide, row));
        Assert.Equal("54000", error.State.Code);
        Assert.Equal("row is too big: size 8945, maximum size 8160", error.Message);
    }

    [Fact]
    public void Damaged_rows_are_reported()
    {
        byte[] bytes = Encode(Table, Row(7, "ab", true, "c"));
        bytes[0] = 9;
        Assert.Throws<MalformedBytesException>(() => Decode(Table, bytes));
        bytes[0] = RowFormat.Version;
        bytes[1] = 5;
        Assert.Throws<MalformedBytesException>(() => Decode(Table, bytes));
    }

    private static OverflowSource NoOverflow => new(new EmptyView(), Table.Overflow, default);

    internal static TableDescriptor TableOf(params (string Name, SqlType Type)[] columns) => new()
    {
        Oid = 16384,
        SchemaOid = 2200,
        SchemaName = "public",
        Name = "t",
        Rows = new RelationId(6, 16384),
        Overflow = new RelationId(6, 16385),
        StoredColumnCount = columns.Length,
        Columns = [.. columns.Select((c, i) => new ColumnDescriptor { Number = i + 1, Name = c.Name, Type = new ColumnType(c.Type) })],
    };

    private static Datum[] Row(int? id, string? name, bool? flag, string? note) =>
    [
        id is { } i ? Datum.FromInt32(i) : Datum.Null,
        name is null ? Datum.Null : Datum.FromString(name),
        flag is { } f ? Datum.FromBool(f) : Datum.Null,
        note is null ? Datum.Null : Datum.FromString(note),
    ];

    private static byte[] Encode(TableDescriptor table, Datum[] row) => table.Codec.Encode(row, Xmin, new RowBuffer(), []).ToArray();

    private static Datum[] Decode(TableDescriptor table, byte[] row)
    {
        var into = new Datum[table.Columns.Count];
        table.Codec.DecodeAll(row, NoOverflow, into);
        return into;
    }

    private static void AssertSame(Datum[] expected, Datum[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].IsNull, actual[i].IsNull);
            if (expected[i].IsNull) continue;
            Assert.True(Table.Columns[i].Type.Type.Operations.AreEqual(expected[i], actual[i]));
        }
    }

    private sealed class EmptyView : IReadView
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
