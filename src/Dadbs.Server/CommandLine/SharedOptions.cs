using System.CommandLine;

namespace Dadbs.Server.CommandLine;

/// <summary>Options that several commands share.</summary>
internal static class SharedOptions
{
    public const int DefaultPort = 5432;
    public const string DefaultDataDirectory = "./dadbs-data";

    public static Option<int> Port(string description) => new("--port") { Description = description, DefaultValueFactory = _ => DefaultPort };

    public static Option<int?> PortOrConfigured() => new("--port") { Description = "SQL port (default: the configured one, else 5432)" };

    public static Option<string> DataDirectory(string description) =>
        new("--data-dir") { Description = description, DefaultValueFactory = _ => DefaultDataDirectory };
}
