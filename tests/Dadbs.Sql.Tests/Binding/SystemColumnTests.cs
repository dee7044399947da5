using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;

namespace Dadbs.Sql.Tests.Binding;

/// <summary>What names of system columns mean, and where they may not stand: as a PostgreSQL 15 answered, but for ctid, cmin and cmax.</summary>
public sealed class SystemColumnTests : IDisposable
{
    private const string Own = "pg_current_xact_id()::xid";

    private readonly TestEngine _engine = new();

    public SystemColumnTests() => _engine.Run("create table t (id int primary key, v text); create table nn (a int); insert into t values (1, 'a'), (2, 'b'); insert into nn values (1), (2)");

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("select xmin = (select xmin from t where id = 2) from t where id = 1", "t")]
    [InlineData("select t.xmin = n.xmin from t left join nn n on n.a = t.id and n.a = 1 order by id", "f", "∅")]
    [InlineData("select n.xmin is null, n.tableoid is null, n.xmax is null from t left join nn n on n.a = t.id and n.a = 1 order by id", "f|f|f", "t|t|t")]
    [InlineData("select tableoid = 'nn'::regclass, xmax from nn", "t|0", "t|0")]
    [InlineData("select count(*) from t group by xmin", "2")]
    [InlineData("select count(*), min(v) from t group by xmin having count(xmin) > 1", "2|a")]
    [InlineData("select distinct xmin = xmin from t", "t")]
    [InlineData("select count(*) from (select xmin from t union select xmin from t) s", "1")]
    [InlineData("select count(*) from (select distinct xmin from t) s", "1")]
    [InlineData("select count(*) from t a join t b on a.xmin = b.xmin", "4")]
    [InlineData("select a.id from t a where exists (select 1 from nn b where b.xmin = a.xmin)")]
    [InlineData("select (select a.xmin = t.xmin) from t a join t on a.id = t.id", "t", "t")]
    [InlineData("select v, (select xmin) = (select x.xmin from t x where x.id = t.id) from t", "a|t", "b|t")]
    [InlineData("select id from t where id = xmin::text::bigint")]
    [InlineData("select id, xmin = xmin from t group by id, xmin order by id", "1|t", "2|t")]
    [InlineData("select id from t group by id having xmin is not null order by id", "1", "2")]
    [InlineData("select * from t order by id", "1|a", "2|b")]
    [InlineData("select t from t order by id", "(1,a)", "(2,b)")]
    [InlineData("select xmin from t as t(xmin) order by 1", "1", "2")]
    [InlineData("select (t).xmin = xmin from t", "t", "t")]
    [InlineData("select coalesce(xmin, '0') is null, case when true then xmin else '3' end is null, concat(xmin) = xmin::text from t limit 1", "f|f|t")]
    [InlineData("select count(*) from t where xmin in ('1', '2')", "0")]
    public void Reads(string query, params string[] rows) => Assert.Equal(rows, _engine.Run(query));

    [Theory]
    [InlineData("select xmin from t, nn", "42702", "column reference \"xmin\" is ambiguous")]
    [InlineData("select tableoid from t a, t b", "42702", "column reference \"tableoid\" is ambiguous")]
    [InlineData("select xmin from t join nn on true", "42703", "column \"xmin\" does not exist")]
    [InlineData("select s.xmin from (select * from t) s", "42703", "column s.xmin does not exist")]
    [InlineData("with w as (select * from t) select xmin from w", "42703", "column \"xmin\" does not exist")]
    [InlineData("select x.xmin from (t a join t b using (id)) x", "42703", "column x.xmin does not exist")]
    [InlineData("select xmin", "42703", "column \"xmin\" does not exist")]
    [InlineData("select xmin from generate_series(1, 2)", "42703", "column \"xmin\" does not exist")]
    [InlineData("select * from t join nn using (xmin)", "42703", "column \"xmin\" specified in USING clause does not exist in left table")]
    [InlineData("insert into t values (1, 'u') on conflict (id) do update set v = excluded.xmin::text", "42703", "column excluded.xmin does not exist")]
    [InlineData("select xmin from t order by xmin", "42883", "could not identify an ordering operator for type xid")]
    [InlineData("select xmin < xmin from t", "42883", "operator does not exist: xid < xid")]
    [InlineData("select 7 = '7'::xid", "42883", "operator does not exist: integer = xid")]
    [InlineData("select '7'::xid = 7::bigint", "42883", "operator does not exist: xid = bigint")]
    [InlineData("select min(xmin) from t", "42883", "function min(xid) does not exist")]
    [InlineData("select count(distinct xmin) from t", "42883", "could not identify an ordering operator for type xid")]
    [InlineData("select rank() over (partition by xmin) from t", "0A000", "could not implement window PARTITION BY")]
    [InlineData("select v, xmin from t group by v", "42803", "column \"t.xmin\" must appear in the GROUP BY clause or be used in an aggregate function")]
    [InlineData("select 5::xid", "42846", "cannot cast type integer to xid")]
    [InlineData("select xmin::int from t", "42846", "cannot cast type xid to integer")]
    [InlineData("create table bad (xmin int)", "42701", "column name \"xmin\" conflicts with a system column name")]
    [InlineData("create table bad as select xmin from t", "42701", "column name \"xmin\" conflicts with a system column name")]
    [InlineData("alter table t add column xmax int", "42701", "column name \"xmax\" conflicts with a system column name")]
    [InlineData("alter table t rename column v to cmin", "42701", "column name \"cmin\" conflicts with a system column name")]
    [InlineData("alter table t rename xmin to b", "0A000", "cannot rename system column \"xmin\"")]
    [InlineData("alter table t alter xmin set default 3", "0A000", "cannot alter system column \"xmin\"")]
    [InlineData("alter table t alter column xmin type int", "0A000", "cannot alter system column \"xmin\"")]
    [InlineData("alter table t drop column if exists xmin", "0A000", "cannot drop system column \"xmin\"")]
    [InlineData("alter table nn add unique (xmin)", "42704", "data type xid has no default operator class for access method \"btree\"")]
    [InlineData("alter table nn add primary key (tableoid)", "0A000", "cannot alter system column \"tableoid\"")]
    [InlineData("create index on t (xmin)", "42704", "data type xid has no default operator class for access method \"btree\"")]
    [InlineData("create index on t (tableoid)", "0A000", "index creation on system columns is not supported")]
    [InlineData("create table c1 (a int check (xmin is not null))", "42P10", "system column \"xmin\" reference in check constraint is invalid")]
    [InlineData("alter table nn add check (ctid is not null)", "42P10", "system column \"ctid\" reference in check constraint is invalid")]
    [InlineData("update t set xmin = 3", "0A000", "cannot assign to system column \"xmin\"")]
    [InlineData("insert into t (xmin) values (3)", "42703", "column \"xmin\" of relation \"t\" does not exist")]
    [InlineData("delete from t using t b where t.id = b.id returning xmin", "42702", "column reference \"xmin\" is ambiguous")]
    [InlineData("select ctid from t", "0A000", "system column \"ctid\" is not supported")]
    [InlineData("select t.cmin from t", "0A000", "system column \"cmin\" is not supported")]
    [InlineData("select 1 from t where cmax is null", "0A000", "system column \"cmax\" is not supported")]
    public void Refuses(string statement, string code, string message)
    {
        SqlException error = _engine.Fails(statement);
        Assert.Equal((code, message), (error.State.Code, error.Message));
    }

    [Fact]
    public void A_joined_table_gives_its_system_columns_to_qualified_names_only_and_the_hint_says_so()
    {
        Assert.Equal(
            "There is a column named \"xmin\" in table \"t\", but it cannot be referenced from this part of the query.",
            _engine.Fails("select xmin from t join nn on true").Hint);
        Assert.Equal(["4"], _engine.Run("select count(t.xmin) from t join nn on true"));
    }

    [Fact]
    public void Rows_have_the_xmin_of_the_transaction_that_wrote_them()
    {
        Assert.Equal(["t|0|t"], _engine.Run($"insert into t values (3, 'c') returning xmin = {Own}, xmax, tableoid::regclass = 't'::regclass"));
        Assert.Equal(["t|0"], _engine.Run($"update t set v = 'x' where id = 1 returning xmin = {Own}, xmax"));
        Assert.Equal(["f|t"], _engine.Run($"delete from t where id = 2 returning xmin = {Own}, xmax = {Own}"));
        Assert.Equal(
            ["t|f|t", "t|t|f"],
            _engine.Run($"insert into t values (1, 'u'), (9, 'n') on conflict (id) do update set v = excluded.v returning xmin = {Own}, xmax = 0, xmax = {Own}"));
        Assert.Equal(["1|t", "3|f", "9|t"], _engine.Run("select id, xmin = (select xmin from t where id = 9) from t order by id"));
    }

    [Fact]
    public void A_row_is_another_version_after_an_update_to_the_same_values()
    {
        string before = Assert.Single(_engine.Run("select xmin from t where id = 1"));
        _engine.Run("update t set v = v where id = 1");
        Assert.NotEqual(before, Assert.Single(_engine.Run("select xmin from t where id = 1")));
        Assert.Equal([before], _engine.Run("select xmin from t where id = 2"));
    }

    [Fact]
    public void An_update_that_names_the_version_it_read_meets_it_or_nothing()
    {
        string read = Assert.Single(_engine.Run("select xmin from t where id = 1"));
        Assert.Equal(["1"], _engine.Run($"update t set v = 'first' where id = 1 and xmin = '{read}' returning id"));
        Assert.Empty(_engine.Run($"update t set v = 'second' where id = 1 and xmin = '{read}' returning id"));
        Assert.Equal(["first"], _engine.Run("select v from t where id = 1"));
        string now = Assert.Single(_engine.Run("select xmin from t where id = 1"));
        Assert.Equal(["t"], _engine.Run($"insert into t values (1, 'n') on conflict (id) do update set v = 'third' where t.xmin = '{now}' returning v = 'third'"));
        Assert.Empty(_engine.Run($"insert into t values (1, 'n') on conflict (id) do update set v = 'fourth' where t.xmin = '{now}' returning v"));
    }

    [Fact]
    public void A_rewritten_table_has_the_xmin_of_the_rewrite_and_an_added_column_leaves_it()
    {
        string before = Assert.Single(_engine.Run("select xmin from t where id = 1"));
        _engine.Run("alter table t add column w int default 5");
        Assert.Equal([$"{before}|5"], _engine.Run("select xmin, w from t where id = 1"));
        _engine.Run("alter table t alter column w type text");
        Assert.NotEqual(before, Assert.Single(_engine.Run("select xmin from t where id = 1")));
    }

    [Fact]
    public void A_foreign_keys_action_writes_rows_of_its_transaction()
    {
        _engine.Run("create table r (id int references t on update cascade)");
        _engine.Run("insert into r values (1)");
        _engine.Run("update t set id = 5 where id = 1");
        Assert.Equal(["t"], _engine.Run("select r.xmin = t.xmin from r, t where r.id = t.id"));
    }

    [Fact]
    public void A_view_shows_them_under_its_own_columns_only()
    {
        _engine.Run("create view v1 as select t.xmin as x, tableoid from t; create view v2 as select * from t");
        Assert.Equal(["t|t", "t|t"], _engine.Run("select x = t.xmin, v1.tableoid = 't'::regclass from v1, t where x = t.xmin and t.id = 1"));
        Assert.Equal("column \"xmin\" does not exist", _engine.Fails("select xmin from v2").Message);
        Assert.Equal("column \"ctid\" does not exist", _engine.Fails("select ctid from v2").Message);
    }

    [Fact]
    public void A_check_may_read_tableoid()
    {
        _engine.Run("create table c (a int, check (tableoid > 0::oid))");
        _engine.Run("insert into c values (-1)");
        Assert.Equal(["-1"], _engine.Run("select a from c"));
    }

    [Fact]
    public void Every_statement_of_a_transaction_writes_its_one_xmin()
    {
        ReplayOutcome outcome = _engine.Order(_engine.Body("insert into t values (10, 'x')", "update t set v = 'y' where id = 1"));
        Assert.True(outcome.IsCommitted);
        Assert.Equal(["t"], _engine.Run("select (select xmin from t where id = 10) = (select xmin from t where id = 1)"));
    }
}
