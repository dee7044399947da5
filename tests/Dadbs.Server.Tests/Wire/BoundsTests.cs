using System.Text;
using Dadbs.PgWire.Tests.Client;

namespace Dadbs.Server.Tests.Wire;

/// <summary>What a client can make grow in its session has an end: 54000 at the statement that passes it, and the session goes on.</summary>
public sealed class BoundsTests : IAsyncLifetime
{
    private WireHost _host = null!;
    private WireConnection _client = null!;

    public async Task InitializeAsync()
    {
        _host = await WireHost.StartAsync();
        _client = await WireConnection.StartAsync(_host.EndPoint, "dadbs", "dadbs");
        await QueryAsync("create table bounded (id int primary key, body text)");
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task The_statement_that_makes_a_transaction_too_long_fails_and_not_its_COMMIT()
    {
        string body = new('x', 3 << 20);
        await QueryAsync("begin");
        List<string> answer = [];
        int passed = 0;
        for (; passed < 10; passed++)
        {
            answer = await QueryAsync($"insert into bounded values ({passed}, '{body}')");
            if (answer[0].StartsWith("ErrorResponse", StringComparison.Ordinal)) break;
        }

        Assert.Equal(5, passed);
        Assert.Contains("C=54000 | M=statements and parameters of a transaction exceed the limit of 16777216 bytes", answer[0], StringComparison.Ordinal);
        Assert.Equal("ReadyForQuery E", answer[^1]);
        Assert.Contains("CommandComplete ROLLBACK", await QueryAsync("commit"));
        Assert.Contains("DataRow \"0\"", await QueryAsync("select count(*) from bounded"));
    }

    [Fact]
    public async Task What_ROLLBACK_TO_undid_counts_no_more()
    {
        string body = new('x', 6 << 20);
        await QueryAsync("begin; savepoint here");
        for (int round = 0; round < 5; round++)
        {
            Assert.Contains("CommandComplete INSERT 0 1", await QueryAsync($"insert into bounded values (1, '{body}')"));
            await QueryAsync("rollback to here");
        }

        await QueryAsync("insert into bounded values (2, 'kept')");
        Assert.Contains("CommandComplete COMMIT", await QueryAsync("commit"));
        Assert.Contains("DataRow \"2\" \"kept\"", await QueryAsync("select * from bounded"));
    }

    [Fact]
    public async Task COPY_stops_at_the_piece_that_is_too_much()
    {
        await _client.SendAsync(new FrontendBytes().Query("copy bounded from stdin"));
        await _client.ReadUntilAsync("CopyInResponse");
        string line = new('x', 1 << 20);
        var lines = new FrontendBytes();
        for (int i = 0; i < 18; i++) lines.CopyData($"{i}\t{line}\n");
        await _client.SendAsync(lines.CopyDone());
        List<string> answer = await _client.ReadUntilAsync("ReadyForQuery");
        Assert.Contains(answer, l => l.Contains("C=54000", StringComparison.Ordinal));
        Assert.Contains("DataRow \"0\"", await QueryAsync("select count(*) from bounded"));
    }

    [Fact]
    public async Task A_long_pipeline_without_Sync_goes_on_as_one_transaction_and_its_answers_leave()
    {
        const int Count = 40_000;
        var pipeline = new FrontendBytes().Parse("ins", "insert into bounded (id) values ($1)", 23);
        for (int i = 0; i < Count; i++)
        {
            pipeline.Bind("", "ins", [], [Encoding.UTF8.GetBytes(i.ToString(System.Globalization.CultureInfo.InvariantCulture))], []).Execute("");
        }

        Task sending = _client.SendAsync(pipeline.Sync());
        List<string> answers = await _client.ReadUntilAsync("ReadyForQuery");
        await sending;
        Assert.Equal(Count, answers.Count(a => a == "CommandComplete INSERT 0 1"));
        Assert.Contains($"DataRow \"{Count}\"", await QueryAsync("select count(*) from bounded"));
    }

    [Fact]
    public async Task A_hundred_thousand_Parses_without_Sync_keep_one_statement()
    {
        var parses = new FrontendBytes();
        for (int i = 0; i < 100_000; i++) parses.Parse("", "select 1");
        Task sending = _client.SendAsync(parses.Sync());
        List<string> answers = await _client.ReadUntilAsync("ReadyForQuery");
        await sending;
        Assert.Equal(100_000, answers.Count(a => a == "ParseComplete"));
    }

    [Fact]
    public async Task Prepared_statements_of_a_session_are_counted()
    {
        var parses = new FrontendBytes();
        for (int i = 0; i < 10_001; i++) parses.Parse($"s{i}", "select 1");
        Task sending = _client.SendAsync(parses.Sync());
        List<string> answers = await _client.ReadUntilAsync("ReadyForQuery");
        await sending;
        Assert.Contains(answers, a => a.Contains("C=54000 | M=more than 10000 prepared statements in one session", StringComparison.Ordinal));
        await QueryAsync("deallocate all");
        Assert.Contains("CommandComplete PREPARE", await QueryAsync("prepare again as select 1"));
    }

    [Fact]
    public async Task Parameters_of_portals_are_counted_and_closing_one_makes_room()
    {
        byte[] large = new byte[24 << 20];
        large.AsSpan().Fill((byte)'x');
        await _client.SendAsync(new FrontendBytes().Query("begin").Parse("l", "select length($1::text)"));
        await _client.ReadUntilAsync("ReadyForQuery");
        await _client.SendAsync(new FrontendBytes().Bind("a", "l", [], [large], []).Bind("b", "l", [], [large], []).Close('P', "a").Bind("c", "l", [], [large], []).Bind("d", "l", [], [large], []).Sync());
        List<string> answers = await _client.ReadUntilAsync("ReadyForQuery");
        Assert.Equal(3, answers.Count(a => a == "BindComplete"));
        Assert.Contains(answers, a => a.Contains("C=54000 | M=portals of a session cannot hold more than 67108864 bytes", StringComparison.Ordinal));
        await QueryAsync("rollback");
    }

    [Fact]
    public async Task Settings_of_a_session_are_counted()
    {
        string value = new('v', 100_000);
        Assert.Contains("CommandComplete SET", await QueryAsync($"set my.a = '{value}'"));
        Assert.Contains("CommandComplete SET", await QueryAsync($"set my.b = '{value}'"));
        Assert.Contains("C=54000", (await QueryAsync($"set my.c = '{value}'"))[0], StringComparison.Ordinal);
        await QueryAsync("reset my.a");
        Assert.Contains("CommandComplete SET", await QueryAsync($"set my.c = '{value}'"));
    }

    [Fact]
    public async Task Rows_written_by_one_transaction_are_counted_by_what_they_hold()
    {
        await QueryAsync("begin");
        Assert.Contains("CommandComplete INSERT 0 80000", await QueryAsync("insert into bounded select g, repeat('x', 4000) from generate_series(1, 80000) g"));
        List<string> answer = await QueryAsync("insert into bounded select g, repeat('x', 4000) from generate_series(80001, 160000) g");
        Assert.Contains("C=54000 | M=a transaction cannot write more than 512 MB", answer[0], StringComparison.Ordinal);
        await QueryAsync("rollback");
        Assert.Contains("DataRow \"0\"", await QueryAsync("select count(*) from bounded"));
    }

    [Fact]
    public async Task Too_many_savepoints_are_refused()
    {
        await QueryAsync("begin");
        var savepoints = new FrontendBytes().Parse("s", "savepoint a");
        for (int i = 0; i < (1 << 16) + 1; i++) savepoints.Bind("", "s", [], [], []).Execute("");
        Task sending = _client.SendAsync(savepoints.Sync());
        List<string> answers = await _client.ReadUntilAsync("ReadyForQuery");
        await sending;
        Assert.Contains(answers, a => a.Contains("C=54000 | M=a transaction cannot have more than 65536 savepoints at a time", StringComparison.Ordinal));
        await QueryAsync("rollback");
    }

    private async Task<List<string>> QueryAsync(string text)
    {
        await _client.SendAsync(new FrontendBytes().Query(text));
        return await _client.ReadUntilAsync("ReadyForQuery");
    }
}
