using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;

namespace Dadbs.Sql.Tests.Statements;

/// <summary>PRIMARY KEY and UNIQUE, DEFERRABLE: when they are checked, what they cannot do. Answers of a PostgreSQL 15.</summary>
public sealed class DeferrableKeyTests : IDisposable
{
    private const string IdTaken = "Key (id)=(2) already exists.";
    private const string KTaken = "Key (k)=(2) already exists.";

    private readonly TestEngine _engine = new();

    public DeferrableKeyTests() =>
        _engine.Run("create table d (id int primary key deferrable, k int unique deferrable initially deferred, w int); insert into d values (1, 1, 0), (2, 2, 0), (3, 3, 0)");

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Keys_may_meet_while_a_statement_runs()
    {
        _engine.Run("update d set id = id + 1");
        _engine.Run("update d set k = 4 - k");
        Assert.Equal(["2|3|0", "3|2|0", "4|1|0"], _engine.Run("select * from d order by id"));
        Assert.Equal(["3"], _engine.Run("select id from d where k = 2"));
    }

    [Theory]
    [InlineData("update d set id = 2 where id = 3", "d_pkey", IdTaken)]
    [InlineData("insert into d values (2, 9, 0)", "d_pkey", IdTaken)]
    [InlineData("insert into d values (7, 7, 0), (7, 8, 0)", "d_pkey", "Key (id)=(7) already exists.")]
    [InlineData("insert into d values (9, 2, 0)", "d_k_key", KTaken)]
    [InlineData("update d set k = 2", "d_k_key", KTaken)]
    public void A_duplicate_that_is_left_fails_the_statement(string statement, string constraint, string detail)
    {
        SqlException error = _engine.Fails(statement);
        Assert.Equal(("23505", $"duplicate key value violates unique constraint \"{constraint}\"", detail), (error.State.Code, error.Message, error.Detail));
        Assert.Equal(("public", "d", constraint), (error.SchemaName, error.TableName, error.ConstraintName));
        Assert.Equal(["1|1", "2|2", "3|3"], _engine.Run("select id, k from d order by id"));
    }

    [Fact]
    public void A_deferred_key_is_checked_at_the_end_of_the_transaction()
    {
        Commits("insert into d values (9, 2, 0)", "update d set k = 99 where id = 9");
        Fails("d_k_key", KTaken, "insert into d values (10, 2, 0)", "select 1");
        Assert.Equal(["1|1", "2|2", "3|3", "9|99"], _engine.Run("select id, k from d order by id"));
    }

    [Fact]
    public void A_row_that_is_gone_or_has_another_key_violates_nothing()
    {
        Commits("update d set k = 2 where id = 1", "delete from d where id = 1");
        Commits("update d set k = 2 where id = 3", "update d set k = 7 where id = 2");
        Commits("update d set k = 7 where id = 3", "update d set k = 2 where id = 2");
        Assert.Equal(["2|2", "3|7"], _engine.Run("select id, k from d order by id"));
        Fails("d_k_key", KTaken, "insert into d values (10, 2, 0)", "delete from d where id = 10", "insert into d values (11, 2, 0)");
    }

    [Fact]
    public void Duplicates_are_seen_by_every_plan_meanwhile()
    {
        ReplayOutcome outcome = _engine.Order(_engine.Body(
            "insert into d values (9, 2, 0)", "update d set w = w + (select count(*) from d where k = 2)", "update d set w = w + 10 where k = 2", "delete from d where id = 9"));
        Assert.True(outcome.IsCommitted);
        Assert.Equal(["1|2", "2|12", "3|2"], _engine.Run("select id, w from d order by id"));
    }

    [Theory]
    [InlineData("insert into d values (2, 50, 0) on conflict (id) do nothing", "d_pkey")]
    [InlineData("insert into d values (2, 50, 0) on conflict (k) do update set w = 1", "d_k_key")]
    [InlineData("insert into d values (2, 50, 0) on conflict on constraint d_pkey do nothing", "d_pkey")]
    [InlineData("insert into d values (78, 78, 0) on conflict do nothing", "d_pkey")]
    public void It_is_no_arbiter_of_a_conflict(string statement, string constraint)
    {
        SqlException error = _engine.Fails(statement);
        Assert.Equal(
            ("55000", "ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters", constraint),
            (error.State.Code, error.Message, error.ConstraintName));
    }

    [Theory]
    [InlineData("create table fr (a int references d)", "cannot use a deferrable primary key for referenced table \"d\"")]
    [InlineData("create table fr (a int references d (k))", "cannot use a deferrable unique constraint for referenced table \"d\"")]
    [InlineData("create table fr (a int, foreign key (a) references d (id))", "cannot use a deferrable unique constraint for referenced table \"d\"")]
    public void No_foreign_key_references_it(string statement, string message)
    {
        SqlException error = _engine.Fails(statement);
        Assert.Equal(("55000", message), (error.State.Code, error.Message));
    }

    [Theory]
    [InlineData("alter table d add primary key (k)", "42P16", "multiple primary keys for table \"d\" are not allowed")]
    [InlineData("alter table d alter id drop not null", "42P16", "column \"id\" is in a primary key")]
    [InlineData("insert into d values (null, 5, 0)", "23502", "null value in column \"id\" of relation \"d\" violates not-null constraint")]
    [InlineData("alter table d alter constraint d_pkey not deferrable", "42809", "constraint \"d_pkey\" of relation \"d\" is not a foreign key constraint")]
    [InlineData("select id, w from d group by id", "42803", "column \"d.w\" must appear in the GROUP BY clause or be used in an aggregate function")]
    [InlineData("create table e (a int check (a > 0) deferrable)", "42601", "misplaced DEFERRABLE clause")]
    public void It_is_the_primary_key_that_it_says(string statement, string code, string message)
    {
        SqlException error = _engine.Fails(statement);
        Assert.Equal((code, message), (error.State.Code, error.Message));
    }

    [Fact]
    public void Several_columns_and_nulls()
    {
        _engine.Run("create table pk2 (a int, b int, primary key (a, b) deferrable); insert into pk2 values (1, 1), (1, 2); update pk2 set b = 3 - b");
        Assert.Equal(["1|1", "1|2"], _engine.Run("select * from pk2 order by 1, 2"));
        Assert.Equal("Key (a, b)=(5, 1) already exists.", _engine.Fails("insert into pk2 values (5, 1), (5, 1), (6, 1), (6, 1)").Detail);
        _engine.Run("insert into d values (20, null, 0), (21, null, 0)");
        _engine.Run("create table m (a int, constraint mu unique nulls not distinct (a) deferrable initially deferred)");
        Assert.Equal("Key (a)=(null) already exists.", _engine.Fails("insert into m values (null), (null)").Detail);
        Commits("insert into m values (null), (null)", "delete from m");
    }

    [Fact]
    public void It_is_added_to_rows_that_satisfy_it_and_dropped_again()
    {
        _engine.Run("create table n (a int, b int); insert into n values (2, 1), (2, 2)");
        SqlException refused = _engine.Fails("alter table n add unique (a) deferrable initially deferred");
        Assert.Equal(("23505", "could not create unique index \"n_a_key\"", "Key (a)=(2) is duplicated."), (refused.State.Code, refused.Message, refused.Detail));
        _engine.Run("alter table n add constraint nb primary key (b) deferrable");
        _engine.Run("update n set b = 3 - b");
        Assert.Equal("23505", _engine.Fails("insert into n values (1, 1)").State.Code);
        Assert.Equal("23505", _engine.Fails("alter table n alter b type int using 1").State.Code);
        _engine.Run("alter table n drop constraint nb; insert into n values (1, 1)");
        Assert.Equal(["2|2", "2|1", "1|1"], _engine.Run("select * from n"));
        _engine.Run("truncate d; insert into d values (1, 1, 1); alter table d alter k type bigint; update d set k = 5");
        Assert.Equal(["1|5|1"], _engine.Run("select * from d where k = 5 and id = 1"));
        _engine.Run("alter table d drop column k; drop table d");
    }

    [Fact]
    public void A_cascade_meets_it_when_all_its_rows_are_written()
    {
        _engine.Run("create table p (id int primary key); create table c (p int unique deferrable references p on update cascade); insert into p values (1), (5); insert into c values (1), (5)");
        _engine.Run("update p set id = id + 10");
        Assert.Equal(["11", "15"], _engine.Run("select p from c order by 1"));
    }

    [Fact]
    public void Definitions_wait_for_pending_checks()
    {
        ReplayOutcome outcome = _engine.Order(_engine.Body("insert into d values (9, 2, 0)", "alter table d add x int"));
        Assert.Equal(("55006", "cannot ALTER TABLE \"d\" because it has pending trigger events"), (outcome.Error!.State.Code, outcome.Error.Message));
        Commits("insert into d values (9, 9, 0)", "alter table d add x int");
    }

    [Fact]
    public void A_key_that_is_not_deferrable_is_checked_row_by_row()
    {
        _engine.Run("create table n (a int unique); insert into n values (1), (2), (3)");
        SqlException error = _engine.Fails("update n set a = a + 1");
        Assert.Equal(("23505", "Key (a)=(2) already exists."), (error.State.Code, error.Detail));
    }

    private void Commits(params string[] statements)
    {
        ReplayOutcome outcome = _engine.Order(_engine.Body(statements));
        Assert.True(outcome.IsCommitted, outcome.Error?.Message);
    }

    private void Fails(string constraint, string detail, params string[] statements)
    {
        SqlException error = _engine.Order(_engine.Body(statements)).Error!;
        Assert.Equal(("23505", constraint, detail), (error.State.Code, error.ConstraintName, error.Detail));
    }
}
