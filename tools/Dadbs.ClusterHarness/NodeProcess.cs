using System.Diagnostics;

namespace Dadbs.ClusterHarness;

/// <summary>One <c>dadbs start</c> as a process of its own, from this tree's build; killed and started again at will.</summary>
public sealed class NodeProcess(string dataDirectory, int port) : IAsyncDisposable
{
    private readonly List<string> _errors = [];
    private Process? _process;

    public string DataDirectory { get; } = dataDirectory;

    public int Port { get; } = port;

    public bool IsRunning => _process is { HasExited: false };

    public int ProcessId => _process?.Id ?? 0;

    /// <summary>What it wrote to standard error since it was last started.</summary>
    public string Errors
    {
        get
        {
            lock (_errors) return string.Join('\n', _errors);
        }
    }

    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=dadbs;Database=dadbs;SSL Mode=Disable";

    /// <summary>Starts the node and waits for its <c>ready</c> line.</summary>
    /// <returns>How long that took.</returns>
    /// <exception cref="InvalidOperationException">It ended before it was ready; the message holds its last words.</exception>
    public async Task<TimeSpan> StartAsync(CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        lock (_errors) _errors.Clear();
        _process?.Dispose();
        var process = Launch(["start", "--data-dir", DataDirectory, "--port", $"{Port}"]);
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) return;
            lock (_errors) _errors.Add(line.Data);
        };
        process.BeginErrorReadLine();
        string? text;
        do
        {
            text = await process.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false);
        }
        while (text is not null and not "ready");

        if (text is null)
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            throw new InvalidOperationException($"dadbs start --data-dir {DataDirectory} ended with {process.ExitCode}: {Errors}");
        }

        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return watch.Elapsed;
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellation = default)
    {
        if (_process is null) return 0;
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await kill.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }

        await _process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning) await KillAsync().ConfigureAwait(false);
        _process?.Dispose();
    }

    /// <summary>Runs another <c>dadbs</c> command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] arguments, CancellationToken cancellation = default)
    {
        using var process = Launch(arguments);
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        return (process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
    }

    private static Process Launch(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(ServerAssembly());
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>The server's build of the same configuration, found from the running program's own place in the tree (…/bin/CONFIGURATION/net10.0/).</summary>
    private static string ServerAssembly()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        string configuration = directory.Parent!.Name;
        for (var up = directory; up is not null; up = up.Parent)
        {
            string candidate = Path.Combine(up.FullName, "src", "Dadbs.Server", "bin", configuration, "net10.0", "dadbs.dll");
            if (File.Exists(candidate)) return candidate;
        }

        throw new InvalidOperationException($"dadbs.dll ({configuration}) is not built");
    }
}
