using Npgsql;

namespace Dadbs.QueueCampaign;

internal enum QueueForm
{
    /// <summary>One DELETE … RETURNING outside of a block.</summary>
    Statement,

    /// <summary>BEGIN; SELECT … FOR UPDATE SKIP LOCKED LIMIT 1; DELETE; COMMIT.</summary>
    Block,
}

/// <summary>Takes one job after the other until there is none. 40001 is tried again, as every client of an SQL database must.</summary>
internal sealed class Worker(string connectionString, string table, QueueForm form, TimeSpan work, HandedOut handedOut)
{
    /// <summary>All jobs are held by others: asked again after so long.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public int Jobs { get; private set; }

    public long Conflicts { get; private set; }

    public long Unknown { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Command Timeout=60");
        await connection.OpenAsync(stop);
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                int? job = form == QueueForm.Statement ? await ByStatementAsync(connection, stop) : await ByBlockAsync(connection, stop);
                if (job is { } taken)
                {
                    handedOut.Add(taken);
                    Jobs++;
                    continue;
                }

                await using var left = new NpgsqlCommand($"SELECT count(*) FROM {table}", connection);
                if ((long)(await left.ExecuteScalarAsync(stop))! == 0) return;
                await Task.Delay(Pause, stop);
            }
            catch (PostgresException failure) when (failure.SqlState is "40001" or "40P01")
            {
                Conflicts++;
            }
            catch (PostgresException failure) when (failure.SqlState == "40003")
            {
                Unknown++;
            }
        }
    }

    private async Task<int?> ByStatementAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var take = new NpgsqlCommand($"DELETE FROM {table} WHERE id = (SELECT id FROM {table} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id", connection);
        return (int?)await take.ExecuteScalarAsync(stop);
    }

    private async Task<int?> ByBlockAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(stop);
        await using var choose = new NpgsqlCommand($"SELECT id FROM {table} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED", connection, transaction);
        var job = (int?)await choose.ExecuteScalarAsync(stop);
        if (job is { } chosen)
        {
            if (work > TimeSpan.Zero) await Task.Delay(work, stop);
            await using var remove = new NpgsqlCommand($"DELETE FROM {table} WHERE id = {chosen}", connection, transaction);
            await remove.ExecuteNonQueryAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return job;
    }
}
