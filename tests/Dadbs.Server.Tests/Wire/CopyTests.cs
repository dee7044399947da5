using Dadbs.PgWire.Tests.Client;
using Dadbs.Sql.Transactions;

namespace Dadbs.Server.Tests.Wire;

/// <summary>COPY FROM STDIN beside other sessions, and longer than a transaction may be.</summary>
public sealed class CopyTests : IAsyncLifetime
{
    private WireHost _host = null!;
    private WireConnection _client = null!;

    public async Task InitializeAsync()
    {
        _host = await WireHost.StartAsync();
        _client = await WireConnection.StartAsync(_host.EndPoint, "dadbs", "dadbs");
        await QueryAsync(_client, "create table t (id int primary key, body text)");
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Input_that_is_too_long_fails_while_it_streams_in_and_the_session_goes_on()
    {
        await StartAsync(_client, "copy t from stdin");
        string line = new('x', 1 << 20);
        for (int i = 1; i <= 16; i++) await _client.SendAsync(new FrontendBytes().CopyData($"{i}\t{line}\n"));
        // Nothing more is needed for the answer: neither the rest of the input nor its end.
        List<string> answer = await _client.ReadUntilAsync("ReadyForQuery");
        Assert.Equal(
            "ErrorResponse S=ERROR | C=54000 | M=statements and parameters of a transaction exceed the limit of 16777216 bytes"
                + " | H=Split the input into several COPY commands, each a transaction of its own. | W=COPY t, line 16",
            answer[0]);
        Assert.Equal("ReadyForQuery I", answer[^1]);
        await _client.SendAsync(new FrontendBytes().CopyData($"17\t{line}\n").CopyDone());
        Assert.Contains("DataRow \"0\"", await QueryAsync(_client, "select count(*) from t"));
    }

    [Fact]
    public async Task The_same_in_a_block_fails_the_block()
    {
        await QueryAsync(_client, "begin");
        await StartAsync(_client, "copy t from stdin");
        string line = new('x', 1 << 20);
        for (int i = 1; i <= 16; i++) await _client.SendAsync(new FrontendBytes().CopyData($"{i}\t{line}\n"));
        List<string> answer = await _client.ReadUntilAsync("ReadyForQuery");
        Assert.Contains("C=54000", answer[0], StringComparison.Ordinal);
        Assert.Contains("W=COPY t, line 16", answer[0], StringComparison.Ordinal);
        Assert.Equal("ReadyForQuery E", answer[^1]);
    }

    [Fact]
    public async Task Outside_of_a_block_it_is_ordered_first_and_meets_whatever_came_before_it()
    {
        await StartAsync(_client, "copy t from stdin");
        await _client.SendAsync(new FrontendBytes().CopyData("1\tone\n"));
        await using WireConnection other = await WireConnection.StartAsync(_host.EndPoint, "dadbs", "dadbs");
        Assert.Contains("CommandComplete ALTER TABLE", await QueryAsync(other, "alter table t add extra int default 7"));
        await _client.SendAsync(new FrontendBytes().CopyData("2\ttwo\n").CopyDone());
        // As if COPY had begun now: its list of columns is the table's.
        Assert.StartsWith("ErrorResponse S=ERROR | C=22P04 | M=missing data for column \"extra\"", (await _client.ReadUntilAsync("ReadyForQuery"))[0], StringComparison.Ordinal);

        await StartAsync(_client, "copy t (id, body) from stdin");
        await QueryAsync(other, "alter table t alter extra set default 8");
        await _client.SendAsync(new FrontendBytes().CopyData("1\tone\n").CopyDone());
        Assert.Contains("CommandComplete COPY 1", await _client.ReadUntilAsync("ReadyForQuery"));
        Assert.Contains("DataRow \"1\" \"one\" \"8\"", await QueryAsync(_client, "select * from t"));
    }

    [Fact]
    public async Task It_waits_for_a_block_that_holds_its_key()
    {
        await using WireConnection other = await WireConnection.StartAsync(_host.EndPoint, "dadbs", "dadbs");
        await QueryAsync(other, "begin");
        await QueryAsync(other, "insert into t values (1, 'theirs')");
        await StartAsync(_client, "copy t from stdin");
        await _client.SendAsync(new FrontendBytes().CopyData("1\tours\n2\tours\n").CopyDone());
        Task<List<string>> answer = _client.ReadUntilAsync("ReadyForQuery");
        await QueryAsync(other, "select 1");
        Assert.False(answer.IsCompleted);
        await QueryAsync(other, "rollback");
        Assert.Contains("CommandComplete COPY 2", await answer);

        await QueryAsync(other, "begin");
        await QueryAsync(other, "insert into t values (3, 'theirs')");
        await StartAsync(_client, "copy t from stdin");
        await _client.SendAsync(new FrontendBytes().CopyData("3\tours\n").CopyDone());
        answer = _client.ReadUntilAsync("ReadyForQuery");
        await QueryAsync(other, "commit");
        Assert.StartsWith("ErrorResponse S=ERROR | C=23505", (await answer)[0], StringComparison.Ordinal);
        Assert.Contains("DataRow \"3\"", await QueryAsync(_client, "select count(*) from t"));
    }

    [Fact]
    public async Task After_a_wait_it_goes_by_the_definition_that_it_waited_for()
    {
        await QueryAsync(_client, "alter table t add constraint small check (id < 10)");
        await using WireConnection other = await WireConnection.StartAsync(_host.EndPoint, "dadbs", "dadbs");
        await QueryAsync(other, "begin");
        await QueryAsync(other, "alter table t drop constraint small");
        await StartAsync(_client, "copy t from stdin");
        await _client.SendAsync(new FrontendBytes().CopyData("11\tours\n").CopyDone());
        Task<List<string>> answer = _client.ReadUntilAsync("ReadyForQuery");
        await AssertWaitsAsync(other);
        await QueryAsync(other, "commit");
        Assert.Contains("CommandComplete COPY 1", await answer);
    }

    [Fact]
    public async Task A_block_that_writes_another_table_does_not_concern_it()
    {
        await using WireConnection other = await WireConnection.StartAsync(_host.EndPoint, "dadbs", "dadbs");
        await QueryAsync(other, "create table u (id int primary key)");
        await QueryAsync(other, "begin");
        await QueryAsync(other, "insert into u values (1)");
        await StartAsync(_client, "copy t from stdin");
        await _client.SendAsync(new FrontendBytes().CopyData("1\tours\n").CopyDone());
        Assert.Contains("CommandComplete COPY 1", await _client.ReadUntilAsync("ReadyForQuery"));
        Assert.Equal(TransactionKind.OrderedFirst, _host.Pipeline.LastKind);
    }

    [Theory]
    [InlineData("", TransactionKind.OrderedFirst)]
    [InlineData("begin", TransactionKind.Explicit)]
    public async Task What_comes_behind_the_end_of_the_data_is_neither_kept_nor_carried(string begin, TransactionKind kind)
    {
        await QueryAsync(_client, begin);
        await StartAsync(_client, "copy t from stdin");
        await _client.SendAsync(new FrontendBytes().CopyData("1\tone\n\\"));
        await _client.SendAsync(new FrontendBytes().CopyData(".\nno row\n"));
        // More than a transaction may have.
        string behind = new('x', 1 << 20);
        for (int i = 0; i < 18; i++) await _client.SendAsync(new FrontendBytes().CopyData(behind));
        await _client.SendAsync(new FrontendBytes().CopyDone());
        Assert.Contains("CommandComplete COPY 1", await _client.ReadUntilAsync("ReadyForQuery"));
        if (begin.Length > 0) await QueryAsync(_client, "commit");
        Assert.Equal(kind, _host.Pipeline.LastKind);
        Assert.Contains("DataRow \"1\"", await QueryAsync(_client, "select count(*) from t"));
    }

    /// <summary>Answers of PostgreSQL 15 to the same lines, in a block; they come in many messages, and each row's parent behind it.</summary>
    [Theory]
    [InlineData("900\t\\N\tlast", null)]
    [InlineData(
        "900\t901\tlast",
        "ErrorResponse S=ERROR | C=23503 | M=insert or update on table \"tree\" violates foreign key constraint \"tree_parent_fkey\""
            + " | D=Key (parent)=(901) is not present in table \"tree\". | s=public | t=tree | n=tree_parent_fkey")]
    [InlineData("900\tx\tlast", "ErrorResponse S=ERROR | C=22P02 | M=invalid input syntax for type integer: \"x\" | W=COPY tree, line 900, column parent: \"x\"")]
    public async Task A_row_of_a_block_may_reference_a_later_one_of_the_same_copy(string last, string? error)
    {
        await QueryAsync(_client, "create table tree (id int primary key, parent int references tree, body text)");
        await QueryAsync(_client, "begin");
        await StartAsync(_client, "copy tree from stdin");
        string body = new('x', 1000);
        for (int id = 1; id < 900; id++) await _client.SendAsync(new FrontendBytes().CopyData($"{id}\t{id + 1}\t{body}\n"));
        await _client.SendAsync(new FrontendBytes().CopyData(last + "\n").CopyDone());
        Assert.Equal(error ?? "CommandComplete COPY 900", (await _client.ReadUntilAsync("ReadyForQuery"))[0]);
        Assert.Equal(error is null ? "CommandComplete COMMIT" : "CommandComplete ROLLBACK", (await QueryAsync(_client, "commit"))[0]);
        Assert.Contains(error is null ? "DataRow \"900\"" : "DataRow \"0\"", await QueryAsync(_client, "select count(*) from tree"));
    }

    private static async Task AssertWaitsAsync(WireConnection observer)
    {
        while (!(await QueryAsync(observer, "select count(*) from pg_locks where not granted")).Contains("DataRow \"1\"")) await Task.Delay(5);
    }

    private static async Task StartAsync(WireConnection client, string copy)
    {
        await client.SendAsync(new FrontendBytes().Query(copy));
        await client.ReadUntilAsync("CopyInResponse");
    }

    private static async Task<List<string>> QueryAsync(WireConnection client, string text)
    {
        await client.SendAsync(new FrontendBytes().Query(text));
        return await client.ReadUntilAsync("ReadyForQuery");
    }
}
