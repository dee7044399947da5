using Dadbs.Sql.Catalog;
using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;
using Dadbs.Storage;
using Xunit;

namespace Dadbs.Sql.Tests.Transactions;

public sealed class SequenceLeaseTests
{
    private const uint Db = WellKnownOids.DadbsDatabase;

    private static SequenceDescriptor Sequence(long increment = 1, long minimum = 1, long maximum = 1000, bool cycles = false) => new()
    {
        Oid = 16400,
        SchemaOid = 2200,
        Name = "s",
        DataType = SqlTypes.BigInt,
        Start = increment > 0 ? minimum : maximum,
        Increment = increment,
        Minimum = minimum,
        Maximum = maximum,
        Cycles = cycles,
    };

    [Fact]
    public void A_lease_comes_off_the_counter()
    {
        using var database = new TestDatabase();
        Overlay overlay = database.NewOverlay();
        Assert.Equal((1, 1, 10), SequenceLease.Take(overlay, Db, Sequence(), TestDatabase.NodeKey, 10));
        Assert.Equal((11, 1, 1), SequenceLease.Take(overlay, Db, Sequence(), TestDatabase.NodeKey, 1));
        Assert.Equal(12, SequenceState.Read(overlay, Db, Sequence()).Next(Sequence()));
    }

    [Theory]
    [InlineData(1, 1, 5, 10, 1, 5)]
    [InlineData(-2, -6, -1, 10, -1, 3)]
    [InlineData(7, 1, long.MaxValue, 4, 1, 4)]
    public void A_lease_ends_where_the_sequence_does(long increment, long minimum, long maximum, int asked, long first, int count)
    {
        using var database = new TestDatabase();
        SequenceDescriptor sequence = Sequence(increment, minimum, maximum);
        Assert.Equal((first, increment, count), SequenceLease.Take(database.NewOverlay(), Db, sequence, TestDatabase.NodeKey, asked));
    }

    [Fact]
    public void A_value_is_spent_once_and_by_its_own_node_only()
    {
        using var database = new TestDatabase();
        Overlay overlay = database.NewOverlay();
        SequenceLease.Take(overlay, Db, Sequence(), TestDatabase.NodeKey, 3);
        Assert.False(SequenceLease.TrySpend(overlay, Db, 16400, new byte[33], 2));
        Assert.True(SequenceLease.TrySpend(overlay, Db, 16400, TestDatabase.NodeKey, 2));
        Assert.False(SequenceLease.TrySpend(overlay, Db, 16400, TestDatabase.NodeKey, 2));
        Assert.False(SequenceLease.TrySpend(overlay, Db, 16400, TestDatabase.NodeKey, 4));
        Assert.True(SequenceLease.TrySpend(overlay, Db, 16400, TestDatabase.NodeKey, 1));
        Assert.True(SequenceLease.TrySpend(overlay, Db, 16400, TestDatabase.NodeKey, 3));
        Assert.Equal(0, overlay.CountEntries(SystemRelations.SequenceLeases(Db)));
    }

    [Fact]
    public void Setting_the_counter_ends_all_leases()
    {
        using var database = new TestDatabase();
        Overlay overlay = database.NewOverlay();
        SequenceLease.Take(overlay, Db, Sequence(), TestDatabase.NodeKey, 3);
        SequenceLease.EndAll(overlay, Db, 16400);
        Assert.False(SequenceLease.TrySpend(overlay, Db, 16400, TestDatabase.NodeKey, 1));
    }

    [Theory]
    [InlineData(999, true, 1, 1000, false, 1000L)]
    [InlineData(1000, true, 1, 1000, true, 1L)]
    [InlineData(5, false, 1, 1000, false, 5L)]
    [InlineData(-3, true, -1, -3, true, -1L)]
    public void The_next_value_follows_the_parameters(long last, bool isCalled, long increment, long bound, bool cycles, long expected)
    {
        SequenceDescriptor sequence = increment > 0 ? Sequence(increment, 1, bound, cycles) : Sequence(increment, bound, -1, cycles);
        Assert.Equal(expected, new SequenceState(last, isCalled).Next(sequence));
    }

    [Fact]
    public void A_sequence_that_does_not_cycle_ends()
    {
        SqlException error = Assert.Throws<SqlException>(() => new SequenceState(1000, true).Next(Sequence()));
        Assert.Equal("2200H", error.State.Code);
        Assert.Equal("nextval: reached maximum value of sequence \"s\" (1000)", error.Message);
    }

    [Fact]
    public void A_node_hands_out_the_lowest_values_first_and_asks_for_more_each_time()
    {
        var leases = new NodeLeases();
        Assert.Equal(1, leases.NextRequest(Db, 16400, 1));
        Assert.Equal(2, leases.NextRequest(Db, 16400, 1));
        Assert.Equal(9, leases.NextRequest(Db, 16400, 9));
        leases.Add(Db, 16400, 5, 1, 2);
        Assert.True(leases.TryTake(Db, 16400, out long value));
        Assert.Equal(5, value);
        leases.GiveBack(Db, 16400, [5]);
        Assert.True(leases.TryTake(Db, 16400, out value));
        Assert.Equal(5, value);
        leases.Forget(Db, 16400);
        Assert.False(leases.TryTake(Db, 16400, out _));
    }
}
