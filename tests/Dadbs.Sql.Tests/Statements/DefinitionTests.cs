using Dadbs.Sql.Catalog;
using Dadbs.Sql.Tests.Engine;
using Xunit;

namespace Dadbs.Sql.Tests.Statements;

/// <summary>CREATE, ALTER and DROP; SQLSTATEs, messages and details are PostgreSQL 15's own.</summary>
public sealed class DefinitionTests
{
    [Theory]
    [InlineData("create table t(a int)", "42P07", "relation \"t\" already exists")]
    [InlineData("create table t2(a int, a text)", "42701", "column \"a\" specified more than once")]
    [InlineData("create table t2(a int primary key, b int primary key)", "42P16", "multiple primary keys for table \"t2\" are not allowed")]
    [InlineData("create table t2(a int, primary key(b))", "42703", "column \"b\" named in key does not exist")]
    [InlineData("create table t2(a int, primary key(a,a))", "42701", "column \"a\" appears twice in primary key constraint")]
    [InlineData("create table t2(a nosuch)", "42704", "type \"nosuch\" does not exist")]
    [InlineData("create table nos.t2(a int)", "3F000", "schema \"nos\" does not exist")]
    [InlineData("create table pg_catalog.t2(a int)", "42501", "permission denied to create \"pg_catalog.t2\"")]
    [InlineData("create table t2(a int null not null)", "42601", "conflicting NULL/NOT NULL declarations for column \"a\" of table \"t2\"")]
    [InlineData("create table t2(a int default 'x')", "22P02", "invalid input syntax for type integer: \"x\"")]
    [InlineData("create table t2(a int default '1', check (a))", "42804", "argument of CHECK must be type boolean, not type integer")]
    [InlineData("create table t2(a int default 1 default 2)", "42601", "multiple default values specified for column \"a\" of table \"t2\"")]
    [InlineData("create table t2(a text generated always as identity)", "22023", "identity column type must be smallint, integer, or bigint")]
    [InlineData("drop table nosuch", "42P01", "table \"nosuch\" does not exist")]
    [InlineData("drop table nos.x", "3F000", "schema \"nos\" does not exist")]
    [InlineData("drop view t", "42809", "\"t\" is not a view")]
    [InlineData("drop index t", "42809", "\"t\" is not an index")]
    [InlineData("drop index t_pkey", "2BP01", "cannot drop index t_pkey because constraint t_pkey on table t requires it")]
    [InlineData("drop table t", "2BP01", "cannot drop table t because other objects depend on it")]
    [InlineData("drop table v", "42809", "\"v\" is not a table")]
    [InlineData("alter table t drop column a", "2BP01", "cannot drop column a of table t because other objects depend on it")]
    [InlineData("alter table t drop column zz", "42703", "column \"zz\" of relation \"t\" does not exist")]
    [InlineData("alter table t add column b int", "42701", "column \"b\" of relation \"t\" already exists")]
    [InlineData("alter table t add primary key(b)", "42P16", "multiple primary keys for table \"t\" are not allowed")]
    [InlineData("alter table t alter zz set not null", "42703", "column \"zz\" of relation \"t\" does not exist")]
    [InlineData("alter table t rename zz to y", "42703", "column \"zz\" does not exist")]
    [InlineData("alter table t rename to t", "42P07", "relation \"t\" already exists")]
    [InlineData("alter table nosuch add column b int", "42P01", "relation \"nosuch\" does not exist")]
    [InlineData("alter table t drop constraint zz", "42704", "constraint \"zz\" of relation \"t\" does not exist")]
    [InlineData("create index ii on t(nosuch)", "42703", "column \"nosuch\" does not exist")]
    [InlineData("create index ii on nosuch(a)", "42P01", "relation \"nosuch\" does not exist")]
    [InlineData("create index t_pkey on t(a)", "42P07", "relation \"t_pkey\" already exists")]
    [InlineData("create or replace view t as select 1 as a", "42809", "\"t\" is not a view")]
    [InlineData("create or replace view v as select 'x'::text as a", "42P16", "cannot change data type of view column \"a\" from integer to text")]
    [InlineData("create or replace view v2 as select 1 as a", "42P16", "cannot drop columns from view")]
    [InlineData("create sequence q start 5 minvalue 10", "22023", "START value (5) cannot be less than MINVALUE (10)")]
    [InlineData("create sequence q increment 0", "22023", "INCREMENT must not be zero")]
    [InlineData("create sequence q minvalue 10 maxvalue 5", "22023", "MINVALUE (10) must be less than MAXVALUE (5)")]
    [InlineData("drop sequence sr_a_seq", "2BP01", "cannot drop sequence sr_a_seq because other objects depend on it")]
    [InlineData("drop sequence si_a_seq", "2BP01", "cannot drop sequence si_a_seq because column a of table si requires it")]
    [InlineData("create schema public", "42P06", "schema \"public\" already exists")]
    [InlineData("create schema pg_x", "42939", "unacceptable schema name \"pg_x\"")]
    [InlineData("create database dadbs", "42P04", "database \"dadbs\" already exists")]
    [InlineData("drop database dadbs", "55006", "cannot drop the currently open database")]
    [InlineData("create role dadbs", "42710", "role \"dadbs\" already exists")]
    public void Is_refused_in_PostgreSQLs_words(string statement, string state, string message)
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key, b text); create view v as select a from t; create view v2 as select a, b from t;"
            + "create table sr(a serial); create table si(a int generated always as identity, b int)");
        SqlException error = engine.Fails(statement);
        Assert.Equal((state, message), (error.State.Code, error.Message));
    }

    [Theory]
    [InlineData("create table if not exists t(a int)", "relation \"t\" already exists, skipping", "CREATE TABLE")]
    [InlineData("drop table if exists nosuch", "table \"nosuch\" does not exist, skipping", "DROP TABLE")]
    [InlineData("drop table if exists nos.x", "schema \"nos\" does not exist, skipping", "DROP TABLE")]
    [InlineData("alter table t drop column if exists zz", "column \"zz\" of relation \"t\" does not exist, skipping", "ALTER TABLE")]
    [InlineData("alter table t add column if not exists b int", "column \"b\" of relation \"t\" already exists, skipping", "ALTER TABLE")]
    [InlineData("alter table if exists nosuch add column b int", "relation \"nosuch\" does not exist, skipping", "ALTER TABLE")]
    [InlineData("create index if not exists t_pkey on t(a)", "relation \"t_pkey\" already exists, skipping", "CREATE INDEX")]
    [InlineData("drop table t cascade", "drop cascades to 2 other objects", "DROP TABLE")]
    public void Is_told_by_a_notice(string statement, string notice, string tag)
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key, b text); create view v as select * from t; create view v2 as select * from v");
        engine.Run(statement);
        Assert.Equal(notice, Assert.Single(engine.Notices).Message);
        Assert.Equal(tag, engine.Tag);
    }

    [Fact]
    public void Details_say_what_depends()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key, b text); create view v as select * from t; create view v2 as select * from v");
        SqlException error = engine.Fails("drop table t");
        Assert.Equal("view v depends on table t\nview v2 depends on view v", error.Detail);
        Assert.Equal("Use DROP ... CASCADE to drop the dependent objects too.", error.Hint);
        engine.Run("drop table t cascade");
        Assert.Equal("drop cascades to view v\ndrop cascades to view v2", engine.Notices[0].Detail);
        Assert.DoesNotContain(engine.Catalog.Relations, r => r is ViewDescriptor);
    }

    [Fact]
    public void Constraints_and_sequences_get_PostgreSQLs_names()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key, b text unique, c int check (c > 0), d serial, check (a<c), constraint xx check (a>0), unique (b, c)); create index on t(b, c)");
        Assert.Equal(
            ["t", "t_b_c_idx", "t_b_c_key", "t_b_key", "t_d_seq", "t_pkey"],
            engine.Catalog.Relations.Select(r => r.Name).Order(StringComparer.Ordinal));
        var table = (TableDescriptor)engine.Catalog.Relations.First(r => r.Name == "t");
        Assert.Equal(["t_c_check", "t_check", "xx"], table.Checks.Select(c => c.Name));
        Assert.Equal("nextval('t_d_seq'::regclass)", table.Columns[3].DefaultText);
        engine.Run("create table " + new string('x', 60) + "(" + new string('y', 60) + " int unique)");
        Assert.Contains(engine.Catalog.Relations, r => r.Name == new string('x', 29) + "_" + new string('y', 29) + "_key");
    }

    [Fact]
    public void An_added_column_has_its_default_in_old_rows_without_rewriting_them()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key); insert into t values (1), (2)");
        var before = (TableDescriptor)engine.Catalog.Relations.First(r => r.Name == "t");
        engine.Run("alter table t add column b text default 'x', add column c int");
        var after = (TableDescriptor)engine.Catalog.Relations.First(r => r.Name == "t");
        Assert.Equal(before.Rows, after.Rows);
        engine.Run("insert into t values (3, 'y', 3); alter table t alter b set default 'z'; insert into t (a) values (4)");
        Assert.Equal(["1|x|∅", "2|x|∅", "3|y|3", "4|z|∅"], engine.Run("select * from t order by a"));
        SqlException error = engine.Fails("alter table t add column d int not null");
        Assert.Equal(("23502", "column \"d\" of relation \"t\" contains null values"), (error.State.Code, error.Message));
        engine.Run("alter table t drop column b; update t set c = 9 where a = 1");
        Assert.Equal(["1|9", "2|∅", "3|3", "4|∅"], engine.Run("select * from t order by a"));
    }

    [Fact]
    public void A_primary_key_added_later_rekeys_rows_and_indexes()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int, b text); create index on t(b); insert into t values (3,'c'),(1,'a'),(2,'b')");
        engine.Run("alter table t add primary key (a)");
        Assert.Equal(["2|b"], engine.Run("select * from t where a = 2"));
        Assert.Equal(["3|c"], engine.Run("select * from t where b = 'c'"));
        Assert.Equal("23505", engine.Fails("insert into t values (1, 'x')").State.Code);
        Assert.Equal("23502", engine.Fails("insert into t values (null, 'x')").State.Code);
        engine.Run("alter table t drop constraint t_pkey; insert into t values (1, 'again')");
        Assert.Equal(["1|a", "1|again"], engine.Run("select * from t where a = 1 order by b"));
        SqlException error = engine.Fails("alter table t add primary key (a)");
        Assert.Equal(("could not create unique index \"t_pkey\"", "Key (a)=(1) is duplicated."), (error.Message, error.Detail));
    }

    [Fact]
    public void Constraints_added_later_look_at_old_rows()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int, b text); insert into t values (1, null), (1, 'x')");
        Assert.Equal("column \"b\" of relation \"t\" contains null values", engine.Fails("alter table t alter b set not null").Message);
        Assert.Equal("check constraint \"t_a_check\" of relation \"t\" is violated by some row", engine.Fails("alter table t add check (a > 1)").Message);
        Assert.Equal("Key (a)=(1) is duplicated.", engine.Fails("create unique index on t(a)").Detail);
        engine.Run("alter table t add check (a > 0)");
        Assert.Equal("23514", engine.Fails("insert into t values (0, 'y')").State.Code);
    }

    [Fact]
    public void A_column_type_can_be_changed()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key, b text); create index on t(b); insert into t values (2,'20'),(10,'100')");
        Assert.Equal("column \"b\" cannot be cast automatically to type integer", engine.Fails("alter table t alter b type int").Message);
        engine.Run("alter table t alter b type int using b::int, alter a type bigint");
        Assert.Equal(["10|100"], engine.Run("select * from t where b > 30"));
        Assert.Equal(["2|20", "10|100"], engine.Run("select * from t order by a"));
    }

    [Fact]
    public void Truncate_empties_and_restarts()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(id serial primary key, b text unique); insert into t (b) values ('x'), ('y'); truncate t");
        Assert.Equal("TRUNCATE TABLE", engine.Tag);
        Assert.Empty(engine.Run("select * from t"));
        Assert.Equal(["3"], engine.Run("insert into t (b) values ('x') returning id"));
        engine.Run("truncate table t restart identity");
        Assert.Equal(["1"], engine.Run("insert into t (b) values ('x') returning id"));
    }

    [Fact]
    public void A_view_keeps_its_columns_and_its_tables_whatever_the_search_path()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int, b text); insert into t values (1,'x'); create view v as select * from t where a > 0; alter table t add column c int default 5");
        Assert.Equal(["1|x"], engine.Run("select * from v"));
        var view = (ViewDescriptor)engine.Catalog.Relations.First(r => r.Name == "v");
        Assert.Contains("public.t", view.QueryText, StringComparison.Ordinal);
        engine.Run("create schema s; create table s.t(a int, b text); create or replace view v as select a, b, a + 1 as d from t");
        Assert.Equal(["1|x|2"], engine.Run("select * from v"));
        Assert.Equal(["2"], engine.Run("select w.d from v as w where b = 'x'"));
    }

    [Fact]
    public void Schemas_hold_relations_of_the_same_name()
    {
        using var engine = new TestEngine();
        engine.Run("create schema s; create table t(a int); create table s.t(a int); insert into t values (1); insert into s.t values (2)");
        Assert.Equal(["2"], engine.Run("select a from s.t"));
        Assert.Equal("cannot drop schema s because other objects depend on it", engine.Fails("drop schema s").Message);
        Assert.Equal("table s.t depends on schema s", engine.Fails("drop schema s").Detail);
        engine.Run("alter table s.t set schema public".Replace("public", "s", StringComparison.Ordinal) + "; drop schema s cascade");
        Assert.Equal("drop cascades to table s.t", engine.Notices[0].Message);
        Assert.Equal("42P01", engine.Fails("select * from s.t").State.Code);
    }

    [Fact]
    public void What_pgbench_initialises_with_is_executed()
    {
        using var engine = new TestEngine();
        engine.Run("drop table if exists pgbench_accounts, pgbench_branches, pgbench_history, pgbench_tellers");
        Assert.Equal(4, engine.Notices.Count);
        engine.Run("create table pgbench_history(tid int,bid int,aid    int,delta int,mtime timestamp,filler char(22));"
            + "create table pgbench_accounts(aid    int not null,bid int,abalance int,filler char(84)) with (fillfactor=100);"
            + "truncate table pgbench_accounts, pgbench_history; insert into pgbench_accounts values (2, 1, 0, ''), (1, 1, 0, '');"
            + "vacuum analyze pgbench_accounts; alter table pgbench_accounts add primary key (aid); vacuum");
        Assert.Equal("VACUUM", engine.Tag);
        Assert.Equal(["1|0"], engine.Run("update pgbench_accounts set abalance = abalance + 0 where aid = 1 returning aid, abalance"));
        Assert.Equal(2, ((TableDescriptor)engine.Catalog.Relations.First(r => r.Name == "pgbench_accounts")).EstimatedRows);
    }

    [Fact]
    public void A_table_can_be_made_from_a_query()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int, b varchar(5)); insert into t values (1, 'x'), (2, null); create table u (c) as select a + 1, b, 1.5 as d from t where b is not null");
        Assert.Equal("SELECT 1", engine.Tag);
        Assert.Equal(["2|x|1.5"], engine.Run("select * from u"));
        Assert.Equal("22001", engine.Fails("insert into u values (1, 'toolong', 1)").State.Code);
        engine.Run("create table w as select * from t with no data");
        Assert.Equal(["0"], engine.Run("select count(*) from w"));
    }

    [Fact]
    public void Comments_are_kept_until_their_object_goes()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int); comment on table t is 'tab'; comment on column t.a is 'col'; comment on schema public is 's'");
        Assert.Equal(["tab", "col", "s"], engine.Catalog.Comments.Select(c => c.Text));
        engine.Run("comment on schema public is null; drop table t");
        Assert.Empty(engine.Catalog.Comments);
    }

    [Fact]
    public void Roles_register_the_submitting_nodes_key()
    {
        using var engine = new TestEngine();
        engine.Run("create user alice; create role bob nologin createdb");
        Assert.True(engine.Catalog.FindRole("alice")!.CanLogin);
        Assert.False(engine.Catalog.FindRole("bob")!.CanLogin);
        Assert.True(engine.Catalog.KeyMayActFor(engine.Catalog.FindRole("alice")!.Oid, TestDatabase.NodeKey));
        engine.Run("alter role bob superuser; alter role bob rename to rob; drop role alice");
        Assert.True(engine.Catalog.FindRole("rob")!.IsSuperuser);
        Assert.Null(engine.Catalog.FindRole("alice"));
        Assert.Equal("current user cannot be dropped", engine.Fails("drop role dadbs").Message);
    }

    [Fact]
    public void A_dropped_table_leaves_nothing_in_the_state()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(id serial primary key, b text unique, c text); create index on t(c)");
        long before = Entries(engine);
        engine.Run("drop table t");
        Assert.True(Entries(engine) < before);
        Assert.DoesNotContain(engine.Catalog.Relations, r => r is not VirtualTableDescriptor);
    }

    private static long Entries(TestEngine engine) => engine.Current.CountEntries(SystemRelations.Relations(WellKnownOids.DadbsDatabase));
}
