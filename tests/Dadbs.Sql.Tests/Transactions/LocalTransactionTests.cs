using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Settings;
using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;
using Xunit;

namespace Dadbs.Sql.Tests.Transactions;

/// <summary>Explicit transactions: run on one node's state, then ordered and replayed.</summary>
public sealed class LocalTransactionTests
{
    [Fact]
    public void What_it_did_is_replayed()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key, b int); insert into t values (1, 10)");
        using LocalSession session = new(engine);
        Assert.Equal(["1|15"], session.Run("update t set b = b + 5 where a = 1 returning *"));
        session.Run("insert into t values (2, 20)");
        Assert.Equal(["1|15", "2|20"], session.Run("select * from t order by a"));
        Assert.Equal(["1|10"], engine.Run("select * from t"));
        Assert.True(engine.Order(session.Transaction.ToBody()).IsCommitted);
        Assert.Equal(["1|15", "2|20"], engine.Run("select * from t order by a"));
    }

    [Fact]
    public void Each_statement_is_replayed_under_the_settings_that_it_ran_with()
    {
        using var engine = new TestEngine();
        engine.Run("create schema other; create table t(a text); create table other.t(a text)");
        using LocalSession session = new(engine);
        session.Run("insert into t values ('public')");
        session.Settings.Set("search_path", "other", isLocal: true);
        session.Run("insert into t values ('other')");
        session.Settings.Set("DateStyle", "German", isLocal: true);
        session.Run("insert into t select date '2026-11-22'::text");
        Assert.True(engine.Order(session.Transaction.ToBody()).IsCommitted);
        Assert.Equal(["public"], engine.Run("select * from public.t"));
        Assert.Equal(["22.11.2026", "other"], engine.Run("select * from other.t order by a"));
    }

    [Fact]
    public void Two_withdrawals_that_saw_the_same_balance_cannot_both_commit()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key, b int); insert into t values (1, 100)");
        using LocalSession one = new(engine);
        using LocalSession other = new(engine);
        Assert.Equal(["20"], one.Run("update t set b = b - 80 where a = 1 returning b"));
        Assert.Equal(["20"], other.Run("update t set b = b - 80 where a = 1 returning b"));
        Assert.True(engine.Order(one.Transaction.ToBody()).IsCommitted);
        ReplayOutcome outcome = engine.Order(other.Transaction.ToBody());
        Assert.Equal(("40001", "could not serialize access due to concurrent update"), (outcome.Error!.State.Code, outcome.Error.Message));
        Assert.Equal(["20"], engine.Run("select b from t"));
    }

    [Fact]
    public void Writes_that_do_not_meet_both_commit()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key, b int); insert into t values (1, 0), (2, 0)");
        using LocalSession one = new(engine);
        using LocalSession other = new(engine);
        one.Run("update t set b = 1 where a = 1");
        other.Run("update t set b = 2 where a = 2");
        Assert.True(engine.Order(one.Transaction.ToBody()).IsCommitted);
        Assert.True(engine.Order(other.Transaction.ToBody()).IsCommitted);
        Assert.Equal(["1|1", "2|2"], engine.Run("select * from t order by a"));
    }

    [Fact]
    public void A_failure_at_its_place_is_a_difference()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key)");
        using LocalSession session = new(engine);
        session.Run("insert into t values (1)");
        engine.Run("insert into t values (1)");
        ReplayOutcome outcome = engine.Order(session.Transaction.ToBody());
        Assert.Equal("40001", outcome.Error!.State.Code);
        Assert.Contains("duplicate key", outcome.Error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_statement_sees_the_newest_state_and_its_own_writes()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key)");
        using LocalSession session = new(engine);
        session.Run("insert into t values (1)");
        engine.Run("insert into t values (2)");
        Assert.Equal(["1", "2"], session.Run("select * from t order by a"));
    }

    [Fact]
    public void Rolling_back_to_a_savepoint_undoes_and_does_not_carry()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key)");
        using LocalSession session = new(engine);
        session.Run("insert into t values (1)");
        session.Transaction.Savepoint("s");
        session.Run("insert into t values (2)");
        session.Run("create table u(a int)");
        session.Transaction.RollbackTo("s");
        Assert.Equal("42P01", Assert.Throws<SqlException>(() => session.Run("select * from u")).State.Code);
        session.Run("insert into t values (3)");
        Assert.Equal(2, session.Transaction.ToBody().Statements.Count);
        Assert.True(engine.Order(session.Transaction.ToBody()).IsCommitted);
        Assert.Equal(["1", "3"], engine.Run("select * from t order by a"));
        Assert.Equal("3B001", Assert.Throws<SqlException>(() => session.Transaction.RollbackTo("q")).State.Code);
    }

    [Fact]
    public void A_failed_statement_leaves_nothing_and_is_not_carried()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key)");
        using LocalSession session = new(engine);
        session.Run("insert into t values (1)");
        Assert.Throws<SqlException>(() => session.Run("insert into t values (2), (1)"));
        Assert.Equal(["1"], session.Run("select * from t"));
        Assert.Single(session.Transaction.ToBody().Statements);
    }

    [Fact]
    public void Definitions_are_seen_at_once_and_replayed()
    {
        using var engine = new TestEngine();
        using LocalSession session = new(engine);
        session.Run("create table t(a int primary key, b text)");
        session.Run("insert into t values (1, 'x')");
        engine.Run("create table other(a int)");
        Assert.Equal(["1|x"], session.Run("select * from t"));
        Assert.True(engine.Order(session.Transaction.ToBody()).IsCommitted);
        Assert.Equal(["1|x"], engine.Run("select * from t"));
    }

    [Fact]
    public void A_table_whose_definition_changed_meanwhile_ends_it()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key)");
        using LocalSession session = new(engine);
        session.Run("insert into t values (1)");
        engine.Run("alter table t add column b int");
        Assert.Equal("40001", Assert.Throws<SqlException>(() => session.Run("select * from t")).State.Code);
    }

    [Fact]
    public void Sequence_values_come_from_a_lease_and_are_kept_by_the_replay()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(id serial primary key, a int)");
        using LocalSession one = new(engine);
        using LocalSession other = new(engine);
        Assert.Equal(["1", "2"], one.Run("insert into t (a) values (1), (2) returning id"));
        Assert.Equal(["3"], other.Run("insert into t (a) values (3) returning id"));
        Assert.True(engine.Order(other.Transaction.ToBody()).IsCommitted);
        Assert.True(engine.Order(one.Transaction.ToBody()).IsCommitted);
        Assert.Equal(["1|1", "2|2", "3|3"], engine.Run("select * from t order by id"));
        Assert.Equal("40001", engine.Order(one.Transaction.ToBody()).Error!.State.Code);
    }
}
