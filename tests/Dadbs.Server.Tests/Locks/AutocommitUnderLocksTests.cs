using Dadbs.Server.Tests.Wire;
using Dadbs.Sql.Transactions;
using Npgsql;

namespace Dadbs.Server.Tests.Locks;

/// <summary>Autocommit statements beside a transaction block of the same node that uses their table.</summary>
public sealed class AutocommitUnderLocksTests : IAsyncLifetime
{
    private WireHost _host = null!;
    private NpgsqlConnection _block = null!;
    private NpgsqlConnection _other = null!;

    public async Task InitializeAsync()
    {
        _host = await WireHost.StartAsync();
        _block = await _host.OpenAsync();
        _other = await _host.OpenAsync();
        await ExecuteAsync(_block, "create table t (id int primary key, v int); insert into t values (1, 0), (2, 0)");
        await ExecuteAsync(_block, "begin");
        await ExecuteAsync(_block, "update t set v = 1 where id = 1");
    }

    public async Task DisposeAsync()
    {
        await _block.DisposeAsync();
        await _other.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Answers_that_are_too_many_to_be_held_come_from_the_order()
    {
        await using (var command = new NpgsqlCommand("insert into t select i, 0 from generate_series(10, 6009) i returning id, repeat('x', 1000)", _other))
        await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync())
        {
            int expected = 10;
            while (await reader.ReadAsync()) Assert.Equal(expected++, reader.GetInt32(0));
            Assert.Equal(6010, expected);
        }

        Assert.Equal(TransactionKind.OrderedFirst, _host.Pipeline.LastKind);
        await ExecuteAsync(_other, "insert into t values (7000, 0)");
        Assert.Equal(TransactionKind.Explicit, _host.Pipeline.LastKind);
        await ExecuteAsync(_block, "commit");
    }

    /// <summary>Four times under locks and once ordered where the replay differs; once where another attempt would meet the same.</summary>
    [Theory]
    [InlineData(0, 5)]
    [InlineData(-1, 1)]
    public async Task What_differs_is_tried_again_and_what_is_refused_is_not(int failedStatement, int attempts)
    {
        _host.Pipeline.Doomed = "v + 7";
        _host.Pipeline.DoomedStatement = failedStatement;
        int before = _host.Pipeline.Submissions;
        Assert.Equal("40001", (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(_other, "update t set v = v + 7 where id = 2"))).SqlState);
        Assert.Equal(attempts, _host.Pipeline.Submissions - before);
    }

    [Theory]
    [InlineData("lock table u, t in share mode")]
    [InlineData("lock table u, t in share mode nowait")]
    public async Task A_lock_does_not_wait_longer_for_writes_under_way_than_lock_timeout(string statement)
    {
        await ExecuteAsync(_block, "rollback");
        await ExecuteAsync(_block, "create table u (id int primary key)");
        await ExecuteAsync(_block, "begin");
        await ExecuteAsync(_block, "set local lock_timeout = '30ms'");
        int before = _host.Pipeline.Submissions;
        _host.Pipeline.Gate = new SemaphoreSlim(0);
        Task write = ExecuteAsync(_other, "insert into t values (3, 0)");
        while (_host.Pipeline.Submissions == before) await Task.Delay(5);
        PostgresException refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(_block, statement));
        Assert.Equal(("55P03", "canceling statement due to lock timeout"), (refused.SqlState, refused.MessageText));
        _host.Pipeline.Gate.Release(1000);
        await write;
        await ExecuteAsync(_block, "rollback");
        await ExecuteAsync(_block, "begin");
        await ExecuteAsync(_block, statement);
        await ExecuteAsync(_block, "rollback");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }
}
