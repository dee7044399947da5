using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;
using Xunit;

namespace Dadbs.Sql.Tests.Statements;

/// <summary>A role that is no superuser may use what it owns, and read the system catalogs; nothing else.</summary>
public sealed class OwnershipTests
{
    [Theory]
    [InlineData("select * from t", "permission denied for table t")]
    [InlineData("select 1 where exists (select from t)", "permission denied for table t")]
    [InlineData("insert into t values (1)", "permission denied for table t")]
    [InlineData("update t set a = 1", "permission denied for table t")]
    [InlineData("delete from t", "permission denied for table t")]
    [InlineData("insert into mine.t select a from t", "permission denied for table t")]
    [InlineData("select * from v", "permission denied for view v")]
    [InlineData("truncate t", "permission denied for table t")]
    [InlineData("drop table t", "must be owner of table t")]
    [InlineData("alter table t add column b int", "must be owner of table t")]
    [InlineData("create index on t(a)", "must be owner of table t")]
    [InlineData("drop schema public cascade", "must be owner of schema public")]
    [InlineData("create table u(a int)", "permission denied for schema public")]
    [InlineData("create view mine.w as select * from t", "permission denied for table t")]
    [InlineData("create table mine.w as select * from t", "permission denied for table t")]
    [InlineData("create role x", "permission denied to create role")]
    [InlineData("create schema s2", "permission denied for database dadbs")]
    [InlineData("alter role dadbs nologin", "permission denied")]
    public void Refuses_what_is_not_its_own(string statement, string message)
    {
        using TestEngine engine = WithAlice();
        ReplayOutcome outcome = AsAlice(engine, statement);
        Assert.Equal(("42501", message), (outcome.Error!.State.Code, outcome.Error.Message));
    }

    [Theory]
    [InlineData("insert into mine.t values (1)")]
    [InlineData("select * from mine.v")]
    [InlineData("drop table mine.t cascade")]
    [InlineData("create table mine.u as select 1 as a")]
    public void Allows_what_is(string statement)
    {
        using TestEngine engine = WithAlice();
        Assert.Null(AsAlice(engine, statement).Error);
    }

    private static TestEngine WithAlice()
    {
        var engine = new TestEngine();
        engine.Run("create table t(a int); create view v as select * from t; create user alice; create schema mine authorization alice;"
            + "create table mine.t(a int); alter table mine.t owner to alice; create view mine.v as select a from t; alter view mine.v owner to alice");
        return engine;
    }

    private static ReplayOutcome AsAlice(TestEngine engine, string statement) =>
        engine.Order(engine.Body(statement) with { Settings = [new CapturedSetting("role", "alice")] });
}
