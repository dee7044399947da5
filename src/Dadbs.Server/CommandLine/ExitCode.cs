namespace Dadbs.Server.CommandLine;

/// <summary>What the shell sees.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>Failed, with a one-line reason on standard error.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage, or a configuration that makes no sense.</summary>
    public const int WrongUsage = 2;
}
