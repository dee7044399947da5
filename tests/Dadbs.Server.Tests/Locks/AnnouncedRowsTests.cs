using System.Text;
using Dadbs.Server.Locks;
using Dadbs.Server.Tests.Wire;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;
using Npgsql;

namespace Dadbs.Server.Tests.Locks;

public sealed class AnnouncedRowsTests
{
    private static readonly RelationId Jobs = new(5, 20_000);

    private readonly ManualClock _clock = new();
    private readonly AnnouncedRows _rows;

    public AnnouncedRowsTests()
    {
        _rows = new AnnouncedRows(_clock);
        Assert.False(_rows.Contains(Jobs, "a"u8));
    }

    [Fact]
    public void Rows_that_another_transaction_relies_on_or_chose_are_its_until_it_is_executed()
    {
        _rows.Announce(Id(1), Body(locked: "a", chosen: "b"));
        _rows.Announce(Id(2), Body(locked: "a"));
        Assert.True(_rows.Contains(Jobs, "a"u8) && _rows.Contains(Jobs, "b"u8));
        Assert.False(_rows.Contains(Jobs, "c"u8) || _rows.Contains(new RelationId(5, 20_001), "a"u8));
        _rows.Executed(Id(1));
        Assert.True(_rows.Contains(Jobs, "a"u8));
        Assert.False(_rows.Contains(Jobs, "b"u8));
        _rows.Executed(Id(2));
        Assert.False(_rows.Contains(Jobs, "a"u8));
    }

    [Fact]
    public void One_that_comes_twice_counts_once()
    {
        _rows.Announce(Id(1), Body(locked: "a"));
        _rows.Announce(Id(1), Body(locked: "a"));
        _rows.Executed(Id(1));
        Assert.False(_rows.Contains(Jobs, "a"u8));
    }

    [Fact]
    public void One_that_is_never_executed_is_forgotten()
    {
        _rows.Announce(Id(1), Body(locked: "a"));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(_rows.Contains(Jobs, "a"u8));
    }

    [Fact]
    public void Where_nobody_chooses_rows_nothing_is_noted()
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        _rows.Announce(Id(1), Body(locked: "a"));
        Assert.False(_rows.Contains(Jobs, "a"u8));
    }

    [Fact]
    public void What_cannot_be_read_says_nothing() => _rows.Announce(Id(1), [1, 2, 3]);

    [Fact]
    public async Task Skip_locked_passes_over_announced_rows_and_nothing_else_does()
    {
        await using WireHost host = await WireHost.StartAsync();
        await using NpgsqlConnection session = await host.OpenAsync();
        await AskAsync(session, "create table t (id int primary key); insert into t values (1), (2)");
        RelationId rows = host.Pipeline.Latest.Relations.Single(relation => relation.File >= 16_384);
        RangeCursor first = host.Pipeline.Latest.Scan(rows, KeyRange.All);
        Assert.True(first.MoveNext());
        Assert.False(host.Announced.Contains(rows, first.Key.Span));
        host.Announced.Announce(Id(1), Body(rows, first.Key.ToArray()));
        Assert.Equal(2, await AskAsync(session, "select id from t order by id for update skip locked limit 1"));
        Assert.Equal(1, await AskAsync(session, "select id from t order by id for update nowait limit 1"));
        host.Announced.Executed(Id(1));
        Assert.Equal(1, await AskAsync(session, "select id from t order by id for update skip locked limit 1"));
    }

    [Fact]
    public async Task Skip_locked_gives_announced_rows_to_whoever_holds_them()
    {
        await using WireHost host = await WireHost.StartAsync();
        await using NpgsqlConnection session = await host.OpenAsync();
        await AskAsync(session, "create table t (id int primary key); insert into t values (1), (2)");
        RelationId rows = host.Pipeline.Latest.Relations.Single(relation => relation.File >= 16_384);
        RangeCursor first = host.Pipeline.Latest.Scan(rows, KeyRange.All);
        Assert.True(first.MoveNext());
        await AskAsync(session, "begin");
        Assert.Equal(1, await AskAsync(session, "select id from t order by id for key share skip locked limit 1"));
        host.Announced.Announce(Id(1), Body(rows, first.Key.ToArray()));
        Assert.True(host.Announced.Contains(rows, first.Key.Span));
        Assert.Equal(1, await AskAsync(session, "select id from t order by id for key share skip locked limit 1"));
        Assert.Equal(1, await AskAsync(session, "select id from t order by id for update skip locked limit 1"));
        await AskAsync(session, "rollback");
        Assert.Equal(2, await AskAsync(session, "select id from t order by id for update skip locked limit 1"));
    }

    private static async Task<object?> AskAsync(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        return await command.ExecuteScalarAsync();
    }

    private static Hash256 Id(byte number) => Hash256.FromHex(number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture));

    private static byte[] Body(string locked, string? chosen = null) => Body(Jobs, Encoding.UTF8.GetBytes(locked), chosen is null ? null : Encoding.UTF8.GetBytes(chosen));

    private static byte[] Body(RelationId relation, byte[] locked, byte[]? chosen = null) => TransactionBodyCodec.Encode(new TransactionBody
    {
        Kind = TransactionKind.Explicit,
        DatabaseOid = 5,
        ClockMicros = 1,
        Seed = new byte[32],
        Assertions = [new RowAssertion(0, relation.Database, relation.File, locked, new byte[16])],
        Statements =
        [
            new CarriedStatement
            {
                Text = "delete from jobs",
                Digest = new byte[16],
                CapturedKeys = chosen is null ? [] : [new CapturedKeys(0, relation.Database, relation.File, [chosen])],
            },
        ],
    });

    private sealed class ManualClock : TimeProvider
    {
        private long _ticks;

        public override long GetTimestamp() => _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
