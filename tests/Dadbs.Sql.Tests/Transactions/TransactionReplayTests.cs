using Dadbs.Sql.Catalog;
using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;
using Xunit;

namespace Dadbs.Sql.Tests.Transactions;

public sealed class TransactionReplayTests
{
    private static readonly string[] Stream =
    [
        "create table t(id serial primary key, a int unique, b text default 'x', c numeric(10,2), d timestamptz default now())",
        "create index on t(b, c desc)",
        "insert into t (a, c) values (3, 1.50), (1, 2.25), (2, 0)",
        "insert into t (a) values (1) on conflict (a) do update set b = 'again', c = t.c + 1",
        "insert into t (a) values (1)",
        "update t set b = b || a::text where a > 1",
        "create view v as select * from t where c > 0",
        "delete from t where id = 1",
        "alter table t add column e double precision default random()",
        "alter table t add column f int default 7",
        "create table u (a int, big text)",
        "insert into u select a, b from t",
        "truncate u",
        "analyze",
        "drop view v",
        "select nextval('t_id_seq')",
        "comment on table t is 'kept'",
        "not sql at all",
    ];

    [Fact]
    public void The_same_bodies_give_the_same_roots_on_another_engine()
    {
        using var first = new TestEngine();
        using var second = new TestEngine();
        var outcomes = new List<bool>();
        foreach (string statement in Stream) outcomes.Add(first.Order(first.Body(statement)).IsCommitted);
        for (int i = 0; i < first.Ordered.Count; i++)
        {
            ReplayOutcome outcome = second.Order(first.Ordered[i]);
            Assert.Null(outcome.UnexpectedException);
            Assert.Equal(outcomes[i], outcome.IsCommitted);
        }

        Assert.Equal(first.Root, second.Root);
        Assert.Equal([false, false], outcomes.Where(o => !o));
    }

    [Fact]
    public void All_statements_of_a_body_are_kept_or_none()
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int primary key)");
        ReplayOutcome outcome = engine.Order(engine.Body("insert into t values (1)", "insert into t values (2)", "insert into t values (1)"));
        Assert.False(outcome.IsCommitted);
        Assert.Equal(2, outcome.FailedStatement);
        Assert.Equal("23505", outcome.Error!.State.Code);
        Assert.Empty(engine.Run("select * from t"));
    }

    [Fact]
    public void Later_statements_are_bound_after_earlier_ones()
    {
        using var engine = new TestEngine();
        Assert.True(engine.Order(engine.Body("create table t(a int)", "insert into t values (1)", "alter table t add column b int default 2", "insert into t values (3, 4)")).IsCommitted);
        Assert.Equal(["1|2", "3|4"], engine.Run("select * from t order by a"));
    }

    /// <summary>Plans are kept by their text: what else they depend on must not be another's.</summary>
    [Fact]
    public void A_text_that_comes_again_means_what_it_means_at_its_place()
    {
        using var engine = new TestEngine();
        engine.Run("create schema other; create table t(a int primary key, b text); create table other.t(a int primary key, b text)");
        TransactionBody Upsert(string key, string value, params CapturedSetting[] settings) => engine.Body() with
        {
            Settings = settings,
            Statements =
            [
                new CarriedStatement
                {
                    Text = "insert into t values ($1, $2) on conflict (a) do update set b = t.b || excluded.b",
                    ParameterTypes = [25, 25],
                    Parameters = [System.Text.Encoding.UTF8.GetBytes(key), System.Text.Encoding.UTF8.GetBytes(value)],
                },
            ],
        };
        TransactionBody Typed(byte key, string value) => Upsert("", value) with
        {
            Statements = [Upsert("", value).Statements[0] with { ParameterTypes = [23, 25], Parameters = [[0, 0, 0, key], System.Text.Encoding.UTF8.GetBytes(value)] }],
        };

        // $1 declared as text does not fit the integer: 42804. Declared as integer it does.
        ReplayOutcome[] outcomes = engine.OrderInOneBlock(
            Typed(1, "p"), Upsert("1", "x"), Typed(1, "q"), Typed(1, "r") with { Settings = [new CapturedSetting("search_path", "other")] }, Typed(2, "s"), Typed(1, "t"));
        Assert.Equal([true, false, true, true, true, true], outcomes.Select(outcome => outcome.IsCommitted));
        Assert.Equal("42804", outcomes[1].Error!.State.Code);
        Assert.Equal(["1|pqt", "2|s"], engine.Run("select * from t order by a"));
        Assert.Equal(["1|r"], engine.Run("select * from other.t order by a"));

        engine.Run("drop table t; create table t(a int primary key, b text check (b <> 'no'), c text default 'new')");
        Assert.Equal([true, false, true], engine.OrderInOneBlock(Typed(1, "u"), Typed(2, "no"), Typed(1, "v")).Select(outcome => outcome.IsCommitted));
        Assert.Equal(["1|uv|new"], engine.Run("select * from t"));
    }

    [Fact]
    public void A_used_sequence_is_refused_as_a_duplicate()
    {
        using var engine = new TestEngine();
        Overlay block = new(engine.Current);
        TransactionOrigin origin = Origin(engine);
        byte[] body = TransactionBodyCodec.Encode(engine.Body("create table t(a int)"));
        Assert.True(TransactionReplay.Replay(body, origin, block, Environment(engine), null).IsCommitted);
        ReplayOutcome again = TransactionReplay.Replay(body, origin, block, Environment(engine), null);
        Assert.True(again.IsDuplicate);
        Assert.False(again.IsCommitted);
    }

    [Theory]
    [InlineData("unknown key", "42501")]
    [InlineData("other role", "42501")]
    [InlineData("expired", "40001")]
    [InlineData("clock too old", "40001")]
    [InlineData("clock ahead", "40001")]
    [InlineData("malformed", "08P01")]
    [InlineData("upper isolation", "08P01")]
    [InlineData("assertions", "08P01")]
    [InlineData("wrong result types", "0A000")]
    [InlineData("wrong digest", "40001")]
    [InlineData("missing digest", "08P01")]
    [InlineData("session statement", "0A000")]
    [InlineData("too few parameters", "08P01")]
    public void A_bad_transaction_is_an_outcome_without_effects(string fault, string state)
    {
        using var engine = new TestEngine();
        engine.Run("create table t(a int)");
        TransactionBody body = engine.Body("insert into t values (1) returning a");
        TransactionOrigin origin = Origin(engine);
        CarriedStatement statement = body.Statements[0];
        switch (fault)
        {
            case "unknown key": origin = origin with { PublicKey = new byte[33] }; break;
            case "other role": origin = origin with { RoleOid = 99 }; break;
            case "expired": origin = origin with { ExpiryMicros = engine.BlockTime - 1 }; break;
            case "clock too old": body = body with { ClockMicros = engine.BlockTime - 3_600_000_001 }; break;
            case "clock ahead": body = body with { ClockMicros = engine.BlockTime + 3_600_000_000 }; break;
            case "upper isolation": body = body with { Isolation = TransactionIsolation.Serializable }; break;
            case "assertions": body = body with { Assertions = [new RowAssertion(0, 6, 1, [], [])] }; break;
            case "wrong result types": body = body with { Statements = [statement with { ExpectedTypes = [25] }] }; break;
            case "wrong digest": body = body with { Kind = TransactionKind.Explicit, Statements = [statement with { Digest = new byte[16] }] }; break;
            case "missing digest": body = body with { Kind = TransactionKind.Explicit }; break;
            case "session statement": body = body with { Statements = [new CarriedStatement { Text = "begin" }] }; break;
            case "too few parameters": body = body with { Statements = [new CarriedStatement { Text = "insert into t values ($1)" }] }; break;
        }

        byte[] bytes = TransactionBodyCodec.Encode(body);
        if (fault == "malformed") bytes = bytes[..^1];
        Overlay block = new(engine.Current);
        ReplayOutcome outcome = TransactionReplay.Replay(bytes, origin, block, Environment(engine), null);
        Assert.False(outcome.IsCommitted);
        Assert.Equal(state, outcome.Error!.State.Code);
        Assert.Null(outcome.UnexpectedException);
        TableDescriptor table = (TableDescriptor)engine.Catalog.Relations.First(r => r.Name == "t");
        Assert.Equal(0, block.CountEntries(table.Rows));
    }

    [Fact]
    public void A_revoked_key_may_not_act()
    {
        using var engine = new TestEngine();
        Overlay block = new(engine.Current);
        new CatalogWriter(block, 6).Put(new RoleKeyDescriptor(10, TestDatabase.NodeKey, IsRevoked: true));
        ReplayOutcome outcome = TransactionReplay.Replay(
            TransactionBodyCodec.Encode(engine.Body("create table t(a int)")), Origin(engine), block, Environment(engine), null);
        Assert.Equal("42501", outcome.Error!.State.Code);
    }

    [Fact]
    public void Leases_are_granted_and_told_to_the_observer()
    {
        using var engine = new TestEngine();
        engine.Run("create sequence s");
        uint oid = engine.Catalog.Relations.First(r => r.Name == "s").Oid;
        var recorder = new TestEngine.Recorder();
        TransactionBody body = engine.Body() with { Kind = TransactionKind.Leases, LeaseRequests = [new LeaseRequest(oid, 5)] };
        Assert.True(engine.Order(body, recorder).IsCommitted);
        Assert.Equal([(oid, 1L, 1L, 5)], recorder.Leases);
    }

    private static TransactionOrigin Origin(TestEngine engine) =>
        new(TestDatabase.NodeKey, WellKnownOids.SuperuserRole, 77, 1, engine.BlockTime + 60_000_000);

    private static ReplayEnvironment Environment(TestEngine engine) =>
        new() { BlockHeight = 1, BlockTimeMicros = engine.BlockTime, Engine = engine.Engine, Catalogs = engine.Catalogs };
}
