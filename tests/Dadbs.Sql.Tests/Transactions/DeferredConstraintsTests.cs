using Dadbs.Sql.Catalog;
using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;
using Xunit;

namespace Dadbs.Sql.Tests.Transactions;

/// <summary>Foreign keys that wait for the end of their transaction, in a session and at the transaction's place in the order.</summary>
public sealed class DeferredConstraintsTests
{
    private const string Tables = "create table p(a int primary key); create table c(id int primary key, x int references p deferrable initially deferred)";

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
