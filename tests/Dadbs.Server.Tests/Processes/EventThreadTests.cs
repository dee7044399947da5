using Dadbs.ClusterHarness;
using Npgsql;

namespace Dadbs.Server.Tests.Processes;

/// <summary>Sessions share the threads that watch their sockets; statements that take long must not keep them. Only a process of its own serves sessions that way.</summary>
[Collection(ProcessCollection.Name)]
public class EventThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>More than one for each event thread.</summary>
    private static readonly int Others = 2 * Environment.ProcessorCount;

    [Fact]
    public async Task Statements_that_take_long_hold_up_nobody_else()
    {
        await using var cluster = await Cluster.InitialiseAsync(1);
        await cluster.StartAsync();
        var node = cluster.Nodes[0];
        await node.ExecuteAsync("CREATE TABLE t (k integer PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'one'); CREATE VIEW long_view AS SELECT pg_sleep(600) IS NULL AS woke");
        Func<NpgsqlConnection, CancellationToken, Task>[] ways =
        [
            (c, end) => ExecuteAsync(c, "SELECT pg_sleep(600)", end),
            (c, end) => ExecuteAsync(c, "SELECT v, pg_sleep($1) FROM t WHERE k = 1", end, 600.0),
            (c, end) => ExecuteAsync(c, "SELECT * FROM long_view", end),
            (c, end) => InBlockAsync(c, "SELECT pg_sleep($1)", end, 600.0),
            (c, end) => InBlockAsync(c, "SELECT v FROM t WHERE k = $1 AND pg_sleep(600) IS NULL", end, 1),
            (c, end) => InBlockAsync(c, "DECLARE x CURSOR FOR SELECT pg_sleep(600); FETCH x", end),
            (c, end) => InBlockAsync(c, "PREPARE p AS SELECT pg_sleep(600); EXECUTE p", end),
            CopyAsync,
            PrecededByWriteAsync,
            ReadSlowlyAsync,
        ];

        var connections = await Task.WhenAll(ways.Select(_ => node.ConnectAsync()));
        using var end = new CancellationTokenSource();
        var sleepers = connections.Zip(ways, (c, way) => way(c, end.Token)).ToArray();
        foreach (var other in await Task.WhenAll(Enumerable.Range(0, Others).Select(_ => node.ConnectAsync())).WaitAsync(Patience))
        {
            await using (other)
            {
                for (int i = 0; i < 100; i++) Assert.Equal("one", await ScalarAsync(other, "SELECT v FROM t WHERE k = $1", default, 1).WaitAsync(Patience));
                await ExecuteAsync(other, "INSERT INTO t VALUES ($1, 'more') ON CONFLICT (k) DO NOTHING", default, 2).WaitAsync(Patience);
            }
        }

        Assert.All(sleepers, s => Assert.False(s.IsCompleted, s.Exception?.ToString()));
        await end.CancelAsync();
        foreach (var sleeper in sleepers) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleeper.WaitAsync(Patience));
        foreach (var connection in connections) await connection.DisposeAsync();
    }

    private static async Task InBlockAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await ExecuteAsync(connection, "BEGIN", cancellation);
        foreach (string statement in sql.Split("; ")) await ExecuteAsync(connection, statement, cancellation, values);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        using var reader = await connection.BeginTextExportAsync("COPY (SELECT pg_sleep(600) IS NULL) TO STDOUT", cancellation);
        await reader.ReadToEndAsync(cancellation);
    }

    /// <summary>A write that could be ordered, and behind it in the pipeline a query that cannot: both are executed here.</summary>
    private static async Task PrecededByWriteAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = 600 };
        batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO t VALUES (3, 'three') ON CONFLICT (k) DO NOTHING"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_sleep(600) FROM dadbs.node"));
        await batch.PrepareAsync(cancellation);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The session waits for its client before the statement comes to what takes long.</summary>
    private static async Task ReadSlowlyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT repeat('x', 10000), CASE WHEN g = 9000 THEN pg_sleep(600) IS NULL END FROM generate_series(1, 10000) g", connection) { CommandTimeout = 600 };
        await command.PrepareAsync(cancellation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        while (await reader.ReadAsync(cancellation))
        {
        }
    }

    private static Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values) => ScalarAsync(connection, sql, cancellation, values);

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        foreach (object value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.PrepareAsync(cancellation);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
