using FsCheck;
using FsCheck.Fluent;

namespace Dadbs.Storage.Tests.Keys;

public sealed class KeyCodecTests
{
    private delegate void Writing<T>(ref KeyWriter writer, T value);

    private delegate T Reading<T>(ref KeyReader reader);

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000);

    /// <summary>Byte order is value order, inverted when descending, and the value reads back.</summary>
    private static void AssertOrdered<T>(Writing<T> write, Reading<T> read, Comparison<T> compare, params T[] corners)
    {
        Gen<T> values = Gen.OneOf(ArbMap.Default.GeneratorFor<T>(), Gen.Elements(corners));
        Prop.ForAll(values.Two().ToArbitrary(), pair => Check(pair.Item1, pair.Item2)).Check(Many);

        bool Check(T left, T right)
        {
            int expected = Math.Sign(compare(left, right));
            return Compare(left, right, false) == expected && Compare(left, right, true) == -expected
                && compare(RoundTrip(left, false), left) == 0 && compare(RoundTrip(left, true), left) == 0;
        }

        int Compare(T left, T right, bool descending) => Math.Sign(Encode(left, descending).AsSpan().SequenceCompareTo(Encode(right, descending)));

        byte[] Encode(T value, bool descending)
        {
            var writer = new KeyWriter(stackalloc byte[8]) { Descending = descending };
            write(ref writer, value);
            byte[] key = writer.ToArray();
            writer.Dispose();
            return key;
        }

        T RoundTrip(T value, bool descending)
        {
            var reader = new KeyReader(Encode(value, descending)) { Descending = descending };
            T result = read(ref reader);
            Assert.True(reader.AtEnd);
            return result;
        }
    }

    [Fact]
    public void Booleans_sort_false_first() =>
        AssertOrdered((ref KeyWriter w, bool v) => w.WriteBoolean(v), (ref KeyReader r) => r.ReadBoolean(), (a, b) => a.CompareTo(b), true, false);

    [Fact]
    public void Int16_sorts_by_value() =>
        AssertOrdered<short>((ref KeyWriter w, short v) => w.WriteInt16(v), (ref KeyReader r) => r.ReadInt16(), (a, b) => a.CompareTo(b), short.MinValue, -1, 0, 1, short.MaxValue);

    [Fact]
    public void Int32_sorts_by_value() =>
        AssertOrdered((ref KeyWriter w, int v) => w.WriteInt32(v), (ref KeyReader r) => r.ReadInt32(), (a, b) => a.CompareTo(b), int.MinValue, -1, 0, 1, int.MaxValue);

    [Fact]
    public void Int64_sorts_by_value() =>
        AssertOrdered((ref KeyWriter w, long v) => w.WriteInt64(v), (ref KeyReader r) => r.ReadInt64(), (a, b) => a.CompareTo(b), long.MinValue, -1, 0, 1, long.MaxValue);

    [Fact]
    public void Double_sorts_as_in_PostgreSQL() =>
        AssertOrdered<double>(
            (ref KeyWriter w, double v) => w.WriteDouble(v), (ref KeyReader r) => r.ReadDouble(), CompareFloats,
            0.0, -0.0, double.NaN, -double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue);

    [Fact]
    public void Single_sorts_as_in_PostgreSQL() =>
        AssertOrdered(
            (ref KeyWriter w, float v) => w.WriteSingle(v), (ref KeyReader r) => r.ReadSingle(), (a, b) => CompareFloats(a, b),
            0f, -0f, float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue);

    [Fact]
    public void Byte_strings_sort_as_bytes_even_with_zeros_and_prefixes() =>
        AssertOrdered<byte[]>(
            (ref KeyWriter w, byte[] v) => w.WriteBytes(v), (ref KeyReader r) => r.ReadBytes().ToArray(), (a, b) => a.AsSpan().SequenceCompareTo(b),
            [], [0], [0, 0], [0, 1], [0, 0xFF], [1], [1, 0], [1, 0, 0], [1, 0xFF], [0xFF], [0xFF, 0], [0xFF, 0xFF]);

    [Fact]
    public void Composite_keys_sort_column_by_column() =>
        AssertOrdered<(byte[] Name, int Number)>(
            (ref KeyWriter w, (byte[] Name, int Number) v) =>
            {
                bool outer = w.Descending;
                w.WriteBytes(v.Name);
                w.Descending = !outer;
                w.WriteInt32(v.Number);
                w.Descending = outer;
            },
            (ref KeyReader r) =>
            {
                bool outer = r.Descending;
                byte[] name = r.ReadBytes().ToArray();
                r.Descending = !outer;
                int number = r.ReadInt32();
                r.Descending = outer;
                return (name, number);
            },
            (a, b) => a.Name.AsSpan().SequenceCompareTo(b.Name) is var order and not 0 ? order : b.Number.CompareTo(a.Number),
            ([], 1), ([], 2), ([0], 1), ([0], -1), ([0, 0], 1), ([1], int.MinValue));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NULL_goes_where_NULLS_FIRST_and_LAST_say_in_both_directions(bool descending)
    {
        Assert.True(Column(null, true, descending).SequenceCompareTo(Column(int.MinValue, true, descending)) < 0);
        Assert.True(Column(null, true, descending).SequenceCompareTo(Column(int.MaxValue, true, descending)) < 0);
        Assert.True(Column(null, false, descending).SequenceCompareTo(Column(int.MinValue, false, descending)) > 0);
        Assert.True(Column(null, false, descending).SequenceCompareTo(Column(int.MaxValue, false, descending)) > 0);

        static ReadOnlySpan<byte> Column(int? value, bool nullsFirst, bool descending)
        {
            var writer = new KeyWriter(new byte[16]) { Descending = descending };
            if (value is { } number)
            {
                writer.WriteNotNull();
                writer.WriteInt32(number);
            }
            else
            {
                writer.WriteNull(nullsFirst);
            }

            return writer.ToArray();
        }
    }

    [Fact]
    public void Keys_have_the_documented_bytes()
    {
        var writer = new KeyWriter(stackalloc byte[4]);
        writer.WriteNotNull();
        writer.WriteInt32(1);
        writer.WriteNotNull();
        writer.WriteBytes("a\0b"u8);
        writer.WriteNull(nullsFirst: false);
        writer.Descending = true;
        writer.WriteNotNull();
        writer.WriteInt16(-2);
        writer.WriteNotNull();
        writer.WriteDouble(1.5);
        writer.Descending = false;
        writer.WriteBoolean(true);
        Assert.Equal("0280000001" + "026100FF620000" + "03" + "028001" + "024007FFFFFFFFFFFF" + "01", Convert.ToHexString(writer.Written));
        writer.Dispose();
    }

    [Fact]
    public void A_prefix_bound_covers_exactly_the_strings_that_start_with_it()
    {
        var writer = new KeyWriter(new byte[64]);
        writer.WriteBytesPrefix("ab"u8);
        KeyRange range = KeyRange.Prefix(writer.Written);
        Assert.True(range.Contains(Encode("ab"u8)));
        Assert.True(range.Contains(Encode("abz"u8)));
        Assert.False(range.Contains(Encode("aa"u8)));
        Assert.False(range.Contains(Encode("ac"u8)));
        Assert.Null(KeyRange.Prefix([0xFF, 0xFF]).High);
        Assert.Equal([0x01, 0x03], KeyRange.Prefix([0x01, 0x02, 0xFF]).High!);
        Assert.True(KeyRange.Exactly([1]).Contains([1]));
        Assert.False(KeyRange.Exactly([1]).Contains([1, 0]));
        Assert.True(new KeyRange([2], [2]).IsEmpty);

        static byte[] Encode(ReadOnlySpan<byte> text)
        {
            var writer = new KeyWriter(new byte[64]);
            writer.WriteBytes(text);
            return writer.ToArray();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("61")]
    [InlineData("6100")]
    [InlineData("610005")]
    public void Malformed_strings_are_refused(string hex)
    {
        byte[] key = Convert.FromHexString(hex);
        Assert.Throws<MalformedBytesException>(() => new KeyReader(key).ReadBytes().ToArray());
    }

    [Fact]
    public void Truncated_and_unknown_columns_are_refused()
    {
        Assert.Throws<MalformedBytesException>(() => new KeyReader([1, 2, 3]).ReadInt32());
        Assert.Throws<MalformedBytesException>(() => new KeyReader([7]).ReadNotNull());
        Assert.Throws<MalformedBytesException>(() => new KeyReader([2]).ReadBoolean());
        Assert.Throws<MalformedBytesException>(() => new KeyReader([]).ReadByte());
    }

    private static int CompareFloats(double a, double b) =>
        double.IsNaN(a) || double.IsNaN(b) ? double.IsNaN(a).CompareTo(double.IsNaN(b)) : a == b ? 0 : a < b ? -1 : 1;
}
