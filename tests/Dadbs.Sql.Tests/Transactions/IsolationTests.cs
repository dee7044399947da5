using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;
using Xunit;

namespace Dadbs.Sql.Tests.Transactions;

/// <summary>What explicit transactions may have seen when they commit, level by level. Sessions here take no locks, as sessions of different nodes.</summary>
public sealed class IsolationTests
{
    private const TransactionIsolation Serializable = TransactionIsolation.Serializable;

    [Fact]
    public void Two_that_withdraw_and_look_cannot_both_commit()
    {
        using var engine = Accounts();
        using LocalSession one = new(engine);
        using LocalSession other = new(engine);
        foreach (LocalSession session in new[] { one, other })
        {
            session.Run("update t set b = b - 80 where a = 1");
            Assert.Equal(["20"], session.Run("select b from t where a = 1"));
        }

        Assert.True(one.Commit());
        ReplayOutcome outcome = engine.Order(other.Transaction.ToBody());
        Assert.Equal("40001", outcome.Error!.State.Code);
        Assert.Contains("A row that the transaction had read", outcome.Error.Detail, StringComparison.Ordinal);
        Assert.Equal(["20"], engine.Run("select b from t where a = 1"));
    }

    [Fact]
    public void Two_that_withdraw_without_looking_both_commit_under_read_committed()
    {
        using var engine = Accounts();
        using LocalSession one = new(engine);
        using LocalSession other = new(engine);
        one.Run("update t set b = b - 80 where a = 1");
        other.Run("update t set b = b - 80 where a = 1");
        Assert.Equal(["200"], other.Run("select b from t where a = 2"));
        Assert.True(one.Commit());
        Assert.True(other.Commit());
        Assert.Equal(["-60"], engine.Run("select b from t where a = 1"));
    }

    [Theory]
    [InlineData("select count(*) from t", "delete from t where b = 200", "update t set b = 200 where a = 1")]
    [InlineData("select a from t where b = 100 order by a", "update t set b = 7 where b = 100", "update t set b = 100 where a = 2; update t set b = 1 where a = 1")]
    [InlineData("select a from t where a = 1", "delete from t where b = 100", "update t set b = 100 where a = 2; update t set b = 200 where a = 1")]
    public void Own_rows_that_a_read_met_are_asserted_deleted_ones_too(string read, string own, string others)
    {
        using var engine = Accounts();
        using LocalSession session = new(engine);
        session.Run(own);
        session.Run(read);
        engine.Run(others);
        Assert.False(session.Commit());
    }

    [Fact]
    public void Reads_of_other_rows_and_reads_before_the_write_assert_nothing()
    {
        using var engine = Accounts();
        using LocalSession session = new(engine);
        session.Run("select * from t");
        session.Run("update t set b = b + 1 where a = 1");
        session.Run("select * from t where a = 2");
        Assert.Empty(session.Transaction.ToBody().Assertions);
        session.Run("select * from t");
        session.Run("select b from t where a = 1");
        Assert.Equal(1, Assert.Single(session.Transaction.ToBody().Assertions).BeforeStatement);
    }

    [Fact]
    public void What_was_undone_is_not_asserted()
    {
        using var engine = Accounts();
        using LocalSession session = new(engine);
        session.Run("update t set b = 1 where a = 2");
        session.Run("select b from t where a = 2");
        session.Transaction.Savepoint("s");
        session.Run("update t set b = b - 80 where a = 1");
        session.Run("select b from t where a = 1");
        session.Transaction.RollbackTo("s");
        session.Run("select b from t where a = 2");
        engine.Run("update t set b = 5 where a = 1");
        Assert.All(session.Transaction.ToBody().Assertions, a => Assert.Equal(1, a.BeforeStatement));
        Assert.True(session.Commit());
    }

    [Fact]
    public void Many_own_rows_are_asserted_as_a_whole()
    {
        using var engine = Accounts();
        foreach (bool disturb in new[] { false, true })
        {
            using LocalSession session = new(engine);
            session.Run("delete from t where a > 100");
            session.Run("insert into t select i, (select b from t where a = 1) from generate_series(101, 3000) i");
            session.Run("select sum(b) from t");
            session.Run("select count(*) from t");
            Assert.InRange(session.Transaction.ToBody().Assertions.Count, 1, 3);
            if (disturb) engine.Run("update t set b = b + 1 where a = 1");
            Assert.Equal(!disturb, session.Commit());
        }
    }

    /// <summary>Rows of tables without a key: their ids are the replay's business.</summary>
    [Fact]
    public void Rows_without_a_key_are_known_again_under_other_ids()
    {
        using var engine = new TestEngine();
        engine.Run("create table h(x int, y text); create index on h(x); insert into h values (1, 'base'), (2, 'base')");
        using LocalSession session = new(engine);
        session.Run("delete from h where x = 2");
        session.Run("insert into h values (3, 'own'), (4, repeat('long', 1000))");
        engine.Run("insert into h values (5, 'other')");
        Assert.Equal(["1|base", "5|other", "3|own"], session.Run("select x, y from h where x <> 4"));
        session.Run("update h set y = 'again' where x = 3");
        Assert.Equal(["again"], session.Run("select y from h where x = 3"));
        Assert.Equal(["4000"], session.Run("select length(y) from h where x = 4"));
        Assert.Equal(["4"], session.Run("select count(*) from h"));
        Assert.NotEmpty(session.Transaction.ToBody().Assertions);
        Assert.True(session.Commit());
        Assert.Equal(["1|base", "3|again", "4|long", "5|other"], engine.Run("select x, substr(y, 1, 5) from h where x <> 4 union all select x, 'long' from h where x = 4 order by 1"));
    }

    [Fact]
    public void Rows_without_a_key_that_came_out_otherwise_abort()
    {
        using var engine = Accounts();
        engine.Run("create table h(x int)");
        using LocalSession session = new(engine);
        session.Run("insert into h select b from t where a = 1");
        session.Run("select * from h");
        engine.Run("insert into h values (1); update t set b = 7 where a = 1");
        Assert.False(session.Commit());
    }

    [Theory]
    [InlineData(TransactionIsolation.RepeatableRead)]
    [InlineData(TransactionIsolation.Serializable)]
    public void An_upper_level_sees_one_state_and_commits_only_if_it_still_holds(TransactionIsolation level)
    {
        using var engine = Accounts();
        using LocalSession session = new(engine, level);
        engine.Run("update t set b = 101 where a = 1");
        Assert.Equal(["101"], session.Run("select b from t where a = 1"));
        engine.Run("update t set b = 102 where a = 1");
        Assert.Equal(["101"], session.Run("select b from t where a = 1"));
        Assert.True(session.Commit());
        session.Run("update t set b = 0 where a = 2");
        ReplayOutcome outcome = engine.Order(session.Transaction.ToBody());
        Assert.Equal("could not serialize access due to read/write dependencies among transactions", outcome.Error!.Message);
        Assert.Equal(["200"], engine.Run("select b from t where a = 2"));
    }

    [Theory]
    [InlineData("select * from t where a = 99", "insert into t values (99, 1)", true)]
    [InlineData("select count(*) from t", "insert into t values (99, 1)", true)]
    [InlineData("select * from t where a between 10 and 20", "insert into t values (15, 1)", true)]
    [InlineData("select * from t where a between 10 and 20", "insert into t values (25, 1)", false)]
    [InlineData("select * from t order by a limit 1", "insert into t values (99, 1)", false)]
    [InlineData("select * from t order by a limit 1", "insert into t values (0, 1)", true)]
    [InlineData("select * from t order by a desc limit 1", "insert into t values (99, 1)", true)]
    [InlineData("select * from t where b = 200", "insert into t values (99, 200)", true)]
    [InlineData("select * from i where b = 200", "insert into i values (999, 200)", true)]
    [InlineData("select * from i where b = 200", "insert into i values (999, 201)", false)]
    [InlineData("select * from t", "truncate t", true)]
    [InlineData("select * from t", "create table u(a int)", true)]
    [InlineData("select * from t where a = 1", "update t set b = b where a = 1", true)]
    [InlineData("insert into t values (99, 9)", "insert into t values (99, 9)", true)]
    [InlineData("insert into h values (1)", "insert into h values (2)", false)]
    [InlineData("select 1", "update t set b = 0", false)]
    public void The_footprint_is_what_was_scanned(string read, string others, bool conflicts)
    {
        using var engine = Accounts();
        engine.Run("create table w(a int primary key); create table h(x int); create table i(a int primary key, b int); create index on i(b)");
        engine.Run("insert into i select x, 10 * x from generate_series(1, 500) x; analyze i");
        using LocalSession session = new(engine, Serializable);
        session.Run(read);
        engine.Run(others);
        session.Run("insert into w values (1)");
        Assert.Equal(!conflicts, session.Commit());
    }

    [Fact]
    public void What_failed_and_what_was_rolled_back_was_read_all_the_same()
    {
        using var engine = Accounts();
        using LocalSession session = new(engine, Serializable);
        session.Transaction.Savepoint("s");
        Assert.Throws<SqlException>(() => session.Run("insert into t values (1, 1)"));
        session.Transaction.RollbackTo("s");
        session.Run("insert into t values (50, 1)");
        engine.Run("update t set b = 0 where a = 1");
        Assert.False(session.Commit());
    }

    [Fact]
    public void Transactions_earlier_in_the_same_block_count()
    {
        using var engine = Accounts();
        using LocalSession one = new(engine, Serializable);
        using LocalSession other = new(engine, Serializable);
        foreach (LocalSession session in new[] { one, other }) session.Run("select sum(b) from t");
        one.Run("update t set b = b - 150 where a = 1");
        other.Run("update t set b = b - 150 where a = 2");
        Assert.Equal([true, false], engine.OrderInOneBlock(one.Transaction.ToBody(), other.Transaction.ToBody()).Select(o => o.IsCommitted));
        Assert.Equal(["150"], engine.Run("select sum(b) from t"));
    }

    [Fact]
    public void A_snapshot_that_is_no_longer_kept_cannot_commit()
    {
        using var engine = Accounts();
        using LocalSession session = new(engine, Serializable);
        session.Run("update t set b = 0 where a = 1");
        TransactionBody body = session.Transaction.ToBody();
        Assert.True(body.SnapshotHeight > 0);
        ReplayOutcome outcome = engine.Order(body with { SnapshotHeight = -1 });
        Assert.Contains("no longer kept", outcome.Error!.Detail, StringComparison.Ordinal);
        Assert.Equal("40001", engine.Order(body with { SnapshotHeight = 1_000_000 }).Error!.State.Code);
    }

    [Theory]
    [InlineData(TransactionIsolation.ReadCommitted)]
    [InlineData(TransactionIsolation.Serializable)]
    public void A_footprint_belongs_to_explicit_transactions(TransactionIsolation level)
    {
        using var engine = Accounts();
        TransactionBody body = engine.Body("select 1") with { Isolation = level, Footprint = [new FootprintRange(6, 20000, null, null)], SnapshotHeight = 1 };
        Assert.Equal("08P01", engine.Order(body).Error!.State.Code);
    }

    [Fact]
    public void A_locked_table_must_be_the_same_until_the_transactions_place()
    {
        using var engine = Accounts();
        using LocalSession one = new(engine);
        using LocalSession other = new(engine);
        uint table = one.Transaction.Catalog.Relations.Single(relation => relation.Name == "t").Oid;
        foreach (LocalSession session in new[] { one, other })
        {
            session.Transaction.KeepUnchanged(table);
            session.Run("update t set b = b + 1 where a = 1");
        }

        TransactionBody body = other.Transaction.ToBody();
        FootprintRange whole = Assert.Single(body.Footprint);
        Assert.True(whole is { Low: null, High: null } && body.SnapshotHeight > 0);
        Assert.Equal([true, false], engine.OrderInOneBlock(one.Transaction.ToBody(), body).Select(o => o.IsCommitted));
        Assert.Equal("40001", engine.Order(body).Error!.State.Code);
        Assert.Contains("no longer kept", engine.Order(body with { SnapshotHeight = -1 }).Error!.Detail, StringComparison.Ordinal);
        Assert.Equal(["101"], engine.Run("select b from t where a = 1"));
    }

    [Fact]
    public void Under_read_committed_a_footprint_is_of_whole_tables()
    {
        using var engine = Accounts();
        using LocalSession session = new(engine);
        session.Run("update t set b = 0 where a = 1");
        TransactionBody body = session.Transaction.ToBody();
        Assert.Equal("08P01", engine.Order(body with { SnapshotHeight = 1 }).Error!.State.Code);
        Assert.Equal("08P01", engine.Order(body with { SnapshotHeight = 1, Footprint = [new FootprintRange(6, 20000, [1], null)] }).Error!.State.Code);
        Assert.Equal("40001", engine.Order(body with { SnapshotHeight = 1, Footprint = [new FootprintRange(6, 20000, null, null)] }).Error!.State.Code);
    }

    [Fact]
    public void The_transactions_id_is_one_in_session_and_replay()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(x bigint)");
        using LocalSession session = new(engine);
        session.Run("insert into t values (txid_current())");
        List<string> seen = session.Run("select x from t where x = txid_current() and x & 4294967295 > 2");
        Assert.Single(seen);
        Assert.True(session.Commit());
        Assert.Equal(seen, engine.Run("select x from t"));
    }

    private static TestEngine Accounts()
    {
        var engine = new TestEngine();
        engine.Run("create table t(a int primary key, b int); insert into t values (1, 100), (2, 200)");
        return engine;
    }
}
