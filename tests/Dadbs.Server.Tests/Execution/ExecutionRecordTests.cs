using Dadbs.Server.Execution;
using Dadbs.Storage;

namespace Dadbs.Server.Tests.Execution;

/// <summary>Bytes and root of docs/formats.md, "Execution records".</summary>
public class ExecutionRecordTests
{
    private static readonly ExecutionRecord Record = new([Receipt.Committed, Receipt.Failed, Receipt.Duplicate], ChangeSet.Empty);

    [Fact]
    public void Encodes_version_count_receipts_and_change_set()
    {
        byte[] bytes = Record.Encode();
        Assert.Equal("0100000003" + "010002", Convert.ToHexStringLower(bytes[..8]));
        Assert.Equal(ChangeSet.Empty.Encode().ToArray(), bytes[8..]);
        Assert.Equal(Record.Receipts, ExecutionRecord.Decode(bytes).Receipts);
        Assert.Equal(Receipt.Duplicate, ExecutionRecord.ReceiptAt(bytes, 2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("02000000000000")]
    [InlineData("01ffffffff")]
    [InlineData("0100000002")]
    [InlineData("010000000107")]
    public void Refuses_what_is_not_a_record(string hex) =>
        Assert.Throws<FormatException>(() => ExecutionRecord.ReceiptAt(Convert.FromHexString(hex), 0));

    [Fact]
    public void A_position_beyond_the_receipts_is_refused() => Assert.Throws<FormatException>(() => ExecutionRecord.ReceiptAt(Record.Encode(), 3));
}
