using System.Diagnostics;
using Dadbs.ClusterHarness;

namespace Dadbs.ByzantineCampaign;

/// <summary>The fourth validator: this program's <c>node</c> command in a process of its own.</summary>
internal sealed class LyingProcess : IAsyncDisposable
{
    private readonly Process _process;

    private LyingProcess(Process process) => _process = process;

    public static async Task<LyingProcess> StartAsync(NodeProcess place, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { typeof(LyingProcess).Assembly.Location, "node", "--data-dir", place.DataDirectory, "--port", $"{place.Port}" })
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!;
        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
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
        while (await _process.StandardOutput.ReadLineAsync(cancellation) is { } said)
        {
            if (said == line) return;
        }

        throw new InvalidOperationException("the lying node ended");
    }
}
