using Dadbs.Sql.Transactions;
using Dadbs.Storage;
using Xunit;

namespace Dadbs.Sql.Tests.Transactions;

public sealed class TransactionBodyCodecTests
{
    /// <summary>The first vector of docs/formats.md.</summary>
    private const string SmallVector =
        "010801100118062880808080808080013220000102030405060708090A0B0C0D0E0F101112131415"
        + "161718191A1B1C1D1E1F42080A0653454C454354";

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
        ],
        Assertions = [new RowAssertion(6, 16384, [1, 2], [])],
        Footprint = [new FootprintRange(6, 16384, null, [3]), new FootprintRange(6, 16385, [], null)],
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
        Assert.Empty(back.Footprint[1].Low!);
        Assert.Equal([1, 2], back.Assertions[0].Key);
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
    public void Refuses_what_is_no_body(string hex) =>
        Assert.Throws<MalformedBytesException>(() => TransactionBodyCodec.Decode(Convert.FromHexString(hex)));
}
