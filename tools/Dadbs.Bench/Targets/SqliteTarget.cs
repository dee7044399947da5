using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Dadbs.Bench.Targets;

/// <summary>SQLite in the client's process, durable as the others are: write-ahead log, synchronous=FULL.</summary>
public sealed class SqliteTarget() : BenchTarget("sqlite")
{
    public override IReadOnlyList<(string Name, int Id)> Servers => [];

    public override Task<bool> StartAsync(CancellationToken cancellation)
    {
        SQLitePCL.Batteries_V2.Init();
        return Task.FromResult(true);
    }

    public override async Task<DbConnection> ConnectAsync(int client, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(DataDirectory, "bench.db"),
            DefaultTimeout = 30,
            Pooling = false,
        }.ToString());
        await connection.OpenAsync(cancellation);
        using var setup = connection.CreateCommand();
        setup.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000";
        await setup.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        return base.DisposeAsync();
    }
}
