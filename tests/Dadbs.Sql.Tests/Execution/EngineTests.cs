using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Tests.Execution;

public sealed class EngineTests
{
    [Fact]
    public void A_cached_plan_is_made_anew_when_the_catalog_moves()
    {
        using TestDatabase database = new();
        database.Execute("create table t (a int, b int)");
        const string sql = "select * from t where b = 0 + 1";
        PreparedStatement first = database.Prepare(sql);
        Assert.Same(first, database.Prepare(sql));
        database.Execute("create index on t (b)");
        PreparedStatement second = database.Prepare(sql);
        Assert.NotSame(first, second);
        Assert.Contains("Index Scan", second.Explain(false)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_does_not_depend_on_what_the_tables_hold()
    {
        using TestDatabase empty = new();
        using TestDatabase full = new();
        const string tables = "create table a (x int primary key, y int); create table b (x int primary key, y int);";
        empty.Execute(tables);
        full.Execute(tables + "insert into a select g, g from generate_series(1, 2000) g; insert into b values (1, 1);");
        const string sql = "select * from a, b where a.y = b.y and b.x > 3 order by a.x";
        Assert.Equal(empty.Prepare(sql).Explain(true), full.Prepare(sql).Explain(true));
    }

    [Fact]
    public void A_prepared_query_runs_with_new_parameters_each_time()
    {
        using TestDatabase database = new();
        database.Execute("create table t (a int primary key, b text); insert into t values (1, 'one'), (2, 'two')");
        PreparedStatement statement = database.Prepare("select b from t where a = $1");
        Assert.Equal("two", Read(database, statement, Datum.FromInt32(2)));
        Assert.Equal("one", Read(database, statement, Datum.FromInt32(1)));
        Assert.Null(Read(database, statement, Datum.Null));
    }

    [Fact]
    public void An_integer_too_large_for_the_column_finds_nothing_and_bounds_everything()
    {
        using TestDatabase database = new();
        database.Execute("create table t (a smallint primary key); insert into t values (-5), (7)");
        Assert.Empty(database.Query("select a from t where a = 70000"));
        Assert.Equal(2, database.Query("select a from t where a < 70000").Count);
        Assert.Empty(database.Query("select a from t where a > 70000"));
        Assert.Equal(2, database.Query("select a from t where a > -3000000000").Count);
    }

    [Fact]
    public void Calls_of_nextval_make_a_query_one_that_writes()
    {
        using TestDatabase database = new();
        database.Execute("create sequence s");
        Assert.False(database.Prepare("select nextval('s')").IsReadOnly);
        Assert.True(database.Prepare("select 1").IsReadOnly);
        Assert.False(database.Prepare("select setval('s', 3)").IsReadOnly);
    }

    [Fact]
    public void Memory_past_the_budget_ends_the_statement()
    {
        using TestDatabase database = new();
        PreparedStatement statement = database.Prepare("select count(*) from (select distinct g from generate_series(1, 100000) g) s");
        StatementContext context = database.NewContext();
        context.Budget = new Budget(bytes: 10_000);
        using StatementCursor cursor = statement.Open(context);
        Assert.Equal("54000", Assert.Throws<SqlException>(() => cursor.MoveNext()).State.Code);
    }

    [Fact]
    public void A_join_of_twenty_tables_along_their_keys_does_not_explode()
    {
        using TestDatabase database = new();
        for (int i = 0; i < 20; i++) database.Execute($"create table j{i} (k int primary key, n int); insert into j{i} select g, g + 1 from generate_series(1, 10) g");
        string from = string.Join(", ", Enumerable.Range(0, 20).Select(i => $"j{i}"));
        string where = string.Join(" and ", Enumerable.Range(1, 19).Select(i => $"j{i}.k = j{i - 1}.k"));
        StatementContext context = database.NewContext();
        context.Budget = new Budget(steps: 100_000);
        using StatementCursor cursor = database.Prepare($"select count(*) from {from} where {where}").Open(context);
        Assert.True(cursor.MoveNext());
        Assert.Equal(10, cursor.Current[0].AsInt64);
    }

    private static string? Read(TestDatabase database, PreparedStatement statement, Datum parameter)
    {
        using StatementCursor cursor = statement.Open(database.NewContext(parameter));
        return cursor.MoveNext() ? cursor.Current[0].AsString() : null;
    }
}
