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
        Assert.Equal((1, 1, 10), SequenceLease.Take(overlay, Db, Sequence(), TestDatabase.NodeKey, 1, 10));
        Assert.Equal((11, 1, 1), SequenceLease.Take(overlay, Db, Sequence(), TestDatabase.NodeKey, 1, 1));
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
        Assert.Equal((first, increment, count), SequenceLease.Take(database.NewOverlay(), Db, sequence, TestDatabase.NodeKey, 1, asked));
    }

    [Fact]
    public void A_value_is_spent_once_and_by_its_own_node_only()
    {
        using var database = new TestDatabase();
        Overlay overlay = database.NewOverlay();
        SequenceLease.Take(overlay, Db, Sequence(), TestDatabase.NodeKey, 1, 3);
        Assert.False(SequenceLease.TrySpend(overlay, Db, Sequence(), new byte[33], 2));
        Assert.True(SequenceLease.TrySpend(overlay, Db, Sequence(), TestDatabase.NodeKey, 2));
        Assert.False(SequenceLease.TrySpend(overlay, Db, Sequence(), TestDatabase.NodeKey, 2));
        Assert.False(SequenceLease.TrySpend(overlay, Db, Sequence(), TestDatabase.NodeKey, 4));
        Assert.True(SequenceLease.TrySpend(overlay, Db, Sequence(), TestDatabase.NodeKey, 1));
        Assert.True(SequenceLease.TrySpend(overlay, Db, Sequence(), TestDatabase.NodeKey, 3));
        Assert.Equal(0, overlay.CountEntries(SystemRelations.SequenceLeases(Db)));
    }

    [Fact]
    public void Setting_the_counter_ends_all_leases()
    {
        using var database = new TestDatabase();
        Overlay overlay = database.NewOverlay();
        SequenceLease.Take(overlay, Db, Sequence(), TestDatabase.NodeKey, 1, 3);
        SequenceLease.EndAll(overlay, Db, 16400);
        Assert.False(SequenceLease.TrySpend(overlay, Db, Sequence(), TestDatabase.NodeKey, 1));
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

    [Theory]
    [InlineData(1, 3L)]
    [InlineData(-1, 998L)]
    public void An_unused_tail_goes_back_to_a_counter_that_stands_where_the_lease_ended(long increment, long firstUnused)
    {
        using var database = new TestDatabase();
        Overlay overlay = database.NewOverlay();
        SequenceDescriptor sequence = Sequence(increment);
        (long first, _, _) = SequenceLease.Take(overlay, Db, sequence, TestDatabase.NodeKey, 1, 5);
        LeaseReturn tail = new(16400, first, firstUnused);
        Assert.Equal((LeaseReturnResult.Accepted, 0, 0), SequenceLease.Return(overlay, Db, sequence, TestDatabase.NodeKey, tail));
        Assert.Equal(firstUnused, SequenceState.Read(overlay, Db, sequence).Next(sequence));
        Assert.False(SequenceLease.TrySpend(overlay, Db, sequence, TestDatabase.NodeKey, firstUnused));
        Assert.True(SequenceLease.TrySpend(overlay, Db, sequence, TestDatabase.NodeKey, first));
        Assert.True(SequenceLease.TrySpend(overlay, Db, sequence, TestDatabase.NodeKey, first + increment));
        Assert.Equal(0, overlay.CountEntries(SystemRelations.SequenceLeases(Db)));
    }

    [Fact]
    public void A_tail_stays_the_nodes_once_the_counter_has_moved_on()
    {
        using var database = new TestDatabase();
        Overlay overlay = database.NewOverlay();
        SequenceLease.Take(overlay, Db, Sequence(), TestDatabase.NodeKey, 1, 5);
        SequenceLease.Take(overlay, Db, Sequence(), new byte[33], 1, 1);
        Assert.Equal((LeaseReturnResult.Kept, 1, 3), SequenceLease.Return(overlay, Db, Sequence(), TestDatabase.NodeKey, new LeaseReturn(16400, 1, 3)));
        Assert.True(SequenceLease.TrySpend(overlay, Db, Sequence(), TestDatabase.NodeKey, 5));
        Assert.Equal(7, SequenceState.Read(overlay, Db, Sequence()).Next(Sequence()));
    }

    [Fact]
    public void A_node_cannot_give_back_what_it_spent()
    {
        using var database = new TestDatabase();
        Overlay overlay = database.NewOverlay();
        SequenceLease.Take(overlay, Db, Sequence(), TestDatabase.NodeKey, 1, 5);
        SequenceLease.TrySpend(overlay, Db, Sequence(), TestDatabase.NodeKey, 4);
        Assert.Equal(LeaseReturnResult.Kept, SequenceLease.Return(overlay, Db, Sequence(), TestDatabase.NodeKey, new LeaseReturn(16400, 1, 3)).Result);
        Assert.Equal(LeaseReturnResult.Gone, SequenceLease.Return(overlay, Db, Sequence(), new byte[33], new LeaseReturn(16400, 1, 3)).Result);
    }

    [Fact]
    public void What_an_earlier_process_of_the_node_held_is_dropped()
    {
        using var database = new TestDatabase();
        Overlay overlay = database.NewOverlay();
        SequenceLease.Take(overlay, Db, Sequence(), TestDatabase.NodeKey, 1, 5);
        SequenceLease.Take(overlay, Db, Sequence(), TestDatabase.NodeKey, 2, 5);
        Assert.False(SequenceLease.TrySpend(overlay, Db, Sequence(), TestDatabase.NodeKey, 5));
        Assert.True(SequenceLease.TrySpend(overlay, Db, Sequence(), TestDatabase.NodeKey, 6));
    }

    [Fact]
    public void A_node_hands_out_the_oldest_lease_first_and_again_what_came_back()
    {
        using var node = new Node();
        node.Grant(2);
        node.Grant(3);
        Assert.Equal([1, 2, 3], node.Take(3));
        node.Leases.GiveBack(Db, 16400, [1]);
        Assert.Equal([1, 4, 5], node.Take(3));
        Assert.Empty(node.Take(1));
    }

    [Fact]
    public void Demand_that_repeats_within_a_second_doubles_what_is_asked_for()
    {
        using var node = new Node();
        Assert.Equal([1, 2, 4, 9, 18], [Ask(1), Ask(1), Ask(1), Ask(9), Ask(1)]);
        node.NowMicros += 1_000_001;
        Assert.Equal([1, 5000, 1024, 65536], [Ask(1), Ask(5000), Ask(1), Ask(1_000_000)]);
        int Ask(long needed) => node.Leases.NextRequest(Db, 16400, needed);
    }

    [Fact]
    public void Only_the_tail_of_the_newest_lease_is_given_back_and_no_longer_handed_out()
    {
        using var node = new Node();
        node.Grant(2);
        node.Grant(4);
        Assert.Equal([1, 2, 3], node.Take(3));
        LeaseReturn tail = Assert.Single(node.Leases.TakeReturns(Db, [16400]));
        Assert.Equal(new LeaseReturn(16400, 3, 4), tail);
        Assert.Empty(node.Take(1));
        node.Leases.Restore(Db, tail, 1, 3);
        Assert.Equal([4, 5, 6], node.Take(4));
    }

    [Fact]
    public void A_lease_whose_transactions_are_over_is_told_to_the_chain()
    {
        using var node = new Node();
        node.Grant(2);
        Assert.Equal([1, 2], node.Take(2));
        node.Leases.Settle(Db, 16400, [1]);
        Assert.Empty(node.Leases.TakeOver(Db, 16400));
        node.Leases.Settle(Db, 16400, [2]);
        Assert.Equal([new LeaseReturn(16400, 1, 1, IsOver: true)], node.Leases.TakeOver(Db, 16400));
        Assert.Empty(node.Leases.TakeOver(Db, 16400));
    }

    [Fact]
    public void A_node_hands_out_nothing_of_a_lease_that_was_ended()
    {
        using var node = new Node();
        node.Grant(2);
        SequenceLease.EndAll(node.State, Db, 16400);
        Assert.Empty(node.Take(1));
    }

    /// <summary>A node's leases with the state that they are rows of.</summary>
    private sealed class Node : IDisposable
    {
        private readonly TestDatabase _database = new();

        public Node()
        {
            State = _database.NewOverlay();
            Leases = new NodeLeases(TestDatabase.NodeKey, () => NowMicros);
        }

        public long NowMicros { get; set; } = 5_000_000;

        public Overlay State { get; }

        public NodeLeases Leases { get; }

        public void Grant(int count)
        {
            (long first, long increment, int given) = SequenceLease.Take(State, Db, Sequence(), TestDatabase.NodeKey, 1, count);
            Leases.Add(Db, 16400, first, increment, given);
        }

        public List<long> Take(int most)
        {
            var values = new List<long>();
            while (values.Count < most && Leases.TryTake(Db, 16400, State, out long value)) values.Add(value);
            return values;
        }

        public void Dispose() => _database.Dispose();
    }
}
