using System.Data.Common;
using System.Diagnostics;
using Dadbs.ClusterHarness;
using Npgsql;

namespace Dadbs.Bench.Targets;

/// <summary>A PostgreSQL server of this machine in a fresh data directory, settings as installed (fsync on), run as a user that is not root.</summary>
public sealed class PostgreSqlTarget() : BenchTarget("postgresql")
{
    private const string Account = "postgres";
    private readonly int _port = FreePorts.FirstOf(1);
    private string? _binaries;
    private int _postmaster;

    public override IReadOnlyList<(string Name, int Id)> Servers => _postmaster == 0 ? [] : [("postgres", _postmaster)];

    private string Cluster => Path.Combine(DataDirectory, "data");

    public override async Task<bool> StartAsync(CancellationToken cancellation)
    {
        _binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb"))).Max()
            : null;
        if (_binaries is null)
        {
            Console.WriteLine("postgresql: not installed, left out");
            return false;
        }

        if (Environment.UserName == "root") await RunAsync("chown", ["-R", Account, DataDirectory], cancellation);
        await AsAccountAsync($"{_binaries}/initdb -D {Cluster} -U dadbs -A trust --locale=C -E UTF8", cancellation);
        await AsAccountAsync($"{_binaries}/pg_ctl -D {Cluster} -w -l {DataDirectory}/log -o '-p {_port} -k {DataDirectory}' start", cancellation);
        _postmaster = int.Parse((await File.ReadAllLinesAsync(Path.Combine(Cluster, "postmaster.pid"), cancellation))[0]);
        return true;
    }

    public override async Task<DbConnection> ConnectAsync(int client, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={_port};Username=dadbs;Database=postgres;Pooling=false;SSL Mode=Disable");
        await connection.OpenAsync(cancellation);
        return connection;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_postmaster != 0) await AsAccountAsync($"{_binaries}/pg_ctl -D {Cluster} -m fast -w stop", CancellationToken.None);
        await base.DisposeAsync();
    }

    private static Task AsAccountAsync(string command, CancellationToken cancellation) => Environment.UserName == "root"
        ? RunAsync("su", [Account, "-s", "/bin/sh", "-c", command], cancellation)
        : RunAsync("/bin/sh", ["-c", command], cancellation);

    private static async Task RunAsync(string file, string[] arguments, CancellationToken cancellation)
    {
        // pg_ctl leaves the server with inherited pipes: reading to their end would wait for the server's.
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "exec \"$@\" >/dev/null 2>&1", "sh", file } };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{file} {string.Join(' ', arguments)}: exit code {process.ExitCode}");
    }
}
