namespace Dadbs.Sql.Tests.Execution;

/// <summary>What counts as the access to a point: see <see cref="PreparedStatement.IsPointAccess"/>.</summary>
public sealed class PointAccessTests
{
    private const string Tables = """
        create table t (a int primary key, b int, c text, d timestamptz default now(), unique (b, c));
        create table s (id bigserial primary key, at timestamptz, c text);
        create table parent (x int primary key, y int);
        create table child (x int primary key, p int references parent on delete cascade);
        """;

    [Theory]
    [InlineData("select 1")]
    [InlineData("select * from t where a = $1")]
    [InlineData("select c from t where a = $1 and c = $2")]
    [InlineData("select a + b * 2, now() from t where b = $1 and c = $2")]
    [InlineData("select a from t where a = $1 limit 1")]
    [InlineData("select * from t where a = $1 for update")]
    [InlineData("insert into t (a, b, c) values ($1, $2, $3) on conflict (a) do update set b = excluded.b")]
    [InlineData("insert into s (at, c) values (current_timestamp, $1) returning id")]
    [InlineData("update t set b = b + $2 where a = $1")]
    [InlineData("delete from t where a = $1")]
    public void What_is_found_by_its_key_and_computed_from_values_of_fixed_size(string sql) => Assert.True(IsPointAccess(sql));

    [Theory]
    [InlineData("select * from t")]
    [InlineData("select * from t where a > $1")]
    [InlineData("select * from t where a in ($1, $2)")]
    [InlineData("select * from t where b = $1")]
    [InlineData("select count(*) from t where a = $1")]
    [InlineData("select * from t x join t y on x.a = y.a where x.a = $1")]
    [InlineData("select (select max(b) from t) from t where a = $1")]
    [InlineData("select generate_series(1, a) from t where a = $1")]
    [InlineData("select pg_sleep(1)")]
    [InlineData("select pg_relation_size('t'::regclass)")]
    [InlineData("select repeat(c, a) from t where a = $1")]
    [InlineData("select a from t where a = $1 and c like '%x%'")]
    [InlineData("select a from t where a = $1 and c ~ 'x+'")]
    [InlineData("insert into t (a) select g from generate_series(1, 10) g")]
    [InlineData("insert into t (a) values (1), (2)")]
    [InlineData("update t set b = 0")]
    [InlineData("update t set b = (select count(*) from s) where a = $1")]
    [InlineData("delete from t where a < $1")]
    [InlineData("delete from parent where x = $1")]
    [InlineData("insert into child values ($1, $2)")]
    public void Everything_else_may_take_long(string sql) => Assert.False(IsPointAccess(sql));

    private static bool IsPointAccess(string sql)
    {
        using TestDatabase database = new();
        database.Execute(Tables);
        return database.Prepare(sql).IsPointAccess;
    }
}
