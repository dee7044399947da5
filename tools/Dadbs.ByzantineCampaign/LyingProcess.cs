using System.Diagnostics;
using System.Threading.Channels;
using Dadbs.ClusterHarness;

namespace Dadbs.ByzantineCampaign;

/// <summary>The fourth validator: this program's <c>node</c> command in a process of its own.</summary>
internal sealed class LyingProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();
    private readonly Task<string> _errors;

    private LyingProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        // Also what nobody waits for: its log, which would stop it where the pipe is full.
        _ = ReadAsync();
    }

    /// <summary>A node that ended tells no lies any more. Null while it runs.</summary>
    public async Task<string?> FaultAsync() => _process.HasExited ? $"the lying node ended: {await _errors}" : null;

    public static async Task<LyingProcess> StartAsync(NodeProcess place, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { typeof(LyingProcess).Assembly.Location, "node", "--data-dir", place.DataDirectory, "--port", $"{place.Port}" })
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!;
        var lying = new LyingProcess(process);
        await lying.AwaitAsync("ready", cancellation);
        return lying;
    }

    public async Task BehaveAsync(Behaviour behaviour, CancellationToken cancellation)
    {
        string name = Behaviours.NameOf(behaviour);
        await _process.StandardInput.WriteLineAsync(name.AsMemory(), cancellation);
        await _process.StandardInput.FlushAsync(cancellation);
        await AwaitAsync(name, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task AwaitAsync(string line, CancellationToken cancellation)
    {
        await foreach (string said in _said.Reader.ReadAllAsync(cancellation))
        {
            if (said == line) return;
        }

        throw new InvalidOperationException($"the lying node ended: {await _errors}");
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
            _said.Writer.TryWrite(line);
        _said.Writer.Complete();
    }
}
