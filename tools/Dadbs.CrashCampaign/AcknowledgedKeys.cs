using System.Collections.Concurrent;
using Npgsql;

namespace Dadbs.CrashCampaign;

/// <summary>
/// Writers that remember which keys the cluster acknowledged. A key whose answer never came may or may not be there; an acknowledged one must be.
/// </summary>
internal sealed class AcknowledgedKeys
{
    private readonly ConcurrentDictionary<long, byte> _keys = new();
    private long _next;

    public int Count => _keys.Count;

    /// <summary>Inserts one key after the other until cancelled or the connection breaks.</summary>
    public async Task WriteAsync(string connectionString, CancellationToken stop)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
            await connection.OpenAsync(stop);
            await using var insert = new NpgsqlCommand("INSERT INTO acknowledged (id) VALUES (@id)", connection);
            var id = insert.Parameters.AddWithValue("id", NpgsqlTypes.NpgsqlDbType.Bigint, 0L);
            await insert.PrepareAsync(stop);
            while (!stop.IsCancellationRequested)
            {
                long key = Interlocked.Increment(ref _next);
                id.Value = key;
                await insert.ExecuteNonQueryAsync(CancellationToken.None);
                _keys[key] = 0;
            }
        }
        catch (Exception e) when (e is NpgsqlException or IOException or OperationCanceledException)
        {
            // The node was killed under this client: what was not acknowledged does not count.
        }
    }

    /// <summary>Keys that were acknowledged and are not in the table as this node shows it.</summary>
    public async Task<IReadOnlyList<long>> MissingAsync(string connectionString, CancellationToken cancellation)
    {
        var present = new HashSet<long>();
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(cancellation);
        await using var select = new NpgsqlCommand("SELECT id FROM acknowledged", connection);
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) present.Add(reader.GetInt64(0));
        return [.. _keys.Keys.Where(k => !present.Contains(k)).Order()];
    }
}
