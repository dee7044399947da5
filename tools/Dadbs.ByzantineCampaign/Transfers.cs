using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Dadbs.ByzantineCampaign;

/// <summary>
/// Clients that move money between accounts and note each transfer, three statements in one transaction. The sum of all balances never changes, and an acknowledged transfer
/// must be there: what a fork or a lost write would break.
/// </summary>
internal sealed class Transfers(int accounts)
{
    private readonly ConcurrentDictionary<long, byte> _acknowledged = new();
    private long _next;
    private long _done;

    /// <summary>Acknowledged so far by the clients that count.</summary>
    public long Done => Volatile.Read(ref _done);

    public IReadOnlyCollection<long> Acknowledged => (IReadOnlyCollection<long>)_acknowledged.Keys;

    public async Task CreateAsync(string connectionString, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(connectionString, cancellation);
        await ExecuteAsync(connection, "CREATE TABLE accounts (id integer PRIMARY KEY, balance bigint NOT NULL); CREATE TABLE transfers (id bigint PRIMARY KEY)", cancellation);
        await ExecuteAsync(connection, $"INSERT INTO accounts SELECT g, 1000 FROM generate_series(1, {accounts}) g", cancellation);
    }

    /// <summary>Transfers until stopped; failures are the cluster's right, only acknowledgements bind it. Reconnects.</summary>
    public async Task RunAsync(string connectionString, int seed, bool counts, CancellationToken stop)
    {
        var random = new Random(seed);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await OpenAsync(connectionString, stop);
                await ExecuteAsync(connection, "SET dadbs.commit_timeout = '5s'", stop);
                while (!stop.IsCancellationRequested)
                {
                    long id = Interlocked.Increment(ref _next);
                    await TransferAsync(connection, id, random.Next(1, accounts + 1), random.Next(1, accounts + 1));
                    _acknowledged[id] = 0;
                    if (counts) Interlocked.Increment(ref _done);
                }
            }
            catch (Exception e) when (e is NpgsqlException or IOException or OperationCanceledException or TimeoutException)
            {
                await Task.Delay(100, CancellationToken.None);
            }
        }
    }

    /// <summary>Transfers a second over a time.</summary>
    public async Task<double> RateAsync(TimeSpan time, CancellationToken cancellation)
    {
        long before = Done;
        var watch = Stopwatch.StartNew();
        await Task.Delay(time, cancellation);
        return (Done - before) / watch.Elapsed.TotalSeconds;
    }

    /// <summary>What is wrong on this node, or null.</summary>
    public async Task<string?> FaultAsync(string connectionString, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(connectionString, cancellation);
        await using var sum = new NpgsqlCommand("SELECT sum(balance)::bigint FROM accounts", connection);
        long total = (long)(await sum.ExecuteScalarAsync(cancellation))!;
        if (total != accounts * 1000L) return $"the balances' sum is {total}";
        var present = new HashSet<long>();
        await using var select = new NpgsqlCommand("SELECT id FROM transfers", connection);
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) present.Add(reader.GetInt64(0));
        int lost = _acknowledged.Keys.Count(id => !present.Contains(id));
        return lost == 0 ? null : $"{lost} of {_acknowledged.Count} acknowledged transfers are not there";
    }

    public static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Timeout=10;Command Timeout=30");
        await connection.OpenAsync(cancellation);
        return connection;
    }

    private static async Task TransferAsync(NpgsqlConnection connection, long id, int from, int to)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE accounts SET balance = balance - 1 WHERE id = $1") { Parameters = { new NpgsqlParameter<int> { TypedValue = from } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE accounts SET balance = balance + 1 WHERE id = $1") { Parameters = { new NpgsqlParameter<int> { TypedValue = to } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO transfers VALUES ($1)") { Parameters = { new NpgsqlParameter<long> { TypedValue = id } } });
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
