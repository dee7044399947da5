using System.Data.Common;
using System.Diagnostics;
using Npgsql;

namespace Dadbs.Bench.Targets;

/// <summary>A DADBS cluster of this tree's build: <c>init</c>, then one <c>start</c> a node. Clients spread over the nodes.</summary>
public sealed class DadbsTarget(int nodes) : BenchTarget($"dadbs-{nodes}")
{
    private readonly List<Process> _processes = [];
    private readonly int _port = 20_000 + Random.Shared.Next(300) * 20;

    public override IReadOnlyList<(string Name, int Id)> Servers => [.. _processes.Select((p, i) => ($"node{i + 1}", p.Id))];

    public override async Task<bool> StartAsync(CancellationToken cancellation)
    {
        using (var init = Launch(["init", "--nodes", $"{nodes}", "--out", DataDirectory, "--port", $"{_port}"]))
        {
            await init.WaitForExitAsync(cancellation);
            if (init.ExitCode != 0) throw new InvalidOperationException("dadbs init failed");
        }

        for (int i = 1; i <= nodes; i++) _processes.Add(Launch(["start", "--data-dir", Path.Combine(DataDirectory, $"node{i}")]));
        foreach (var process in _processes)
        {
            string? line;
            do
            {
                line = await process.StandardOutput.ReadLineAsync(cancellation);
            }
            while (line is not null and not "ready");

            if (line is null) throw new InvalidOperationException("dadbs start ended before it was ready");
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        }

        return true;
    }

    public override async Task<DbConnection> ConnectAsync(int client, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={_port + (client % nodes)};Username=dadbs;Database=dadbs;Pooling=false;SSL Mode=Disable");
        await connection.OpenAsync(cancellation);
        return connection;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await kill.WaitForExitAsync();
        }

        foreach (var process in _processes)
        {
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(DataDirectory, recursive: true);
    }

    private static Process Launch(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(ServerAssembly());
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>The server's build of the same configuration, found from this program's own place in the tree.</summary>
    private static string ServerAssembly()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory); // tools/Dadbs.Bench/bin/<configuration>/net10.0/
        string configuration = directory.Parent!.Name;
        for (var up = directory; up is not null; up = up.Parent)
        {
            string candidate = Path.Combine(up.FullName, "src", "Dadbs.Server", "bin", configuration, "net10.0", "dadbs.dll");
            if (File.Exists(candidate)) return candidate;
        }

        throw new InvalidOperationException($"dadbs.dll ({configuration}) is not built");
    }
}
