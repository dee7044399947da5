using Dadbs.ClusterHarness;
using Npgsql;

namespace Dadbs.Server.Tests.Processes;

/// <summary>Four validators as four processes, killed with SIGKILL where a test says killed.</summary>
[Collection(ProcessCollection.Name)]
public class ClusterTests
{
    [Fact]
    public async Task What_one_node_wrote_every_node_reads()
    {
        await using var cluster = await StartAsync();
        await cluster.Nodes[0].ExecuteAsync("CREATE TABLE t (id integer PRIMARY KEY, note text); INSERT INTO t VALUES (1, 'one'), (2, 'two')");
        await cluster.ConvergedRootAsync();
        foreach (var node in cluster.Nodes) Assert.Equal("two", await node.ScalarAsync<string>("SELECT note FROM t WHERE id = 2"));
        foreach (var node in cluster.Nodes) await AwaitTransactionAsync(node);
    }

    /// <summary>Identities of four nodes come from blocks of one sequence that each takes for itself: nobody waits for another, nobody aborts.</summary>
    [Fact]
    public async Task Clients_of_all_nodes_draw_identities_without_an_abort_and_no_two_are_the_same()
    {
        const int Clients = 32;
        const int Each = 20;
        await using var cluster = await StartAsync();
        await cluster.Nodes[0].ExecuteAsync("CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, client integer)");
        await cluster.ConvergedRootAsync();
        List<long>[] drawn = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => DrawAsync(cluster.Nodes[client % cluster.Nodes.Count], client, Each)));
        Assert.Equal(Clients * Each, drawn.SelectMany(ids => ids).Distinct().Count());
        await cluster.ConvergedRootAsync();
        foreach (var node in cluster.Nodes) Assert.Equal((long)Clients * Each, await node.ScalarAsync<long>("SELECT count(DISTINCT id) FROM t"));
    }

    [Fact]
    public async Task With_one_validator_killed_the_others_go_on_and_it_catches_up()
    {
        await using var cluster = await StartAsync();
        await cluster.Nodes[0].ExecuteAsync("CREATE TABLE t (id integer PRIMARY KEY)");
        await cluster.Nodes[3].KillAsync();
        for (int i = 0; i < 20; i++) await cluster.Nodes[i % 3].ExecuteAsync($"INSERT INTO t VALUES ({i})");
        await cluster.Nodes[3].StartAsync();
        await cluster.ConvergedRootAsync();
        Assert.Equal(20L, await cluster.Nodes[3].ScalarAsync<long>("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task All_killed_at_once_lose_no_acknowledged_write_and_verify_agrees()
    {
        await using var cluster = await StartAsync();
        await cluster.Nodes[0].ExecuteAsync("CREATE TABLE t (id bigint PRIMARY KEY)");
        long acknowledged = 0;
        for (int round = 0; round < 2; round++)
        {
            var writers = cluster.Nodes.Select((node, i) => WriteUntilKilledAsync(node, (round * 4) + i)).ToList();
            await Task.Delay(1000);
            await cluster.KillAllAsync();
            acknowledged += (await Task.WhenAll(writers)).Sum();
            await cluster.StartAsync();
            foreach (var node in cluster.Nodes) await node.ExecuteAsync("ANALYZE");
            foreach (var node in cluster.Nodes) Assert.InRange(await node.ScalarAsync<long>("SELECT count(*) FROM t"), acknowledged, long.MaxValue);
        }

        Assert.True(acknowledged > 0);
        string root = await cluster.ConvergedRootAsync();
        await cluster.StopAsync();
        foreach (var node in cluster.Nodes)
        {
            var (exitCode, output, errors) = await NodeProcess.RunAsync(["verify", "--data-dir", node.DataDirectory]);
            Assert.True(exitCode == 0, errors);
            Assert.Contains(root.Split(' ')[1], output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_killed_single_node_shows_all_that_it_acknowledged_as_soon_as_it_is_ready()
    {
        await using var cluster = await Cluster.InitialiseAsync(1);
        await cluster.StartAsync();
        var node = cluster.Nodes[0];
        await node.ExecuteAsync("CREATE TABLE t (id integer PRIMARY KEY)");
        for (int i = 1; i <= 5; i++)
        {
            // The block log is behind the acknowledgement: what it lacks comes from the vote log.
            await node.ExecuteAsync($"INSERT INTO t VALUES ({i})");
            await node.KillAsync();
            await node.StartAsync();
            Assert.Equal((long)i, await node.ScalarAsync<long>("SELECT count(*) FROM t"));
        }
    }

    [Fact]
    public async Task Without_a_quorum_writes_end_in_40003_and_reads_go_on()
    {
        await using var cluster = await StartAsync();
        await cluster.Nodes[0].ExecuteAsync("CREATE TABLE t (id integer PRIMARY KEY); INSERT INTO t VALUES (1)");
        await cluster.ConvergedRootAsync();
        await cluster.Nodes[2].KillAsync();
        await cluster.Nodes[3].KillAsync();

        await using var connection = await cluster.Nodes[0].ConnectAsync();
        await using (var set = new NpgsqlCommand("SET dadbs.commit_timeout = '2s'", connection)) await set.ExecuteNonQueryAsync();
        await using var insert = new NpgsqlCommand("INSERT INTO t VALUES (2)", connection);
        var error = await Assert.ThrowsAsync<PostgresException>(() => insert.ExecuteNonQueryAsync());
        Assert.Equal("40003", error.SqlState);
        Assert.Matches("[0-9a-f]{64}", error.Detail);
        Assert.Equal(1, await cluster.Nodes[0].ScalarAsync<int>("SELECT id FROM t"));

        // With the others back the transaction is ordered or expired: its id tells which, once the chain has moved past it.
        string id = System.Text.RegularExpressions.Regex.Match(error.Detail!, "[0-9a-f]{64}").Value;
        await cluster.StartAsync();
        await cluster.Nodes[0].ExecuteAsync("ANALYZE");
        string status = await cluster.Nodes[0].ScalarAsync<string>($"SELECT coalesce(dadbs.transaction_status('{id}'), 'never ordered')");
        long rows = await cluster.Nodes[0].ScalarAsync<long>("SELECT count(*) FROM t WHERE id = 2");
        Assert.Equal(rows == 1 ? "committed" : status, status);
        Assert.NotEqual("in progress", status);
    }

    /// <summary>The chain's views follow execution when the block log is on disk, a moment later.</summary>
    private static async Task<List<long>> DrawAsync(NodeProcess node, int client, int count)
    {
        await using var connection = new NpgsqlConnection(node.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        var ids = new List<long>();
        for (int i = 0; i < count; i++)
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await using var insert = new NpgsqlCommand($"INSERT INTO t (client) VALUES ({client}) RETURNING id", connection, transaction);
            ids.Add((long)(await insert.ExecuteScalarAsync())!);
            await transaction.CommitAsync();
        }

        return ids;
    }

    private static async Task AwaitTransactionAsync(NodeProcess node)
    {
        var end = DateTime.UtcNow + TimeSpan.FromSeconds(20);
        while (await node.ScalarAsync<long>("SELECT count(*) FROM dadbs.transactions WHERE status = 'committed' AND statements LIKE '%''two''%'") != 1)
        {
            Assert.True(DateTime.UtcNow < end, "the transaction does not show");
            await Task.Delay(50);
        }
    }

    private static async Task<Cluster> StartAsync()
    {
        var cluster = await Cluster.InitialiseAsync(4);
        await cluster.StartAsync();
        return cluster;
    }

    private static async Task<long> WriteUntilKilledAsync(NodeProcess node, int writer)
    {
        const long keysPerWriter = 1_000_000;
        long count = 0;
        try
        {
            await using var connection = await node.ConnectAsync();
            await using var insert = new NpgsqlCommand("INSERT INTO t VALUES ($1)", connection);
            var id = insert.Parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
            while (count < keysPerWriter)
            {
                id.Value = (writer * keysPerWriter) + count;
                await insert.ExecuteNonQueryAsync();
                count++;
            }
        }
        catch (Exception e) when (e is NpgsqlException or IOException)
        {
            // Killed under the client: the last insert was not acknowledged.
        }

        return count;
    }
}
