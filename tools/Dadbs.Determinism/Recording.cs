using System.Globalization;
using Dadbs.ClusterHarness;
using Npgsql;

namespace Dadbs.Determinism;

/// <summary>
/// Makes a chain: one real node, several sessions side by side that run what a <see cref="StatementStream"/> draws, as single statements, strings of several, prepared
/// statements with binary parameters, explicit transactions with savepoints, and COPY. Errors are part of it.
/// </summary>
internal static class Recording
{
    /// <returns>1 if the node could not be driven or stopped.</returns>
    public static async Task<int> RunAsync(string directory, int seed, int statements, int sessions, CancellationToken cancellation)
    {
        await using var cluster = await Cluster.InitialiseAsync(1, cancellation);
        var node = cluster.Nodes[0];
        await node.StartAsync(cancellation);
        await DefineAsync(node, cancellation);
        var counts = await Task.WhenAll(Enumerable.Range(0, sessions).Select(
            i => DriveAsync(node, new StatementStream(unchecked((seed * 7919) + i)), statements / sessions, cancellation)));
        int exitCode = await node.StopAsync(cancellation);
        Console.WriteLine($"recorded: {counts.Sum(c => c.Done)} statements succeeded, {counts.Sum(c => c.Failed)} failed, {counts.Sum(c => c.Aborted)} transactions met 40001");
        if (exitCode != 0) return 1;
        Copy(node.DataDirectory, directory);
        return 0;
    }

    private static async Task DefineAsync(NodeProcess node, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(node.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancellation);
        foreach (string definition in StatementStream.Definitions)
        {
            await using var command = new NpgsqlCommand(definition, connection);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static async Task<(int Done, int Failed, int Aborted)> DriveAsync(NodeProcess node, StatementStream stream, int statements, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(node.ConnectionString + ";Pooling=false;Command Timeout=120");
        await connection.OpenAsync(cancellation);
        (int done, int failed, int aborted) = (0, 0, 0);
        while (done + failed < statements)
        {
            try
            {
                done += stream.Draw(10) switch
                {
                    0 or 1 => await TransactionAsync(connection, stream, cancellation),
                    2 => await PreparedAsync(connection, stream, cancellation),
                    3 when stream.Draw(3) == 0 => await CopyAsync(connection, stream, cancellation),
                    4 => await ExecuteAsync(connection, stream.Next() + "; " + stream.Next(), cancellation) + 1,
                    _ => await ExecuteAsync(connection, stream.Next(), cancellation),
                };
            }
            catch (PostgresException error)
            {
                failed++;
                if (error.SqlState == PostgresErrorCodes.SerializationFailure) aborted++;
                await ExecuteAsync(connection, "ROLLBACK", cancellation);
            }
        }

        return (done, failed, aborted);
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(cancellation);
        return 1;
    }

    private static async Task<int> TransactionAsync(NpgsqlConnection connection, StatementStream stream, CancellationToken cancellation)
    {
        await ExecuteAsync(connection, "BEGIN", cancellation);
        int done = 1;
        if (stream.Draw(6) == 0) await ExecuteAsync(connection, stream.NextSetting(), cancellation);
        for (int i = stream.Draw(4); i >= 0; i--, done++)
        {
            if (stream.Draw(4) > 0)
            {
                await ExecuteAsync(connection, stream.Next(), cancellation);
                continue;
            }

            await ExecuteAsync(connection, "SAVEPOINT s", cancellation);
            try
            {
                await ExecuteAsync(connection, stream.Next(), cancellation);
            }
            catch (PostgresException)
            {
                await ExecuteAsync(connection, "ROLLBACK TO s", cancellation);
            }

            if (stream.Draw(3) == 0) await ExecuteAsync(connection, "ROLLBACK TO s", cancellation);
        }

        await ExecuteAsync(connection, stream.Draw(6) == 0 ? "ROLLBACK" : "COMMIT", cancellation);
        return done;
    }

    private static async Task<int> PreparedAsync(NpgsqlConnection connection, StatementStream stream, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("INSERT INTO sample (k, r, d, b, raw, day, label) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING d / 3, label || k", connection);
        command.Parameters.AddWithValue((long)stream.Draw(1000));
        command.Parameters.AddWithValue((float)stream.DrawDouble());
        command.Parameters.AddWithValue(stream.DrawDouble());
        command.Parameters.AddWithValue(stream.Draw(2) == 0);
        command.Parameters.AddWithValue(new byte[] { (byte)stream.Draw(256), (byte)stream.Draw(256) });
        command.Parameters.AddWithValue(new DateOnly(2020, 1, 1).AddDays(stream.Draw(3000)));
        command.Parameters.AddWithValue(stream.Text().Replace("''", "'", StringComparison.Ordinal));
        await command.PrepareAsync(cancellation);
        await command.ExecuteNonQueryAsync(cancellation);
        return 1;
    }

    private static async Task<int> CopyAsync(NpgsqlConnection connection, StatementStream stream, CancellationToken cancellation)
    {
        await using var writer = await connection.BeginTextImportAsync("COPY entry (account, amount, note) FROM STDIN", cancellation);
        for (int i = stream.Draw(40); i >= 0; i--)
            await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{stream.Draw(400)}\t{stream.Draw(100_000)}.{stream.Draw(100)}\t{stream.Text()}\n"));
        return 1;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (string sub in Directory.GetDirectories(from)) Copy(sub, Path.Combine(to, Path.GetFileName(sub)));
    }
}
