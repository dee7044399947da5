using Dadbs.Sql.Catalog;
using Dadbs.Sql.Statements;
using Dadbs.Sql.Statements.ForeignKeys;
using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;
using Xunit;

namespace Dadbs.Sql.Tests.Transactions;

/// <summary>Foreign keys and unique keys that wait for the end of their transaction, in a session and at the transaction's place in the order.</summary>
public sealed class DeferredConstraintsTests
{
    private const string Tables = "create table p(a int primary key); create table c(id int primary key, x int references p deferrable initially deferred)";

    private const string Keys = "create table k(a int primary key deferrable, b int unique deferrable initially deferred); insert into k values (1, 1), (2, 2)";

    [Fact]
    public void A_string_of_statements_is_checked_at_its_end()
    {
        using var engine = new TestEngine();
        engine.Run(Tables);
        Assert.True(engine.Order(engine.Body("insert into c values (1, 5)", "insert into p values (5)")).IsCommitted);
        ReplayOutcome refused = engine.Order(engine.Body("insert into c values (2, 6)", "insert into p values (7)"));
        Assert.Equal(("23503", 1), (refused.Error!.State.Code, refused.FailedStatement));
        Assert.Equal("Key (x)=(6) is not present in table \"p\".", refused.Error.Detail);
        Assert.Equal(["5"], engine.Run("select a from p"));
    }

    [Fact]
    public void A_session_refuses_at_commit_what_replay_would_refuse()
    {
        using var engine = new TestEngine();
        engine.Run(Tables);
        using LocalTransaction session = Begin(engine);
        Run(engine, session, "insert into c values (1, 5)");
        Assert.Equal("23503", Assert.Throws<SqlException>(session.CheckDeferredConstraints).State.Code);
    }

    [Fact]
    public void A_target_that_another_transaction_removed_meanwhile_is_a_difference()
    {
        using var engine = new TestEngine();
        engine.Run(Tables + "; insert into p values (5)");
        using LocalTransaction session = Begin(engine);
        Run(engine, session, "insert into c values (1, 5)");
        session.CheckDeferredConstraints();
        engine.Run("delete from p");
        Assert.Equal("40001", engine.Order(session.ToBody()).Error!.State.Code);
    }

    [Fact]
    public void A_session_refuses_at_commit_a_key_that_two_rows_have()
    {
        using var engine = new TestEngine();
        engine.Run(Keys);
        using LocalTransaction session = Begin(engine);
        Run(engine, session, "insert into k values (3, 1)");
        SqlException error = Assert.Throws<SqlException>(session.CheckDeferredConstraints);
        Assert.Equal(("23505", "Key (b)=(1) already exists."), (error.State.Code, error.Detail));
        Run(engine, session, "update k set b = 3 where a = 3");
        session.CheckDeferredConstraints();
        engine.Run("insert into k values (7, 7)");
        Assert.True(engine.Order(session.ToBody()).IsCommitted);
        Assert.Equal(["1|1", "2|2", "3|3", "7|7"], engine.Run("select a, b from k order by a"));
    }

    [Theory]
    [InlineData("insert into k values (3, 3)", "insert into k values (3, 9)")]
    [InlineData("insert into k values (3, 3)", "update k set b = 3 where a = 1")]
    [InlineData("update k set a = a + 1", "insert into k values (3, 9)")]
    public void A_key_that_another_transaction_took_meanwhile_is_a_difference(string mine, string others)
    {
        using var engine = new TestEngine();
        engine.Run(Keys);
        using LocalTransaction session = Begin(engine);
        Run(engine, session, mine);
        session.CheckDeferredConstraints();
        engine.Run(others);
        Assert.Equal("40001", engine.Order(session.ToBody()).Error!.State.Code);
    }

    [Fact]
    public void Rows_are_of_the_transaction_in_its_session_and_after_its_replay()
    {
        using var engine = new TestEngine();
        engine.Run(Keys);
        using LocalTransaction session = Begin(engine);
        string own = ((uint)TransactionIds.Of(engine.Inputs().Seed)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Run(engine, session, "insert into k values (3, 3)");
        Run(engine, session, $"update k set b = 4 where xmin = '{own}' and a = 3 returning xmin");
        Assert.True(engine.Order(session.ToBody()).IsCommitted);
        Assert.Equal([$"4|{own}"], engine.Run("select b, xmin from k where a = 3"));
    }

    [Fact]
    public void What_waits_is_bounded_by_its_bytes_until_it_is_checked_or_undone()
    {
        var deferred = new DeferredConstraints();
        object empty = deferred.Mark;
        deferred.Add(new Held(1, TransactionLimits.DeferredBytesMax - 10));
        deferred.Add(new Held(2, 10));
        Assert.Equal("54000", Assert.Throws<SqlException>(() => deferred.Add(new Held(2, 1))).State.Code);
        deferred.Set([2], deferred: false, null!);
        deferred.Add(new Held(2, 10));
        Assert.Equal("54000", Assert.Throws<SqlException>(() => deferred.Add(new Held(2, 1))).State.Code);
        deferred.RollbackTo(empty);
        deferred.Add(new Held(1, TransactionLimits.DeferredBytesMax));
        deferred.CheckAll(null!);
        deferred.Add(new Held(1, TransactionLimits.DeferredBytesMax));
    }

    [Fact]
    public void Keys_and_values_of_a_check_count()
    {
        Datum text = Datum.FromString(new string('x', 5000));
        Assert.InRange(new UniqueKeyEvent(1, 1, new byte[5000], 8).HeldBytes, 5000, 6000);
        Assert.InRange(new ReferencingRowEvent(1, new byte[5000], [text]).HeldBytes, 10_000, 11_000);
        Assert.InRange(new ReferencedKeyEvent(1, [text], null).HeldBytes, 5000, 6000);
        Assert.InRange(new ReferencedKeyEvent(1, [text], [text]).HeldBytes, 10_000, 11_000);
    }

    /// <summary>A check that passes.</summary>
    private sealed record Held(uint ConstraintOid, long Bytes) : ConstraintEvent(ConstraintOid)
    {
        public override long HeldBytes => Bytes;

        public override void Settle(StatementContext context)
        {
        }

        public override TableDescriptor? Written(CatalogSnapshot catalog) => null;
    }

    private static LocalTransaction Begin(TestEngine engine)
    {
        TransactionInputs inputs = engine.Inputs();
        return new LocalTransaction(engine.Current, new LocalTransactionInputs
        {
            Catalogs = engine.Catalogs,
            DatabaseOid = WellKnownOids.DadbsDatabase,
            ClockMicros = inputs.ClockMicros,
            Seed = inputs.Seed!,
            Settings = inputs.Settings,
            NewContext = (transaction, state, writable, parameters, index) => inputs.NewContext(state, writable, transaction.Catalog, parameters, index, null!),
        });
    }

    private static void Run(TestEngine engine, LocalTransaction session, string text)
    {
        PreparedStatement statement = engine.Engine.PrepareSingle(text, [], engine.Inputs().Planning(session.Catalog));
        using StatementCursor cursor = session.Write(statement, []);
        while (cursor.MoveNext())
        {
        }
    }
}
