using Dadbs.Sql.Catalog;
using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;
using Xunit;

namespace Dadbs.Sql.Tests.Transactions;

/// <summary>Rule X1a of docs/consensus.md, as tables.</summary>
public sealed class ReplayWindowTests
{
    private const long Now = 1_700_000_000_000_000;
    private const long Minute = 60_000_000;

    [Theory]
    [InlineData(-1, "Expired")]
    [InlineData(0, "Admitted")]
    [InlineData(10 * Minute, "Admitted")]
    [InlineData(10 * Minute + 1, "ExpiryTooFar")]
    public void Expiry_lies_between_block_time_and_ten_minutes_later(long ahead, string expected)
    {
        using var database = new TestDatabase();
        Assert.Equal(expected, ReplayWindow.Admit(database.NewOverlay(), Origin(1, expiry: Now + ahead), Now, ReplayLimits.Default).ToString());
    }

    [Theory]
    [InlineData("5", 5, "Duplicate")]
    [InlineData("5 6 7", 6, "Duplicate")]
    [InlineData("5 7", 6, "Admitted")]
    [InlineData("7 5 6", 6, "Duplicate")]
    [InlineData("100000", 100000 - 65535, "Admitted")]
    [InlineData("100000", 100000 - 65536, "TooOld")]
    [InlineData("1 100000", 1, "TooOld")]
    [InlineData("", -1, "TooOld")]
    [InlineData("9223372036854775807", 9223372036854775807, "Duplicate")]
    public void A_sequence_counts_once_and_not_below_the_window(string used, long sequence, string expected)
    {
        using var database = new TestDatabase();
        Overlay block = database.NewOverlay();
        foreach (string text in used.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Assert.Equal(AdmissionResult.Admitted, ReplayWindow.Admit(block, Origin(long.Parse(text)), Now, ReplayLimits.Default));
        Assert.Equal(expected, ReplayWindow.Admit(block, Origin(sequence), Now, ReplayLimits.Default).ToString());
    }

    [Fact]
    public void Agrees_with_a_set_of_numbers_whatever_their_order()
    {
        using var database = new TestDatabase();
        Overlay block = database.NewOverlay();
        var used = new HashSet<long>();
        long highest = -1;
        ulong state = 42;
        for (int i = 0; i < 5000; i++)
        {
            state = state * 6364136223846793005 + 1442695040888963407;
            long sequence = (long)(state >> 33) % 3000 + i * 20;
            AdmissionResult expected = highest >= 0 && sequence <= highest - ReplayLimits.Default.SequenceWindow ? AdmissionResult.TooOld
                : used.Add(sequence) ? AdmissionResult.Admitted : AdmissionResult.Duplicate;
            Assert.Equal(expected, ReplayWindow.Admit(block, Origin(sequence), Now, ReplayLimits.Default));
            if (expected == AdmissionResult.Admitted) highest = Math.Max(highest, sequence);
        }
    }

    [Fact]
    public void A_client_that_counts_up_keeps_one_small_row()
    {
        using var database = new TestDatabase();
        Overlay block = database.NewOverlay();
        for (long i = 0; i < 1000; i++) ReplayWindow.Admit(block, Origin(i), Now, ReplayLimits.Default);
        using RangeCursor rows = block.Scan(SystemRelations.ReplayWindows, KeyRange.All);
        Assert.True(rows.MoveNext());
        Assert.True(rows.Value.Length <= 12);
        Assert.False(rows.MoveNext());
    }

    [Fact]
    public void A_key_has_at_most_256_live_streams_and_expired_ones_make_room()
    {
        using var database = new TestDatabase();
        Overlay block = database.NewOverlay();
        for (ulong stream = 0; stream < 256; stream++)
            Assert.Equal(AdmissionResult.Admitted, ReplayWindow.Admit(block, Origin(1, stream: stream, expiry: Now + Minute), Now, ReplayLimits.Default));
        Assert.Equal(AdmissionResult.TooManyStreams, ReplayWindow.Admit(block, Origin(1, stream: 999), Now, ReplayLimits.Default));
        Assert.Equal(AdmissionResult.Admitted, ReplayWindow.Admit(block, Origin(2, stream: 7), Now, ReplayLimits.Default));
        long later = Now + Minute + 1;
        Assert.Equal(AdmissionResult.Admitted, ReplayWindow.Admit(block, Origin(1, stream: 999, expiry: later), later, ReplayLimits.Default));
        Assert.Equal(1, block.CountEntries(SystemRelations.ReplayWindows));
    }

    [Fact]
    public void Streams_and_keys_do_not_share_a_window()
    {
        using var database = new TestDatabase();
        Overlay block = database.NewOverlay();
        Assert.Equal(AdmissionResult.Admitted, ReplayWindow.Admit(block, Origin(1), Now, ReplayLimits.Default));
        Assert.Equal(AdmissionResult.Admitted, ReplayWindow.Admit(block, Origin(1, stream: 2), Now, ReplayLimits.Default));
        Assert.Equal(AdmissionResult.Admitted, ReplayWindow.Admit(block, Origin(1) with { PublicKey = new byte[33] }, Now, ReplayLimits.Default));
    }

    private static TransactionOrigin Origin(long sequence, ulong stream = 1, long expiry = Now + Minute) =>
        new(TestDatabase.NodeKey, 10, stream, sequence, expiry);
}
