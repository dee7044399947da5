using System.Buffers.Binary;
using Dadbs.PgWire.Tests.Client;
using Npgsql;

namespace Dadbs.Server.Tests.Wire;

/// <summary>Cancel, timeouts and shutdown.</summary>
public sealed class InterruptTests
{
    private const string Long = "select count(*) from generate_series(1, 20000) a, generate_series(1, 20000) b";

    [Fact]
    public async Task A_cancel_request_ends_the_statement_and_the_session_goes_on()
    {
        await using WireHost host = await WireHost.StartAsync();
        await using WireConnection client = await WireConnection.OpenAsync(host.EndPoint);
        await client.SendAsync(new FrontendBytes().Startup(3 << 16, ("user", "dadbs")));
        int[] key = [];
        while (await client.ReadRawAsync() is var (type, body) && type != (byte)'Z')
        {
            if (type == (byte)'K')
            {
                key = [BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(4))];
            }
        }

        await client.SendAsync(new FrontendBytes().Query(Long));
        Task<List<string>> answer = client.ReadUntilAsync("ReadyForQuery");
        while (!answer.IsCompleted)
        {
            await using WireConnection canceling = await WireConnection.OpenAsync(host.EndPoint);
            await canceling.SendAsync(new FrontendBytes().Request(80877102, key));
            Assert.Equal(["(closed)"], await canceling.ReadUntilAsync("nothing"));
            await Task.WhenAny(answer, Task.Delay(50));
        }

        Assert.Equal("ErrorResponse S=ERROR | C=57014 | M=canceling statement due to user request", (await answer)[^2]);
        await client.SendAsync(new FrontendBytes().Query("select 1"));
        Assert.Contains("DataRow \"1\"", await client.ReadUntilAsync("ReadyForQuery"));
    }

    [Fact]
    public async Task A_cancel_request_with_a_wrong_secret_does_nothing()
    {
        await using WireHost host = await WireHost.StartAsync();
        await using WireConnection stranger = await WireConnection.OpenAsync(host.EndPoint);
        await stranger.SendAsync(new FrontendBytes().Request(80877102, 1, 12345));
        Assert.Equal(["(closed)"], await stranger.ReadUntilAsync("nothing"));
    }

    [Fact]
    public async Task Statement_timeout_ends_a_statement()
    {
        await using WireHost host = await WireHost.StartAsync();
        await using WireConnection client = await WireConnection.StartAsync(host.EndPoint, "dadbs", "dadbs");
        await client.SendAsync(new FrontendBytes().Query("set statement_timeout = '200ms'"));
        await client.ReadUntilAsync("ReadyForQuery");
        await client.SendAsync(new FrontendBytes().Query(Long));
        Assert.Equal("ErrorResponse S=ERROR | C=57014 | M=canceling statement due to statement timeout", (await client.ReadUntilAsync("ReadyForQuery"))[^2]);
    }

    [Fact]
    public async Task Idle_clients_are_disconnected_when_they_asked_for_it()
    {
        await using WireHost host = await WireHost.StartAsync();
        await using WireConnection client = await WireConnection.StartAsync(host.EndPoint, "dadbs", "dadbs");
        await client.SendAsync(new FrontendBytes().Query("set idle_session_timeout = '100ms'"));
        await client.ReadUntilAsync("ReadyForQuery");
        Assert.Equal(
            ["ErrorResponse S=FATAL | C=57P05 | M=terminating connection due to idle-session timeout", "(closed)"],
            await client.ReadUntilAsync("nothing"));

        await using WireConnection second = await WireConnection.StartAsync(host.EndPoint, "dadbs", "dadbs");
        await second.SendAsync(new FrontendBytes().Query("set idle_in_transaction_session_timeout = '100ms'; begin"));
        await second.ReadUntilAsync("ReadyForQuery");
        Assert.Equal(
            ["ErrorResponse S=FATAL | C=25P03 | M=terminating connection due to idle-in-transaction timeout", "(closed)"],
            await second.ReadUntilAsync("nothing"));
    }

    [Fact]
    public async Task Shutdown_tells_every_client_and_waits_for_nobody()
    {
        WireHost host = await WireHost.StartAsync();
        await using WireConnection idle = await WireConnection.StartAsync(host.EndPoint, "dadbs", "dadbs");
        await using WireConnection busy = await WireConnection.StartAsync(host.EndPoint, "dadbs", "dadbs");
        await busy.SendAsync(new FrontendBytes().Query(Long));
        await Task.Delay(100);
        Task stopping = host.DisposeAsync().AsTask();
        const string Farewell = "ErrorResponse S=FATAL | C=57P01 | M=terminating connection due to administrator command";
        Assert.Equal([Farewell, "(closed)"], await idle.ReadUntilAsync("nothing"));
        Assert.Contains(Farewell, await busy.ReadUntilAsync("nothing"));
        await stopping;
    }

    [Fact]
    public async Task A_client_that_does_not_read_stops_only_itself()
    {
        await using WireHost host = await WireHost.StartAsync();
        await using WireConnection slow = await WireConnection.StartAsync(host.EndPoint, "dadbs", "dadbs");
        await slow.SendAsync(new FrontendBytes().Query("select repeat('x', 1000) from generate_series(1, 100000)"));
        await using NpgsqlConnection other = await host.OpenAsync();
        await using var command = new NpgsqlCommand("select 1", other);
        Assert.Equal(1, await command.ExecuteScalarAsync());
        Assert.Equal("CommandComplete SELECT 100000", (await slow.ReadUntilAsync("ReadyForQuery"))[^2]);
    }
}
