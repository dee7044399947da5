using System.CommandLine;
using Dadbs.Server.Configuration;
using Dadbs.Server.Hosting;
using Spectre.Console;

namespace Dadbs.Server.CommandLine;

/// <summary><c>dadbs demo</c>: a real cluster of processes on this machine, ready for psql.</summary>
internal static class DemoCommand
{
    private const int NodesMax = 16;

    public static Command Create()
    {
        var nodes = new Option<int>("--nodes") { Description = "number of validators", DefaultValueFactory = _ => 4 };
        var port = SharedOptions.Port("SQL port of node 1; the others follow");
        var dataDirectory = new Option<string?>("--data-dir") { Description = "keep the data here (default: a temporary directory, deleted at the end)" };

        var command = new Command("demo", "Run a whole cluster on this machine.") { nodes, port, dataDirectory };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(nodes), parsed.GetValue(port), parsed.GetValue(dataDirectory)));
        return command;
    }

    private static async Task<int> RunAsync(int nodes, int port, string? directory)
    {
        if (nodes is < 1 or > NodesMax) throw new ConfigurationException("--nodes", $"{nodes}", $"1 to {NodesMax}");
        if (port < 1 || port + nodes - 1 + NodeConfiguration.PeerPortOffset > 65535)
            throw new ConfigurationException("--port", $"{port}", $"1 to {65535 - nodes + 1 - NodeConfiguration.PeerPortOffset}");

        using var stop = new StopSignal();
        var cluster = new DemoCluster(nodes, port, directory);
        await using (cluster.ConfigureAwait(false))
        {
            try
            {
                await cluster.StartAsync(stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
            {
                return ExitCode.Done;
            }

            PrintNodes(cluster);
            Console.WriteLine("ready");
            await stop.Requested.ConfigureAwait(false);
            Console.WriteLine("stopping");
        }

        return ExitCode.Done;
    }

    private static void PrintNodes(DemoCluster cluster)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("node", "connect with", "data");
        table.Expand = false;
        foreach (var node in cluster.Nodes)
            table.AddRow(node.Name, Markup.Escape($"psql -h 127.0.0.1 -p {node.Port} -U dadbs dadbs"), Markup.Escape(node.DataDirectory));
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 160);
        AnsiConsole.Write(table);
    }
}
