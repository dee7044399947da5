using Dadbs.Sql.Transactions;
using Dadbs.Storage;
using Xunit;

namespace Dadbs.Sql.Tests.Transactions;

public sealed class TransactionBodyCodecTests
{
    /// <summary>The first vector of docs/formats.md.</summary>
    private const string SmallVector =
        "020801100118062880808080808080013220000102030405060708090A0B0C0D0E0F101112131415"
        + "161718191A1B1C1D1E1F42080A0653454C454354";

    private const string UpperVector =
        "0208021002180620C6012880808080808080013220000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F42260A0644454C"
        + "455445221000000000000000000000000000000000420A100618808001220201024A0E0801100618808001220201022A00520C0806108080011A0101220103";

    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static TransactionBody Small => new()
    {
        Kind = TransactionKind.OrderedFirst,
        DatabaseOid = 6,
        ClockMicros = 1L << 48,
        Seed = Seed,
        Statements = [new CarriedStatement { Text = "SELECT" }],
    };

    private static TransactionBody Full => new()
    {
        Kind = TransactionKind.Explicit,
        Isolation = TransactionIsolation.Serializable,
        DatabaseOid = 16400,
        SnapshotHeight = 99,
        ClockMicros = 1_700_000_000_000_000,
        Seed = Seed,
        Settings = [new CapturedSetting("TimeZone", "Europe/Berlin"), new CapturedSetting("app.tenant", "")],
        Statements =
        [
            new CarriedStatement
            {
                Text = "INSERT INTO t VALUES ($1, $2) RETURNING id",
                ParameterTypes = [23, 25, 17],
                Parameters = [[0, 0, 0, 1], null, []],
                Digest = new byte[16],
                ExpectedTypes = [23],
                SequenceValues = [new CapturedSequenceValue(SequenceCapture.LeasedNext, 16401, -5), new CapturedSequenceValue(SequenceCapture.Last, 16401, 7)],
            },
            new CarriedStatement { Text = "COPY t FROM STDIN", CopyLines = "1\tx\n"u8.ToArray(), ExpectedTypes = [] },
            new CarriedStatement
            {
                Text = "DELETE",
                CapturedKeys = [new CapturedKeys(0, 6, 16384, [[1], [2, 3]]), new CapturedKeys(2, 6, 16385, [])],
                Settings = [new CapturedSetting("search_path", "other")],
            },
        ],
        Assertions = [new RowAssertion(0, 6, 16384, [1, 2], []), new RowAssertion(3, 6, 16384, null, new byte[16])],
        Footprint = [new FootprintRange(6, 16384, null, [3]), new FootprintRange(6, 16384, [4], [5, 0]), new FootprintRange(6, 16385, null, null)],
        LeaseRequests = [new LeaseRequest(16401, 32)],
        LeaseReturns = [new LeaseReturn(16401, 100, 132)],
    };

    [Fact]
    public void Encodes_the_vector()
    {
        byte[] bytes = TransactionBodyCodec.Encode(Small);
        Assert.Equal(SmallVector, Convert.ToHexString(bytes));
        Assert.Equal("SELECT", TransactionBodyCodec.Decode(bytes).Statements[0].Text);
    }

    [Fact]
    public void Every_field_comes_back()
    {
        TransactionBody back = TransactionBodyCodec.Decode(TransactionBodyCodec.Encode(Full));
        Assert.Equal(Full.Kind, back.Kind);
        Assert.Equal(Full.Isolation, back.Isolation);
        Assert.Equal(Full.DatabaseOid, back.DatabaseOid);
        Assert.Equal(Full.SnapshotHeight, back.SnapshotHeight);
        Assert.Equal(Full.ClockMicros, back.ClockMicros);
        Assert.Equal(Full.Settings, back.Settings);
        Assert.Equal(Full.LeaseRequests, back.LeaseRequests);
        Assert.Equal(Full.LeaseReturns, back.LeaseReturns);
        CarriedStatement insert = back.Statements[0];
        Assert.Equal([23u, 25u, 17u], insert.ParameterTypes);
        Assert.Equal([0, 0, 0, 1], insert.Parameters[0]!);
        Assert.Null(insert.Parameters[1]);
        Assert.Empty(insert.Parameters[2]!);
        Assert.Equal([23u], insert.ExpectedTypes!);
        Assert.Equal(Full.Statements[0].SequenceValues, insert.SequenceValues);
        Assert.Null(insert.CopyLines);
        Assert.Equal("1\tx\n"u8.ToArray(), back.Statements[1].CopyLines);
        Assert.Empty(back.Statements[1].ExpectedTypes!);
        Assert.Null(back.Statements[1].Digest);
        Assert.Null(back.Footprint[0].Low);
        Assert.Equal([5, 0], back.Footprint[1].High);
        Assert.Equal([1, 2], back.Assertions[0].Key!);
        Assert.Equal((3, 16384u, 16), (back.Assertions[1].BeforeStatement, back.Assertions[1].File, back.Assertions[1].ImageDigest.Length));
        Assert.Null(back.Assertions[1].Key);
        Assert.Equal([2, 3], back.Statements[2].CapturedKeys[0].Keys[1]);
        Assert.Equal((2, 16385u, 0), (back.Statements[2].CapturedKeys[1].Place, back.Statements[2].CapturedKeys[1].File, back.Statements[2].CapturedKeys[1].Keys.Count));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] bytes = TransactionBodyCodec.Encode(Full);
        for (int length = 0; length < bytes.Length; length++)
        {
            // A cut between two fields is a shorter body; only the checks on what must be there can refuse it.
            try
            {
                Assert.Equal(bytes[..length], TransactionBodyCodec.Encode(TransactionBodyCodec.Decode(bytes.AsSpan(0, length))));
            }
            catch (MalformedBytesException)
            {
            }
        }
    }

    [Fact]
    public void No_changed_byte_leaves_the_meaning_and_changes_the_bytes()
    {
        byte[] bytes = TransactionBodyCodec.Encode(Full);
        for (int at = 0; at < bytes.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. bytes];
                changed[at] ^= (byte)(1 << bit);
                try
                {
                    Assert.Equal(changed, TransactionBodyCodec.Encode(TransactionBodyCodec.Decode(changed)));
                }
                catch (MalformedBytesException)
                {
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("01")]
    [InlineData("03")]
    public void Refuses_what_is_no_body(string hex) =>
        Assert.Throws<MalformedBytesException>(() => TransactionBodyCodec.Decode(Convert.FromHexString(hex)));

    /// <summary>The second vector of docs/formats.md.</summary>
    [Fact]
    public void Encodes_the_vector_of_an_upper_level()
    {
        TransactionBody body = Small with
        {
            Kind = TransactionKind.Explicit,
            Isolation = TransactionIsolation.RepeatableRead,
            SnapshotHeight = 99,
            Statements = [new CarriedStatement { Text = "DELETE", Digest = new byte[16], CapturedKeys = [new CapturedKeys(0, 6, 16384, [[1, 2]])] }],
            Assertions = [new RowAssertion(1, 6, 16384, [1, 2], [])],
            Footprint = [new FootprintRange(6, 16384, [1], [3])],
        };
        byte[] bytes = TransactionBodyCodec.Encode(body);
        Assert.Equal(UpperVector, Convert.ToHexString(bytes));
        Assert.Equal(bytes, TransactionBodyCodec.Encode(TransactionBodyCodec.Decode(bytes)));
    }

    public static TheoryData<string> Malformed => ["descending assertions", "an assertion past the end", "a short digest", "touching ranges", "an empty range", "ranges out of order", "descending places"];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Refuses_another_form_of_the_same(string what)
    {
        var k = new FootprintRange(6, 16384, [1], [3]);
        TransactionBody body = what switch
        {
            "descending assertions" => Full with { Assertions = [new RowAssertion(1, 6, 1, [1], []), new RowAssertion(0, 6, 1, [1], [])] },
            "an assertion past the end" => Full with { Assertions = [new RowAssertion(4, 6, 1, [1], [])] },
            "a short digest" => Full with { Assertions = [new RowAssertion(0, 6, 1, [1], [1])] },
            "touching ranges" => Full with { Footprint = [k, k with { Low = [3], High = [4] }] },
            "an empty range" => Full with { Footprint = [k with { High = [1] }] },
            "ranges out of order" => Full with { Footprint = [k, k with { File = 16383 }] },
            _ => Full with { Statements = [new CarriedStatement { Text = "", CapturedKeys = [new CapturedKeys(1, 6, 1, []), new CapturedKeys(0, 6, 1, [])] }], Assertions = [] },
        };
        Assert.Throws<MalformedBytesException>(() => TransactionBodyCodec.Decode(TransactionBodyCodec.Encode(body)));
    }

    /// <summary>Random damage: a body that decodes has exactly one form, and nothing but the named exception comes out of the decoder.</summary>
    [Fact]
    public void Random_bytes_are_refused_or_canonical()
    {
        var random = new Random(3);
        byte[] good = TransactionBodyCodec.Encode(Full);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = [.. good.AsSpan(0, random.Next(1, good.Length + 1))];
            for (int edits = random.Next(1, 6); edits > 0; edits--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Assert.Equal(bytes, TransactionBodyCodec.Encode(TransactionBodyCodec.Decode(bytes)));
            }
            catch (MalformedBytesException)
            {
            }
        }
    }
}
