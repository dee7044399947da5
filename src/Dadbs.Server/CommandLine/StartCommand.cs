using System.CommandLine;
using System.Runtime.InteropServices;
using Dadbs.Server.Configuration;
using Dadbs.Server.Hosting;
using Dadbs.Server.Sessions.Connections;

namespace Dadbs.Server.CommandLine;

/// <summary><c>dadbs start</c>: one node, until SIGINT or SIGTERM. A fresh directory becomes a single validator.</summary>
internal static class StartCommand
{
    /// <summary>Given by <c>demo</c> to its children: end when standard input closes, so that they never outlive a killed parent.</summary>
    public const string EndWithParentOption = "--end-with-parent";

    /// <summary>SIGXFSZ of Linux and macOS: a file would have grown beyond the process's limit. Its default action kills.</summary>
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    public static Command Create()
    {
        var dataDirectory = SharedOptions.DataDirectory("the node's directory; a fresh one becomes a single validator");
        var port = SharedOptions.PortOrConfigured();
        var configuration = new Option<string?>("--config") { Description = "configuration file (default: dadbs.json in the data directory)" };
        var endWithParent = new Option<bool>(EndWithParentOption) { Hidden = true };

        var command = new Command("start", "Run one node.") { dataDirectory, port, configuration, endWithParent };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(dataDirectory)!, parsed.GetValue(port), parsed.GetValue(configuration), parsed.GetValue(endWithParent)));
        return command;
    }

    private static async Task<int> RunAsync(string directory, int? port, string? configurationFile, bool endWithParent)
    {
        var data = new DataDirectory(Path.GetFullPath(directory));
        var configuration = NodeConfiguration.Load(data.Root, port, configurationFile);
        if (configuration.DedicatedMachine) BatchScheduling.Begin();
        EventThread.ServeSessions();
        using var stop = new StopSignal(endWithParent);

        // As PostgreSQL does: the write itself fails then, as it does on a full disk.
        using var fileTooLarge = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(FileTooLarge, static context => context.Cancel = true);

        if (!data.IsInitialised) ClusterInitialization.CreateSingleValidator(data, configuration);

        bool isReady = false;
        while (true)
        {
            var node = await Node.StartAsync(data, configuration, stop.Token).ConfigureAwait(false);
            await using (node.ConfigureAwait(false))
            {
                if (!isReady)
                {
                    Console.WriteLine($"dadbs {Node.Version} on port {configuration.Port}: psql -h 127.0.0.1 -p {configuration.Port} -U dadbs dadbs");
                    Console.WriteLine("ready");
                }

                isReady = true;
                if (await Task.WhenAny(stop.Requested, node.Failed).ConfigureAwait(false) == stop.Requested) return ExitCode.Done;
                string reason = await node.Failed.ConfigureAwait(false);
                if (!node.IsRepairable) throw new CommandFailedException(reason);
                await Console.Error.WriteLineAsync($"dadbs: {reason.ReplaceLineEndings(" ")}; starting again to put it right").ConfigureAwait(false);
            }
        }
    }
}
