using System.Data.Common;
using System.Diagnostics;
using Dadbs.Bench.Measurement;
using Dadbs.Bench.Targets;
using Dadbs.Bench.Workloads;

namespace Dadbs.Bench;

/// <summary>
/// The clients: each a connection with one prepared statement, run back to back, or at a fixed rate: then one operation is due after the other, and who is late hurries.
/// A fixed rate below what the machine can do makes processor time per operation comparable between runs on a machine that is shared.
/// </summary>
internal static class ClientRun
{
    private const int FillBatch = 500;

    public static async Task FillAsync(BenchTarget target, int rows, CancellationToken cancellation)
    {
        await using var connection = await target.ConnectAsync(0, cancellation);
        await ExecuteAsync(connection, Workload.CreateTable, cancellation);
        for (int first = 0; first < rows; first += FillBatch)
        {
            var values = Enumerable.Range(first, Math.Min(FillBatch, rows - first))
                .Select(k => $"({k}, {k}, 'a filler, so that a row is about a hundred bytes long, as those of pgbench are')");
            await ExecuteAsync(connection, $"INSERT INTO kv (k, v, filler) VALUES {string.Join(',', values)}", cancellation);
        }
    }

    public static async Task<Cell> MeasureAsync(
        BenchTarget target, Workload workload, int clients, ComparisonOptions options, CancellationToken cancellation)
    {
        var connections = new List<DbConnection>();
        for (int i = 0; i < clients; i++) connections.Add(await target.ConnectAsync(i, cancellation));

        var state = new RunState();
        var loops = connections.Select((c, i) => Task.Run(() => LoopAsync(c, workload, options, clients, i, state, cancellation), cancellation)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(options.WarmupSeconds), cancellation);

        long? blocksBefore = await target.BlocksAsync(cancellation);
        var before = target.Servers.Select(s => ProcessSample.Take(s.Id)).ToList();
        double clientBefore = Environment.CpuUsage.TotalTime.TotalSeconds;
        var watch = Stopwatch.StartNew();
        state.Measuring = true;
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds), cancellation);
        state.Measuring = false;
        double elapsed = watch.Elapsed.TotalSeconds;
        double clientCores = (Environment.CpuUsage.TotalTime.TotalSeconds - clientBefore) / elapsed;
        var servers = target.Servers.Select((s, i) =>
        {
            var after = ProcessSample.Take(s.Id);
            return new ProcessUse(s.Name, (after.CpuSeconds - before[i].CpuSeconds) / elapsed, after.ResidentMegabytes);
        }).ToList();

        long? blocksAfter = await target.BlocksAsync(cancellation);
        state.Stopping = true;
        var total = new LatencyRecorder();
        long failed = 0;
        foreach (var (latencies, failures) in await Task.WhenAll(loops))
        {
            total.Add(latencies);
            failed += failures;
        }

        foreach (var connection in connections) await connection.DisposeAsync();
        return new Cell
        {
            Target = target.Name,
            Workload = workload.Name,
            Clients = clients,
            PerSecond = total.Count / elapsed,
            P50 = total.Percentile(0.50),
            P95 = total.Percentile(0.95),
            P99 = total.Percentile(0.99),
            Failed = failed,
            Servers = servers,
            ClientCores = clientCores,
            BlocksPerSecond = blocksAfter is null ? null : (blocksAfter - blocksBefore) / elapsed,
        };
    }

    private static async Task<(LatencyRecorder Latencies, long Failed)> LoopAsync(
        DbConnection connection, Workload workload, ComparisonOptions options, int clients, int client, RunState state, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = workload.Sql;
        var key = AddParameter(command, "k", System.Data.DbType.Int32);
        var value = workload.Writes ? AddParameter(command, "v", System.Data.DbType.Int64) : null;
        await command.PrepareAsync(cancellation);

        var random = new Random(client);
        var pace = new Pace(options.Rate / (double)clients, random.NextDouble());
        var latencies = new LatencyRecorder();
        long failed = 0;
        while (!state.Stopping)
        {
            if (pace.Due() is { } pause && pause > TimeSpan.Zero) await Task.Delay(pause, cancellation);
            key.Value = random.Next(options.Rows);
            if (value is not null) value.Value = random.NextInt64();
            long start = Stopwatch.GetTimestamp();
            try
            {
                if (workload.Writes) await command.ExecuteNonQueryAsync(cancellation);
                else await command.ExecuteScalarAsync(cancellation);
            }
            catch (DbException)
            {
                failed++;
                continue;
            }

            if (state.Measuring) latencies.Record(Stopwatch.GetElapsedTime(start).Ticks * 100);
        }

        return (latencies, failed);
    }

    private static DbParameter AddParameter(DbCommand command, string name, System.Data.DbType type)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = type;
        parameter.Value = type == System.Data.DbType.Int32 ? 0 : 0L;
        command.Parameters.Add(parameter);
        return parameter;
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>When a client's next operation is due.</summary>
    private sealed class Pace(double perSecond, double phase)
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private double _next = phase;

        /// <summary>How long until then; zero and less: now.</summary>
        public TimeSpan? Due()
        {
            if (perSecond <= 0) return null;
            return TimeSpan.FromSeconds(_next++ / perSecond) - Stopwatch.GetElapsedTime(_start);
        }
    }

    private sealed class RunState
    {
        private volatile bool _measuring;
        private volatile bool _stopping;

        public bool Measuring
        {
            get => _measuring;
            set => _measuring = value;
        }

        public bool Stopping
        {
            get => _stopping;
            set => _stopping = value;
        }
    }
}
