using System.Net.Sockets;
using Dadbs.PgWire.Tests.Client;

namespace Dadbs.Server.Tests.Wire;

/// <summary>What is not the protocol gets the right refusal, and nothing else is disturbed.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private const int Version3 = 3 << 16;
    private WireHost _host = null!;
    private WireConnection _bystander = null!;

    public async Task InitializeAsync()
    {
        _host = await WireHost.StartAsync();
        _bystander = await WireConnection.StartAsync(_host.EndPoint, "dadbs", "dadbs");
    }

    public async Task DisposeAsync()
    {
        await _bystander.SendAsync(new FrontendBytes().Query("select 'undisturbed'"));
        List<string> answers = await _bystander.ReadUntilAsync("ReadyForQuery");
        await _bystander.DisposeAsync();
        await _host.DisposeAsync();
        Assert.Contains("DataRow \"undisturbed\"", answers);
    }

    [Fact]
    public async Task An_HTTP_request_is_refused_and_closed()
    {
        Assert.Equal(
            ["ErrorResponse S=FATAL | C=08P01 | M=invalid length of startup packet", "(closed)"],
            await AnswerAsync(new FrontendBytes().Raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray())));
    }

    [Fact]
    public async Task Garbage_is_refused_and_closed()
    {
        var random = new Random(7);
        for (int round = 0; round < 50; round++)
        {
            byte[] garbage = new byte[256];
            random.NextBytes(garbage);
            garbage[0] |= 0x80;
            Assert.Equal("(closed)", (await AnswerAsync(new FrontendBytes().Raw(garbage)))[^1]);
        }
    }

    [Fact]
    public async Task A_gigabyte_of_claimed_length_is_refused_before_its_body_comes()
    {
        await using WireConnection client = await WireConnection.StartAsync(_host.EndPoint, "dadbs", "dadbs");
        await client.SendAsync(new FrontendBytes().Raw((byte)'Q', 0x40, 0, 0, 0));
        Assert.Equal(["ErrorResponse S=FATAL | C=08P01 | M=invalid message length", "(closed)"], await client.ReadUntilAsync("nothing"));
    }

    [Fact]
    public async Task An_unknown_message_type_ends_the_connection()
    {
        await using WireConnection client = await WireConnection.StartAsync(_host.EndPoint, "dadbs", "dadbs");
        await client.SendAsync(new FrontendBytes().Typed('?'));
        Assert.Equal(["ErrorResponse S=FATAL | C=08P01 | M=invalid frontend message type 63", "(closed)"], await client.ReadUntilAsync("nothing"));
    }

    [Theory]
    [InlineData(2 << 16, "ErrorResponse S=FATAL | C=0A000 | M=unsupported frontend protocol 2.0: server supports 3.0 to 3.0")]
    [InlineData(4 << 16, "ErrorResponse S=FATAL | C=0A000 | M=unsupported frontend protocol 4.0: server supports 3.0 to 3.0")]
    public async Task Another_major_version_is_refused(int version, string answer)
    {
        Assert.Equal([answer, "(closed)"], await AnswerAsync(new FrontendBytes().Startup(version, ("user", "dadbs"))));
    }

    [Fact]
    public async Task A_newer_minor_version_is_negotiated_down()
    {
        await using WireConnection client = await WireConnection.OpenAsync(_host.EndPoint);
        await client.SendAsync(new FrontendBytes().Startup(Version3 + 2, ("user", "dadbs"), ("_pq_.wish", "1")));
        List<string> greeting = await client.ReadUntilAsync("ReadyForQuery");
        Assert.Equal("NegotiateProtocolVersion 196608 1", greeting[0]);
        Assert.Equal("Authentication 0", greeting[1]);
    }

    [Fact]
    public async Task A_role_or_database_that_does_not_exist_is_refused_as_PostgreSQL_refuses_it()
    {
        Assert.Equal(
            ["ErrorResponse S=FATAL | C=28000 | M=role \"nobody\" does not exist", "(closed)"],
            await AnswerAsync(new FrontendBytes().Startup(Version3, ("user", "nobody"), ("database", "dadbs"))));
        Assert.Equal(
            ["ErrorResponse S=FATAL | C=3D000 | M=database \"nowhere\" does not exist", "(closed)"],
            await AnswerAsync(new FrontendBytes().Startup(Version3, ("user", "dadbs"), ("database", "nowhere"))));
        Assert.Equal(
            ["ErrorResponse S=FATAL | C=28000 | M=no PostgreSQL user name specified in startup packet", "(closed)"],
            await AnswerAsync(new FrontendBytes().Startup(Version3, ("database", "dadbs"))));
    }

    [Fact]
    public async Task Startup_settings_hold_and_bad_ones_are_fatal()
    {
        await using WireConnection client = await WireConnection.OpenAsync(_host.EndPoint);
        await client.SendAsync(new FrontendBytes().Startup(
            Version3, ("user", "dadbs"), ("application_name", "tests"), ("options", "-c statement_timeout=5s --DateStyle=German -c my.own=a\\ b")));
        List<string> greeting = await client.ReadUntilAsync("ReadyForQuery");
        Assert.Contains("ParameterStatus application_name=tests", greeting);
        Assert.Contains("ParameterStatus DateStyle=German, DMY", greeting);
        Assert.Contains(greeting, line => line.StartsWith("ParameterStatus dadbs_version=", StringComparison.Ordinal));
        await client.SendAsync(new FrontendBytes().Query("show statement_timeout; show my.own; reset all; show application_name"));
        Assert.Equal(
            ["DataRow \"5s\"", "DataRow \"a b\"", "DataRow \"tests\""],
            (await client.ReadUntilAsync("ReadyForQuery")).Where(l => l.StartsWith("DataRow", StringComparison.Ordinal)));

        Assert.StartsWith(
            "ErrorResponse S=FATAL | C=42704 | M=unrecognized configuration parameter \"nosuch\"",
            (await AnswerAsync(new FrontendBytes().Startup(Version3, ("user", "dadbs"), ("nosuch", "1"))))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wishes_for_encryption_are_declined_and_the_session_goes_on()
    {
        await using WireConnection client = await WireConnection.OpenAsync(_host.EndPoint);
        await client.SendAsync(new FrontendBytes().Request(80877104));
        Assert.Equal('N', await client.ReadByteAsync());
        await client.SendAsync(new FrontendBytes().Request(80877103));
        Assert.Equal('N', await client.ReadByteAsync());
        await client.SendAsync(new FrontendBytes().Startup(Version3, ("user", "dadbs")));
        Assert.Equal("ReadyForQuery I", (await client.ReadUntilAsync("ReadyForQuery"))[^1]);
    }

    [Fact]
    public async Task A_client_that_breaks_off_in_the_middle_of_a_message_leaves_nothing_behind()
    {
        for (int round = 0; round < 20; round++)
        {
            await using WireConnection client = await WireConnection.StartAsync(_host.EndPoint, "dadbs", "dadbs");
            await client.SendAsync(new FrontendBytes().Raw((byte)'P', 0, 0, 1, 0, (byte)'x'));
        }

        for (int wait = 0; _host.SessionCount > 1 && wait < 200; wait++)
        {
            await Task.Delay(50);
        }

        Assert.Equal(1, _host.SessionCount);
    }

    [Fact]
    public async Task Random_messages_never_stop_the_server()
    {
        var random = new Random(99);
        for (int round = 0; round < 60; round++)
        {
            await using WireConnection client = await WireConnection.StartAsync(_host.EndPoint, "dadbs", "dadbs");
            var messages = new FrontendBytes();
            for (int i = 0; i < 20; i++)
            {
                byte[] body = new byte[random.Next(40)];
                random.NextBytes(body);
                messages.Typed("BCDEFHPQS"[random.Next(9)], body);
            }

            try
            {
                await client.SendAsync(messages.Sync().Terminate());
                await client.ReadUntilAsync("nothing");
            }
            catch (SocketException)
            {
            }
        }
    }

    private async Task<List<string>> AnswerAsync(FrontendBytes first)
    {
        await using WireConnection client = await WireConnection.OpenAsync(_host.EndPoint);
        await client.SendAsync(first);
        return await client.ReadUntilAsync("nothing");
    }
}
