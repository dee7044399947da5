using Dadbs.Server.Tests.Wire;
using Npgsql;

namespace Dadbs.Server.Tests.Locks;

/// <summary>Locks between submission and execution: a gate holds what was submitted, so that the order of events is the test's.</summary>
public sealed class HandOverTests : IAsyncLifetime, IDisposable
{
    private WireHost _host = null!;
    private SemaphoreSlim _gate = null!;

    public async Task InitializeAsync()
    {
        _host = await WireHost.StartAsync();
        await using NpgsqlConnection setup = await _host.OpenAsync();
        await ExecuteAsync(setup, "create table t (id int primary key, v int, u int unique)");
        await ExecuteAsync(setup, "insert into t values (1, 0, 1), (2, 0, 2)");
        _gate = new SemaphoreSlim(0);
        _host.Pipeline.Gate = _gate;
    }

    public async Task DisposeAsync()
    {
        _gate.Release(100);
        await _host.DisposeAsync();
    }

    public void Dispose() => _gate.Dispose();

    [Fact]
    public async Task A_submitted_row_is_worked_on_before_it_is_executed_and_nobody_else_sees_it()
    {
        await using NpgsqlConnection a = await _host.OpenAsync(), b = await _host.OpenAsync(), c = await _host.OpenAsync();
        await ExecuteAsync(a, "begin");
        await ExecuteAsync(a, "update t set v = v + 1 where id = 1");
        Task first = ExecuteAsync(a, "commit");
        await ExecuteAsync(b, "begin");
        Assert.Equal(10, await AskAsync(b, "update t set v = v * 10 where id = 1 returning v"));
        Assert.Equal(10, await AskAsync(b, "select v from t where id = 1"));
        Assert.Equal(0, await AskAsync(c, "select v from t where id = 1"));
        Task second = ExecuteAsync(b, "commit");
        Assert.False(first.IsCompleted || second.IsCompleted);
        _gate.Release(2);
        await first;
        await second;
        Assert.Equal(10, await AskAsync(c, "select v from t where id = 1"));
    }

    [Fact]
    public async Task When_the_earlier_transaction_fails_the_later_one_learns_it_at_its_next_statement()
    {
        await using NpgsqlConnection a = await _host.OpenAsync(), b = await _host.OpenAsync();
        _host.Pipeline.Doomed = "v + 1 where";
        await ExecuteAsync(a, "begin");
        await ExecuteAsync(a, "update t set v = v + 1 where id = 1");
        Task first = ExecuteAsync(a, "commit");
        await ExecuteAsync(b, "begin");
        Assert.Equal(10, await AskAsync(b, "update t set v = v * 10 where id = 1 returning v"));
        _gate.Release();
        Assert.Equal("40001", (await Assert.ThrowsAsync<PostgresException>(() => first)).SqlState);
        Assert.Equal("40001", (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(b, "select 1"))).SqlState);
        await ExecuteAsync(b, "rollback");
        Assert.Equal(0, await AskAsync(b, "select v from t where id = 1"));
    }

    [Fact]
    public async Task When_the_earlier_transaction_fails_replay_decides_about_a_submitted_one()
    {
        await using NpgsqlConnection a = await _host.OpenAsync(), b = await _host.OpenAsync(), c = await _host.OpenAsync();
        _host.Pipeline.Doomed = "v + 1 where";
        await ExecuteAsync(a, "begin");
        await ExecuteAsync(a, "update t set v = v + 1 where id = 1");
        Task first = ExecuteAsync(a, "commit");
        await ExecuteAsync(b, "begin");
        await ExecuteAsync(b, "update t set v = v + 5 where id = 1");
        Task answerDependsNot = ExecuteAsync(b, "commit");
        await ExecuteAsync(c, "begin");
        Assert.Equal(13, await AskAsync(c, "update t set v = v + 7 where id = 1 returning v"));
        Task answerDepends = ExecuteAsync(c, "commit");
        _gate.Release(3);
        Assert.Equal("40001", (await Assert.ThrowsAsync<PostgresException>(() => first)).SqlState);
        await answerDependsNot;
        Assert.Equal("40001", (await Assert.ThrowsAsync<PostgresException>(() => answerDepends)).SqlState);
        Assert.Equal(5, await AskAsync(a, "select v from t where id = 1"));
    }

    [Fact]
    public async Task A_hot_row_passes_through_many_sessions_within_one_wait()
    {
        const int sessions = 12;
        var connections = new List<NpgsqlConnection>();
        var commits = new List<Task>();
        for (int i = 0; i < sessions; i++)
        {
            NpgsqlConnection session = await _host.OpenAsync();
            connections.Add(session);
            await ExecuteAsync(session, "begin");
            Assert.Equal(i + 1, await AskAsync(session, "update t set v = v + 1 where id = 1 returning v"));
            commits.Add(ExecuteAsync(session, "commit"));
        }

        _gate.Release(sessions);
        await Task.WhenAll(commits);
        Assert.Equal(sessions, await AskAsync(connections[0], "select v from t where id = 1"));
        foreach (NpgsqlConnection session in connections) await session.DisposeAsync();
    }

    [Theory]
    [InlineData("update t set u = 10 where id = 1")]
    [InlineData("delete from t where id = 1")]
    [InlineData("update t set id = 10 where id = 1")]
    public async Task A_row_of_which_more_than_the_image_changes_is_waited_for_until_it_is_executed(string change)
    {
        await using NpgsqlConnection a = await _host.OpenAsync(), b = await _host.OpenAsync();
        await ExecuteAsync(a, "begin");
        await ExecuteAsync(a, change);
        Task first = ExecuteAsync(a, "commit");
        await ExecuteAsync(b, "begin");
        Assert.Equal("55P03", (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(b, "select * from t where id = 1 for update nowait"))).SqlState);
        await ExecuteAsync(b, "rollback");
        await ExecuteAsync(b, "begin");
        Task second = ExecuteAsync(b, "update t set v = v + 1 where id = 1");
        Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(50)));
        _gate.Release(2);
        await first;
        await second;
        await ExecuteAsync(b, "commit");
    }

    [Fact]
    public async Task Skip_locked_passes_over_rows_whose_writer_is_not_executed()
    {
        await using NpgsqlConnection a = await _host.OpenAsync(), b = await _host.OpenAsync();
        await ExecuteAsync(a, "begin");
        await ExecuteAsync(a, "update t set v = 1 where id = 1");
        Task first = ExecuteAsync(a, "commit");
        Assert.Equal(2, await AskAsync(b, "select id from t order by id for update skip locked limit 1"));
        _gate.Release();
        await first;
        Assert.Equal(1, await AskAsync(b, "select id from t order by id for update skip locked limit 1"));
    }

    [Fact]
    public async Task Repeatable_read_waits_for_the_outcome()
    {
        await using NpgsqlConnection a = await _host.OpenAsync(), b = await _host.OpenAsync();
        await ExecuteAsync(a, "begin");
        await ExecuteAsync(a, "update t set v = 1 where id = 1");
        Task first = ExecuteAsync(a, "commit");
        await ExecuteAsync(b, "begin isolation level repeatable read");
        Task second = ExecuteAsync(b, "update t set v = v + 1 where id = 1");
        Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(50)));
        _gate.Release();
        await first;
        Assert.Equal("40001", (await Assert.ThrowsAsync<PostgresException>(() => second)).SqlState);
    }

    [Fact]
    public async Task An_autocommit_write_waits_for_a_block_that_holds_the_row()
    {
        _host.Pipeline.Gate = null;
        await using NpgsqlConnection a = await _host.OpenAsync(), b = await _host.OpenAsync();
        await ExecuteAsync(a, "begin");
        await ExecuteAsync(a, "update t set v = 3 where id = 1");
        Task<int> waiting = AskAsync(b, "update t set v = v + 1 where id = 1 returning v");
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(50)));
        Assert.Equal(1, await AskAsync(a, "select count(*)::int from pg_locks where not granted"));
        await ExecuteAsync(a, "commit");
        Assert.Equal(4, await waiting);
        Assert.Equal(0, await AskAsync(a, "select count(*)::int from pg_locks"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<int> AskAsync(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
