using System.Diagnostics;
using Dadbs.Server.Tests.Architecture;
using Dadbs.Server.Tests.Processes;

namespace Dadbs.Server.Tests.Determinism;

/// <summary>
/// A chain recorded by a node under concurrent sessions, replayed by processes that differ in all that must not matter: the state roots are equal. All
/// variations, longer streams and other seeds: tools/Dadbs.Determinism.
/// </summary>
[Collection(ProcessCollection.Name)]
public class DeterminismTests
{
    [Fact]
    public async Task Culture_time_zone_restart_memory_and_instruction_set_do_not_show_in_the_root()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(SourceTree.Root, "tools", "Dadbs.Determinism", "bin", configuration, "net10.0", "Dadbs.Determinism.dll"));
        foreach (string argument in (string[])["campaign", "--statements", "400", "--variations", "4"]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Matches("recorded: [0-9]{3} statements succeeded", output);
        Assert.Equal(4, output.Split('\n').Count(line => System.Text.RegularExpressions.Regex.IsMatch(line, "^[0-9a-f]{64} [0-9]+ of [0-9]+ committed")));
        Assert.Contains("1 root(s), 0 failure(s)", output, StringComparison.Ordinal);
    }
}
