using Dadbs.Server.Tests.Wire;
using Npgsql;

namespace Dadbs.Server.Tests.Isolation;

/// <summary>
/// LOCK TABLE on one node and writers on another, which it cannot keep waiting: under every level the transaction that holds the table against writers does not commit if one of them came
/// between its lock and its place in the order.
/// </summary>
public sealed class LockTableAcrossNodesTests : IAsyncLifetime
{
    private WireHost _here = null!;
    private WireHost _there = null!;

    public async Task InitializeAsync()
    {
        _here = await WireHost.StartAsync();
        _there = await _here.StartOtherNodeAsync();
        await using NpgsqlConnection connection = await _here.OpenAsync();
        await ExecuteAsync(connection, "create table t (id int primary key, v int); create table empty (id int primary key); create table log (id int primary key); insert into t values (1, 0), (2, 0)");
    }

    public async Task DisposeAsync()
    {
        await _there.DisposeAsync();
        await _here.DisposeAsync();
    }

    [Theory]
    [InlineData("read committed", "share")]
    [InlineData("read committed", "share row exclusive")]
    [InlineData("read committed", "exclusive")]
    [InlineData("read committed", "access exclusive")]
    [InlineData("repeatable read", "share")]
    [InlineData("serializable", "exclusive")]
    public async Task A_writer_of_another_node_between_the_lock_and_the_commit_ends_the_transaction(string level, string mode)
    {
        await using NpgsqlConnection a = await _here.OpenAsync(), b = await _there.OpenAsync();
        await ExecuteAsync(a, $"begin isolation level {level}; lock table t in {mode} mode");
        await ExecuteAsync(a, "insert into log values (1)");
        await ExecuteAsync(b, "update t set v = v + 1 where id = 1");
        PostgresException failure = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(a, "commit"));
        Assert.Equal("40001", failure.SqlState);
        Assert.Equal(0L, await AskAsync(b, "select count(*) from log"));
    }

    [Theory]
    [InlineData("access share")]
    [InlineData("row share")]
    [InlineData("row exclusive")]
    [InlineData("share update exclusive")]
    public async Task Modes_that_let_writers_pass_promise_nothing(string mode)
    {
        await using NpgsqlConnection a = await _here.OpenAsync(), b = await _there.OpenAsync();
        await ExecuteAsync(a, $"begin; lock table t in {mode} mode");
        await ExecuteAsync(a, "insert into log values (1)");
        await ExecuteAsync(b, "update t set v = v + 1 where id = 1");
        await ExecuteAsync(a, "commit");
    }

    /// <summary>A read would tell what the lock was to keep out.</summary>
    [Fact]
    public async Task The_next_statement_after_the_change_says_so_and_so_does_one_that_only_reads()
    {
        await using NpgsqlConnection a = await _here.OpenAsync(), b = await _there.OpenAsync();
        await ExecuteAsync(a, "begin; lock table t in share mode");
        Assert.Equal(0L, await AskAsync(a, "select sum(v) from t"));
        await ExecuteAsync(b, "insert into t values (3, 7)");
        Assert.Equal("40001", (await Assert.ThrowsAsync<PostgresException>(() => AskAsync(a, "select sum(v) from t"))).SqlState);
        await ExecuteAsync(a, "rollback");
    }

    [Fact]
    public async Task Its_own_writes_and_changes_of_other_tables_do_not_count()
    {
        await using NpgsqlConnection a = await _here.OpenAsync(), b = await _there.OpenAsync();
        await ExecuteAsync(a, "begin; lock table t, empty in exclusive mode");
        await ExecuteAsync(a, "insert into t values (3, 0); insert into empty values (1)");
        await ExecuteAsync(b, "insert into log values (1)");
        Assert.Equal(3L, await AskAsync(a, "select count(*) from t"));
        await ExecuteAsync(a, "delete from empty");
        await ExecuteAsync(a, "commit");
    }

    [Fact]
    public async Task What_was_changed_before_the_lock_does_not_count()
    {
        await using NpgsqlConnection a = await _here.OpenAsync(), b = await _there.OpenAsync();
        await ExecuteAsync(a, "begin; insert into log values (1)");
        await ExecuteAsync(b, "update t set v = 5 where id = 1");
        await ExecuteAsync(a, "lock table t in exclusive mode");
        Assert.Equal(5L, await AskAsync(a, "select sum(v) from t"));
        await ExecuteAsync(b, "insert into empty values (1)");
        await ExecuteAsync(a, "commit");
    }

    [Fact]
    public async Task Rolling_back_to_before_the_lock_drops_it()
    {
        await using NpgsqlConnection a = await _here.OpenAsync(), b = await _there.OpenAsync();
        await ExecuteAsync(a, "begin; insert into log values (1); savepoint s; lock table t in exclusive mode; rollback to s");
        await ExecuteAsync(b, "update t set v = 5 where id = 1");
        await ExecuteAsync(a, "commit");
    }

    /// <summary>TRUNCATE gives the table another file: what comes after it is not in the old one.</summary>
    [Fact]
    public async Task A_table_that_was_made_anew_is_another()
    {
        await using NpgsqlConnection a = await _here.OpenAsync(), b = await _there.OpenAsync();
        await ExecuteAsync(a, "begin; lock table empty in exclusive mode");
        await ExecuteAsync(a, "insert into log values (1)");
        await ExecuteAsync(b, "truncate empty");
        await ExecuteAsync(b, "insert into empty values (1)");
        Assert.Equal("40001", (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(a, "commit"))).SqlState);
    }

    [Fact]
    public async Task Its_own_definitions_of_the_table_are_its_own()
    {
        await using NpgsqlConnection a = await _here.OpenAsync();
        await ExecuteAsync(a, "begin; lock table t; truncate t; lock table t; insert into t values (9, 9); create table made (id int); lock table made; insert into made values (1)");
        await ExecuteAsync(a, "commit");
        Assert.Equal(9L, await AskAsync(a, "select sum(v) from t"));
    }

    /// <summary>A write of the same node that was ordered before it could see the lock is waited for, as PostgreSQL waits for the writer.</summary>
    [Fact]
    public async Task A_write_of_the_same_node_that_is_on_its_way_is_waited_for()
    {
        using var gate = new SemaphoreSlim(0);
        await using NpgsqlConnection a = await _here.OpenAsync(), b = await _here.OpenAsync();
        _here.Pipeline.Gate = gate;
        int before = _here.Pipeline.Submissions;
        Task under = ExecuteAsync(b, "update t set v = 4 where id = 1");
        while (_here.Pipeline.Submissions == before) await Task.Delay(1);
        await ExecuteAsync(a, "begin");
        Task locking = ExecuteAsync(a, "lock table t in exclusive mode");
        Assert.NotSame(locking, await Task.WhenAny(locking, Task.Delay(50)));
        _here.Pipeline.Gate = null;
        gate.Release();
        await under;
        await locking;
        Assert.Equal(4L, await AskAsync(a, "select sum(v) from t"));
        await ExecuteAsync(a, "insert into log values (1)");
        Task later = ExecuteAsync(b, "update t set v = 5 where id = 1");
        Assert.NotSame(later, await Task.WhenAny(later, Task.Delay(50)));
        await ExecuteAsync(a, "commit");
        await later;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> AskAsync(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        return await command.ExecuteScalarAsync();
    }
}
