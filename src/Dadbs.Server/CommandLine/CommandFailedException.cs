namespace Dadbs.Server.CommandLine;

/// <summary>A command could not do its work. The message is the one line that its user reads; exit code 1.</summary>
public sealed class CommandFailedException(string message, Exception? inner = null) : Exception(message, inner);
