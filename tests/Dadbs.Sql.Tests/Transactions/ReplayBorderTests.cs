using Dadbs.Sql.Catalog;
using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Tests.Transactions;

/// <summary>Rules X1b and X2 of docs/consensus.md: what time a transaction may claim, and which failures end it and which the node.</summary>
public sealed class ReplayBorderTests
{
    private static readonly ReplayLimits Limits = new() { ClockAgeMicros = 1_000, ClockDriftMicros = 100, ExpiryAheadMicros = 70_000_000, SequenceWindow = 10, StreamsPerKey = 2 };

    [Theory]
    [InlineData(-1_000, true)]
    [InlineData(-1_001, false)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void X1b_a_clock_counts_within_the_chains_own_bounds(long offset, bool counts)
    {
        using var engine = new TestEngine();
        TransactionBody body = engine.Body("create table t(a int)");
        ReplayOutcome outcome = Replay(engine, body with { ClockMicros = engine.BlockTime + offset }, new Overlay(engine.Current), null);
        Assert.Equal(counts, outcome.IsCommitted);
        Assert.Equal(counts ? null : "40001", outcome.Error?.State.Code);
    }

    [Fact]
    public void X1a_expiry_window_and_streams_are_the_chains_own()
    {
        using var engine = new TestEngine();
        var block = new Overlay(engine.Current);
        TransactionOrigin origin = Origin(engine);
        long now = engine.BlockTime;
        Assert.Equal(AdmissionResult.ExpiryTooFar, ReplayWindow.Admit(block, origin with { ExpiryMicros = now + 70_000_001 }, now, Limits));
        Assert.Equal(AdmissionResult.Admitted, ReplayWindow.Admit(block, origin with { Sequence = 20 }, now, Limits));
        Assert.Equal(AdmissionResult.TooOld, ReplayWindow.Admit(block, origin with { Sequence = 10 }, now, Limits));
        Assert.Equal(AdmissionResult.Admitted, ReplayWindow.Admit(block, origin with { Sequence = 11 }, now, Limits));
        Assert.Equal(AdmissionResult.Admitted, ReplayWindow.Admit(block, origin with { Stream = 2 }, now, Limits));
        Assert.Equal(AdmissionResult.TooManyStreams, ReplayWindow.Admit(block, origin with { Stream = 3 }, now, Limits));
    }

    [Fact]
    public void X2_an_unexpected_exception_is_the_transactions_outcome_with_its_effects_undone()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int)");
        var block = new Overlay(engine.Current);
        ReplayOutcome outcome = Replay(engine, engine.Body("insert into t values (1)"), block, new Failing(new InvalidOperationException("a bug")));
        Assert.False(outcome.IsCommitted);
        Assert.Equal("XX000", outcome.Error!.State.Code);
        Assert.IsType<InvalidOperationException>(outcome.UnexpectedException);
        var table = (TableDescriptor)engine.Catalog.Relations.First(r => r.Name == "t");
        Assert.Equal(0, block.CountEntries(table.Rows));
        Assert.Equal(2, block.CountEntries(SystemRelations.ReplayWindows));
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(OutOfMemoryException))]
    public void X2_a_failure_of_this_machine_is_no_outcome(Type failure)
    {
        using var engine = new TestEngine();
        TransactionBody body = engine.Body("create table t(a int)");
        Assert.Throws(failure, () => Replay(engine, body, new Overlay(engine.Current), new Failing((Exception)Activator.CreateInstance(failure)!)));
    }

    private static ReplayOutcome Replay(TestEngine engine, TransactionBody body, Overlay block, IResultObserver? observer) => TransactionReplay.Replay(
        TransactionBodyCodec.Encode(body),
        Origin(engine),
        block,
        new ReplayEnvironment { BlockHeight = 9, BlockTimeMicros = engine.BlockTime, Engine = engine.Engine, Catalogs = engine.Catalogs, Limits = Limits },
        observer);

    private static TransactionOrigin Origin(TestEngine engine) => new(TestDatabase.NodeKey, WellKnownOids.SuperuserRole, 77, 1, engine.BlockTime + 60_000_000);

    /// <summary>Fails when the first statement has ended, so that there are effects to undo.</summary>
    private sealed class Failing(Exception failure) : IResultObserver
    {
        public void Begin()
        {
        }

        public void BeginStatement(int index, PreparedStatement statement)
        {
        }

        public void Row(ReadOnlySpan<Datum> row)
        {
        }

        public void EndStatement(string commandTag) => throw failure;

        public void Notice(SqlNotice notice)
        {
        }
    }
}
