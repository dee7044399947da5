using System.CommandLine;
using Dadbs.Server.Configuration;

namespace Dadbs.Server.CommandLine;

/// <summary>
/// The command line: a contract (docs/command-line.md). Each command has a file; this one joins them and turns outcomes into exit codes.
/// </summary>
public static class DadbsCommandLine
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("DADBS: a PostgreSQL-compatible database that several organisations run together without trusting each other.")
        {
            StartCommand.Create(),
            DemoCommand.Create(),
            InitCommand.Create(),
            StatusCommand.Create(),
            VerifyCommand.Create(),
        };

        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            string reasons = string.Join(' ', parsed.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal));
            return await FailAsync($"{reasons} Try 'dadbs --help'.", ExitCode.WrongUsage).ConfigureAwait(false);
        }

        try
        {
            // Commands stop themselves on SIGINT and SIGTERM; the library's own termination handling would cut them short.
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false })
                .ConfigureAwait(false);
        }
        catch (ConfigurationException e)
        {
            return await FailAsync(e.Message, ExitCode.WrongUsage).ConfigureAwait(false);
        }
        catch (CommandFailedException e)
        {
            return await FailAsync(e.Message, ExitCode.Failed).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await FailAsync(e.Message, ExitCode.Failed).ConfigureAwait(false);
        }
    }

    private static async Task<int> FailAsync(string reason, int exitCode)
    {
        await Console.Error.WriteLineAsync($"dadbs: {reason.ReplaceLineEndings(" ")}").ConfigureAwait(false);
        return exitCode;
    }
}
