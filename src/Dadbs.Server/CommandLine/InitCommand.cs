using System.CommandLine;
using Dadbs.Server.Configuration;
using Dadbs.Server.Hosting;

namespace Dadbs.Server.CommandLine;

/// <summary><c>dadbs init</c>: keys, genesis and configuration for N validators, each run by <c>dadbs start --data-dir DIR/nodeK</c>.</summary>
internal static class InitCommand
{
    private const int NodesMax = 100;

    public static Command Create()
    {
        var nodes = new Option<int>("--nodes") { Description = "number of validators", Required = true };
        var observers = new Option<int>("--observers") { Description = "nodes that follow without a vote, on the ports after the validators'" };
        var output = new Option<string>("--out") { Description = "directory that gets node1 … nodeN", Required = true };
        var port = SharedOptions.Port("SQL port of node 1; node K gets PORT + K − 1");
        var hosts = new Option<string[]>("--hosts")
        {
            Description = "host of each node, in order (default: 127.0.0.1 for all)",
            AllowMultipleArgumentsPerToken = true,
        };

        var command = new Command("init", "Make keys, genesis and configuration for a cluster.") { nodes, observers, output, port, hosts };
        command.SetAction((parsed, _) => Task.FromResult(Run(
            parsed.GetValue(nodes), parsed.GetValue(observers), parsed.GetValue(output)!, parsed.GetValue(port), parsed.GetValue(hosts) ?? [])));
        return command;
    }

    private static int Run(int nodes, int observers, string output, int port, string[] hosts)
    {
        if (nodes is < 1 or > NodesMax) throw new ConfigurationException("--nodes", $"{nodes}", $"1 to {NodesMax}");
        if (observers is < 0 or > NodesMax) throw new ConfigurationException("--observers", $"{observers}", $"0 to {NodesMax}");
        if (port < 1 || port + nodes + observers - 1 + NodeConfiguration.PeerPortOffset > 65535)
            throw new ConfigurationException("--port", $"{port}", $"1 to {65535 - nodes - observers + 1 - NodeConfiguration.PeerPortOffset}, so that every node's peer port exists");
        string[] names = [.. hosts.SelectMany(h => h.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        if (names.Length != 0 && names.Length != nodes) throw new ConfigurationException("--hosts", string.Join(',', names), $"{nodes} hosts");

        var directories = ClusterInitialization.Create(Path.GetFullPath(output), nodes, observers, port, names);
        foreach (var directory in directories)
            Console.WriteLine($"{Path.GetFileName(directory.Root)}: dadbs start --data-dir {directory.Root}");
        return ExitCode.Done;
    }
}
