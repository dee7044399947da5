using System.Text.Json;
using Dadbs.Replication;
using Dadbs.Server.CommandLine;
using Dadbs.Server.Configuration;

namespace Dadbs.Server.Hosting;

/// <summary>
/// Makes what a new chain needs: a key a node, one genesis, a configuration each. One place sees all private keys, so this is for a cluster with one
/// operator.
/// </summary>
internal static class ClusterInitialization
{
    private const string LoopbackHost = "127.0.0.1";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>node1 … nodeN, and observer1 … under a directory, SQL ports from <paramref name="port"/> upwards; <paramref name="hosts"/> holds one name a node, or none for this machine alone.</summary>
    /// <exception cref="CommandFailedException">A node's directory exists and is not empty.</exception>
    public static IReadOnlyList<DataDirectory> Create(string root, int nodes, int observers, int port, IReadOnlyList<string> hosts)
    {
        var directories = Enumerable.Range(1, nodes).Select(i => new DataDirectory(Path.Combine(root, $"node{i}")))
            .Concat(Enumerable.Range(1, observers).Select(i => new DataDirectory(Path.Combine(root, $"observer{i}")))).ToList();
        foreach (var directory in directories)
        {
            if (directory.IsInitialised) throw new CommandFailedException($"{directory.Root} holds a node already");
            RequireFresh(directory);
        }

        var keys = directories.Select(_ => NodeKey.Generate()).ToList();
        var validators = keys.Take(nodes).Select((key, i) => new GenesisValidator(
            key.PublicKey, new PeerAddress(hosts.Count == 0 ? LoopbackHost : hosts[i], port + i + NodeConfiguration.PeerPortOffset)));
        var genesis = CreateGenesis(validators, [.. keys.Skip(nodes).Select(key => key.PublicKey)]);
        for (int i = 0; i < directories.Count; i++)
        {
            var settings = new Dictionary<string, object> { ["port"] = port + i, ["peer_port"] = port + i + NodeConfiguration.PeerPortOffset };
            if (hosts.Count != 0 && i < nodes) settings["peer_listen_address"] = "0.0.0.0";
            Write(directories[i], genesis, keys[i], settings);
            keys[i].Dispose();
        }

        return directories;
    }

    /// <summary>A fresh directory becomes the only validator of a chain of its own.</summary>
    public static void CreateSingleValidator(DataDirectory directory, NodeConfiguration configuration)
    {
        RequireFresh(directory);
        using var key = NodeKey.Generate();
        var genesis = CreateGenesis([new GenesisValidator(key.PublicKey, new PeerAddress(LoopbackHost, configuration.PeerPort))], []);
        Write(directory, genesis, key, settings: []);
    }

    private static Genesis CreateGenesis(IEnumerable<GenesisValidator> validators, IReadOnlyList<PublicKey> observers)
    {
        var list = validators.ToList();
        long now = (long)(DateTime.UtcNow - DateTime.UnixEpoch).TotalMicroseconds;
        return new Genesis(GenesisExecution.EngineLevel, new ChainParameters(), list, now, GenesisExecution.ComputeRoot(list.Select(v => v.Key).Concat(observers)), observers);
    }

    private static void Write(DataDirectory directory, Genesis genesis, NodeKey key, Dictionary<string, object> settings)
    {
        Make(directory);
        KeyFile.Write(directory.KeyFile, key);
        if (settings.Count > 0) File.WriteAllText(directory.ConfigurationFile, JsonSerializer.Serialize(settings, Indented) + "\n");

        // Last: its presence says that the directory is whole.
        File.WriteAllText(directory.GenesisFile, GenesisJson.Write(genesis));
    }

    private static void Make(DataDirectory directory)
    {
        try
        {
            Directory.CreateDirectory(directory.Root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"cannot create the directory {directory.Root}: {e.Message}", e);
        }
    }

    /// <summary>A configuration written beforehand may be there; anything else may be somebody's data.</summary>
    private static void RequireFresh(DataDirectory directory)
    {
        if (!Directory.Exists(directory.Root)) return;
        string? foreign = Directory.EnumerateFileSystemEntries(directory.Root).FirstOrDefault(e => Path.GetFileName(e) != NodeConfiguration.FileName);
        if (foreign is not null) throw new CommandFailedException($"{directory.Root} is not empty and holds no complete node: {Path.GetFileName(foreign)}");
    }
}
