using System.Globalization;
using System.Net;
using Dadbs.Storage.Faster;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Dadbs.Server.Configuration;

/// <summary>
/// What one node is told from outside: <c>dadbs.json</c> in its data directory, overridden by <c>DADBS_…</c> in the environment, overridden by the
/// command line. Every key has a default. docs/configuration.md lists them.
/// </summary>
public sealed record NodeConfiguration
{
    /// <summary>Peers meet on the SQL port plus this, unless <c>peer_port</c> says otherwise.</summary>
    public const int PeerPortOffset = 1000;

    public const string FileName = "dadbs.json";
    private const string EnvironmentPrefix = "DADBS_";

    // Chosen so that a node that became quiet after a load keeps less than 250 MB, the runtime and the program included (docs/performance.md, "Start and memory").
    private const int PageCacheMegabytesDefault = 24;
    private const int DirtyPagesMegabytesDefault = 16;
    private const int GarbageMegabytesDefault = 24;

    private const string PeerAddressesKey = "peer_addresses";

    private static readonly string[] Keys =
    [
        "port", "listen_address", "peer_port", "peer_listen_address", PeerAddressesKey, "memory_mb", "page_cache_mb", "dirty_pages_mb", "garbage_mb", "store_memory_mb", "store_index_mb",
        "checkpoint_blocks", "checkpoint_mb", "max_connections", "log_level", "dedicated_machine",
    ];

    public int Port { get; init; } = 5432;
    public IPAddress ListenAddress { get; init; } = IPAddress.Loopback;
    public required int PeerPort { get; init; }
    public IPAddress PeerListenAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Where to reach a validator when not at its genesis address: public key in hex → host:port.</summary>
    public IReadOnlyDictionary<string, string> PeerAddresses { get; init; } = new Dictionary<string, string>();

    /// <summary>Tree pages kept in memory, in MiB.</summary>
    public int PageCacheMegabytes { get; init; } = PageCacheMegabytesDefault;

    /// <summary>Changed tree pages kept in memory before they are written ahead of a checkpoint, in MiB.</summary>
    public int DirtyPagesMegabytes { get; init; } = DirtyPagesMegabytesDefault;

    /// <summary>Replaced and evicted tree pages that may wait in the heap for a full collection, in MiB.</summary>
    public int GarbageMegabytes { get; init; } = GarbageMegabytesDefault;

    /// <summary>The page store's write buffer, in MiB; a power of two.</summary>
    public int StoreMemoryMegabytes { get; init; } = 16;

    /// <summary>The page store's hash index, in MiB; a power of two.</summary>
    public int StoreIndexMegabytes { get; init; } = 8;

    /// <summary>A checkpoint is taken at heights divisible by this, or earlier by <see cref="CheckpointMegabytes"/>.</summary>
    public int CheckpointBlocks { get; init; } = 2048;

    /// <summary>Change-set bytes, in MiB, after which a checkpoint is due.</summary>
    public int CheckpointMegabytes { get; init; } = 16;

    public int MaxConnections { get; init; } = 400;
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>Nothing but nodes and their clients works on this machine: the node's threads do not take the processor from each other when they are woken (<see cref="Hosting.BatchScheduling"/>).</summary>
    public bool DedicatedMachine { get; init; }

    /// <summary>Reads the configuration of a data directory.</summary>
    /// <exception cref="ConfigurationException">An unknown key, or a value out of its range.</exception>
    public static NodeConfiguration Load(string dataDirectory, int? port = null, string? configurationFile = null)
    {
        string file = configurationFile ?? Path.Combine(dataDirectory, FileName);
        if (configurationFile is not null && !File.Exists(configurationFile))
            throw new ConfigurationException("--config", configurationFile, "a file that exists");

        if (Directory.Exists(file)) throw new ConfigurationException(file, "a directory", "a file");
        IConfigurationRoot source;
        try
        {
            source = new ConfigurationBuilder()
                .AddJsonFile(Path.GetFullPath(file), optional: true)
                .AddEnvironmentVariables(EnvironmentPrefix)
                .Build();
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            throw new ConfigurationException(file, e.InnerException?.Message ?? e.Message, "JSON (comments are allowed)");
        }

        RefuseUnknownKeys(file);
        int sqlPort = port ?? Integer(source, "port", 5432, 1, 65535);
        if (sqlPort is < 1 or > 65535) throw new ConfigurationException("--port", Text(sqlPort), "1 to 65535");
        var listen = Address(source, "listen_address", IPAddress.Loopback);
        if (!IPAddress.IsLoopback(listen))
            throw new ConfigurationException("listen_address", listen.ToString(), "a loopback address, until SCRAM and TLS exist for clients");

        // One number for all of storage; each share can still be set by itself.
        var memory = source["memory_mb"] is null ? null : StorageMemory.Share(Integer(source, "memory_mb", 0, StorageMemory.MegabytesMin, 1 << 20));
        int peerDefault = sqlPort + PeerPortOffset <= 65535 ? sqlPort + PeerPortOffset : sqlPort - PeerPortOffset;
        return new NodeConfiguration
        {
            Port = sqlPort,
            ListenAddress = listen,
            PeerPort = Integer(source, "peer_port", peerDefault, 1, 65535),
            PeerListenAddress = Address(source, "peer_listen_address", IPAddress.Loopback),
            PeerAddresses = source.GetSection(PeerAddressesKey).GetChildren().ToDictionary(c => c.Key, c => c.Value ?? ""),
            PageCacheMegabytes = Integer(source, "page_cache_mb", (int?)(memory?.PageCacheBytes >> 20) ?? PageCacheMegabytesDefault, 4, 1 << 20),
            DirtyPagesMegabytes = Integer(source, "dirty_pages_mb", (int?)(memory?.DirtyBytes >> 20) ?? DirtyPagesMegabytesDefault, 4, 1 << 20),
            GarbageMegabytes = Integer(source, "garbage_mb", (int?)(memory?.GarbageBytes >> 20) ?? GarbageMegabytesDefault, 4, 1 << 20),
            StoreMemoryMegabytes = PowerOfTwo(source, "store_memory_mb", memory is null ? 16 : 1 << (memory.LogMemorySizeBits - 20), 8, 1 << 16),
            StoreIndexMegabytes = PowerOfTwo(source, "store_index_mb", (int?)(memory?.IndexBuckets * 64 >> 20) ?? 8, 1, 1 << 14),
            CheckpointBlocks = Integer(source, "checkpoint_blocks", 2048, 1, 1 << 24),
            CheckpointMegabytes = Integer(source, "checkpoint_mb", 16, 1, 1 << 14),
            MaxConnections = Integer(source, "max_connections", 400, 1, 100_000),
            LogLevel = Level(source),
            DedicatedMachine = Flag(source, "dedicated_machine"),
        };
    }

    /// <summary>A file's keys are checked one by one: a misspelt setting must not be a silent default. The environment may hold others' variables.</summary>
    private static void RefuseUnknownKeys(string file)
    {
        if (!File.Exists(file)) return;
        var own = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(file)).Build();
        foreach (var child in own.GetChildren())
        {
            if (!Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                throw new ConfigurationException(child.Key, child.Value, $"one of {string.Join(", ", Keys)}");
        }
    }

    private static int Integer(IConfigurationRoot source, string key, int fallback, int min, int max)
    {
        string? text = source[key];
        if (text is null) return fallback;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max) return value;
        throw new ConfigurationException(key, text, $"{Text(min)} to {Text(max)}");
    }

    private static bool Flag(IConfigurationRoot source, string key) => source[key] switch
    {
        null => false,
        { } text when bool.TryParse(text, out bool value) => value,
        { } text => throw new ConfigurationException(key, text, "true or false"),
    };

    private static int PowerOfTwo(IConfigurationRoot source, string key, int fallback, int min, int max)
    {
        int value = Integer(source, key, fallback, min, max);
        return int.IsPow2(value) ? value : throw new ConfigurationException(key, Text(value), "a power of two");
    }

    private static IPAddress Address(IConfigurationRoot source, string key, IPAddress fallback)
    {
        string? text = source[key];
        if (text is null) return fallback;
        if (text is "localhost") return IPAddress.Loopback;
        return IPAddress.TryParse(text, out var address) ? address : throw new ConfigurationException(key, text, "an IP address");
    }

    private static LogLevel Level(IConfigurationRoot source)
    {
        string? text = source["log_level"];
        if (text is null) return LogLevel.Warning;
        return Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level)
            ? level
            : throw new ConfigurationException("log_level", text, string.Join(", ", Enum.GetNames<LogLevel>()));
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
