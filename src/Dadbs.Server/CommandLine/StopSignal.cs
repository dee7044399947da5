using System.Runtime.InteropServices;

namespace Dadbs.Server.CommandLine;

/// <summary>Completes once on SIGINT, SIGTERM or, where asked for, the closing of standard input.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public StopSignal(bool alsoWhenInputCloses = false)
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        if (alsoWhenInputCloses) _ = WatchInputAsync();
    }

    public CancellationToken Token => _source.Token;

    public Task Requested => _requested.Task;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        Stop();
    }

    private void Stop()
    {
        if (!_requested.TrySetResult()) return;
        _source.Cancel();
    }

    private async Task WatchInputAsync()
    {
        var input = Console.OpenStandardInput();
        await using (input.ConfigureAwait(false))
        {
            byte[] buffer = new byte[64];
            while (await input.ReadAsync(buffer).ConfigureAwait(false) > 0)
            {
                // Whatever is written is ignored: only the closing counts.
            }
        }

        Stop();
    }
}
