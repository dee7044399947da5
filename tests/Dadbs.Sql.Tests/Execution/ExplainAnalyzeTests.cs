using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;
using Xunit;

namespace Dadbs.Sql.Tests.Execution;

/// <summary>EXPLAIN ANALYZE: counts of plan nodes; what writes is executed; what it tells is no part of an outcome.</summary>
public sealed class ExplainAnalyzeTests
{
    private const string Setup = "create table t(a int primary key, b int); insert into t select i, i % 3 from generate_series(1, 100) i";

    [Fact]
    public void Rows_and_loops_stand_by_their_nodes()
    {
        using var engine = new TestEngine();
        engine.Run(Setup);
        Assert.Equal(
            [
                "Nested Loop  (actual rows=2 loops=1)",
                "  ->  Index Scan using t_pkey on t x  (actual rows=2 loops=1)",
                "        Index Cond: (x.a < 3)",
                "  ->  Index Scan using t_pkey on t y  (actual rows=1 loops=2)",
                "        Index Cond: (x.b = y.a)",
            ],
            engine.Run("explain (analyze, timing off, costs off, summary off) select * from t x join t y on x.b = y.a where x.a < 3"));
    }

    [Fact]
    public void A_modification_is_executed()
    {
        using var engine = new TestEngine();
        engine.Run(Setup);
        Assert.Equal(
            ["Delete on t  (actual rows=0 loops=1)", "  ->  Index Scan using t_pkey on t  (actual rows=2 loops=1)", "        Index Cond: (a < 3)"],
            engine.Run("explain (analyze, costs off) delete from t where a < 3"));
        Assert.Equal(["98"], engine.Run("select count(*) from t"));
        engine.Run("explain delete from t");
        Assert.Equal(["98"], engine.Run("select count(*) from t"));
    }

    [Fact]
    public void What_it_tells_is_no_part_of_the_outcome()
    {
        using var engine = new TestEngine();
        engine.Run(Setup);
        PreparedStatement statement = engine.Engine.PrepareSingle("explain analyze delete from t where a = 5", [], engine.Inputs().Planning(engine.Catalog));
        Assert.False(statement.IsReadOnly);
        byte[] DigestOf(string line)
        {
            OutcomeDigest digest = OutcomeDigest.Of(statement);
            digest.AddRow([Datum.FromString(line)]);
            return digest.Finish("EXPLAIN");
        }

        Assert.Equal(DigestOf("Execution Time: 1.000 ms"), DigestOf("Execution Time: 2.000 ms"));
    }

    [Theory]
    [InlineData("explain (wal) select 1", "22023", "EXPLAIN option WAL requires ANALYZE")]
    [InlineData("explain (timing) select 1", "22023", "EXPLAIN option TIMING requires ANALYZE")]
    [InlineData("explain (format foo) select 1", "22023", "unrecognized value for EXPLAIN option \"format\": \"foo\"")]
    [InlineData("explain (nope) select 1", "42601", "unrecognized EXPLAIN option \"nope\"")]
    [InlineData("explain (analyze maybe) select 1", "42601", "analyze requires a Boolean value")]
    public void Options_are_refused_in_PostgreSQLs_words(string statement, string state, string message)
    {
        using var engine = new TestEngine();
        SqlException error = engine.Fails(statement);
        Assert.Equal((state, message), (error.State.Code, error.Message));
    }
}
