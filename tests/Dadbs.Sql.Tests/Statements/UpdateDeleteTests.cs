using Dadbs.Sql.Tests.Engine;
using Xunit;

namespace Dadbs.Sql.Tests.Statements;

public sealed class UpdateDeleteTests
{
    [Fact]
    public void Changes_rows_found_by_key_by_index_and_by_scan()
    {
        using TestEngine engine = With("create table t(a int primary key, b int, c text); create index on t(b); insert into t values (1,10,'x'),(2,20,'y'),(3,10,'z')");
        Assert.Equal(["2|21|y"], engine.Run("update t set b = b + 1 where a = 2 returning *"));
        engine.Run("update t set c = c || '!' where b = 10");
        Assert.Equal("UPDATE 2", engine.Tag);
        Assert.Equal(["1|10|x!", "2|21|y", "3|10|z!"], engine.Run("select * from t order by a"));
        Assert.Equal(["3|10|z!"], engine.Run("delete from t where c = 'z!' returning *"));
        Assert.Equal(["1"], engine.Run("select a from t where b = 10"));
        engine.Run("delete from t");
        Assert.Equal("DELETE 2", engine.Tag);
    }

    [Fact]
    public void A_changed_key_moves_the_row_and_its_entries()
    {
        using TestEngine engine = With("create table t(a int primary key, b int unique); create index on t(b); insert into t values (1,10),(2,20)");
        engine.Run("update t set a = 5 where a = 1");
        Assert.Equal(["5|10"], engine.Run("select * from t where b = 10"));
        Assert.Empty(engine.Run("select * from t where a = 1"));
        SqlException error = engine.Fails("update t set a = 2 where a = 5");
        Assert.Equal("Key (a)=(2) already exists.", error.Detail);
        error = engine.Fails("update t set b = 20 where a = 5");
        Assert.Equal(("t_b_key", "Key (b)=(20) already exists."), (error.ConstraintName, error.Detail));
    }

    [Fact]
    public void Unique_keys_are_checked_row_by_row_in_key_order()
    {
        using TestEngine engine = With("create table t(a int primary key); insert into t values (1),(2),(3)");
        Assert.Equal("Key (a)=(2) already exists.", engine.Fails("update t set a = a + 1").Detail);
        engine.Run("update t set a = a - 1");
        Assert.Equal(["0", "1", "2"], engine.Run("select a from t order by a"));
    }

    [Fact]
    public void Not_null_and_check_hold_for_the_new_row()
    {
        using TestEngine engine = With("create table t(a int primary key, b int not null check (b > 0)); insert into t values (1, 1)");
        SqlException error = engine.Fails("update t set b = null");
        Assert.Equal(("23502", "Failing row contains (1, null)."), (error.State.Code, error.Detail));
        error = engine.Fails("update t set b = -1");
        Assert.Equal(("23514", "t_b_check", "Failing row contains (1, -1)."), (error.State.Code, error.ConstraintName, error.Detail));
    }

    [Fact]
    public void Assignments_see_the_old_row()
    {
        using TestEngine engine = With("create table t(a int, b int); insert into t values (1, 2)");
        engine.Run("update t set a = b, b = a");
        Assert.Equal(["2|1"], engine.Run("select * from t"));
        engine.Run("update t set (a, b) = (a + 10, default)");
        Assert.Equal(["12|∅"], engine.Run("select * from t"));
    }

    [Fact]
    public void From_and_using_take_the_first_match_of_a_row()
    {
        using TestEngine engine = With("create table t(a int primary key, b int); create table u(a int, c int); insert into t values (1,0),(2,0); insert into u values (1,7),(2,8)");
        engine.Run("update t set b = u.c from u where u.a = t.a");
        Assert.Equal("UPDATE 2", engine.Tag);
        Assert.Equal(["1|7", "2|8"], engine.Run("select * from t order by a"));
        engine.Run("delete from t using u where u.a = t.a and u.c = 8");
        Assert.Equal(["1|7"], engine.Run("select * from t"));
    }

    [Fact]
    public void Unique_keys_with_nulls_do_not_collide_and_are_removed_with_their_rows()
    {
        using TestEngine engine = With("create table t(a int, b int, unique (a, b)); insert into t values (1, null), (1, null), (1, 2)");
        engine.Run("update t set a = 2 where b is null");
        Assert.Equal("UPDATE 2", engine.Tag);
        engine.Run("delete from t where a = 2");
        engine.Run("insert into t values (2, 2)");
        Assert.Equal("23505", engine.Fails("insert into t values (1, 2)").State.Code);
    }

    private static TestEngine With(string text)
    {
        var engine = new TestEngine();
        engine.Run(text);
        return engine;
    }
}
