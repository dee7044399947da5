using System.Diagnostics;
using Dadbs.Server.CommandLine;

namespace Dadbs.Server.Hosting;

/// <summary>One child process of a demo cluster: <c>dadbs start</c> with its standard input held open, so that it ends when its parent does.</summary>
internal sealed class DemoNode : IDisposable
{
    private readonly Process _process = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _lastError = "";

    public DemoNode(string name, int port, string dataDirectory)
    {
        Name = name;
        Port = port;
        DataDirectory = dataDirectory;
    }

    public string Name { get; }

    public int Port { get; }

    public string DataDirectory { get; }

    /// <summary>The command line that runs this node alone, for a person who wants it back.</summary>
    public string StartCommandLine => $"dadbs start --data-dir {DataDirectory}";

    /// <summary>Completes when the process has ended, with its exit code and its last words.</summary>
    public Task<string> Exited { get; private set; } = Task.FromResult("not started");

    /// <summary>Starts the process and waits for its <c>ready</c> line.</summary>
    /// <exception cref="CommandFailedException">It ended before it was ready.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var start = _process.StartInfo;
        (start.FileName, string? assembly) = Executable();
        if (assembly is not null) start.ArgumentList.Add(assembly);
        foreach (string argument in (string[])["start", "--data-dir", DataDirectory, "--port", $"{Port}", StartCommand.EndWithParentOption])
            start.ArgumentList.Add(argument);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data == "ready") _ready.TrySetResult();
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (string.IsNullOrEmpty(line.Data)) return;
            _lastError = line.Data;
            Console.Error.WriteLine($"{Name}: {line.Data}");
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Exited = WaitAsync();

        var first = await Task.WhenAny(_ready.Task, Exited).WaitAsync(cancellation).ConfigureAwait(false);
        if (first == Exited) throw new CommandFailedException($"{Name} did not start: {await Exited.ConfigureAwait(false)}");
    }

    /// <summary>SIGTERM by closing its input, ten seconds of patience, then SIGKILL.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (Exited.IsCompleted) return;
        _process.StandardInput.Close();
        try
        {
            await Exited.WaitAsync(patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await Exited.ConfigureAwait(false);
        }
    }

    public void Dispose() => _process.Dispose();

    private async Task<string> WaitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _lastError.Length == 0 ? $"exit code {_process.ExitCode}" : $"exit code {_process.ExitCode}, {_lastError}";
    }

    /// <summary>This very program: its native launcher, or the dotnet host and the assembly.</summary>
    private static (string File, string? Assembly) Executable()
    {
        string host = Environment.ProcessPath ?? throw new CommandFailedException("cannot tell which program this is");
        return Path.GetFileNameWithoutExtension(host) == "dotnet" ? (host, Path.Combine(AppContext.BaseDirectory, "dadbs.dll")) : (host, null);
    }
}
